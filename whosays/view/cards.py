"""Cards beside each other: as many in a line as there is room for, one below the other where not."""

import html


def cards(label, made, long=False):
    """Cards as a figure in HTML, everything from outside escaped.

    Parameters
    ----------
    label : str
        What they show, for those who do not see them.
    made : iterable of (str, iterable of (str, str, str))
        The title of a card, and its lines: what is asked, the answer, and a remark in brackets.
    long : bool
        Whether the answers are sentences: then what is asked stands out, and not the answers.
    """
    parts = []
    for title, lines in made:
        facts = "".join(
            f"<dt>{html.escape(asked)}</dt><dd>{html.escape(answer)}"
            f"{f' <small>({html.escape(remark)})</small>' if remark else ''}</dd>"
            for asked, answer, remark in lines
        )
        parts.append(f"<div><strong>{html.escape(title)}</strong><dl>{facts}</dl></div>")
    return (
        f'<figure class="ws-cards{" ws-long" if long else ""}" role="group" aria-label="{html.escape(label)}">'
        f"{''.join(parts)}</figure>"
    )

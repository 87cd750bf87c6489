"""Cards beside each other: as many in a line as there is room for, one below the other where not."""

import html

_LOOK = (
    "<style>.ws figure.ws-cards{display:grid;gap:1em;margin:.6em 0;"
    "grid-template-columns:repeat(auto-fit,minmax(16em,1fr))}"
    ".ws figure.ws-cards>div{border:1px solid var(--jp-border-color1,#8a8a8a);border-radius:.4em;"
    "padding:.5em .9em}.ws figure.ws-cards dl{display:block;margin:.3em 0}"
    ".ws figure.ws-cards :is(dt,dd){float:none;width:auto}"
    ".ws figure.ws-cards dt{font-size:.9em;margin-top:.4em;font-weight:400}"
    ".ws figure.ws-cards dd{font-weight:600}.ws figure.ws-cards small{font-weight:400}"
    ".ws figure.ws-long dt{font-weight:600}.ws figure.ws-long dd{font-weight:400}</style>"
)


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
        f'{_LOOK}<figure class="ws-cards{" ws-long" if long else ""}" role="group" aria-label="{html.escape(label)}">'
        f"{''.join(parts)}</figure>"
    )

"""Cards beside each other: as many in a line as there is room for, one below the other where not."""

import html

from .show import TableView
from .view import View


class Cards(View):
    """Cards with a title each, below it what is asked, the answer, and a remark in brackets.

    ``label`` says what they show, for those who do not see them, ``of`` what a card is of. ``long``
    answers are sentences: then what is asked stands out, and not the answers.
    """

    label, of, long = "", "", False

    def cards(self) -> list[tuple[str, list[tuple[str, str, str]]]]:
        """(title, [(asked, answer, remark), ...]) for each."""
        raise NotImplementedError

    def html(self) -> str:
        parts = []
        for title, lines in self.cards():
            facts = "".join(
                f"<dt>{html.escape(asked)}</dt><dd>{html.escape(answer)}"
                f"{f' <small>({html.escape(remark)})</small>' if remark else ''}</dd>"
                for asked, answer, remark in lines
            )
            parts.append(f"<div><strong>{html.escape(title)}</strong><dl>{facts}</dl></div>")
        look = f"ws-cards{' ws-long' if self.long else ''}"
        label = html.escape(self.label)
        return f'<figure class="{look}" role="group" aria-label="{label}">{"".join(parts)}</figure>'

    def table(self) -> TableView:
        """The same as a table, a row a card."""
        rows = []
        for title, lines in self.cards():
            told = {asked: f"{answer} ({why})" if why else answer for asked, answer, why in lines}
            rows.append({self.of: title, **told})
        columns = dict.fromkeys(name for row in rows for name in row)
        return TableView(rows, {name: name for name in columns}, self.label)

"""Wordings of one quotation as columns: what was left out and put in is marked."""

import html

from ..view.grave import fold, shown, told
from ..view.view import View
from .quotations import WordingDifferences, quotation_card


class WordingColumns(View):
    """Some wordings of a quotation beside each other; each later one is held against the first.

    ``numbers`` are those on the card. With ``named`` a column says where it stands; without it the
    words stand alone, to be judged. Without ``marked`` the differences are left for the reader to
    find.
    """

    def __init__(self, case, quotation_id: str, numbers, named=True, marked=True):
        self.card = quotation_card(case, quotation_id)
        self.wordings = [self.card.wordings[number - 1] for number in numbers]
        self.named, self.marked = named, marked and named

    def columns(self) -> list[tuple[str, str, str]]:
        """(heading, the words as HTML with marks, what was changed in words) for each column."""
        first, out = self.wordings[0], []
        for number, wording in enumerate(self.wordings, 1):
            where = wording.where if self.named else f"Sentence {number}"
            if wording is first or not self.marked:
                words, summary = f"<blockquote>{html.escape(wording.words)}</blockquote>", ""
                words = fold(words) if wording.row.grave else words
            else:
                differences = WordingDifferences(first, wording)
                words, summary = differences.marked(), differences.summary()
            out.append((where, words, summary))
        return out

    def html(self) -> str:
        parts = "".join(
            f"<div><strong>{html.escape(where)}</strong>{words}<p>{shown(summary)}</p></div>"
            for where, words, summary in self.columns()
        )
        key = "<p>Struck through: left out. Underlined: put in.</p>"
        key = key if self.marked and len(self.wordings) > 1 else ""
        label = html.escape(f"{len(self.wordings)} wordings: {self.card.row.title}")
        return (
            f'<figure class="ws-wordings" role="group" aria-label="{label}">{parts}</figure>{key}'
        )

    def text(self) -> str:
        lines = []
        for (where, _, summary), wording in zip(self.columns(), self.wordings, strict=True):
            words = told(wording.mark(wording.words))
            lines += [where, f"  {words}", *([f"  {told(summary)}"] if summary else [])]
        return "\n".join(lines)


wordings = WordingColumns

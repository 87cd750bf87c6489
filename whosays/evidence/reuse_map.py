"""The reuse of a whole case: which item shares how much with which.

Computed from the fingerprints that a case ships, so that map and table are the same whether the
texts are at hand or not; see :mod:`whosays.evidence.shared_passages` for what a passage is.
"""

from functools import lru_cache
from itertools import combinations_with_replacement
from textwrap import shorten

from ..view.named import text_number
from ..view.pictures import Picture, svg, text
from ..view.show import TableView
from .shared_passages import LEAST
from .side_by_side import SideBySide
from .sides import of_case


@lru_cache(maxsize=8)
def comparisons(case) -> dict[tuple[str, str], SideBySide]:
    """SideBySide of every two items that share a passage, an item with itself included, by ids."""
    texts = of_case(case)
    by_pair = {
        (a, b): SideBySide(texts[a], texts[b], texts.values())
        for a, b in combinations_with_replacement(texts, 2)
    }
    return {ids: view for ids, view in by_pair.items() if view.pairs}


def rows(case) -> list[dict]:
    """One row for every two items that share a passage, most words first.

    Returns
    -------
    list of dict
        ``a``, ``b`` (item ids; the same where an item repeats itself), ``a_words``, ``b_words``
        (words that stand in the other), ``a_share``, ``b_share`` (containment, 0 to 1),
        ``passages``, ``longest`` (words).
    """
    out = []
    for (a, b), view in comparisons(case).items():
        sides = ((view.a, view.a_in_b), (view.b, view.b_in_a))
        (left, in_right), (right, in_left) = sides if view.a.name == a else sides[::-1]
        row = {"a": a, "b": b, "a_share": in_right, "b_share": in_left}
        row |= {"a_words": round(in_right * left.words), "b_words": round(in_left * right.words)}
        out.append({**row, "passages": len(view.pairs), "longest": view.longest})
    return sorted(out, key=lambda row: (-row["a_words"] - row["b_words"], row["a"], row["b"]))


class Matrix(Picture):
    """Every text of a case against every other: what of a row's text stands in a column's text.

    A text is a name and a number in its row, and the number in its column; thick lines stand
    between documents. ``cell`` is the side of a cell in units of the picture, which grows with the
    reader's window.
    """

    cell, label, top = 44, 254, 42
    letters = 26  # of a name that fit before its number

    def __init__(self, case):
        self.case, self.rows, self.ids = case, rows(case), list(case.items.ids)
        self.names = [
            item["headline"] or case.sources[item["source_id"]]["headline"] for item in case.items
        ]

    def corner(self, row, column):
        """Where a cell begins, at the left and above."""
        return self.label + column * self.cell, self.top + row * self.cell

    def places(self, row):
        """A row of :func:`rows` in its two cells: (row, column, words, share) for each."""
        a, b = self.ids.index(row["a"]), self.ids.index(row["b"])
        yield a, b, row["a_words"], row["a_share"]
        if a != b:
            yield b, a, row["b_words"], row["b_share"]

    def drawn(self, title, about, cells):
        """The picture with what stands in its cells."""
        n, half, body = len(self.names), self.cell / 2, list(cells)
        sources = [item["source_id"] for item in self.case.items]
        for i, name in enumerate(self.names):
            x, y = self.corner(i, i)
            told = shorten(name, self.letters, placeholder=" …")
            body.append(text(self.label - 34, y + half + 5, told, 14, "end"))
            body.append(text(self.label - 8, y + half + 5, str(i + 1), 14, "end", 600))
            body.append(text(x + half, self.top - 10, str(i + 1), 14, "middle", 600))
        for i in range(n + 1):
            line = 2 if i in (0, n) or sources[i] != sources[i - 1] else 0.5
            x, y = self.corner(i, i)
            lines = f"M{x} {self.top}v{n * self.cell}M{self.label} {y}h{n * self.cell}"
            style = f'stroke="currentColor" stroke-opacity=".6" stroke-width="{line}"'
            body.append(f'<path d="{lines}" {style}/>')
        wide, tall = self.corner(n, n)
        return svg(body, wide + 2, tall + 2, title, about)


class ReuseMap(Matrix):
    """A grid of all items: how many words of the item at the left stand in the item above."""

    label, letters = 268, 28

    def __init__(self, case):
        super().__init__(case)
        self.caption = self.summary()

    def summary(self) -> str:
        """How many items there are, and how many of the pairs share a passage."""
        among = sum(row["a"] != row["b"] for row in self.rows)
        itself = len(self.rows) - among
        pairs = len(self.ids) * (len(self.ids) - 1) // 2
        return (
            f"{len(self.ids)} texts: {among} of {pairs} pairs share a passage of {LEAST} words"
            f" or more that is no set phrase; {itself} texts repeat a passage of their own."
        )

    def table(self) -> TableView:
        """The rows behind the picture."""
        texts, shown = of_case(self.case), []
        for row in self.rows:
            told = {side: text_number(self.case, row[side]) for side in "ab"}
            for side in "ab":
                words = f"{row[f'{side}_words']:,} of {texts[row[side]].words:,}"
                told[f"{side}_of"] = words
            shown.append({**row, **told})
        return TableView(
            shown, "a b a_of b_of longest".split(), self.summary(), a="text",
            b="other text", a_of="words of the text in the other",
            b_of="words of the other in the text", longest="longest run in words",
        )  # fmt: skip

    def svg(self) -> str:
        """The picture; its title, description and numbers are text."""
        repeating = {row["a"] for row in self.rows if row["a"] == row["b"]}
        cells = [self._cell(*place) for row in self.rows for place in self.places(row)]
        for i, item in enumerate(self.ids):
            if item not in repeating:  # a dotted line: nothing repeats
                x, y = self.corner(i, i)
                style = 'stroke="currentColor" stroke-width="0.7" stroke-dasharray="2 5"'
                cells.append(f'<path d="M{x} {y}l{self.cell} {self.cell}" {style}/>')
        told = (
            f"{self.summary()} Each row is an item; the number in a cell says how many of its words"
            " stand in the item of that column, the bar below the number how large a share of it"
            " they are. All numbers stand in the table below."
        )
        return self.drawn(f"Reuse map of the case {self.case.name}", told, cells)

    def _cell(self, row, column, words, share):
        x, y = self.corner(row, column)
        wide, below = self.cell - 8, y + self.cell - 12
        bar = f'<rect x="{x + 4}" y="{below}" height="7" stroke="currentColor" stroke-width="0.6"'
        return (
            f"{text(x + self.cell / 2, y + self.cell / 2 + 3, f'{words:,}', 15, 'middle')}"
            f'{bar} width="{wide}" fill="none"/>{bar} width="{max(1.0, wide * share):.1f}"/>'
        )


draw = ReuseMap

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

CELL, LABEL, HEAD = 44, 250, 40  # units of the picture, which grows with the reader's window
LETTERS = 28  # of a headline that fit before its number


@lru_cache(maxsize=8)
def comparisons(case):
    """SideBySide of every two items that share a passage, an item with itself included, by ids."""
    texts = of_case(case)
    made = {
        (a, b): SideBySide(texts[a], texts[b], texts.values())
        for a, b in combinations_with_replacement(texts, 2)
    }
    return {ids: view for ids, view in made.items() if view.pairs}


def rows(case):
    """One row for every two items that share a passage, most words first.

    Returns
    -------
    list of dict
        ``a``, ``b`` (item ids; the same where an item repeats itself), ``a_words``, ``b_words``
        (words that stand in the other), ``a_share``, ``b_share`` (containment, 0 to 1),
        ``passages``, ``longest`` (words).
    """
    made = []
    for (a, b), view in comparisons(case).items():
        sides = ((view.a, view.a_in_b), (view.b, view.b_in_a))
        (left, in_right), (right, in_left) = sides if view.a.name == a else sides[::-1]
        row = {"a": a, "b": b, "a_share": in_right, "b_share": in_left}
        row |= {"a_words": round(in_right * left.words), "b_words": round(in_left * right.words)}
        made.append({**row, "passages": len(view.pairs), "longest": view.longest})
    return sorted(made, key=lambda row: (-row["a_words"] - row["b_words"], row["a"], row["b"]))


class ReuseMap(Picture):
    """A grid of all items: how many words of the item at the left stand in the item above."""

    def __init__(self, case):
        self.case, self.rows = case, rows(case)
        self.ids = list(of_case(case))
        self.caption = self.summary()

    def summary(self):
        """How many items there are, and how many of the pairs share a passage."""
        among = sum(row["a"] != row["b"] for row in self.rows)
        itself = len(self.rows) - among
        pairs = len(self.ids) * (len(self.ids) - 1) // 2
        return (
            f"{len(self.ids)} texts: {among} of {pairs} pairs share a passage of {LEAST} words"
            f" or more that is no set phrase; {itself} texts repeat a passage of their own."
        )

    def table(self):
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

    def svg(self):
        """The picture; its title, description and numbers are text."""
        n = len(self.ids)
        at = {item: i for i, item in enumerate(self.ids)}
        parts = []
        for i, item in enumerate(self.ids):
            middle = i * CELL + CELL / 2
            parts.append(text(LABEL + middle, HEAD - 12, str(i + 1), 15, "middle"))
            name = shorten(self.case.items[item]["headline"], LETTERS, placeholder=" …")
            parts.append(text(LABEL - 10, HEAD + middle + 5, f"{name}  {i + 1}", 15, "end"))
        parts.append(self._grid(n))
        for row in self.rows:
            a, b = at[row["a"]], at[row["b"]]
            parts.append(_cell(a, b, row["a_words"], row["a_share"]))
            if a != b:
                parts.append(_cell(b, a, row["b_words"], row["b_share"]))
        told = (
            f"{self.summary()} Each row is an item; the number in a cell says how many of its words"
            " stand in the item of that column, the bar below the number how large a share of it"
            " they are. All numbers stand in the table below."
        )
        title = f"Reuse map of the case {self.case.name}"
        return svg(parts, LABEL + n * CELL + 2, HEAD + n * CELL + 2, title, told)

    def _grid(self, n):
        """Thin lines between items, thick ones between documents; dots where nothing repeats."""
        repeating = {row["a"] for row in self.rows if row["a"] == row["b"]}
        sources = [self.case.items[item]["source_id"] for item in self.ids]
        lines = []
        for i in range(n + 1):
            thick = i in (0, n) or sources[i] != sources[i - 1]
            stroke = f'stroke="currentColor" stroke-width="{2 if thick else 0.5}"'
            x, y = LABEL + i * CELL, HEAD + i * CELL
            lines.append(f'<line x1="{x}" y1="{HEAD}" x2="{x}" y2="{HEAD + n * CELL}" {stroke}/>')
            lines.append(f'<line x1="{LABEL}" y1="{y}" x2="{LABEL + n * CELL}" y2="{y}" {stroke}/>')
            if i < n and self.ids[i] not in repeating:
                lines.append(
                    f'<line x1="{x}" y1="{y}" x2="{x + CELL}" y2="{y + CELL}" stroke="currentColor"'
                    ' stroke-width="0.7" stroke-dasharray="2 5"/>'
                )
        return "".join(lines)


def _cell(row, column, words, share):
    x, y = LABEL + column * CELL, HEAD + row * CELL
    return (
        f"{text(x + CELL / 2, y + CELL / 2 + 3, f'{words:,}', 15, 'middle')}"
        f'<rect x="{x + 4}" y="{y + CELL - 12}" width="{CELL - 8}" height="7" fill="none"'
        ' stroke="currentColor" stroke-width="0.6"/>'
        f'<rect x="{x + 4}" y="{y + CELL - 12}" width="{max(1.0, (CELL - 8) * share):.1f}"'
        ' height="7" fill="currentColor"/>'
    )


draw = ReuseMap

"""Pictures of what texts share: two texts with bands, and a whole case as squares."""

import html
from dataclasses import replace

from ..view.bands import Side, bands
from ..view.pictures import BLUE
from ..view.show import TableView
from ..view.view import View
from .reuse_map import Matrix
from .side_by_side import SideBySide
from .sides import of_case

_SMALLEST = 5  # side of the smallest square that is still seen


class TwoTexts(View):
    """Two texts of a case beside each other, whole, with bands between what they share.

    Parameters
    ----------
    a, b : str
        Items of the case.
    until : iterable of str
        Passages of the case after which the words of their text are drawn as bars, though they may
        be quoted: what is cruel is not shown where nobody has been told, and a long text stays
        short.
    """

    def __init__(self, case, a, b, until=()):
        texts = {**of_case(case)}
        for passage in map(case.passages.__getitem__, until):
            texts[passage["item_id"]] = _only_until(texts[passage["item_id"]], passage["end"])
        self.beside = SideBySide(texts[a], texts[b], texts.values())
        self.drawn = self.beside.view()

    def _side(self, name):
        heading = dict(self.drawn[name]["heading"])
        below = f"{heading['Date']} · {heading['Headline']}"
        return Side(heading["Outlet"], below, self.drawn[name]["pieces"])

    def html(self) -> str:
        left, right = self._side("a"), self._side("b")
        title = f"{left.title} beside {right.title}"
        picture = bands(left, right, title, self.drawn["summary"])
        twin = html.escape(self.text())
        return f"<figure>{picture}<figcaption>{twin}</figcaption></figure>"

    def text(self) -> str:
        return f"{self.drawn['summary']} {self.drawn['order']}".strip()


def _only_until(text, end):
    """A text as if its words were known up to a place only."""
    known = ((begin, words[: max(0, end - begin)]) for begin, words in text.known)
    return replace(text, known=tuple(one for one in known if one[1]))


class Squares(Matrix):
    """Every text of a case against every other as squares; the numbers stand in a folded table.

    The area of a square is the share; a dot marks a text against itself.
    """

    cell = 24
    caption = (
        "The larger the square, the more of the text in this row stands in the text of that column."
    )
    behind = "The numbers as a table"

    def __init__(self, case):
        super().__init__(case)
        self.rows = [row for row in self.rows if row["a"] != row["b"]]

    def svg(self) -> str:
        """The squares as inline SVG."""
        n, half = len(self.names), self.cell / 2
        squares = [(*place, share) for r in self.rows for *place, _, share in self.places(r)]
        cells = [self._square(*one) for one in squares]
        for x, y in (self.corner(i, i) for i in range(n)):
            cells.append(f'<circle cx="{x + half}" cy="{y + half}" r="2" fill-opacity=".6"/>')
        largest = sorted(squares, key=lambda one: -one[2])[:6]
        described = "; ".join(f"{share:.0%} of {a + 1} in {b + 1}" for a, b, share in largest)
        about = (
            f"{n} rows and {n} columns. The larger the square, the larger the share of the row's"
            f" text that stands in the column's text. The largest: {described}. The table holds all"
            " of them."
        )
        return self.drawn(f"What {n} texts share with one another", about, cells)

    def _square(self, row, column, share):
        side = max(_SMALLEST, (self.cell - 5) * share**0.5)
        x, y = (at + (self.cell - side) / 2 for at in self.corner(row, column))
        label = f"{share:.0%} of “{self.names[row]}” stands in “{self.names[column]}”"
        return (
            f'<rect x="{x:.1f}" y="{y:.1f}" width="{side:.1f}" height="{side:.1f}" fill="{BLUE}" '
            f'stroke="currentColor" stroke-width="1"><title>{html.escape(label)}</title></rect>'
        )

    def table(self) -> TableView:
        """The numbers behind the picture, most words first."""
        rows = [
            {
                "pair": " and ".join(str(self.ids.index(row[side]) + 1) for side in "ab"),
                "a": f"{row['a_share']:.0%}", "b": f"{row['b_share']:.0%}",
                "longest": f"{row['longest']} words",
            }
            for row in self.rows
        ]  # fmt: skip
        columns = {"pair": "Texts", "a": "of the first in the second"}
        columns |= {"b": "of the second in the first", "longest": "Longest run without a change"}
        return TableView(rows, columns, "What two texts share")

    def text(self):
        names = "\n".join(f"{i}  {name}" for i, name in enumerate(self.names, 1))
        return f"{names}\n\n{self.table().text()}"


class Headlines(View):
    """The texts of a case as headlines with their years, numbered as in :class:`Squares`."""

    def __init__(self, case):
        self.lines = [
            f"{item['headline']} ({(item['published'] or 'no date')[:4]})" for item in case.items
        ]

    def html(self) -> str:
        return f"<ol>{''.join(f'<li>{html.escape(line)}</li>' for line in self.lines)}</ol>"

    def text(self) -> str:
        return "\n".join(f"{i}. {line}" for i, line in enumerate(self.lines, 1))


two_texts, all_texts, headlines = TwoTexts, Squares, Headlines

"""Pictures of what texts share: two texts with bands, and a whole case as squares."""

import html
from dataclasses import replace

from ..view.bands import Side, bands
from ..view.pictures import Picture
from ..view.show import TableView
from ..view.squares import squares
from ..view.view import View
from . import reuse_map
from .side_by_side import SideBySide
from .sides import of_case


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

    def html(self):
        left, right = self._side("a"), self._side("b")
        title = f"{left.title} beside {right.title}"
        picture = bands(left, right, title, self.drawn["summary"])
        said = html.escape(self.text())
        return f"<figure>{picture}<figcaption>{said}</figcaption></figure>"

    def text(self):
        return f"{self.drawn['summary']} {self.drawn['order']}".strip()


def _only_until(text, end):
    """A text as if its words were known up to a place only."""
    known = ((begin, words[: max(0, end - begin)]) for begin, words in text.known)
    return replace(text, known=tuple(one for one in known if one[1]))


class Squares(Picture):
    """Every text of a case against every other as squares; the numbers stand in a folded table."""

    caption = (
        "The larger the square, the more of the text in this row stands in the text of that column."
    )
    behind = "The numbers as a table"

    def __init__(self, case):
        self.case = case
        self.names = {
            item["item_id"]: item["headline"] or case.sources[item["source_id"]]["headline"]
            for item in case.items
        }
        self.rows = reuse_map.rows(case)

    def svg(self):
        """The squares as inline SVG."""
        ids = list(self.names)
        at = {item: i for i, item in enumerate(ids)}
        shares = {}
        for row in self.rows:
            if row["a"] == row["b"]:
                continue
            shares[at[row["a"]], at[row["b"]]] = row["a_share"]
            shares[at[row["b"]], at[row["a"]]] = row["b_share"]
        sources = [self.case.items[item]["source_id"] for item in ids]
        groups = [i for i in range(1, len(ids)) if sources[i] != sources[i - 1]]
        title = f"What {len(ids)} texts share with one another"
        return squares(list(self.names.values()), shares, title, groups)

    def table(self):
        """The numbers behind the picture, most words first."""
        ids = list(self.names)
        rows = [
            {
                "pair": f"{ids.index(row['a']) + 1} and {ids.index(row['b']) + 1}",
                "a": f"{row['a_share']:.0%}",
                "b": f"{row['b_share']:.0%}",
                "longest": f"{row['longest']} words",
            }
            for row in self.rows
            if row["a"] != row["b"]
        ]
        columns = {"pair": "Texts", "a": "of the first in the second"}
        columns |= {"b": "of the second in the first", "longest": "Longest run without a change"}
        return TableView(rows, columns, "What two texts share")

    def text(self):
        names = "\n".join(f"{i}  {name}" for i, name in enumerate(self.names.values(), 1))
        return f"{names}\n\n{self.table().text()}"


class Headlines(View):
    """The texts of a case as headlines with their years, numbered as in :class:`Squares`."""

    def __init__(self, case):
        self.lines = [
            f"{item['headline']} ({(item['published'] or 'no date')[:4]})" for item in case.items
        ]

    def html(self):
        return f"<ol>{''.join(f'<li>{html.escape(line)}</li>' for line in self.lines)}</ol>"

    def text(self):
        return "\n".join(f"{i}. {line}" for i, line in enumerate(self.lines, 1))


two_texts, all_texts, headlines = TwoTexts, Squares, Headlines

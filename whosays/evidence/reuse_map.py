"""The reuse of a whole case: which item shares how much with which, and who holds a passage.

Computed from the fingerprints that a case ships, so that map, table and clusters are the same
whether the texts are at hand or not; see :mod:`whosays.evidence.side_by_side` for what a passage
is.
"""

import html
from functools import cached_property, lru_cache
from itertools import combinations_with_replacement

from ..reuse.clusters import cluster, earliest_witness, stamped
from ..view.show import TableView
from ..view.view import View
from .side_by_side import LEAST, Sentence, SideBySide, of_case

CELL, LABEL, HEAD = 44, 250, 40  # units of the picture, which grows with the reader's window


@lru_cache(maxsize=8)
def comparisons(case, least=LEAST):
    """Every two items of a case that share a passage, an item with itself included.

    Parameters
    ----------
    case : whosays.case.case.Case
    least : int
        Fewest words that agree in a passage.

    Returns
    -------
    dict of (str, str) to SideBySide
        In the order of the items table.
    """
    texts = of_case(case)
    made = {
        (a, b): SideBySide(texts[a], texts[b], texts.values(), least=least)
        for a, b in combinations_with_replacement(texts, 2)
    }
    return {ids: view for ids, view in made.items() if view.pairs}


def rows(case, least=LEAST):
    """One row for every two items that share a passage, most words first.

    Returns
    -------
    list of dict
        ``a``, ``b`` (item ids; the same where an item repeats itself), ``a_words``, ``b_words``
        (words that stand in the other), ``a_share``, ``b_share`` (containment, 0 to 1),
        ``passages``, ``longest`` (words).
    """
    made = []
    for (a, b), view in comparisons(case, least).items():
        sides = ((view.a, view.a_in_b), (view.b, view.b_in_a))
        (left, in_right), (right, in_left) = sides if view.a.name == a else sides[::-1]
        made.append(
            {
                "a": a,
                "b": b,
                "a_words": round(in_right * left.words),
                "b_words": round(in_left * right.words),
                "a_share": in_right,
                "b_share": in_left,
                "passages": len(view.pairs),
                "longest": view.longest,
            }
        )
    return sorted(made, key=lambda row: (-row["a_words"] - row["b_words"], row["a"], row["b"]))


class ReuseMap(View):
    """A grid of all items: how many words of the item at the left stand in the item above.

    Parameters
    ----------
    case : whosays.case.case.Case
    least : int
        Fewest words that agree in a passage.
    """

    def __init__(self, case, least=LEAST):
        self.case, self.least = case, least
        self.rows = rows(case, least)
        self.ids = list(of_case(case))

    def summary(self):
        """How many items there are, and how many of the pairs share a passage."""
        among = sum(row["a"] != row["b"] for row in self.rows)
        itself = len(self.rows) - among
        pairs = len(self.ids) * (len(self.ids) - 1) // 2
        return (
            f"{len(self.ids)} items: {among} of {pairs} pairs share a passage of {self.least} words"
            f" or more that is no set phrase; {itself} items repeat a passage of their own."
        )

    def table(self):
        """The rows behind the picture."""
        shown = [
            {
                **row,
                "a_of": f"{row['a_words']:,} of {self._words(row['a']):,}",
                "b_of": f"{row['b_words']:,} of {self._words(row['b']):,}",
            }
            for row in self.rows
        ]
        columns = {
            "a": "item", "b": "other item", "a_of": "words of the item in the other",
            "b_of": "words of the other in the item",
            "passages": "passages", "longest": "longest run in words",
        }  # fmt: skip
        return TableView(shown, columns, self.summary())

    def _words(self, item):
        return of_case(self.case)[item].words

    def svg(self):
        """The picture; its title, description and numbers are text."""
        n = len(self.ids)
        width, height = LABEL + n * CELL, HEAD + n * CELL
        at = {item: i for i, item in enumerate(self.ids)}
        parts = [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width + 2} {height + 2}"'
            ' role="img" aria-labelledby="ws-map-title ws-map-desc"'
            ' style="width:100%;max-width:64em;height:auto;color:'
            'var(--jp-content-font-color1,#1a1a1a);font-family:var(--jp-content-font-family,sans-serif)"><title'
            f' id="ws-map-title">Reuse map of the case {html.escape(self.case.name)}</title><desc'
            f' id="ws-map-desc">{html.escape(self.summary())} Each row is an item; the number in a'
            " cell says how many of its words stand in the item of that column, the bar below the"
            " number how large a share of it they are. All numbers stand in the table"
            " below.</desc>"
        ]
        for i, item in enumerate(self.ids):
            middle = i * CELL + CELL / 2
            parts.append(_text(LABEL + middle, HEAD - 12, str(i + 1), "middle"))
            parts.append(_text(LABEL - 10, HEAD + middle + 5, f"{i + 1}  {item}", "end"))
        parts.append(self._grid(n))
        for row in self.rows:
            a, b = at[row["a"]], at[row["b"]]
            parts.append(_cell(a, b, row["a_words"], row["a_share"]))
            if a != b:
                parts.append(_cell(b, a, row["b_words"], row["b_share"]))
        return "".join((*parts, "</svg>"))

    def _grid(self, n):
        """Thin lines between items, thick ones between documents; a dotted diagonal where nothing
        is repeated.
        """
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

    def html(self):
        return f"{self.svg()}{self.table().html()}"

    def text(self):
        return self.table().text()

    def frame(self):
        """The rows as a pandas DataFrame."""
        return self.table().frame()


def _text(x, y, words, anchor):
    return (
        f'<text x="{x}" y="{y}" text-anchor="{anchor}" font-size="15"'
        f' fill="currentColor">{html.escape(words)}</text>'
    )


def _cell(row, column, words, share):
    x, y = LABEL + column * CELL, HEAD + row * CELL
    return (
        f"{_text(x + CELL / 2, y + CELL / 2 + 3, f'{words:,}', 'middle')}"
        f'<rect x="{x + 4}" y="{y + CELL - 12}" width="{CELL - 8}" height="7" fill="none"'
        ' stroke="currentColor" stroke-width="0.6"/>'
        f'<rect x="{x + 4}" y="{y + CELL - 12}" width="{max(1.0, (CELL - 8) * share):.1f}"'
        ' height="7" fill="currentColor"/>'
    )


def draw(case, least=LEAST):
    """The reuse map of a case; see :class:`ReuseMap`."""
    return ReuseMap(case, least)


class Cluster(View):
    """One passage and everybody who holds it.

    Attributes
    ----------
    number : int
    holdings : list of whosays.reuse.clusters.Holding
        Earliest first as far as dates go; ``doc_id`` is an item id.
    witness : whosays.reuse.clusters.Witness
    """

    def __init__(self, case, number, holdings):
        self.case, self.number = case, number
        texts = of_case(case)
        self.holdings = sorted(
            holdings, key=lambda h: (texts[h.doc_id].date or "9", h.doc_id, h.start)
        )

    @cached_property
    def witness(self):
        """Who held the passage first, as far as credits and dates tell."""
        texts = of_case(self.case)
        ids = sorted({h.doc_id for h in self.holdings})
        return earliest_witness(
            ids,
            {i: _moment(self.case, i, texts[i].date) for i in ids},
            {i: _outlet(self.case, i) for i in texts},
            {i: "\n\n".join(words for _, words in texts[i].known) for i in ids},
        )

    @property
    def words(self):
        """Words of the longest holding."""
        return max(self._count(h) for h in self.holdings)

    def _count(self, holding):
        offsets = of_case(self.case)[holding.doc_id].fingerprint.offsets
        return sum(holding.start <= s and e <= holding.end for s, e in offsets)

    def begins(self):
        """Its first words where some holder's wording is known, else its length."""
        for h in self.holdings:
            words = of_case(self.case)[h.doc_id].slice(h.start, h.end)
            if words is not None:
                words = words.split()
                return " ".join(words[:12]) + (" …" if len(words) > 12 else "")
        for h in self.holdings:
            offsets = of_case(self.case)[h.doc_id].fingerprint.offsets
            for begin, known in of_case(self.case)[h.doc_id].known:
                lo, hi = max(begin, h.start), min(begin + len(known), h.end)
                whole = [known[s - begin : e - begin] for s, e in offsets if lo <= s and e <= hi]
                if len(whole) >= LEAST:
                    return "… " + " ".join(whole[:12]) + " …"
        return f"[{self.words} words not quoted]"

    def rows(self):
        """One row a holding: who, when, where, and with which changes against the first row."""
        texts, first, made = of_case(self.case), self.holdings[0], []
        for h in self.holdings:
            text = texts[h.doc_id]
            heading = dict(text.heading)
            if h.doc_id == self.witness.doc_id:
                said = "earliest"
            elif self.witness.doc_id is None and h.doc_id in self.witness.candidates:
                said = "undecided"
            else:
                said = "later"
            made.append(
                {
                    "item": h.doc_id,
                    "outlet": heading["Outlet"],
                    "date": heading["Date"],
                    "words": self._count(h),
                    "changes": "the first row" if h == first else self._changes(first, h),
                    "witness": said,
                }
            )
        return made

    def _changes(self, first, other):
        views = comparisons(self.case)
        view = views.get((first.doc_id, other.doc_id)) or views.get((other.doc_id, first.doc_id))
        if view is None:
            return "shares it only with a third holder"
        sides = ("a", "b") if view.a.name == first.doc_id else ("b", "a")
        best, most = None, 0
        for pair in view.pairs:
            spans = [view.spans(pair, side) for side in sides]
            over = min(_overlap(spans[0], first), _overlap(spans[1], other))
            if over > most:
                best, most = pair, over
        if best is None:
            return "shares it only with a third holder"
        changes = view.changes(
            best, ("in the first row", "here"), turned=view.a.name != first.doc_id
        )
        if not changes:
            return "word for word"
        return f"{best.changes} place{'s' * (best.changes != 1)} changed: " + "; ".join(changes)

    def table(self):
        """The holders as a table."""
        columns = {
            "item": "item", "outlet": "outlet", "date": "date", "words": "words",
            "changes": "against the first row",
            "witness": "witness",
        }  # fmt: skip
        caption = (
            f"Passage {self.number}, “{self.begins()}”: {len(self.holdings)} holdings."
            f" {self.witness.why}"
        )
        return TableView(self.rows(), columns, caption)

    def html(self):
        return self.table().html()

    def text(self):
        return self.table().text()


def _overlap(span, holding):
    return min(span[1], holding.end) - max(span[0], holding.start)


def _outlet(case, item_id):
    """The outlet of an item for credits: the agency that wrote it, or its document's outlet where
    that is named.
    """
    item = case.items[item_id]
    author = item["author"] and case.agents[item["author"]]
    if author and author["kind"] == "agency":
        return author["name"]
    outlet = case.agents[case.sources[item["source_id"]]["outlet"]]
    return "" if outlet["kind"] == "unnamed" else outlet["name"]


def _moment(case, item_id, day):
    """An item's date with the hour of its document's stamp, where the stamp is of that day."""
    source = case.sources[case.items[item_id]["source_id"]]
    return stamped(day, source["published_note"]) if day and day == source["published"] else day


@lru_cache(maxsize=8)
def clusters(case, least=LEAST):
    """The passages of a case with everybody who holds them, most holdings first.

    Parameters
    ----------
    case : whosays.case.case.Case
    least : int

    Returns
    -------
    list of Cluster
    """
    found = [
        (view.a.name, *view.spans(pair, "a"), view.b.name, *view.spans(pair, "b"))
        for view in comparisons(case, least).values()
        for pair in view.pairs
    ]
    held_by = {}
    for holding in cluster(found):
        held_by.setdefault(holding.cluster, []).append(holding)
    made = sorted(held_by.values(), key=lambda h: (-len(h), h))
    return [Cluster(case, number, holdings) for number, holdings in enumerate(made, 1)]


def list_clusters(case, least=LEAST):
    """The passages that more than one place holds, as a table.

    Returns
    -------
    TableView
    """
    shown = [
        {
            "passage": c.number,
            "holdings": len(c.holdings),
            "words": c.words,
            "begins": c.begins(),
            "holders": list(dict.fromkeys(h.doc_id for h in c.holdings)),
            "witness": c.witness.doc_id or "undecided",
        }
        for c in clusters(case, least)
    ]
    columns = {
        "passage": "passage", "holdings": "holdings", "words": "words", "begins": "begins",
        "holders": "items",
        "witness": "earliest witness",
    }  # fmt: skip
    return TableView(shown, columns, f"{len(shown)} passages that stand in more than one place")


def holders(case, passage):
    """Who holds a passage, when, and with which changes.

    Parameters
    ----------
    case : whosays.case.case.Case
    passage : int or str
        The number of a passage in :func:`list_clusters`, or the id of a passage of the case
        (``p-000-film-sargsyan``).

    Returns
    -------
    Cluster
        Or a sentence where nobody else holds it.
    """
    found = clusters(case)
    if isinstance(passage, int):
        if 1 <= passage <= len(found):
            return found[passage - 1]
        return Sentence(f"There is no passage {passage}; they are numbered 1 to {len(found)}.")
    if passage not in case.passages:
        return Sentence(f"There is no passage {passage!r} in this case.")
    row = case.passages[passage]
    span = row["start"], row["end"]
    over = [
        (_overlap(span, h) / (h.end - h.start + span[1] - span[0]), -c.number)
        for c in found
        for h in c.holdings
        if h.doc_id == row["item_id"] and _overlap(span, h) > 0
    ]
    if not over:
        return Sentence(
            f"No other item of this case shares a passage with {passage}, set phrases left out."
        )
    return found[-max(over)[1] - 1]


class ClusterPages(View):
    """The passages of a case that several items hold; its face opens one at a time."""

    def __init__(self, case):
        self.case = case

    def html(self):
        return list_clusters(self.case).html()

    def text(self):
        return list_clusters(self.case).text()


def browse(case):
    """The passages one by one with a menu; :func:`list_clusters` and :func:`holders` do the same in
    code.
    """
    return ClusterPages(case).widget()

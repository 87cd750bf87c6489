"""Two texts side by side: what they share, what was changed, and the list of passages.

The pure model behind the widget. What two texts share is computed from fingerprints, never from
the wording: so it is the same whether a text may be shipped or not. Quotation marks alone need the
wording. Where the wording is known, it is shown; where not, a stretch is shown as so many words.

Standard library only, so it works where NumPy has to be fetched first.
"""

import html
import itertools

from ..base.words import words_of
from ..reuse import edits
from ..reuse.clusters import when
from ..reuse.fingerprint import pack_place_names
from ..view.show import TableView
from ..view.view import Sentence, View, facts
from .shared_passages import LEAST, Pair, pairs
from .sides import of_case, of_texts

KINDS = words_of(__package__)["kind"]


class SideBySide(View):
    """Two texts beside each other; the earlier goes left where both dates decide it.

    ``among`` and the settings are those of :func:`pairs`.

    Attributes
    ----------
    pairs : list of Pair
    a_in_b, b_in_a : float
        Containment: the share of one text's words that stand in an unchanged run, 0 to 1.
    longest : int
        Words in the longest unchanged run.
    """

    def __init__(self, a, b, among=(), least=LEAST, quotations=True, set_phrases=False):
        self.ordered = _before(b.date, a.date)
        if self.ordered:
            a, b = b, a
        self.ordered = self.ordered or _before(a.date, b.date)
        self.a, self.b, self.among = a, b, among
        self.settings = {"least": least, "quotations": quotations, "set_phrases": set_phrases}
        self.pairs = pairs(a, b, among, **self.settings)
        self.a_in_b = _covered(a, [(i, n) for p in self.pairs for i, _, n in p.runs])
        self.b_in_a = _covered(b, [(j, n) for p in self.pairs for _, j, n in p.runs])
        self.longest = max((p.longest for p in self.pairs), default=0)

    def only(self, **settings) -> "SideBySide":
        """The same two texts with other settings."""
        return SideBySide(self.a, self.b, self.among, **{**self.settings, **settings})

    def summary(self) -> str:
        """Both containments and the longest run, in words."""
        a_words, b_words = round(self.a_in_b * self.a.words), round(self.b_in_a * self.b.words)
        if not self.pairs:
            return f"No shared passage of {self.settings['least']} words or more."
        passages = f"{len(self.pairs)} shared passage{'s' * (len(self.pairs) != 1)}"
        return (
            f"{passages}. Left: {a_words:,} of {self.a.words:,} words stand in the right text. "
            f"Right: {b_words:,} of {self.b.words:,} words stand in the left text. "
            f"Longest run without a change: {self.longest:,} words."
        )

    def order(self) -> str:
        """Which text is on the left, and why; nothing where neither has a date."""
        if not (self.a.date or self.b.date):
            return ""
        if self.ordered:
            return "The earlier text is on the left."
        return "The dates alone do not say which is earlier: look at hours and credits."

    def spans(self, pair: Pair, side: str) -> tuple[int, int]:
        """Where a passage stands: code points in the document, end exclusive."""
        return self._place(side, *getattr(pair, side))

    def stretches(self, pair: Pair) -> list:
        """What stayed and what was changed in a passage: a list of EditStretch.

        Offsets are those of the documents. Between two unchanged runs the words are compared one by
        one where both wordings are known, and stand as one change where not.
        """
        out = []
        before = None
        for i, j, words in pair.runs:
            if before and before[1] <= j:  # parts that changed places have nothing between them
                out += self._between(before, (i, j))
            a0, a1 = self._place("a", i, i + words)
            b0, b1 = self._place("b", j, j + words)
            out.append(edits.EditStretch("verbatim", a0, a1, b0, b1))
            before = i + words, j + words
        return out

    def _place(self, side, first, last):
        offsets = getattr(self, side).fingerprint.offsets
        if first == last:
            return offsets[first][0], offsets[first][0]
        return offsets[first][0], offsets[last - 1][1]

    def _between(self, before, after):
        a0, a1 = self._place("a", before[0], after[0])
        b0, b1 = self._place("b", before[1], after[1])
        if a0 == a1 and b0 == b1:
            return []
        old, new = self.a.slice(a0, a1), self.b.slice(b0, b1)
        if a0 == a1 or b0 == b1 or old is None or new is None:
            kind = "inserted" if a0 == a1 else "dropped" if b0 == b1 else "edited"
            return [edits.EditStretch(kind, a0, a1, b0, b1)]
        return [
            edits.EditStretch(s.kind, a0 + s.a_start, a0 + s.a_end, b0 + s.b_start, b0 + s.b_end)
            for s in edits.stretches(old, new)
        ]

    def wording(self, side: str, start: int, end: int, marks: str = "") -> str:
        """The words of a stretch between two ``marks``, or how many where they are not shipped."""
        text = getattr(self, side)
        known = text.slice(start, end)
        if known is None:
            return _unknown(text.count(start, end))
        known = known.replace("**", "")  # the stars of a headline inside a text
        return marks[:1] + " ".join(known.split()) + marks[1:]

    def changes(self, pair: Pair) -> list[str]:
        """The changes of a passage in words: a list of str, in order."""
        sentences = []
        for s in self.stretches(pair):
            left = self.wording("a", s.a_start, s.a_end, "“”")
            right = self.wording("b", s.b_start, s.b_end, "“”")
            if s.kind == "edited":
                sentences.append(f"{left} stands as {right}")
            elif s.kind == "dropped":
                sentences.append(f"only on the left: {left}")
            elif s.kind == "inserted":
                sentences.append(f"only on the right: {right}")
        return sentences

    def rows(self) -> list[dict]:
        """The list of passages: number, words that agree, kind, changes, wording left and right."""
        rows = []
        for pair in self.pairs:
            row = {"number": pair.number, "words": pair.words, "kind": KINDS[pair.kind]}
            row |= {"why": pair.why, "changes": "; ".join(self.changes(pair)) or "none"}
            for name, side in (("left", "a"), ("right", "b")):
                first, last = getattr(pair, side)
                row[name] = _shortened(self.wording(side, *self.spans(pair, side)))
                row[f"{name}_at"] = f"words {first + 1} to {last}"
            rows.append(row)
        return rows

    def table(self) -> TableView:
        """The list of passages as a table; it alone tells everything the columns show."""
        rows = self.rows()
        for row in rows:
            for side in ("left", "right"):
                row[side] += f" ({row.pop(f'{side}_at')})"
        return TableView(
            rows, "number words kind why changes left right".split(),
            f"{self.summary()} {self.order()}".strip(), number="passage",
            words="words that agree", why="why it counts", changes="what was changed",
        )  # fmt: skip

    def pieces(self, side: str) -> list[dict]:
        """A text cut at every passage and change, in order, nothing left out.

        Each piece has ``text`` (a string) or ``words`` (how many there are, not quoted), ``pairs``
        (numbers of the passages it lies in), ``kind`` (``shared``, ``changed`` or nothing),
        ``begins`` (numbers of the passages that begin here), ``missing`` (whether words of the
        other text are missing just before it).
        """
        text = getattr(self, side)
        lies, kinds, begins, missing = [], [], {}, set()
        for pair in self.pairs:
            start, end = self.spans(pair, side)
            lies.append((start, end, pair.number))
            begins.setdefault(start, []).append(pair.number)
            for s in self.stretches(pair):
                lo, hi = (s.a_start, s.a_end) if side == "a" else (s.b_start, s.b_end)
                if lo < hi:
                    kinds.append((lo, hi, "shared" if s.kind == "verbatim" else "changed"))
                else:
                    missing.add(lo)
        known = [(begin, begin + len(words)) for begin, words in text.known]
        edges = {text.start, text.end, *missing}
        for lo, hi, *_ in (*lies, *kinds, *known, *text.grave):
            edges |= {lo, hi}
        out = []
        for lo, hi in itertools.pairwise(sorted(e for e in edges if text.start <= e <= text.end)):
            numbers, over = (
                {what for start, end, what in spans if start <= lo and hi <= end}
                for spans in (lies, kinds)
            )
            piece = {"pairs": sorted(numbers), "begins": begins.get(lo, [])}
            kind = "shared" if "shared" in over else "changed" if over else ""
            piece |= {"missing": lo in missing, "kind": kind}
            wording = text.slice(lo, hi)
            unknown = text.count(lo, hi) if wording is None else 0
            # where there is no word, it is a blank or a stop between two stretches
            out.append(piece | ({"words": unknown} if unknown else {"text": wording or " "}))
        return out

    def view(self) -> dict:
        """Everything the widget draws, as plain JSON values."""
        rows = self.rows()
        for row, pair in zip(rows, self.pairs, strict=True):
            row["count"] = pair.changes
        return {
            "a": {"heading": [list(h) for h in self.a.heading], "pieces": self.pieces("a")},
            "b": {"heading": [list(h) for h in self.b.heading], "pieces": self.pieces("b")},
            "rows": rows,
            "summary": self.summary(),
            "order": self.order(),
        }

    def html(self) -> str:
        style = "flex:1 1 22em;min-width:0"
        columns = "".join(
            f'<div style="{style}">{facts(text.heading)}{self._column(side)}</div>'
            for side, text in (("a", self.a), ("b", self.b))
        )
        table = self.table()  # below the columns, which have the words themselves
        shown = {name: table.columns[name] for name in ("number", "words", "why", "changes")}
        listed = TableView(table.rows, shown, table.caption).html()
        return f'<div style="display:flex;flex-wrap:wrap;gap:2em">{columns}</div>{listed}'

    def _column(self, side):
        out = []
        for piece in self.pieces(side):
            out += [f"<strong>[{n}]</strong> " for n in piece["begins"]]
            words = html.escape(piece["text"]) if "text" in piece else _bar(piece["words"])
            tag = {"shared": "u", "changed": "strong"}.get(piece["kind"])
            out.append(f"<{tag}>{words}</{tag}>" if tag else words)
        return f'<div style="white-space:pre-wrap">{"".join(out)}</div>'

    def text(self) -> str:
        heads = "\n".join(
            f"{where}: " + "; ".join(value for _, value in text.heading)
            for where, text in (("Left", self.a), ("Right", self.b))
        )
        return f"{heads}\n\n{self.table().text()}"


def _before(a, b):
    a, b = when(a), when(b)
    return bool(a and b and a[1] < b[0])


def _covered(text, runs):
    covered = bytearray(text.words)
    for first, words in runs:
        covered[first : first + words] = b"\1" * words
    return sum(covered) / len(covered) if covered else 0.0


def _unknown(words):
    return f"[{words} word{'s' * (words != 1)} not quoted]"


def _bar(words):
    """Words that may not be shown, as a bar of about their length; how many is read out."""
    label = _unknown(words).strip("[]")
    return (
        f'<span role="img" aria-label="{label}" title="{label}" style="display:inline-block;'
        f"width:{min(2.5 * words, 40):g}em;max-width:100%;height:.5em;border-radius:.2em;"
        'background:currentColor;opacity:.4"></span> '
    )


def _shortened(wording, most=30):
    words = wording.split()
    if len(words) <= most:
        return wording
    return " ".join((*words[: most // 2], "[…]", *words[-most // 2 :]))


def items(case, a: str, b: str, **settings) -> SideBySide:
    """Two items of a case side by side, by their ids; the settings are those of :func:`pairs`.

    The same item twice shows what it repeats of itself; a sentence comes back where there is none.
    """
    texts = of_case(case)
    missing = [name for name in (a, b) if name not in texts]
    if missing:
        return Sentence(
            f"There is no item {' or '.join(map(repr, missing))}. The items are:"
            f" {', '.join(texts)}."
        )
    return SideBySide(texts[a], texts[b], texts.values(), **settings)


def texts(a: str, b: str, **settings) -> SideBySide:
    """Two texts of one's own side by side; the settings are those of :func:`pairs`."""
    return SideBySide(*of_texts({"first text": a, "second text": b}), **settings)


def reused(case, text: str, least: int = LEAST) -> TableView:
    """What of a case a text reuses, as a table: a row a passage, the longest first.

    ``least`` is the fewest words that agree. Names and set phrases are left out.
    """
    given = {"your text": text if isinstance(text, str) else ""}
    (mine,) = of_texts(given, pack_place_names(case.folder))
    rows = []
    for item in of_case(case).values():
        beside = SideBySide(mine, item, of_case(case).values(), least=least)
        for pair in beside.pairs:
            row = {"item": item.name, "outlet": item.heading[0][1], "words": pair.words}
            row["kind"] = KINDS[pair.kind]
            row["yours"] = _shortened(beside.wording("a", *beside.spans(pair, "a")))
            rows.append({**row, "at": f"words {pair.b[0] + 1} to {pair.b[1]}"})
    rows.sort(key=lambda row: (-row["words"], row["item"]))
    n, items = len(rows), len({row["item"] for row in rows})
    message = (
        f"Your text has {mine.words:,} words; {n} passage{'s' * (n != 1)} shared with"
        f" {items} items. Sharing does not say who had it from whom."
    )
    return TableView(
        rows, "item outlet words kind yours at".split(),
        message if mine.words else "No text yet: paste one.",
        words="words that agree", yours="in your text", at="place in the item",
    )  # fmt: skip


class Pasted(View):
    """A text of the learner's own beside a case; its face has the field to paste it into."""

    def __init__(self, case):
        self.case = case

    def table(self):
        return reused(self.case, "")


def paste(case):
    """A field to paste a text into: what of the case does it reuse? In code: :func:`reused`."""
    return Pasted(case).widget()

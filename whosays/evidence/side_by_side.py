"""Two texts side by side: what they share, what was changed, and the list of passages.

The pure model behind the widget. Everything is computed from fingerprints (runs of three folded
words), never from the wording: so the numbers are the same whether a text may be shipped or not.
Where the wording is known (quoted, shipped, dropped in), it is shown; where it is not, a stretch
is shown as so many words.

What a passage is, and whether it is copied, is decided by :mod:`whosays.reuse.decide`, as
everywhere in the kit. What is not copied is called a set phrase, or too short to tell.

Standard library only, so it works where NumPy has to be fetched first.
"""

import html
import itertools
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache

from ..attribution.quotes import find
from ..reuse import decide, edits
from ..reuse.clusters import when
from ..reuse.fingerprint import (
    Fingerprint,
    make_fingerprints,
    pack_place_names,
    read_fingerprints,
)
from ..text.days import capital, in_words
from ..text.fold import words as folded_words
from ..view.grave import grave_stretches
from ..view.show import TableView
from ..view.view import View

N = decide.RUN  # words in the shortest run looked at
LEAST = 5  # words in the shortest passage shown unless the reader says otherwise
QUOTED = 0.8  # share of a passage's words in quotation marks from which it is a quotation
KINDS = {
    "verbatim": "verbatim",
    "edited": "edited",
    "set_phrase": "set phrase, or too short to tell",
}


@dataclass(frozen=True)
class Text:
    """One side: a text as far as it is known, and what stands above its column.

    Attributes
    ----------
    name : str
    heading : tuple of (str, str)
        What to say above the column: label, value.
    fingerprint : Fingerprint
        Its offsets are those of ``known``.
    known : tuple of (int, str)
        Stretches of wording, each with the place where it begins; in order, apart from each other.
    start, end : int
        The text's place in its document, code points, end exclusive.
    date : str
        ISO 8601, as exact as known, or nothing.
    grave : tuple of (int, int)
        Places that describe cruelty: they are never shown side by side.
    held : bytes
        How many of the texts that are compared hold the run from each word on.
    """

    name: str
    heading: tuple
    fingerprint: Fingerprint = field(repr=False)
    known: tuple = field(repr=False)
    start: int
    end: int
    date: str = ""
    grave: tuple = ()
    held: bytes = field(default=b"", compare=False, repr=False)

    @property
    def words(self):
        """Number of words."""
        return self.fingerprint.words

    def slice(self, start, end):
        """The wording of a stretch; None where any of it is not known, or describes cruelty."""
        if any(s < end and start < e for s, e in self.grave):
            return None
        for begin, text in self.known:
            if begin <= start and end <= begin + len(text):
                return text[start - begin : end - begin]
        return None

    @cached_property
    def quoted(self):
        """For each word, 1 where it is known to stand inside quotation marks."""
        spans = [
            (begin + q.start, begin + q.end)
            for begin, text in self.known
            for q in find(text)
            if q.closed
        ]
        inside = bytearray(self.words)
        for i, (start, end) in enumerate(self.fingerprint.offsets):
            inside[i] = any(s <= start and end <= e for s, e in spans)
        return inside


def of_texts(given, places=None):
    """Texts of one's own as sides.

    Parameters
    ----------
    given : dict of str to str
        Name to text. What they all say weighs less.
    places : whosays.text.fold.PlaceNames, optional

    Returns
    -------
    list of Text
    """
    for name, text in given.items():
        if not isinstance(text, str):
            raise TypeError(f"{name} is a {type(text).__name__}: give a string.")
    return _held(
        Text(name, (("Text", name),), made, ((0, text),) if text else (), 0, len(text))
        for (name, made), text in zip(
            make_fingerprints(given, places, sizes=(N,)).items(), given.values(), strict=True
        )
    )


def _held(sides):
    """The sides, each knowing how many of them hold its runs."""
    sides = list(sides)
    held = decide.holders([side.fingerprint.grams[N] for side in sides])
    return [replace(side, held=h) for side, h in zip(sides, held, strict=True)]


@lru_cache(maxsize=8)
def of_case(case):
    """Every item of a case as a side, by item id.

    Parameters
    ----------
    case : whosays.case.case.Case

    Returns
    -------
    dict of str to Text
    """
    prints = read_fingerprints(case.folder)
    made = {}
    for item in case.items:
        source = case.sources[item["source_id"]]
        cut = _cut(prints[item["source_id"]], item)
        known = []
        for begin, text in case.document(item["source_id"]).stretches():
            lo, hi = _whole_words(
                cut, max(begin, item["start"]), min(begin + len(text), item["end"])
            )
            if lo < hi:
                known.append((lo, text[lo - begin : hi - begin]))
        known = _with_headline(item["headline"], cut, known)
        date = item["published"] or source["published"] or ""
        made[item["item_id"]] = Text(
            item["item_id"],
            _heading(case, item, source, date),
            cut,
            tuple(known),
            item["start"],
            item["end"],
            date,
            tuple(grave_stretches(case, item["source_id"])),
        )
    return dict(zip(made, _held(made.values()), strict=True))


def _with_headline(headline, cut, known):
    """The known stretches with the headline, where the text begins with it: it is told anyway."""
    tokens = folded_words(headline or "")
    places = cut.offsets[: len(tokens)]
    if not tokens or len(places) < len(tokens):
        return known
    begin = places[0][0] - tokens[0].start
    if any(
        (begin + token.start, begin + token.end) != tuple(place)
        for token, place in zip(tokens, places, strict=True)
    ):
        return known
    end = min([begin + len(headline), *(lo for lo, _ in known)])
    return [(begin, headline[: end - begin]), *known] if end > begin else known


def _cut(whole, item):
    """The part of a document's fingerprint that is one item."""
    inside = [
        i for i, (s, e) in enumerate(whole.offsets) if item["start"] <= s and e <= item["end"]
    ]
    first, last = (inside[0], inside[-1] + 1) if inside else (0, 0)
    grams = {n: hashes[first : max(first, last - n + 1)] for n, hashes in whole.grams.items()}
    return replace(
        whole,
        source_id=item["item_id"],
        sha256=item["sha256"],
        offsets=whole.offsets[first:last],
        grams=grams,
        weights=whole.weights[first:last],
    )


def _whole_words(fingerprint, lo, hi):
    """A stretch without the words it cuts through: around a quotation it may end anywhere."""
    for start, end in fingerprint.offsets:
        if start < lo < end:
            lo = end
        if start < hi < end:
            hi = start
    return lo, hi


def _heading(case, item, source, date):
    author = item["author"] or source["author"]
    return (
        ("Outlet", capital(case.agents[source["outlet"]]["name"])),
        ("Headline", item["headline"] or source["headline"] or "none"),
        ("Author", case.agents[author]["name"] if author else "not named"),
        ("Date", in_words(date) or "none printed"),
        ("Credit", item["credit"] or "no credit line"),
    )


@dataclass(frozen=True)
class Pair:
    """A passage that stands in both texts.

    Attributes
    ----------
    number : int
        From 1, in the order of the left text.
    kind : {'verbatim', 'edited', 'set_phrase'}
    a, b : (int, int)
        Word numbers in each text, end exclusive.
    words : int
        Words that agree.
    longest : int
        Words of the longest run without a change.
    score : float
        Bits over chance: see :mod:`whosays.reuse.decide`.
    runs : tuple of (int, int, int)
        The unchanged runs: first word in a, first word in b, words.
    why : str
        Why it counts as copied or does not, in words. Quotation marks are told of only where the
        wording is known, so this is no part of what makes two pairs equal.
    """

    number: int
    kind: str
    a: tuple
    b: tuple
    words: int
    longest: int
    score: float
    runs: tuple
    why: str = field(compare=False)

    @property
    def changes(self):
        """How many places were changed between the unchanged runs."""
        return len(self.runs) - 1


def pairs(a, b, among=(), least=LEAST, quotations=True, set_phrases=False):
    """The passages that two texts share.

    Parameters
    ----------
    a, b : Text
        The same text twice shows what it repeats of itself.
    among : collection of Text
        All the texts that are compared with each other. Default: these two.
    least : int
        Fewest words that agree.
    quotations : bool
        Whether words known to stand in quotation marks count.
    set_phrases : bool
        Whether passages too short or too common to be called copying are kept.

    Returns
    -------
    list of Pair
    """
    itself = a.name == b.name and a.fingerprint.sha256 == b.fingerprint.sha256
    runs = decide.shared(a.fingerprint.grams[N], b.fingerprint.grams[N], itself)
    if itself:  # "la la la la" runs on into its own repetition
        runs = [(i, j, min(words, j - i)) for i, j, words in runs if j - i >= N]
    if not quotations:
        runs = [piece for run in runs for piece in _outside_quotations(a, b, run)]
    found = []
    weights = a.fingerprint.weights, b.fingerprint.weights
    among = among or (a, b)
    words = sum(text.words for text in among)
    for p in decide.between(runs, *weights, len(among), itself, a.held, words):
        kind = ("verbatim" if len(p.runs) == 1 else "edited") if p.copied else "set_phrase"
        if p.words >= least and (p.copied or set_phrases):
            quoted = all(_in_quotation(t, at) for t, at in ((a, p.a), (b, p.b)))
            found.append((p, kind, p.why_quoted if quoted and p.copied else p.why))
    return [
        Pair(number, kind, p.a, p.b, p.words, p.longest, round(p.score, 3), p.runs, why)
        for number, (p, kind, why) in enumerate(found, 1)
    ]


def _in_quotation(text, at):
    """Whether nearly all of a stretch of words is known to stand in quotation marks."""
    return sum(text.quoted[slice(*at)]) >= QUOTED * (at[1] - at[0])


def _outside_quotations(a, b, run):
    """The parts of a run that stand outside quotation marks in both texts."""
    i, j, words = run
    begin = None
    for k in range(words + 1):
        inside = k == words or a.quoted[i + k] or b.quoted[j + k]
        if not inside and begin is None:
            begin = k
        elif inside and begin is not None:
            if k - begin >= N:
                yield i + begin, j + begin, k - begin
            begin = None


class SideBySide(View):
    """Two texts beside each other.

    Parameters
    ----------
    a, b : Text
        Shown left and right; the earlier goes left where both dates decide it.
    among
        See :func:`pairs`.
    least, quotations, set_phrases
        See :func:`pairs`.

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

    def only(self, **settings):
        """The same two texts with other settings."""
        return SideBySide(self.a, self.b, self.among, **{**self.settings, **settings})

    def summary(self):
        """Both containments and the longest run, in words."""
        a_words, b_words = (
            round(s * t.words) for s, t in ((self.a_in_b, self.a), (self.b_in_a, self.b))
        )
        if not self.pairs:
            return f"No shared passage of {self.settings['least']} words or more."
        passages = f"{len(self.pairs)} shared passage{'s' * (len(self.pairs) != 1)}"
        return (
            f"{passages}. Left: {a_words:,} of {self.a.words:,} words stand in the right text. "
            f"Right: {b_words:,} of {self.b.words:,} words stand in the left text. "
            f"Longest run without a change: {self.longest:,} words."
        )

    def order(self):
        """Which text is on the left, and why; nothing where neither has a date."""
        if not (self.a.date or self.b.date):
            return ""
        return (
            "The earlier text is on the left."
            if self.ordered
            else "Which is earlier, the dates do not say."
        )

    def spans(self, pair, side):
        """Where a passage stands: code points in the document, end exclusive."""
        offsets = getattr(self, side).fingerprint.offsets
        first, last = getattr(pair, side)
        return offsets[first][0], offsets[last - 1][1]

    def stretches(self, pair):
        """What stayed and what was changed in a passage.

        Returns
        -------
        list of whosays.reuse.edits.Stretch
            Offsets are those of the documents. Between two unchanged runs the words are compared
            one by one where both wordings are known, and stand as one change where not.
        """
        made = []
        before = None
        for i, j, words in pair.runs:
            if before and before[1] <= j:  # parts that changed places have nothing between them
                made += self._between(before, (i, j))
            a0, a1 = self._place("a", i, i + words)
            b0, b1 = self._place("b", j, j + words)
            made.append(edits.Stretch("verbatim", a0, a1, b0, b1))
            before = i + words, j + words
        return made

    def _place(self, side, first, last):
        offsets = getattr(self, side).fingerprint.offsets
        if first == last:
            return offsets[first][0], offsets[first][0]
        return offsets[first][0], offsets[last - 1][1]

    def _between(self, before, after):
        (a0, a1), (b0, b1) = (
            self._place("a", before[0], after[0]),
            self._place("b", before[1], after[1]),
        )
        if a0 == a1 and b0 == b1:
            return []
        old, new = self.a.slice(a0, a1), self.b.slice(b0, b1)
        if a0 == a1 or b0 == b1 or old is None or new is None:
            kind = "inserted" if a0 == a1 else "dropped" if b0 == b1 else "edited"
            return [edits.Stretch(kind, a0, a1, b0, b1)]
        return [
            edits.Stretch(s.kind, a0 + s.a_start, a0 + s.a_end, b0 + s.b_start, b0 + s.b_end)
            for s in edits.stretches(old, new)
        ]

    def wording(self, side, start, end):
        """The words of a stretch, or how many they are where the wording is not shipped."""
        text = getattr(self, side)
        known = text.slice(start, end)
        if known is not None:
            return " ".join(known.split())
        return _unknown(_count(text, start, end))

    def changes(self, pair):
        """The changes of a passage in words: a list of str, in order."""
        said = []
        for s in self.stretches(pair):
            left = self._cited("a", s.a_start, s.a_end)
            right = self._cited("b", s.b_start, s.b_end)
            if s.kind == "edited":
                said.append(f"{left} stands as {right}")
            elif s.kind == "dropped":
                said.append(f"only on the left: {left}")
            elif s.kind == "inserted":
                said.append(f"only on the right: {right}")
        return said

    def _cited(self, side, start, end):
        """A wording in quotation marks, or how many words it has."""
        text = getattr(self, side)
        if text.slice(start, end) is None:
            return _unknown(_count(text, start, end))
        return f"“{self.wording(side, start, end)}”"

    def rows(self):
        """The list of passages: number, words that agree, kind, changes, wording left and right."""
        rows = []
        for pair in self.pairs:
            rows.append(
                {
                    "number": pair.number,
                    "words": pair.words,
                    "kind": KINDS[pair.kind],
                    "why": pair.why,
                    "changes": "; ".join(self.changes(pair)) or "none",
                    "left": _shortened(self.wording("a", *self.spans(pair, "a"))),
                    "right": _shortened(self.wording("b", *self.spans(pair, "b"))),
                    "left_at": f"words {pair.a[0] + 1} to {pair.a[1]}",
                    "right_at": f"words {pair.b[0] + 1} to {pair.b[1]}",
                }
            )
        return rows

    def table(self):
        """The list of passages as a table; it alone tells everything the columns show."""
        rows = self.rows()
        for row in rows:
            for side in ("left", "right"):
                row[side] += f" ({row.pop(f'{side}_at')})"
        columns = {
            "number": "passage",
            "words": "words that agree",
            "kind": "kind",
            "why": "why it counts",
            "changes": "what was changed",
            "left": "left",
            "right": "right",
        }
        return TableView(rows, columns, f"{self.summary()} {self.order()}".strip())

    def pieces(self, side):
        """A text cut at every passage and change, in order, nothing left out.

        Returns
        -------
        list of dict
            ``text`` (a string) or ``words`` (how many there are, not quoted), ``pairs`` (numbers of
            the passages it lies in), ``kind`` (``shared``, ``changed`` or nothing), ``begins``
            (numbers of the passages that begin here), ``missing`` (whether words of the other text
            are missing just before it).
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
        edges = sorted(e for e in edges if text.start <= e <= text.end)
        inside, kind_of = _sweep(edges, lies), _sweep(edges, kinds)
        made = []
        for at, (lo, hi) in enumerate(itertools.pairwise(edges)):
            piece = {
                "pairs": sorted(set(inside[at])),
                "begins": begins.get(lo, []),
                "missing": lo in missing,
            }
            piece["kind"] = (
                "shared" if "shared" in kind_of[at] else "changed" if kind_of[at] else ""
            )
            wording = text.slice(lo, hi)
            if wording is None:
                piece["words"] = _count(text, lo, hi)
                if not piece["words"]:  # a blank or a stop between two stretches
                    wording = " "
            if wording is not None:
                piece["text"] = wording
            made.append(piece)
        return made

    def view(self):
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

    def html(self):
        columns = "".join(
            '<div style="flex:1 1'
            f' 22em"><dl>{_dl(getattr(self, s).heading)}</dl>{self._column(s)}</div>'
            for s in "ab"
        )
        listed = (
            self.table().html()
            if self.pairs
            else f"<p><strong>{self.summary()} {self.order()}</strong></p>"
        )
        return f'<div style="display:flex;flex-wrap:wrap;gap:2em">{columns}</div>{listed}'

    def _column(self, side):
        out = []
        for piece in self.pieces(side):
            out += [f"<strong>[{n}]</strong> " for n in piece["begins"]]
            words = (
                html.escape(piece["text"])
                if "text" in piece
                else f"<em>{_unknown(piece['words'])}</em> "
            )
            tag = {"shared": "u", "changed": "strong"}.get(piece["kind"])
            out.append(f"<{tag}>{words}</{tag}>" if tag else words)
        return f'<div style="white-space:pre-wrap">{"".join(out)}</div>'

    def text(self):
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


def _sweep(edges, spans):
    """For each stretch between two edges, the values of the spans that lie over it."""
    at = {edge: i for i, edge in enumerate(edges)}
    over = [[] for _ in edges]
    for lo, hi, value in spans:
        for i in range(at[lo], at[hi]):
            over[i].append(value)
    return over


def _count(text, start, end):
    return sum(start <= s and e <= end for s, e in text.fingerprint.offsets)


def _unknown(words):
    return f"[{words} word{'s' * (words != 1)} not quoted]"


def _shortened(wording, most=30):
    words = wording.split()
    return (
        wording
        if len(words) <= most
        else " ".join((*words[: most // 2], "[…]", *words[-most // 2 :]))
    )


def _dl(heading):
    return "".join(f"<dt>{html.escape(k)}</dt><dd>{html.escape(v)}</dd>" for k, v in heading)


def items(case, a, b, **settings):
    """Two items of a case side by side.

    Parameters
    ----------
    case : whosays.case.case.Case
    a, b : str
        Item ids; the same twice shows what an item repeats of itself.
    **settings
        ``least``, ``quotations``, ``set_phrases``: see :func:`pairs`.

    Returns
    -------
    SideBySide
        Or a sentence where there is no such item.
    """
    texts = of_case(case)
    missing = [name for name in (a, b) if name not in texts]
    if missing:
        return Sentence(
            f"There is no item {' or '.join(map(repr, missing))}. The items are:"
            f" {', '.join(texts)}."
        )
    return SideBySide(texts[a], texts[b], texts.values(), **settings)


def texts(a, b, names=("first text", "second text"), **settings):
    """Two texts of one's own side by side.

    Parameters
    ----------
    a, b : str
    names : (str, str)
    **settings
        See :func:`pairs`.

    Returns
    -------
    SideBySide
    """
    return SideBySide(*of_texts(dict(zip(names, (a, b), strict=True))), **settings)


class Sentence(View):
    """One sentence to the reader."""

    def __init__(self, words):
        self.words = words

    def html(self):
        return f"<p>{html.escape(self.words)}</p>"

    def text(self):
        return self.words

    def widget(self):
        return self


def reused(case, text, least=LEAST):
    """What of a case a text reuses.

    Parameters
    ----------
    case : whosays.case.case.Case
    text : str
    least : int
        Fewest words that agree.

    Returns
    -------
    TableView
        One row a passage, the longest first. Names and set phrases are left out.
    """
    given = {"your text": text if isinstance(text, str) else ""}
    (mine,) = of_texts(given, pack_place_names(case.folder))
    rows = []
    for item in of_case(case).values():
        beside = SideBySide(mine, item, of_case(case).values(), least=least)
        for pair in beside.pairs:
            rows.append(
                {
                    "item": item.name,
                    "outlet": item.heading[0][1],
                    "words": pair.words,
                    "kind": KINDS[pair.kind],
                    "yours": _shortened(beside.wording("a", *beside.spans(pair, "a"))),
                    "at": f"words {pair.b[0] + 1} to {pair.b[1]}",
                }
            )
    rows.sort(key=lambda row: (-row["words"], row["item"]))
    columns = {
        "item": "item",
        "outlet": "outlet",
        "words": "words that agree",
        "kind": "kind",
        "yours": "in your text",
        "at": "place in the item",
    }
    if not mine.words:
        return TableView([], columns, "No text yet: paste one.")
    what = (
        f"{len(rows)} passage{'s' * (len(rows) != 1)} shared with {len({r['item'] for r in rows})}"
        " items"
    )
    return TableView(
        rows,
        columns,
        f"Your text has {mine.words:,} words; {what}. Sharing does not say who had it from whom.",
    )


class Pasted(View):
    """A text of the learner's own beside a case; its face has the field to paste it into."""

    def __init__(self, case):
        self.case = case

    def html(self):
        return reused(self.case, "").html()

    def text(self):
        return reused(self.case, "").text()


def paste(case):
    """A field to paste a text into: what of the case does it reuse? :func:`reused` does the same in
    code.
    """
    return Pasted(case).widget()

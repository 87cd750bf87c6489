"""A text as one side of a comparison: what is known of it, and what stands above its column.

Its fingerprint (runs of three folded words) is there for every text; its wording only where it may
be quoted, is shipped or was dropped in.
"""

from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache

from ..attribution.quotes import find
from ..reuse import decide
from ..reuse.fingerprint import Fingerprint, make_fingerprints, read_fingerprints
from ..text.days import capital, in_words
from ..text.fold import words as folded_words
from ..view.grave import grave_stretches

N = decide.RUN  # words in the shortest run looked at


@dataclass(frozen=True)
class SideText:
    """One side: a text as far as it is known, and what stands above its column."""

    name: str
    heading: tuple[tuple[str, str], ...]  # what to say above the column: label, value
    fingerprint: Fingerprint = field(repr=False)  # its offsets are those of ``known``
    # stretches of wording, each with the place where it begins; in order, apart from each other
    known: tuple[tuple[int, str], ...] = field(repr=False)
    # the text's place in its document, code points, end exclusive
    start: int
    end: int
    date: str = ""  # ISO 8601, as exact as known, or nothing
    # places that describe cruelty: they are never shown side by side
    grave: tuple[tuple[int, int], ...] = ()
    # how many of the texts that are compared hold the run from each word on
    held: bytes = field(default=b"", compare=False, repr=False)

    @property
    def words(self) -> int:
        """Number of words."""
        return self.fingerprint.words

    def count(self, start: int, end: int) -> int:
        """How many words stand in a stretch."""
        return sum(start <= s and e <= end for s, e in self.fingerprint.offsets)

    def slice(self, start: int, end: int) -> str | None:
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


def of_texts(given, places=None) -> list[SideText]:
    """Texts of one's own, by their names, as sides. What they all say weighs less."""
    for name, text in given.items():
        if not isinstance(text, str):
            raise TypeError(f"{name} is a {type(text).__name__}: give a string.")
    return _held(
        SideText(name, (("Text", name),), side, ((0, text),) if text else (), 0, len(text))
        for (name, side), text in zip(
            make_fingerprints(given, places, sizes=(N,)).items(), given.values(), strict=True
        )
    )


def _held(sides):
    """The sides, each knowing how many of them hold its runs."""
    sides = list(sides)
    held = decide.holders([side.fingerprint.grams[N] for side in sides])
    return [replace(side, held=h) for side, h in zip(sides, held, strict=True)]


@lru_cache(maxsize=8)
def of_case(case) -> dict[str, SideText]:
    """Every item of a case as a side, by item id."""
    prints = read_fingerprints(case.folder)
    by_source = {}
    for item in case.items:
        source = case.sources[item["source_id"]]
        cut = _cut(prints[item["source_id"]], item)
        known = []
        for begin, text in case.document(item["source_id"]).stretches():
            last = min(begin + len(text), item["end"])
            lo, hi = _whole_words(cut, max(begin, item["start"]), last)
            if lo < hi:
                known.append((lo, text[lo - begin : hi - begin]))
        known = _with_headline(item["headline"], cut, known)
        date = item["published"] or source["published"] or ""
        name, place = item["item_id"], (item["start"], item["end"])
        heading = _heading(case, item, source, date)
        grave = tuple(grave_stretches(case, item["source_id"]))
        by_source[name] = SideText(name, heading, cut, tuple(known), *place, date, grave)
    return dict(zip(by_source, _held(by_source.values()), strict=True))


def _with_headline(headline, cut, known):
    """The known stretches with the headline, where the text begins with it: it is told anyway."""
    tokens = folded_words(headline or "")
    places = [tuple(place) for place in cut.offsets[: len(tokens)]]
    if not places:
        return known
    begin = places[0][0] - tokens[0].start
    stands = places == [(begin + token.start, begin + token.end) for token in tokens]
    end = min([begin + len(headline), *(lo for lo, _ in known)])
    return [(begin, headline[: end - begin]), *known] if stands and end > begin else known


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

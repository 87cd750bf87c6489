"""A span of text and a quotation that can be found again.

Offsets are Unicode code points, ends exclusive, in the text with nothing changed. A
``Quote`` keeps, beside its place, the exact words, a little of the text on either side
and a hash, so that it can be found again when the text around it has been edited.

Written out: the selectors of the W3C Web Annotation Data Model (2017), which counts code
points too, while tools in a browser often count UTF-16 code units; and the standoff
format of the brat annotation tool (Stenetorp et al. 2012).
"""

import re
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import takewhile
from typing import NamedTuple

CONTEXT = 32


class Span(NamedTuple):
    """A stretch of text: code points, end exclusive."""

    start: int
    end: int

    @classmethod
    def make(cls, start, end):
        """A span, checked.

        Raises
        ------
        ValueError
            When it is empty, reversed or begins before the text.
        """
        if type(start) is not int or type(end) is not int:
            raise ValueError(f"The offsets {start!r} and {end!r} are not both whole numbers.")
        if not 0 <= start < end:
            raise ValueError(
                f"The span {start}-{end} does not run forward from a place in the text."
            )
        return cls(start, end)

    def of(self, text):
        """The text of the span; ValueError when it ends after the text."""
        if self.end > len(text):
            raise ValueError(
                f"The span {self.start}-{self.end} ends after the text, which has {len(text)}"
                " characters."
            )
        return text[self.start : self.end]

    def contains(self, other):
        """Whether another span lies inside this one."""
        return self.start <= other[0] and other[1] <= self.end

    def overlaps(self, other):
        """Whether the two share a character."""
        return self.start < other[1] and other[0] < self.end

    def shift(self, by):
        """The span moved by a number of characters."""
        return Span.make(self.start + by, self.end + by)

    def __str__(self):
        return f"{self.start}-{self.end}"


def join(text, spans):
    """The text of several pieces, joined by one space."""
    return " ".join(Span(*span).of(text) for span in spans)


def hash_text(text):
    """sha256 of a text's UTF-8 bytes, lower-case hex."""
    return sha256(text.encode("utf-8", errors="surrogatepass")).hexdigest()


class QuoteNotFound(LookupError):
    """The words of a quotation are not in the text."""


class QuoteAmbiguous(LookupError):
    """The words of a quotation stand in several places that its context does not tell apart."""

    def __init__(self, message, places):
        super().__init__(message)
        self.places = places


@dataclass(frozen=True)
class Quote:
    """A quotation and what is needed to find it again."""

    span: Span  # where it stood
    exact: str | None  # its words; None when only the hash is kept
    # prefix, suffix: a little of the text on either side
    prefix: str = ""
    suffix: str = ""
    sha256: str = ""  # hash of the exact words

    @classmethod
    def make(cls, text: str, start, end, context=CONTEXT):
        """Quote a stretch of a text, with some code points of ``context`` on either side.

        Raises
        ------
        ValueError
            When the span is empty, reversed or outside the text.
        """
        span = Span.make(start, end)
        exact = span.of(text)
        return cls(
            span,
            exact,
            text[max(0, start - context) : start],
            text[end : end + context],
            hash_text(exact),
        )

    def anchor(self, text: str) -> Span:
        """Find the quotation in a text that may have been edited around it.

        Every place with the same words is weighed by how much of the context agrees
        there; the best one wins, and where several are as good, the old place does.

        Raises
        ------
        QuoteNotFound
            The words are not in the text.
        QuoteAmbiguous
            Several places are as good, and the old place is none of them.
        """
        length = self.span.end - self.span.start if self.exact is None else len(self.exact)
        places = list(self._places(text, length))
        if not places:
            what = f"a stretch with the hash {self.sha256[:12]}…"
            what = what if self.exact is None else repr(short(self.exact))
            raise QuoteNotFound(
                f"{what} is not in the text: it has been changed, or this is another text."
            )
        weights = [
            _agreed(text[max(0, p - len(self.prefix)) : p][::-1], self.prefix[::-1])
            + _agreed(text[p + length : p + length + len(self.suffix)], self.suffix)
            for p in places
        ]
        best = [p for p, w in zip(places, weights, strict=True) if w == max(weights)]
        if len(best) > 1 and self.span.start in best:
            best = [self.span.start]
        if len(best) > 1:
            where = ", ".join(map(str, best[:5])) + (", …" if len(best) > 5 else "")
            raise QuoteAmbiguous(
                f"{short(self.exact or '')!r} stands in {len(best)} places that its context does"
                f" not tell apart (at {where}): give more context, or the place.",
                best,
            )
        return Span(best[0], best[0] + length)

    def _places(self, text, length):
        if self.exact is not None:
            place = text.find(self.exact)
            while place >= 0:
                yield place
                place = text.find(self.exact, place + 1)
            return
        # Only the hash is kept: the old place first, then every stretch of this length.
        before = text[self.span.start : self.span.end]
        if self.span.end <= len(text) and hash_text(before) == self.sha256:
            yield self.span.start
            return
        for place in range(len(text) - length + 1):
            if hash_text(text[place : place + length]) == self.sha256:
                yield place


def short(text, width=60):
    """A text on one line, cut off behind a word where it is long."""
    text = " ".join(text.split())
    cut = text[: width - 1]
    return text if len(text) <= width else f"{cut.rpartition(' ')[0] or cut}…"


def _agreed(a, b):
    """How many letters two texts have in common at their beginning."""
    pairs = takewhile(lambda pair: pair[0] == pair[1], zip(a, b, strict=False))
    return sum(1 for _ in pairs)


# --- UTF-16 --------------------------------------------------------------------------------------


def utf16(text, offset):
    """A code-point offset in UTF-16 code units, which JavaScript counts.

    Raises
    ------
    ValueError
        Outside the text.
    """
    if not 0 <= offset <= len(text):
        raise ValueError(
            f"The offset {offset} is outside the text, which has {len(text)} code points."
        )
    return len(text[:offset].encode("utf-16-le", "surrogatepass")) // 2


# --- W3C Web Annotation --------------------------------------------------------------------------

_UNITS = {"code-points", "utf-16"}


def to_selectors(quote: Quote, text=None, units="code-points"):
    """The W3C selectors of a quotation: its position and, where they are kept, its words.

    Offsets are counted in ``code-points``, as the standard has it, or in ``utf-16``, as tools in a
    browser do; that needs the whole text.
    """
    start, end = quote.span
    if units not in _UNITS:
        raise ValueError(f"units is {units!r}; use one of {', '.join(sorted(_UNITS))}.")
    if units == "utf-16":
        if text is None:
            raise ValueError("UTF-16 offsets need the whole text: give text.")
        start, end = utf16(text, start), utf16(text, end)
    selectors = [{"type": "TextPositionSelector", "start": start, "end": end}]
    if quote.exact is not None:
        selectors.append(
            {
                "type": "TextQuoteSelector",
                "exact": quote.exact,
                "prefix": quote.prefix,
                "suffix": quote.suffix,
            }
        )
    return selectors


# --- brat standoff -------------------------------------------------------------------------------


@dataclass(frozen=True)
class Mark:
    """A labelled stretch of text, in one or more pieces (brat: a text-bound annotation)."""

    id: str
    label: str
    spans: tuple


@dataclass(frozen=True)
class Relation:
    """A labelled relation; ``arguments`` are pairs of a role and the id of a mark."""

    id: str
    label: str
    arguments: tuple


@dataclass(frozen=True)
class Attribute:
    """A property of a mark or relation; ``value`` is None where it is only there or not."""

    id: str
    label: str
    of: str
    value: str | None = None


@dataclass
class Standoff:
    """Annotations of one text, as in a brat ``.ann`` file."""

    marks: list = field(default_factory=list)
    relations: list = field(default_factory=list)
    attributes: list = field(default_factory=list)
    notes: list = field(default_factory=list)


_LABEL = re.compile(r"[^\s:;]+")


def write_brat(standoff: Standoff, text):
    """A brat ``.ann`` file.

    brat repeats the marked words of the text, whose line ends must be ``\\n``. A piece that runs
    over a line end is cut there, since brat allows none inside a piece.

    Raises
    ------
    ValueError
        For a label brat cannot hold, or a span outside the text.
    """
    lines = []
    for mark in standoff.marks:
        pieces = [p for span in mark.spans for p in _lines_of(text, Span(*span))]
        places = ";".join(f"{p.start} {p.end}" for p in pieces)
        lines.append(f"{mark.id}\t{_label(mark.label)} {places}\t{join(text, pieces)}")
    for relation in standoff.relations:
        arguments = " ".join(f"{_label(role)}:{of}" for role, of in relation.arguments)
        lines.append(f"{relation.id}\t{_label(relation.label)} {arguments}")
    for attribute in standoff.attributes:
        value = "" if attribute.value is None else f" {_label(attribute.value)}"
        lines.append(f"{attribute.id}\t{_label(attribute.label)} {attribute.of}{value}")
    for number, (of, note) in enumerate(standoff.notes, 1):
        lines.append(f"#{number}\tAnnotatorNotes {of}\t{' '.join(note.split())}")
    return "".join(line + "\n" for line in lines)


def _label(label):
    if not _LABEL.fullmatch(label):
        raise ValueError(
            f"{label!r} is not a label for brat: it may hold no white space, colon or semicolon."
        )
    return label


def _lines_of(text, span):
    span.of(text)
    start = span.start
    for piece in text[span.start : span.end].split("\n"):
        if piece:
            yield Span(start, start + len(piece))
        start += len(piece) + 1

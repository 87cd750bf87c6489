"""Quotations: where quotation marks open and close, in every style the press uses.

Straight, curly, low and angle marks, the wire agencies' doubled apostrophes, single
quotation marks; quotations left open, quotations over several paragraphs (with a
mark at the head of each, or with none), quotations inside quotations.
"""

import re
from dataclasses import dataclass, replace
from typing import NamedTuple

from .tokens import paragraphs

_MARK = re.compile(r"'''(?!')|''|``|’’|‘‘|[\"“”„«»]")
_SINGLE_OPEN = re.compile(r"(?<![\w’'.,!?])[‘'](?=[\w\[“\"])(?!\d\ds?\b)(?!em\b|til\b|cause\b)")
_SINGLE_CLOSE = re.compile(r"(?<=[\w.,!?…\]])[’'](?!\w)")
_OPENING = {"“", "„", "«", "``", "‘‘"}
_CLOSING = {"”", "»", "’’"}
_SENTENCE_END = re.compile(r"[.?!][\"”’']?\s+(?=[^\W\da-z_])")
_SPEAKER_AFTER = re.compile(r"\s+(?:[\w.’'-]+\s+){0,7}?(?:said|says|told|added|wrote|writes)\b")
_SAID = re.compile(r"(,)\s+(?:said|says|added)\s+(?:[A-Z]|the\b|an?\b)")
#: how far a quotation may run on over paragraphs without a mark at their heads
FARTHEST = 12_000
_LONGEST_SINGLE = 400


@dataclass(frozen=True)
class Quotation:
    """A stretch of text in quotation marks.

    ``start``/``end`` include the marks, ``inner`` is the pair of offsets without them;
    ``closed`` is False where the closing mark is missing; ``terminal`` says that the
    quotation ends like a sentence, ``last`` is its last character before the mark. Where the
    opening mark is missing, the quotation is a guess, from the head of its sentence. A list of
    bullets after a colon is one too, with ``listed``: told, not quoted.
    """

    start: int
    end: int
    inner: tuple
    closed: bool
    terminal: bool
    last: str
    words: int
    capital: bool
    listed: bool = False


class _Place(NamedTuple):
    """Where a quotation stands, and the lengths of its marks."""

    start: int
    end: int
    opening: int
    closing: int


def _quotation(text, start, end, width, closing_width):
    a, b = start + width, end - closing_width
    tail = text[a:b].rstrip(" \t\r\n\"”’'»")
    last = tail[-1:]
    return Quotation(
        start, end, (a, b),
        closed=closing_width > 0,
        terminal=last != "" and last in ".?!…",
        last=last,
        words=text.count(" ", a, min(b, a + 4000)) + 1,
        capital=text[a : a + 3].lstrip(" [(…'‘")[:1].isupper(),
    )  # fmt: skip


def _looks(text, start, end, low, high):
    """``open``, ``close`` or ``either``: what a mark can be, from its neighbours."""
    mark = text[start:end]
    before = text[start - 1] if start > low else " "
    after = text[end] if end < high else " "
    if mark in _OPENING and not before.isspace() and after.isspace():
        return "close"  # the wrong way round, as happens
    if mark in _OPENING and not (before.isalnum() and not after.isalnum()):
        return "open"
    if mark in _CLOSING and not (before.isspace() and after.isalnum()):
        return "close"
    opens = before.isspace() or before in "([—–-/:“‘"
    closes = after.isspace() or after in ".,;:?!)]—–-/”’"
    if opens and not closes:
        return "open"
    if closes and not opens:
        return "close"
    return "either"


def _pairs(text, low, high):
    """The outermost matched pairs of marks in ``text[low:high]``, and those left unmatched."""
    stack, pairs, closers = [], [], []
    for match in _MARK.finditer(text, low, high):
        kind = _looks(text, match.start(), match.end(), low, high)
        if kind == "open" or (kind == "either" and not stack):
            stack.append(match.span())
        elif stack:
            opener = stack.pop()
            while pairs and pairs[-1][0][0] > opener[0]:
                pairs.pop()  # what lay inside is part of the outer quotation
            pairs.append((opener, match.span()))
        else:
            closers.append(match.span())
    return pairs, stack, closers


def _lost_opening(text, low, a, b):
    """Where a quotation begins that closes at ``a`` and was never opened; None where that is no
    guess to make.

    Only a comma before the mark and a speaker after it say so: ``... overhead," the minister
    said``.
    """
    if a == low or text[a - 1] not in ",?!" or not _SPEAKER_AFTER.match(text, b, b + 120):
        return None
    head = low
    for match in _SENTENCE_END.finditer(text, low, a):
        head = match.end()
    head += len(text[head:a]) - len(text[head:a].lstrip())
    return head if text.count(" ", head, a) >= 2 else None


def _singles(text, low, high):
    """The quotations in single marks of a stretch that holds no double ones."""
    position = low
    while True:
        opener = _SINGLE_OPEN.search(text, position, high)
        if opener is None:
            return
        mark = "’" if opener.group() == "‘" else "'"
        limit = min(high, opener.end() + _LONGEST_SINGLE)
        marks = _SINGLE_CLOSE.finditer(text, opener.end(), limit)
        closers = [m.end() for m in marks if m.group() == mark]
        position = opener.end()
        if closers:
            # "the workers' party": after an s more likely a possessive
            position = next((end for end in closers if text[end - 2] != "s"), closers[0])
            yield _Place(opener.start(), position, 1, 1)


def _runs_on(text, after, end):
    """The closing mark, in a later paragraph, of a quotation left open before ``after``."""
    for low, high in paragraphs(text, after, min(end, after + FARTHEST)):
        pairs, openers, closers = _pairs(text, low, high)
        head = low + len(text[low:high]) - len(text[low:high].lstrip())
        if any(pair[0][0] == head for pair in pairs):
            return None  # the paragraph opens with a mark of its own
        if closers and (not openers or closers[0] < openers[0]):
            return closers[0]
        if openers:
            return None  # a new quotation begins: each paragraph has its own mark
    return None


def find(text: str, start: int = 0, end: int | None = None) -> list[Quotation]:
    """The outermost quotations of ``text[start:end]``, in order and without overlap.

    Returns a list of :class:`Quotation`.
    """
    end = len(text) if end is None else end
    out, covered = [], start
    for low, high in paragraphs(text, start, end):
        low = max(low, covered)
        if low >= high:
            continue
        places = _doubles(text, low, high, end)
        covered = max([covered, *(place.end for place in places)])
        gaps = [low, *(edge for place in places for edge in (place.start, place.end)), high]
        for a, b in zip(gaps[::2], gaps[1::2], strict=True):
            places += _singles(text, a, b)
        for place in sorted(places):
            if place.start >= low and place.end - place.start > place.opening + place.closing:
                out.append(_quotation(text, *place))
                low = place.end
    return out


def _doubles(text, low, high, end):
    """The quotations in double marks that begin in one paragraph, in order; the last may run on."""
    pairs, unmatched, closers = _pairs(text, low, high)
    places = [_Place(a[0], b[1], a[1] - a[0], b[1] - b[0]) for a, b in pairs]
    for a, b in closers:
        floor = max([low, *(place.end for place in places if place.end <= a)])
        head = _lost_opening(text, floor, a, b)
        if head is not None:
            places.append(_Place(head, b, 0, b - a))
    if unmatched:
        a, b = unmatched[-1]
        closer = _runs_on(text, high, end)
        if closer is not None:
            places = [place for place in places if place.start < a]
            places.append(_Place(a, closer[1], b - a, closer[1] - closer[0]))
        elif not any(place.start >= a for place in places):
            # never closed: up to the comma before *said X*, or else to the paragraph's end
            reporting = _SAID.search(text, b, high)
            places.append(_Place(a, reporting.end(1) if reporting else high, b - a, 0))
    return sorted(places)


_BULLET = re.compile(r"[ \t]*[-–—•*▪·]\s+(?=\S)")


def bulleted(text: str, colon: int, end: int) -> Quotation | None:
    """The list of bullets behind the colon at a place, as one :class:`Quotation`, or None.

    Only white space may stand between the two; the list is not looked for beyond ``end``.
    """
    first = last = None
    for low, high in paragraphs(text, colon + 1, end):
        match = _BULLET.match(text, low, high)
        if match is None:
            break
        first, last = match.end() if first is None else first, high
    if first is None:
        return None
    quotation = _quotation(text, first, last, 0, 0)
    return replace(quotation, listed=True, capital=True, terminal=True)

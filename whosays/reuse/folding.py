"""`whosays.text.fold` on hashes, and as a table that the compiled detector looks up.

A word's hash is the polynomial sum of the values of its folded code points, in 64 bits,
mixed, and cut to 32; zero is kept for "between two documents".
"""

import threading
from heapq import heapify, heappop, heappush

import numpy as np

from ..text import fold as folding
from .decide import is_name

SEPARATOR, WORD, MARK = 0, 1, 2
PAGE = 256
BASE = 0xD1342543DE82EF95
_M64 = (1 << 64) - 1


def mix(x: int) -> int:
    """Spread 64 bits over 64 bits: the end of splitmix64 (Steele, Lea and Flood 2014).

    ``x`` is a whole number, or an array of uint64.
    """
    x = ((x ^ (x >> 30)) * 0xBF58476D1CE4E5B9) & _M64
    x = ((x ^ (x >> 27)) * 0x94D049BB133111EB) & _M64
    return x ^ (x >> 31)


def value(character: str) -> int:
    """The 64-bit value of one folded code point."""
    return mix(ord(character) + 0x9E3779B97F4A7C15)


def word_hash(folded: str) -> int:
    """The 32-bit hash of a folded word, never zero: what the tokenisers give for it."""
    h = 0
    for character in folded:
        h = (h * BASE + value(character)) & _M64
    return (mix(h) >> 32) or 1


class FoldTable:
    """Code points to classes and values, filled a page of 256 at a time, when a text needs it.

    Attributes
    ----------
    page_of : int32[pages]
        Row of a page in the arrays below, or -1 while nobody has needed it.
    kind : uint8[rows, 256]
        ``SEPARATOR``, ``WORD`` or ``MARK``.
    first, count : int32[rows, 256], uint8[rows, 256]
        The values of a code point are ``values[first : first + count]``.
    values : uint64[...]
    capital : bool[rows, 256]
        Whether a word that begins with it is taken for a name or a number (`decide.is_name`).
    ascii_values : uint64[256]
        The value of a byte that is an ASCII letter or digit, else 0.
    """

    def __init__(self):
        self.page_of = np.full(0x110000 // PAGE, -1, np.int32)
        self.kind = np.zeros((0, PAGE), np.uint8)
        self.first = np.zeros((0, PAGE), np.int32)
        self.count = np.zeros((0, PAGE), np.uint8)
        self.capital = np.zeros((0, PAGE), bool)
        self.values = np.zeros(0, np.uint64)
        self._adding = threading.Lock()
        self.add(0)
        letters = self.kind[0, :128] == WORD
        self.ascii_values = np.zeros(256, np.uint64)
        self.ascii_values[:128][letters] = self.values[self.first[0, :128][letters]]

    def add(self, page: int) -> None:
        """Fill a page that is not there yet; threads may read meanwhile."""
        with self._adding:
            if self.page_of[page] < 0:
                self._add(page)

    def _add(self, page):
        kind, first, count, capital = (np.zeros((1, PAGE), a.dtype) for a in self._arrays())
        values = []
        for cell in range(PAGE):
            character = chr(page * PAGE + cell)
            kind[0, cell] = k = _class_of(character)
            if k != SEPARATOR:
                folded = folding.fold(character)
                first[0, cell] = len(self.values) + len(values)
                count[0, cell] = len(folded)
                values.extend(value(c) for c in folded)
                capital[0, cell] = is_name(character)
        # each stands when what points into it is shown
        self.values = np.concatenate((self.values, np.array(values, np.uint64)))
        self.count = np.concatenate((self.count, count))
        self.capital = np.concatenate((self.capital, capital))
        self.first = np.concatenate((self.first, first))
        self.kind = np.concatenate((self.kind, kind))
        self.page_of[page] = len(self.kind) - 1

    def _arrays(self):
        return self.kind, self.first, self.count, self.capital


def _class_of(character):
    if folding.WORD.fullmatch(character):
        return WORD
    if folding.WORD.fullmatch("a" + character):
        return MARK
    return SEPARATOR


TABLE = FoldTable()


class PlaceFolding:
    """A `whosays.text.fold.PlaceNames` with hashes for words."""

    def __init__(self, names):
        def hashes(words):
            return tuple(word_hash(w) for w in words)

        single = sorted((word_hash(a), word_hash(b)) for a, b in names.single.items())
        self._keys, self._values = np.array(single or [(0, 0)], np.uint32).T
        self.phrases = {
            word_hash(first): [(hashes(of), hashes(to)) for of, to in listed]
            for first, listed in names.phrases.items()
        }
        self._first = np.array(list(self.phrases), np.uint32)
        # one bit a hash prefix: nearly every word is let through after one look
        self.maybe = np.zeros(1 << 16, bool)
        self.maybe[self._keys >> 16] = self.maybe[self._first >> 16] = True

    def apply(self, tok, at=None) -> None:
        """Bring place names to one spelling in an array of word hashes, in place.

        No phrase crosses the 0 between documents. ``at`` are the positions where
        ``maybe[tok >> 16]``, when known.
        """
        if at is None:
            at = np.flatnonzero(self.maybe[tok >> 16])
        if not len(at):
            return
        hashes = tok[at]
        slot = np.minimum(np.searchsorted(self._keys, hashes), len(self._keys) - 1)
        hit = self._keys[slot] == hashes
        tok[at[hit]] = self._values[slot[hit]]
        if len(self._first):
            self._apply_phrases(tok, at[np.isin(tok[at], self._first)])

    def _apply_phrases(self, tok, at):
        # left to right, and what one phrase wrote the next may begin with, as in whosays.text.fold
        todo = at.tolist()
        heapify(todo)
        last = -1
        while todo:
            i = heappop(todo)
            if i == last:
                continue
            last = i
            for of, to in self.phrases.get(int(tok[i]), ()):
                if i + len(of) <= len(tok) and tuple(tok[i : i + len(of)].tolist()) == of:
                    tok[i : i + len(of)] = to
                    for j in range(i + 1, i + len(of)):
                        heappush(todo, j)
                    break


_PLACES = {}


def places_for(names=None) -> PlaceFolding:
    """The `PlaceFolding` of some `whosays.text.fold.PlaceNames` (default: the kit's), made once."""
    names = folding.place_names() if names is None else names
    if names.digest not in _PLACES:
        _PLACES[names.digest] = PlaceFolding(names)
    return _PLACES[names.digest]

"""Folding tables: `whosays.text.fold`, looked up instead of called.

The compiled detector folds every code point of a corpus, so folding is a table here: a code
point gives its class (separator, word character, mark inside a word) and the hash
values of what it folds to. The table is filled a page of 256 code points at a time,
when a text first needs the page. It says exactly what `whosays.fold.words` says (tested).

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
PAGES = 0x110000 // PAGE
BASE = 0xD1342543DE82EF95
_M64 = (1 << 64) - 1

_NO_PAGE = -1


def mix(x):
    """Finaliser of splitmix64 (Steele, Lea and Flood 2014): spreads 64 bits over 64 bits."""
    x &= _M64
    x = ((x ^ (x >> 30)) * 0xBF58476D1CE4E5B9) & _M64
    x = ((x ^ (x >> 27)) * 0x94D049BB133111EB) & _M64
    return x ^ (x >> 31)


def value(character):
    """The 64-bit value of one folded code point."""
    return mix(ord(character) + 0x9E3779B97F4A7C15)


def word_hash(folded):
    """The 32-bit hash of a folded word, never zero: what the tokenisers give for it."""
    h = 0
    for character in folded:
        h = (h * BASE + value(character)) & _M64
    return (mix(h) >> 32) or 1


class Table:
    """Code points to classes and values, by page.

    Attributes
    ----------
    page_of : int32[PAGES]
        Row of a page in the arrays below, or -1 while nobody has needed it.
    kind : uint8[rows, 256]
        ``SEPARATOR``, ``WORD`` or ``MARK``.
    first, count : int32[rows, 256], uint8[rows, 256]
        The values of a code point are ``values[first : first + count]``.
    values : uint64[...]
    capital : bool[rows, 256]
        Whether a word that begins with it is taken for a name or a number (`decide.is_name`).
    ascii_values : uint64[256]
        The value of a byte that is an ASCII letter or digit, else 0: the short way for most of most
        texts.
    """

    def __init__(self):
        self.page_of = np.full(PAGES, _NO_PAGE, np.int32)
        self.kind = np.zeros((0, PAGE), np.uint8)
        self.first = np.zeros((0, PAGE), np.int32)
        self.count = np.zeros((0, PAGE), np.uint8)
        self.capital = np.zeros((0, PAGE), bool)
        self.values = np.zeros(0, np.uint64)
        self._adding = threading.Lock()
        self.add([0])
        letters = self.kind[0, :128] == WORD
        self.ascii_values = np.zeros(256, np.uint64)
        self.ascii_values[:128][letters] = self.values[self.first[0, :128][letters]]

    def add(self, pages):
        """Fill the pages named that are not there yet; threads may read meanwhile."""
        with self._adding:
            self._add(pages)

    def _add(self, pages):
        pages = [p for p in dict.fromkeys(int(p) for p in pages) if self.page_of[p] == _NO_PAGE]
        if not pages:
            return
        kind = np.zeros((len(pages), PAGE), np.uint8)
        first = np.zeros((len(pages), PAGE), np.int32)
        count = np.zeros((len(pages), PAGE), np.uint8)
        capital = np.zeros((len(pages), PAGE), bool)
        values = []
        for row, page in enumerate(pages):
            for cell in range(PAGE):
                character = chr(page * PAGE + cell)
                kind[row, cell] = k = _class_of(character)
                if k != SEPARATOR:
                    folded = folding.fold(character)
                    first[row, cell] = len(self.values) + len(values)
                    count[row, cell] = len(folded)
                    values.extend(value(c) for c in folded)
                    capital[row, cell] = is_name(character)
        # each stands when what points into it is shown
        self.values = np.concatenate((self.values, np.array(values, np.uint64)))
        self.count = np.concatenate((self.count, count))
        self.capital = np.concatenate((self.capital, capital))
        self.first = np.concatenate((self.first, first))
        self.kind = np.concatenate((self.kind, kind))
        self.page_of[pages] = np.arange(len(self.kind) - len(pages), len(self.kind))


def _class_of(character):
    if folding.WORD.fullmatch(character):
        return WORD
    if folding.WORD.fullmatch("a" + character):
        return MARK
    return SEPARATOR


TABLE = Table()


class Places:
    """Place-name folding on word hashes.

    Attributes
    ----------
    single : dict of int to int
    phrases : dict of int to list of (tuple of int, tuple of int)
        As in `whosays.text.fold.PlaceNames`, with hashes for words.
    """

    def __init__(self, names):
        def hashes(words):
            return tuple(word_hash(w) for w in words)

        self.single = {word_hash(a): word_hash(b) for a, b in names.single.items()}
        self.phrases = {
            word_hash(first): [(hashes(of), hashes(to)) for of, to in listed]
            for first, listed in names.phrases.items()
        }
        self._single = _sorted_pairs(self.single)
        self._first = np.array(sorted(self.phrases), np.uint32)
        # one bit a hash prefix: nearly every word is let through after one look
        self.maybe = np.zeros(1 << 16, bool)
        for h in (*self.single, *self.phrases):
            self.maybe[h >> 16] = True

    def apply(self, tok, at=None):
        """Bring place names to one spelling in an array of word hashes, in place.

        No phrase crosses the 0 between documents. ``at`` are the positions where
        ``maybe[tok >> 16]``, when known.
        """
        if at is None:
            at = np.flatnonzero(self.maybe[tok >> 16])
        if not len(at):
            return
        keys, values = self._single
        found = tok[at]
        slot = np.minimum(np.searchsorted(keys, found), len(keys) - 1)
        hit = keys[slot] == found
        tok[at[hit]] = values[slot[hit]]
        if len(self._first):
            self._apply_phrases(tok, at[np.isin(tok[at], self._first)])

    def _apply_phrases(self, tok, at):
        # Left to right, and what one phrase wrote the next may begin with: as whosays.text.fold
        # does.
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


def _sorted_pairs(mapping):
    keys = np.array(sorted(mapping), np.uint32)
    if not len(keys):
        return np.zeros(1, np.uint32), np.zeros(1, np.uint32)
    return keys, np.array([mapping[int(k)] for k in keys], np.uint32)


_PLACES = {}


def places_for(names=None):
    """The `Places` of a `whosays.text.fold.PlaceNames` (default: the kit's own), made once."""
    names = folding.place_names() if names is None else names
    if names.digest not in _PLACES:
        _PLACES[names.digest] = Places(names)
    return _PLACES[names.digest]

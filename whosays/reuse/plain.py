"""The corpus-wide steps in NumPy. `compiled` has the same steps, with the same results."""

from functools import lru_cache

import numpy as np

from ..text.fold import WORD, fold
from . import decide, ends
from .folding import BASE, PlaceFolding, mix, word_hash
from .texts import CorpusWords, weight_table

MOST = 127  # a k-gram in this many documents or more is counted as in this many
COLUMNS = 13  # of a row, see `engine`
AGAIN = 128  # added to a place's document frequency when its k-gram stood there before


def words(buffer, byte, lo: int, hi: int, places: PlaceFolding, at_type=np.int32) -> tuple:
    """The words of documents lo to hi.

    Parameters
    ----------
    buffer, byte
        As in `texts.Store`.
    lo, hi : int
    places : folding.PlaceFolding

    Returns
    -------
    tok : uint32[words + documents]
        Each document's words, then a 0.
    at : at_type[like tok]
        Bytes from the beginning of the document.
    shape : uint8[like tok]
        The letters of each word, and `decide.NAME` for a name or a number.
    counts : int64[hi - lo]
        Words of each document.
    """
    tok, at, shape, counts = [], [], [], []
    for d in range(lo, hi):
        raw = buffer[byte[d] : byte[d + 1] - 1]
        text = raw.tobytes().decode("utf-8", "surrogatepass")
        begins = []
        for match in WORD.finditer(text):
            of_word, letters = _word(match.group())
            if of_word:
                tok.append(of_word)
                begins.append(match.start())
                shape.append(letters)
        counts.append(len(begins))
        if len(text) < len(raw):  # the bytes at which code points begin
            begins = np.flatnonzero((raw & 0xC0) != 0x80)[begins].tolist()
        at += begins
        for column in (tok, at, shape):
            column.append(0)
    tok = np.array(tok, np.uint32)
    places.apply(tok)
    return tok, np.array(at, at_type), np.array(shape, np.uint8), np.array(counts)


@lru_cache(maxsize=1 << 16)
def _word(written):
    """Hash and shape of a word; the hash is 0 where every letter folds away."""
    folded = fold(written)
    name = decide.NAME * decide.is_name(written[0])
    return word_hash(folded) if folded else 0, min(len(written), decide.LETTERS - 1) | name


def count(tok) -> tuple:
    """How often each word is used: hashes in order, without the 0 between documents, and uses."""
    hashes, uses = np.unique(tok, return_counts=True)
    return hashes[hashes > 0], uses[hashes > 0]


def weigh(tok, shape, used, threads: int = 1) -> int:
    """Put the weight of each word (`decide.weights`) in the place of its shape.

    ``used`` is as from `count`. Returns how many words were counted.
    """
    hashes, uses = used
    total = int(uses.sum())
    places, table = weight_table(uses, total)
    at = np.searchsorted(hashes, tok)
    counted = np.append(hashes, 0)[at] == tok
    name, letters = shape // decide.NAME, shape % decide.LETTERS
    shape &= decide.NAME
    shape |= table[name, letters, np.where(counted, np.append(places, 0)[at], 0)] * (tok > 0)
    return total


def _keys(tok, k):
    """44-bit keys of the k-grams, and where they begin: those that cross no document's edge."""
    n = len(tok) - k + 1
    if n <= 0:
        return np.zeros(0, np.uint64), np.zeros(0, np.int64)
    h = _runs(tok, k)
    edge = np.cumsum(tok == 0)
    whole = (tok[:n] != 0) & (edge[:n] == edge[k - 1 : k - 1 + n])
    at = np.flatnonzero(whole)
    return mix(h[at]) >> np.uint64(20), at


def holders(tok, first, k: int, threads: int = 1, passes: int = 1) -> tuple:
    """Who holds each k-gram; ``tok`` and ``first`` are as in `texts.CorpusWords`.

    Returns
    -------
    (gram, doc) : int64 arrays
        The documents of each k-gram that several hold, by k-gram, then by document. (`compiled`
        has chains of places instead.)
    df : uint8[n]
        How many documents hold the k-gram that begins here (up to ``MOST``), with ``AGAIN`` added
        where it stood earlier in the same document; 0 where one document holds it.
    """
    df = np.zeros(len(tok), np.uint8)
    key, at = _keys(tok, k)
    # most k-grams are held once: a counting filter spares the sort all it can
    slot = (key & np.uint64((1 << max(10, len(key).bit_length() + 2)) - 1)).astype(np.int64)
    several = np.bincount(slot)[slot] > 1
    key, at = key[several], at[several]
    order = np.argsort(key, kind="stable")
    key, at = key[order], at[order]
    doc = np.searchsorted(first, at, "right") - 1
    new = np.append(True, key[1:] != key[:-1])[: len(key)]
    opens = new | np.append(True, doc[1:] != doc[:-1])[: len(key)]
    gram = np.cumsum(new) - 1
    many = np.bincount(gram[opens])[gram]
    held = many > 1
    df[at[held]] = np.minimum(many[held], MOST) | np.where(opens[held], 0, AGAIN)
    listed = held & opens
    return (gram[listed], doc[listed]), df


def hold_among(words: CorpusWords, df, among: CorpusWords, k: int) -> None:
    """Put in ``df`` how many of more documents hold each k-gram that is held here."""
    key, at = _keys(among.tok, k)
    doc = np.searchsorted(among.first, at, "right")
    order = np.lexsort((doc, key))
    key, doc = key[order], doc[order]
    new = np.append(True, (key[1:] != key[:-1]) | (doc[1:] != doc[:-1]))[: len(key)]
    listed, held = np.unique(key[new], return_counts=True)
    key, at = _keys(words.tok, k)
    slot = np.searchsorted(listed, key)
    there = np.append(listed, 0)[slot] == key
    many = np.where(there, np.append(held, 0)[slot], 0)
    df[at] = np.where(df[at] > 0, np.maximum(df[at] & MOST, np.minimum(many, MOST)), 0)


def block(words: CorpusWords, held, rank, weight, factor, params, lo: int, hi: int):
    """Passages of documents lo to hi with every later one: int64[..., 13], see `engine.COLUMNS`."""
    df = held[1]
    k, max_df, floor, least, corpus = params
    pair = _Pair(words, df, factor, k, least)
    out = []
    for d, e, rarity in zip(*_rarities(*held[0], weight, max_df, lo, hi), strict=True):
        if rarity >= floor:
            if rank[d] > rank[e]:  # which document is called a depends on their names only
                d, e = e, d
            chance = int(words.chance[d] + words.chance[e]) + corpus
            out.extend([*row, d, e, rarity] for row in pair.passages(d, e, chance))
    return np.array(out, np.int64).reshape(-1, COLUMNS)


def _rarities(gram, doc, weight, max_df, lo, hi):
    """Documents lo to hi, later ones that share k-grams, and the rarity of what they share.

    That is the sum of 1 / log2(document frequency) over the k-grams (Adamic and Adar 2003, for
    shared neighbours).
    """
    end = np.searchsorted(gram, gram, "right")
    many = end - np.searchsorted(gram, gram)
    mine = np.flatnonzero((doc >= lo) & (doc < hi) & (many <= max_df))
    later = end[mine] - mine - 1
    skipped = np.repeat(np.cumsum(later) - later, later)
    other = np.repeat(mine + 1, later) + np.arange(later.sum()) - skipped
    both = np.repeat(doc[mine], later) << 32 | doc[other]
    pairs, which = np.unique(both, return_inverse=True)
    rarity = np.bincount(which, np.repeat(weight[many[mine]], later)).astype(np.int64)
    return (pairs >> 32).tolist(), (pairs & 0xFFFFFFFF).tolist(), rarity.tolist()


class _Pair:
    """Two documents of a corpus compared: `decide` and `ends`, uncompiled."""

    def __init__(self, words, df, factor, k, least):
        self.words, self.k, self.least, self.factor = words, k, least, factor.tolist()
        self.grams_of = {}
        arrays = words.tok, words.at, words.weight, words.buffer, df
        self.tok, self.at, self.weight, self.buffer, self.df = map(
            memoryview, map(np.ascontiguousarray, arrays)
        )

    def grams(self, d):
        """A number for the `decide.RUN` words from each word of document d on."""
        if d not in self.grams_of:
            tok = self.words.tok[self.words.first[d] : self.words.first[d + 1] - 1]
            self.grams_of[d] = _runs(tok, decide.RUN).tolist()
        return self.grams_of[d]

    def passages(self, d, e, chance):
        """Rows as `decide.passages` and `ends.grow` write them, for documents d and e."""
        first, byte = self.words.first, self.words.byte
        a, b = int(first[d]), int(first[e])
        runs = decide.shared(self.grams(d), self.grams(e))
        n = len(runs)
        ma, mb, ml = [a + i for i, _, _ in runs], [b + j for _, j, _ in runs], [r[2] for r in runs]
        out = {}
        rows = decide.passages(
            n, ma, mb, ml, self.weight, self.weight, self.df, self.factor, self.k,
            chance, self.least, *([0] * n for _ in range(5)), out, 1 << 40,
        )  # fmt: skip
        rows = ends.grow(
            self.tok, self.at, self.buffer, a, int(first[d + 1]) - 1, int(byte[d]),
            b, int(first[e + 1]) - 1, int(byte[e]), out, rows,
        )  # fmt: skip
        return [[out[r, c] for c in range(decide.ROW)] for r in range(rows)]


def _runs(tok, k):
    """uint64: the k words from each place on, as one number."""
    h = np.zeros(max(0, len(tok) - k + 1), np.uint64)
    with np.errstate(over="ignore"):
        for j in range(k):
            h *= np.uint64(BASE)
            h += tok[j : j + len(h)]
    return h


def spans(words: CorpusWords, doc, p0, p1) -> tuple:
    """Code points where stretches ``words.tok[p0:p1]`` of documents ``doc`` begin, and end."""
    start, end = np.empty(len(doc), np.int64), np.empty(len(doc), np.int64)
    raw, raw_of = b"", -1
    for x in np.argsort(doc, kind="stable").tolist():
        d = int(doc[x])
        if d != raw_of:
            raw = words.buffer[words.byte[d] : words.byte[d + 1] - 1].tobytes()
            text, raw_of = raw.decode("utf-8", "surrogatepass"), d
        begin, last = int(words.at[p0[x]]), int(words.at[p1[x] - 1])
        if not words.ascii[d]:
            begin, last = (len(raw[:i].decode("utf-8", "surrogatepass")) for i in (begin, last))
        start[x], end[x] = begin, WORD.match(text, last).end()
    return start, end

"""The corpus-wide steps in NumPy. `compiled` has the same steps, with the same results."""

from itertools import pairwise

import numpy as np

from ..text.fold import WORD
from . import decide, ends
from .folding import BASE
from .texts import mix_array

MOST = 127  # a k-gram in this many documents or more is counted as in this many
COLUMNS = 13  # of a row, see `engine`
AGAIN = 128  # added to a place's document frequency when its k-gram stood there before


def _keys(tok, k):
    """44-bit keys of the k-grams, and where they begin: those that cross no document's edge."""
    n = len(tok) - k + 1
    if n <= 0:
        return np.zeros(0, np.uint64), np.zeros(0, np.int64)
    h = _runs(tok, k)
    edge = np.cumsum(tok == 0)
    whole = (tok[:n] != 0) & (edge[:n] == edge[k - 1 : k - 1 + n])
    at = np.flatnonzero(whole)
    return mix_array(h[at]) >> np.uint64(20), at


def holders(tok, first, k, per_document, threads=1, passes=1):
    """Who holds each k-gram.

    Parameters
    ----------
    tok : uint32[n]
    first : int64[documents + 1]
        As in `texts.Words`.
    k : int
    per_document : int
        A k-gram's first so many places in a document are listed: enough to find any shared text,
        and a document that says one thing ten million times costs no more than others.

    Returns
    -------
    after : int32[n]
        The next place of the k-gram that begins here, or 0.
    df : uint8[n]
        How many documents hold it (up to ``MOST``), with ``AGAIN`` added where it stood earlier in
        the same document; 0 where it is held once, or not listed.
    hint : None
        (`compiled.holders` gives a table that finds the document of a place.)
    """
    after, df = np.zeros(len(tok), np.int32), np.zeros(len(tok), np.uint8)
    key, at = _keys(tok, k)
    if not len(key):
        return after, df, None
    # most k-grams are held once: a counting filter spares the sort all it can
    slot = (key & np.uint64((1 << max(10, len(key).bit_length() + 2)) - 1)).astype(np.int64)
    several = np.bincount(slot)[slot] > 1
    key, at = key[several], at[several]
    order = np.argsort(key, kind="stable")
    key, at = key[order], at[order]
    doc = np.searchsorted(first, at, "right") - 1
    new = np.append(True, key[1:] != key[:-1]) if len(key) else np.zeros(0, bool)
    new_doc = new | np.append(True, doc[1:] != doc[:-1])[: len(new)]
    n = np.arange(len(key))
    within = n - np.maximum.accumulate(np.where(new_doc, n, 0))
    group = np.cumsum(new) - 1
    documents = np.bincount(group, weights=new_doc).astype(np.int64) if len(group) else group
    listed = within < per_document
    held = listed & (documents[group] > 1) if len(group) else listed
    df[at[held]] = np.minimum(documents[group[held]], MOST).astype(np.uint8) | np.where(
        within[held] > 0, AGAIN, 0
    )
    at, group = at[listed], group[listed]
    same = group[1:] == group[:-1]
    after[at[:-1][same]] = at[1:][same]
    return after, df, None


def hold_among(words, df, among, k):
    """Put in ``df`` how many of more documents hold each k-gram that is held here.

    Parameters
    ----------
    words, among : texts.Words
    df : uint8 array
        As from `holders`.
    k : int
    """
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


def _matches(words, after, df, k, max_df, lo, hi):
    """Maximal exact matches of documents lo to hi with later ones: places a, b and lengths, by a,
    then b.
    """
    tok, first = words.tok, words.first
    p = np.arange(first[lo], first[hi])
    count = df[p] & MOST
    p = p[(count >= 2) & (count <= max_df)]
    doc_end = np.repeat(first[lo + 1 : hi + 1], np.diff(first[lo : hi + 1]))
    base = first[lo]
    before = df[p - 1]
    listed = (tok[p - 1] != 0) & (before != 0) & ((before & MOST) <= max_df)
    q = after[p].astype(np.int64)
    found_a, found_b = [], []
    while True:
        on = q > 0
        p, q, listed = p[on], q[on], listed[on]
        if not len(p):
            break
        begins = ~(listed & (tok[q - 1] == tok[p - 1]) & (df[q - 1] != 0)) & (
            q >= doc_end[p - base]
        )
        found_a.append(p[begins])
        found_b.append(q[begins])
        q = after[q].astype(np.int64)
    if not found_a:
        return (np.zeros(0, np.int64),) * 3
    a, b = np.concatenate(found_a), np.concatenate(found_b)
    order = np.lexsort((b, a))
    a, b = a[order], b[order]
    return a, b, _lengths(tok, a, b, k)


def _lengths(tok, a, b, k):
    """How many words agree from a and b on: all pairs a word at a time, then the long ones by
    stretches.
    """
    length = np.full(len(a), k, np.int64)
    on = np.arange(len(a))
    for _ in range(256):
        here, there = tok[a[on] + length[on]], tok[b[on] + length[on]]
        on = on[(here == there) & (here != 0)]
        if not len(on):
            return length
        length[on] += 1
    for m in on.tolist():
        i, j, n, reach = int(a[m]), int(b[m]), int(length[m]), 1024
        while True:
            here = tok[i + n : i + n + reach]
            there = tok[j + n : j + n + reach]
            here = here[: len(there)]
            stop = np.flatnonzero((here != there) | (here == 0))
            if len(stop):
                n += int(stop[0])
                break
            n += len(here)
            reach *= 2
        length[m] = n
    return length


def block(words, held, rank, weight, factor, params, lo, hi):
    """Passages of documents lo to hi with every later one: int64[..., 13], see `engine.COLUMNS`."""
    after, df, _ = held
    k, max_df, floor, least, corpus = params.tolist()
    a, b, length = _matches(words, after, df, k, max_df, lo, hi)
    if not len(a):
        return np.zeros((0, COLUMNS), np.int64)
    doc_a = np.searchsorted(words.first, a, "right") - 1
    doc_b = np.searchsorted(words.first, b, "right") - 1
    turned = rank[doc_a] > rank[doc_b]  # which document is called a depends on their names only
    a, b = np.where(turned, b, a), np.where(turned, a, b)
    doc_a, doc_b = np.where(turned, doc_b, doc_a), np.where(turned, doc_a, doc_b)
    order = np.lexsort((b, a, doc_b, doc_a))
    a, b, length, doc_a, doc_b = (x[order] for x in (a, b, length, doc_a, doc_b))
    edge = np.flatnonzero(np.append(True, (doc_a[1:] != doc_a[:-1]) | (doc_b[1:] != doc_b[:-1])))
    edge = np.append(edge, len(a))
    # a pair that shares too little of what is rare is not looked at: its matches' k-grams, counted
    # freely
    grams = np.concatenate(([0], np.cumsum(np.where((df & MOST) <= max_df, weight[df & MOST], 0))))
    most = np.add.reduceat(grams[a + length - k + 1] - grams[a], edge[:-1])
    pair = _Pair(words, df, factor, k, least)
    ma, ml, df_, weight_ = a.tolist(), length.tolist(), memoryview(df), weight.tolist()
    found = []
    for at_least, (x, y) in zip(most.tolist(), pairwise(edge.tolist()), strict=True):
        if at_least < floor:
            continue
        rarity = ends.shingle_score(df_, weight_, ma, ml, range(len(ma)), x, y, k, max_df)
        if rarity >= floor:
            d, e = int(doc_a[x]), int(doc_b[x])
            chance = int(words.chance[d] + words.chance[e]) + corpus
            found.extend([*row, d, e, rarity] for row in pair.passages(d, e, chance))
    return np.array(found, np.int64).reshape(-1, COLUMNS)


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
        out = decide.Rows()
        rows = decide.passages(
            range(n), n, ma, mb, ml, self.weight, self.weight, self.df, self.factor, self.k,
            chance, self.least, *([0] * n for _ in range(5)), out, 0, 1 << 40,
        )  # fmt: skip
        rows = ends.grow(
            self.tok, self.at, self.buffer, a, int(first[d + 1]) - 1, int(byte[d]),
            b, int(first[e + 1]) - 1, int(byte[e]), out, 0, rows, [0] * 4,
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


def spans(words, doc, p0, p1):
    """Where stretches of words lie in their texts.

    Parameters
    ----------
    words : texts.Words
    doc, p0, p1 : int arrays
        The stretch ``words.tok[p0:p1]`` of document ``doc``.

    Returns
    -------
    start, end : int64 arrays
        Code points, end exclusive.
    """
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

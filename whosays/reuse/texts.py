"""A corpus as the engines see it: one UTF-8 buffer, one array of word hashes.

`Words` keeps, a word, 4 bytes of hash and 2 or 4 of place; everything later works on these.
Two tokenisers fill it, one here and Numba's in `compiled`; they agree to the bit (tested).
"""

from collections import deque
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np

from ..text.fold import WORD, fold
from . import decide
from .decide import is_name
from .folding import places_for, word_hash

CHUNK = 1 << 20  # bytes tokenised at a time: bounds what a tokeniser holds beside its result


@dataclass
class Words:
    """The words of a corpus."""

    # uint8[bytes]: the texts in UTF-8, one after the other, a zero byte after each
    buffer: np.ndarray
    # int64[documents + 1]: document d is ``buffer[byte[d] : byte[d + 1] - 1]``
    byte: np.ndarray
    # uint32[words + documents + 1]: folded word hashes; a 0 before the first document and after
    # each one
    tok: np.ndarray
    # uint16 or int32[like tok], the narrower where all fit: where the word begins, in bytes from
    # the beginning of its document
    at: np.ndarray
    weight: np.ndarray  # uint8[like tok]: what the word weighs, see `decide.weights`
    # int64[documents + 1]: ``tok[first[d] : first[d + 1] - 1]`` are the words of document d
    first: np.ndarray
    # int64[documents]: what a document's length adds to chance, see `decide.length_bits`
    chance: np.ndarray
    ascii: np.ndarray  # bool[documents]: bytes are code points

    def __len__(self):
        return len(self.first) - 1

    def text(self, d):
        """Document d, decoded."""
        return (
            self.buffer[self.byte[d] : self.byte[d + 1] - 1]
            .tobytes()
            .decode("utf-8", "surrogatepass")
        )

    def counts(self):
        """int64[documents]: how many words each document has."""
        return np.diff(self.first) - 1


class Store:
    """Texts in UTF-8, one after the other, as they are read; a zero byte after each ends its last
    word.

    Kept as bytes, not as `str`: a text is held once, and the compiled kernels can see it.
    """

    def __init__(self, capacity=1 << 20):
        self.buffer = np.empty(capacity, np.uint8)
        self.byte = [0]
        self.ascii = []

    def extend(self, texts):
        """Add texts (`str`)."""
        parts = [t.encode("utf-8", "surrogatepass") for t in texts]
        self.ascii.extend(map(str.isascii, texts))
        base = self.byte[-1]
        parts.append(b"")
        ends = (
            np.cumsum(np.fromiter((len(p) + 1 for p in parts[:-1]), np.int64, len(parts) - 1))
            + base
        )
        end = int(ends[-1]) if len(ends) else base
        if end > len(self.buffer):
            grown = np.empty(max(end, len(self.buffer) * 3 // 2), np.uint8)
            grown[:base] = self.buffer[:base]
            self.buffer = grown
        self.buffer[base:end] = np.frombuffer(b"\0".join(parts), np.uint8)
        self.byte.extend(ends.tolist())

    def __len__(self):
        return len(self.ascii)


def store(texts):
    """A `Store` of a list of `str`."""
    made = Store()
    made.extend(texts)
    return made


def tokenise(kept: Store, names=None, chunk_words=None, threads=1):
    """Cut a corpus into folded, hashed words.

    Parameters
    ----------
    names : whosays.text.fold.PlaceNames, optional
        Default: the kit's own.
    chunk_words : callable, optional
        ``(buffer, byte, lo, hi, places, at_type) -> tok, at, shape, counts`` for documents lo to
        hi; default `words`.
    threads : int
        How many chunks to have in hand at once (only of use where ``chunk_words`` lets go of
        the interpreter).

    Returns
    -------
    Words
        With the shape of each word in the place of its weight, for `weigh`.
    """
    chunk_words = chunk_words or words
    places = places_for(names)
    byte = np.array(kept.byte, np.int64)
    n = len(kept)
    capacity = (
        int(byte[-1]) // 2 + 2 * n + 2
    )  # a word needs a letter and a gap; untouched pages cost nothing
    at_type = np.uint16 if np.diff(byte).max(initial=0) < 1 << 16 else np.int32
    tok, at = np.empty(capacity, np.uint32), np.empty(capacity, at_type)
    shape, first = np.empty(capacity, np.uint8), np.empty(n + 1, np.int64)
    tok[0], at[0], shape[0], first[0] = 0, 0, 0, 1
    used = 1

    def work(span):
        return chunk_words(kept.buffer, byte, *span, places, at_type)

    for (lo, hi), (*columns, counts) in in_order(work, spans_of(byte, CHUNK), threads):
        end = used + len(columns[0])
        tok[used:end], at[used:end], shape[used:end] = columns
        first[lo + 1 : hi + 1] = first[lo] + np.cumsum(counts + 1)
        used = end
    lengths, which = np.unique(np.diff(first) - 1, return_inverse=True)
    chance = np.array([decide.length_bits(n) for n in lengths.tolist()], np.int64)[which]
    return Words(
        kept.buffer[: byte[-1]], byte, tok[:used], at[:used], shape[:used], first, chance,
        np.array(kept.ascii, bool),
    )  # fmt: skip


def spans_of(bounds, size):
    """Documents cut into spans (first, last + 1) of about ``size``; ``bounds`` says where each
    begins.
    """
    edges = [0]
    while edges[-1] < len(bounds) - 1:
        reach = np.searchsorted(bounds, bounds[edges[-1]] + size, "right") - 1
        edges.append(max(int(reach), edges[-1] + 1))
    return list(pairwise(edges))


def in_order(work, items, threads):
    """Yield ``(item, work(item))`` in the order of items, up to ``threads`` at once."""
    if threads < 2 or len(items) < 2:
        for item in items:
            yield item, work(item)
        return
    with ThreadPoolExecutor(threads) as pool:
        waiting = deque()
        todo = iter(items)
        for item in todo:
            waiting.append((item, pool.submit(work, item)))
            if len(waiting) > threads:
                item, future = waiting.popleft()
                yield item, future.result()
        for item, future in waiting:
            yield item, future.result()


def words(buffer, byte, lo, hi, places, at_type=np.int32):
    """The words of documents lo to hi.

    Parameters
    ----------
    buffer : uint8[...]
    byte : int64[documents + 1]
    lo, hi : int
    places : folding.Places

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
    name = decide.NAME * is_name(written[0])
    return word_hash(folded) if folded else 0, min(len(written), decide.LETTERS - 1) | name


def count(tok):
    """How often each word is used: hashes in order, without the 0 between documents, and uses."""
    hashes, uses = np.unique(tok, return_counts=True)
    return hashes[hashes > 0], uses[hashes > 0]


def weigh(tok, shape, used, threads=1):
    """Put the weight of each word (`decide.weights`) in the place of its shape.

    ``tok`` and ``shape`` are as from `words`, ``used`` as from `count`. Returns how many words were
    counted.
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


def weight_table(uses, total):
    """What each word weighs that is used so often, among ``total`` words: see `decide.weights`.

    Returns
    -------
    places : int array [like uses]
    table : uint8[2, decide.LETTERS, ...]
        By whether a word is a name, its letters, and the place of its uses: its weight.
    """
    limits = np.array(decide.weight_limits(total))
    cuts = np.unique(limits)
    heavy = np.searchsorted(cuts, limits)[..., None] >= np.arange(len(cuts) + 1)
    return np.searchsorted(cuts, uses), heavy.sum(2).astype(np.uint8)


def mix_array(x):
    """`folding.mix` of an array of uint64."""
    x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return x ^ (x >> np.uint64(31))

"""A corpus as the engines see it: one UTF-8 buffer, one array of word hashes.

`CorpusWords` keeps, a word, 4 bytes of hash and 2 or 4 of place; everything later works on these.
"""

from collections import deque
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import accumulate, pairwise

import numpy as np

from . import decide
from .folding import places_for

CHUNK = 1 << 20  # bytes tokenised at a time: bounds what a tokeniser holds beside its result


class Store:
    """Texts in UTF-8, one after the other, with a zero byte after each, which ends its last word.

    Kept as bytes, not as `str`: a text is held once, and the compiled kernels can see it.
    """

    def __init__(self, capacity=1 << 20):
        self.buffer = np.empty(capacity, np.uint8)
        self.byte = [0]  # text d is ``buffer[byte[d] : byte[d + 1] - 1]``
        self.ascii = []

    def extend(self, texts) -> None:
        """Add texts (`str`)."""
        parts = [t.encode("utf-8", "surrogatepass") for t in texts]
        self.ascii.extend(map(str.isascii, texts))
        base = self.byte.pop()
        self.byte.extend(accumulate((len(p) + 1 for p in parts), initial=base))
        end = self.byte[-1]
        if end > len(self.buffer):
            grown = np.empty(max(end, len(self.buffer) * 3 // 2), np.uint8)
            grown[:base] = self.buffer[:base]
            self.buffer = grown
        self.buffer[base:end] = np.frombuffer(b"\0".join((*parts, b"")), np.uint8)

    def __len__(self):
        return len(self.ascii)

    def text(self, d: int) -> str:
        """Text d, decoded."""
        raw = self.buffer[self.byte[d] : self.byte[d + 1] - 1].tobytes()
        return raw.decode("utf-8", "surrogatepass")


def store(texts) -> Store:
    """A `Store` of a list of `str`."""
    out = Store()
    out.extend(texts)
    return out


@dataclass
class CorpusWords:
    """The words of a corpus."""

    buffer: np.ndarray  # uint8[bytes]: the texts as in `Store`
    byte: np.ndarray  # int64[documents + 1]: where they begin
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

    text = Store.text

    def __len__(self):
        return len(self.first) - 1

    def counts(self):
        """int64[documents]: how many words each document has."""
        return np.diff(self.first) - 1


def tokenise(kept: Store, chunk_words, names=None, threads: int = 1) -> CorpusWords:
    """Cut a corpus into folded, hashed words.

    Parameters
    ----------
    chunk_words : callable
        `plain.words` or `compiled.words`.
    names : whosays.text.fold.PlaceNames, optional
        Default: the kit's own.
    threads : int
        How many chunks to have in hand at once (only of use where ``chunk_words`` lets go of
        the interpreter).

    Returns
    -------
    CorpusWords
        With the shape of each word in the place of its weight, for `plain.weigh`.
    """
    places = places_for(names)
    byte = np.array(kept.byte, np.int64)
    n = len(kept)
    # a word needs a letter and a gap; untouched pages cost nothing
    capacity = int(byte[-1]) // 2 + 2 * n + 2
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
    return CorpusWords(
        kept.buffer[: byte[-1]], byte, tok[:used], at[:used], shape[:used], first, chance,
        np.array(kept.ascii, bool),
    )  # fmt: skip


def spans_of(bounds, size: int) -> list[tuple[int, int]]:
    """Documents, which begin at ``bounds``, cut into spans (first, last + 1) of about ``size``."""
    edges = [0]
    while edges[-1] < len(bounds) - 1:
        reach = np.searchsorted(bounds, bounds[edges[-1]] + size, "right") - 1
        edges.append(max(int(reach), edges[-1] + 1))
    return list(pairwise(edges))


def in_order(work, items, threads: int) -> Iterator[tuple]:
    """Yield ``(item, work(item))`` in the order of items, up to ``threads`` at once."""
    if threads < 2 or len(items) < 2:
        for item in items:
            yield item, work(item)
        return
    with ThreadPoolExecutor(threads) as pool:
        waiting = deque()
        for item in items:
            waiting.append((item, pool.submit(work, item)))
            if len(waiting) > threads:
                item, future = waiting.popleft()
                yield item, future.result()
        for item, future in waiting:
            yield item, future.result()


def weight_table(uses, total: int) -> tuple:
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

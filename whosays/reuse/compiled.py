"""The steps of `plain`, compiled: the same results, and threads run them side by side."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import pairwise

import numpy as np

from . import decide, kernels, plain, texts
from .folding import TABLE

ROWS = 4096  # passages of two documents; there is no room for more


def words(buffer, byte, lo, hi, places, at_type=np.int32):
    """`plain.words`, compiled."""
    size = int(byte[hi] - byte[lo]) // 2 + 2 * (hi - lo) + 1
    tok, at, shape = np.empty(size, np.uint32), np.empty(size, at_type), np.empty(size, np.uint8)
    candidates, counts = np.empty(size, np.int32), np.empty(hi - lo, np.int64)
    while True:
        n, n_words, page = kernels.tokenise(
            buffer, byte, lo, hi, TABLE.ascii_values, places.maybe,
            TABLE.page_of, TABLE.kind, TABLE.first, TABLE.count, TABLE.values, TABLE.capital,
            tok, at, shape, counts, candidates,
        )  # fmt: skip
        if page < 0:
            break
        TABLE.add(page)
    tok = tok[:n]
    places.apply(tok, candidates[:n_words])
    return tok, at[:n], shape[:n], counts


def count(tok):
    """`plain.count`, compiled: a hash table of words and their uses."""
    size = 1 << max(16, (len(tok) // 32).bit_length())
    while True:
        slots = np.zeros(size, np.uint64)
        if kernels.count(tok, slots):
            return slots
        size *= 4


def weigh(tok, shape, slots, threads=1):
    """`plain.weigh`, compiled."""
    full = np.flatnonzero(slots)
    uses = slots[full] & np.uint64(0xFFFFFFFF)
    total = int(uses.sum())
    places, table = texts.weight_table(uses, total)
    slots[full] += places.astype(np.uint64) - uses  # in the place of the uses

    def part(span):
        kernels.weigh(tok[slice(*span)], shape[slice(*span)], slots, table)

    with _pool(threads) as run:
        run(part, pairwise(_edges(len(tok), threads)))
    return total


def _edges(n, threads):
    return np.linspace(0, n, threads + 1).astype(np.int64).tolist()


def holders(tok, first, k, threads=1, passes=1):
    """`plain.holders`, compiled: radix partitions of the k-grams, each chained in a small hash
    table.

    Of the k-gram space 1 / ``passes`` is taken at a time: less room for more passes over the words.
    """
    n = len(tok)
    bits = max(1, int(np.ceil(np.log2(max(2, n / 32768)))))
    place_bits = 20 + bits
    partitions = 1 << bits
    spans = list(pairwise(_edges(n, threads)))
    counts = np.zeros((threads, partitions), np.int64)
    after, df = np.zeros(n, np.int32), np.zeros(n, np.uint8)
    hint = np.searchsorted(first, np.arange(0, n + 64, 64), "right") - 1
    hint = np.maximum(hint, 0).astype(np.int32)
    with _pool(threads) as run:
        nothing = np.empty(0, np.uint64)

        def tally(i):
            kernels.scatter(tok, *spans[i], k, bits, 0, partitions, counts[i], place_bits, nothing)

        run(tally, range(threads))
        per_pass = -(-partitions // passes)
        sizes = counts.sum(0)
        most = int(sizes.max(initial=1))
        room = np.empty((threads, 4, most), np.int32)
        again = np.empty((threads, most), np.uint8)
        slot = np.empty((threads, max(16, 1 << int(2 * most - 1).bit_length())), np.int32)
        part = np.empty(np.add.reduceat(sizes, range(0, partitions, per_pass)).max(), np.uint64)
        for q0 in range(0, partitions, per_pass):
            q1 = min(q0 + per_pass, partitions)
            # partition by partition, thread by thread: positions stay in order
            flat = counts[:, q0:q1].T.ravel()
            ends = np.cumsum(flat)
            cursors = np.zeros((threads, partitions), np.int64)
            cursors[:, q0:q1] = (ends - flat).reshape(-1, threads).T

            def scatter(i, q0=q0, q1=q1, cursors=cursors):
                kernels.scatter(tok, *spans[i], k, bits, q0, q1, cursors[i], place_bits, part)

            run(scatter, range(threads))
            edge = np.concatenate(([0], ends[threads - 1 :: threads]))

            def link(i, edge=edge):
                begin, end = (np.ascontiguousarray(edge[x::threads]) for x in (i, i + 1))
                kernels.link(
                    part, begin, end, place_bits, hint, first, after, df, slot[i], room[i], again[i]
                )

            run(link, range(threads))
    return (after, hint), df


@contextmanager
def _pool(threads):
    """A context that gives ``run(function, items)``: over threads when there are several."""
    if threads < 2:
        yield lambda function, items: [function(i) for i in items]
    else:
        with ThreadPoolExecutor(threads) as workers:
            yield lambda function, items: list(workers.map(function, items))


def block(words, held, rank, weight, factor, params, lo, hi):
    """`plain.block`, compiled."""
    documents = len(words)
    (after, hint), df = held
    rarity, touched = np.full(documents, -1, np.int64), np.empty(documents + 1, np.int32)
    window, worth, holder = (np.empty(kernels.WINDOW, t) for t in (np.int32, np.int64, np.int32))
    longest = int(words.counts().max(initial=1))
    head = np.empty(max(16, 1 << int(4 * longest).bit_length()), np.int32)
    has = np.empty(kernels.HAS + 1, bool)
    of_words = [np.empty(longest + 1, np.int32) for _ in range(5)]
    most = max(decide.REPEATS + 8 * longest, decide.COMMON * longest)
    of_runs = [np.empty(most, np.int32) for _ in range(8)]
    rows = np.empty((ROWS, plain.COLUMNS), np.int64)
    room = 1 << 15
    pairs = []
    while lo < hi:
        out = np.empty((room, plain.COLUMNS), np.int64)
        lo, n, full = kernels.block(
            words.tok, words.at, words.weight, df, after, hint, words.first, words.byte,
            words.buffer, rank, words.chance, weight, factor, params, lo, hi,
            rarity, touched, window, worth, holder, out,
            head, *of_words[:3], has, *of_words[3:], *of_runs, rows,
        )  # fmt: skip
        pairs.append(out[:n])
        room *= 2 if full else 1
    return np.concatenate(pairs)


def spans(words, doc, p0, p1):
    """`plain.spans`, compiled."""
    start, end = np.empty(len(doc), np.int64), np.empty(len(doc), np.int64)
    kernels.ends_of(
        words.buffer, words.byte, words.at, words.ascii, TABLE.ascii_values,
        TABLE.page_of, TABLE.kind,
        np.ascontiguousarray(doc), np.ascontiguousarray(p0), np.ascontiguousarray(p1), start, end,
    )  # fmt: skip
    return start, end

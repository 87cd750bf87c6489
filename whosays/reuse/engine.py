"""From a corpus to passages: which engine, how much memory, how far it got.

The work is cut into blocks of documents, each compared with every later document. Blocks are
what progress counts, what threads share and what a stopped run need not do again.
"""

import json
import math
import os
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import blake2b
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from ..base.files import whole
from . import decide, jit, plain, texts

FLOOR = 1.5  # rarity below which a pair of documents is not looked at twice
SCALE = 240 * 256  # rarities are counted in this, so that no order of adding changes them
K, K_FEW = 5, decide.RUN  # words of a shingle, in a large corpus and in few documents
EVERY = -(1 << 30)  # a threshold that every shared run reaches
# Characters from which `auto` takes Numba: where its machine code is kept already, and where it has
# to be compiled first, which takes as long as NumPy takes for so many.
COMPILED_FROM, COMPILING_FROM = 3_000_000, 30_000_000
BLOCK_WORDS = 2_000_000
MOST_PASSES = 16

COLUMNS = (
    "a0", "a1", "b0", "b1", "score", "agree", "longest", "pieces", "names", "swapped",
    "a", "b", "rarity",
)  # fmt: skip


@dataclass(frozen=True)
class Settings:
    """How text reuse is looked for: see `search.find_reuse`."""

    k: int = K
    max_df: int = 100
    threshold: float = decide.MARGIN
    floor: float = FLOOR  # the least rarity of a pair (`plain._rarities`); 0 in few documents
    documents: int = 2  # how many are compared with each other

    def __post_init__(self):
        wrong = []
        if not 1 <= self.k <= 50:
            wrong.append(f"k is {self.k}: give the words of a shingle, 1 to 50.")
        if not 2 <= self.max_df < plain.MOST:
            most = plain.MOST - 1
            wrong.append(f"max_df is {self.max_df}: give a number of documents from 2 to {most}.")
        if wrong:
            raise ValueError(" ".join(wrong))

    def params(self, words: int) -> tuple[int, ...]:
        """What `plain.block` takes, among so many words: k, max_df, floor, least score, chance."""
        least = max(EVERY, round(self.threshold * decide.UNIT))
        chance = decide.corpus_bits(self.documents, words)
        return self.k, self.max_df, round(self.floor * SCALE), least, chance

    def weights(self):
        """int64[256]: 1 / log2(document frequency), in `SCALE`; 0 for what counts for nothing."""
        weights = np.zeros(256, np.int64)
        for df in range(2, self.max_df + 1):
            weights[df] = round(SCALE / math.log2(df)) if df > 2 else SCALE
        return weights

    def factors(self):
        """int64[128]: see `decide.held_factors`."""
        return np.array(decide.held_factors(self.documents), np.int64)


def settings_for(documents, **given) -> Settings:
    """`Settings` for so many documents; what is given as None is left to them.

    In few documents every shared run of three words is looked at, which are too many in a large
    corpus.
    """
    few = documents <= decide.FEW
    usual = {"k": K_FEW if few else K, "floor": 0.0 if few else FLOOR, "documents": documents}
    return Settings(**{**usual, **{name: v for name, v in given.items() if v is not None}})


@dataclass
class EngineResult:
    """What an engine found: words and passages, in numbers."""

    words: texts.CorpusWords
    # int64[passages, 13]: by the names of ``a`` and ``b``, then by place; columns as in `COLUMNS`,
    # words as positions in ``words.tok``
    rows: np.ndarray
    settings: Settings
    engine: str  # ``numpy`` or ``numba``
    df: np.ndarray  # uint8[words]: see `plain.holders`

    def column(self, name: str):
        return self.rows[:, COLUMNS.index(name)]

    def spans(self, side: str) -> tuple:
        """Code points where the passages begin and end on side ``a`` or ``b``: two int64 arrays."""
        return steps_of(self.engine).spans(
            self.words, self.column(side), self.column(side + "0"), self.column(side + "1")
        )


def steps_of(engine: str):
    """The module with the steps of an engine."""
    return plain if engine == "numpy" else import_module(".compiled", __package__)


def choose(engine: str, characters: int) -> str:
    """``numba`` or ``numpy``, from one of these or ``auto``; or what is wrong is raised."""
    if engine not in {"auto", "numba", "numpy"}:
        raise ValueError(f"There is no engine {engine!r}: choose auto, numba or numpy.")
    if engine == "auto":
        enough = COMPILED_FROM if jit.is_kept() else COMPILING_FROM
        return "numba" if characters >= enough and find_spec("numba") else "numpy"
    if engine == "numba" and not find_spec("numba"):
        raise ModuleNotFoundError(
            "engine='numba' needs Numba, which is not installed. Install whosays[reuse], "
            "or leave the engine out: NumPy gives the same results."
        )
    return engine


def run(
    documents, settings: Settings, *,
    engine: str="auto", threads=None, memory=None, work=None, progress=None, names=None, among=None,
) -> EngineResult:  # fmt: skip
    """Find the passages a corpus shares.

    Parameters
    ----------
    documents : documents.Documents
        Of two, a is the one whose name sorts first.
    settings : Settings
    engine, threads, memory, work, progress, names
        As for `find_reuse`. ``auto`` takes Numba where it is installed and the corpus is large
        enough to be worth it; NumPy uses one thread.
    among : texts.CorpusWords, optional
        The texts that these come from; for NumPy only.

    Returns
    -------
    EngineResult

    Raises
    ------
    MemoryError
        When the corpus cannot be done in ``memory``; says how much it needs.
    ValueError
        When ``work`` holds blocks of another corpus or other settings.
    """
    still_there = documents.kept
    rank = np.empty(len(still_there), np.int64)
    rank[sorted(range(len(still_there)), key=documents.ids.__getitem__)] = np.arange(
        len(still_there)
    )
    engine = choose(engine, still_there.byte[-1])
    threads = (threads or os.cpu_count() or 1) if engine == "numba" else 1
    plan(still_there, memory)  # what cannot be done is said before anything is
    if engine == "numba" and progress and not jit.is_kept():
        progress(0, 1, "compiling, once, for about twenty seconds")
    steps = steps_of(engine)
    words = texts.tokenise(still_there, steps.words, names, threads)
    passes = plan(still_there, memory, len(words.tok))
    copies = _copies(words, rank, settings)
    with _hidden(words, copies):
        uses = steps.count(words.tok if among is None else among.tok)
        held = steps.holders(words.tok, words.first, settings.k, threads, passes)
    total = steps.weigh(words.tok, words.weight, uses, threads)
    if among is not None:
        plain.hold_among(words, held[1], among, settings.k)
    params, weights, factors = settings.params(total), settings.weights(), settings.factors()
    # many small blocks for few words too, so that threads end together
    blocks = texts.spans_of(words.first, max(1, min(BLOCK_WORDS, int(words.first[-1]) // 16)))
    store = _FinishedBlocks(work, words, settings) if work else None

    def one(span):
        rows = store.load(span) if store else None
        if rows is None:
            rows = steps.block(words, held, rank, weights, factors, params, *span)
            if store:
                store.save(span, rows)
        return rows

    found_rows = [_copy_rows(words, copies, rank, settings, params[-1])]
    for (_, hi), rows in texts.in_order(one, blocks, threads):
        found_rows.append(rows)
        if progress:
            progress(int(words.first[hi]), int(words.first[-1]), "comparing")
    df = held[1]
    held = None  # 4 bytes a word that nobody needs from here on
    rows = np.concatenate(found_rows)
    del found_rows
    return EngineResult(words, rows[_order(rows, rank)], settings, engine, df)


def _order(rows, rank):
    """By the ranks of a and b, then by place in a and in b: two places at a time in one number."""
    a, b, a0, b0, a1, b1 = (rows[:, COLUMNS.index(c)] for c in ("a", "b", "a0", "b0", "a1", "b1"))
    return np.lexsort(((a1 << 32) | b1, (a0 << 32) | b0, (rank[a] << 32) | rank[b]))


def _copies(words, rank, settings):
    """Groups of more than ``max_df`` documents with the same words, in the order of their names.

    Their shingles would all be set phrases, and the copies not seen. So the first stands for all,
    and each of the others is paired with it.
    """
    counts = words.counts()
    long = np.flatnonzero(counts >= settings.k)
    if len(long) <= settings.max_df:
        return []
    begin = words.first[long]
    last = words.tok[begin + counts[long] - 1]
    # a cheap sign first: documents with the same words have the same, others may
    sign = (words.tok[begin].astype(np.int64) << 32 | last) ^ counts[long] << 20
    _, alike, many = np.unique(sign, return_inverse=True, return_counts=True)
    groups = {}
    for d in long[many[alike] > settings.max_df].tolist():
        tok = words.tok[words.first[d] : words.first[d + 1]]
        groups.setdefault(tok.tobytes(), []).append(d)
    groups_of_copies = [
        sorted(g, key=rank.__getitem__) for g in groups.values() if len(g) > settings.max_df
    ]
    return sorted(groups_of_copies, key=lambda g: rank[g[0]])


@contextmanager
def _hidden(words, copies):
    """Take all but one of each group of copies out of the words while holders are listed."""
    spans = [(words.first[d], words.first[d + 1]) for group in copies for d in group[1:]]
    saved = [words.tok[lo:hi].copy() for lo, hi in spans]
    for lo, hi in spans:
        words.tok[lo:hi] = 0
    try:
        yield
    finally:
        for (lo, hi), tok in zip(spans, saved, strict=True):
            words.tok[lo:hi] = tok


def _copy_rows(words, copies, rank, settings, corpus):
    """A row for each of the copies, with the first of its group."""
    rows = []
    for one, *others in copies:
        a0, a1 = int(words.first[one]), int(words.first[one + 1]) - 1
        n = a1 - a0
        rarity = (n - settings.k + 1) * round(SCALE / math.log2(len(others) + 1))
        weight = words.weight[a0:a1]
        keeps = int(settings.factors()[min(len(others) + 1, plain.MOST)])
        chance = 2 * int(words.chance[one]) + corpus
        score = int((weight & decide.WEIGHT).sum()) * keeps - chance
        if rarity < settings.floor * SCALE or score < settings.threshold * decide.UNIT:
            continue
        names = int((weight & decide.NAME > 0).sum())
        for d in others:
            b0 = int(words.first[d])
            rows.append((a0, a1, b0, b0 + n, score, n, n, 1, names, 0, one, d, rarity))
    return np.array(rows, np.int64).reshape(-1, len(COLUMNS))


def plan(kept, memory, words: int | None = None) -> int:
    """In how many passes over the k-grams a corpus stays under ``memory`` bytes; or MemoryError.

    A text takes its UTF-8; a word takes 12 bytes for as long as the run lasts (14 where a document
    is longer than 65,535 bytes) and 8 more, divided by the passes, while k-grams are grouped. A
    word and what follows it is about 6 bytes of text, until they are counted (``words``); a
    document's name and places about 250 bytes.
    """
    text = kept.byte[-1]
    counted = words is not None
    words = words if counted else text / 5.8 + len(kept)
    long = np.diff(kept.byte).max(initial=0) >= 1 << 16
    fixed = text + (14 if long else 12) * words + 250 * len(kept) + 150e6
    if memory is None:
        return 1 if words < 3e7 else 3
    spare = memory - fixed
    if spare < 8 * words / MOST_PASSES:
        if counted:  # a little more words than thought: the work is half done, and little is over
            return MOST_PASSES
        needed = fixed + 8 * words / MOST_PASSES
        raise MemoryError(
            f"These {len(kept):,} documents ({text / 1e6:,.0f} MB of text) need about"
            f" {needed / 1e9:.1f} GB and memory is {memory / 1e9:.1f} GB. Give more, or run whosays"
            " reuse with --engine spark."
        )
    return max(1, math.ceil(8 * words / spare))


class _FinishedBlocks:
    """Finished blocks in a folder, only of the corpus and settings they were made with."""

    def __init__(self, folder, words, settings):
        self.folder = Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        digest = blake2b(words.tok.tobytes(), digest_size=16).hexdigest()
        want = {"version": 2, "words": digest, "settings": repr(settings), "columns": list(COLUMNS)}
        ticket = self.folder / "run.json"
        if not ticket.exists():
            ticket.write_text(json.dumps(want), encoding="utf-8")
        elif json.loads(ticket.read_text(encoding="utf-8")) != want:
            raise ValueError(
                f"{self.folder} holds a run over other documents or with other settings. "
                "Give an empty folder, or the one this run began in."
            )

    def _path(self, span):
        return self.folder / f"{span[0]:010d}-{span[1]:010d}.npy"

    def load(self, span):
        path = self._path(span)
        return np.load(path, allow_pickle=False) if path.exists() else None

    def save(self, span, rows):
        with whole(self._path(span), "wb") as file:
            np.save(file, rows, allow_pickle=False)

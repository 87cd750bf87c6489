"""Search a corpus for text reuse."""

from . import engine as engines
from .documents import read
from .result import Reuse


def find_reuse(
    documents,
    *,
    k=5,
    max_df=100,
    threshold=engines.THRESHOLD,
    dates=None,
    outlets=None,
    names=None,
    engine="auto",
    threads=None,
    memory=None,
    work=None,
    progress=None,
):
    """Find the passages that documents share.

    Words are folded (`whosays.text.fold`), every run of ``k`` words that two documents share is seen
    unless more than ``max_df`` hold it, runs in the same order are chained across what was
    changed between them, and a passage is kept when its score reaches ``threshold``.

    Parameters
    ----------
    documents : Mapping, pandas.DataFrame, path-like or iterable
        Id to text; or rows with id, text and perhaps date and outlet; or a folder of .txt files;
        or a .jsonl, .parquet or .csv file. See `documents.read`.
    k : int
        Words in a shingle.
    max_df : int
        A shingle in more documents is a set phrase. At most 126.
    threshold : float
        The least score of a passage (`pairwise.rate`): the rarity of the shingles shared, each 1 /
        log2 of its document frequency (Adamic and Adar 2003), and how far the words around agree.
    dates, outlets : Mapping, optional
        Id to ISO 8601 date or time; id to outlet. For the earliest witness.
    names : whosays.text.fold.PlaceNames, optional
        Place names to bring together. Default: the kit's own.
    engine : {'auto', 'numba', 'numpy'}
        The results are the same.
    threads : int, optional
    memory : int, optional
        Bytes to stay under.
    work : path-like, optional
        A folder for finished blocks; a run that was stopped is carried on from there.
    progress : callable, optional
        Called with ``(done, total, what)``.

    Returns
    -------
    Reuse
        With ``.passages``, ``.pairs`` and ``.clusters``; the same whatever the order of documents.

    Raises
    ------
    DocumentsError
        With all that is wrong with the documents.
    ValueError, MemoryError
    """
    settings = engines.Settings(k=k, max_df=max_df, threshold=threshold)
    read_ = read(documents, dates=dates, outlets=outlets)
    rank = _ranks(read_.ids)
    found = engines.run(
        read_.kept, settings, rank,
        engine=engine, threads=threads, memory=memory, work=work, progress=progress, names=names,
    )  # fmt: skip
    return Reuse(read_, found)


def _ranks(ids):
    import numpy as np

    rank = np.empty(len(ids), np.int64)
    rank[sorted(range(len(ids)), key=ids.__getitem__)] = np.arange(len(ids))
    return rank

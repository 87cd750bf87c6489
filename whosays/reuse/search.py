"""Search a corpus for text reuse."""

from . import decide
from . import engine as engines
from .documents import read
from .result import Reuse


def find_reuse(
    documents, *, k: int | None = None, max_df: int = 100, threshold: float = decide.MARGIN,
    dates=None, outlets=None, names=None, engine: str = "auto", threads: int | None = None,
    memory=None, work=None, progress=None,
) -> Reuse:  # fmt: skip
    """Find the passages that documents share, as `decide` calls them copied.

    Parameters
    ----------
    documents : Mapping, pandas.DataFrame, path-like or iterable
        See `documents.read`.
    k : int, optional
        Two documents are compared when they share a run of so many words. Default: 3 in up to
        `decide.FEW` documents, else 5.
    max_df : int
        A run of k words in more documents is a set phrase, for which none are compared. At most
        126.
    threshold : float
        The least score of a passage: bits by which its words weigh more than chance explains.
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
    engines.settings_for(0, k=k, max_df=max_df)  # what is wrong is said before anything is read
    corpus = read(documents, dates=dates, outlets=outlets)
    settings = engines.settings_for(len(corpus), k=k, max_df=max_df, threshold=threshold)
    result = engines.run(
        corpus, settings,
        engine=engine, threads=threads, memory=memory, work=work, progress=progress, names=names,
    )  # fmt: skip
    return Reuse(corpus, result)

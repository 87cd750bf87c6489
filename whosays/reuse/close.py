"""Close reading: two texts, every shared run of three words or more, told apart by what it is."""

import re
from collections.abc import Mapping
from functools import cached_property, lru_cache

import numpy as np

from . import engine
from .clusters import cluster
from .documents import Documents
from .plain import words as chunk_words
from .result import PAIR_COLUMNS, Reuse
from .texts import store, tokenise

LEAST = 3  # words

# Words that stand small inside names: Council of Europe, Heydər Əliyev adına ...
_SMALL = frozenset(
    re.findall(r"\w+", "of the and for in on to de la le von van bin al el i ve və и")
)


class Comparison(Reuse):
    """Two texts compared closely.

    As `Reuse`, and every shared run is there: ``kind`` is ``verbatim`` or ``edited`` for copying,
    ``name`` for a run that is a name, ``formula`` for one too short or too common to be told from a
    set phrase. Containment and the longest run in ``pairs`` are of the copying only.
    """

    def _kinds(self, rows):
        kinds = np.array(super()._kinds(rows), object)
        kinds[~self._copying[rows] & ~self._quotations[rows]] = "formula"
        kinds[self._names[rows]] = "name"
        return kinds.tolist()

    @cached_property
    def _quotations(self):
        return super()._quotations & self._enough

    @cached_property
    def _copying(self):
        return self._enough & ~self._names & ~self._quotations

    @cached_property
    def _names(self):
        return np.array([self._is_name(n) for n in range(len(self.found.rows))], bool)

    def _is_name(self, n):
        """Whether the run is written with capitals throughout, in both texts."""
        at = self._arrays
        for side in "ab":
            whole = self.found.words.text(int(at[f"{side}_id"][n]))
            text = whole[at[f"{side}_start"][n] : at[f"{side}_end"][n]]
            words = re.findall(r"[^\W\d_]+", text)
            large = [w for w in words if w[0].isupper() or w[0].istitle()]
            if (
                not large
                or re.search(r"[.!?]\s", text)
                or any(w not in _SMALL for w in words if w not in large)
            ):
                return False
        return len(large) >= 2

    @cached_property
    def _pair_arrays(self):
        """One row, whatever was found: two texts that share nothing have zeros."""
        arrays = super()._pair_arrays
        if len(arrays["a_id"]):
            return arrays
        first, second = sorted(range(2), key=self.documents.ids.__getitem__)
        nothing = (first, second, 0.0, 0.0, 0.0, 0)
        return {c: np.array([v]) for c, v in zip(PAIR_COLUMNS, nothing, strict=True)}

    @cached_property
    def cluster_rows(self):
        rows = zip(self.passage_rows, self._copying.tolist(), strict=True)
        copied_rows = [row[:6] for row, copied in rows if copied]
        return [
            (*h, "", "", "undecided", "Two texts alone have no clock.")
            for h in cluster(copied_rows)
        ]


def compare(
    a: str, b: str, *, a_id: str = "a", b_id: str = "b", k: int = LEAST, background=None, names=None
) -> Comparison:
    """Compare two texts closely; their order changes nothing.

    Parameters
    ----------
    a_id, b_id : str
        Names for the tables; sorted, the first is side a.
    k : int
        Shortest run of words by which a shared passage is noticed.
    background : Mapping of str to str, or iterable of str, optional
        The texts the two come from, they included. What many of them say weighs less, and among
        many more evidence is needed, as in `find_reuse` of them all.
    names : whosays.text.fold.PlaceNames, optional

    Returns
    -------
    Comparison

    Raises
    ------
    TypeError, ValueError
    """
    for side, text in (("first", a), ("second", b)):
        if not isinstance(text, str):
            raise TypeError(f"The {side} text is a {type(text).__name__}: give a string.")
    if a_id == b_id:
        raise ValueError(f"Both texts are called {a_id!r}: give each its own name.")
    ids = [str(a_id), str(b_id)]
    documents, among = 2, None
    if background is not None:
        whole = tuple(background.values() if isinstance(background, Mapping) else background)
        documents, among = max(2, len(whole)), _words_of(whole, names)
    settings = engine.Settings(k=k, threshold=engine.EVERY, floor=0.0, documents=documents)
    both = Documents(ids, store([a, b]), {}, {})
    result = engine.run(both, settings, engine="numpy", names=names, among=among)
    result.rows = result.rows[result.column("agree") >= LEAST]
    return Comparison(both, result)


@lru_cache(maxsize=4)
def _words_of(whole, names):
    """The words of texts, read once for all the pairs among them."""
    return tokenise(store(list(whole)), chunk_words, names)

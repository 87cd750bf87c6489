"""Close reading: two texts, every shared run of three words or more, told apart by what it is."""

import re
from collections.abc import Mapping
from functools import cached_property, lru_cache
from typing import NamedTuple

import numpy as np

from ..text.fold import words as fold_words
from . import decide, engine
from .clusters import cluster
from .documents import Documents
from .result import PAIR_COLUMNS, QUOTATION, Reuse
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
        kinds = super()._kinds(rows)
        names, copying = self._names[rows].tolist(), self._copying[rows].tolist()
        for n, (name, copied) in enumerate(zip(names, copying, strict=True)):
            if name or (not copied and kinds[n] != QUOTATION):
                kinds[n] = "name" if name else "formula"
        return kinds

    @cached_property
    def _quotations(self):
        return super()._quotations & (self.found.column("score") >= decide.MARGIN * decide.UNIT)

    @cached_property
    def _copying(self):
        copied = self.found.column("score") >= decide.MARGIN * decide.UNIT
        return copied & ~self._names & ~self._quotations

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
        kept = [row[:6] for row, copied in rows if copied]
        return [(*h, "", "", "undecided", "Two texts alone have no clock.") for h in cluster(kept)]


def compare(a: str, b: str, *, a_id="a", b_id="b", k=LEAST, background=None, names=None):
    """Compare two texts closely.

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
        ``compare(b, a, a_id=b_id, b_id=a_id)`` finds the same.

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
    rank = np.argsort(np.argsort(np.array(ids, object)))
    found = engine.run(store([a, b]), settings, rank, engine="numpy", names=names, among=among)
    found.rows = found.rows[found.column("agree") >= LEAST]
    return Comparison(Documents(ids, None, {}, {}), found)


@lru_cache(maxsize=4)
def _words_of(whole, names):
    """The words of texts, read once for all the pairs among them."""
    return tokenise(store(list(whole)), names)


class Repeat(NamedTuple):
    """A run of words a text says twice; offsets are code points, ends exclusive."""

    first_start: int
    first_end: int
    second_start: int
    second_end: int
    words: int


def repeats(text: str, k: int = 5, names=None):
    """What a text says more than once: each repeated run of k words or more, and where it comes
    again.

    Parameters
    ----------
    names : whosays.text.fold.PlaceNames, optional

    Returns
    -------
    list of Repeat
        Longest possible runs, word for word, in order; a run said three times is in two rows,
        first with second and second with third. The two sides do not overlap.
    """
    if k < 1:
        raise ValueError(f"k is {k}: give the words of a run, 1 or more.")
    found = fold_words(text, names)
    said = [w.text for w in found]
    last, before = {}, {}
    for j in range(len(said) - k + 1):
        run = tuple(said[j : j + k])
        if run in last and last[run] + k <= j:
            before[j] = last[run]
        if run not in last or last[run] + k <= j:
            last[run] = j
    rows = []
    for j, i in before.items():
        if before.get(j - 1) == i - 1:
            continue  # the run began a word earlier
        n = k
        while i + n < j and before.get(j + n - k + 1) == i + n - k + 1:
            n += 1
        rows.append(
            Repeat(found[i].start, found[i + n - 1].end, found[j].start, found[j + n - 1].end, n)
        )
    return rows

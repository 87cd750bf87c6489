"""Close reading: two texts, every shared run of three words or more, told apart by what it is."""

import re
from functools import cached_property
from typing import NamedTuple

import numpy as np

from ..text.fold import words as fold_words
from . import engine, pairwise
from .documents import Documents
from .result import PAIR_COLUMNS, Reuse
from .texts import store

CLOSE = 6.0  # below this a shared run is no longer than set phrases often are
LEAST = 3  # words

# Words that stand small inside names: Council of Europe, Heydər Əliyev adına ...
_SMALL = frozenset(
    [
        "of",
        "the",
        "and",
        "for",
        "in",
        "on",
        "to",
        "de",
        "la",
        "le",
        "von",
        "van",
        "bin",
        "al",
        "el",
        "i",
        "ve",
        "və",
        "и",
    ]
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
            if not copied:
                kinds[n] = "name" if name else "formula"
        return kinds

    @cached_property
    def _copying(self):
        return (self.found.column("score") >= round(CLOSE * pairwise.SCALE)) & ~self._names

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
        whole = self.found
        self.found = engine.Found(
            whole.words, whole.rows[self._copying], whole.settings, whole.engine, whole.df
        )
        try:
            arrays = Reuse._pair_arrays.func(self)
        finally:
            self.found = whole
        if len(arrays["a_id"]):
            return arrays
        first, second = sorted(range(2), key=self.documents.ids.__getitem__)
        nothing = (first, second, 0.0, 0.0, 0.0, 0)
        return {c: np.array([v]) for c, v in zip(PAIR_COLUMNS, nothing, strict=True)}

    @cached_property
    def cluster_rows(self):
        from .clusters import cluster

        columns = self._columns
        rows = zip(
            *(columns[c] for c in ("a_id", "a_start", "a_end", "b_id", "b_start", "b_end")),
            strict=True,
        )
        kept = [row for row, copied in zip(rows, self._copying.tolist(), strict=True) if copied]
        return [(*h, "", "", "undecided", "Two texts alone have no clock.") for h in cluster(kept)]


def compare(a, b, *, a_id="a", b_id="b", k=3, background=None, names=None):
    """Compare two texts closely.

    Parameters
    ----------
    a, b : str
    a_id, b_id : str
        Names for the tables; sorted, the first is side a.
    k : int
        Shortest run of words looked at.
    background : Mapping or other documents, optional
        Other texts of the kind. A run that many of them hold too counts for less, so that what
        everybody writes is told apart from copying.
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
    ids, kept = [str(a_id), str(b_id)], [a, b]
    if background is not None:
        from .documents import read

        others = read(background)
        more = [
            others.kept.buffer[x:y].tobytes().decode("utf-8", "surrogatepass")
            for x, y in others.kept.spans()
        ]
        for doc, text in zip(others.ids, more, strict=True):
            if text not in (a, b):
                ids.append(f"background: {doc}")
                kept.append(text)
    settings = engine.Settings(k=k, gap=25, drift=15, threshold=-1e6, floor=0.0)
    rank = np.concatenate(
        (np.argsort(np.argsort(np.array(ids[:2], object))), np.arange(2, len(ids)))
    )
    found = engine.run(store(kept), settings, rank)
    rows = found.rows[(found.column("a") < 2) & (found.column("b") < 2)]
    least = rows[:, engine.COLUMNS.index("agree")] >= LEAST
    found.rows = rows[least]
    return Comparison(Documents(ids[:2], None, {}, {}), found)


class Repeat(NamedTuple):
    """A run of words a text says twice; offsets are code points, ends exclusive."""

    first_start: int
    first_end: int
    second_start: int
    second_end: int
    words: int


def repeats(text, k=5, names=None):
    """What a text says more than once: each repeated run of k words or more, and where it comes again.

    Parameters
    ----------
    text : str
    k : int
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

"""What was changed between two texts of one passage: word by word, letter by letter.

The alignment is `difflib`'s: the longest run that both have, then the same on either side of it
(Ratcliff and Metzener 1988).
"""

from difflib import SequenceMatcher
from typing import NamedTuple

from ..text.fold import words as fold_words


class Edit(NamedTuple):
    """A change of letters in a changed stretch: ``a[a_start:a_end]`` is ``b[b_start:b_end]``."""

    a_start: int
    a_end: int
    b_start: int
    b_end: int


class EditStretch(NamedTuple):
    """A piece of a passage and what happened to it; code points in the two documents."""

    # ``verbatim`` (case, accents, punctuation and the spelling of a place may differ), ``edited``,
    # ``inserted`` (in b only) or ``dropped`` (in a only)
    kind: str
    a_start: int
    a_end: int
    b_start: int
    b_end: int
    edits: tuple[Edit, ...] = ()  # of an edited stretch


_KIND = {"equal": "verbatim", "replace": "edited", "insert": "inserted", "delete": "dropped"}


def stretches(a: str, b: str, a_span=None, b_span=None, names=None) -> list[EditStretch]:
    """Cut a passage into what stayed, was edited, was put in and was left out, in order.

    Parameters
    ----------
    a, b : str
        The two documents.
    a_span, b_span : (int, int), optional
        The passage in each, code points, end exclusive. Default: the whole text.
    names : whosays.text.fold.PlaceNames, optional

    Returns
    -------
    list of EditStretch
        Every word of the passage on either side is in exactly one of them.
    """
    a_lo, a_hi = a_span or (0, len(a))
    b_lo, b_hi = b_span or (0, len(b))
    x, y = fold_words(a[a_lo:a_hi], names), fold_words(b[b_lo:b_hi], names)
    out = []
    for tag, i0, i1, j0, j1 in _aligned([w.text for w in x], [w.text for w in y]):
        a0, a1 = _place(x, i0, i1, a_lo, a_hi)
        b0, b1 = _place(y, j0, j1, b_lo, b_hi)
        letters = _aligned(a[a0:a1], b[b0:b1]) if tag == "replace" else ()
        edits = tuple(
            Edit(a0 + c0, a0 + c1, b0 + d0, b0 + d1)
            for change, c0, c1, d0, d1 in letters
            if change != "equal"
        )
        out.append(EditStretch(_KIND[tag], a0, a1, b0, b1, edits))
    return out


def _aligned(a, b):
    return SequenceMatcher(None, a, b, autojunk=False).get_opcodes()


def _place(words, i, j, lo, hi):
    if i < j:
        return lo + words[i].start, lo + words[j - 1].end
    here = lo + words[i].start if i < len(words) else hi  # nothing, just before the next word
    return here, here

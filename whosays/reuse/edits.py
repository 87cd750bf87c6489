"""What was changed between two texts of one passage.

Words are aligned by edit distance (rapidfuzz where it is installed, the same result without it);
words that were changed are aligned again letter by letter.
"""

from itertools import groupby
from typing import NamedTuple

from ..text.fold import words as fold_words


class Edit(NamedTuple):
    """One change of letters inside a changed stretch: ``a[a_start:a_end]`` became
    ``b[b_start:b_end]``.
    """

    a_start: int
    a_end: int
    b_start: int
    b_end: int


class Stretch(NamedTuple):
    """A piece of a passage and what happened to it.

    Attributes
    ----------
    kind : {'verbatim', 'edited', 'inserted', 'dropped'}
        Verbatim is word for word; case, accents, punctuation and place-name spelling may differ.
        Inserted is in b only, dropped in a only.
    a_start, a_end, b_start, b_end : int
        Code points in the two documents, end exclusive.
    edits : tuple of Edit
        Letter by letter, for an edited stretch.
    """

    kind: str
    a_start: int
    a_end: int
    b_start: int
    b_end: int
    edits: tuple = ()


def opcodes(a, b):
    """Edit a sequence into another with the fewest insertions, deletions and replacements.

    Levenshtein 1966; ties are broken as rapidfuzz breaks them, so the result is the same whether
    it is installed or not.

    Returns
    -------
    list of (tag, a_start, a_end, b_start, b_end)
        Tags ``equal``, ``replace``, ``delete``, ``insert``, as in `difflib`.
    """
    try:
        from rapidfuzz.distance import Levenshtein
    except ImportError:
        return opcodes_plain(a, b)
    return [tuple(o) for o in Levenshtein.opcodes(a, b).as_list()]


def opcodes_plain(a, b):
    """`opcodes` in plain Python: time and room grow with the product of what differs."""
    head = 0
    while head < min(len(a), len(b)) and a[head] == b[head]:
        head += 1
    tail = 0
    while tail < min(len(a), len(b)) - head and a[-1 - tail] == b[-1 - tail]:
        tail += 1
    x, y = a[head : len(a) - tail], b[head : len(b) - tail]
    table = [list(range(len(y) + 1))]
    for i, one in enumerate(x, 1):
        above, row = table[-1], [i]
        for j, other in enumerate(y, 1):
            row.append(min(above[j - 1] + (one != other), above[j] + 1, row[-1] + 1))
        table.append(row)
    tags = ["equal"] * tail
    i, j = len(x), len(y)
    while i or j:
        if i and (not j or table[i][j] == table[i - 1][j] + 1):
            i -= 1
            tags.append("delete")
        elif not i or table[i][j - 1] + 1 == table[i - 1][j - 1]:
            j -= 1
            tags.append("insert")
        else:
            i, j = i - 1, j - 1
            tags.append("equal" if x[i] == y[j] else "replace")
    made, i, j = [], 0, 0
    for tag, alike in groupby(["equal"] * head + tags[::-1]):
        n = len(list(alike))
        i1, j1 = i + n * (tag != "insert"), j + n * (tag != "delete")
        made.append((tag, i, i1, j, j1))
        i, j = i1, j1
    return made


_KIND = {"equal": "verbatim", "replace": "edited", "insert": "inserted", "delete": "dropped"}


def stretches(a, b, a_span=None, b_span=None, names=None):
    """Cut a passage into what stayed, was edited, was put in and was left out.

    Parameters
    ----------
    a, b : str
        The two documents.
    a_span, b_span : (int, int), optional
        The passage in each, code points, end exclusive. Default: the whole text.
    names : whosays.text.fold.PlaceNames, optional

    Returns
    -------
    list of Stretch
        In order. Every word of the passage on either side is in exactly one of them.
    """
    a_lo, a_hi = a_span or (0, len(a))
    b_lo, b_hi = b_span or (0, len(b))
    x, y = fold_words(a[a_lo:a_hi], names), fold_words(b[b_lo:b_hi], names)
    made = []
    for tag, i0, i1, j0, j1 in opcodes([w.text for w in x], [w.text for w in y]):
        a0, a1 = _place(x, i0, i1, a_lo, a_hi)
        b0, b1 = _place(y, j0, j1, b_lo, b_hi)
        edits = ()
        if tag == "replace":
            edits = tuple(
                Edit(a0 + c0, a0 + c1, b0 + d0, b0 + d1)
                for change, c0, c1, d0, d1 in opcodes(a[a0:a1], b[b0:b1])
                if change != "equal"
            )
        made.append(Stretch(_KIND[tag], a0, a1, b0, b1, edits))
    return made


def _place(words, i, j, lo, hi):
    if i < j:
        return lo + words[i].start, lo + words[j - 1].end
    here = lo + words[i].start if i < len(words) else hi  # nothing, just before the next word
    return here, here

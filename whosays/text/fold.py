"""Folding: what two spellings of one word become so that they can be compared.

A word is a run of letters and digits. Folding takes off accents, case and
typography, and brings the spellings of a place to one, so that ``Xocalı``,
``Ходжалы`` and ``Khojaly`` are one word. Every folded word keeps its place in
the untouched text, in code points.

The place names are data (``place_names.csv`` beside this file); a case pack may
add its own in a table of the same columns.
"""

import csv
import re
import unicodedata
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

_BUILT_IN = Path(__file__).with_name("place_names.csv")

# Marks that sit inside a word and vanish when it is folded: accents written apart,
# the soft hyphen, zero-width joiners. `re` knows no \p{M}, so the blocks are named.
_INSIDE = (
    "\u00ad\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0670"
    "\u1ab0-\u1aff\u1dc0-\u1dff\u200b-\u200f\u2060\u20d0-\u20f0\u3099\u309a\ufe00-\ufe0f\ufe20-\ufe2f"
)
WORD = re.compile(rf"[^\W_](?:[^\W_]|[{_INSIDE}])*")


def _fold_character(character):
    def bare(text):
        folded = (
            c
            for c in unicodedata.normalize("NFKD", text)
            if unicodedata.category(c) not in {"Mn", "Cf"}
        )
        return "".join(folded)

    # Turkic dotless i: no accent in Unicode, one letter with i for our purpose.
    return bare(bare(character).casefold()).replace("ı", "i")


class _Fold(dict):
    """A ``str.translate`` table that fills itself as characters are met."""

    def __missing__(self, code):
        self[code] = folded = _fold_character(chr(code))
        return folded


_FOLD = _Fold()


def fold(text: str) -> str:
    """Fold a text character by character: NFKD, accents off, casefold.

    Place names are left alone; ``words`` brings those together. Folding is free of context
    (``fold(a + b) == fold(a) + fold(b)``) and stable (folding twice is folding once). What comes
    back may be longer or shorter: offsets belong to ``text`` only.
    """
    return text.lower() if text.isascii() else text.translate(_FOLD)


class Word(NamedTuple):
    """A folded word and its place in the untouched text (code points, end exclusive)."""

    text: str
    start: int
    end: int


class PlaceNames:
    """Spellings of places and the one spelling each is brought to.

    A spelling and its place have the same number of words (``Dağlıq Qarabağ`` and ``Nagorno-
    Karabakh`` have two), so a text has as many words after as before; else ValueError.

    Parameters
    ----------
    rows : iterable of (place, spelling)
        In any case and script; both are folded here.

    Attributes
    ----------
    single : dict of str to str
        Folded word to folded word.
    phrases : dict of str to list of (tuple of str, tuple of str)
        By first word, longest first; matched after ``single`` has been applied.
    """

    def __init__(self, rows):
        self.single, self.phrases = {}, {}
        pairs = []
        for place, spelling in rows:
            to, of = (tuple(fold(m) for m in WORD.findall(name)) for name in (place, spelling))
            if len(to) != len(of) or not to:
                raise ValueError(
                    f"The spelling {spelling!r} has {len(of)} words and the place {place!r} has"
                    f" {len(to)}: give both the same number of words, and at least one."
                )
            pairs.append((of, to))
        self.single = {of[0]: to[0] for of, to in pairs if len(of) == 1 and of != to}
        for of, to in pairs:
            of = tuple(self.single.get(w, w) for w in of)
            if len(of) > 1 and of != to:
                self.phrases.setdefault(of[0], []).append((of, to))
        for listed in self.phrases.values():
            listed.sort(key=lambda pair: (-len(pair[0]), pair))
        canon = repr((sorted(self.single.items()), sorted(self.phrases.items())))
        self.digest = blake2b(canon.encode("utf-8"), digest_size=4).hexdigest()

    def apply(self, folded: list[str]) -> list[str]:
        """Bring the place names in folded words to one spelling each; as many words come back."""
        get = self.single.get
        out = [get(word, word) for word in folded]
        if self.phrases and not self.phrases.keys().isdisjoint(out):
            for i, word in enumerate(out):
                for of, to in self.phrases.get(word, ()):
                    if tuple(out[i : i + len(of)]) == of:
                        out[i : i + len(of)] = to
                        break
        return out


def read_place_names(path: Path) -> list[tuple[str, str]]:
    """The pairs (place, spelling) of a table with these columns; its other columns are notes."""
    with open(path, encoding="utf-8", newline="") as file:
        return [(row["place"], row["spelling"]) for row in csv.DictReader(file)]


@lru_cache(maxsize=16)
def place_names(extra=()) -> PlaceNames:
    """The kit's place names, with a pack's own pairs (place, spelling) added, which win."""
    return PlaceNames([*read_place_names(_BUILT_IN), *extra])


@lru_cache(maxsize=1 << 16)
def _fold_word(word):
    return fold(word)


def words(text: str, places: PlaceNames | None = None) -> list[Word]:
    """The folded words of a text, in order, each with its place.

    ``text[word.start:word.end]`` is the word as printed. ``places`` are PlaceNames, by default the
    kit's own.
    """
    places = place_names() if places is None else places
    spans, folded = [], []
    for match in WORD.finditer(text):
        if (word := _fold_word(match.group())) != "":
            spans.append(match.span())
            folded.append(word)
    return [Word(w, s, e) for w, (s, e) in zip(places.apply(folded), spans, strict=True)]

"""Fingerprints: what of a document can be compared when its text may not be shipped.

A fingerprint holds the sha256 of the text, the place and the weight of every word, and the hash
of every run of 3 and of 5 folded words, in order. Two fingerprints therefore show which stretches
two documents share, and whether they are copied (`decide`), without either text.

Odds of a false match. Two different runs of words agree by chance once in 4,294,967,296. For two
documents of 1,000 and 4,000 words one false run is expected in a thousand such comparisons; a
stretch one word longer rests on two hashes.

What can be learnt from it. Any guess at the text can be tested; that is what it is for. The hashes
are in order and not keyed, so somebody who knows some of the words and tries a dictionary can go on
from there, word by word. A weight says about how long a word is, how often the texts at hand use it
and whether it begins with a capital. A fingerprint keeps a text from being read, not from being
rebuilt with effort.

Runs of hashed words to compare documents: Broder 1997; hashes kept in order to find the stretches:
Lyon, Malcolm and Dickerson 2001 (Ferret).
"""

import base64
import json
import re
import sys
from array import array
from collections import Counter
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from string import ascii_lowercase, ascii_uppercase

from ..text.fold import PlaceNames, place_names, read_place_names, words
from ..text.spans import hash_text
from . import decide

VERSION = 2
HASH = "blake2b-32"
SIZES = (3, 5)


class FingerprintError(ValueError):
    """A fingerprint that cannot be read, or two that cannot be compared."""


@dataclass(frozen=True)
class Fingerprint:
    """A document's fingerprint."""

    source_id: str
    sha256: str  # of the text's UTF-8 bytes
    characters: int  # code points
    offsets: tuple[tuple[int, int], ...]  # place of every word
    # by n, an array of uint32: the hash of the n words from word i on, at place i
    grams: dict[int, array] = field(compare=False)
    # of every word, see `decide.weights`
    weights: bytes = field(compare=False, repr=False)
    fold: str = ""  # digest of the place names used; fingerprints made with others do not compare

    @property
    def words(self) -> int:
        """Number of words."""
        return len(self.offsets)

    def to_json(self) -> str:
        """The fingerprint as the text of its file; the same text for the same fingerprint."""
        grams = {
            str(n): base64.b64encode(_big_end_first(hashes)).decode("ascii")
            for n, hashes in sorted(self.grams.items())
        }
        values = {
            "version": VERSION,
            "source_id": self.source_id,
            "sha256": self.sha256,
            "characters": self.characters,
            "words": self.words,
            "n": sorted(self.grams),
            "hash": HASH,
            "fold": self.fold,
            "words_offsets": [list(pair) for pair in self.offsets],
            "weights": "".join(_LETTER[w] for w in self.weights),
            "grams": grams,
        }
        lines = (
            f'"{key}": {json.dumps(value, separators=(",", ":"))}' for key, value in values.items()
        )
        return "{\n" + ",\n".join(lines) + "\n}\n"


# A weight is a letter in the file: the alphabet counts bits, and a capital is a name or a number.
_LETTER = {
    bits | mark: letter
    for mark, letters in ((0, ascii_lowercase), (decide.NAME, ascii_uppercase))
    for bits, letter in enumerate(letters)
}
_WEIGHT = {letter: weight for weight, letter in _LETTER.items()}


def _big_end_first(numbers):
    """Numbers of four bytes each, or their bytes, from or into the order of a file."""
    hashes = array("I", numbers)
    if sys.byteorder == "little":
        hashes.byteswap()
    return hashes


def gram_hashes(folded, n: int) -> array:
    """The 32-bit hash of every run of n folded words, in order, as an array of unsigned int.

    It is what BLAKE2b with a digest of four bytes, big end first, gives for the words joined by one
    space, in UTF-8.
    """
    runs = zip(*(folded[i:] for i in range(n)), strict=False)
    digests = (blake2b(" ".join(run).encode("utf-8"), digest_size=4).digest() for run in runs)
    return _big_end_first(b"".join(digests))


def make_fingerprint(
    source_id: str, text: str, places: PlaceNames | None = None, sizes=SIZES
) -> Fingerprint:
    """Make the fingerprint of a text by itself, see `make_fingerprints`."""
    return make_fingerprints({source_id: text}, places, sizes)[source_id]


def make_fingerprints(
    texts, places: PlaceNames | None = None, sizes=SIZES
) -> dict[str, Fingerprint]:
    """Make the fingerprints of texts that are compared with each other.

    Parameters
    ----------
    texts : mapping of str to str
        Source id to whole text. What many of them say weighs less (`decide.weights`).
    places : whosays.text.fold.PlaceNames, optional
        Default: the kit's own.
    sizes : iterable of int
        Lengths of the runs of words.
    """
    places = place_names() if places is None else places
    words_of = {source_id: words(text, places) for source_id, text in texts.items()}
    uses = Counter(w.text for listed in words_of.values() for w in listed)
    return {
        source_id: Fingerprint(
            source_id=source_id,
            sha256=hash_text(text),
            characters=len(text),
            offsets=tuple((w.start, w.end) for w in words_of[source_id]),
            grams={n: gram_hashes([w.text for w in words_of[source_id]], n) for n in sizes},
            fold=places.digest,
            weights=decide.weights(text, words_of[source_id], uses),
        )
        for source_id, text in texts.items()
    }


_KINDS = {
    "source_id": str, "sha256": str, "characters": int, "words": int, "n": list, "fold": str,
    "words_offsets": list, "weights": str, "grams": dict,
}  # fmt: skip


def parse_fingerprint(raw) -> Fingerprint:
    """A fingerprint from what its JSON file holds, as ``json.loads`` gave it.

    Raises
    ------
    FingerprintError
        Naming what is wrong.
    """
    if not isinstance(raw, dict):
        raise FingerprintError("The file does not hold one object.")
    version, hash_ = raw.get("version"), raw.get("hash")
    if (version, hash_) != (VERSION, HASH):
        raise FingerprintError(
            f"It is of version {version}, hash {hash_!r}; this kit reads version {VERSION}, {HASH}:"
            " make it anew from the text."
        )
    for key, kind in _KINDS.items():
        if type(raw.get(key)) is not kind:
            raise FingerprintError(f"{key!r} is missing or not of the right kind.")
    if not re.fullmatch("[0-9a-f]{64}", raw["sha256"]):
        raise FingerprintError("'sha256' is not 64 lower-case hexadecimal digits.")
    words, letters = raw["words"], raw["weights"]
    offsets = _parse_offsets(raw)
    if len(letters) != words or not set(letters) <= set(_WEIGHT):
        raise FingerprintError(f"'weights' is not one letter for each of the {words} words.")
    return Fingerprint(
        raw["source_id"], raw["sha256"], raw["characters"], offsets, _parse_grams(raw),
        bytes(_WEIGHT[letter] for letter in letters), raw["fold"],
    )  # fmt: skip


def _parse_offsets(raw):
    last = 0
    for pair in raw["words_offsets"]:
        if not (isinstance(pair, list) and [type(x) for x in pair] == [int, int]):
            raise FingerprintError(f"{pair!r} in 'words_offsets' is not a pair of whole numbers.")
        if not last <= pair[0] < pair[1] <= raw["characters"]:
            raise FingerprintError(f"The word at {pair} is out of order or outside the text.")
        last = pair[1]
    offsets = tuple(map(tuple, raw["words_offsets"]))
    if raw["words"] != len(offsets):
        raise FingerprintError(f"'words' is {raw['words']}, but {len(offsets)} words have a place.")
    return offsets


def _parse_grams(raw):
    if not all(type(n) is int and n > 0 for n in raw["n"]) or sorted(map(str, raw["n"])) != sorted(
        raw["grams"]
    ):
        raise FingerprintError("'n' does not list the keys of 'grams'.")
    grams = {}
    for n in raw["n"]:
        wanted = max(0, raw["words"] - n + 1)
        try:
            grams[n] = _big_end_first(base64.b64decode(raw["grams"][str(n)], validate=True))
        except (TypeError, ValueError) as error:
            message = f"The hashes of runs of {n} words cannot be read: {error}"
            raise FingerprintError(message) from None
        if len(grams[n]) != wanted:
            raise FingerprintError(
                f"{raw['words']} words have {wanted} runs of {n}, not {len(grams[n])}."
            )
    return grams


def read_fingerprint(path: Path) -> Fingerprint:
    """Read a fingerprint file.

    Raises
    ------
    FingerprintError
        Naming the file and what is wrong.
    """
    try:
        return parse_fingerprint(json.loads(Path(path).read_text(encoding="utf-8")))
    except ValueError as error:
        raise FingerprintError(f"{Path(path).name}: {error}") from None


def read_fingerprints(case_folder: Path) -> dict[str, Fingerprint]:
    """Every fingerprint of a pack, by source id."""
    return {
        p.stem: read_fingerprint(p)
        for p in sorted((Path(case_folder) / "fingerprints").glob("*.json"))
    }


def write_fingerprints(case_folder: Path, texts, places=None) -> list[Path]:
    """Write the fingerprint files of a pack; returns their paths.

    Parameters
    ----------
    case_folder : path-like
    texts : mapping of str to str
        Source id to whole text.
    places : whosays.text.fold.PlaceNames, optional
        Default: the kit's own, with the pack's ``place_names.csv`` added where there is one.
    """
    case_folder = Path(case_folder)
    places = pack_place_names(case_folder) if places is None else places
    (case_folder / "fingerprints").mkdir(exist_ok=True)
    written = []
    for source_id, fingerprint in make_fingerprints(dict(sorted(texts.items())), places).items():
        path = case_folder / "fingerprints" / f"{source_id}.json"
        path.write_text(fingerprint.to_json(), encoding="utf-8", newline="\n")
        written.append(path)
    return written


def pack_place_names(case_folder: Path) -> PlaceNames:
    """The kit's place names with those of a pack's ``place_names.csv`` added, if it has one."""
    own = Path(case_folder) / "place_names.csv"
    return place_names(tuple(read_place_names(own)) if own.exists() else ())


def _check_alike(a, b, n):
    if a.fold != b.fold:
        raise FingerprintError(
            f"The fingerprints of {a.source_id!r} and {b.source_id!r} were made with different"
            " place names: make both anew with the same."
        )
    if n not in a.grams or n not in b.grams:
        have = sorted({*a.grams} & {*b.grams})
        raise FingerprintError(f"The fingerprints have no runs of {n} words; they have {have}.")


def shared_runs(a: Fingerprint, b: Fingerprint, n: int = 5) -> list[tuple[int, int, int]]:
    """The stretches of words two documents share.

    Parameters
    ----------
    a, b : Fingerprint
        The same fingerprint twice shows what a document repeats of itself.
    n : int
        Shortest stretch, in words; one of the sizes the fingerprints hold.

    Returns
    -------
    list of (int, int, int)
        First word in a, first word in b, words: as from `decide.shared`.

    Raises
    ------
    FingerprintError
        When the two were not made alike.
    """
    _check_alike(a, b, n)
    itself = a.sha256 == b.sha256 and a.source_id == b.source_id
    return decide.shared(a.grams[n], b.grams[n], itself, n)


def containment(a: Fingerprint, b: Fingerprint, n: int = 5) -> tuple[float, float]:
    """The share of each document's words that stand in a stretch of n words or more that both have.

    Returns
    -------
    (float, float)
        Of a in b and of b in a, 0 to 1: a short text may stand whole in a long one.
    """
    in_a, in_b = bytearray(a.words), bytearray(b.words)
    for i, j, words_ in shared_runs(a, b, n):
        in_a[i : i + words_] = in_b[j : j + words_] = b"\1" * words_
    return sum(in_a) / max(1, a.words), sum(in_b) / max(1, b.words)

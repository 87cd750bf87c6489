"""Whole texts of documents: shipped, dropped in, or not at hand.

A lawful copy is recognised by its hash, whatever the file is called. A copy that
is the same text in other clothes (byte order mark, Windows line ends, another
encoding) is undressed, recognised, and said to be so; one that is nearly the same
text is not used, and how it differs is said.
"""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ..base import paths
from ..reuse.fingerprint import FingerprintError, containment, make_fingerprint
from ..text.spans import hash_text

_MAX_BYTES = 20 * 1024 * 1024
_CODECS = ("utf-8", "utf-16", "cp1251", "cp1252", "cp1254")


@dataclass(frozen=True)
class FoundText:
    """A whole text and the file it came from; ``dress`` says how the file differs from the text."""

    text: str
    path: Path
    dress: str = ""


def dropped_in(folder: Path) -> list[Path]:
    """Files that may be full texts of a pack, its own ``fulltext/`` first, each folder by name."""
    files = []
    for place in paths.full_texts(folder):
        if place.is_dir():
            files += sorted(
                p
                for p in place.iterdir()
                if p.is_file() and not p.name.startswith(".") and p.stem.lower() != "readme"
                if p.stat().st_size <= _MAX_BYTES
            )
    return files


def undressed(data) -> Iterator[tuple[str, str]]:
    """Every way to read some bytes as text: (text, what was taken off), the plain one first."""
    for codec in _CODECS:
        try:
            text = data.decode(codec)
        except UnicodeError:
            continue
        if codec == "utf-8":
            yield text, ""
        plain = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
        taken = [] if codec == "utf-8" else [f"encoding {codec}"]
        taken += ["a byte order mark"] if text.startswith("\ufeff") else []
        taken += ["Windows or old Mac line ends"] if "\r" in text else []
        yield plain, ", ".join(taken)
        # Editors add a line end at the end of a file, or take one off.
        taken.append("another number of line ends at the end")
        for tail in range(4):
            yield plain.rstrip("\n") + "\n" * tail, ", ".join(taken)


def find_texts(folder: Path, wanted) -> tuple[dict[str, FoundText], list]:
    """Look for whole texts among the files dropped in.

    ``wanted`` has the sha256 of a text by its source id. Comes back: those at hand, as FoundText
    by source id, and the files that are none of them (empty when all are at hand).
    """
    by_hash = {}
    for source_id, sha in wanted.items():
        by_hash.setdefault(sha, []).append(source_id)
    texts_known, strangers = {}, []
    for path in dropped_in(folder):
        if len(texts_known) == len(wanted) and not any(one.dress for one in texts_known.values()):
            break
        texts = (FoundText(text, path, dress) for text, dress in undressed(path.read_bytes()))
        one = next((one for one in texts if hash_text(one.text) in by_hash), None)
        if one is None:
            strangers.append(path)
            continue
        for source_id in by_hash[hash_text(one.text)]:
            # of two files, the one with the very text is better than one that differs in form
            if source_id not in texts_known or (texts_known[source_id].dress and not one.dress):
                texts_known[source_id] = one
    return texts_known, [] if len(texts_known) == len(wanted) else strangers


@dataclass(frozen=True)
class Near:
    """A file that is nearly a document's text, and how it differs from it."""

    source_id: str
    path: Path
    how: str


def near_misses(files, fingerprints, places) -> list:
    """Files that are nearly the text of a document, by its fingerprint: half of the words or more.

    A list of Near in the order of files, then of documents. ``fingerprints`` are those of the
    documents not at hand, and ``places`` the place names that they were made with.
    """
    near = []
    for path in files:
        text = next((t for t, _ in undressed(path.read_bytes())), "")
        own = make_fingerprint(path.name, text, places)
        for wanted in fingerprints:
            try:
                held, of_own = containment(wanted, own)
            except FingerprintError:
                continue
            if max(held, of_own) >= 0.5:
                near.append(Near(wanted.source_id, path, _difference(wanted, own, held)))
    return near


def _difference(wanted, own, held):
    if wanted.grams == own.grams:
        return (
            "it has the same words in the same order, but other spacing, punctuation, letters or"
            f" case ({own.characters:,} characters where the text has {wanted.characters:,})"
        )
    sentence = f"it holds {held:.0%} of the text's words in stretches of five or more"
    if own.words != wanted.words:
        sentence += f", and has {own.words:,} words where the text has {wanted.words:,}"
    n = max(wanted.grams)
    pairs = zip(wanted.grams[n], own.grams[n], strict=False)
    same = next(
        (i for i, (a, b) in enumerate(pairs) if a != b),
        min(len(wanted.grams[n]), len(own.grams[n])),
    )
    if same:
        return (
            sentence + f"; the first {same + n - 1:,} words agree, up to character"
            f" {own.offsets[same + n - 2][1]:,}"
        )
    return sentence + "; it begins differently"


class KnownText:
    """What a pack lets us know of a document's text: all of it, or the stretches quoted.

    Made from its length in code points or from its whole text, which is kept as ``whole``.
    """

    def __init__(self, characters, text=None):
        self.whole = text
        self._known = [None] * characters if text is None else list(text)

    def __len__(self):
        return len(self._known)

    def slice(self, start: int, end: int) -> str | None:
        """The text of a stretch, or None where any of it is not known."""
        if start < 0 or end > len(self):
            return None
        if self.whole is not None:
            return self.whole[start:end]
        piece = self._known[start:end]
        return "".join(piece) if None not in piece else None

    def add(self, start: int, text: str) -> bool:
        """Learn a stretch; returns False, and learns nothing, where it disagrees with the known."""
        end = start + len(text)
        if start < 0 or end > len(self):
            return False
        before = self._known[start:end]
        if any(old not in (None, new) for old, new in zip(before, text, strict=True)):
            return False
        self._known[start:end] = text
        return True

    def stretches(self) -> list[tuple[int, str]]:
        """Known stretches, each with the place where it begins; in order, apart from each other."""
        out, at = [], 0
        for missing, piece in itertools.groupby(self._known, lambda one: one is None):
            piece = list(piece)
            if not missing:
                out.append((at, "".join(piece)))
            at += len(piece)
        return out

    def words(self) -> int:
        """Number of words in the known stretches, split at white space."""
        return sum(len(text.split()) for _, text in self.stretches())

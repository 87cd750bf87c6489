"""Whole texts of documents: shipped, dropped in, or not at hand.

A lawful copy is recognised by its hash, whatever the file is called. A copy that
is the same text in other clothes (byte order mark, Windows line ends, another
encoding) is undressed, recognised, and said to be so; one that is nearly the same
text is not used, and how it differs is said.
"""

from bisect import bisect_right
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from ..base import paths
from ..reuse.fingerprint import FingerprintError, containment, make_fingerprint
from ..text.spans import hash_text

_MAX_BYTES = 20 * 1024 * 1024
_CODECS = ("utf-8", "utf-16", "cp1251", "cp1252", "cp1254")


@dataclass(frozen=True)
class Found:
    """A whole text and the file it came from; ``dress`` says how the file differs from the text."""

    text: str
    path: Path
    dress: str = ""


def dropped_in(folder) -> list[Path]:
    """Files that may be full texts, the pack's own ``fulltext/`` first, each folder by name.

    Parameters
    ----------
    folder : path-like
        The pack.
    """
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


def undressed(data):
    """Every way to read some bytes as text: (text, what was taken off), the plain one first."""
    seen = set()
    for codec in _CODECS:
        try:
            text = data.decode(codec)
        except (UnicodeDecodeError, UnicodeError):
            continue
        taken = [] if codec == "utf-8" else [f"encoding {codec}"]
        variants = [(text, taken)]
        if text.startswith("\ufeff"):
            variants.append((text[1:], [*taken, "a byte order mark"]))
        for base, off in list(variants):
            if "\r" in base:
                flat = base.replace("\r\n", "\n").replace("\r", "\n")
                variants.append((flat, [*off, "Windows or old Mac line ends"]))
        for base, off in list(variants):
            # Editors add a line end at the end of a file, or take one off.
            trimmed = base.rstrip("\n")
            for tail in range(4):
                variants.append(
                    (trimmed + "\n" * tail, [*off, "another number of line ends at the end"])
                )
        for variant, off in variants:
            if variant not in seen:
                seen.add(variant)
                yield variant, ", ".join(off)


def find_texts(folder, wanted):
    """Look for whole texts among the files dropped in.

    Parameters
    ----------
    folder : path-like
        The pack.
    wanted : dict of str to str
        Source id to sha256 of its text.

    Returns
    -------
    found : dict of str to Found
        Those at hand.
    strangers : list of pathlib.Path
        Files that are none of them; empty when all are at hand.
    """
    by_hash = {}
    for source_id, sha in wanted.items():
        by_hash.setdefault(sha, []).append(source_id)
    found, rest = {}, []
    for path in dropped_in(folder) if wanted else ():
        data = path.read_bytes()
        sources = by_hash.get(sha256(data).hexdigest(), ())
        for source_id in sources:
            found.setdefault(source_id, Found(data.decode("utf-8"), path))
        if not sources:
            rest.append((path, data))
    strangers = []
    for path, data in rest:
        if len(found) == len(wanted):
            return found, []
        dressed = [(s, t, d) for t, d in undressed(data) for s in by_hash.get(hash_text(t), ())]
        for source_id, text, dress in dressed:
            found.setdefault(source_id, Found(text, path, dress))
        if not dressed:
            strangers.append(path)
    return found, [] if len(found) == len(wanted) else strangers


@dataclass(frozen=True)
class Near:
    """A file that is nearly a document's text, and how it differs from it."""

    source_id: str
    path: Path
    how: str


def near_misses(files, fingerprints, places):
    """Files that are nearly the text of a document, by its fingerprint.

    Parameters
    ----------
    files : iterable of pathlib.Path
    fingerprints : iterable of Fingerprint
        Of the documents not at hand.
    places : PlaceNames
        Those the fingerprints were made with.

    Returns
    -------
    list of Near
        In the order of files, then of documents; where half or more of the words agree.
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
    said = f"it holds {held:.0%} of the text's words in stretches of five or more"
    if own.words != wanted.words:
        said += f", and has {own.words:,} words where the text has {wanted.words:,}"
    n = max(wanted.grams)
    pairs = zip(wanted.grams[n], own.grams[n], strict=False)
    same = next(
        (i for i, (a, b) in enumerate(pairs) if a != b),
        min(len(wanted.grams[n]), len(own.grams[n])),
    )
    if same:
        return (
            said + f"; the first {same + n - 1:,} words agree, up to character"
            f" {own.offsets[same + n - 2][1]:,}"
        )
    return said + "; it begins differently"


class KnownText:
    """What a pack lets us know of a document's text: all of it, or the stretches quoted.

    Parameters
    ----------
    characters : int
        Length of the document in code points.
    text : str, optional
        The whole text, when shipped or dropped in.

    Attributes
    ----------
    whole : str or None
    """

    def __init__(self, characters, text=None):
        self.whole = text
        self._length = characters if text is None else len(text)
        self._starts, self._texts = ([0], [text]) if text else ([], [])

    def __len__(self):
        return self._length

    def slice(self, start, end):
        """The text of a stretch, or None where any of it is not known."""
        i = bisect_right(self._starts, start) - 1
        if i < 0 or end > self._starts[i] + len(self._texts[i]):
            return None
        return self._texts[i][start - self._starts[i] : end - self._starts[i]]

    def add(self, start, text):
        """Learn a stretch; returns False, and learns nothing, where it disagrees with what is
        known.
        """
        end = start + len(text)
        if start < 0 or end > self._length:
            return False
        touching = [
            i for i, s in enumerate(self._starts) if s <= end and start <= s + len(self._texts[i])
        ]
        for i in touching:
            a, b = max(start, self._starts[i]), min(end, self._starts[i] + len(self._texts[i]))
            if (
                text[a - start : b - start]
                != self._texts[i][a - self._starts[i] : b - self._starts[i]]
            ):
                return False
        if self.whole is not None or not text:
            return True
        merged_start = start
        if touching:
            first, last = touching[0], touching[-1]
            head = self._texts[first][: max(0, start - self._starts[first])]
            tail = self._texts[last][max(0, end - self._starts[last]) :]
            merged_start = min(start, self._starts[first])
            text = head + text + tail
        else:
            first, last = bisect_right(self._starts, start), -1
        stop = last + 1 if touching else first
        self._starts[first:stop] = [merged_start]
        self._texts[first:stop] = [text]
        return True

    def stretches(self):
        """Known stretches as (start, text), in order, apart from each other."""
        return list(zip(self._starts, self._texts, strict=True))

    def words(self):
        """Number of words in the known stretches, split at white space."""
        return sum(len(text.split()) for text in self._texts)

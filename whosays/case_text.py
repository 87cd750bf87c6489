"""Whole texts of documents: shipped, dropped in, or not at hand.

A lawful copy is recognised by its hash, whatever the file is called. A copy that
is the same text in other clothes (byte order mark, Windows line ends, another
encoding) is undressed, recognised, and said to be so; one that is nearly the same
text is not used, and how it differs is said.
"""

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from whosays import paths

_MAX_BYTES = 20 * 1024 * 1024
_CODECS = ("utf-8", "utf-16", "cp1251", "cp1252", "cp1254")


def digest(text):
    """sha256 of a text's UTF-8 bytes, as lower-case hex."""
    return sha256(text.encode("utf-8", errors="surrogatepass")).hexdigest()


@dataclass(frozen=True)
class Found:
    """A whole text and the file it came from; ``dress`` says how the file differs from the text."""

    text: str
    path: Path
    dress: str = ""


def dropped_in(folder):
    """Files that may be full texts, the pack's own ``fulltext/`` first, each folder by name.

    Parameters
    ----------
    folder : path-like
        The pack.

    Returns
    -------
    list of pathlib.Path
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
                variants.append((trimmed + "\n" * tail, [*off, "another number of line ends at the end"]))
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
    dict of str to Found
        Those at hand.
    """
    by_hash = {}
    for source_id, sha in wanted.items():
        by_hash.setdefault(sha, []).append(source_id)
    found, rest = {}, []
    for path in dropped_in(folder):
        data = path.read_bytes()
        if (sha := sha256(data).hexdigest()) in by_hash:
            for source_id in by_hash[sha]:
                found.setdefault(source_id, Found(data.decode("utf-8"), path))
        else:
            rest.append((path, data))
    for path, data in rest:
        if len(found) == len(wanted):
            break
        for text, dress in undressed(data):
            for source_id in by_hash.get(digest(text), ()):
                found.setdefault(source_id, Found(text, path, dress))
    return found

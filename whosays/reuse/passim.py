"""To passim and back (Smith, Cordell and Mullen 2015; github.com/dasmiq/passim, version 2).

passim aligns letters and is at its best on bad OCR. It loses a passage whose first shared letters
lie within 25 of the target's beginning, which on articles is the copy of a whole article; so every
text is padded with blanks on the way out, and the offsets are taken back on the way in.
"""

import json
from itertools import pairwise
from pathlib import Path

from .documents import read
from .result import PASSAGE_COLUMNS

PAD = 40


def to_passim(documents, path, *, series=None, pad=PAD, dates=None, outlets=None):
    """Write documents as passim reads them: one JSON object a line with id, series, text, date.

    Parameters
    ----------
    documents
        As for `find_reuse`.
    path : path-like
    series : Mapping, optional
        Id to series; passim does not compare documents of one series. Default: each its own.
    pad : int
        Blanks before each text; 26 or more, or whole copies are lost.

    Returns
    -------
    int
        How many documents.

    Raises
    ------
    ValueError, DocumentsError
    """
    if pad < 26:
        raise ValueError(
            f"pad is {pad}: passim loses copies that begin within 25 letters; give 26 or more."
        )
    read_ = read(documents, dates=dates, outlets=outlets)
    buffer, byte = read_.kept.buffer, read_.kept.byte
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        for doc, (begin, end) in zip(read_.ids, pairwise(byte), strict=True):
            text = buffer[begin : end - 1].tobytes().decode("utf-8", "surrogatepass")
            # passim cannot read half a surrogate pair; one code point for one keeps the offsets
            text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
            row = {"id": doc, "series": (series or {}).get(doc, doc), "text": " " * pad + text}
            if doc in read_.dates:
                row["date"] = read_.dates[doc]
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
    return len(read_.ids)


def from_passim(folder, *, pad=PAD):
    """Read passim's output back into the same tables.

    Parameters
    ----------
    folder : path-like
        passim's output folder, with ``align.json`` (from ``--pairwise``), ``out.json``, or both.
    pad : int
        As given to `to_passim`.

    Returns
    -------
    dict of str to pandas.DataFrame
        ``passages`` (columns as in `Reuse.passages`; ``score`` is passim's count of matching
        letters) from ``align.json``, ``clusters`` (``cluster, doc_id, start, end``) from
        ``out.json``.

    Raises
    ------
    FileNotFoundError
        When neither is there.
    ValueError
        When a line is not what passim writes; names file and line.
    """
    import pandas as pd

    folder = Path(folder)
    tables = {}
    if (folder / "align.json").exists():
        rows = sorted(_alignment(row, pad) for row in _lines(folder / "align.json", _ALIGN))
        tables["passages"] = pd.DataFrame(rows, columns=list(PASSAGE_COLUMNS))
    if (folder / "out.json").exists():
        rows = sorted(
            (row["cluster"], str(row["id"]), max(0, row["begin"] - pad), max(0, row["end"] - pad))
            for row in _lines(folder / "out.json", _OUT)
        )
        tables["clusters"] = pd.DataFrame(rows, columns=["cluster", "doc_id", "start", "end"])
    if not tables:
        raise FileNotFoundError(
            f"{folder} has neither align.json nor out.json: give passim's output folder (run it"
            " with --pairwise)."
        )
    return tables


_ALIGN = ("id", "id2", "begin", "end", "begin2", "end2", "matches")
_OUT = ("cluster", "id", "begin", "end")


def _alignment(row, pad):
    one = (str(row["id"]), max(0, row["begin"] - pad), max(0, row["end"] - pad))
    two = (str(row["id2"]), max(0, row["begin2"] - pad), max(0, row["end2"] - pad))
    kind = (
        "verbatim"
        if row["matches"] == row["end"] - row["begin"] == row["end2"] - row["begin2"]
        else "edited"
    )
    return (*min(one, two), *max(one, two), kind, float(row["matches"]))


def _lines(path, wanted):
    """Rows of a file, or of the part files of the folder Spark makes of it."""
    parts = sorted(path.glob("part-*.json")) if path.is_dir() else [path]
    for part in parts:
        with open(part, encoding="utf-8") as file:
            for n, line in enumerate(file, 1):
                try:
                    row = json.loads(line)
                    missing = [c for c in wanted if c not in row]
                except (ValueError, TypeError):
                    raise ValueError(
                        f"{part.name}, line {n}: not a JSON object, so not passim's."
                    ) from None
                if missing:
                    raise ValueError(
                        f"{part.name}, line {n}: no {', '.join(missing)}; is this passim 2's"
                        f" {path.name}?"
                    )
                yield row

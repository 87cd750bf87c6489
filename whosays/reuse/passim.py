"""To passim and back (Smith, Cordell and Mullen 2015; github.com/dasmiq/passim, version 2).

passim aligns letters and is at its best on bad OCR. It loses a passage whose first shared letters
lie within 25 of the target's beginning, which on articles is the copy of a whole article; so every
text is padded with blanks on the way out, and the offsets are taken back on the way in.
"""

import json
from pathlib import Path

from .documents import read
from .result import PASSAGE_COLUMNS

PAD = 40


def to_passim(documents, path, *, series=None, dates=None) -> int:
    """Write documents as passim reads them: one JSON object a line with id, series, text, date.

    Parameters
    ----------
    documents, dates
        As for `find_reuse`.
    path : path-like
    series : Mapping, optional
        Id to series; passim does not compare documents of one series. Default: each its own.

    Returns
    -------
    int
        How many documents.

    Raises
    ------
    DocumentsError
    """
    documents = read(documents, dates=dates)
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        for d, doc in enumerate(documents.ids):
            # passim cannot read half a surrogate pair; one code point for one keeps the offsets
            text = documents.kept.text(d).encode("utf-16", "surrogatepass")
            text = " " * PAD + text.decode("utf-16", "replace")
            row = {"id": doc, "series": (series or {}).get(doc, doc), "text": text}
            if doc in documents.dates:
                row["date"] = documents.dates[doc]
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
    return len(documents)


def from_passim(folder: Path) -> dict:
    """Read passim's output back into the same tables.

    Parameters
    ----------
    folder : path-like
        passim's output folder, with ``align.json`` (from ``--pairwise``), ``out.json``, or both.

    Returns
    -------
    dict of str to pandas.DataFrame
        ``passages`` from ``align.json``, with columns as in `Reuse.passages` (``score`` counts
        matching letters); ``clusters`` (``cluster, doc_id, start, end``) from ``out.json``.

    Raises
    ------
    FileNotFoundError, ValueError
        When neither is there; when a line is not what passim writes (names file and line).
    """
    import pandas as pd

    ways = {
        "align.json": ("passages", _alignment, PASSAGE_COLUMNS),
        "out.json": ("clusters", _holding, ("cluster", "doc_id", "start", "end")),
    }
    passages = {
        table: pd.DataFrame(sorted(_rows(Path(folder) / name, row_of)), columns=list(columns))
        for name, (table, row_of, columns) in ways.items()
        if (Path(folder) / name).exists()
    }
    if not passages:
        raise FileNotFoundError(
            f"{folder} has neither align.json nor out.json: give passim's output folder (run it"
            " with --pairwise)."
        )
    return passages


def _alignment(row):
    one = (str(row["id"]), *_unpadded(row["begin"], row["end"]))
    two = (str(row["id2"]), *_unpadded(row["begin2"], row["end2"]))
    matches = row["matches"]
    same = matches == row["end"] - row["begin"] == row["end2"] - row["begin2"]
    return (*min(one, two), *max(one, two), "verbatim" if same else "edited", float(matches))


def _holding(row):
    return (row["cluster"], str(row["id"]), *_unpadded(row["begin"], row["end"]))


def _unpadded(*places):
    return (max(0, place - PAD) for place in places)


def _rows(path, row_of):
    """Rows of a file, or of the part files of the folder that Spark makes of it."""
    for part in sorted(path.glob("part-*.json")) if path.is_dir() else [path]:
        with open(part, encoding="utf-8") as lines:
            for n, line in enumerate(lines, 1):
                try:
                    yield row_of(json.loads(line))
                except (ValueError, TypeError, KeyError) as error:
                    wrong = f"no {error}" if isinstance(error, KeyError) else "not a JSON object"
                    raise ValueError(
                        f"{part.name}, line {n}: {wrong}; is this passim 2's?"
                    ) from None

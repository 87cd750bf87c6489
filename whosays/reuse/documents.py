"""Reading documents: a mapping, a DataFrame, a folder, JSON Lines, Parquet, CSV.

Whatever they come from, documents are an id, a text, and where known a date and an outlet.
"""

import gzip
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from . import texts

ID = ("id", "doc_id", "source_id", "item_id")
TEXT = ("text", "body", "content")
DATE = ("date", "published", "time")
OUTLET = ("outlet", "publisher", "series")
_BLOCK = 4096


class DocumentsError(ValueError):
    """What is wrong with the documents given, all of it: ``problems``, a list of str."""

    def __init__(self, problems):
        self.problems = problems
        shown = "\n".join(f"  - {p}" for p in problems[:50])
        more = f"\n  and {len(problems) - 50} more." if len(problems) > 50 else ""
        super().__init__(f"{len(problems)} problem(s) with the documents:\n{shown}{more}")


@dataclass
class Documents:
    """Documents as read."""

    ids: list[str]
    kept: texts.Store
    dates: dict[str, str]  # only where known, as outlets
    outlets: dict[str, str]

    def __len__(self):
        return len(self.ids)


def read(documents, *, dates=None, outlets=None) -> Documents:
    """Read documents from whatever they are in.

    Parameters
    ----------
    documents : Mapping, pandas.DataFrame, path-like, or iterable
        A mapping of id to text (or to a row); a DataFrame or an iterable of rows with ``id``,
        ``text`` and perhaps ``date`` and ``outlet``; an iterable of (id, text); a folder of .txt
        files (the id is the path without its ending); a .jsonl, .parquet or .csv file, also .gz.
    dates, outlets : Mapping, optional
        Id to ISO 8601 date or time, id to outlet; they win over those read.

    Raises
    ------
    DocumentsError
        With every problem: no id, no text, an id twice, a line that is not JSON.
    FileNotFoundError
    """
    if isinstance(documents, (str, os.PathLike)):
        documents = Path(documents)
    corpus, problems, block, seen = Documents([], _store(documents), {}, {}), [], [], {}
    for where, row in _rows(documents):
        if isinstance(row, dict) and row.keys() != {"id", "text"}:
            row = _named(row)
        problem = row if isinstance(row, str) else _problem(row["id"], row["text"], seen)
        if problem:
            problems.append(f"{_place(where)}: {problem}")
            continue
        doc = str(row["id"])
        seen[doc] = where
        corpus.ids.append(doc)
        for into, name in ((corpus.dates, "date"), (corpus.outlets, "outlet")):
            value = row.get(name)
            if value is not None and value == value and value != "":
                into[doc] = value.isoformat() if hasattr(value, "isoformat") else str(value)
        block.append(row["text"])
        if len(block) >= _BLOCK:
            corpus.kept.extend(block)
            block.clear()
    corpus.kept.extend(block)
    if problems:
        raise DocumentsError(problems)
    corpus.dates.update({k: str(v) for k, v in (dates or {}).items() if v})
    corpus.outlets.update({k: str(v) for k, v in (outlets or {}).items() if v})
    return corpus


def _store(documents):
    if isinstance(documents, Path) and documents.is_file() and documents.suffix != ".gz":
        # a file is longer than its texts: one piece of memory, taken once
        return texts.Store(documents.stat().st_size + _BLOCK)
    return texts.Store()


def _problem(doc, text, seen):
    """What is wrong with a document, if anything."""
    if not isinstance(text, str):
        missing = text is None or text != text
        given = "missing" if missing else f"a {type(text).__name__}"
        return f"the text is {given}; give a string (leave the row out if there is none)."
    if doc is None or doc != doc or doc == "":
        return "there is no id; give every document one."
    if str(doc) in seen:
        before = _place(seen[str(doc)])
        return f"the id {str(doc)!r} was used at {before}; give each document its own."
    return ""


def _place(where):
    return where[0].format(*where[1:])


def _rows(documents):
    """Where each document stands (a format and its values), and its row, or what is wrong."""
    if isinstance(documents, Path):
        yield from _from_path(documents)
    elif isinstance(documents, Mapping):
        for doc, value in documents.items():
            row = dict(value) if isinstance(value, Mapping) else {"text": value}
            yield ("document {!r}", doc), row | {"id": doc}
    elif hasattr(documents, "itertuples"):
        _check_columns("the table", documents.columns)
        has_id = set(documents.columns) & set(ID)
        rows = zip(documents.index, documents.to_dict("records"), strict=True)
        for n, (label, row) in enumerate(rows, 1):
            yield ("row {}", n), row if has_id else {**row, "id": label}
    else:
        try:
            listed = enumerate(documents)
        except TypeError:
            raise TypeError(
                f"documents is a {type(documents).__name__}: give a mapping of id to text, a"
                " DataFrame, a list of rows, or the path of a folder, .jsonl, .parquet or .csv"
                " file."
            ) from None
        for n, row in listed:
            if not isinstance(row, Mapping):
                row = zip(("id", "text", "date", "outlet"), row, strict=False)
            yield ("row {}", n + 1), dict(row)


def _named(row):
    """A row under our names, whichever of the usual ones it came with."""
    pick = {"id": None, "text": None}
    for name, usual in (("id", ID), ("text", TEXT), ("date", DATE), ("outlet", OUTLET)):
        for column in usual:
            if column in row:
                pick[name] = row[column]
                break
    return pick


def _check_columns(where, columns):
    if not set(columns) & set(TEXT):
        has = ", ".join(map(repr, columns))
        raise DocumentsError([f"{where}: there is no column 'text' (it has {has})."])


def _from_path(path):
    kind = next((s.lower() for s in path.suffixes[::-1] if s.lower() != ".gz"), "")
    if not path.exists():
        raise FileNotFoundError(f"There is no file or folder {path}.")
    if path.is_dir():
        yield from _from_folder(path)
    elif kind in {".jsonl", ".ndjson", ".json"}:
        yield from _from_json_lines(path)
    elif kind in {".parquet", ".pq", ".csv", ".tsv"}:
        yield from _from_duckdb(path, kind)
    else:
        raise DocumentsError(
            [f"{path}: give a folder of .txt files, or a .jsonl, .parquet or .csv file."]
        )


def _from_folder(path):
    files = sorted(p for p in path.rglob("*.txt") if p.is_file())
    if not files:
        raise DocumentsError([f"{path}: there is no .txt file in it."])
    for file in files:
        name = file.relative_to(path).with_suffix("").as_posix()
        try:
            yield ("{}", file), {"id": name, "text": file.read_bytes().decode("utf-8")}
        except UnicodeDecodeError as error:
            yield ("{}", file), f"not UTF-8 (byte {error.start}); save it as UTF-8."


def _from_json_lines(path):
    try:
        from orjson import loads  # twice as fast, and otherwise the same
    except ImportError:
        loads = json.loads
    with _opened(path) as lines:
        for n, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                row = loads(line)
            except ValueError as error:
                row = f"not JSON ({error}); give one object a line, in UTF-8."
            else:
                if not isinstance(row, dict):
                    row = 'not an object; give {"id": ..., "text": ...}.'
            yield ("{}, line {}", path.name, n), row


def _opened(path):
    """A file to be read as bytes, unpacked where it is packed."""
    return gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb")


def _check_utf8(path):
    """Say where a table stops being UTF-8, which spreadsheets on Windows do not write unasked."""
    with _opened(path) as lines:
        for n, line in enumerate(lines, 1):
            try:
                line.decode("utf-8")
            except UnicodeDecodeError as error:
                before = line[: error.start].decode("utf-8")[-20:].strip()
                problem = (
                    f"{path.name}, row {n - 1} (line {n}): not UTF-8 after {before!r}; save the"
                    ' table anew as "CSV UTF-8".'
                )
                raise DocumentsError([problem]) from None


def _from_duckdb(path, kind):
    try:
        import duckdb
    except ImportError:
        raise ModuleNotFoundError(
            f"Reading {kind} files needs DuckDB, which is not installed. Install whosays[reuse], "
            "or read the table yourself and give find_reuse the DataFrame."
        ) from None
    reader = "read_parquet(?)" if kind in {".parquet", ".pq"} else "read_csv(?, all_varchar = true)"
    if kind in {".csv", ".tsv"}:
        _check_utf8(path)
    with duckdb.connect() as connection:
        cursor = connection.execute(f"select * from {reader}", [str(path)])
        columns = [c[0] for c in cursor.description]
        _check_columns(path, columns)
        blocks = iter(lambda: cursor.fetchmany(_BLOCK), [])
        for n, values in enumerate(chain.from_iterable(blocks), 1):
            yield ("{}, row {}", path.name, n), dict(zip(columns, values, strict=True))

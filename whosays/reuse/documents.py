"""Reading documents: a mapping, a DataFrame, a folder, JSON Lines, Parquet, CSV.

Whatever they come from, documents are an id, a text, and where known a date and an outlet.
"""

import gzip
import json
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
    """What is wrong with the documents given, all of it.

    Attributes
    ----------
    problems : list of str
    """

    def __init__(self, problems):
        self.problems = list(problems)
        shown = "\n".join(f"  - {p}" for p in self.problems[:50])
        more = f"\n  and {len(self.problems) - 50} more." if len(self.problems) > 50 else ""
        super().__init__(f"{len(self.problems)} problem(s) with the documents:\n{shown}{more}")


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
    documents : Mapping, pandas.DataFrame, path-like, Documents, or iterable
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
    if isinstance(documents, Documents):
        return documents
    taker = _Taker()
    for where, row in _rows(documents, taker):
        taker.take(where, row["id"], row["text"], row)
    made = taker.done()
    made.dates.update({k: str(v) for k, v in (dates or {}).items() if v})
    made.outlets.update({k: str(v) for k, v in (outlets or {}).items() if v})
    return made


class _Taker:
    def __init__(self):
        self.ids, self.seen, self.block = [], {}, []
        self.kept, self.dates, self.outlets, self.problems = texts.Store(), {}, {}, []

    def take(self, where, doc, text, row=()):
        """Take a document; ``where`` it stood is a format and its values, for messages."""
        if not isinstance(text, str):
            self.problems.append(
                f"{_place(where)}: the text is {_said(text)}; give a string (leave the row out if"
                " there is none)."
            )
            return
        if doc is None or doc != doc or doc == "":
            self.problems.append(f"{_place(where)}: there is no id; give every document one.")
            return
        doc = str(doc)
        if doc in self.seen:
            self.problems.append(
                f"{_place(where)}: the id {doc!r} was used at {_place(self.seen[doc])}; give each"
                " document its own."
            )
            return
        self.seen[doc] = where
        self.ids.append(doc)
        if len(row) > 2:
            for into, value in ((self.dates, row.get("date")), (self.outlets, row.get("outlet"))):
                if value is not None and value == value and value != "":
                    into[doc] = value.isoformat() if hasattr(value, "isoformat") else str(value)
        self.block.append(text)
        if len(self.block) >= _BLOCK:
            self.kept.extend(self.block)
            self.block = []

    def done(self):
        self.kept.extend(self.block)
        if self.problems:
            raise DocumentsError(self.problems)
        return Documents(self.ids, self.kept, self.dates, self.outlets)


def _place(where):
    return where[0].format(*where[1:])


def _said(value):
    return "missing" if value is None or value != value else f"a {type(value).__name__}"


def _rows(documents, taker):
    if isinstance(documents, (str, Path)) or hasattr(documents, "__fspath__"):
        yield from _from_path(Path(documents), taker)
    elif isinstance(documents, Mapping):
        for doc, value in documents.items():
            row = dict(value) if isinstance(value, Mapping) else {"text": value}
            yield ("document {!r}", doc), _named(row | {"id": doc})
    elif hasattr(documents, "itertuples"):
        yield from _from_frame(documents)
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
                row = dict(zip(("id", "text", "date", "outlet"), row, strict=False))
            yield ("row {}", n + 1), _named(row)


def _named(row):
    """A row under our names, whichever of the usual ones it came with."""
    pick = {"id": None, "text": None}
    for name, usual in (("id", ID), ("text", TEXT), ("date", DATE), ("outlet", OUTLET)):
        for column in usual:
            if column in row:
                pick[name] = row[column]
                break
    return pick


def _from_frame(frame):
    _check_columns("the table", frame.columns)
    named = set(frame.columns) & set(ID)
    for n, (label, row) in enumerate(zip(frame.index, frame.to_dict("records"), strict=True), 1):
        yield ("row {}", n), _named(row if named else {**row, "id": label})


def _check_columns(where, columns):
    if not set(columns) & set(TEXT):
        has = ", ".join(map(repr, columns))
        raise DocumentsError([f"{where}: there is no column 'text' (it has {has})."])


def _from_path(path, taker):
    if not path.exists():
        raise FileNotFoundError(f"There is no file or folder {path}.")
    if path.is_dir():
        files = sorted(p for p in path.rglob("*.txt") if p.is_file())
        if not files:
            raise DocumentsError([f"{path}: there is no .txt file in it."])
        for file in files:
            try:
                with open(file, encoding="utf-8", newline="") as opened:
                    text = opened.read()
            except UnicodeDecodeError as error:
                taker.problems.append(f"{file}: not UTF-8 (byte {error.start}); save it as UTF-8.")
                continue
            name = file.relative_to(path).with_suffix("").as_posix()
            yield ("{}", file), {"id": name, "text": text}
        return
    kind = next((s.lower() for s in path.suffixes[::-1] if s.lower() != ".gz"), "")
    if kind in {".jsonl", ".ndjson", ".json"}:
        yield from _from_json_lines(path, taker)
    elif kind in {".parquet", ".pq", ".csv", ".tsv"}:
        yield from _from_duckdb(path, kind)
    else:
        raise DocumentsError(
            [f"{path}: give a folder of .txt files, or a .jsonl, .parquet or .csv file."]
        )


def _from_json_lines(path, taker):
    loads = _json_loads()
    if path.suffix != ".gz":
        # a file is longer than its texts: one piece of memory, taken once
        taker.kept = texts.Store(path.stat().st_size + _BLOCK)
    name = path.name
    at = name.replace("{", "{{").replace("}", "}}") + ", line {}"
    with _opened(path) as lines:
        for n, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                row = loads(line)
            except ValueError as error:
                taker.problems.append(
                    f"{name}, line {n}: not JSON ({error}); give one object a line, in UTF-8."
                )
                continue
            if not isinstance(row, dict):
                taker.problems.append(
                    f'{name}, line {n}: not an object; give {{"id": ..., "text": ...}}.'
                )
                continue
            if row.keys() == {"id", "text"}:  # the plain names: nothing to look for
                taker.take((at, n), row["id"], row["text"])
            else:
                yield (at, n), _named(row)


def _opened(path):
    """A file to be read as bytes, unpacked where it is packed."""
    return gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb")


def _json_loads():
    """orjson where it is installed: it reads twice as fast, and otherwise the same."""
    try:
        from orjson import loads
    except ImportError:
        return json.loads
    return loads


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
            yield ("{}, row {}", path.name, n), _named(dict(zip(columns, values, strict=True)))

"""Reading the files of a pack without trusting them.

Nothing here raises on bad content: what is wrong becomes a ``PackProblem``, and
reading goes on, so that one broken table does not hide what is wrong in the others.
"""

import csv
import io
import json
import re
import unicodedata
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path, PurePosixPath

from ..base import paths
from ..text.spans import short
from . import schema as case_schema
from .problem import CellError, Problems

LONGEST_CELL = 131_072  # characters
MAX_BYTES = 50 * 1024 * 1024
MAX_DEPTH = 20

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x9f\ufffe\uffff]")
TURNED = re.compile("[\u202a-\u202e\u2066-\u2069]")
#: what UTF-8 looks like when it is read as Windows-1252 (Ã© for é, â€œ for a quotation mark)
MOJIBAKE = re.compile(
    "[ÃÂ][\u00a0-\u00bf]|â€[\u0153\u009d™˜”“¦\u0080-\u00bf]|[ÐÑ][\u00a0-\u00bf‚„…†‡ˆ‰‹]"
)
_PLAIN_NUMBER = re.compile(r"[+-]?[0-9][0-9.,]*%?")
_STAND_INS = {"nan", "none", "null", "n/a", "na", "-", "--", "#n/a"}


def shorten(value, width: int = 80) -> str:
    """A value as one short line, for messages."""
    return short(str(value), width)


class _Bad:
    """Stands for a cell that could not be read; rules that need the cell skip its row."""

    def __repr__(self):
        return "<unreadable>"

    def __bool__(self):
        return False


BAD = _Bad()


@dataclass
class ReadRow:
    """A row as read: its line, its cells as they stand, and typed (None if empty, or BAD)."""

    line: int
    cells: dict
    values: dict
    sound: bool = False  # set by the rules: the span is usable

    def has(self, *columns) -> bool:
        """Whether all these cells are filled and readable."""
        for column in columns:  # a loop: this is asked ten thousand times a pack
            value = self.values.get(column)
            if value is None or value is BAD:
                return False
        return True


@dataclass
class ReadTable:
    """A table as read. ``complete`` is False when rows may be missing from ``rows``."""

    schema: case_schema.TableSchema
    rows: list = field(default_factory=list)
    columns: list = field(default_factory=list)
    complete: bool = True
    problems: Problems = field(default_factory=Problems)

    @property
    def name(self) -> str:
        return self.schema.name

    def add(self, line: int, name: str, *cell, **words) -> None:
        """Add a problem of this table by its name; ``cell`` is a column, and what stands there."""
        self.problems.add(self.name, line, name, *cell, **words)

    def by_id(self) -> dict[str, ReadRow]:
        """Rows by key; the first of two with the same."""
        rows = {}
        for row in self.rows:
            if row.has(self.schema.key):
                rows.setdefault(row.values[self.schema.key], row)
        return rows


def case_folder(name_or_folder) -> Path:
    """The folder of a case: a path as it is, a bare name in ``data/``."""
    path = Path(name_or_folder)
    bare = isinstance(name_or_folder, str) and len(path.parts) == 1 and str(path) not in {".", ".."}
    in_data = paths.data() / path
    return in_data if bare and in_data.is_dir() else path


def inside(
    folder: Path, relative: str, place: str, problems: Problems, column: str | None = None, row=None
) -> Path:
    """The path of a file named inside a pack, or None with a problem when it leads outside.

    ``relative`` is the POSIX path as written in the pack, ``place`` the table or file to name in a
    problem, which is added to ``problems``.
    """
    path = PurePosixPath(relative)
    windows = "\\" in relative or re.match("[A-Za-z]:", relative)
    odd = "\x00" in relative or "://" in relative
    if path.is_absolute() or ".." in path.parts or windows or odd:
        name = "path-outside"
    else:
        try:
            if (folder / relative).resolve().is_relative_to(folder.resolve()):
                return folder / relative
            name = "path-outside.link"
        except (OSError, RuntimeError):
            name = "path-outside.nowhere"
    words = shorten(relative)
    problems.add(place, row, name, column, words, path=words)
    return None


def read_bytes(
    folder: Path, relative: str, place: str, problems: Problems, column: str | None = None, row=None
) -> bytes | None:
    """The bytes of a file of a pack; None with a problem where it cannot be read.

    It leads outside, is missing, no file or too large. All is given as to :func:`inside`.
    """
    path = inside(folder, relative, place, problems, column, row)
    if path is None:
        return None
    place = place if column is None else relative

    file = {"file": path.name}
    try:
        if not path.exists():
            return problems.add(place, None, "missing-file", **file)
        if not path.is_file():
            return problems.add(place, None, "missing-file.none", **file)
        if (size := path.stat().st_size) > MAX_BYTES:
            words = file | {"size": size, "most": MAX_BYTES}
            return problems.add(place, None, "too-large", None, str(size), **words)
        return path.read_bytes()
    except OSError as error:
        return problems.add(place, None, "unreadable", error=error.strerror, **file)


def decode(data, place: str, problems: Problems) -> str:
    """Bytes as text; wrong encoding, byte order mark, NUL and CR become problems.

    None when the bytes are not text in UTF-8 at all.
    """
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return problems.add(place, None, "encoding.utf-16")
    if data[:3] == b"\xef\xbb\xbf":
        problems.add(place, 1, "bom")
        data = data[3:]
    if b"\x00" in data:
        problems.add(place, data[: data.index(b"\x00")].count(b"\n") + 1, "nul")
        data = data.replace(b"\x00", b"")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        bad = data[error.start : error.end].hex(" ")
        problems.add(place, line, "encoding", None, bad, bad=bad)
        text = data.decode("utf-8", errors="replace")
    if "\r" in text:
        problems.add(place, text[: text.index("\r")].count("\n") + 1, "line-ends")
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text


def read_json(folder: Path, place: str, problems: Problems) -> dict:
    """A JSON file of a pack as plain values, or None with a problem."""
    data = read_bytes(folder, place, place, problems)
    text = decode(data, place, problems) if data is not None else None
    if text is None:
        return None
    try:
        value = json.loads(
            text, parse_constant=_refuse_constant, object_pairs_hook=_without_repeats
        )
        deep = _depth(value) > MAX_DEPTH
    except RecursionError:
        deep = True
    except ValueError as error:
        return problems.add(place, getattr(error, "lineno", None), "json", error=error)
    if deep:
        return problems.add(place, None, "nesting", most=MAX_DEPTH)
    if value is None:
        return problems.add(place, 1, "json.null", None, "null")
    return value


def _depth(value):
    """How deep lists and objects stand inside one another; no recursion, it may be very deep."""
    depth, level = 0, [value]
    while level := [v for v in level if isinstance(v, (dict, list))]:
        depth += 1
        level = list(chain.from_iterable(v.values() if isinstance(v, dict) else v for v in level))
    return depth


def _without_repeats(pairs):
    """An object as a dict; a name that stands twice in it would lose one of its values."""
    entries = dict(pairs)
    if len(entries) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"the name {shorten(twice)!r} stands twice in one object")
    return entries


def _refuse_constant(name):
    raise ValueError(f"{name} is not a JSON value")


def read_table(folder: Path, name: str, problems: Problems) -> ReadTable:
    """Read one table: text checks, header, rows, cells; what is wrong is added to ``problems``.

    Its ``complete`` is False when the file is missing or could not be read to its end.
    """
    table = ReadTable(case_schema.tables()[name], problems=problems)
    data = read_bytes(folder, f"{name}.csv", name, problems)
    text = decode(data, name, problems) if data is not None else None
    if text is None:
        table.complete = False
        return table
    records = _records(text, table)
    if not records:
        table.complete = False
        if not any(p.table == name for p in problems):
            table.add(1, "header", columns=",".join(table.schema.columns))
        return table
    if len(records[0][1]) == 1 and ";" in records[0][1][0]:
        table.add(1, "semicolons")
        table.complete = False
        return table
    header = _header(records[0][1], table)
    for line, record in records[1:]:
        if row := _row(line, record, header, table):
            table.rows.append(row)
    return table


def _records(text, table):
    """The records with the lines where they start, up to one that is not CSV."""
    records, last = [], 0
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        for record in reader:
            # csv has a limit of its own, which any library may have changed for the whole process
            if any(len(text) > LONGEST_CELL for text in record):
                raise csv.Error("field limit")
            records.append((last + 1, record))
            last = reader.line_num
    except csv.Error as error:
        table.complete = False
        name = "cell-too-large" if "field limit" in str(error) else "csv"
        table.add(last + 1, name, error=error, most=LONGEST_CELL)
    return records


def _header(names, table):
    """Column name by position; None where the column is not ours."""
    wanted, seen, header = set(table.schema.columns), set(), []
    ours = {"table": table.name, "columns": ", ".join(table.schema.columns)}

    def add(problem, name):
        table.add(1, problem, name, name, column=name, **ours)

    for name in names:
        if name in seen:
            add("duplicate-column", name)
        elif name not in wanted:
            add("extra-column", shorten(name))
        header.append(name if name in wanted - seen else None)
        seen.add(name)
    for name in table.schema.columns:
        if name not in seen:
            add("missing-column", name)
    if wanted == seen and names != table.schema.columns and len(names) == len(wanted):
        add("column-order", None)
    table.columns = [h for h in header if h]
    return header


def _row(line, record, header, table):
    if not record:
        table.add(line, "blank-line")
        return None
    ragged = len(record) != len(header)
    if ragged:
        table.add(line, "ragged", cells=len(record), columns=len(header))
    row = ReadRow(line, {}, {c: BAD if ragged else None for c in table.schema.columns})
    row.cells = {name: text for name, text in zip(header, record, strict=False) if name}
    for column in table.schema.fields:
        # A ragged row's cells may be one column off: only its id is of use, for references to it.
        if ragged and column.name != table.schema.key:
            continue
        if column.name not in row.cells:
            row.values[column.name] = BAD
            continue
        text = row.cells[column.name]
        try:
            row.values[column.name] = _cell(column, text, table, line)
        except CellError as error:
            row.values[column.name] = BAD
            if not ragged:
                row_id = shorten(row.cells.get(table.schema.key, "")) or None
                table.problems.add(
                    table.name, line, error.name, column.name, shorten(text), row_id, **error.words
                )
    return row


def _cell(column, text, table, line):
    if text == "":
        if column.required:
            raise CellError("required", column=column.name, description=column.description)
        return None
    verbatim = column.kind == "verbatim"
    if not (text.isascii() and text.isprintable()):
        _check_letters(column, text, table, line)
    if not verbatim:
        if text != text.strip():
            raise CellError("whitespace", text=shorten(text))
        if text.lower() in _STAND_INS:
            numeric = column.kind in {"number", "count", "offset"}
            raise CellError("not-a-number.stand-in" if numeric else "stand-in", text=text)
    # In exact text a dash is a dash; only what a spreadsheet would run is worth a word there.
    if text[0] in ("=+@" if verbatim else "=+-@") and not _PLAIN_NUMBER.fullmatch(text):
        words = {"text": shorten(text), "first": text[0]}
        if not verbatim:
            raise CellError("formula", **words)
        table.add(line, "formula.exact", column.name, shorten(text), **words)
    return case_schema.parse_cell(column, text)


def _check_letters(column, text, table, line):
    """CellError for characters that do not belong in a cell; exact text may hold most of them."""
    if match := _CONTROL.search(text):
        raise CellError("control-character", code=ord(match.group()))
    if column.kind == "verbatim":
        return
    if match := TURNED.search(text):
        raise CellError("direction-mark", code=ord(match.group()))
    if "\n" in text or "\t" in text:
        raise CellError("control-character.line")
    if match := MOJIBAKE.search(text):
        table.add(line, "mojibake", column.name, shorten(text), found=match.group())
    if not unicodedata.is_normalized("NFC", text):
        raise CellError("nfc", text=shorten(text))

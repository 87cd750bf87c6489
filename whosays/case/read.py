"""Reading the files of a pack without trusting them.

Nothing here raises on bad content: what is wrong becomes a ``Problem``, and
reading goes on, so that one broken table does not hide what is wrong in the others.
"""

import csv
import io
import json
import re
import unicodedata
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath

from ..base import paths
from ..text.spans import short
from . import schema as case_schema
from .schema import CellError

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


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong with a pack."""

    table: str  # the table (``claims``) or, for other files, the file (``datapackage.json``)
    row: int | None  # line of the file where the row starts; the header is line 1
    column: str | None
    value: str | None  # the cell as it stands, shortened
    rule: str  # short name of the rule, stable
    message: str  # what is wrong, in a sentence
    remedy: str  # what to do, in a sentence
    severity: str = "error"  # ``error`` (the pack is refused) or ``warning``
    id: str | None = None  # the row's id as it stands, where it has one

    def __str__(self):
        place = self.table if "." in self.table or "/" in self.table else f"{self.table}.csv"
        if self.row is not None:
            place += f", line {self.row}" + (f" ({self.id})" if self.id else "")
        if self.column is not None:
            place += f", column {self.column}"
        return f"{self.severity}: {place} [{self.rule}]\n  {self.message}\n  {self.remedy}"

    def as_dict(self):
        """The problem as a mapping of plain values."""
        return asdict(self)


def shorten(value, width=80):
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

    def has(self, *columns):
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
    problems: list = field(default_factory=list)

    @property
    def name(self):
        return self.schema.name

    def add(self, line, rule, message, remedy, column=None, value=None, **more):
        """Add a problem of this table; ``more`` as :class:`Problem` has it."""
        place = (self.name, line, column, value)
        self.problems.append(Problem(*place, rule, message, remedy, **more))

    def by_id(self):
        """Rows by key; the first of two with the same."""
        found = {}
        for row in self.rows:
            if row.has(self.schema.key):
                found.setdefault(row.values[self.schema.key], row)
        return found


def case_folder(name_or_folder) -> Path:
    """The folder of a case: a path as it is, a bare name in ``data/``."""
    path = Path(name_or_folder)
    bare = isinstance(name_or_folder, str) and len(path.parts) == 1 and str(path) not in {".", ".."}
    in_data = paths.data() / path
    return in_data if bare and in_data.is_dir() else path


def inside(folder: Path, relative, place, problems, column=None, row=None):
    """The path of a file named inside a pack, or None with a problem when it leads outside.

    ``relative`` is the POSIX path as written in the pack, ``place`` the table or file to name in a
    problem, which is added to ``problems``.
    """
    path = PurePosixPath(relative)
    windows = "\\" in relative or re.match("[A-Za-z]:", relative)
    odd = "\x00" in relative or "://" in relative
    if path.is_absolute() or ".." in path.parts or windows or odd:
        reason = f"{shorten(relative)!r} is not a path inside the pack."
    else:
        try:
            target = (folder / relative).resolve()
        except (OSError, RuntimeError):
            reason = f"{shorten(relative)!r} is a link that leads nowhere."
        else:
            if target.is_relative_to(folder.resolve()):
                return folder / relative
            reason = f"{shorten(relative)!r} is a link to a file outside the pack."
    remedy = (
        "Put the file itself into the pack's folder and name it by a relative path with forward"
        " slashes."
    )
    problems.append(Problem(place, row, column, shorten(relative), "path-outside", reason, remedy))
    return None


def read_bytes(path, place, problems):
    """The bytes of a file; None with a problem where it is missing, no file or too large."""

    def refuse(rule, message, remedy, value=None):
        problems.append(Problem(place, None, None, value, rule, message, remedy))

    try:
        if not path.exists():
            message = f"The file {path.name} is not there."
            return refuse("missing-file", message, "Add the file, or restore it.")
        if not path.is_file():
            remedy = "Put a file there in place of what it is."
            return refuse("missing-file", f"{path.name} is not a file.", remedy)
        if (size := path.stat().st_size) > MAX_BYTES:
            message = f"{path.name} has {size:,} bytes; a file of a pack has at most {MAX_BYTES:,}."
            remedy = "Split the case, or take out what does not belong in the table."
            return refuse("too-large", message, remedy, str(size))
        return path.read_bytes()
    except OSError as error:
        message = f"{path.name} cannot be read: {error.strerror}."
        return refuse("unreadable", message, "Check the file's permissions.")


def decode(data, place, problems):
    """Bytes as text; wrong encoding, byte order mark, NUL and CR become problems.

    None when the bytes are not text in UTF-8 at all.
    """
    save = "Save the file as UTF-8 without a byte order mark, with \\n at the end of lines."

    def add(rule, message, row=None, value=None):
        problems.append(Problem(place, row, None, value, rule, message, save))

    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return add("encoding", "The file is in UTF-16.")
    if data[:3] == b"\xef\xbb\xbf":
        add("bom", "The file starts with a byte order mark.", 1)
        data = data[3:]
    if b"\x00" in data:
        add("nul", "The file holds a NUL character.", data[: data.index(b"\x00")].count(b"\n") + 1)
        data = data.replace(b"\x00", b"")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        bad = data[error.start : error.end].hex(" ")
        message = f"The bytes {bad} are not UTF-8; the file may be in another encoding."
        add("encoding", message, line, bad)
        text = data.decode("utf-8", errors="replace")
    if "\r" in text:
        line = text[: text.index("\r")].count("\n") + 1
        add("line-ends", "The file has carriage returns (\\r).", line)
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text


def read_json(path, place, problems):
    """A JSON file as plain values, or None with a problem."""

    def refuse(line, value, *why):
        problems.append(Problem(place, line, None, value, *why))

    data = read_bytes(path, place, problems)
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
        message, line = f"The file is not JSON: {error}.", getattr(error, "lineno", None)
        return refuse(line, None, "json", message, "Correct the file at that line.")
    if deep:
        message = f"The file is nested more than {MAX_DEPTH} levels deep."
        remedy = "Write it anew: no file of a pack needs so many."
        return refuse(None, None, "nesting", message, remedy)
    if value is None:
        message, remedy = "The file says null: it holds nothing.", "Restore it, or make it anew."
        return refuse(1, "null", "json", message, remedy)
    return value


def _depth(value):
    """How deep lists and objects stand inside one another; no recursion, it may be very deep."""
    deepest, waiting = 0, [(value, 1)]
    while waiting:
        value, depth = waiting.pop()
        deepest = max(deepest, depth)
        if isinstance(value, (list, dict)):
            inner = value.values() if isinstance(value, dict) else value
            waiting += [(v, depth + 1) for v in inner if isinstance(v, (list, dict))]
    return deepest


def _without_repeats(pairs):
    """An object as a dict; a name that stands twice in it would lose one of its values."""
    made = dict(pairs)
    if len(made) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"the name {shorten(twice)!r} stands twice in one object")
    return made


def _refuse_constant(name):
    raise ValueError(f"{name} is not a JSON value")


def read_table(folder: Path, name: str, problems):
    """Read one table: text checks, header, rows, cells; what is wrong is added to ``problems``.

    Its ``complete`` is False when the file is missing or could not be read to its end.
    """
    table = ReadTable(case_schema.tables()[name], problems=problems)
    path = inside(folder, f"{name}.csv", name, problems)
    data = read_bytes(path, name, problems) if path else None
    text = decode(data, name, problems) if data is not None else None
    if text is None:
        table.complete = False
        return table
    records = _records(text, table)
    if not records:
        table.complete = False
        if not any(p.table == name for p in problems):
            remedy = f"Write the header row: {','.join(table.schema.columns)}."
            table.add(1, "header", "The file is empty.", remedy)
        return table
    if len(records[0][1]) == 1 and ";" in records[0][1][0]:
        message = "The cells are separated by semicolons."
        remedy = (
            "Save the table as CSV with commas: in a spreadsheet, choose the comma when saving."
        )
        table.add(1, "semicolons", message, remedy)
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
        rule, what = "csv", f"The row is not CSV: {error}"
        remedy = (
            'Put a cell with a comma, a line end or a quotation mark (doubled: "") in quotation'
            " marks."
        )
        if "field limit" in str(error):
            rule, what = "cell-too-large", f"A cell has more than {LONGEST_CELL:,} characters"
            remedy = "Look for a quotation mark that is not closed, or shorten the cell."
        table.add(last + 1, rule, f"{what}; the rows after it were not read.", remedy)
    return records


def _header(names, table):
    """Column name by position; None where the column is not ours."""
    wanted, seen, header = set(table.schema.columns), set(), []
    all_columns = f"The columns of {table.name} are: {', '.join(table.schema.columns)}."

    def add(rule, message, name):
        table.add(1, rule, message, all_columns, name, name)

    for name in names:
        if name in seen:
            add("duplicate-column", f"The column {name!r} is there twice.", name)
        elif name not in wanted:
            add("extra-column", f"The table has no column {shorten(name)!r}.", shorten(name))
        header.append(name if name in wanted - seen else None)
        seen.add(name)
    for name in table.schema.columns:
        if name not in seen:
            add("missing-column", f"The column {name!r} is missing.", name)
    if wanted == seen and names != table.schema.columns and len(names) == len(wanted):
        add("column-order", "The columns are not in the order of the format page.", None)
    table.columns = [h for h in header if h]
    return header


def _row(line, record, header, table):
    if not record:
        table.add(line, "blank-line", "The line is blank.", "Delete the line.")
        return None
    ragged = len(record) != len(header)
    if ragged:
        message = f"The row has {len(record)} cells; the header has {len(header)}."
        remedy = (
            "Give the row a cell for every column; put cells that hold a comma in quotation marks."
        )
        table.add(line, "ragged", message, remedy)
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
                place = (column.name, shorten(text))
                table.add(line, error.rule, str(error), error.remedy, *place, id=row_id)
    return row


def _cell(column, text, table, line):
    if text == "":
        if column.required:
            raise CellError(
                "required", f"{column.name} is empty.", f"Fill it in: {column.description}"
            )
        return None
    if found := _CONTROL.search(text):
        raise CellError(
            "control-character",
            f"The cell holds the control character U+{ord(found.group()):04X}.",
            "Take the character out; if it is in the document itself, leave the passage unquoted.",
        )
    verbatim, place = column.kind == "verbatim", (column.name, shorten(text))
    if not verbatim:
        _check_words(text)
        if found := MOJIBAKE.search(text):
            message = f"{found.group()!r} looks like letters that were read in a wrong encoding."
            remedy = "Open the table as UTF-8 and put the right letters in."
            table.add(line, "mojibake", message, remedy, *place, severity="warning")
        if text.strip().lower() in _STAND_INS:
            rule = "not-a-number" if column.kind in {"number", "count", "offset"} else "stand-in"
            remedy = "Leave the cell empty when nothing is known."
            raise CellError(rule, f"{text!r} stands for nothing.", remedy)
    # In exact text a dash is a dash; only what a spreadsheet would run is worth a word there.
    if text[0] in ("=+@" if verbatim else "=+-@") and not _PLAIN_NUMBER.fullmatch(text):
        message = (
            f"{shorten(text)!r} starts with {text[0]!r}: a spreadsheet would take it for a formula."
        )
        if not verbatim:
            raise CellError("formula", message, "Begin the cell with another character.")
        remedy = "Begin the passage one character earlier or later, if that can be done."
        table.add(line, "formula", message, remedy, *place, severity="warning")
    if not verbatim and not unicodedata.is_normalized("NFC", text):
        raise CellError(
            "nfc",
            f"{shorten(text)!r} writes its accents apart from their letters.",
            "Write it in Unicode normal form NFC; an editor's or Python's normalisation does it.",
        )
    return case_schema.parse_cell(column, text)


def _check_words(text):
    """CellError for what does not belong in a cell that is no exact text of a document."""
    if found := TURNED.search(text):
        raise CellError(
            "direction-mark",
            f"The cell holds the invisible direction mark U+{ord(found.group()):04X}.",
            "Take it out: it lets words be read in another order than they stand.",
        )
    if "\n" in text or "\t" in text:
        raise CellError(
            "control-character",
            "The cell holds a line end or a tab.",
            "Write the cell on one line.",
        )
    if text != text.strip():
        raise CellError(
            "whitespace",
            f"{shorten(text)!r} starts or ends with white space.",
            "Take the white space off.",
        )

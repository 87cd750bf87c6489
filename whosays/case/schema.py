"""The one schema of a case pack, and how a cell of each kind is read.

``schema.json`` holds a Frictionless Table Schema for every table; each field
also says, under ``whosays``, what kind of cell it is (an id, a list, spans, a relay
chain, exact text) and which table it refers to. Everything that knows the columns
of a pack gets them from here.
"""

import itertools
import json
import math
import re
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path

from ..text.chain import Step
from .problem import CellError

ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]*)")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
_BOOLEAN = re.compile("true|false")
_SHA256 = re.compile("[0-9a-f]{64}")
_NO_NUMBERS = {"nan", "inf", "infinity", "none", "null", "na", "n/a"}
_SPAN = re.compile(r"(0|[1-9][0-9]*)-(0|[1-9][0-9]*)")


@dataclass(frozen=True)
class Field:
    """A column: its name, what kind of cell it holds, and what it refers to."""

    name: str
    kind: str
    required: bool = False
    to: str | None = None
    among: tuple = ()
    minimum: int | None = None
    description: str = ""


@dataclass(frozen=True)
class TableSchema:
    """A table: its name, its columns in order, its key."""

    name: str
    title: str
    optional: bool
    fields: tuple
    descriptor: dict = field(compare=False, hash=False)

    @property
    def key(self) -> str:
        return self.fields[0].name

    @property
    def columns(self) -> list[str]:
        return [f.name for f in self.fields]


@cache
def tables() -> dict[str, TableSchema]:
    """Every table of a pack by its name, as TableSchema, in the order of the format page."""
    text = Path(__file__).with_name("schema.json").read_text(encoding="utf-8")
    schemas = {}
    for entry in json.loads(text)["tables"]:
        fields = tuple(map(_field, entry["schema"]["fields"]))
        schemas[entry["name"]] = TableSchema(
            entry["name"], entry["title"], entry["optional"], fields, entry["schema"]
        )
    return schemas


def _field(raw):
    limits, own = raw.get("constraints", {}), raw["whosays"]
    return Field(
        raw["name"], own["kind"], limits.get("required", False), own.get("to"),
        tuple(limits.get("enum") or own.get("among", ())), limits.get("minimum"),
        raw["description"],
    )  # fmt: skip


def meanings(table: str, column: str) -> dict[str, str]:
    """What each word of a column with few words means, as a mapping in the schema's order."""
    fields = tables()[table].descriptor["fields"]
    return next(raw["whosays"]["means"] for raw in fields if raw["name"] == column)


def csv_resource(name: str, title: str, encoding: str, **more) -> dict:
    """The Frictionless resource of a table in ``NAME.csv``; ``more`` holds its schema."""
    described = {"name": name, "path": f"{name}.csv", "title": title, "type": "table"}
    described |= {"scheme": "file", "format": "csv", "mediatype": "text/csv", "encoding": encoding}
    return {**described, **more}


def resource(name: str) -> dict:
    """The Frictionless resource a pack's ``datapackage.json`` holds for a table."""
    table = tables()[name]
    profile = "tabular-data-resource"
    return csv_resource(name, table.title, "utf-8", profile=profile, schema=table.descriptor)


def datapackage(name: str, title: str, present, **more) -> dict:
    """A ``datapackage.json`` for a pack, as a mapping.

    Of the tables, those that every pack has are listed, and those that are ``present``; ``more`` is
    any other property (``description``, ``licenses``, ``contributors``, ...).
    """
    listed = [t for t, schema in tables().items() if not schema.optional or t in present]
    return {
        "$schema": "https://datapackage.org/profiles/1.0/datapackage.json",
        "name": name,
        "title": title,
        **more,
        "resources": [resource(t) for t in listed],
    }


def write_datapackage(folder: Path, title: str | None = None) -> Path:
    """Write (or bring up to date) the ``datapackage.json`` of a pack, by its folder.

    What an existing file says besides the resources (title, licences, ...) is kept. The title is
    needed the first time.

    Raises
    ------
    ValueError
        When there is a file that is not a JSON object; it is left as it is.
    """
    path = Path(folder) / "datapackage.json"
    try:
        descriptor = dict(json.loads(path.read_text(encoding="utf-8"))) if path.exists() else {}
    except (TypeError, ValueError):
        raise ValueError(
            f"{path.name} is not a JSON object: correct it, or delete it to start anew."
        ) from None
    descriptor = {k: v for k, v in descriptor.items() if k not in {"resources", "$schema"}}
    properties = {"name": path.parent.resolve().name, "title": "", **descriptor}
    properties["title"] = title or properties["title"]
    present = {p.stem for p in path.parent.glob("*.csv")}
    text = json.dumps(datapackage(present=present, **properties), ensure_ascii=False, indent=1)
    path.write_text(text + "\n", encoding="utf-8", newline="\n")
    return path


def parse_date(text: str) -> str:
    """Read an ISO 8601 date as exact as known; returns it unchanged or raises CellError."""
    if match := _DATE.fullmatch(text):
        with suppress(ValueError):
            date(*(int(part or 1) for part in match.groups()))
            return text
    raise CellError("date", text=text)


def parse_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Read ``120-134;150-162`` as a tuple of (start, end), in order and apart; else CellError."""
    spans = []
    for piece in text.split(";"):
        match = _SPAN.fullmatch(piece)
        if not match:
            raise CellError("spans", piece=piece, text=text)
        spans.append((int(match[1]), int(match[2])))
    for start, end in spans:
        if start >= end:
            raise CellError("span-reversed", start=start, end=end)
    for (a, b), (c, d) in itertools.pairwise(spans):
        if c < b:
            raise CellError("spans-overlap", a=a, b=b, c=c, d=d)
    return tuple(spans)


def parse_chain(text: str, hows) -> tuple[Step, ...]:
    """Read ``azernews:masthead > azertac:explicit`` as a tuple of Step; else CellError."""
    steps = []
    for piece in text.split(" > "):
        agent, colon, how = piece.partition(":")
        if not colon or not ID.fullmatch(agent):
            raise CellError("chain", piece=piece)
        if how not in hows:
            raise CellError("chain-how", how=how, piece=piece, among=", ".join(hows))
        steps.append(Step(agent, how))
    return tuple(steps)


def parse_list(text: str) -> tuple[str, ...]:
    """Read ``armenian-mfa; mutalibov`` as a tuple of str; else CellError."""
    entries = text.split("; ")
    if any(not e or e != e.strip() or ";" in e for e in entries):
        raise CellError("list", text=text)
    if len(set(entries)) < len(entries):
        raise CellError("list-repeats", text=text)
    return tuple(entries)


def _number(text, pattern, make, what):
    if not pattern.fullmatch(text):
        if text.strip().lower().lstrip("+-") in _NO_NUMBERS:
            raise CellError("not-a-number", text=text)
        raise CellError("number", text=text, what=what)
    number = make(text) if len(text) < 300 else math.inf
    if not math.isfinite(number):
        raise CellError("not-a-number.large", text=text)
    return number


def parse_cell(column: Field, text: str):
    """Read one cell that is not empty; CellError where that cannot be done.

    A str, int, float, bool, or a tuple of str, of (int, int) or of Step comes back.
    """
    read = _READERS.get(column.kind)
    return read(column, text) if read else text


def _formed(text, pattern, problem):
    """The text itself, where it looks as a cell of its kind does."""
    if not pattern.fullmatch(text):
        raise CellError(problem, text=text)
    return text


def _among(text, column, problem):
    """The text itself, where it is one of the words of a column."""
    if text not in column.among:
        raise CellError(problem, text=text, column=column.name, among=", ".join(column.among))
    return text


def _enum(column, text):
    return _among(text, column, "label" if column.name.endswith("label") else "not-in-list")


def _whole(column, text):
    number = _number(text, _INTEGER, int, "a whole number")
    if number < column.minimum:
        raise CellError("minimum", number=number, least=column.minimum)
    return number


def _decimal(column, text):
    number = _number(text, _NUMBER, float, "a number")
    return int(number) if "." not in text else number


def _entries(column, text):
    entries = parse_list(text)
    for entry in entries:
        if column.among:
            _among(entry, column, "not-in-list.list")
        if column.to:
            _formed(entry, ID, "id.list")
    return entries


# kind of a column -> how a cell of it is read; of any other kind it is the text itself
_READERS = {
    **dict.fromkeys(("id", "key", "ref"), lambda column, text: _formed(text, ID, "id")),
    "enum": _enum, "offset": _whole, "count": _whole, "number": _decimal, "list": _entries,
    "sha256": lambda column, text: _formed(text, _SHA256, "sha256-form"),
    "boolean": lambda column, text: _formed(text, _BOOLEAN, "boolean") == "true",
    "date": lambda column, text: parse_date(text),
    "spans": lambda column, text: parse_spans(text),
    "chain": lambda column, text: parse_chain(text, column.among),
}  # fmt: skip

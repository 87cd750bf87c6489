"""A submission's notebook as data: its code, and nothing that it says about itself.

Stored outputs, tags and the kernel's name have no power here; of the metadata the language alone
is told.
"""

import json
import re
from dataclasses import dataclass

from ..exercise.spec import answer_name
from .handed import FileRefused, clean

MAX_CELLS = 5_000


@dataclass(frozen=True)
class NotebookCell:
    """A cell: its number among all cells from 1, whether it is code, and its source."""

    number: int
    code: bool
    source: str


@dataclass(frozen=True)
class Notebook:
    """A notebook's cells, its language where it names another than Python, and what was odd."""

    cells: tuple
    language: str = ""
    flags: tuple = ()


class OtherJson(FileRefused):
    """A file that is whole and is no notebook."""


@dataclass(frozen=True)
class Saved:
    """The answers a learner gave in fields: the last of each question, and the first tries."""

    answers: dict
    first: dict


def read_cells(data: bytes) -> Notebook:
    """A notebook as data, from the bytes of the file as handed in.

    Raises FileRefused when it is no notebook; the message says what it is instead.
    """
    text, flags = _text(data)
    if not text.strip():
        raise FileRefused("the file is empty")
    book = _parsed(text)
    cells = book.get("cells") if type(book) is dict else None
    if cells is None and type(book) is dict and type(book.get("worksheets")) is list:  # format 3
        sheets = [sheet for sheet in book["worksheets"] if type(sheet) is dict]
        cells = [c for sheet in sheets if type(sheet.get("cells")) is list for c in sheet["cells"]]
    if type(cells) is not list:
        raise OtherJson("the file is JSON, but no notebook")
    if len(cells) > MAX_CELLS:
        raise FileRefused(f"the notebook has more than {MAX_CELLS:,} cells")
    read = [
        NotebookCell(number, cell.get("cell_type") == "code", _source(cell))
        for number, cell in enumerate(cells, 1)
        if type(cell) is dict
    ]
    return Notebook(tuple(read), _other_language(book), flags)


def _text(data):
    """The text of a file, and what was odd about it."""
    if data[:2] == b"PK":
        raise FileRefused("the file is a zip named like a notebook")
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return data.decode(encoding), ()
    except UnicodeDecodeError:
        if data.lstrip()[:1] != b"{":
            raise FileRefused("the file is no text, so no notebook") from None
    # as an old editor of Windows saves it
    flag = "the file was not saved as UTF-8; letters with signs may be wrong"
    return data.decode("cp1252", "replace"), (flag,)


def _parsed(text):
    try:
        return json.loads(text)
    except RecursionError:
        raise FileRefused("the file is nested too deeply to be a notebook") from None
    except ValueError as error:
        if re.search(r"^<<<<<<< ", text, re.M):
            raise FileRefused("the file has the marks of a git conflict in it") from None
        where = f" at line {error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
        if not text.lstrip().startswith("{"):
            raise FileRefused("the file is no notebook") from None
        raise FileRefused(f"the file is damaged{where}, perhaps cut short") from None


def _other_language(book):
    """The language in the metadata, unless it is Python. The kernel's name says nothing."""
    metadata = book.get("metadata")
    metadata = metadata if type(metadata) is dict else {}
    for name, field in (("kernelspec", "language"), ("language_info", "name")):
        part = metadata.get(name)
        language = part.get(field) if type(part) is dict else None
        if type(language) is str and language.strip() and "python" not in language.lower():
            return clean(language, 30)
    return ""


def _source(cell):
    source = cell.get("source", cell.get("input", ""))
    if type(source) is list:
        source = "".join(part for part in source if type(part) is str)
    if type(source) is not str:
        return ""
    # what no text file can hold (NUL, halves of characters) no cell needs
    return re.sub(r"[\x00\ud800-\udfff]", "\ufffd", source).replace("\r\n", "\n")


def read_saved(data: bytes, set_name: str) -> Saved | None:
    """The answers of a set that a learner gave in fields, from a file of ``answers/``.

    None when the file is something else, or of another set.
    """
    try:
        saved = _parsed(_text(data)[0])
    except FileRefused:
        return None
    if type(saved) is not dict or saved.get("set") != set_name:
        return None
    parts = [saved.get(name) for name in ("answers", "first")]
    if not any(type(part) is dict for part in parts):
        return None
    return Saved(*(part if type(part) is dict else {} for part in parts))


# Patterns on what a student wrote take linear time: no part of them may run on without a bound and
# give back what it took.


def mentions(source: str, identity: str) -> bool:
    """Whether a cell's code speaks of a question: by its variable, or by ``question("1.3")``."""
    asked = rf"question\([ \t]*+[\"']{re.escape(identity)}[\"'][ \t]*+\)"
    return re.search(rf"\b{answer_name(identity)}\b|{asked}", source) is not None


def sets(source, identity):
    """Whether a cell gives a question's variable a value other than the three dots of the copy."""
    name = answer_name(identity)
    given = rf"\b{name}\b[ \t]*+(?::[^=\n]{{0,200}})?=(?!=)[ \t]*+(?!\.\.\.|[ \t]*$)"
    checked = rf"question\([\"']{re.escape(identity)}[\"']\)\.check\((?!{name}\)|\))"
    return re.search(f"{given}|{checked}", source, re.M) is not None

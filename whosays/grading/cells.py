"""A submission's notebook as data: its code, and nothing that it says about itself.

Stored outputs, tags, metadata and the kernel's name have no power here.
"""

import json
import re
from dataclasses import dataclass

from .intake import Refused

MAX_CELLS = 5_000


@dataclass(frozen=True)
class Cell:
    """A cell: its number among all cells from 1, whether it is code, and its source."""

    number: int
    code: bool
    source: str


class NotPython(Refused):
    """A notebook for another language."""


def read_cells(data):
    """The cells of a notebook.

    Parameters
    ----------
    data : bytes
        The file as handed in.

    Returns
    -------
    list of Cell

    Raises
    ------
    Refused
        When it is no notebook; the message says what it is instead.
    """
    text = _text(data)
    if not text.strip():
        raise Refused("the file is empty")
    book = _parsed(text)
    cells = book.get("cells") if type(book) is dict else None
    if cells is None and type(book) is dict and type(book.get("worksheets")) is list:  # format 3
        cells = [
            c
            for sheet in book["worksheets"]
            if type(sheet) is dict and type(sheet.get("cells")) is list
            for c in sheet["cells"]
        ]
    if type(cells) is not list:
        raise Refused("the file is JSON, but no notebook")
    if len(cells) > MAX_CELLS:
        raise Refused(f"the notebook has more than {MAX_CELLS:,} cells")
    _python_only(book)
    return [
        Cell(number, cell.get("cell_type") == "code", _source(cell))
        for number, cell in enumerate(cells, 1)
        if type(cell) is dict
    ]


def _text(data):
    if data[:2] == b"PK":
        raise Refused("the file is a zip named like a notebook")
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise Refused("the file is no text, so no notebook") from None


def _parsed(text):
    try:
        return json.loads(text)
    except RecursionError:
        raise Refused("the file is nested too deeply to be a notebook") from None
    except ValueError as error:
        if re.search(r"^<<<<<<< ", text, re.M):
            raise Refused("the file has the marks of a git conflict in it") from None
        where = f" at line {error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
        if not text.lstrip().startswith("{"):
            raise Refused("the file is no notebook") from None
        raise Refused(f"the notebook is damaged{where}, perhaps cut short") from None


def _python_only(book):
    metadata = book.get("metadata")
    metadata = metadata if type(metadata) is dict else {}
    for name, field in (("kernelspec", "language"), ("language_info", "name")):
        part = metadata.get(name)
        language = part.get(field) if type(part) is dict else None
        if (
            type(language) is str
            and language.strip()
            and language.lower() not in ("python", "python3", "ipython")
        ):
            raise NotPython(f"the notebook is written for another language: {language[:30]}")


def _source(cell):
    source = cell.get("source", cell.get("input", ""))
    if type(source) is list:
        source = "".join(part for part in source if type(part) is str)
    # what no text file can hold (NUL, halves of characters) no cell needs
    return (
        re.sub(r"[\x00\ud800-\udfff]", "\ufffd", source).replace("\r\n", "\n")
        if type(source) is str
        else ""
    )


def read_saved(data, set_name):
    """The answers a learner gave in fields: a file from ``answers/``.

    Parameters
    ----------
    data : bytes
    set_name : str
        The set it must be of.

    Returns
    -------
    dict or None
        Answers by question; None when the file is something else.
    """
    try:
        kept = _parsed(_text(data))
    except Refused:
        return None
    if (
        type(kept) is not dict
        or kept.get("set") != set_name
        or type(kept.get("answers")) is not dict
    ):
        return None
    return {key: value for key, value in kept["answers"].items() if type(key) is str}

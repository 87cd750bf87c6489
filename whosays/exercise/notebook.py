"""Notebooks as plain data: read with clear errors, written to the same bytes everywhere."""

import json


class BadNotebook(ValueError):
    """A file that is not a readable notebook."""


def read_notebook(path) -> dict:
    """The notebook as a dictionary, every cell's source joined into one text.

    Raises BadNotebook when the file is not UTF-8, not JSON, or no notebook of format 4.
    """
    try:
        book = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise BadNotebook(f"{path.name} cannot be read as a notebook: {error}") from None
    if type(book) is not dict or book.get("nbformat") != 4 or type(book.get("cells")) is not list:
        raise BadNotebook(f"{path.name} is not a notebook of format 4")
    for cell in book["cells"]:
        source = cell.get("source", "")
        cell["source"] = (source if type(source) is str else "".join(source)).replace("\r\n", "\n")
    return book


def cell(kind: str, source: str, cell_id: str, metadata=None) -> dict:
    """One cell without outputs."""
    fields = {"cell_type": kind, "id": cell_id, "metadata": metadata or {}}
    fields["source"] = source.strip("\n")
    if kind == "code":
        fields |= {"execution_count": None, "outputs": []}
    return fields


def notebook_text(cells: list[dict], metadata: dict | None = None) -> str:
    """The text of a notebook: sorted keys, one source line a JSON line, ``\\n`` only.

    The cells are from :func:`cell`; ``metadata`` is what the notebook's has besides its kernel.
    """
    lined = [{**c, "source": c["source"].splitlines(keepends=True)} for c in cells]
    kernel = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
    about = {**(metadata or {}), "kernelspec": kernel, "language_info": {"name": "python"}}
    return json_text({"cells": lined, "metadata": about, "nbformat": 4, "nbformat_minor": 5})


def json_text(value) -> str:
    """JSON for a committed file: the same bytes on every system."""
    return json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n"

"""Writing a new case: a folder of texts becomes a pack that ``whosays check-case`` accepts.

Nothing that is there is ever changed: a folder that holds a case is refused, and an update only
puts new rows after those that are there.
"""

from dataclasses import dataclass, field
from pathlib import Path

from ..case import schema as case_schema
from ..case.check import inspect
from ..case.problem import PackProblem
from ..reuse.fingerprint import make_fingerprints, pack_place_names
from .draft import draft, id_of
from .heads import mend
from .tables import table_bytes, table_rows, write_files
from .texts import Skipped, read_folder
from .todolist import TODO_FILE, TodoList, todo
from .words import WORDS

#: what a pack puts into its folder: no texts of a case
OWN = {f"{name}.csv" for name in case_schema.tables()}
OWN |= {"datapackage.json", TODO_FILE, "texts", "fingerprints", "fulltext"}


class NewCaseError(Exception):
    """Why no case was made; its text is the sentence to show. Nothing was written."""


@dataclass
class Made:
    """What was made."""

    folder: Path
    added: dict[str, str] = field(default_factory=dict)  # source id to the file it came from
    again: list[str] = field(default_factory=list)  # files whose text was in the case already
    # source id to the file that took the place of its text: only the head is another
    mended: dict[str, str] = field(default_factory=dict)
    skipped: list[Skipped] = field(default_factory=list)
    # source id to sentences on how it was read
    said: dict[str, list[str]] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)  # new rows by table
    # what ``whosays check-case`` finds; errors would be a fault of the kit
    problems: list[PackProblem] = field(default_factory=list)
    todo: TodoList | None = None

    def summary(self):
        """What is new, in a sentence."""
        counted = ((self.counts.get(t, 0), name) for t, name in WORDS["counted"].items())
        new = [f"{n} {name}{'s' * (n != 1)}" for n, name in counted if n]
        return ", ".join(new) + "." if new else "nothing new."


def new_case(
    folder: Path,
    texts: Path | None = None,
    update: bool = False,
    title: str | None = None,
    progress=None,
) -> Made:
    """Make a case pack in a folder, which is made when it is not there, from a folder of texts.

    The texts (.txt, .md, .html, .docx, .pdf) lie in the pack's folder itself by default, and its
    title is the folder's name. With ``update`` the texts that are new are added to a case that is
    there: its rows stay as they are, to the byte, but for those of a text whose head was mended in
    its file. ``progress`` is called with what is done now and how much of the whole is behind it,
    from 0 to 1.

    Raises
    ------
    NewCaseError
        When there is a case already, no text, or no folder.
    """
    folder = Path(folder)
    place = folder if texts is None else Path(texts)
    there = _is_a_case(folder)
    if folder.exists() and not folder.is_dir():
        raise NewCaseError(f"{folder.name} is a file: give the name of a folder for the case.")
    if there and not update:
        raise NewCaseError(
            f"There is a case in {folder.name} already, and nothing was changed. To add texts that"
            " are new, run this again with --update: every row that is there stays as it is. To"
            " start afresh, give another folder."
        )
    if not place.is_dir():
        raise NewCaseError(
            f"There is no folder {place.name}: give the folder that holds your texts with --from."
        )
    rows, known = _kept(folder) if there else ({}, {})
    inside = folder.resolve() if folder.resolve() != place.resolve() else None
    texts_read, skipped = read_folder(place, _own(folder, there) if inside is None else (), inside)
    again = [text for text in texts_read if text.text in set(known.values())]
    new = [text for text in texts_read if text not in again]
    if not new and not there:
        raise NewCaseError(_nothing(place, skipped))
    outcome = Made(folder, again=[text.file for text in again], skipped=skipped)
    for text in [text for text in new if id_of(text.file) in known]:
        if mend(folder, id_of(text.file), text):
            outcome.mended[id_of(text.file)] = text.file
            new.remove(text)
    if outcome.mended:
        rows, known = _kept(folder)
    prints = {}
    if new:
        first = draft(new, rows, known, progress)
        outcome.added, outcome.said = first.files, {k: v for k, v in first.said.items() if v}
        outcome.counts = {name: len(added) for name, added in first.tables.items() if added}
        prints = make_fingerprints(first.texts, pack_place_names(folder))
        _write_all(folder, _files(folder, first, prints))
        case_schema.write_datapackage(folder, title or (None if there else folder.resolve().name))
    pack = inspect(folder, prints)
    outcome.problems = pack.problems
    outcome.todo = todo(folder, skipped, pack)
    outcome.todo.write(folder)
    return outcome


def _own(folder, there):
    """The names that belong to a case; before there is one, a README is a text like others."""
    todo_files = {path.name for path in folder.glob("TODO-kept-*.md")}
    return OWN | todo_files | ({"README.md"} if there else set())


def _is_a_case(folder):
    names = [*(f"{name}.csv" for name in case_schema.tables()), "datapackage.json"]
    return any((folder / name).exists() for name in names)


def _nothing(place, skipped):
    if not skipped:
        return f"There is no text in {place.name}: put .txt, .md, .html, .docx or .pdf files there."
    named = "\n".join(f"  {one}" for one in skipped)
    return f"None of the files in {place.name} could be read, so no case was made.\n{named}"


def _kept(folder):
    """The rows of a case as they stand in its files, and its texts."""
    pack = inspect(folder)
    errors = [p for p in pack.problems if p.severity == "error"]
    if errors:
        raise NewCaseError(
            f"The case in {folder.name} has {len(errors)} error{'s' * (len(errors) != 1)}, and"
            " nothing was changed. Mend them first; whosays check-case names each. The first:"
            f" {errors[0]}"
        )
    return table_rows(pack), dict(pack.texts)


def _files(folder, first, prints):
    """Path below the folder -> bytes, for everything the first pass writes."""
    files = {}
    for source_id, fingerprint in prints.items():
        files[f"texts/{source_id}.txt"] = first.texts[source_id].encode("utf-8")
        files[f"fingerprints/{source_id}.json"] = fingerprint.to_json().encode("utf-8")
    for name, schema in case_schema.tables().items():
        path, rows = folder / f"{name}.csv", first.tables[name]
        before = path.read_bytes() if path.exists() else b""
        if rows or (not before and not schema.optional):
            files[f"{name}.csv"] = table_bytes(name, rows, before)
    return files


def _write_all(folder, files):
    """Write files below a folder; a full disk leaves no half of a case."""
    new = {folder / name: data for name, data in files.items()}
    try:
        write_files(new)
    except OSError as error:
        why = error.strerror or error
        raise NewCaseError(f"The case could not be written to {folder.name} ({why}).") from None

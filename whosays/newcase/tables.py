"""The tables of a case as they stand: changed in memory, written when all is well, and taken back.

What would break the pack is refused in a sentence, and then nothing is changed: after every change
the pack still passes ``whosays check-case``, if it did before.
"""

import csv
import hashlib
import io
import json
import os
from collections.abc import Callable
from functools import lru_cache, wraps
from pathlib import Path

from ..case import schema as case_schema
from ..case.case import no_column, no_row, state_of
from ..case.check import Inspection, inspect
from ..case.first_pass import FIRST
from ..reuse.fingerprint import make_fingerprints, pack_place_names
from ..text.spans import CONTEXT
from ..view.view import Sentence
from .draft import GIVEN, TODO, own_statement
from .names import Agents, free


class TableEdit(Sentence):
    """Whether something was ``done``, and a sentence that ``says`` what, or why nothing was."""

    def __init__(self, done, says):
        super().__init__(says if done else f"Nothing was changed. {says}")
        self.done, self.says = done, says


#: the note of a claim that somebody has chosen for the lesson and not worded yet
CHOSEN = f"{FIRST}: chosen"


class Refused(Exception):
    """Why a change was not made; its text is the sentence to show."""


class Tables:
    """The tables of a pack as they stand, changed in memory first and written when all is well."""

    def __init__(self, folder):
        self.folder = Path(folder)
        self.pack = _inspected(self.folder)
        self.before = {str(p) for p in self.pack.problems if p.severity == "error"}
        # letters that were read wrongly would be written back wrongly, and lost
        first = next((p for p in self.pack.problems if p.rule in ("encoding", "nul")), None)
        if any(not table.complete for table in self.pack.tables.values()):
            first = first or next(p for p in self.pack.problems if p.severity == "error")
        if first:
            raise Refused(f"{first.table} cannot be read: {first.message} {first.remedy}")
        self.rows, self.texts = table_rows(self.pack), {}

    def key(self, table: str) -> str:
        return case_schema.tables()[table].key

    def row(self, citation: str) -> tuple[str, dict[str, str]]:
        table, _, row_id = str(citation).strip("[] ").partition("/")
        if table not in self.rows:
            raise Refused(
                f"{citation!r} names no table: write table/row, with one of {', '.join(self.rows)}."
            )
        by_id = {row[self.key(table)]: row for row in self.rows[table]}
        if row_id not in by_id:
            raise Refused(no_row(table, row_id, by_id))
        return table, by_id[row_id]

    def find(self, table: str, row_id: str) -> dict[str, str]:
        """A row of a table by its id, with or without the table's name before it."""
        return self.row(f"{table}/{row_id.removeprefix(f'{table}/')}")[1]

    def free(self, table: str, wanted: str) -> str:
        """An id that no row of a table has: the one that is wanted, or with a number after it."""
        return free(wanted, {row[self.key(table)] for row in self.rows[table]})

    def add_voices(self, agents: Agents, seen_at: str = "texts/") -> None:
        """The rows that :class:`~whosays.newcase.names.Agents` has made."""
        for agent in agents.made:
            cells = {k: v for k, v in agent.items() if k != "agent_id"}
            self.add("agents", agent["agent_id"], cells | {"label": "VP", "seen_at": seen_at})

    def set(self, table: str, row, cells) -> None:
        columns = case_schema.tables()[table].columns
        for column, value in cells.items():
            if column not in columns:
                raise Refused(no_column(table, column, columns))
            row[column] = as_cell(value)

    def add(self, table: str, row_id: str, cells) -> dict[str, str]:
        columns = case_schema.tables()[table].columns
        if any(r[self.key(table)] == row_id for r in self.rows[table]):
            raise Refused(f"There is a row {row_id!r} in {table} already: fill() changes it.")
        row = {column: "" for column in columns}
        self.rows[table].append(row)
        self.set(table, row, {self.key(table): row_id, **cells})
        return row

    def put_text(self, source, text):
        """Another text for a document, whose row is ``source``; it is written with the tables."""
        if not source["text"]:
            raise Refused(f"The text of {source['source_id']} does not lie in the case.")
        self.texts[source["source_id"]] = source["text"], text

    def write(self) -> None:
        """Write what changed; put everything back when the pack has a new error."""
        folder = self.folder
        as_read = table_rows(self.pack)
        changed = [name for name, rows in self.rows.items() if rows != as_read[name]]
        new = {folder / f"{name}.csv": table_bytes(name, self.rows[name]) for name in changed}
        new |= {folder / path: text.encode("utf-8") for path, text in self.texts.values()}
        old = _now([*new, folder / "datapackage.json"])
        try:
            _put_all(new)
            if self.texts or "place_names" in changed:
                # other words, or other spellings and so other folding: fingerprints are made anew
                texts = self.pack.texts | {name: text for name, (_, text) in self.texts.items()}
                fingerprints = make_fingerprints(texts, pack_place_names(folder))
                prints = {
                    folder / "fingerprints" / f"{source_id}.json": one.to_json().encode("utf-8")
                    for source_id, one in fingerprints.items()
                }
                old |= _now(prints)
                _put_all(prints)
            case_schema.write_datapackage(folder)
            errors = [p for p in _inspected(folder).problems if p.severity == "error"]
            # a problem names its line, and a new row may move the lines of old problems
            worse = [p for p in errors if str(p) not in self.before]
            if worse and len(errors) > len(self.before):
                raise Refused(" ".join(f"{_where(p)}: {p.message} {p.remedy}" for p in worse[:5]))
            _remember(folder, old)
        except BaseException:  # whatever stops it halfway: no half of a change is left
            _put_all(old)
            raise


#: where what was there before each change is kept, and how many changes can be taken back
UNDO, MOST_STEPS = ".undo", 100


def _now(paths):
    """What files hold, None for those that are not there."""
    return {path: path.read_bytes() if path.exists() else None for path in paths}


def _put_all(files):
    for path, data in files.items():
        path.unlink(missing_ok=True) if data is None else _put(path, data)


def write_files(files) -> None:
    """Write files, given as bytes by path, and make their folders: all of them, or none.

    None takes a file away.

    Raises
    ------
    OSError
        After everything was put back as it was.
    """
    old = _now(files)
    try:
        for folder in {path.parent for path in files}:
            folder.mkdir(parents=True, exist_ok=True)
        _put_all(files)
    except BaseException:
        _put_all(old)
        raise


def _digests(folder, names):
    """The SHA-256 of every table and of the files named, None for those that are not there."""
    names = {*names, *(path.name for path in folder.glob("*.csv"))}
    stamps = _now(folder / name for name in sorted(names))
    return {
        path.relative_to(folder).as_posix(): data and hashlib.sha256(data).hexdigest()
        for path, data in stamps.items()
    }


def _remember(folder, old):
    """Keep what the files held before a change, and a digest of what they hold now."""
    place = folder / UNDO
    place.mkdir(exist_ok=True)
    steps = sorted(place.glob("*.json"))
    number = int(steps[-1].stem) + 1 if steps else 1
    before = {
        path.relative_to(folder).as_posix(): None if data is None else data.decode("utf-8")
        for path, data in old.items()
    }
    step = {"before": before, "after": _digests(folder, before)}
    _put(place / f"{number:06}.json", json.dumps(step, ensure_ascii=False).encode("utf-8"))
    for oldest in steps[: max(0, len(steps) + 1 - MOST_STEPS)]:
        oldest.unlink()


def undo(folder: Path) -> TableEdit:
    """Take the last change back, also one of another day.

    It is refused when a table was changed in another way since then, by new texts or by another
    program: half of the case would be of one day and half of another.
    """
    folder = Path(folder)

    def work():
        steps = sorted((folder / UNDO).glob("*.json"))
        if not steps:
            raise Refused("There is nothing to undo.")
        write_files(_step(folder, steps[-1]) | {steps[-1]: None})
        return "The last change is taken back."

    return answered(work)


def _step(folder, path):
    """What the files held before a step, as bytes; refused when they are not as it left them."""
    try:
        step = json.loads(path.read_text(encoding="utf-8"))
        before, after = dict(step["before"]), dict(step["after"])
    except (KeyError, TypeError, ValueError):
        raise Refused(
            "The last change was kept by an older kit, or its file is damaged: it cannot be taken"
            " back."
        ) from None
    root = folder.resolve()
    if not all((root / name).resolve().is_relative_to(root) for name in {*before, *after}):
        raise Refused("The last change names a file outside the case: it cannot be taken back.")
    now = _digests(folder, after)
    if other := sorted(name for name in now if now[name] != after.get(name)):
        raise Refused(
            "The last change cannot be taken back: since then texts were added or another program"
            f" wrote in {', '.join(other)}."
        )
    return {
        folder / name: None if words is None else words.encode("utf-8")
        for name, words in before.items()
    }


def forget(tables: Tables, table: str, rows) -> None:
    """Take rows out of a table; nothing is written yet."""
    gone = {id(row) for row in rows}
    tables.rows[table] = [row for row in tables.rows[table] if id(row) not in gone]


def add_origin(tables: Tables, agent: str) -> str:
    """The id of the origin that is a voice's own statement; it is made where there is none."""
    for origin in tables.rows["origins"]:
        if origin["agent"] == agent:
            return origin["origin_id"]
    origin = tables.free("origins", f"said-by-{agent}"[:60])
    tables.add("origins", origin, own_statement(tables.find("agents", agent)))
    return origin


def _inspected(folder):
    """The pack as it is checked; not checked again while no file of it has changed."""
    state = state_of(folder.resolve())
    if not state[1]:
        raise Refused(f"There is no case in {folder.name}.")
    return _checked(folder, state)


@lru_cache(maxsize=1)
def _checked(folder, state):
    return inspect(folder)


def _where(problem):
    column = f", {problem.column}" if problem.column else ""
    return "/".join(filter(None, (problem.table, problem.id))) + column


def _put(path, data):
    beside = path.with_name(f".{path.name}.part")
    try:
        beside.write_bytes(data)
        os.replace(beside, path)
    finally:
        beside.unlink(missing_ok=True)


def as_cell(value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (list, tuple)):
        return "; ".join(map(str, value))
    return str(value)


def answered(work) -> TableEdit:
    """Run the work of a function; every refusal is a sentence."""
    try:
        return TableEdit(True, work())
    except Refused as error:
        return TableEdit(False, str(error))
    except OSError as error:
        name = Path(error.filename or "").name
        message = f"The file {name} cannot be written ({error.strerror})."
        return TableEdit(False, f"{message} Is it open in another program?")


def changing(folder: Path, work) -> TableEdit:
    """Change the tables of a case: they are read, changed by ``work(tables)``, and written.

    What ``work`` returns is the sentence that says what was done.
    """

    def whole():
        tables = Tables(folder)
        sentence = work(tables)
        tables.write()
        return sentence

    return answered(whole)


def change(work) -> Callable:
    """A function of a case's folder, made of one that works on its tables.

    Given tables it is a part of a larger change: whoever has opened them writes them.
    """

    @wraps(work)
    def changed(folder, *args, **cells):
        if isinstance(folder, Tables):
            return work(folder, *args, **cells)
        return changing(folder, lambda tables: work(tables, *args, **cells))

    return changed


def around(text, start, end):
    """The cells of a passage for the words on either side of it."""
    return {"prefix": text[max(0, start - CONTEXT) : start], "suffix": text[end : end + CONTEXT]}


def line_number(text, item, start):
    """In which non-blank line of an item a place lies, from 1."""
    above = text[int(item["start"]) : start + 1].split("\n")
    return sum(bool(line.strip()) for line in above)


def sweep(tables: Tables, table: str) -> None:
    """Take out rows of the first pass that nothing refers to any more."""
    used, key = set(), tables.key(table)
    for name, schema in case_schema.tables().items():
        for column in (c for c in schema.fields if c.to == table):
            for row in tables.rows[name]:
                words = row[column.name]
                steps = words.split(" > ") if column.kind == "chain" else words.split("; ")
                used |= {step.partition(":")[0] for step in steps}
    rows = {
        "origins": lambda row: row["note"].startswith(TODO) or row["what"].startswith(GIVEN),
        "agents": lambda row: row["seen_at"] == "texts/",
        "claims": lambda row: row["note"].startswith(FIRST) and row["note"] != CHOSEN,
        "passages": lambda row: row["quoted"] == "false" and row["about"].startswith("Begins: "),
    }[table]
    tables.rows[table] = [row for row in tables.rows[table] if row[key] in used or not rows(row)]


def table_rows(pack: Inspection) -> dict[str, list[dict]]:
    """The rows of a case by table, each a dict of cells as they stand in the file."""
    return {
        name: [
            {column: row.cells.get(column, "") for column in table.schema.columns}
            for row in table.rows
        ]
        for name, table in pack.tables.items()
    }


def table_bytes(name: str, rows: list[dict[str, str]], before=b"") -> bytes:
    """Rows as they stand in a table's file, behind what is in it already.

    The header is written only where there is nothing before.
    """
    columns = case_schema.tables()[name].columns
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    if not before:
        writer.writerow(columns)
    writer.writerows([row[column] for column in columns] for row in rows)
    gap = b"\n" if before and not before.endswith(b"\n") else b""
    return before + gap + out.getvalue().encode("utf-8")

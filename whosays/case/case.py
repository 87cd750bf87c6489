"""A case: the tables of a pack, checked, with their quotations and texts.

Nothing is half loaded: a pack with an error raises ``CaseError``, which carries
every problem found.
"""

import os
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from functools import cached_property, lru_cache
from pathlib import Path

from ..base import paths
from . import schema as case_schema
from .check import inspect, near_texts, render
from .first_pass import unfinished
from .read import case_folder


class CaseError(Exception):
    """A pack that cannot be loaded; ``problems`` has everything found, warnings included."""

    def __init__(self, folder, problems):
        self.problems = list(problems)
        errors = [p for p in self.problems if p.severity == "error"]
        super().__init__(f"The case pack {Path(folder).name!r} cannot be loaded.\n{render(errors)}")


class TextNotAtHand(LookupError):
    """A whole text (or an unquoted passage) that is neither shipped nor dropped in."""


class Row(Mapping):
    """A row: a read-only mapping of column to typed cell that also answers attribute access."""

    __slots__ = ("_cells", "_table")

    def __init__(self, table, cells):
        object.__setattr__(self, "_table", table)
        object.__setattr__(self, "_cells", cells)

    @property
    def id(self) -> str:
        """The row's id."""
        return next(iter(self._cells.values()))

    @property
    def cite(self) -> str:
        """How the row is cited: ``table/id``."""
        return f"{self._table}/{self.id}"

    def __getitem__(self, column):
        if column not in self._cells:
            raise KeyError(no_column(self._table, column, self._cells))
        return self._cells[column]

    def __getattr__(self, column):
        if column.startswith("_") or column not in self._cells:
            raise AttributeError(no_column(self._table, column, self._cells))
        return self._cells[column]

    def __setattr__(self, column, value):
        raise AttributeError("A row cannot be changed.")

    def __iter__(self):
        return iter(self._cells)

    def __len__(self):
        return len(self._cells)

    def __hash__(self):
        return hash((self._table, self.id))

    def __reduce__(self):
        return Row, (self._table, self._cells)

    def __repr__(self):
        return f"<{self.cite}>"


class Table(Sequence):
    """The rows of one table in the order of the file.

    ``table[3]`` and ``table["toll-613"]`` give a row, ``"toll-613" in table`` says
    whether there is one, ``table.where(status="open")`` picks some.
    """

    def __init__(self, name, rows):
        self.name = name
        self.schema = case_schema.tables()[name]
        self._rows = tuple(rows)
        self._by_id = {row.id: row for row in self._rows}

    @property
    def columns(self) -> list[str]:
        """Column names in order."""
        return self.schema.columns

    @property
    def ids(self) -> list[str]:
        """Row ids in order."""
        return list(self._by_id)

    def __len__(self):
        return len(self._rows)

    def __iter__(self):
        return iter(self._rows)

    def __contains__(self, row_id):
        return row_id in self._by_id if isinstance(row_id, str) else row_id in self._rows

    def __getitem__(self, which):
        if not isinstance(which, str):
            return self._rows[which]
        if which not in self._by_id:
            raise KeyError(no_row(self.name, which, self._by_id))
        return self._by_id[which]

    def where(self, **cells) -> list[Row]:
        """The rows whose cells equal these (in a list cell: that hold the entry)."""
        for column in cells:
            if column not in self.columns:
                raise KeyError(no_column(self.name, column, self.columns))

        def fits(row):
            return all(
                row[c] == v
                or (isinstance(row[c], tuple) and not isinstance(v, tuple) and v in row[c])
                for c, v in cells.items()
            )

        return [row for row in self._rows if fits(row)]

    def frame(self):
        """The table as a pandas DataFrame, index = id; lists stay lists, empty cells are None."""
        import pandas

        frame = pandas.DataFrame(
            [dict(row) for row in self._rows], columns=self.columns, dtype=object
        )
        frame = frame.set_index(self.schema.key)
        kinds = {"boolean": "boolean", "count": "Int64", "offset": "Int64", "number": "Float64"}
        for column in (c for c in self.schema.fields if c.kind in kinds):
            frame[column.name] = frame[column.name].astype(kinds[column.kind]).convert_dtypes()
        return frame

    def __repr__(self):
        return f"<Table {self.name}: {len(self)} rows>"


def no_column(table: str, column: str, columns) -> str:
    """That a table has no such column, in a sentence."""
    return f"The table {table} has no column {column!r}; it has: {', '.join(columns)}."


def no_row(table: str, row_id: str, ids) -> str:
    """That a table has no such row, in a sentence, with what is near."""
    near = get_close_matches(str(row_id), ids, n=3)
    return f"There is no row {row_id!r} in {table}." + (
        f" Near it: {', '.join(near)}." if near else ""
    )


class Case:
    """A loaded case. Each table is an attribute: ``case.claims``, ``case.figures``, ...

    ``name``, ``title`` and ``folder`` say which, ``tables`` has each :class:`Table` by its name,
    and ``warnings`` the problems that ``check_case`` warns of.
    """

    def __init__(self, inspection):
        self.folder = inspection.folder
        self.name = inspection.package["name"]
        self.title = inspection.package["title"]
        self.package = inspection.package
        self.warnings = [p for p in inspection.problems if p.severity == "warning"]
        self.tables = {
            name: Table(name, (Row(name, row.values) for row in table.rows))
            for name, table in inspection.tables.items()
        }
        self._inspection = inspection
        self._known = inspection.known

    @cached_property
    def unfinished(self) -> str:
        """What no person has looked at yet, in a sentence; empty when the case is finished."""
        return unfinished(self)

    def __getattr__(self, name):
        tables = self.__dict__.get("tables", {})
        if name in tables:
            return tables[name]
        raise AttributeError(f"A case has no {name!r}; its tables are: {', '.join(tables)}.")

    def __dir__(self):
        return [*super().__dir__(), *self.tables]

    def get(self, citation: str) -> Row:
        """A row by its citation, ``table/id``, with or without square brackets.

        Raises
        ------
        KeyError
            Saying what is near.
        """
        table, slash, row_id = str(citation).strip().strip("[]").partition("/")
        if not slash or table not in self.tables:
            raise KeyError(
                f"{citation!r} is not a citation: write table/id, with one of"
                f" {', '.join(self.tables)}."
            )
        return self.tables[table][row_id]

    def quotation(self, passage_id: str) -> str:
        """The exact text of a passage: as quoted in the pack, or from the whole text at hand.

        Raises
        ------
        TextNotAtHand
            For a passage that is not quoted, while the whole text is not at hand.
        """
        passage = self.passages[passage_id]
        place = (passage.source_id, passage.start, passage.end)
        text = passage.exact if passage.quoted else self.stretch(*place)
        if text is None:
            raise TextNotAtHand(
                f"The passage {passage_id!r} is known by its place and hash only. "
                + self._how(passage.source_id)
            )
        return text

    def stretch(self, source_id: str, start: int, end: int) -> str | None:
        """The text of a stretch where it is known (quoted, shipped, dropped in), else None."""
        return self.document(source_id).slice(start, end)

    def text(self, source_id: str) -> str:
        """A document's whole text; offsets of the pack are places in it.

        Raises
        ------
        TextNotAtHand
            When it is neither shipped nor dropped in; the message says what to do.
        """
        text = self.document(source_id).whole
        if text is None:
            raise TextNotAtHand(
                f"The text of {source_id!r} may not be shipped. " + self._how(source_id)
            )
        return text

    def has_text(self, source_id: str) -> bool:
        """Whether the whole text of a document is at hand."""
        return self.document(source_id).whole is not None

    def document(self, source_id: str):
        """What is known of a document's text: a :class:`.texts.KnownText`."""
        self.sources[source_id]  # raises with what is near
        return self._known[source_id]

    @property
    def place_spellings(self) -> tuple[tuple[str, str], ...]:
        """The pack's own place-name spellings, as ``whosays.text.fold.place_names`` takes them."""
        return tuple((row.place, row.spelling) for row in self.place_names)

    def _how(self, source_id):
        source = self.sources[source_id]
        near = [n for n in near_texts(self._inspection) if n.source_id == source_id]
        if near:
            return " ".join(f"The file {n.path.name} is nearly it, but {n.how}." for n in near)
        return (
            f"If you have a lawful copy ({source.headline!r}, {source.characters:,} characters),"
            f" put it into the folder fulltext of the case {self.name!r}, or into the folder that"
            " WHOSAYS_FULLTEXT names, under any name; it is recognised by its sha256"
            f" ({source.sha256[:12]}…)."
        )

    def __repr__(self):
        held = ", ".join(f"{len(table)} {name}" for name, table in self.tables.items() if table)
        return f"<Case {self.name}: {held}>"


def load_case(name_or_folder) -> Case:
    """Load a case pack by its name in ``data/`` (``"khojaly"``) or its folder.

    As long as its files are the same, it is the same object; a case comes back as it is.

    Raises
    ------
    CaseError
        When the pack has any error; ``.problems`` holds them all.
    """
    if isinstance(name_or_folder, Case):
        return name_or_folder
    folder = case_folder(name_or_folder)
    return _loaded(folder, state_of(folder, *paths.full_texts(folder)[1:]))


@lru_cache(maxsize=4)
def _loaded(folder, state):
    inspection = inspect(folder)
    if any(p.severity == "error" for p in inspection.problems):
        raise CaseError(folder, inspection.problems)
    return Case(inspection)


def state_of(*folders):
    """The folders, and every file in them as it is now, but for hidden ones."""
    files = []
    for top in folders:
        for within, inner, names in os.walk(top):
            inner[:] = [name for name in inner if not name.startswith(".")]
            for name in (name for name in names if not name.startswith(".")):
                path = os.path.join(within, name)
                try:
                    known = os.stat(path)
                except OSError:
                    files.append((path, None))
                else:
                    files.append((path, known.st_mtime_ns, known.st_ctime_ns, known.st_size))
    return tuple(map(str, folders)), tuple(sorted(files, key=str))

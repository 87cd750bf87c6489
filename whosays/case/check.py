"""Checking a case pack: every problem at once, each with its place and its remedy.

``inspect`` reads what can be read and applies every rule of :data:`.rules.RULES` to it;
``check_case`` gives the problems; ``whosays check-case`` prints them.
"""

import argparse
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from . import schema as case_schema
from .problem import Problems
from .read import BAD, ReadRow, ReadTable, case_folder, read_table, shorten
from .rules import RULES
from .texts import near_misses


@dataclass
class Inspection:
    """A pack as far as it could be read, with everything found wrong."""

    folder: Path
    tables: dict = field(default_factory=dict)
    package: object = None
    problems: Problems = field(default_factory=Problems)
    texts: dict = field(default_factory=dict)
    known: dict = field(default_factory=dict)
    fingerprints: dict = field(default_factory=dict)
    strangers: list = field(default_factory=list)
    places: object = None
    # fingerprints that were just made of the texts: they need not be made again to compare
    made: dict = field(default_factory=dict)

    def add(self, table: str, row, column: str | None, name: str, /, **words) -> None:
        """Add a problem by its name in ``problems.toml``; ``words`` fill its braces."""
        line, value, row_id = row, None, None
        if hasattr(row, "cells"):
            line, row_id = row.line, shorten(row.cells.get(self.tables[table].schema.key, ""))
            value = shorten(row.cells.get(column, "")) if column else None
        self.problems.add(table, line, name, column, value, row_id or None, **words)

    def rows(self, table: str, *columns) -> list[ReadRow]:
        """The rows of a table whose cells in these columns are filled and readable."""
        return [row for row in self.tables[table].rows if row.has(*columns)]

    def find(self, table: str, row_id: str | None, *columns) -> ReadRow | None:
        """A row by its id; None where there is none, or one of these cells of it is of no use."""
        index = self._index.get(table)
        if index is None:
            index = self._index[table] = self.tables[table].by_id()
        row = index.get(row_id) if row_id is not BAD else None
        return row if row is not None and row.has(*columns) else None

    def __post_init__(self):
        self._index = {}


def inspect(folder: Path, made=None) -> Inspection:
    """Read a pack, by its folder, and apply every rule.

    ``made`` has the fingerprints by source that were just made of its texts, where there are any.
    """
    pack = Inspection(Path(folder), made=made or {})
    if not pack.folder.is_dir():
        place = f"{pack.folder.name or pack.folder}/"
        pack.add(place, None, None, "missing-folder", folder=pack.folder.name)
        pack.tables = {
            name: ReadTable(schema, complete=False) for name, schema in case_schema.tables().items()
        }
        return pack
    for name, schema in case_schema.tables().items():
        file = pack.folder / f"{name}.csv"
        there = file.is_symlink() or file.exists() or not schema.optional
        pack.tables[name] = (
            read_table(pack.folder, name, pack.problems) if there else ReadTable(schema)
        )
    for rule in RULES:
        rule(pack)
    order = {name: i for i, name in enumerate(["datapackage.json", *pack.tables])}

    def place(p):
        return p.severity, order.get(p.table, 99), p.table, p.row or 0, p.column or "", p.rule

    pack.problems = Problems(sorted(dict.fromkeys(pack.problems), key=place))
    return pack


def near_texts(pack: Inspection) -> list:
    """Files dropped in that are nearly, but not quite, the text of a document: a list of Near."""
    missing = [f for source_id, f in pack.fingerprints.items() if source_id not in pack.texts]
    return near_misses(pack.strangers, missing, pack.places) if missing else []


def check_case(folder: Path) -> Problems:
    """Everything that is wrong with a pack, by its folder: a list of PackProblem.

    Errors come first, then warnings, in the order of tables and lines.
    """
    pack = inspect(folder)
    for near in near_texts(pack):
        place = f"fulltext/{near.path.name}"
        pack.add(place, None, None, "text-near", source=near.source_id, how=near.how)
    return pack.problems


# --- the command ---------------------------------------------------------------------------------


#: problems of one kind in one table that are printed in full
MOST = 20


def render(problems) -> str:
    """Problems as text: one paragraph each and a line with the counts.

    Of one kind in one table the first :data:`MOST` stand there, and how many more there are.
    """
    errors = sum(p.severity == "error" for p in problems)
    warnings = len(problems) - errors
    kinds, lines = Counter(), []
    for problem in problems:
        kinds[problem.table, problem.rule] += 1
        if kinds[problem.table, problem.rule] <= MOST:
            lines.append(str(problem))
    lines += [
        f"{table} [{rule}]: {number - MOST:,} more like these."
        for (table, rule), number in kinds.items()
        if number > MOST
    ]
    lines.append(f"{errors} error{'s' * (errors != 1)}, {warnings} warning{'s' * (warnings != 1)}")
    return "\n".join(lines)


def main(argv) -> int:
    """``whosays check-case``: exit code 0 when the pack has no error, else 1."""
    parser = argparse.ArgumentParser(
        prog="whosays check-case", description="Check a case pack; every problem at once."
    )
    parser.add_argument("folder", help="the pack's folder, or the name of a case in data/")
    parser.add_argument(
        "--write-datapackage",
        action="store_true",
        help="first write the canonical resources into datapackage.json",
    )
    parser.add_argument("--title", help="title of the package, with --write-datapackage")
    options = parser.parse_args(argv)
    folder = case_folder(options.folder)
    if options.write_datapackage and folder.is_dir():
        try:
            case_schema.write_datapackage(folder, options.title)
        except ValueError as error:
            print(f"whosays check-case: {error}", file=sys.stderr)
            return 1
    problems = check_case(folder)
    print(render(problems))
    return 1 if any(p.severity == "error" for p in problems) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

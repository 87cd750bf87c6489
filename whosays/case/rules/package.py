"""The package and its tables: what the folder holds, ids, references, circles, place names."""

from ...text.fold import PlaceNames, place_names
from .. import schema as case_schema
from ..read import inside, read_json, shorten
from .places import named

PLACE = "datapackage.json"
WRITE = "Run whosays check-case --write-datapackage FOLDER to write it anew; the rest is kept."


def package(pack):
    path = inside(pack.folder, PLACE, PLACE, pack.problems)
    package = read_json(path, PLACE, pack.problems) if path else None
    if package is None:
        return
    if not isinstance(package, dict):
        pack.add(PLACE, None, None, "package", "The file does not hold one object.", WRITE)
        return
    pack.package = package
    for name in ("name", "title"):
        if not isinstance(package.get(name), str) or not package[name].strip():
            message = f"The package has no {name}."
            pack.add(PLACE, None, name, "package", message, f"Add a {name}, in quotation marks.")
    if not package.get("licenses"):
        message = "The package names no licences."
        remedy = "Add licenses: a list of objects with a name, and a path or title."
        pack.add(PLACE, None, "licenses", "package", message, remedy, "warning")
    resources = package.get("resources")
    if not isinstance(resources, list) or not all(isinstance(r, dict) for r in resources):
        message = "The package has no list of resources."
        pack.add(PLACE, None, "resources", "package", message, WRITE)
        return
    _missing(pack, _listed(pack, resources))


def _listed(pack, resources):
    """The names of the tables that the package lists; each resource is looked at."""
    seen = set()
    for resource in resources:
        name = resource.get("name")
        label = f"resources/{shorten(name)}"
        if not isinstance(name, str) or name not in case_schema.tables():
            known = f"The tables of a pack are: {', '.join(case_schema.tables())}."
            message = f"The package lists {shorten(name)!r}, which is no table of a pack."
            pack.add(PLACE, None, label, "extra-table", message, known)
            continue
        if name in seen:
            message = f"The table {name!r} is listed twice."
            pack.add(PLACE, None, label, "duplicate-resource", message, WRITE)
        seen.add(name)
        _resource(pack, name, label, resource)
    return seen


def _resource(pack, name, label, resource):
    where = resource.get("path")
    if not isinstance(where, str):
        pack.add(PLACE, None, label, "resource-path", f"The table {name!r} has no path.", WRITE)
    elif inside(pack.folder, where, PLACE, pack.problems, label) and where != f"{name}.csv":
        message = f"The table {name!r} is said to be in {shorten(where)!r}."
        remedy = f"Name the file {name}.csv, and so in the package."
        pack.add(PLACE, None, label, "resource-path", message, remedy)
    if resource.get("schema") != case_schema.tables()[name].descriptor:
        message = f"The schema of {name!r} is not the one on the format page."
        pack.add(PLACE, None, label, "resource-schema", message, WRITE)
    if str(resource.get("encoding", "utf-8")).lower() != "utf-8":
        message = f"The table {name!r} is not said to be UTF-8."
        pack.add(PLACE, None, label, "resource-encoding", message, WRITE)


def _missing(pack, seen):
    """Tables that the package does not list, and files that it lists and that are not there."""
    for name, schema in case_schema.tables().items():
        there = not schema.optional or (pack.folder / f"{name}.csv").exists()
        if there and name not in seen:
            message = f"The table {name!r} is not listed."
            pack.add(PLACE, None, f"resources/{name}", "missing-resource", message, WRITE)
        if schema.optional and name in seen and not there:
            message = f"The file {name}.csv is not there, though the package lists it."
            remedy = "Add the file, or take it off the list."
            pack.add(name, None, None, "missing-file", message, remedy)


def stray_tables(pack):
    for path in sorted(pack.folder.glob("*.csv")):
        if path.stem not in case_schema.tables():
            message = f"{path.name} is no table of a pack."
            remedy = f"Take it out; the tables are: {', '.join(case_schema.tables())}."
            pack.add(path.name, None, None, "extra-table", message, remedy)


def ids(pack):
    for table in pack.tables.values():
        first = {}
        for row in table.rows:
            if not row.has(key := table.schema.key):
                continue
            row_id = row.values[key]
            if row_id in first:
                message = f"The id {row_id!r} is already that of line {first[row_id]}."
                remedy = "Give each row an id of its own."
                pack.add(table.name, row, key, "duplicate-id", message, remedy)
            first.setdefault(row_id, row.line)


def references(pack):
    for table in pack.tables.values():
        for column in table.schema.fields:
            if column.to is None or not pack.tables[column.to].complete:
                continue
            for row in table.rows:
                if not row.has(column.name):
                    continue
                for row_id in named(column, row.values[column.name]):
                    if pack.find(column.to, row_id) is None:
                        message = f"There is no row {row_id!r} in {column.to}."
                        remedy = f"Add the row to {column.to}.csv, or correct the id."
                        place = (table.name, row, column.name, "dangling-reference")
                        pack.add(*place, message, remedy)


def cycles(pack):
    columns = {"assertions": "parent", "figures": "part_of", "origins": "derived_from"}
    for table, column in columns.items():
        to, done = pack.tables[table].by_id(), set()
        for start in to:
            path, at = [], start
            while at in to and at not in done and at not in path:
                path.append(at)
                at = to[at].values.get(column)
            if at in path:
                ring = path[path.index(at) :]
                row = min((to[i] for i in ring), key=lambda r: r.line)
                message = f"The rows go round in a circle: {' > '.join([*ring, at])}."
                remedy = f"Empty {column} in the row that comes first in fact."
                pack.add(table, row, column, "cycle", message, remedy)
            done.update(path)


def spellings(pack):
    """The pack's own spellings; the fingerprints need them."""
    pairs = []
    for row in pack.rows("place_names", "place", "spelling"):
        pair = (row.values["place"], row.values["spelling"])
        try:
            PlaceNames([pair])
        except ValueError as error:
            message, remedy = str(error).split(": ", 1)
            remedy = remedy[0].upper() + remedy[1:]
            pack.add("place_names", row, "spelling", "place-words", message + ".", remedy)
        else:
            pairs.append(pair)
    pack.places = place_names(tuple(pairs))

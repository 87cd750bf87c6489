"""The package and its tables: what the folder holds, ids, references, circles, place names."""

from ...text.fold import PlaceNames, place_names
from .. import schema as case_schema
from ..read import inside, read_json, shorten
from .places import named

PLACE = "datapackage.json"


def package(pack) -> None:
    package = read_json(pack.folder, PLACE, pack.problems)
    if package is None:
        return
    if not isinstance(package, dict):
        pack.add(PLACE, None, None, "package")
        return
    pack.package = package
    for name in ("name", "title"):
        if not isinstance(package.get(name), str) or not package[name].strip():
            pack.add(PLACE, None, name, "package.name", name=name)
    if not package.get("licenses"):
        pack.add(PLACE, None, "licenses", "package.licenses")
    resources = package.get("resources")
    if not isinstance(resources, list) or not all(isinstance(r, dict) for r in resources):
        pack.add(PLACE, None, "resources", "package.resources")
        return
    _missing(pack, _listed(pack, resources))


def _listed(pack, resources):
    """The names of the tables that the package lists; each resource is looked at."""
    seen, tables = set(), case_schema.tables()
    for resource in resources:
        name = resource.get("name")
        label = f"resources/{shorten(name)}"
        if not isinstance(name, str) or name not in tables:
            words = {"name": shorten(name), "tables": ", ".join(tables)}
            pack.add(PLACE, None, label, "extra-table.listed", **words)
            continue
        if name in seen:
            pack.add(PLACE, None, label, "duplicate-resource", name=name)
        seen.add(name)
        _resource(pack, name, label, resource)
    return seen


def _resource(pack, name, label, resource):
    where = resource.get("path")
    if not isinstance(where, str):
        pack.add(PLACE, None, label, "resource-path", name=name)
    elif inside(pack.folder, where, PLACE, pack.problems, label) and where != f"{name}.csv":
        pack.add(PLACE, None, label, "resource-path.other", name=name, where=shorten(where))
    if resource.get("schema") != case_schema.tables()[name].descriptor:
        pack.add(PLACE, None, label, "resource-schema", name=name)
    if str(resource.get("encoding", "utf-8")).lower() != "utf-8":
        pack.add(PLACE, None, label, "resource-encoding", name=name)


def _missing(pack, seen):
    """Tables that the package does not list, and files that it lists and that are not there."""
    for name, schema in case_schema.tables().items():
        there = not schema.optional or (pack.folder / f"{name}.csv").exists()
        if there and name not in seen:
            pack.add(PLACE, None, f"resources/{name}", "missing-resource", name=name)
        if schema.optional and name in seen and not there:
            pack.add(name, None, None, "missing-file.listed", name=name)


def stray_tables(pack) -> None:
    for path in sorted(pack.folder.glob("*.csv")):
        if path.stem not in case_schema.tables():
            words = {"file": path.name, "tables": ", ".join(case_schema.tables())}
            pack.add(path.name, None, None, "extra-table", **words)


def ids(pack) -> None:
    for table in pack.tables.values():
        first = {}
        for row in table.rows:
            if not row.has(key := table.schema.key):
                continue
            row_id = row.values[key]
            if row_id in first:
                pack.add(table.name, row, key, "duplicate-id", id=row_id, line=first[row_id])
            first.setdefault(row_id, row.line)


def references(pack) -> None:
    for table in pack.tables.values():
        for column in table.schema.fields:
            if column.to is None or not pack.tables[column.to].complete:
                continue
            for row in table.rows:
                if not row.has(column.name):
                    continue
                for row_id in named(column, row.values[column.name]):
                    if pack.find(column.to, row_id) is None:
                        place = (table.name, row, column.name)
                        pack.add(*place, "dangling-reference", id=row_id, table=column.to)


def cycles(pack) -> None:
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
                ring = " > ".join([*ring, at])
                pack.add(table, row, column, "cycle", ring=ring, column=column)
            done.update(path)


def spellings(pack) -> None:
    """The pack's own spellings; the fingerprints need them."""
    pairs = []
    for row in pack.rows("place_names", "place", "spelling"):
        pair = (row.values["place"], row.values["spelling"])
        try:
            PlaceNames([pair])
        except ValueError as error:
            why, remedy = str(error).split(": ", 1)
            remedy = remedy[0].upper() + remedy[1:]
            pack.add("place_names", row, "spelling", "place-words", why=why, remedy=remedy)
        else:
            pairs.append(pair)
    pack.places = place_names(tuple(pairs))

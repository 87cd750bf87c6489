"""Variants of a case pack: the same tables, other rows, so that a typed-in answer shows.

A notebook that computes an answer from the case gets it right with every pack of the same shape.
"""

import csv
import random
import shutil
from pathlib import Path

from ..case.check import check_case
from ..case.schema import tables
from .keys import BadKey, refuse_place
from .words import said


def write_variant(case: Path, folder: Path, seed: int, drop: int = 2) -> list[str]:
    """A case pack without ``drop`` documents, chosen by a seed: the same tables, other counts.

    Every row that speaks of a document left out goes with it, so that what is computed from the
    tables comes out otherwise, and what is typed in does not. The variant goes below ``folder`` and
    keeps the name of the case; comes back with the documents left out.

    Raises BadKey when no choice of documents leaves a pack that loads.
    """
    case, target = Path(case), Path(folder) / Path(case).name
    refuse_place(folder)
    with open(case / "sources.csv", encoding="utf-8", newline="") as file:
        sources = [row["source_id"] for row in csv.DictReader(file)]
    chance = random.Random(seed)
    for _ in range(20):
        left_out = sorted(chance.sample(sources, min(drop, len(sources) - 2)))
        _copy_without(case, target, left_out)
        if not any(problem.severity == "error" for problem in check_case(target)):
            return left_out
    raise BadKey(said("no_variant", drop=drop, case=case.name))


def _copy_without(case, target, left_out):
    shutil.rmtree(target, ignore_errors=True)
    stale = [f"{source}.*" for source in left_out]
    shutil.copytree(case, target, ignore=shutil.ignore_patterns("fulltext", *stale))
    rows, gone = {}, {"sources": set(left_out)}
    for name, schema in tables().items():
        if (target / f"{name}.csv").exists():
            with open(target / f"{name}.csv", encoding="utf-8", newline="") as file:
                reader = csv.DictReader(file)
                rows[name] = (list(reader.fieldnames), list(reader), schema)
    changed = True
    while changed:
        changed = False
        for name, (_, records, schema) in rows.items():
            lost = gone.setdefault(name, set())
            for record in records:
                identity = record[schema.key]
                if identity not in lost and _depends(record, schema, gone):
                    lost.add(identity)
                    changed = True
    for name, (header, records, schema) in rows.items():
        with open(target / f"{name}.csv", "w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, header, lineterminator="\n")
            writer.writeheader()
            for record in records:
                if record[schema.key] not in gone[name]:
                    writer.writerow({**record, **_lists(record, schema, gone)})


def _depends(record, schema, gone):
    """Whether a row speaks of something that is gone: by a reference or a list of nothing else."""
    return any(
        all(value in gone.get(column.to, ()) for value in _values(record, column))
        for column in schema.fields
        if record.get(column.name)
    )


def _values(record, column):
    text = record[column.name]
    return text.split("; ") if column.kind == "list" else [text]


def _lists(record, schema, gone):
    """Lists of references without what is gone."""
    lists = [c for c in schema.fields if c.to and c.kind == "list" and record.get(c.name)]
    return {
        c.name: "; ".join(v for v in _values(record, c) if v not in gone.get(c.to, ()))
        for c in lists
    }

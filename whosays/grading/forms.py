"""``whosays grade forms``: draw who takes which form, and compare a class before and after."""

import argparse
import csv
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from ..exercise.forms import FORMS, TIMES, Gain, draw, gain
from ..view.show import TableView, table_of
from .handed import FileRefused
from .words import said

_LETTERS = dict(zip(FORMS, "ABC", strict=True))
MEASURES = {
    "points": "points, of 8",
    "found": "supported sentences accepted, of 4",
    "withstood": "unsupported sentences rejected, of 4",
}


@dataclass(frozen=True)
class Taken:
    """One learner's form: which, and what it came to on first tries."""

    form: str
    points: float
    found: float
    withstood: float


def read_gradebook(path: Path) -> dict[str, Taken]:
    """The forms that a class has taken, by the learner's name, from ``gradebook.csv``.

    Where two learners have one name, it is name and number on the learning platform. Numbers alone
    do not do: Moodle gives new ones for each assignment. Whoever left the form blank is left out.

    Raises FileRefused when it is no gradebook, is of an older version, has no form, or when two
    rows cannot be told apart.
    """
    taken = {}
    try:
        with Path(path).open(encoding="utf-8-sig", newline="") as file:
            lines = csv.DictReader(file)
            rows = [
                row
                for row in lines
                if row["set"] in FORMS and row["status"] == "graded" and row[f"{row['set']}.1"]
            ]
        if rows and "rightly_accepted" not in rows[0]:
            raise FileRefused(said("older_gradebook", path=path))
        names = Counter(row["student"] for row in rows)
        for row in rows:
            who = row["student"]
            if names[who] > 1:
                who = f"{who} ({row['lms_id']})"
            if who in taken:
                student = row["student"] or "a learner without a name"
                raise FileRefused(said("two_rows", path=path, student=student))
            points = float(row[f"{row['set']}.1"])
            accepted, withstood = float(row["rightly_accepted"]), float(row["rightly_rejected"])
            taken[who] = Taken(row["set"], points, accepted, withstood)
    except (OSError, KeyError, ValueError, TypeError) as error:
        raise FileRefused(said("no_gradebook", path=path, error=error)) from None
    if not taken:
        raise FileRefused(said("no_forms", path=path, forms=", ".join(FORMS)))
    return taken


def compare(before: dict[str, Taken], after: dict[str, Taken]) -> dict[str, Gain | None]:
    """What a class has gained: points, sentences found and sentences withstood, by measure.

    Of those who took two different forms.
    """
    both = [(before[who], after[who]) for who in before.keys() & after.keys()]
    both = [(first, second) for first, second in both if first.form != second.form]
    return {
        measure: gain(
            [(f.form + s.form, getattr(f, measure), getattr(s, measure)) for f, s in both]
        )
        for measure in MEASURES
    }


def table(gains) -> TableView:
    """The gains as a table, with the intervals."""
    rows = [
        (MEASURES[measure], f"{gain_of.mean:+.2f}", _interval(gain_of), gain_of.learners)
        if gain_of
        else (MEASURES[measure], "too few", "", "")
        for measure, gain_of in gains.items()
    ]
    headings = ("what", "mean gain", "95 % interval", "learners")
    return table_of("From the first form to the second", headings, rows)


def _interval(found):
    return "not known" if found.low is None else f"{found.low:+.2f} to {found.high:+.2f}"


def sentences(gains) -> list[str]:
    """What the table can carry, and what it cannot."""
    points = gains["points"]
    if points is None:
        return [said("too_few_both")]
    unknown = ["no_interval"] if any(gain_of.low is None for gain_of in gains.values()) else []
    told = [said(name) for name in (*unknown, "maybe_nothing", "no_control", "not_of_one")]
    if points.orders < len(FORMS):
        told.append(said("few_orders", orders=points.orders, all=len(FORMS)))
    return told


def main(argv) -> int:
    """The ``grade forms`` command; returns the exit code."""
    parser = argparse.ArgumentParser("whosays grade forms", description=__doc__.split(": ")[1])
    parts = parser.add_subparsers(dest="what", required=True)
    drawing = parts.add_parser("draw", help="which form each learner takes before and after")
    drawing.add_argument("name", help="the name of the class; it always draws the same")
    drawing.add_argument("--learners", type=int, default=30, metavar="N")
    comparing = parts.add_parser("compare", help="what a class has gained")
    comparing.add_argument("before", type=Path, help="gradebook.csv of the first form")
    comparing.add_argument("after", type=Path, help="gradebook.csv of the second")
    options = parser.parse_args(argv)
    if options.what == "draw":
        drawn = enumerate(draw(options.name, options.learners), 1)
        rows = [(number, *map(_LETTERS.get, order)) for number, order in drawn]
        print(table_of(f"Forms of {options.name}", ("learner", *TIMES), rows).text())
        return 0
    gains = compare(read_gradebook(options.before), read_gradebook(options.after))
    print(table(gains).text())
    print("\n".join(sentences(gains)))
    return 0

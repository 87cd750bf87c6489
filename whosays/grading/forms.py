"""``whosays grade forms``: draw who takes which form, and compare a class before and after."""

import argparse
import csv
from dataclasses import dataclass
from pathlib import Path

from ..exercise.forms import FORMS, TIMES, draw, gain
from ..view.show import TableView
from .intake import Refused

STATEMENTS = 4  # to be accepted, and as many to be rejected, in each form
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


def read_gradebook(path):
    """The forms that a class has taken, from a gradebook.

    Parameters
    ----------
    path : pathlib.Path
        ``gradebook.csv`` of ``whosays grade``.

    Returns
    -------
    dict of str to Taken
        By the learner's name or number; whoever left the form blank is left out.

    Raises
    ------
    Refused
        When it is no gradebook, or has no form.
    """
    try:
        with Path(path).open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        taken = {
            row["student"]: Taken(
                row["set"],
                float(row[f"{row['set']}.1"]),
                STATEMENTS - float(row["wrongly_rejected"]),
                STATEMENTS - float(row["wrongly_accepted"]),
            )
            for row in rows
            if row["set"] in FORMS and row["status"] == "graded" and row[f"{row['set']}.1"]
        }
    except (OSError, KeyError, ValueError, TypeError) as error:
        raise Refused(f"{path} cannot be read as a gradebook of whosays grade: {error}") from None
    if not taken:
        raise Refused(f"{path} has nobody who took a form ({', '.join(FORMS)}).")
    return taken


def compare(before, after):
    """What a class has gained: points, sentences found and sentences withstood.

    Parameters
    ----------
    before, after : dict of str to Taken

    Returns
    -------
    dict of str to exercise.forms.Gain or None
        By measure; of those who took two different forms.
    """
    both = [(before[who], after[who]) for who in before.keys() & after.keys()]
    both = [(first, second) for first, second in both if first.form != second.form]
    return {
        measure: gain(
            [(f.form + s.form, getattr(f, measure), getattr(s, measure)) for f, s in both]
        )
        for measure in MEASURES
    }


def table(gains):
    """The gains as a table, with the intervals."""
    rows = [
        {
            "of": MEASURES[measure],
            "mean": f"{found.mean:+.2f}" if found else "too few",
            "interval": f"{found.low:+.2f} to {found.high:+.2f}" if found else "",
            "learners": found.learners if found else "",
        }
        for measure, found in gains.items()
    ]
    columns = {
        "of": "what",
        "mean": "mean gain",
        "interval": "95 % interval",
        "learners": "learners",
    }
    return TableView(rows, columns, "From the first form to the second")


def sentences(gains):
    """What the table can carry, and what it cannot."""
    points = gains["points"]
    if points is None:
        return ["Too few have taken both: at least two in one order are needed."]
    said = [
        "Where an interval holds 0, the class may have gained nothing.",
        "There is no class here that was not taught: other causes of a gain are not ruled out.",
        "Of single learners it says nothing: eight sentences are too few.",
    ]
    if points.orders < len(FORMS):
        said.append(
            f"They took the forms in {points.orders} of {len(FORMS)} orders: a form that is harder "
            "may look like a loss, or an easier one like a gain."
        )
    return said


def main(argv):
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
        rows = [
            {"learner": number}
            | {time: _LETTERS[form] for time, form in zip(TIMES, order, strict=True)}
            for number, order in enumerate(draw(options.name, options.learners), 1)
        ]
        columns = {"learner": "learner", **{time: time for time in TIMES}}
        print(TableView(rows, columns, f"Forms of {options.name}").text())
        return 0
    gains = compare(read_gradebook(options.before), read_gradebook(options.after))
    print(table(gains).text())
    print("\n".join(sentences(gains)))
    return 0

"""The gradebook and the files that learning platforms take.

Every table is safe to open in a spreadsheet: nothing a student wrote can become a formula.
"""

import json
from dataclasses import dataclass
from pathlib import Path

from ..base import files
from ..exercise.score import BELIEFS
from .spreadsheet import table


@dataclass(frozen=True)
class Total:
    """Points given so far, points possible, and how many free texts wait for theirs."""

    points: float
    of: float
    waiting: int

    @property
    def percent(self) -> float:
        return round(100 * self.points / self.of, 1) if self.of else 0


def marks(row) -> Total:
    """What a row comes to, as a Total."""
    entries = row.questions.values()
    points = round(sum(entry.points or 0 for entry in entries), 2)
    of = round(sum(entry.of for entry in entries), 2)
    return Total(points, of, sum(entry.points is None for entry in entries))


def gradebook_csv(rows, keys) -> str:
    """One line for every submission.

    The first column is only a count: a reader that does not know the byte order mark
    stumbles over that name and no other.
    """
    ids = [identity for key in keys for identity in key.ids]
    header = ["no", "student", "lms_id", "set", "status", "points", "of", "percent", "waiting"]
    header += [*ids, *(belief.replace(" ", "_") for belief in BELIEFS), "first_tries", "checks"]
    header += ["flags", "file", "feedback", "sandbox"]
    lines = []
    for number, row in enumerate(rows, 1):
        total = marks(row)
        line = [number, row.student, row.lms_id, row.number, row.status]
        line += [total.points, total.of, total.percent, total.waiting]
        line += [row.questions[i].points if i in row.questions else None for i in ids]
        line += [row.beliefs.get(belief) for belief in BELIEFS]
        line += [round(sum(row.first.values()), 2) if row.first else None, row.checks or None]
        line += ["; ".join(row.flags), row.file, f"feedback/{row.id}.html", row.sandbox]
        lines.append(line)
    return table(header, lines)


def _scaled(row, of):
    """Marks on the scale of the class: a twin on the practice case may have other points."""
    total = marks(row)
    return round(total.points * of / total.of, 2) if total.of else 0


def canvas_csv(rows, assignment: str, of) -> str:
    """What Canvas imports under Grades: one column for the assignment, students by their Canvas id.

    Canvas matches the column by its name as it stands in its own export, number included
    (``Exercise 01 (98765)``); a name it does not know becomes a new assignment.
    """
    header = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", assignment]
    lines = [["    Points Possible", "", "", "", "", of]]
    lines += [
        [row.student, row.lms_id, "", "", "", _scaled(row, of)]
        for row in rows
        if row.lms == "canvas"
    ]
    return table(header, lines, quote_all=True)


def moodle_csv(rows, of) -> str:
    """Moodle's grading worksheet of an assignment, students by their participant number."""
    header = ["Identifier", "Full name", "Maximum grade", "Grade", "Feedback comments"]
    lines = [
        [f"Participant {row.lms_id}", row.student, of, _scaled(row, of), _comment(row)]
        for row in rows
        if row.lms == "moodle"
    ]
    return table(header, lines, quote_all=True)


def _comment(row):
    total = marks(row)
    several = "s" if total.waiting > 1 else ""
    rest = f" {total.waiting} free text{several} not marked yet." if total.waiting else ""
    return f"{total.points:g} of {total.of:g}.{rest}"


def gradescope_json(row) -> str:
    """One student's ``results.json`` as Gradescope's autograder writes it."""
    total, tests = marks(row), []
    for identity, entry in row.questions.items():
        waits = "waits for a teacher" if entry.points is None else entry.status
        test = {"name": identity, "max_score": entry.of, "score": entry.points or 0}
        test["output"] = " ".join([*entry.notes, *entry.say]) or waits
        tests.append({**test, "output_format": "text", "visibility": "visible"})
    waits = [f"{total.waiting} answers wait for a teacher"] if total.waiting else []
    summary = {"output": "; ".join([row.status, *waits]), "output_format": "text"}
    return json.dumps({"score": total.points, **summary, "tests": tests}, indent=1) + "\n"


def write_tables(rows: list, keys: list, out: Path, assignment: str | None = None) -> None:
    """Write the gradebook, and what the platform takes that the submissions came from.

    The rows have the marks of free texts filled in. ``assignment`` names the column in Canvas; the
    set's title when left out.
    """
    out, of = Path(out), keys[0].points
    texts = {"gradebook.csv": gradebook_csv(rows, keys)}
    platforms = {row.lms for row in rows}
    if "canvas" in platforms:
        texts["canvas.csv"] = canvas_csv(rows, assignment or keys[0].title, of)
    if "moodle" in platforms:
        texts["moodle.csv"] = moodle_csv(rows, of)
    for row in rows:
        texts[f"gradescope/{row.id}.json"] = gradescope_json(row)
    (out / "gradescope").mkdir(exist_ok=True)
    for name, text in texts.items():
        files.write_whole(out / name, text)

"""The gradebook and the files that learning platforms take.

Every table is safe to open in a spreadsheet: nothing a student wrote can become a formula.
"""

import json
from pathlib import Path

from .batch import write_whole
from .spreadsheet import table


def marks(row):
    """``(points, possible, waiting)``: marks given so far, and how many free texts wait for theirs."""
    entries = row["questions"].values()
    points = round(sum(e["points"] or 0 for e in entries), 2)
    waiting = sum(e["points"] is None for e in entries)
    return points, round(sum(e["of"] for e in entries), 2), waiting


def gradebook_csv(rows, keys):
    """One line for every submission.

    The first column is only a count: a reader that does not know the byte order mark
    stumbles over that name and no other.
    """
    ids = [identity for key in keys for identity in key.ids]
    header = [
        "no",
        "student",
        "lms_id",
        "set",
        "status",
        "points",
        "of",
        "percent",
        "waiting",
        *ids,
    ]
    header += ["wrongly_accepted", "wrongly_rejected", "flags", "file", "feedback", "sandbox"]
    lines = []
    for number, row in enumerate(rows, 1):
        points, of, waiting = marks(row)
        entries = row["questions"]
        lines.append([
            number, row["student"], row["lms_id"], row["number"], row["status"], points, of,
            round(100 * points / of, 1) if of else 0, waiting,
            *("" if i not in entries or entries[i]["points"] is None else entries[i]["points"] for i in ids),
            row["beliefs"].get("wrongly accepted", ""), row["beliefs"].get("wrongly rejected", ""),
            "; ".join(row["flags"]), row["file"], f"feedback/{row['id']}.html", row["sandbox"],
        ])  # fmt: skip
    return table(header, lines)


def _scaled(row, of):
    """Marks on the scale of the class: a twin on the practice case may have other points."""
    points, own, _ = marks(row)
    return round(points * of / own, 2) if own else 0


def canvas_csv(rows, assignment, of):
    """What Canvas imports under Grades: one column for the assignment, students by their Canvas id.

    Canvas matches the column by its name as it stands in its own export, number included
    (``Exercise 01 (98765)``); a name it does not know becomes a new assignment.
    """
    header = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", assignment]
    lines = [["    Points Possible", "", "", "", "", of]]
    lines += [
        [row["student"], row["lms_id"], "", "", "", _scaled(row, of)]
        for row in rows
        if row["lms"] == "canvas"
    ]
    return table(header, lines)


def moodle_csv(rows, of):
    """What Moodle takes as an assignment's grading worksheet, students by their participant number."""
    header = ["Identifier", "Full name", "Maximum grade", "Grade", "Feedback comments"]
    lines = [
        [f"Participant {row['lms_id']}", row["student"], of, _scaled(row, of), _comment(row)]
        for row in rows
        if row["lms"] == "moodle"
    ]
    return table(header, lines)


def _comment(row):
    points, of, waiting = marks(row)
    rest = f" {waiting} free text{'s' if waiting > 1 else ''} not marked yet." if waiting else ""
    return f"{points:g} of {of:g}.{rest}"


def gradescope_json(row):
    """One student's ``results.json`` as Gradescope's autograder writes it."""
    points, _, waiting = marks(row)
    tests = [
        {
            "name": identity,
            "max_score": entry["of"],
            "score": entry["points"] or 0,
            "output": " ".join([*entry["notes"], *entry["say"]])
            or ("waits for a teacher" if entry["points"] is None else entry["status"]),
            "output_format": "text",
            "visibility": "visible",
        }
        for identity, entry in row["questions"].items()
    ]
    said = "; ".join(
        [row["status"], *([f"{waiting} answers wait for a teacher"] if waiting else [])]
    )
    return (
        json.dumps(
            {"score": points, "output": said, "output_format": "text", "tests": tests}, indent=1
        )
        + "\n"
    )


def write_tables(rows, keys, out, assignment=None):
    """Write the gradebook, and what the platform takes that the submissions came from.

    Parameters
    ----------
    rows : list of dict
        Results, marks of free texts filled in.
    keys : list of keys.Key
    out : path
    assignment : str, optional
        The name of the column in Canvas; the set's title when left out.

    Returns
    -------
    list of pathlib.Path
        What was written.
    """
    out, of = Path(out), keys[0].points
    files = {"gradebook.csv": gradebook_csv(rows, keys)}
    platforms = {row["lms"] for row in rows}
    if "canvas" in platforms:
        files["canvas.csv"] = canvas_csv(rows, assignment or keys[0].title, of)
    if "moodle" in platforms:
        files["moodle.csv"] = moodle_csv(rows, of)
    for row in rows:
        files[f"gradescope/{row['id']}.json"] = gradescope_json(row)
    (out / "gradescope").mkdir(exist_ok=True)
    for name, text in files.items():
        write_whole(out / name, text)
    return [out / name for name in files]

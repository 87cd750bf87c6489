"""Free text is marked by people: a sheet to fill in, and marks that no second grading loses.

Marks belong to a student, a question and the exact text that was marked. When a student hands in
another text, the old mark stays on the sheet beside it, and is not counted.
"""

import csv
import hashlib
import io
import json
from pathlib import Path

from .batch import write_whole
from .intake import clean
from .spreadsheet import safe, table

SHEET, KEPT = "marking.csv", "marking.json"
_COLUMNS = ["code", "question", "marks", "of", "comment", "answer", "student", "state"]
OPEN, MARKED, OLD = "to mark", "marked", "an earlier text"


def code_of(row, question, answer):
    """What a mark hangs on: the student, the question, and the text without its spacing."""
    seed = f"{row['id']}\x1f{question}\x1f{' '.join(answer.split())}"
    return hashlib.sha256(seed.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def read_sheet(path):
    """The marks a teacher has filled in.

    Parameters
    ----------
    path : path
        A CSV as any spreadsheet saves it: comma, semicolon or tab; UTF-8, UTF-16 or Windows.

    Returns
    -------
    (dict of str to dict, list of str)
        Marks and comments by code, and a sentence for each line that cannot be used.
    """
    path = Path(path)
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return {}, []
    text = _decoded(data)
    first = text.splitlines()[0] if text.strip() else ""
    mark = max(",;\t", key=first.count)
    given, problems = {}, []
    for line, cells in enumerate(csv.DictReader(io.StringIO(text, newline=""), delimiter=mark), 2):
        code, typed = (
            (cells.get("code") or "").strip().lstrip("'"),
            (cells.get("marks") or "").strip().lstrip("'"),
        )
        if not code:
            continue
        entry = {
            "comment": clean((cells.get("comment") or "").strip(), 2_000),
            "marks": None,
            "typed": typed,
        }
        if typed:
            try:
                entry["marks"] = float(typed.replace(",", "."))
                most = float((cells.get("of") or "").replace(",", ".").strip() or "nan")
                if not 0 <= entry["marks"] <= most:
                    raise ValueError
            except ValueError:
                problems.append(
                    f"{path.name}, line {line}, column marks: {typed[:30]!r} is not a number from 0 to {cells.get('of')}; it is not counted."
                )
                entry["marks"] = None
        given[code] = entry
    return given, problems


def _decoded(data):
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def fill_in(rows, keys, out):
    """Put the marks of the sheet into the results, and write the sheet anew with what is still open.

    Parameters
    ----------
    rows : list of dict
        Results; their free texts get their points.
    keys : list of keys.Key
    out : path
        Where the sheet lies.

    Returns
    -------
    (int, list of str)
        How many texts wait for a mark, and what is wrong on the sheet.
    """
    out = Path(out)
    kept = _kept(out / KEPT)
    given, problems = read_sheet(out / SHEET)
    for code, entry in given.items():
        # an emptied cell takes a mark back; a code that is not on the sheet keeps its mark
        kept[code] = {**kept.get(code, {}), **entry}
    lines, open_ones, present = [], 0, set()
    for row in rows:
        for identity, entry in row["questions"].items():
            if entry["kind"] != "text":
                continue
            if not (entry.get("answer") or "").strip():
                entry["points"] = 0
                continue
            code = code_of(row, identity, entry["answer"])
            present.add(code)
            mark = kept.setdefault(code, {"marks": None, "comment": "", "typed": ""})
            mark |= {
                "question": identity,
                "answer": entry["answer"],
                "student": row["student"],
                "of": entry["of"],
                "row": row["id"],
            }
            entry["points"] = mark["marks"]
            if mark["comment"]:
                entry["comment"] = mark["comment"]
            open_ones += mark["marks"] is None
            lines.append(
                [
                    code,
                    identity,
                    mark["typed"] or _number(mark["marks"]),
                    entry["of"],
                    mark["comment"],
                    entry["answer"],
                    row["student"],
                    OPEN if mark["marks"] is None else MARKED,
                ]
            )
    here = {row["id"] for row in rows}
    for code, mark in kept.items():
        if code not in present and mark.get("typed") and mark.get("row") in here:
            lines.append(
                [
                    code,
                    mark["question"],
                    mark["typed"],
                    mark["of"],
                    mark["comment"],
                    mark["answer"],
                    mark["student"],
                    OLD,
                ]
            )
    # by question, then by code: whoever marks compares answers, and no student's come together
    lines.sort(key=lambda line: (line[7] == OLD, line[1], line[0]))
    write_whole(out / KEPT, json.dumps(kept, indent=1) + "\n")
    write_whole(out / SHEET, table(_COLUMNS, lines))
    return open_ones, problems


def _number(value):
    return "" if value is None else safe(value)


def _kept(path):
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        return kept if type(kept) is dict else {}
    except (OSError, ValueError):
        return {}

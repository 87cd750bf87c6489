"""Free text is marked by people: a sheet to fill in, and marks that no second grading loses.

Marks belong to a student, a question and the exact text that was marked. When a student hands in
another text, the old mark stays on the sheet beside it, and is not counted.
"""

import csv
import hashlib
import io
import json
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from ..base import files
from .handed import clean
from .spreadsheet import safe, table

SHEET, KEPT = "marking.csv", "marking.json"
_COLUMNS = ["code", "question", "marks", "of", "comment", "answer", "student", "state"]
OPEN, MARKED, OLD = "to mark", "marked", "an earlier text"


@dataclass
class EssayMark:
    """A person's mark on one text of one student."""

    typed: str = ""  # what was typed into the sheet, kept even where it is no mark
    marks: float | None = None
    comment: str = ""
    question: str = ""
    answer: str = ""
    student: str = ""
    row: str = ""  # the submission's id
    of: float = 0.0

    def line(self, code: str, state: str) -> list:
        """The mark as a line of the sheet."""
        shown = self.typed or safe(self.marks)
        what = (self.question, shown, self.of, self.comment, self.answer, self.student)
        return [code, *what, state]


def code_of(row, question: str, answer) -> str:
    """What a mark hangs on: the student, the question, and the text without its spacing."""
    seed = f"{row.id}\x1f{question}\x1f{' '.join(answer.split())}"
    return hashlib.sha256(seed.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def read_sheet(path: Path) -> tuple[dict[str, EssayMark], list[str]]:
    """The marks a teacher has filled in, by code, and a sentence on each that cannot be used.

    The sheet is a CSV as any spreadsheet saves it: comma, semicolon or tab; UTF-8, UTF-16 or
    Windows.
    """
    path, marks, problems = Path(path), {}, []
    try:
        text = _decoded(path.read_bytes())
    except FileNotFoundError:
        return marks, problems
    first = text.splitlines()[0] if text.strip() else ""
    delimiter = max(",;\t", key=first.count)
    lines = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter)
    for number, cells in enumerate(lines, 2):
        code, typed, comment, most = (
            (cells.get(name) or "").strip().lstrip("'")
            for name in ("code", "marks", "comment", "of")
        )
        if not code:
            continue
        mark = marks[code] = EssayMark(typed, comment=clean(comment, 2_000))
        if typed:
            mark.marks = _marks(typed, most)
        if typed and mark.marks is None:
            problems.append(
                f"{path.name}, line {number}, column marks: {typed[:30]!r} is not a number from 0 "
                f"to {most}; it is not counted."
            )
    return marks, problems


def _marks(typed, most):
    """The number that was typed, or None where it is none of those possible."""
    try:
        given, most = (float(text.replace(",", ".") or "nan") for text in (typed, most))
    except ValueError:
        return None
    return given if 0 <= given <= most else None


def _decoded(data):
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def fill_in(rows: list, out: Path) -> tuple[int, list[str]]:
    """Put the marks of the sheet in ``out`` into the results, and write the sheet anew.

    The free texts of the rows get their points. Comes back with how many texts wait for a mark, and
    what is wrong on the sheet.
    """
    out = Path(out)
    stored, (given_marks, problems) = _kept(out / KEPT), read_sheet(out / SHEET)
    for code, given in given_marks.items():
        # an emptied cell takes a mark back; a code that is not on the sheet keeps its mark
        mark = stored.setdefault(code, EssayMark())
        mark.typed, mark.marks, mark.comment = given.typed, given.marks, given.comment
    lines, waiting, present = [], 0, set()
    for row in rows:
        for identity, entry in row.questions.items():
            if not entry.by_hand:
                continue
            if not (entry.answer or "").strip():
                entry.points = 0
                continue
            code = code_of(row, identity, entry.answer)
            present.add(code)
            mark = stored.setdefault(code, EssayMark())
            mark.question, mark.answer, mark.of = identity, entry.answer, entry.of
            mark.student, mark.row = row.student, row.id
            entry.points, entry.comment = mark.marks, mark.comment
            waiting += mark.marks is None
            lines.append(mark.line(code, OPEN if mark.marks is None else MARKED))
    here = {row.id for row in rows}
    for code, mark in stored.items():
        if code not in present and mark.typed and mark.row in here:
            lines.append(mark.line(code, OLD))
    # by question, then by code: whoever marks compares answers, and no student's come together
    lines.sort(key=lambda line: (line[7] == OLD, line[1], line[0]))
    stored = {code: asdict(mark) for code, mark in stored.items()}
    files.write_whole(out / KEPT, json.dumps(stored, indent=1) + "\n")
    files.write_whole(out / SHEET, table(_COLUMNS, lines, {"answer"}))
    return waiting, problems


def _kept(path):
    names = {one.name for one in fields(EssayMark)}
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
        return {
            code: EssayMark(**{name: value for name, value in mark.items() if name in names})
            for code, mark in stored.items()
        }
    except (OSError, ValueError, AttributeError):
        return {}

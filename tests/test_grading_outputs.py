"""What a teacher reads: gradebook, files for learning platforms, marking sheet, feedback, class report."""

import copy
import csv
import io
import json
from dataclasses import replace

import pytest
from grading_kit import Kit
from hypothesis import given, settings
from hypothesis import strategies as st

from whosays.grading import batch, essays, gradebook, mark, report, spreadsheet
from whosays.grading.cells import Saved, read_cells
from whosays.grading.command import write_all
from whosays.grading.feedback import feedback_page
from whosays.grading.intake import Submission
from whosays.grading.opening import Work
from whosays.grading.row import UNREADABLE_FILE
from whosays.grading.watch import Limits, RunOutput
from whosays.learner.verdict import RIGHT

TEXT = "The town hall decides when it opens. A readers' group counted entries at one door on one Sunday."


@pytest.fixture(scope="module")
def kit(tmp_path_factory):
    return Kit(tmp_path_factory.mktemp("outputs"))


def row_of(kit, student, answers, lms="", lms_id=""):
    """A result from answers, as if a notebook had named them."""
    work = Work(saved=Saved(answers, {}))
    row = mark.grade_work(None, work, kit.keys()[0], Limits())
    whose = {"id": Submission(student, lms_id).id, "student": student, "lms_id": lms_id}
    return replace(row, lms=lms, sandbox="bubblewrap", valid="x", **whose)


@pytest.fixture
def rows(kit):
    right = {**kit.values, "9.8": TEXT}
    wrong = {
        **right,
        "9.1": "a",
        "9.3": dict.fromkeys("abdhcefg", "not supported"),
        "9.8": TEXT + " So there.",
    }
    trusting = {**right, "9.3": dict.fromkeys("abdhcefg", "supported"), "9.8": ""}
    return [
        row_of(kit, "Anna Ə", right, "canvas", "11"), row_of(kit, "=Bo", wrong, "moodle", "12"), row_of(kit, "Cem", trusting),
        row_of(kit, "Dede", {}),
    ]  # fmt: skip


def _lines(text):
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def test_gradebook_has_every_question_and_total(kit, rows):
    lines = _lines(gradebook.gradebook_csv(rows, kit.keys()))
    assert [line["student"] for line in lines] == ["Anna Ə", "'=Bo", "Cem", "Dede"]
    assert (lines[0]["points"], lines[0]["of"], lines[0]["waiting"], lines[0]["9.8"]) == (
        "17",
        "20",
        "1",
        "",
    )
    assert lines[1]["9.1"] == "0" and lines[1]["wrongly_rejected"] == "4"
    assert lines[2]["wrongly_accepted"] == "4" and lines[2]["waiting"] == "0"
    assert lines[3]["status"] == "not attempted" and lines[3]["percent"] == "0"


@given(st.text(max_size=60))
@settings(max_examples=200)
def test_no_cell_is_a_formula(text):
    cell = spreadsheet.safe(text)
    assert not cell.lstrip().startswith(tuple("=+-@|\uff1d\uff0b\uff0d\uff20")) or cell.startswith(
        "'"
    )
    assert "\n" not in cell and "\r" not in cell


def test_platforms_get_their_own_students(kit, rows, tmp_path):
    gradebook.write_tables(rows, kit.keys(), tmp_path, "Exercise 09 (98765)")
    canvas = _lines((tmp_path / "canvas.csv").read_text(encoding="utf-8"))
    assert canvas[0]["Exercise 09 (98765)"] == "20"
    assert [(line["ID"], line["Exercise 09 (98765)"]) for line in canvas[1:]] == [("11", "17")]
    moodle = _lines((tmp_path / "moodle.csv").read_text(encoding="utf-8"))
    assert [(line["Identifier"], line["Maximum grade"]) for line in moodle] == [
        ("Participant 12", "20")
    ]
    results = json.loads(
        (tmp_path / "gradescope" / f"{rows[0].id}.json").read_text(encoding="utf-8")
    )
    assert results["score"] == 17 == sum(test["score"] for test in results["tests"])
    assert [test["max_score"] for test in results["tests"]] == [1, 2, 4, 2, 2, 3, 3, 3]


def _fill(path, marks, delimiter=",", encoding="utf-8-sig"):
    """What a spreadsheet does: read, type marks into a column, save in its own way."""
    with open(path, encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        lines, names = list(reader), reader.fieldnames
    for line in lines:
        if line["student"] in marks:
            line["marks"], line["comment"] = marks[line["student"]]
    with open(path, "w", encoding=encoding, newline="") as file:
        writer = csv.DictWriter(file, names, delimiter=delimiter)
        writer.writeheader()
        writer.writerows(lines)


@pytest.mark.parametrize(
    "delimiter, encoding", [(",", "utf-8-sig"), (";", "utf-8"), ("\t", "utf-16"), (";", "cp1252")]
)
def test_marks_of_a_person_count_and_survive(kit, rows, tmp_path, delimiter, encoding):
    rows = rows[1:] if encoding == "cp1252" else rows  # Windows' own letters have no schwa
    fresh = copy.deepcopy(rows)
    waiting, _ = write_all(rows, kit.keys(), tmp_path)
    assert waiting == sum(e.points is None for row in rows for e in row.questions.values())
    _fill(tmp_path / essays.SHEET, {"'=Bo": ("2,5", "Who counted?")}, delimiter, encoding)
    for _ in range(2):  # a re-grade, and one more
        again = copy.deepcopy(fresh)
        left, problems = write_all(again, kit.keys(), tmp_path)
        assert (left, problems) == (waiting - 1, [])
        entry = next(row for row in again if row.student == "=Bo").questions["9.8"]
        assert (entry.points, entry.comment) == (2.5, "Who counted?")
    assert "Who counted?" in (
        tmp_path / "feedback" / f"{Submission('=Bo', '12').id}.html"
    ).read_text(encoding="utf-8")


def test_another_text_waits_again_and_the_old_mark_is_kept(kit, rows, tmp_path):
    fresh = copy.deepcopy(rows)
    write_all(rows, kit.keys(), tmp_path)
    _fill(tmp_path / essays.SHEET, {"Anna Ə": ("3", "")})
    changed = copy.deepcopy(fresh)
    changed[0].questions["9.8"].answer = "A new text " + TEXT
    write_all(changed, kit.keys(), tmp_path)
    assert changed[0].questions["9.8"].points is None
    states = {
        (line["student"], line["state"], line["marks"])
        for line in _lines((tmp_path / essays.SHEET).read_text(encoding="utf-8"))
    }
    assert ("Anna Ə", essays.OLD, "3") in states and ("Anna Ə", essays.OPEN, "") in states
    write_all(fresh, kit.keys(), tmp_path)  # the old text comes back, and so does its mark
    assert fresh[0].questions["9.8"].points == 3


@pytest.mark.parametrize("typed", ["4", "-1", "three", "1e999", "nan"])
def test_an_impossible_mark_is_named_and_not_counted(kit, rows, tmp_path, typed):
    fresh = copy.deepcopy(rows)
    write_all(rows, kit.keys(), tmp_path)
    _fill(tmp_path / essays.SHEET, {"Anna Ə": (typed, "")})
    waiting, problems = write_all(fresh, kit.keys(), tmp_path)
    assert waiting == 2
    assert "column marks" in problems[0] and typed in problems[0]
    assert typed in (tmp_path / essays.SHEET).read_text(
        encoding="utf-8"
    )  # what was typed is not lost


def test_a_lost_sheet_loses_no_mark(kit, rows, tmp_path):
    fresh = copy.deepcopy(rows)
    write_all(rows, kit.keys(), tmp_path)
    _fill(tmp_path / essays.SHEET, {"Anna Ə": ("1", "")})
    write_all(copy.deepcopy(fresh), kit.keys(), tmp_path)
    (tmp_path / essays.SHEET).unlink()
    write_all(fresh, kit.keys(), tmp_path)
    assert fresh[0].questions["9.8"].points == 1


def test_feedback_says_what_and_why_and_gives_no_answer_away(kit, rows):
    page = feedback_page(rows[1], kit.keys()[0])
    assert "The Echo printed it" in page and "4 wrongly rejected" in page
    assert "You rejected statements that are well supported" in page
    assert "passes on an announcement" not in page  # the explanation
    assert "passes on an announcement" in feedback_page(rows[1], kit.keys()[0], explain=True)
    assert len(page) < 20_000


def test_feedback_of_a_blank_copy_says_what_to_do(kit, rows):
    page = feedback_page(rows[3], kit.keys()[0])
    assert "folder answers" in page and "0 of 20 points" in page


def test_class_report_names_nobody(kit, rows):
    page = report.class_report(rows, kit.keys())
    assert not any(row.student in page for row in rows)
    # ten steps of the points, and the seven questions that a machine marks
    assert page.count('class="ws-bar"') == 10 + 7 and "67%</td>" in page
    # one accepts all, one rejects all, one is right: three corners of the table of both ways
    both = page.partition("across: wrongly rejected")[2].partition("</table>")[0]
    assert both.count("<td>1</td>") == 3
    assert (
        "1 accept more than the material supports, 1 reject more than they should, 1 are even"
        in page
    )


def test_hardest_first_and_agreement(kit, rows):
    key = kit.keys()[0]
    found = report.hardest(rows[:3], key)
    means = [asked.mean for asked in found if asked.mean is not None]
    assert means == sorted(means)
    by_id = {asked.question: asked for asked in found}
    assert by_id["9.1"].states[RIGHT] == 2
    assert by_id["9.1"].agreement == pytest.approx(1 / 3)
    assert by_id["9.5"].agreement is None  # a chain has no closed parts to count
    assert by_id["9.4"].agreement == 1


def test_common_wrong_answers_are_nobodys_own(kit, rows):
    question = kit.keys()[0].question("9.1")
    assert report.common_wrong(rows, question) == []
    assert report.common_wrong([*rows, rows[1]], question) == [
        ("your choice", "The newspaper that printed it, the Echo", 2)
    ]


def test_a_class_of_unreadable_files_has_a_report(kit, tmp_path):
    row = batch._no_marks(kit.keys()[0], UNREADABLE_FILE, ["<b>"])
    row.id = row.student = "x"
    write_all([row], kit.keys(), tmp_path)
    assert "unreadable" in (tmp_path / "class_report.html").read_text(encoding="utf-8")


def test_notebook_and_gradebook_agree(kit, monkeypatch):
    """The same answers earn the same in the learner's notebook (locked key) and in the gradebook (open key)."""
    from whosays.exercise.score import score_set

    answers = {
        **kit.values,
        "9.1": "c",
        "9.2": ["b", "d"],
        "9.5": ["blog", "hall", "librarian"],
        "9.7": kit.values["9.7"][:3],
    }
    checks = kit.folder / "exercises" / "checks" / "09_demo.json"
    locked = json.loads(checks.read_text(encoding="utf-8"))["questions"]
    row = row_of(kit, "x", answers)
    for judgement in score_set(locked, answers).judgements:
        entry = row.questions[judgement.question]
        assert entry.status == judgement.status
        assert entry.points in (None, judgement.points)


@given(st.dictionaries(st.sampled_from([f"9.{n}" for n in range(1, 9)]), st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12) | st.sampled_from(list("abcdefgh")),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.sampled_from(
        [*"abcdefgh", "value", "counts", "role", "exact", "start", "end", "piece-one", "genre"]), inner, max_size=5),
    max_leaves=12)))  # fmt: skip
@settings(max_examples=50, deadline=None)
def test_any_answers_become_a_row_and_pages(kit, answers):
    """Judge, gradebook, feedback and report take whatever JSON a submission names."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(mark, "execute", lambda *_: RunOutput(values=answers))
        cells = read_cells(b'{"cells": [{"cell_type": "code", "source": "x"}]}').cells
        row = mark.grade_work(None, Work(cells), kit.keys()[0], Limits())
    row.id = row.student = "x"
    assert all(
        entry.points is None or 0 <= entry.points <= entry.of for entry in row.questions.values()
    )
    json.dumps(row.to_json()).encode("utf-8")
    for text in (
        feedback_page(row, kit.keys()[0]),
        report.class_report([row, row], kit.keys()),
        gradebook.gradebook_csv([row], kit.keys()),
    ):
        text.encode("utf-8")
    assert row.questions["9.1"].status == RIGHT or row.questions["9.1"].points == 0

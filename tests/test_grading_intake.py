"""Finding submissions: folders, LMS zips, nbgrader's layout, and files that are none."""

import csv
import io
import json
import os
import time
import zipfile
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from whosays.grading import alike, gradebook, intake
from whosays.grading.cells import Saved, read_cells, read_saved
from whosays.grading.handed import FileRefused, Handed, clean, open_file
from whosays.grading.intake import find
from whosays.grading.opening import pieces
from whosays.grading.row import SubmissionRow

BOOK = json.dumps({"nbformat": 4, "cells": [{"cell_type": "code", "source": "x = 1"}]})
posix = pytest.mark.skipif(os.name == "nt", reason="needs links and pipes")


def _zip(path, names):
    with zipfile.ZipFile(path, "w") as archive:
        for name in names:
            archive.writestr(name, BOOK)
    return path


@dataclass
class _Read:
    """A piece of a submission that was read."""

    name: str
    data: bytes


def _pieces(submission):
    """The pieces of a submission, each read before the next is asked for, as the grader does."""
    return [_Read(piece.name, piece.read()) for piece in pieces(submission, [])]


def _seen(place):
    return {(s.student, s.lms_id, s.lms): sorted(h.name for h in s.files) for s in find(place)}


def test_folder_of_notebooks(tmp_path):
    for name in (
        "anna.ipynb",
        "bo_09_demo_ex.ipynb",
        "bo_09_demo_ex (1).ipynb",
        "bo_exercises_09_demo_ex.ipynb",
        "anna.json",
        "notes.txt",
        ".~bo_09_demo_ex.ipynb",
        "._anna.ipynb",
    ):
        (tmp_path / name).write_text(BOOK, encoding="utf-8")
    assert _seen(tmp_path) == {
        ("anna", "", ""): ["anna.ipynb", "anna.json"],
        ("bo", "", ""): [
            "bo_09_demo_ex (1).ipynb",
            "bo_09_demo_ex.ipynb",
            "bo_exercises_09_demo_ex.ipynb",
        ],
    }


def test_whoever_hands_in_something_else_has_a_row(tmp_path):
    """In a class's folder and in a platform's zip; a teacher's own list beside them makes none."""
    for name in ("anna.ipynb", "bo.pdf", "cem.ipynb.txt", "list.csv", "dora_09_demo_ex.html"):
        (tmp_path / name).write_text(BOOK, encoding="utf-8")
    assert _seen(tmp_path) == {
        ("anna", "", ""): ["anna.ipynb"],
        ("bo", "", ""): [],
        ("cem", "", ""): ["cem.ipynb.txt"],
        ("dora", "", ""): [],
    }
    names = ["Jane Doe_2002_assignsubmission_file_/x.ipynb", "export.log"]
    names += ["Bo Roe_2003_assignsubmission_file_/work.docx", "roecem_77_88_notes.txt"]
    found = {s.student: (len(s.files), s.beside) for s in find(_zip(tmp_path / "class.zip", names))}
    assert found == {
        "Jane Doe": (1, []),
        "Bo Roe": (0, ["work.docx"]),
        "roecem": (0, ["notes.txt"]),
    }


def test_nbgrader_and_student_folders(tmp_path):
    for student in ("anna", "bo"):
        folder = tmp_path / "submitted" / student / "09_demo"
        (folder / ".ipynb_checkpoints").mkdir(parents=True)
        (folder / "09_demo_ex.ipynb").write_text(BOOK, encoding="utf-8")
        (folder / ".ipynb_checkpoints" / "09_demo_ex-checkpoint.ipynb").write_text(
            BOOK, encoding="utf-8"
        )
    (tmp_path / "submitted" / "cem").mkdir()
    seen = _seen(tmp_path / "submitted")
    assert seen["anna", "", ""] == ["09_demo/09_demo_ex.ipynb"]
    assert seen["cem", "", ""] == []


ZIPS = {
    "canvas": (
        [
            "doejane_LATE_4711_99001_09_demo_ex-1.ipynb",
            "roebo_4712_99002_09_demo_ex.ipynb",
            "roebo_4712_99003_09_demo.json",
        ],
        {
            ("doejane", "4711", "canvas"): ["09_demo_ex-1.ipynb"],
            ("roebo", "4712", "canvas"): ["09_demo.json", "09_demo_ex.ipynb"],
        },
    ),
    "moodle": (
        [
            "Jane Doe_2002_assignsubmission_file_/09_demo_ex.ipynb",
            "Bo Roe_2003_assignsubmission_file_/a/b.ipynb",
        ],
        {
            ("Jane Doe", "2002", "moodle"): ["09_demo_ex.ipynb"],
            ("Bo Roe", "2003", "moodle"): ["a/b.ipynb"],
        },
    ),
    "moodle, flat": (
        ["Jane Doe_2002_assignsubmission_file_09_demo_ex.ipynb"],
        {("Jane Doe", "2002", "moodle"): ["09_demo_ex.ipynb"]},
    ),
    "gradescope": (
        [
            "assignment_77_export/submission_501/09_demo_ex.ipynb",
            "assignment_77_export/submission_502/x.ipynb",
        ],
        {
            ("submission_501", "501", "gradescope"): ["09_demo_ex.ipynb"],
            ("submission_502", "502", "gradescope"): ["x.ipynb"],
        },
    ),
    "one student only": (
        ["assignment_77_export/submission_501/09_demo_ex.ipynb"],
        {("submission_501", "501", "gradescope"): ["09_demo_ex.ipynb"]},
    ),
    "names in any script": (
        ["Айгүл Ə_2002_assignsubmission_file_/x.ipynb", "__MACOSX/._x.ipynb"],
        {("Айгүл Ə", "2002", "moodle"): ["x.ipynb"]},
    ),
}


@pytest.mark.parametrize("layout", ZIPS)
def test_zip_of_a_class(tmp_path, layout):
    names, expected = ZIPS[layout]
    archive = _zip(tmp_path / "class.zip", names)
    assert _seen(archive) == expected
    for submission in find(archive):
        assert all(json.loads(handed.read()) for handed in submission.files)
    # the teacher names the zip itself: what lies in a folder is one student's
    (tmp_path / "downloads").mkdir()
    archive.rename(tmp_path / "downloads" / "class.zip")
    with pytest.raises(FileRefused, match=r"Name the zip itself: .*class\.zip"):
        find(tmp_path / "downloads")


@pytest.mark.parametrize("layout", ZIPS)
def test_a_learners_zip_makes_no_rows_of_others(tmp_path, layout):
    """A zip with the names of a class export is one student's, wherever the student put it."""
    names, _ = ZIPS[layout]
    (tmp_path / "class" / "eve").mkdir(parents=True)
    _zip(tmp_path / "class" / "mallory.zip", names)
    _zip(tmp_path / "class" / "eve" / "work.zip", names)
    (tmp_path / "class" / "anna.ipynb").write_text(BOOK, encoding="utf-8")
    found = find(tmp_path / "class")
    assert [s.student for s in found] == ["anna", "eve", "mallory"]
    taken = [n for n in names if "__MACOSX" not in n and n.endswith((".ipynb", ".json"))]
    assert len(_pieces(found[1])) == len(_pieces(found[2])) == len(taken)


def test_a_file_named_for_another_is_told_on_both_rows():
    """Impersonation makes no row, and both students' rows say that it was tried."""
    rows = [
        SubmissionRow(student="Mallory", lms_id="17", named=[("Jane Doe", "2002")]),
        SubmissionRow(student="Jane Doe", lms_id="2002"),
        SubmissionRow(student="Bo", lms_id="2003", named=[("Bo", "2003")]),
    ]
    alike.flag(rows)
    assert rows[0].flags == ["a file in it is named for another student: Jane Doe (2002)"]
    assert rows[1].flags == ["another student handed in a file named for this one: Mallory (17)"]
    assert rows[2].flags == []
    alike.flag(rows)  # kept rows are read again, and say it once
    assert len(rows[0].flags) == len(rows[1].flags) == 1
    rows[0].named += [("Bo", "2003")]
    alike.flag(rows)
    assert rows[0].flags[-1].endswith("if it is one, name the zip itself")


@pytest.mark.parametrize(
    "one, other",
    [("Anna", "Аnna"), ("José", "Jose"), ("anna b", "Anna  B."), ("ﬁona", "Fiona"), ("X", "X")],
)
def test_names_that_look_alike_are_told_on_both_rows(one, other):
    rows = [
        SubmissionRow(student=one, lms_id="1"),
        SubmissionRow(student=other, lms_id="2"),
        SubmissionRow(student="Zed"),
    ]
    alike.flag(rows)
    assert [len(row.flags) for row in rows] == [1, 1, 0]
    assert "looks like that of" in rows[0].flags[0]


def test_a_folder_that_begins_with_a_dot_is_not_lost(tmp_path):
    for folder in (".anna", ".git", ".ipynb_checkpoints", ".empty"):
        (tmp_path / folder).mkdir()
        if folder != ".empty":
            (tmp_path / folder / "x.ipynb").write_text(BOOK, encoding="utf-8")
    assert _seen(tmp_path) == {(".anna", "", ""): ["x.ipynb"]}
    _zip(tmp_path / "class.zip", [".class/anna/x.ipynb", ".class/bo/y.ipynb"])
    assert list(_seen(tmp_path / "class.zip")) == [("anna", "", ""), ("bo", "", "")]


HAND_IN = ["notebooks/02_x.ipynb", "answers/09_demo.json", "answers/memo.json", "memo.html"]


def test_the_hand_in_file_of_the_lessons_is_taken(tmp_path):
    (tmp_path / "class").mkdir()
    _zip(tmp_path / "class" / "whosays-Anna Ə.zip", HAND_IN)
    _zip(tmp_path / "class" / "whosays-Bo (1).zip", HAND_IN)
    found = find(tmp_path / "class")
    assert [s.student for s in found] == ["Anna Ə", "Bo"]
    assert [piece.name.split("/", 1)[1] for piece in _pieces(found[0])] == HAND_IN[:3]
    _zip(tmp_path / "canvas.zip", [])
    with zipfile.ZipFile(tmp_path / "canvas.zip", "w") as archive:
        archive.write(
            tmp_path / "class" / "whosays-Bo (1).zip", "roebo_4712_99002_whosays-Anna.zip"
        )
    (bo,) = find(tmp_path / "canvas.zip")
    assert (bo.student, bo.lms_id, len(_pieces(bo))) == ("roebo", "4712", 3)


@pytest.mark.parametrize("student", ['Doe; "Jane"', "O'Neil, Bo", "007", "Anna  Ə"])
def test_ids_and_names_go_unchanged_into_the_platforms_files(tmp_path, student):
    _zip(tmp_path / "class.zip", [f"{student}_00471_assignsubmission_file_/x.ipynb"])
    (found,) = find(tmp_path / "class.zip")
    row = SubmissionRow(student=found.student, lms_id=found.lms_id, lms=found.lms)
    text = gradebook.moodle_csv([row], 20).removeprefix("\ufeff")
    (line,) = csv.DictReader(io.StringIO(text, newline=""))
    assert (line["Identifier"], line["Full name"]) == ("Participant 00471", student)
    row.lms = "canvas"
    text = gradebook.canvas_csv([row], "Exercise; 09", 20).removeprefix("\ufeff")
    *_, line = csv.DictReader(io.StringIO(text, newline=""))
    assert (line["ID"], line["Student"]) == ("00471", student)
    assert '"00471"' in text  # in quotation marks: text, and one cell whatever separates them


def test_a_name_in_a_zip_is_no_work_for_the_grader(tmp_path):
    """Names of 60,000 characters, made for patterns that go back and forth, are refused at once."""
    names = ["_ " * 30_000 + ".ipynb", "_" * 60_000 + "/x.ipynb", "../" * 20_000 + "x.ipynb"]
    _zip(tmp_path / "class.zip", [*names, "anna/x.ipynb"])
    started = time.monotonic()
    found = find(tmp_path / "class.zip")
    assert time.monotonic() - started < 20  # a square of it is hours
    assert [s.student for s in found if s.files] == ["anna"]


def test_late_is_known_from_canvas(tmp_path):
    _zip(tmp_path / "class.zip", ZIPS["canvas"][0])
    assert [s.files[0].late for s in find(tmp_path / "class.zip")] == [True, False]


def test_a_students_zip_is_opened(tmp_path):
    _zip(tmp_path / "anna.zip", ["handed-in/09_demo_ex.ipynb"])
    (submission,) = find(tmp_path)
    (piece,) = pieces(submission, [])
    assert piece.name == "anna.zip/handed-in/09_demo_ex.ipynb"
    assert _pieces(submission)[0].data == BOOK.encode()


def test_a_zip_in_a_class_zip_is_opened_and_no_further(tmp_path):
    inner = _zip(tmp_path / "inner.zip", ["09_demo_ex.ipynb"]).read_bytes()
    with zipfile.ZipFile(tmp_path / "class.zip", "w") as archive:
        archive.writestr("doejane_4711_99001_work.zip", inner)
        archive.writestr("roebo_4712_99002_work.zip", b"PK\x03\x04 broken")
    jane, bo = find(tmp_path / "class.zip")
    assert _pieces(jane)[0].data == BOOK.encode()
    refused = []
    assert list(pieces(bo, refused)) == [] and "cannot be read" in refused[0]


def test_ids_are_safe_and_differ(tmp_path):
    names = ["../../etc", "a/b", "a b", "a_b", "Ərəb", "", "x" * 300, "-rf", "CON"]
    made = [intake.Submission(clean(name), raw=name).id for name in names]
    assert len(set(made)) == len(names)
    assert all(
        part.isascii() and set(part) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
        for part in made
    )


@posix
def test_links_and_pipes_are_never_opened(tmp_path):
    target = tmp_path / "target.ipynb"
    target.write_text(BOOK, encoding="utf-8")
    os.symlink(target, tmp_path / "link.ipynb")
    os.mkfifo(tmp_path / "pipe.ipynb")
    for name, words in (("link", "a link"), ("pipe", "a pipe")):
        with pytest.raises(FileRefused, match=words):
            open_file(tmp_path / f"{name}.ipynb")


def test_too_large_is_not_read(tmp_path, monkeypatch):
    monkeypatch.setattr("whosays.grading.handed.MAX_NOTEBOOK", 1000)
    handed = Handed("x.ipynb", 0.0, False, str(tmp_path / "x.ipynb"))
    (tmp_path / "x.ipynb").write_bytes(b"x" * 1000)
    assert handed.read() == b"x" * 1000
    (tmp_path / "x.ipynb").write_bytes(b"x" * 1001)
    with pytest.raises(FileRefused, match="larger"):
        handed.read()


def test_no_place(tmp_path):
    with pytest.raises(FileRefused, match="neither a folder nor a zip"):
        find(tmp_path / "nothing")
    (tmp_path / "x.zip").write_bytes(b"no zip")
    with pytest.raises(FileRefused, match="cannot be read"):
        find(tmp_path / "x.zip")


@given(st.text(max_size=200))
@settings(max_examples=100)
def test_clean_text_can_be_written_and_shown(text):
    kept = clean(text)
    kept.encode("utf-8")
    assert not any(
        (ord(c) < 32 and c not in "\t\n") or "\u202a" <= c <= "\u202e" or c == "\x7f" for c in kept
    )
    assert clean(kept) == kept


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(
        ["cells", "source", "cell_type", "metadata", "worksheets", "input", "kernelspec", "language", "nbformat", "set", "answers"]
    ), inner, max_size=4),
    max_leaves=25,
)  # fmt: skip


@pytest.mark.slow
@given(
    st.binary(max_size=300)
    | _json.map(lambda v: json.dumps(v).encode())
    | st.text(max_size=100).map(lambda t: t.encode("utf-16"))
)
@settings(max_examples=300)
def test_any_bytes_are_cells_or_refused(data):
    """The reader of notebooks ends with cells of text or with a sentence, whatever it is given."""
    try:
        cells = read_cells(data).cells
    except FileRefused as problem:
        assert str(problem)
    else:
        for cell in cells:
            cell.source.encode("utf-8")
            assert "\x00" not in cell.source
    saved = read_saved(data, "09_demo")
    assert saved is None or all(type(key) is str for key in saved.answers)


@given(st.data())
@settings(max_examples=60)
def test_a_damaged_zip_is_read_or_refused(tmp_path_factory, data):
    path = _zip(
        tmp_path_factory.mktemp("zip") / "class.zip", ["a_1234_5678_x.ipynb", "b_1235_5679_y.ipynb"]
    )
    raw = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 8))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    path.write_bytes(raw[: data.draw(st.integers(1, len(raw)))])
    try:
        for submission in find(path):
            for handed in submission.files:
                try:
                    handed.read()
                except FileRefused as problem:
                    assert str(problem)
    except FileRefused as problem:
        assert str(problem)


def test_deep_json_does_not_end_the_reader():
    for deep in (
        b"[" * 300_000,
        b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
        b'{"cells": ' + b"[" * 50_000 + b"]" * 50_000 + b"}",
    ):
        with pytest.raises(FileRefused):
            read_cells(deep)


def test_saved_answers_are_of_their_set():
    data = json.dumps({"set": "09_demo", "answers": {"9.1": "b"}}).encode()
    assert read_saved(data, "09_demo") == Saved({"9.1": "b"}, {})
    assert read_saved(data, "10_other") is None
    assert read_saved(b"{}", "09_demo") is None

"""Lesson and exercise of any case: questions from checked rows, built, graded, and run."""

import csv
import json
import shutil
import tomllib

import nbformat
import pytest
from notebook_run import run
from test_newcase_desk import POOL, finish

from whosays import load_case
from whosays.base import paths
from whosays.grading.command import main as grade
from whosays.newcase import case_desk, lesson, new_case
from whosays.newcase.lesson import write_class
from whosays.newcase.pack import NewCaseError
from whosays.newcase.questions import MAKERS, ask

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def pool(tmp_path_factory):
    desk = case_desk(tmp_path_factory.mktemp("own") / "pool")
    desk.read(POOL)
    finish(desk)
    return desk


@pytest.mark.parametrize("name", ["ferry", "khojaly"])
def test_the_kits_cases_give_every_sort_of_question(name, tmp_path):
    made = write_class(paths.data() / name, tmp_path)
    assert made.sorts == list(MAKERS) and made.missing == []
    checks = json.loads((made.folder / "checks" / f"08_{name}.json").read_text(encoding="utf-8"))
    assert len(checks["questions"]) == len(MAKERS) >= 8


def test_the_ferrys_answers_are_those_of_its_tables():
    case = load_case("ferry")
    asked = {one.sort: one for one in ask(case)[0]}
    names = {a.name for a in case.agents}
    assert set(asked["whose words"].answer.values()) <= names
    assert set(asked["chain"].answer) <= set(case.agents.ids)
    said = {c.text: c.status for c in case.claims}
    one = asked["how well it is known"]
    for line in one.fields["statement"]:
        assert one.answer[line["key"]] == said[line["text"]].replace(
            "does_not_hold", "does not hold"
        )


def test_a_first_pass_asks_nothing(tmp_path):
    folder = new_case(tmp_path / "case", POOL).folder
    assert ask(load_case(folder))[0] == []
    with pytest.raises(NewCaseError, match="too little"):
        write_class(folder)


def test_a_minimal_case_has_a_lesson_that_runs_and_says_what_it_leaves_out(pool, monkeypatch):
    said = pool.write()
    assert (
        said.startswith("Written: pool-class for your class")
        and "Too little in the case for" in said
    )
    place = pool.folder.with_name("pool-class")
    monkeypatch.chdir(place)
    for name in ("WHOSAYS_DATA", "WHOSAYS_EXERCISES"):
        monkeypatch.setenv(name, str(paths.root() / "tests"))  # the folder counts, and not this
    assert [str(f) for f in run(place / "08_pool.ipynb")] == []
    assert [str(f) for f in run(place / "08_pool_ex.ipynb")] == []


def test_a_hand_in_is_graded_with_the_case(pool, tmp_path):
    pool.write()
    teacher, place = pool.folder.with_name("pool-teacher"), pool.folder.with_name("pool-class")
    solution = nbformat.read(next((teacher / "solutions").glob("*.ipynb")), as_version=4)
    right = {
        line.split(" = ")[0]: line
        for one in solution.cells
        for line in one.source.split("\n")
        if line.startswith("answer_8_")
    }
    book = nbformat.read(place / "08_pool_ex.ipynb", as_version=4)
    for one in book.cells:
        for name, line in right.items():
            one.source = one.source.replace(f"{name} = ...", line)
    (tmp_path / "in").mkdir()
    nbformat.write(book, tmp_path / "in" / "ada.ipynb")
    shutil.copy(place / "08_pool_ex.ipynb", tmp_path / "in" / "blank.ipynb")
    out = tmp_path / "out"
    done = grade(
        [
            str(tmp_path / "in"),
            "--key",
            str(teacher / "key"),
            "--out",
            str(out),
            "--trust-submissions",
        ]
    )
    assert done == 0
    with (out / "gradebook.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = {row["student"]: row["percent"] for row in csv.DictReader(file)}
    assert (float(rows["ada"]), float(rows["blank"])) == (100, 0)


def test_what_a_teacher_has_is_never_lost(pool, tmp_path, monkeypatch):
    place = tmp_path / "two"
    first = write_class(pool.folder, place)
    (first.teacher / "mine.txt").write_text("my marks", encoding="utf-8")
    (first.folder / "mine.txt").write_text("my hints", encoding="utf-8")
    again, third = write_class(pool.folder, place), write_class(pool.folder, place)
    assert again.kept == ["pool-teacher-before-1", "pool-class-before-1"]
    assert "What was there before is kept" in third.summary()
    assert (place / "pool-teacher-before-1" / "mine.txt").exists()
    assert (place / "pool-class-before-1" / "mine.txt").exists()
    assert (place / "pool-teacher-before-2" / "key").is_dir()
    for folder in place.glob("pool-teacher*"):
        data = place / folder.name.replace("teacher", "class") / "data"
        key = json.loads(next((folder / "key").iterdir()).read_text(encoding="utf-8"))
        assert key["data"] == str(data)
    before = sorted(place.rglob("*"))
    monkeypatch.setattr(lesson, "_build", lambda *_: ["it broke"])
    with pytest.raises(NewCaseError, match="it broke"):
        write_class(pool.folder, place)
    assert sorted(place.rglob("*")) == before


def test_a_class_gets_no_full_texts_and_no_halves(pool, tmp_path):
    case = shutil.copytree(pool.folder, tmp_path / "pool")
    (case / "fulltext").mkdir()
    for name in ("fulltext/secret.txt", ".claims.csv.part"):
        (case / name).write_text("not for the class", encoding="utf-8")
    names = {path.name for path in write_class(case).folder.rglob("*")}
    assert not names & {"fulltext", "secret.txt", ".claims.csv.part", ".undo"}


def test_toml_has_no_none_and_no_delete_sign():
    pairs = lesson._pairs({"a": None, "b": {"c": None, "d": "x\x7f"}, "e": [1, None]})
    assert tomllib.loads("\n".join(pairs)) == {"b": {"d": "x\x7f"}, "e": [1]}

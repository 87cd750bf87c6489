"""First tries and confidence: kept once, beside the last answer, in files of every version."""

import json
from datetime import UTC, datetime

import pytest
from exercise_books import DEMO

from whosays.exercise import question, question_set
from whosays.exercise.build import build, load_set, one_answer
from whosays.exercise.question import _PROGRESS
from whosays.exercise.tries import calibration, confidence, first_answers, read_first, remember

NOW = datetime(2026, 3, 1, 10, 15, tzinfo=UTC)
LATER = datetime(2026, 3, 1, 10, 20, tzinfo=UTC)


@pytest.fixture(scope="module")
def demo():
    made = load_set(DEMO)
    return {q["id"]: q for q in made.questions}


@pytest.fixture(autouse=True)
def learner(tmp_path, tmp_path_factory, monkeypatch):
    folder = tmp_path_factory.mktemp("kit")
    build(solutions=DEMO.parent, exercises=folder)
    monkeypatch.setenv("WHOSAYS_EXERCISES", str(folder))
    monkeypatch.setenv("WHOSAYS_ANSWERS", str(tmp_path / "answers"))
    _PROGRESS.clear()
    return tmp_path / "answers" / "09_demo.json"


def test_each_part_keeps_its_first_check(demo):
    entry = remember(None, demo["9.3"], {"a": "supported"}, 80, NOW)
    entry = remember(entry, demo["9.3"], {"a": "not supported", "b": "cannot tell"}, 20, LATER)
    assert entry["answer"] == {"a": "supported", "b": "cannot tell"}
    assert entry["at"] == {"a": NOW.isoformat(), "b": LATER.isoformat()}
    assert (entry["sure"], entry["checks"], entry["last"]) == (80, 2, LATER.isoformat())


@pytest.mark.parametrize("number", [f"9.{i}" for i in range(1, 9)])
def test_every_kind_keeps_its_first_answer(demo, number):
    right = one_answer(demo[number]["answer"], demo[number])
    entry = remember(None, demo[number], right, None, NOW)
    again = remember(entry, demo[number], right, 50, LATER)
    assert json.loads(json.dumps(again)) == again
    assert again["answer"] == right
    assert again["at"] == entry["at"]
    assert again["sure"] is None  # confidence after feedback is none


def test_checks_in_code_are_kept_and_blank_ones_are_not(learner):
    question("9.1").check(...)
    assert not learner.exists()
    question("9.1").check("a", sure=90)
    question("9.1").check("b", sure=100)
    kept = question_set("09").first_tries()["9.1"]
    assert (kept["answer"], kept["sure"], kept["checks"]) == ("a", 90, 2)
    assert json.loads(learner.read_text(encoding="utf-8"))["first"]["9.1"]["answer"] == "a"


def test_fields_and_first_tries_stand_side_by_side():
    kept = question_set("09")
    kept.keep("9.1", "a")
    question("9.1").check("a")
    kept.keep("9.1", "b")
    assert kept.saved() == {"9.1": "b"}
    assert kept.first_tries()["9.1"]["answer"] == "a"
    assert "1 saved answer deleted" in str(kept.forget(confirm=True))
    assert kept.first_tries() == {}


def test_a_file_of_the_first_version_is_read(learner):
    learner.parent.mkdir()
    learner.write_text('{"set": "09_demo", "answers": {"9.1": "b"}}', encoding="utf-8")
    assert question_set("09").saved() == {"9.1": "b"}
    assert question_set("09").first_tries() == {}
    view = question_set("09").score({})
    # what was never checked is a first try itself
    assert view.score.points == view.first.points > 0


@pytest.mark.parametrize(
    "first",
    [
        None,
        [],
        "x",
        {"9.1": None},
        {"9.1": {"answer": "a"}},
        {"9.1": {"answer": [[[[[[[[1]]]]]]]], "at": {}}},
        {"9.1": {"answer": "b", "at": {"choice": 5}, "sure": 900, "checks": "many"}},
    ],
)
def test_a_damaged_entry_does_no_harm(first):
    for entry in read_first({"set": "09_demo", "first": first}).values():
        assert entry["sure"] is None
        assert entry["checks"] == 0
        assert entry["at"] == {}
    assert read_first([]) == {}


def test_the_score_both_ways_is_by_first_tries():
    wrong = dict.fromkeys("abcdefgh", "supported")
    question("9.3").check(wrong)
    solved = {q.id: q for q in question_set("09")}
    assert "9.3" in solved
    view = question_set("09").score({"9.3": {**wrong, "c": "not supported"}})
    assert view.first.beliefs["wrongly accepted"] == 4
    assert view.score.beliefs["wrongly accepted"] == 3
    assert "4 wrongly accepted" in view.html()
    assert "on first tries" in view.text()


def test_parts_never_checked_count_as_handed_in(demo):
    first = read_first(
        {"first": {"9.3": remember(None, demo["9.3"], {"a": "supported"}, None, NOW)}}
    )
    last = {"9.3": {"a": "not supported", "b": "supported"}, "9.1": "b"}
    merged = first_answers([demo["9.3"], demo["9.1"]], last, first)
    assert merged == {"9.3": {"a": "supported", "b": "supported"}, "9.1": "b"}


def test_confidence_is_held_against_being_right(demo):
    first = {
        "9.1": remember(None, demo["9.1"], "a", 90, NOW),
        "9.2": remember(None, demo["9.2"], ["b", "c"], 100, NOW),
        "9.5": remember(None, demo["9.5"], one_answer(demo["9.5"]["answer"], demo["9.5"]), 30, NOW),
        "9.8": remember(None, demo["9.8"], "Some text of my own.", 100, NOW),
    }
    steps = calibration(confidence(list(demo.values()), first))
    assert [(s.words, s.answers, s.sure, s.right) for s in steps] == [
        ("0 to 40 %", 1, 0.3, 1.0),
        ("80 to 100 %", 2, 0.95, 0.5),
    ]


def test_the_table_of_confidence_is_shown():
    question("9.1").check("a", sure=90)
    shown = question_set("09").score({"9.1": "b"}).text()
    assert "How sure, and how right" in shown
    assert "80 to 100 %" in shown


def test_the_author_leaves_no_tries_behind(learner):
    load_set(DEMO)
    assert not learner.exists()


def test_a_question_that_asks_for_confidence_has_a_field_for_it(demo, learner):
    from whosays.exercise.key import lock, make_key
    from whosays.exercise.question import Question
    from whosays.widgets.question import QuestionBox

    spec = {**demo["9.1"], "sure": True, "wrong": []}
    public = lock(make_key(spec, "b", "09_demo") | {"sure": True})
    assert public["sure"] is True
    box = QuestionBox(Question(public, question_set("09")))
    box.sure.value = 70
    box.fields.inputs["choice"].value = "a"
    box.check()
    assert question_set("09").first_tries()["9.1"]["sure"] == 70
    # run again, the cell shows what was said the first time
    assert QuestionBox(Question(public, question_set("09"))).sure.value == 70
    assert QuestionBox(question("9.1")).sure is None

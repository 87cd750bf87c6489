"""What a learner handles in a notebook: question, feedback, hints, explanation, score, saved answers."""

import json
import subprocess
import sys
from dataclasses import asdict

import pytest
from exercise_books import DEMO

from whosays.exercise import question, question_set
from whosays.exercise.build import build, load_set, one_answer
from whosays.exercise.question import _PROGRESS


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    exercises = tmp_path_factory.mktemp("exercises")
    _, problems = build(solutions=DEMO.parent, exercises=exercises)
    assert not problems
    return exercises


@pytest.fixture(autouse=True)
def fresh(folder, tmp_path, monkeypatch):
    monkeypatch.setenv("WHOSAYS_EXERCISES", str(folder))
    monkeypatch.setenv("WHOSAYS_ANSWERS", str(tmp_path / "answers"))
    _PROGRESS.clear()


@pytest.fixture(scope="module")
def solved():
    return {q["id"]: one_answer(q["answer"], q) for q in load_set(DEMO).questions}


def test_a_question_shows_all_that_an_answer_needs():
    shown = question("9.3")._repr_markdown_()
    assert shown == question("9.3")._repr_markdown_()
    for words in (
        "9.3",
        "4 points",
        "say how the material stands",
        "`a` The library opens at ten",
        "`supported`",
        '{"a": "...", "b": "...", ...}',
    ):
        assert words in shown
    assert "`" not in repr(question("9.3"))


def test_feedback_as_text_and_as_html():
    feedback = question("9.3").check({"a": "not supported", "c": "supported"})
    assert repr(feedback) == str(feedback)
    lines = str(feedback).splitlines()
    (a,), (c,) = ([line for line in lines if line.startswith(f"  ({k}) ")] for k in "ac")
    # each line names its part in words, what was made of it, and what to look at
    assert "✗ not yet (wrongly rejected: " in a
    assert "✗ not yet (wrongly accepted: " in c
    shown = feedback._repr_html_()
    assert "<caption>Part by part</caption>" in shown
    assert "<td>✗ not yet</td><td>wrongly rejected: " in shown
    assert "color:red" not in shown


@pytest.mark.parametrize("number", [f"9.{i}" for i in range(1, 9)])
def test_blank_is_not_answered_yet(number):
    assert "· not answered in this cell" in str(question(number).check(...))
    assert "· not answered yet" in str(question(number).check())


def test_solution_is_right(solved):
    for number, answer in solved.items():
        expected = "self-review" if number == "9.8" else "right"
        assert question(number).check(answer).judgement.status == expected


def test_answers_from_pandas_and_numpy():
    import numpy as np
    import pandas as pd

    table = pd.DataFrame(
        {
            "genre": ["press release", "news"],
            "author": ["not named", "M. Brandt"],
            "signatures": ["none", "one"],
        },
        index=["piece-one", "piece-two"],
    )
    assert question("9.6").check(table).judgement.right
    assert question("9.6").check(table.reset_index(names="row")).judgement.right
    assert (
        question("9.4")
        .check({"value": np.int64(238), "counts": "entries at one door"})
        .judgement.right
    )
    assert question("9.2").check(pd.Series(["b", "c"])).judgement.right


def test_tables_with_gaps_and_with_double_rows():
    import pandas as pd

    rows = ["piece-one", "piece-two"]
    gaps = pd.DataFrame(
        {"genre": ["press release", None], "signatures": ["none", float("nan")]}, index=rows
    )
    assert question("9.6").check(gaps).judgement.points == 1
    double = pd.DataFrame({"genre": ["news", "news"]}, index=rows[:1] * 2)
    assert question("9.6").check(double).judgement.status == "unreadable"


@pytest.mark.parametrize(
    "answer", [object(), {"a": object()}, print, ["b"] * 9999, {1: {2: {3: {4: {5: {6: {7: 8}}}}}}}]
)
def test_what_cannot_be_read_gets_a_sentence(answer):
    feedback = question("9.3").check(answer)
    assert feedback.judgement.status == "unreadable"
    assert feedback.notes


def test_hints_come_one_by_one():
    assert str(question("9.1").hint()).startswith("Hint 1 of 2: Look for the verb")
    assert str(question("9.1").hint()).startswith("Hint 2 of 2:")
    last = str(question("9.1").hint())
    assert "last hint" in last
    assert "1. Look for the verb" in last


def test_explanation_opens_after_a_right_answer():
    assert "2 more tries" in str(question("9.1").explain())
    question("9.1").check("b")
    assert "passes on an announcement" in str(question("9.1").explain())


def test_explanation_opens_after_two_tries_that_say_something():
    question("9.1").check(...)
    question("9.1").check("z")
    assert "2 more tries" in str(question("9.1").explain())
    question("9.1").check("a")
    assert "1 more try" in str(question("9.1").explain())
    question("9.1").check("c")
    assert "passes on an announcement" in str(question("9.1").explain())


def test_model_answer_and_levels_open_with_a_text_of_ones_own():
    assert "more tries" in str(question("9.8").explain())
    question("9.8").check(
        "The town hall says that it opens on Sundays, and a group counted at one door on one day."
    )
    shown = str(question("9.8").explain())
    for words in (
        "A good answer:",
        "The town hall says that the library opens",
        "3. Names the source of each statement",
    ):
        assert words in shown


@pytest.mark.parametrize("number", ["7.1", "9.99", "nine", "", "9", "../../etc", 9.1, None])
def test_an_unknown_question_says_so_everywhere(number):
    q = question(number)
    if number == 9.1:
        assert q.id == "9.1"
        return
    for words in (
        repr(q),
        str(q.check("a")),
        str(q.hint()),
        str(q.explain()),
        q.shape,
        str(q.widget()),
    ):
        assert "There " in words
        assert "Traceback" not in words


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        "{",
        '{"number": 5}',
        '{"questions": []}',
        '{"number": "05", "questions": [{"id": "5.1"}]}',
        "[" * 100_000,
    ],
)
def test_damaged_checks_are_reported(content, tmp_path):
    (tmp_path / "checks").mkdir()
    (tmp_path / "checks" / "05_x.json").write_text(content, encoding="utf-8")
    assert "cannot be read" in repr(question("5.1", tmp_path)) or "no questions" in repr(
        question("5.1", tmp_path)
    )


def test_score_of_the_solution(solved):
    view = question_set("09").score(solved)
    assert (view.score.points, view.score.of) == (17, 17)
    assert view.score.balanced_accuracy == 1
    assert view.score.review == ("9.8",)
    json.dumps(asdict(view.score))


def test_score_takes_variables_of_the_notebook(solved):
    variables = {"answer_" + number.replace(".", "_"): answer for number, answer in solved.items()}
    view = question_set("09").score({**variables, "other": object()})
    assert view.score.points == 17


def test_score_tells_wrongly_accepted_and_wrongly_rejected_apart():
    believer = {"9.2": ["a", "b", "c", "d"], "9.3": dict.fromkeys("abcdefgh", "supported")}
    doubter = {"9.3": dict.fromkeys("abcdefgh", "not supported")}
    b, d = question_set("09").score(believer).score, question_set("09").score(doubter).score
    assert (b.beliefs["wrongly accepted"], b.beliefs["wrongly rejected"], b.balanced_accuracy) == (
        6,
        0,
        0.5,
    )
    assert (d.beliefs["wrongly accepted"], d.beliefs["wrongly rejected"], d.balanced_accuracy) == (
        0,
        4,
        0.5,
    )
    assert "You accepted more" in question_set("09").score(believer).text()
    assert "doubt needs reasons" in question_set("09").score(doubter).text()
    assert "6 wrongly accepted" in question_set("09").score(believer)._repr_html_()


def test_score_of_nothing():
    view = question_set("09").score({})
    assert view.score.points == 0
    assert view.score.balanced_accuracy is None
    assert len(view.score.blank) == 8
    assert "Not answered yet: 9.1" in view.text()


def test_score_names_answers_that_are_no_data():
    assert (
        "9.1: a value of type object" in question_set("09").score({"answer_9_1": object()}).text()
    )


def test_saved_answers_merge_and_count(tmp_path):
    kept = question_set("09")
    assert kept.keep("9.1", "b") == ""
    assert question_set("09").keep("9.2", ["b", "c"]) == ""
    saved = json.loads((tmp_path / "answers" / "09_demo.json").read_text(encoding="utf-8"))
    assert saved == {"set": "09_demo", "answers": {"9.1": "b", "9.2": ["b", "c"]}}
    assert "not answered in this cell" in str(question("9.1").check(...))
    assert question_set("09").score({}).score.points == 3
    assert question_set("09").score({"9.1": "a"}).score.points == 2
    assert question_set("09").answers({"answer_9_1": "c"})["9.1"] == "c"
    kept.keep("9.1", None)
    assert question_set("09").saved() == {"9.2": ["b", "c"]}


def test_forget_asks_first():
    question_set("09").keep("9.1", "b")
    assert "forget(confirm=True)" in str(question_set("09").forget())
    assert question_set("09").saved() == {"9.1": "b"}
    assert "1 saved answer deleted" in str(question_set("09").forget(confirm=True))
    assert question_set("09").saved() == {}
    assert "no saved answers" in str(question_set("09").forget())


def test_a_set_prints_as_a_sheet():
    sheet = repr(question_set("9"))
    assert sheet.count("An answer is") == 8
    assert len(question_set("09")) == 8
    assert next(q.id for q in question_set("09")) == "9.1"
    assert question_set("09")._repr_markdown_().startswith("# Exercise 09")


def test_unknown_set_says_so():
    for words in (
        repr(question_set("44")),
        str(question_set("44").score({})),
        str(question_set("44").forget(True)),
    ):
        assert "There are no questions" in words


def test_learner_copy_runs_blank_without_an_error(folder):
    book = json.loads((folder / "09_demo_ex.ipynb").read_text(encoding="utf-8"))
    namespace = {"__name__": "__main__"}
    for cell in book["cells"]:
        if cell["cell_type"] == "code":
            exec("".join(cell["source"]), namespace)
    assert namespace["answer_9_1"] is ...


def test_import_is_light():
    code = "import sys, whosays.exercise; print(sorted({'pandas', 'ipywidgets', 'anywidget', 'numpy', 'IPython'} & set(sys.modules)))"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "[]"

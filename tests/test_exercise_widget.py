"""The question widget without a browser: every button and field, and the same answers as in code."""

import ast
import html
import json
import re

import pytest
from exercise_books import DEMO
from ipywidgets import VBox

from whosays.evidence.marking import Marks
from whosays.exercise import question, question_set
from whosays.exercise.build import build, load_set, one_answer
from whosays.exercise.question import _PROGRESS
from whosays.learner import store
from whosays.widgets.guard import KeyGuard, StatusLine
from whosays.widgets.question import QuestionBox

KINDS = [f"9.{i}" for i in range(1, 9)]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    exercises = tmp_path_factory.mktemp("exercises")
    build(solutions=DEMO.parent, exercises=exercises)
    return exercises


@pytest.fixture(scope="module")
def solved():
    return {q["id"]: one_answer(q["answer"], q) for q in load_set(DEMO).questions}


@pytest.fixture(autouse=True)
def fresh(folder, tmp_path, monkeypatch):
    monkeypatch.setenv("WHOSAYS_EXERCISES", str(folder))
    monkeypatch.setenv("WHOSAYS_ANSWERS", str(tmp_path / "answers"))
    monkeypatch.setattr(QuestionBox, "_told_not_saved", set())
    _PROGRESS.clear()


def _shown_code(box):
    return html.unescape(re.search(r"<code>(.*)</code>", box.code.value, re.S)[1])


@pytest.mark.parametrize("number", KINDS)
def test_blank_fields_are_no_answer(number):
    box = question(number).widget()
    assert box.check().judgement.status == "not answered"
    assert box.status.text == "· not answered yet"
    assert _shown_code(box) == f'question("{number}").check(...)'


@pytest.mark.parametrize("number", KINDS)
def test_fields_filled_from_a_saved_answer_give_it_back(number, solved):
    question_set("09").keep(number, solved[number])
    box = question(number).widget()
    assert box.check().judgement.status == question(number).check(solved[number]).judgement.status
    line = ast.parse(_shown_code(box), mode="eval").body
    assert question(number).check(ast.literal_eval(line.args[0])).judgement == box.check().judgement


@pytest.mark.parametrize("number", KINDS)
def test_every_field_saves_at_once(number, tmp_path):
    box = question(number).widget()
    for widget in list(box.fields.inputs.values()):
        if hasattr(widget, "options"):
            values = [v for _, v in widget.options if v]
            widget.value = values[0]
        else:
            widget.value = True if isinstance(widget.value, bool) else "Some words"
        saved = json.loads((tmp_path / "answers" / "09_demo.json").read_text(encoding="utf-8"))[
            "answers"
        ]
        assert saved[number] == box.answer
    again = question(number).widget()
    assert again.answer == box.answer


@pytest.mark.parametrize("number", KINDS)
def test_every_field_has_a_description(number):
    for widget in question(number).widget().fields.inputs.values():
        assert widget.description.strip()


def test_buttons_do_what_the_functions_do():
    box = question("9.1").widget()
    box.fields.inputs["choice"].value = "a"
    box.check_button.click()
    assert box.status.text == "✗ not yet (0 of 1 point)"
    assert "Which word tells who said it first?" in box.status.details
    box.hint_button.click()
    assert box.status.text.startswith("Hint 1 of 2")
    box.explain_button.click()
    assert "1 more try" in box.status.text
    box.fields.inputs["choice"].value = "c"
    box.check_button.click()
    box.explain_button.click()
    assert "passes on an announcement" in box.status.text + box.status.details


def test_a_table_is_answered_row_by_row():
    q = question("9.6")
    first, second = q.spec["row"][0]["text"], q.spec["row"][1]["text"]
    shown = q.check(
        {q.spec["row"][0]["key"]: {q.spec["field"][0]["name"]: q.spec["field"][0]["options"][0]}}
    ).html()
    assert shown.count("<tr>") == 1 + 1  # a row that is not answered has no line
    assert "Not answered yet: 5 of 6." in shown
    assert html.escape(first) in shown and html.escape(second) not in shown
    assert all(f'<th scope="col">{html.escape(f["ask"])}</th>' in shown for f in q.spec["field"])


def test_a_field_of_a_table_is_read_out_with_its_row():
    q = question("9.6")
    row, field = q.spec["row"][0], q.spec["field"][0]
    label = q.widget().fields.inputs[f"{row['key']}/{field['name']}"]
    assert getattr(label, "description_allow_html", True)  # ipywidgets 7 takes it unasked
    assert re.sub("<[^>]*>", "", label.description) == html.escape(f"{row['text']}: {field['ask']}")


def test_only_a_pressed_button_moves_the_page():
    box = question("9.1").widget()
    box.check_button.click()
    asked = box.status.asked
    assert asked == 1
    box.fields.inputs["choice"].value = "a"
    assert (box.status.text, box.status.asked) == ("Changed since the last check.", asked)
    box.hint_button.click()
    assert box.status.asked == asked + 1


def test_old_feedback_goes_when_the_answer_changes():
    box = question("9.1").widget()
    box.fields.inputs["choice"].value = "b"
    box.check_button.click()
    box.fields.inputs["choice"].value = "a"
    assert box.status.text == "Changed since the last check."
    assert box.status.details == ""


def _press(box, operation, **what):
    """What the page sends when words are marked."""
    box.fields.widgets[0].hear({"op": operation, **what})


def test_marks_are_added_taken_back_and_kept():
    box = question("9.7").widget()
    words = box.fields.widgets[0].words
    _press(box, "mark", role="cue", first=words.index("announced"), last=words.index("announced"))
    assert box.answer == [{"role": "cue", "exact": "announced"}]
    assert question_set("09").saved()["9.7"] == box.answer
    assert (
        box.fields.marks.said == "Marked as cue “announced”."
    )  # there is one relation, so none is named
    box.check_button.click()
    _press(box, "undo")
    assert box.answer == [] and box.status.text == "Changed since the last check."
    _press(box, "redo")
    again = question("9.7").widget()
    assert again.answer == box.answer and again.fields.widgets[0].shown["undo"] is False
    assert again.fields.widgets[0].shown["marks"][0]["label"] == "cue"
    # the marks of a question are its own: they do not turn up among those of the lessons
    assert store.load("marks") == {}


def test_words_that_stand_twice_are_marked_by_their_place():
    marks = Marks("He said that she said so.", "a sentence", ["cue"])
    marks.mark(role="cue", start=17, end=21)
    assert marks.answer() == [{"role": "cue", "start": 17, "end": 21}]
    again = Marks(marks.text, "a sentence", ["cue"])
    again.fill(
        [*marks.answer(), {"role": "source", "exact": "He"}, {"role": "cue", "exact": "says"}, "x"]
    )
    assert again.answer() == marks.answer() and again.past == []


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("238", 238),
        ("1,238", "1,238"),
        ("1.238", "1.238"),
        ("12.5", 12.5),
        ("500 to 1000", "500 to 1000"),
        ("500–1000", "500–1000"),
        ("many", "many"),
        ("1 to 2 to 3", "1 to 2 to 3"),
    ],
)
def test_numbers_as_typed(typed, value):
    """What can be read in more ways than one stays as it was typed: the judge reads it, or asks."""
    box = question("9.4").widget()
    box.fields.inputs["value"].value = typed
    assert box.answer == {"value": value}


def test_a_saved_answer_that_fits_no_more_is_left_out():
    question_set("09").keep("9.3", {"a": "an old label", "b": "supported", "zz": "x"})
    assert question("9.3").widget().answer == {"b": "supported"}
    for number in KINDS:
        for odd in ("zz", ["zz", 3], {"zz": {"zz": 1}}, [{"role": 5}], 12):
            question_set("09").keep(number, odd)
            question(number).widget()


def test_a_folder_that_cannot_be_written_is_said_once(tmp_path, monkeypatch):
    blocked = tmp_path / "a file"
    blocked.write_text("", encoding="utf-8")
    monkeypatch.setenv("WHOSAYS_ANSWERS", str(blocked))
    box = question("9.3").widget()
    box.fields.inputs["a"].value = "supported"
    assert box.status.text.startswith("Not saved")
    box.status.say("")
    box.fields.inputs["b"].value = "supported"
    assert not box.status.text.startswith("Not saved")
    assert "partly right" in box.check().outcome


def test_text_stands_in_for_the_widget():
    bundle, _ = question("9.1").widget()._repr_mimebundle_()
    assert "(1 point)" in bundle["text/plain"]
    assert "The town hall" in bundle["text/plain"]
    # ipywidgets 7 sends its view by itself
    assert "application/vnd.jupyter.widget-view+json" in bundle or hasattr(
        VBox, "_ipython_display_"
    )


def test_prompt_is_shown_where_it_does_not_stand_above():
    first = question("9.1").widget().children[1]
    assert first.outputs[0]["data"]["text/markdown"].startswith("## 9.1 Who says so? (1 point)")
    assert (
        len(question("9.1").widget(prompt=False).children)
        == len(question("9.1").widget().children) - 1
    )


def test_an_answer_given_in_code_is_answered_above_the_fields():
    box = question("9.1").check("b").widget()
    assert box.status.text == box.question.check("b").outcome
    assert not box.answer  # what is given in code is not put into the fields
    assert question("9.1").check(...).widget().status.text == ""
    assert "no question" in repr(question("9.99").check(...).widget())


def test_every_box_has_a_guard_and_a_status_line():
    for number in KINDS:
        children = question(number).widget().children
        assert sum(isinstance(child, KeyGuard) for child in children) == 1
        assert sum(isinstance(child, StatusLine) for child in children) == 1


def test_a_repeated_line_changes_so_that_it_is_read_out_again():
    line = StatusLine()
    line.say("✗ not yet")
    first = line.text
    line.say("✗ not yet")
    assert line.text != first
    assert line.text.strip("\u2060") == "✗ not yet"


def test_answers_are_escaped():
    box = question("9.8").widget()
    box.fields.inputs["text"].value = "<script>alert(1)</script>"
    assert "<script>" not in box.code.value
    box = question("9.7").widget()
    box.fields.marks.text = "<img src=x onerror=alert(1)> they announced"
    box.fields.marks.mark(role="cue", start=0, end=20)
    assert "<img" not in box.code.value + box.check().html()

"""A question that is answered before reading on: kept, restored, and nothing shown before its time."""

import json

import pytest

from whosays.learner import judgements
from whosays.learner.commit import Commit, LookBack, commit, look_back
from whosays.view.show import TableView

OPTIONS = ["The reporter", "An agency"]


@pytest.fixture(autouse=True)
def answers(tmp_path, monkeypatch):
    monkeypatch.setenv("WHOSAYS_ANSWERS", str(tmp_path))
    return tmp_path


def first(**more):
    return commit("03/first", "Who wrote it?", options=OPTIONS, sure=True, **more)


def words(box):
    return " ".join(child.value.rpartition("</style>")[2] for child in box.behind.children)


def test_nothing_opens_before_an_answer_and_the_reply_fits_it():
    box = first(then={"The reporter": "Look again.", "An agency": "Yes."})
    assert box.behind.children == ()
    box.keep()
    assert "Still empty" in box.status.text and "0 to 100" in box.status.text
    assert box.behind.children == () and not judgements.kept("03/first").opened
    box.inputs[""].value, box.sure.value = "An agency", "70 %"
    box.keep()
    assert "Yes." in words(box) and "Look again." not in words(box)


def test_the_first_answer_is_never_overwritten(answers):
    box = first()
    box.inputs[""].value, box.sure.value = "The reporter", "40"
    box.keep_button.click()
    box.inputs[""].value, box.sure.value = "An agency", "90"
    box.keep_button.click()
    kept = judgements.kept("03/first")
    assert (kept.first.value, kept.first.sure) == ("The reporter", 40)
    assert (kept.last.value, kept.last.sure) == ("An agency", 90)
    assert "first answer was: The reporter" in box.status.text
    assert json.loads((answers / "judgements.json").read_text("utf-8"))["03/first"]["first"]["at"]


def test_what_was_kept_is_there_again_when_the_cell_runs_again():
    box = first(then="Behind.")
    box.inputs[""].value, box.sure.value = "An agency", "55"
    box.keep()
    again = first(then="Behind.")
    assert (again.inputs[""].value, again.sure.value) == ("An agency", "55")
    assert "Behind." in words(again)


def test_opened_without_an_answer_is_kept_as_such():
    box = first(then="Behind.")
    box.without_button.click()
    kept = judgements.kept("03/first")
    assert kept.opened and kept.without and kept.last is None
    assert "Behind." in words(box) and "without an answer" in box.status.text


@pytest.mark.parametrize(
    ("given", "told"),
    [("", "Still empty"), ("a lot", "is not a number"), ("inf", "is not a number")],
)
def test_a_number_that_is_none_is_told(given, told):
    value, _, problem = Commit("03/n", "How many?", kind="number").read({"": given})
    assert value is None and told in problem


@pytest.mark.parametrize("sure", ["", "101", "-1", "half", "٥"])
def test_a_confidence_that_cannot_be_read_is_told(sure):
    asked = Commit("03/n", "How many?", kind="number", sure=True)
    assert "0 to 100" in asked.read({"": "12"}, sure)[2]


def test_several_fields_are_one_answer():
    box = commit("03/two", "Two numbers", fields={"Texts?": "number", "Writers?": "number"})
    box.inputs["Texts?"].value, box.inputs["Writers?"].value = "1,200", "2.5"
    box.keep()
    assert judgements.kept("03/two").last.value == {"Texts?": 1200, "Writers?": 2.5}


def test_what_opens_may_be_a_view_or_depend_on_the_answer():
    table = TableView([{"a": "cell"}], {"a": "head"}, "caption")
    made = Commit(
        "03/n", "How many?", kind="number", then=[table, lambda value: f"You said {value}."]
    )
    assert made.opens(12)[0] is table and "You said 12." in made.opens(12)[1]
    assert "cell" in made.opens_html(12)


def test_a_name_or_kind_that_is_none_is_told_to_the_author():
    with pytest.raises(ValueError, match="LESSON/NAME"):
        Commit("first", "Who?")
    with pytest.raises(ValueError, match="no kind"):
        Commit("03/first", "Who?", kind="essay")


def test_look_back_shows_both_and_follows_a_change():
    box, back = first(), look_back("03")
    assert "no answer kept" in back.shown.value
    box.inputs[""].value, box.sure.value = "The reporter", "40"
    box.keep()
    last = commit("03/last", "Who wrote it?", options=OPTIONS, sure=True)
    last.inputs[""].value, last.sure.value = "An agency", "90"
    last.keep()
    assert "50 points more sure" in back.shown.value and "The reporter" in back.shown.value
    assert "50 points more sure" in LookBack("03").text()


def test_a_damaged_store_is_no_end_of_the_lesson(answers):
    (answers / "judgements.json").write_text(
        '{"03/first": {"first": 3, "last": {"value": ""}}, "x": 1}'
    )
    assert judgements.kept("03/first").last is None
    assert judgements.every() == []
    assert first().inputs[""].value is None


def test_the_text_in_its_place_has_the_question_and_says_what_to_do():
    said = repr(first(then="Behind."))
    assert "Who wrote it?" in said and "- An agency" in said and "Run All Cells" in said
    assert "Behind." not in said

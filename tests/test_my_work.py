"""My work on one page, and everything in one file to hand in."""

import json
import zipfile

import pytest

from whosays import commit, hand_in, kept_words, my_work, question_set, visit_log
from whosays.exercise.my_work import Done, MyWork, done
from whosays.learner import hand_in as writing


@pytest.fixture(autouse=True)
def answers(tmp_path, monkeypatch):
    folder = tmp_path / "answers"
    monkeypatch.setenv("WHOSAYS_ANSWERS", str(folder))
    return folder


def judge(name, value, sure):
    box = commit(f"03/{name}", "Is it true?", options=["yes", "no"], sure=True)
    box.inputs[""].value, box.sure.value = value, sure
    box.keep()


def test_what_was_done_stands_there_and_follows_a_new_answer():
    box = my_work()
    assert "nothing is kept yet" in box.shown.value and "<table" not in box.shown.value
    judge("first", "yes", "80")
    judge("last", "no", "60")
    visit_log("03").add("a page", "the words", "two copies")
    judge("last", "no", "55")
    assert "2 answers, 1 visits" in box.shown.value
    assert "at first “yes” (80 % sure), at the end “no” (55 % sure)" in box.shown.value
    assert "Duplicated press copy" in repr(box)


def test_what_was_written_before_is_offered_again():
    box = kept_words()
    assert "earlier lessons" in box.shown.value
    asked = commit("03/sentence", "What is it?")
    asked.inputs[""].value = "They copy & paste."
    asked.keep()
    assert "<strong>They copy &amp; paste.</strong>" in box.shown.value
    assert "Lesson 03" in repr(box)


def test_an_exercise_counts_with_its_points():
    exercise = question_set("03f")
    exercise.keep("3.1f", "b")
    assert done("03").score.points > 0
    assert f"of {done('03').score.of:g}" in MyWork().text()


def test_how_sure_is_set_beside_how_right_and_few_answers_are_called_few():
    assert MyWork().sure() is None
    exercise = question_set("03f")
    exercise.keep("3.1f", "b")
    exercise["3.1f"].check("b", sure=90)
    said = MyWork().text()
    assert "How sure, and how right" in said and "80 to 100 %" in said
    assert "too few to say" in said


def test_with_enough_answers_the_share_of_the_points_stands_there(monkeypatch):
    many = Done("03", visits=1, sure=((90, 1.0),) * 4 + ((95, 0.0),))
    monkeypatch.setattr(MyWork, "lessons", lambda self: [many])
    page = MyWork().html()
    assert "80 %" in page and "too few" not in page and "judge yourself well" in page


def test_one_file_holds_everything_a_teacher_needs(answers):
    judge("first", "yes", "80")
    (answers / "memo-khojaly").mkdir()
    (answers / "memo-khojaly" / "memo.html").write_text("<p>memo</p>", encoding="utf-8")
    box = hand_in()
    box.button.click()
    assert "Still empty" in box.status.text
    box.name.value = "Ayan Məmmədova / 9b"
    box.button.click()
    path = answers / "whosays-Ayan-Məmmədova-9b.zip"
    with zipfile.ZipFile(path) as made:
        names = set(made.namelist())
        assert json.loads(made.read("hand-in.json"))["name"] == "Ayan Məmmədova / 9b"
    assert {"answers/judgements.json", "memo/memo-khojaly/memo.html"} <= names
    assert "notebooks/03_duplicated_copy_ex.ipynb" in names
    assert path.name in box.status.text and 'download="whosays-' in box.link.value


def test_a_folder_that_cannot_be_written_is_told(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("WHOSAYS_ANSWERS", str(tmp_path / "file"))
    made = writing.write("Ayan")
    assert made.path is None and "one by one" in made.words()

"""Lesson 03 as a learner works it: a judgement, two whole texts, a look back; and its exercise."""

import pytest

pytestmark = pytest.mark.browser


def test_the_lesson_by_mouse_by_keyboard_and_again_after_a_restart(lab):
    book = lab.lesson("03_duplicated_copy")
    _by_mouse(book)
    _by_keyboard_and_again_after_a_restart(book)


def _by_mouse(book):
    page = book.page
    first = page.locator(".ws-commit").filter(has_text="21:40 boat").first
    book.screenshot("03-first", first)
    first.get_by_role("button", name="Keep and show").click()
    first.get_by_text("Still empty").wait_for()
    first.get_by_label("Nothing yet").check()
    first.get_by_label("How sure are you").fill("60")
    first.get_by_role("button", name="Keep and show").click()
    first.get_by_text("you answer it again").wait_for()
    two = page.locator(".ws-commit").filter(has_text="Your guess in percent")
    assert two.locator("svg").count() == 0
    two.get_by_role("button", name="Show me without").click()
    two.get_by_role("img").wait_for()
    book.screenshot("03-two-texts", two)
    last = page.locator(".ws-commit").filter(has_text="Three papers print")
    last.get_by_label("Nothing yet").check()
    last.get_by_label("How sure are you").fill("90")
    last.get_by_role("button", name="Keep").click()
    last.get_by_text("30 points more sure").wait_for()
    book.screenshot("03-look-back", last)
    assert not book.axe(".ws-question")


def _by_keyboard_and_again_after_a_restart(book):
    page = book.page
    before = book.sources()
    recall = page.locator(".ws-commit").filter(has_text="The crane will come")
    recall.get_by_role("radio").first.focus()
    for key in ("ArrowDown", "Tab", "ArrowDown", "Tab", "Enter"):
        page.keyboard.press(key)
    recall.get_by_text("Kept.").wait_for()
    assert book.sources() == before
    book.restart()
    book.run_all()
    recall.get_by_text("The cue is").wait_for()


@pytest.mark.everywhere
def test_the_exercise_answers_a_wrong_answer_and_a_right_one(lab):
    book = lab.open(lab.server.exercises / "03_duplicated_copy_ex.ipynb")
    book.run_all()
    assert book.errors() == []
    first = (
        book.page.locator(".ws-question")
        .filter(has=book.page.get_by_role("button", name="Check"))
        .first
    )
    first.get_by_label("The two are about seven").first.check()
    first.get_by_role("button", name="Check").click()
    first.get_by_role("status").get_by_text("not yet").or_(
        first.get_by_role("status").get_by_text("Not")
    ).first.wait_for()
    first.get_by_label("One word in six of the agency’s text").check()
    first.get_by_role("button", name="Check").click()
    first.get_by_role("status").get_by_text("Right").wait_for()
    book.screenshot("03-ex")
    assert not book.axe(".ws-question, .ws-sbs")

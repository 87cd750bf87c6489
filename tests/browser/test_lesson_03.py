"""Lesson 03 as a learner works it: the map, the film side by side, a passage and its holders, a wrong answer."""

import pytest
from conftest import ROOT

pytestmark = pytest.mark.browser


def test_the_lesson_by_mouse(lab):
    book = lab.open(ROOT / "notebooks" / "03_duplicated_copy.ipynb")
    book.run_all()
    page = book.page
    assert book.errors() == []
    box = page.locator(".ws-sbs").first
    box.get_by_label("what was changed").check()
    assert "Azertag has reported" in box.locator(".ws-sbs-changed").all_inner_texts()
    book.screenshot("03-film", box)
    page.get_by_role("img", name="Reuse map of the case khojaly").scroll_into_view_if_needed()
    book.screenshot("03-map")
    page.get_by_label("Passage", exact=True).select_option(index=1)
    page.get_by_role("status").get_by_text("Passage 1: 4 holdings.").wait_for()
    book.screenshot("03-holders")
    page.get_by_label("A text:").fill(
        "The film mentions that on February 26, 1992, Armenian troops attacked the town."
    )
    page.get_by_role("button", name="Look for it in the case").click()
    page.get_by_role("status").get_by_text("passages shared with").wait_for()
    assert not book.axe(".ws-sbs, .ws-question")


@pytest.mark.parametrize("name", ["03_duplicated_copy", "03_duplicated_copy_ferry"])
def test_the_exercise_answers_a_wrong_answer_and_a_right_one(lab, name):
    book = lab.open(lab.server.exercises / f"{name}_ex.ipynb")
    book.run_all()
    assert book.errors() == []
    first = (
        book.page.locator(".ws-question")
        .filter(has=book.page.get_by_role("button", name="Check"))
        .first
    )
    first.get_by_role("radio").first.check()
    first.get_by_role("button", name="Check").click()
    first.get_by_role("status").get_by_text("not yet").or_(
        first.get_by_role("status").get_by_text("Not")
    ).first.wait_for()
    right = {
        "03_duplicated_copy": "contreras-first and contreras-second",
        "03_duplicated_copy_ferry": "coast-press and courier-article",
    }
    first.get_by_label(right[name]).check()
    first.get_by_role("button", name="Check").click()
    first.get_by_role("status").get_by_text("Right").wait_for()
    book.screenshot(f"{name}-ex")
    assert not book.axe(".ws-question, .ws-sbs")

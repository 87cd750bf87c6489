"""The desk of a line-up in a real JupyterLab, by keyboard alone."""

import pytest

pytestmark = pytest.mark.browser

SOURCE = """from whosays import load_case
from whosays.figures import figures_of, line_up
case = load_case("ferry")
line_up(figures_of(case, passage_id="release-p3"), case).widget()"""


def test_two_figures_are_added_by_keyboard_and_the_answer_is_read_out(lab):
    book = lab.run_cell(SOURCE)
    page = book.page
    box = page.locator(".ws-question")
    before = book.sources()
    box.get_by_label("One number:").focus()
    page.keyboard.type("25:")
    page.keyboard.press("Tab")
    page.keyboard.type("7:")
    box.get_by_role("img").wait_for()
    for _ in range(2):
        page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Add"
    page.keyboard.press("Enter")
    box.get_by_role("status").get_by_text("25 + 7: can be added.").wait_for()
    assert book.sources() == before
    assert not book.axe(".ws-question")
    book.screenshot("line-up-desk", box)

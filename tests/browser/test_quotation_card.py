"""The desk of quotation cards in a real JupyterLab, by keyboard alone."""

import pytest

pytestmark = pytest.mark.browser

SOURCE = """from whosays import load_case
from whosays.evidence.quotations import card_desk
card_desk(load_case("ferry"))"""


def test_two_wordings_are_laid_over_each_other_by_keyboard_and_the_difference_is_read_out(lab):
    book = lab.run_cell(SOURCE)
    page = book.page
    box = page.locator(".ws-question")
    before = book.sources()
    box.get_by_label("Card:").focus()
    page.keyboard.type("Nobody")
    box.locator("blockquote").filter(has_text="never").first.wait_for()
    page.keyboard.press("Tab")
    page.keyboard.type("1.")
    page.keyboard.press("Tab")
    page.keyboard.type("2.")
    box.get_by_role("status").get_by_text("left out: “never”.").wait_for()
    assert box.locator("del").first.inner_text() == "never"
    assert book.sources() == before
    assert not book.axe(".ws-question")
    book.screenshot("quotation-desk", box)

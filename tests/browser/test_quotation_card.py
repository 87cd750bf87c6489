"""The desk of quotation cards in a real JupyterLab, by keyboard alone."""

import nbformat
import pytest

pytestmark = pytest.mark.browser

SOURCE = """from whosays import load_case
from whosays.quotations import card_desk
card_desk(load_case("ferry"))"""


def test_two_wordings_are_laid_over_each_other_by_keyboard_and_the_difference_is_read_out(lab, tmp_path):
    path = tmp_path / "desk.ipynb"
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    cells = [nbformat.v4.new_code_cell(SOURCE)]
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=kernel), path)
    book = lab.open(path)
    book.run_all()
    assert book.errors() == []
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

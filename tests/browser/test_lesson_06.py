"""Lesson 06 as a learner works it: the poster cell by cell, and the tree, by mouse and by keyboard."""

import pytest
from conftest import ROOT

from whosays import load_case
from whosays.evidence.ledger import ledger
from whosays.evidence.poster import sign_and_words

pytestmark = pytest.mark.browser


@pytest.fixture
def lesson(lab):
    book = lab.open(ROOT / "notebooks" / "06_independent_accounts.ipynb")
    book.run_all()
    assert book.errors() == []
    return book, book.page.locator(".ws-question").filter(has_text="The five signs").first


def test_the_poster_opens_cell_by_cell(lesson):
    book, box = lesson
    case = load_case("khojaly")
    claim = case.claims["corridor-became-trap"].text
    menu = box.get_by_label(f"{claim}: Memorial")
    cell = box.locator(".ws-poster-cell").filter(has=book.page.get_by_label(f"{claim}: Memorial"))
    told = case.findings["memorial-corridor"].paraphrase
    assert box.get_by_text(told).count() == 0
    cell.get_by_role("button", name="Open").click()
    box.get_by_role("status").get_by_text("Guess first").wait_for()
    menu.select_option(sign_and_words("supports"))
    cell.get_by_role("button", name="Open").click()
    cell.get_by_text("less for the claim than you expected").wait_for()
    box.get_by_text(told).wait_for()
    assert box.get_by_text(case.findings["hrw-1992-corridor"].paraphrase).count() == 0
    book.screenshot("06-poster", box)
    assert not book.axe(".ws-question")


def test_by_keyboard_alone_the_notebook_is_left_alone(lesson):
    book, box = lesson
    page, before = book.page, book.sources()
    box.locator("select").first.focus()
    page.keyboard.press("ArrowDown")
    for key in ("Tab", "Enter"):
        page.keyboard.press(key)
    box.get_by_role("status").get_by_text("cells open").wait_for()
    assert page.evaluate("document.activeElement.textContent") == "Open"
    for key in ("b", "d", "d", "x"):
        page.keyboard.press(key)
    assert book.sources() == before


def test_the_tree_opens_after_a_guess_and_line_by_line(lesson):
    book, _ = lesson
    page, entry = book.page, ledger("khojaly").claim("toll-613")
    box = page.locator(".ws-commit").filter(has_text="exactly this number")
    assert box.get_by_role("img").count() == 0
    for field in box.get_by_role("textbox").all():
        field.fill("2")
    box.get_by_role("button", name="Keep and show").click()
    box.get_by_role("img").wait_for()
    box.locator("figcaption").get_by_text(entry.summary()).wait_for()
    tree = box.get_by_text("every line opens what is said there")
    tree.focus()
    page.keyboard.press("Enter")
    line = box.locator("summary").filter(has_text="produces film about Khojaly genocide").first
    line.focus()
    page.keyboard.press("Enter")
    line.locator("..").get_by_text("stands in").wait_for()
    book.screenshot("06-tree", box)
    assert not book.axe(".ws-question")

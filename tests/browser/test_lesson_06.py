"""Lesson 06 as a learner works it: the poster cell by cell, and the tree, by mouse and by keyboard."""

import pytest

from whosays import load_case
from whosays.evidence.ledger import ledger
from whosays.evidence.poster import sign_and_words

pytestmark = pytest.mark.browser


def test_the_poster_and_the_tree(lab):
    book = lab.lesson("06_independent_accounts")
    poster = book.page.locator(".ws-question").filter(has_text="The five signs").first
    _the_poster_opens_cell_by_cell(book, poster)
    _by_keyboard_alone_the_notebook_is_left_alone(book, poster)
    _the_tree_opens_after_a_guess_and_line_by_line(book)
    assert not book.axe(".ws-question")


def _the_poster_opens_cell_by_cell(book, box):
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


def _by_keyboard_alone_the_notebook_is_left_alone(book, box):
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


def _the_tree_opens_after_a_guess_and_line_by_line(book):
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

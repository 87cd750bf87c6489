"""The corroboration table of lesson 06 in a real JupyterLab: filled in by mouse and by keyboard, checked cell by cell."""

import pytest
from conftest import ROOT

from whosays import load_case
from whosays.evidence.corroboration import STANCES
from whosays.widgets.fields import CHOOSE

pytestmark = pytest.mark.browser


@pytest.fixture
def table(lab):
    """Lesson 06 with its table to fill in."""
    book = lab.open(ROOT / "notebooks" / "06_independent_accounts.ipynb")
    book.run_all()
    box = (
        book.page.locator(".ws-question")
        .filter(has_text="What does each account say on the claim?")
        .first
    )
    for menu in box.locator("select").all():  # another test may have left answers, which are kept
        menu.select_option(CHOOSE)
    return book, box


def _menu(box, case, claim, column):
    return box.get_by_label(f"{case.claims[claim].text}: {column}")


def test_a_corroboration_table_is_filled_in_and_checked(table):
    book, box = table
    case = load_case("khojaly")
    _menu(box, case, "toll-613", "Human Rights Watch, 1994").select_option("qualifies")
    _menu(box, case, "genocide", "Thomas de Waal, 2012").select_option("contradicts")
    box.get_by_role("button", name="Check").click()
    box.get_by_role("status").get_by_text(
        "1 of 18 cells right, 0 wrongly accepted, 1 wrongly rejected"
    ).wait_for()
    assert (
        box.get_by_text("✗ not yet", exact=True).count() == 2
    )  # at the cell, and in the table of results
    book.screenshot("06-table", box)
    assert not book.axe(".ws-question")
    box.get_by_role("button", name="What the accounts say").click()
    box.get_by_text(case.accounts["dewaal-2012"].limits).first.wait_for()
    assert not book.axe(".ws-question")


def test_by_keyboard_alone_the_notebook_is_left_alone(table):
    book, box = table
    page = book.page
    cells = page.locator(".jp-Cell").count()
    menus = box.locator("select")
    menus.first.focus()
    for _ in range(menus.count()):
        page.keyboard.type(STANCES[0][0])
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Check"
    page.keyboard.press("Enter")
    box.get_by_role("status").get_by_text("0 not answered").wait_for()
    assert page.locator(".jp-Cell").count() == cells

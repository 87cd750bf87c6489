"""Every lesson in a real JupyterLab: it runs, shows no error, is clean for axe, and its fields work by keyboard."""

import re
from pathlib import Path

import pytest
from conftest import ROOT

from whosays import load_case
from whosays.evidence import cards

pytestmark = pytest.mark.browser
CARD = (
    'from whosays import load_case, source_card\nsource_card(load_case("khojaly"), "{}").widget()'
)
LESSONS = sorted(path.stem for path in (ROOT / "notebooks").glob("*.ipynb"))
# a test that works a lesson through has opened and looked at all of it before
WORKED = {
    name
    for path in Path(__file__).parent.glob("test_*.py")
    for name in re.findall(r'lab\.lesson\("(\w+)"\)', path.read_text(encoding="utf-8"))
}


@pytest.mark.parametrize("name", [name for name in LESSONS if name not in WORKED])
def test_a_lesson_runs_and_its_outputs_are_accessible(lab, name):
    lab.lesson(name)


def test_a_source_card_is_filled_in_and_checked_by_mouse_and_there_when_loaded_again(lab):
    cell, name = CARD.format("azernews-2021-film"), "reloaded.ipynb"
    book = lab.open_cells(cell, name=name)
    book.run_all()
    box = book.page.locator(".ws-question").first
    card = cards.source_card("azernews-2021-film")
    box.get_by_label(cards.FIELDS["owner"]).select_option("not found")
    box.get_by_label("What shows the owner?").select_option(cards.EVIDENCE["not_found"])
    box.get_by_label(cards.FIELDS["genre"]).select_option("feature")
    box.get_by_role("button", name="Check").click()
    box.get_by_role("status").get_by_text("2 of 12 parts right, 9 not answered").wait_for()
    assert box.get_by_text(card.rows["genre"]["hint"]).is_visible()
    book.screenshot("01-card")
    assert not book.axe(".ws-question")
    box.get_by_role("button", name="Show the finished card").click()
    box.get_by_text(card.rows["interest"]["why"]).wait_for()
    book.restart()
    box.get_by_role("button", name="Check").click()  # a button of a kernel that is gone says so
    box.get_by_text("No answer yet. If nothing comes, choose Run").wait_for()
    book = lab.open_cells(cell, name=name)
    book.run_all()
    again = book.page.locator(".ws-question").first.get_by_label(cards.FIELDS["genre"])
    again.wait_for()
    assert again.input_value() == "feature"


def test_a_source_card_by_keyboard_alone_leaves_the_notebook_alone(lab):
    book = lab.open_cells(CARD.format("trend-2015-media-collection"))
    book.run_all()
    page = book.page
    cells = page.locator(".jp-Cell").count()
    box = page.locator(".ws-question").first
    box.get_by_label(cards.FIELDS["outlet"]).focus()
    for field in cards.FIELDS:
        page.keyboard.type(
            field[0]
        )  # letters are shortcuts of the notebook: a would insert a cell, d d delete one
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Tab")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Check"
    page.keyboard.press("Enter")
    box.get_by_role("status").get_by_text("parts right").wait_for()
    assert page.locator(".jp-Cell").count() == cells
    assert "not answered" not in box.get_by_role("status").inner_text()


def test_a_visit_is_noted_and_there_after_running_again_in_the_dark_at_200_percent(lab):
    book = lab.lesson("00_start_here")
    box = book.page.locator(".ws-question").filter(has_text="Note this visit")
    box.get_by_role("button", name="Note this visit").click()
    box.get_by_role("status").get_by_text("Not noted yet").wait_for()
    for label, words in (
        ("Address", "https://example.org"),
        ("What you looked", "the report"),
        ("What you found", "its own page"),
    ):
        box.get_by_label(label).fill(words)
    box.get_by_role("button", name="Note this visit").click()
    box.get_by_role("status").get_by_text("Noted.").wait_for()
    assert box.get_by_text("Visits noted for lesson 00: 1").is_visible()
    _in_a_dark_theme_at_200_percent_nothing_is_cut_off_or_pale(book)
    assert len(load_case("khojaly").sources) == 5


def _in_a_dark_theme_at_200_percent_nothing_is_cut_off_or_pale(book):
    page = book.page
    theme = "theme => jupyterapp.commands.execute('apputils:change-theme', {theme})"
    page.evaluate(theme, "JupyterLab Dark")
    try:
        page.set_viewport_size({"width": 640, "height": 450})  # 1280 x 900 at twice the size
        book.run_all()
        page.get_by_text("Visits noted for lesson 00: 1").wait_for()
        page.wait_for_function("() => document.body.dataset.jpThemeLight === 'false'")
        # a wide table may be scrolled inside its output; fields may not
        wide = page.locator(".ws-question").evaluate_all(
            "all => all.filter(e => e.clientWidth && e.scrollWidth > e.clientWidth + 1).map(e => e.innerText.slice(0, 60))"
        )
        assert wide == []
        assert book.axe(".ws-question, .ws") == []
        book.screenshot("00-dark-200", page.locator(".ws-question").first)
    finally:
        page.evaluate(theme, "JupyterLab Light")

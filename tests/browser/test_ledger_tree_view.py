"""The origin tree in a real JupyterLab: opened, closed and walked, by mouse and by keyboard alone."""

import pytest

from whosays.evidence.ledger import ledger

pytestmark = pytest.mark.browser

ONE = "from whosays.evidence.ledger import ledger\nledger('khojaly').claim('toll-613').widget()"
MENU = "from whosays.evidence.ledger import ledger\nledger('ferry').widget(['loss-310000', 'late-under-15'])"
LINES = "[role=treeitem] > .ws-ledger-line"


@pytest.fixture
def toll(lab):
    book = lab.run_cell(ONE)
    box = book.page.locator(".ws-ledger")
    box.get_by_role("tree").wait_for()
    return book, box


def _here(page):
    """The line with the focus: its words, and whether its branch is open."""
    return page.evaluate(
        """() => {
            const at = document.activeElement;
            return [at.querySelector('.ws-ledger-line')?.innerText ?? at.innerText, at.getAttribute('aria-expanded')];
        }"""
    )


def test_the_tree_says_pieces_and_origins_and_opens_by_mouse(toll):
    book, box = toll
    entry = ledger("khojaly").claim("toll-613")
    assert box.get_by_role("status").inner_text() == entry.summary()
    assert box.get_by_text("● starting point", exact=True).count() == len(entry.whole)
    copy = entry.step("assertions/a-000-film-toll")
    line = box.locator(LINES).filter(has_text="[assertions/a-000-film-toll]")
    assert not line.is_visible()  # a copy stands under its first witness, closed
    box.locator(LINES).filter(has_text="[assertions/a-001-film-toll]").locator(
        ".ws-ledger-twist"
    ).click()
    line.click()
    step = box.get_by_role("region")
    assert copy.words in step.locator("blockquote").inner_text()
    for name, value in copy.facts:
        assert name in step.inner_text() and " ".join(value.split()) in " ".join(
            step.inner_text().split()
        )
    assert line.locator("..").get_attribute("aria-selected") == "true"
    book.screenshot("ledger-tree", box)
    assert not book.axe(".ws-ledger")
    box.get_by_role("button", name="Open all branches").click()
    assert box.locator(LINES).filter(has_text="[findings/hrw-1993-toll]").is_visible()
    box.get_by_role("button", name="Close all").click()
    assert (
        box.get_by_role("treeitem").count() == 4
    )  # three starting points, and what stands beside them


def test_by_keyboard_alone_and_the_notebook_stays_as_it_is(toll):
    book, box = toll
    page, before = book.page, book.sources()
    keys = page.keyboard
    first = box.get_by_role("treeitem").first
    box.get_by_role("button", name="Close all").focus()
    keys.press("Tab")
    assert first.evaluate("e => e === document.activeElement")
    keys.press("ArrowDown")
    assert "assertions/a-002-toll" in _here(page)[0]
    keys.press("ArrowLeft")
    assert _here(page) == [first.locator(".ws-ledger-line").first.inner_text(), "true"]
    keys.press("ArrowLeft")
    assert _here(page)[1] == "false"
    keys.press("ArrowRight")
    assert _here(page)[1] == "true"
    keys.press("ArrowRight")
    assert "assertions/a-002-toll" in _here(page)[0]
    keys.press("End")
    assert "Beside it, and not for it" in _here(page)[0]
    keys.press("ArrowRight")
    keys.press("ArrowRight")
    assert "findings/hrw-1993-toll" in _here(page)[0]
    keys.press("Home")
    keys.type("prosecutor")
    assert "origins/prosecutor-file-1992" in _here(page)[0]
    keys.press("Home")
    page.wait_for_timeout(1100)  # so that the next letters begin a new word
    keys.type("azerbaijani s")  # letters that are shortcuts of the notebook, and a space
    assert "origins/az-state-figures" in _here(page)[0]
    keys.press("Enter")
    assert page.evaluate("document.activeElement.tagName") == "H4"
    step = box.get_by_role("region")
    assert "a starting point for the whole claim" in step.inner_text()
    keys.press("Escape")
    assert "origins/az-state-figures" in _here(page)[0]
    keys.press("Enter")
    keys.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Back to the tree"
    keys.press("Enter")
    assert "origins/az-state-figures" in _here(page)[0]
    for key in ("b", "d", "d", "x", "z"):
        keys.press(key)
    assert book.sources() == before


def test_another_claim_by_the_menu_in_the_dark_and_on_a_narrow_page(lab):
    book = lab.run_cell(MENU)
    page, box = book.page, book.page.locator(".ws-ledger")
    kept = ledger("ferry")
    page.get_by_label("Claim:").select_option(index=2)
    box.get_by_role("status").get_by_text(kept.claim("late-under-15").summary()).wait_for()
    box.get_by_role("treeitem").first.locator(".ws-ledger-line").first.click()
    change = "(theme) => jupyterapp.commands.execute('apputils:change-theme', {theme})"
    page.evaluate(change, "JupyterLab Dark")
    page.wait_for_function("() => document.body.dataset.jpThemeLight === 'false'")
    try:
        book.screenshot("ledger-tree-dark", box)
        assert not book.axe(".ws-ledger")
        page.set_viewport_size({"width": 640, "height": 450})  # what a browser does at 200 %
        tree, step = (
            box.get_by_role("tree").bounding_box(),
            box.get_by_role("region").bounding_box(),
        )
        assert step["y"] >= tree["y"] + tree["height"]
    finally:
        page.evaluate(change, "JupyterLab Light")

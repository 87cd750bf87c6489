"""The memo of lesson 07 in a real JupyterLab: pick, write, check and export, by mouse and by keyboard alone."""

import json

import nbformat
import pytest
from axe_playwright_python.sync_playwright import Axe

from whosays import load_case
from whosays.memo import sample

pytestmark = pytest.mark.browser

SOURCE = """from whosays.memo import memo
memo("ferry").widget(offer=["late-boat-19", "loss-310000"])"""


@pytest.fixture
def box(lab, tmp_path):
    """A memo on the practice case, with nothing kept from another test."""
    kept = lab.server.answers / "memo.json"
    kept.unlink(missing_ok=True)
    path = tmp_path / "memo.ipynb"
    cells = [nbformat.v4.new_code_cell(SOURCE)]
    metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=metadata), path)
    book = lab.open(path)
    book.run_all()
    assert book.errors() == []
    return book, book.page.locator(".ws-question"), lab.server.answers


def test_by_mouse_a_memo_is_picked_written_checked_exported_and_there_again(box):
    book, box, answers = box
    case = load_case("ferry")
    for claim in ("late-boat-19", "loss-310000"):
        box.get_by_role("checkbox", name=case.claims[claim].text).check()
    box.get_by_label("Evidence on:").select_option(label=case.claims["loss-310000"].text)
    box.get_by_role("region", name="Evidence on the claim").get_by_text(
        "starting points"
    ).wait_for()
    box.get_by_role("textbox", name=case.claims["late-boat-19"].text).fill(
        "Orrin Line and the Coastal Transport Unit have it, from three origins. It is settled."
    )
    box.get_by_role("textbox", name=case.claims["loss-310000"].text).fill(
        "All the papers are right."
    )
    box.get_by_role("button", name="Check").click()
    status = box.get_by_role("status")
    status.get_by_text("No machine marks a memo").wait_for()
    book.screenshot("07-memo-drawer", box)
    box.get_by_label("Evidence on:").select_option("choose …")
    book.screenshot("07-memo", box)
    assert not book.axe(".ws-question")
    box.get_by_role("button", name="Export").click()
    status.get_by_text("9 files in the folder").wait_for()
    page = (answers / "memo-ferry" / "memo.html").read_text(encoding="utf-8")
    assert "It is settled." in page
    book.restart()
    book.run_all()
    again = book.page.locator(".ws-question").get_by_role(
        "textbox", name=case.claims["late-boat-19"].text
    )
    assert "three origins" in again.input_value()


def test_by_keyboard_alone_and_the_notebook_is_left_alone(box):
    book, box, answers = box
    page, case = book.page, load_case("ferry")
    before = book.sources()
    box.get_by_role("checkbox").first.focus()
    page.keyboard.press("Space")
    box.get_by_role("textbox", name=case.claims["late-boat-19"].text).wait_for()
    box.get_by_label("Title:").focus()
    page.keyboard.type("a, b, dd: late boat")
    for words in ("", "Settled: the nineteen.", "Orrin Line, one of three origins."):
        page.keyboard.press("Tab")
        page.keyboard.type(words)
    for _ in range(3):
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Check"
    page.keyboard.press("Enter")
    box.get_by_role("status").get_by_text("No machine marks a memo").wait_for()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    box.get_by_role("status").get_by_text("9 files in the folder").wait_for()
    kept = json.loads((answers / "memo.json").read_text(encoding="utf-8"))["ferry"]
    assert kept["claims"] == ["late-boat-19"] and kept["title"] == "a, b, dd: late boat"
    assert kept["texts"]["late-boat-19"] == "Orrin Line, one of three origins."
    assert book.sources() == before


def test_the_exported_page_is_accessible_narrow_and_dark_too(browser, tmp_path):
    page = sample("ferry-3").memo.export(tmp_path)[0]
    for scheme in ("light", "dark"):
        # axe is a script, and the page's own policy runs none
        context = browser.new_context(
            viewport={"width": 640, "height": 800}, color_scheme=scheme, bypass_csp=True
        )
        tab = context.new_page()
        tab.goto(page.as_uri())
        assert not [v["id"] for v in Axe().run(tab).response["violations"]]
        assert tab.evaluate("document.documentElement.scrollWidth") <= 640  # 200 % zoom of 1280
        context.close()

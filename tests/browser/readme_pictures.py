"""The pictures of the README, taken from the real pages.

Run by hand when a lesson has changed: ``python -m pytest tests/browser/readme_pictures.py``. Its
name keeps it out of the tests. Pictures are written to ``docs/pictures/``.
"""

import pytest
from conftest import ROOT

pytestmark = pytest.mark.browser
FOLDER = ROOT / "docs" / "pictures"


def _opened(lab, lesson):
    (lab.server.answers / "judgements.json").unlink(missing_ok=True)
    FOLDER.mkdir(exist_ok=True)
    book = lab.open(next((ROOT / "notebooks").glob(f"{lesson}_*.ipynb")))
    book.run_all()
    assert book.errors() == []
    return book


def _question(book, words):
    box = book.page.locator(".ws-commit").filter(has_text=words).first
    box.scroll_into_view_if_needed()
    return box


def test_a_first_screen(lab):
    book = _opened(lab, "03")
    box = _question(book, "Two more papers print")
    box.screenshot(path=FOLDER / "first-screen.png")


def test_two_texts_side_by_side(lab):
    lab.page.set_viewport_size({"width": 1280, "height": 2000})
    book = _opened(lab, "03")
    box = _question(book, "Your guess in percent")
    box.get_by_role("button", name="Show me without").click()
    picture = box.locator("svg[role=img]").first
    picture.wait_for()
    picture.scroll_into_view_if_needed()
    picture.screenshot(path=FOLDER / "side-by-side.png")


def test_the_poster(lab):
    lab.page.set_viewport_size({"width": 1280, "height": 1500})
    book = _opened(lab, "06")
    box = book.page.locator(".ws-question").filter(has=book.page.locator(".ws-poster-cell")).first
    box.evaluate("element => element.scrollIntoView(true)")
    # the first three claims: a contested word or a denial is not shown without its answer
    place = {**box.bounding_box(), "height": 680}
    lab.page.screenshot(path=FOLDER / "poster.png", clip=place)

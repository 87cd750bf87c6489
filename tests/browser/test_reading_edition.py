"""The whole reading edition: complete, its links good, nothing fetched, and in a browser accessible at any size and on paper."""

import html
import io
import re
from urllib.parse import unquote

import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import ROOT

from whosays.publish import command, edition, guide, reading

pytestmark = [pytest.mark.browser, pytest.mark.slow]

FETCHED = re.compile(
    r"<(?:script|link|iframe|object|embed|img|source|video|audio)\b[^>]*", re.IGNORECASE
)
# contrast is by far the slowest rule, and all pages have one look: it is measured where every part of it stands
MEASURED = (
    "index.html",
    "reading/notebooks/04_numbers_that_travel.html",
    "reading/exercises/00_start_here_ex.html",
)
QUICK = {
    "resultTypes": ["violations"],
    "preload": False,
    "rules": {"color-contrast": {"enabled": False}},
}
ANCHOR = re.compile(r'\bid="([^"]*)"')


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """Every page of the edition: its path within the site -> the file."""
    out = tmp_path_factory.mktemp("site")
    command.build(out, parts=["reading"], say=lambda what: None)
    return {path.relative_to(out).as_posix(): path for path in sorted(out.rglob("*.html"))}


def _text(path):
    return path.read_text(encoding="utf-8")


def test_every_lesson_and_exercise_is_there(written):
    books = [*(ROOT / "notebooks").glob("[0-9]*.ipynb"), *(ROOT / "exercises").glob("*_ex.ipynb")]
    pages = [f"{book.parent.name}/{book.stem}.html" for book in books]
    pages += ["rows/khojaly.html", "rows/ferry.html", guide.FIRST]
    for name in pages:
        assert f'href="reading/{name}"' in _text(written["index.html"])
    pages += [edition.Edition().address(page) for page in edition.Edition().guide]
    assert {f"reading/{name}" for name in pages} | {"index.html"} == set(written)


def test_nothing_is_fetched_and_every_link_leads_somewhere(written):
    anchors = {
        name: set(map(html.unescape, ANCHOR.findall(_text(path)))) for name, path in written.items()
    }
    by_path = {path.resolve(): name for name, path in written.items()}
    for name, path in written.items():
        text = _text(path)
        assert [tag for tag in FETCHED.findall(text) if 'src="data:' not in tag] == [], name
        assert not re.search(r"url\(|@import", text), name
        assert len(anchors[name]) == len(ANCHOR.findall(text)), f"{name} uses an id twice"
        for link in map(html.unescape, re.findall(r'<a [^>]*href="([^"]*)"', text)):
            if re.match(r"https?://", link):
                continue
            place, _, anchor = link.partition("#")
            there = by_path.get(
                (path.parent / unquote(place)).resolve() if place else path.resolve()
            )
            assert there, f"{name} links to {link}"
            assert not anchor or unquote(anchor) in anchors[there], f"{name} links to {link}"


def test_the_same_notebook_gives_the_same_page(written):
    name = "notebooks/02_attributing_claims"
    (made,) = reading.pages_of([ROOT / f"{name}.ipynb"], edition.Edition()).values()
    assert made == _text(written[f"reading/{name}.html"])


def test_pages_are_accessible_at_once_twice_the_size_and_ask_for_nothing(browser, written):
    # axe is a script, and the pages' own policy runs none
    context = browser.new_context(viewport={"width": 1280, "height": 900}, bypass_csp=True)
    page = context.new_page()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    axe = Axe()
    for name, path in written.items():
        page.set_viewport_size({"width": 640, "height": 450})  # 200 % zoom on a page 1280 wide
        page.goto(path.as_uri())
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), name
        page.set_viewport_size({"width": 1280, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), name
        assert page.locator("h1").count() == 1
        found = axe.run(page, options=QUICK).response["violations"]
        assert [(one["id"], one["nodes"][0]["html"][:200]) for one in found] == [], name
    assert asked == [path.as_uri() for path in written.values()]
    context.close()


@pytest.mark.parametrize("scheme, width", [("light", 1280), ("dark", 640)])
def test_the_contrast_holds_in_light_and_stacked_in_the_dark(browser, written, scheme, width):
    context = browser.new_context(
        viewport={"width": width, "height": 450}, color_scheme=scheme, bypass_csp=True
    )
    page = context.new_page()
    for name in MEASURED:
        page.goto(written[name].as_uri())
        found = Axe().run(page).response["violations"]
        assert [(one["id"], one["nodes"][0]["html"][:200]) for one in found] == [], name
    context.close()


def test_the_keyboard_skips_to_the_text_and_opens_what_is_folded(browser, written):
    context = browser.new_context()
    page = context.new_page()
    page.goto(written["reading/notebooks/00_start_here.html"].as_uri())
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the text")
    assert skip.is_visible()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")  # past the link above the text, into it
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")
    code = page.locator("details.code").first
    code.locator("summary").focus()
    page.keyboard.press("Enter")
    assert code.locator("code").is_visible()
    context.close()


def test_a_lesson_prints(browser, written):
    pypdf = pytest.importorskip("pypdf")
    context = browser.new_context()
    page = context.new_page()
    page.goto(written["reading/notebooks/06_independent_accounts.html"].as_uri())
    sheets = pypdf.PdfReader(io.BytesIO(page.pdf(format="A4"))).pages
    context.close()
    texts = [sheet.extract_text() for sheet in sheets]
    words = [len(text.split()) for text in texts]
    assert len(words) > 5 and min(words) > 20, words
    text = " ".join(texts)
    assert "Independent accounts" in text and "Key points" in text
    assert "load_case" not in text, "code is not printed"
    # what is folded on the screen is open on paper: the passage under a step of the tree
    assert "The brutal killings were also documented" in " ".join(text.split())

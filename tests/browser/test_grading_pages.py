"""Feedback pages and class report in a browser: accessible in light and dark, nothing run, nothing fetched."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from grading_kit import Kit
from test_grading_outputs import TEXT, row_of

from whosays.grading.command import write_all

SCRIPT = "<script>document.title = 'RUN'</script><img src='https://evil.example/x.png' onerror='document.title = \"RUN\"'>"


@pytest.fixture(scope="module")
def out(tmp_path_factory):
    kit = Kit(tmp_path_factory.mktemp("pages"))
    doubting = {
        **kit.values,
        "9.1": "a",
        "9.3": dict.fromkeys("abdhcefg", "not supported"),
        "9.8": SCRIPT + TEXT,
    }
    trusting = {**kit.values, "9.1": "a", "9.3": dict.fromkeys("abdhcefg", "supported"), "9.8": ""}
    answers = [kit.values, doubting, trusting, doubting, {}]
    rows = [row_of(kit, f"{SCRIPT}{number}", given) for number, given in enumerate(answers)]
    write_all(rows, kit.keys(), kit.out, explain=True)
    return kit.out


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_are_accessible_and_dead(browser, out, scheme):
    context = browser.new_context(color_scheme=scheme, viewport={"width": 1100, "height": 900})
    page = context.new_page()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    pages = [out / "class_report.html", *sorted((out / "feedback").iterdir())]
    for path in pages:
        page.goto(path.as_uri())
        assert page.title() != "RUN"
        assert page.locator("h1").count() == 1
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert asked == [path.as_uri() for path in pages]
    context.close()
    # axe is a script, and the pages' own policy runs none
    context = browser.new_context(color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    for path in pages:
        page.goto(path.as_uri())
        found = Axe().run(page).response["violations"]
        assert [(entry["id"], entry["nodes"][0]["html"]) for entry in found] == [], path.name
    context.close()

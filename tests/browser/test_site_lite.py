"""The site in a browser: a learner answers, leaves, comes back, takes the work away, and it is graded.

The site is built once, with everything fetched kept in the user's cache folder, and served from a
subfolder, as GitHub Pages does. Whatever is asked of another address is noted and gets no answer.
"""

import csv
import functools
import http.server
import json
import os
import re
import threading

import pytest
from axe_playwright_python.sync_playwright import Axe

from whosays import cli
from whosays.base.problem import Problem
from whosays.publish import command, wheels

# one build for the file: its tests go to one process
pytestmark = [pytest.mark.everywhere, pytest.mark.xdist_group("site")]
SECONDS = 120
# what stands for a folded cell has a prompt without a number
NUMBERED = r"() => [...document.querySelectorAll('.jp-CodeCell .jp-InputPrompt:not(.jp-Placeholder-prompt)')].every(p => !p.offsetParent || /\d/.test(p.textContent))"

# the first page has looked for copies that are older than the site's
LOOKED = "body[data-copies]"
# whether a file that the browser keeps has some words in it
KEPT = """async ([path, words]) => {
    for (const { name } of await indexedDB.databases()) {
        const database = await new Promise(done => {
            const request = indexedDB.open(name);
            request.onsuccess = () => done(request.result);
        });
        if (!database.objectStoreNames.contains('files')) continue;
        const kept = await new Promise(done => {
            const request = database.transaction('files').objectStore('files').get(path);
            request.onsuccess = () => done(request.result);
        });
        if (JSON.stringify(kept ?? '').includes(words)) return true;
    }
    return false;
}"""


class _Files(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *args):
        pass


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The address of a site that was built just now."""
    home = tmp_path_factory.mktemp("site")
    try:
        wheels.pyodide(wheels.cache_folder())
        wheels.wheels(wheels.cache_folder())
    except Problem as problem:
        # skipped on a laptop that lacks npm or the network; where a run is to be complete, it fails
        (pytest.fail if os.environ.get("CI", "").lower() == "true" else pytest.skip)(str(problem))
    command.build(home / "school" / "kit", parts=["lite"], say=lambda what: None)
    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(_Files, directory=home)
    )
    threading.Thread(target=server.serve_forever, daemon=True).start()
    (lock,) = home.glob("school/kit/lite/static/pyodide/*/pyodide-lock.json")
    packages = json.loads(lock.read_text(encoding="utf-8"))["packages"]
    assert {need for entry in packages.values() for need in entry["depends"]} <= packages.keys()
    yield f"http://localhost:{server.server_address[1]}/school/kit"
    server.shutdown()
    server.server_close()


@pytest.fixture
def visit(browser, site):
    """A browser that was never here, and what it asked of anybody else."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
    context.set_default_timeout(SECONDS * 1000)
    home = re.match(r"https?://[^/]+", site)[0]
    elsewhere = []

    def is_elsewhere(address):
        return not address.startswith((home, "blob:", "data:"))

    context.on(
        "request", lambda request: is_elsewhere(request.url) and elsewhere.append(request.url)
    )
    context.route(is_elsewhere, lambda route: route.abort())
    yield context, elsewhere
    context.close()


def run_all(page):
    """What the first page says to do: wait for Idle, then the menu Run, Run All Cells.

    What is run before JupyterLab is connected to its Python is lost, here as with any other kernel.
    The mark on the page is idle before Python begins to start, too: that one does not count.
    """
    page.locator(".jp-Notebook .jp-Cell").first.wait_for()
    mark = ".jp-Notebook-ExecutionIndicator"
    page.locator(f"{mark}:not([data-status='idle'])").first.wait_for(state="attached")
    page.locator(f"{mark}[data-status='idle']").first.wait_for(state="attached")
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.locator("#jp-mainmenu-run").get_by_text("Run All Cells", exact=True).click()


def first_question(page):
    page.locator(".ws-question").get_by_role("button", name="Check").first.wait_for()
    return page.locator(".ws-question").filter(has=page.get_by_role("button", name="Check")).first


def picture(page, name):
    if folder := os.environ.get("WHOSAYS_SCREENSHOTS"):
        page.screenshot(path=os.path.join(folder, f"{name}.png"))


def test_answered_left_and_taken_along(site, visit, tmp_path):
    context, elsewhere = visit
    page = context.new_page()
    page.goto(f"{site}/index.html")
    picture(page, "site")
    page.get_by_role("link", name="Run exercise 00", exact=True).click()
    run_all(page)
    question = first_question(page)
    menus = question.get_by_role("combobox")
    for menu in menus.all():
        menu.select_option("open")
    question.get_by_role("button", name="Check").click()
    outcome = question.get_by_text(re.compile(r"\(\d of 6 points\)"))
    outcome.wait_for()
    said = outcome.inner_text()
    picture(page, "site_checked")
    page.wait_for_function(NUMBERED)
    page.keyboard.press("Control+s")

    page.reload()
    run_all(page)
    question = first_question(page)
    kept = [
        menu.evaluate("e => e.selectedOptions[0].text")
        for menu in question.get_by_role("combobox").all()
    ]
    assert kept == ["open"] * menus.count() != []
    question.get_by_role("button", name="Check").click()
    assert question.get_by_text(re.compile(r"\(\d of 6 points\)")).inner_text() == said
    # everything so far was this site's own
    assert elsewhere == []

    handed = tmp_path / "class" / "anna"
    handed.mkdir(parents=True)
    with page.expect_download() as notebook:
        page.get_by_role("menuitem", name="File", exact=True).click()
        page.locator("#jp-mainmenu-file").get_by_text("Download", exact=True).click()
    notebook.value.save_as(handed / notebook.value.suggested_filename)
    files = (
        page.get_by_role("region", name=re.compile("file browser", re.I))
        .or_(page.locator(".jp-FileBrowser"))
        .first
    )
    files.locator(".jp-BreadCrumbs-home").click()
    files.get_by_text("answers", exact=True).dblclick()
    files.get_by_text("00_start_here.json", exact=True).click(button="right")
    with page.expect_download() as answers:
        page.locator(".lm-Menu").get_by_text("Download", exact=True).click()
    answers.value.save_as(handed / answers.value.suggested_filename)

    # JupyterLite puts the folder before the name
    assert sorted(os.listdir(handed)) == ["00_start_here.json", "exercises_00_start_here_ex.ipynb"]
    points = int(re.search(r"\((\d) of 6", said)[1])
    assert json.loads((handed / "00_start_here.json").read_text(encoding="utf-8"))["answers"]["0.1"]
    assert graded(tmp_path, handed.parent)["0.1"] == points > 0


def graded(folder, submissions):
    """Points of the one submission, by question, as a teacher gets them."""
    from grading_kit import sandbox

    sandbox()
    assert cli.main(["build", "00", "--key-dir", str(folder / "key")]) == 0
    assert (
        cli.main(
            ["grade", str(submissions), "--key", str(folder / "key"), "--out", str(folder / "out")]
        )
        == 0
    )
    with open(folder / "out" / "gradebook.csv", encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    return {
        name: float(value) for name, value in row.items() if re.fullmatch(r"\d\.\d", name) and value
    }


def test_a_lesson_needs_no_numpy_and_what_does_says_so(site, visit):
    context, elsewhere = visit
    page = context.new_page()
    page.goto(f"{site}/lite/lab/index.html?path=notebooks/03_duplicated_copy.ipynb")
    run_all(page)
    # the last cell has run; a folded cell shows no number
    page.locator(".jp-CodeCell").last.locator(".jp-OutputArea-output").first.wait_for()
    assert page.locator("[data-mime-type='application/vnd.jupyter.error']").count() == 0
    assert elsewhere == []
    # what a class that programs may ask for; the network gives no answer here
    page.locator("#jp-main-content-panel").get_by_role("heading", name="Key points").click()
    page.locator(".jp-MarkdownCell.jp-mod-active").wait_for()
    page.keyboard.press("b")
    page.keyboard.press("Enter")
    page.locator(".jp-CodeCell.jp-mod-active .cm-content").wait_for()
    page.keyboard.type("import numpy")
    page.keyboard.press("Shift+Enter")
    page.get_by_text("NumPy is not here.").wait_for()
    picture(page, "site_numpy")
    assert page.locator("[data-mime-type='application/vnd.jupyter.error']").count() == 0
    # asked of the distribution, once it was needed, and of nobody else
    assert elsewhere and all(
        url.startswith("https://cdn.jsdelivr.net/pyodide/") and "/numpy-" in url
        for url in elsewhere
    )


def test_work_survives_an_update_and_the_page_says_that_there_is_a_newer_copy(site, visit):
    context, elsewhere = visit
    page = context.new_page()
    name = "00_start_here_ex.ipynb"
    page.goto(f"{site}/index.html")
    edition = page.locator(f"a[href$='{name}'][data-edition]").get_attribute("data-edition")
    page.goto(f"{site}/lite/lab/index.html?path=exercises/{name}")
    page.locator("#jp-main-content-panel").get_by_role("heading", name="Exercise 00").click()
    page.locator(".jp-MarkdownCell.jp-mod-active").wait_for()
    page.keyboard.press("Enter")
    page.locator(".jp-Notebook.jp-mod-editMode").wait_for()
    page.keyboard.press("Control+a")
    page.keyboard.type("# What I wrote")
    page.keyboard.press("Control+s")
    page.wait_for_function(KEPT, arg=[f"exercises/{name}", "# What I wrote"])
    page.goto(f"{site}/index.html")
    page.locator(LOOKED).wait_for()
    assert page.get_by_text("from an earlier edition").count() == 0

    def updated(route):
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text().replace(edition, "0123456789ab"))

    # the site is brought up to date: its first page names another edition of this notebook
    page.route("**/index.html", updated)
    page.goto(f"{site}/index.html")
    page.get_by_text("Your copy is from an earlier edition, and stays.").wait_for()
    picture(page, "site_newer")
    page.unroute("**/index.html")
    page.goto(f"{site}/lite/lab/index.html?path=exercises/{name}")
    page.get_by_role("heading", name="What I wrote").wait_for()

    page.route("**/index.html", updated)
    page.goto(f"{site}/index.html")
    page.get_by_role("button", name="Set it aside and take the new one").click()
    page.get_by_text("Set aside.").wait_for()
    page.reload()
    page.locator(LOOKED).wait_for()
    assert page.get_by_text("from an earlier edition").count() == 0
    page.unroute("**/index.html")
    page.goto(f"{site}/lite/lab/index.html?path=exercises/{name}")
    page.locator("#jp-main-content-panel").get_by_role("heading", name="Exercise 00").wait_for()
    page.locator(".jp-FileBrowser").get_by_text("00_start_here_ex (my copy of").first.wait_for()
    assert elsewhere == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_first_page_is_accessible(browser, site, scheme):
    context = browser.new_context(
        color_scheme=scheme, bypass_csp=True, viewport={"width": 640, "height": 900}
    )
    page = context.new_page()
    page.goto(f"{site}/index.html")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    found = Axe().run(page).response["violations"]
    assert [(entry["id"], entry["nodes"][0]["html"]) for entry in found] == []
    links = page.locator("a").evaluate_all("all => all.map(a => a.href)")
    wrong = [link for link in links if context.request.get(link.partition("?")[0]).status != 200]
    assert links and wrong == []
    context.close()

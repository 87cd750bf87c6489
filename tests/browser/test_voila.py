"""``whosays show``: a lesson in Voilà, as it stands on a projector: it works, and nothing is fetched from elsewhere."""

import os
import re
import subprocess
import sys
from pathlib import Path

import axe_playwright_python
import pytest
from conftest import SECONDS

from whosays.publish import launch

pytestmark = [pytest.mark.browser, pytest.mark.everywhere]
AXE = Path(axe_playwright_python.__file__).parent / "axe.min.js"


@pytest.fixture
def shown(tmp_path):
    """The address that the command prints for lesson 00, and a folder that must stay as it is."""
    answers = tmp_path / "answers"
    private = {
        "JUPYTER_CONFIG_DIR": "config",
        "JUPYTER_RUNTIME_DIR": "run",
        "IPYTHONDIR": "ipython",
    }
    variables = {name: str(tmp_path / folder) for name, folder in private.items()}
    server = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "whosays",
            "show",
            "00",
            "--no-browser",
            "--port",
            str(launch.choose_port()),
        ],
        env={**os.environ, **variables, "WHOSAYS_ANSWERS": str(answers)},
        stdout=subprocess.PIPE,
        encoding="utf-8",
        cwd=tmp_path,
    )
    try:
        for line in server.stdout:
            if address := re.search(r"http://127\S+", line):
                break
        else:
            pytest.fail("the command ended without an address")
        yield address[0], answers
    finally:
        server.terminate()
        server.stdout.read()
        server.wait(30)


def test_a_lesson_on_a_projector(browser, shown):
    address, answers = shown
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.set_default_timeout(SECONDS * 1000)
    came = []
    page.on("response", lambda response: came.append(response.url))
    page.goto(address)
    box = page.locator(".ws-commit").filter(has_text="Which is right?")
    box.get_by_role("button", name="Keep and show").click()
    box.get_by_text("Still empty").wait_for()
    box.get_by_label("both").check()
    # a button is operated by keyboard, and letters do nothing
    cells = page.locator(".jp-Cell").count()
    box.get_by_role("button", name="Keep and show").focus()
    for key in "abdd":
        page.keyboard.press(key)
    page.keyboard.press("Enter")
    box.get_by_text("They count different things").wait_for()
    assert page.locator(".jp-Cell").count() == cells
    assert page.locator("[data-ws-guarded]").count() >= 1
    # code is not shown, the picture is
    assert page.get_by_text("load_case(").count() == 0
    toll = page.locator(".ws-commit").filter(has_text="Azerbaijan gives this number")
    assert page.get_by_role("group", name="The path of a claim").count() == 0
    toll.get_by_role("button", name="Show me without").click()
    station = page.get_by_role("group", name="The path of a claim").get_by_role("link").first
    assert station.evaluate("link => link.href").endswith("notebooks/01_who_is_speaking.ipynb")
    elsewhere = [
        url for url in came if not url.startswith((address.split("/voila")[0], "data:", "blob:"))
    ]
    assert elsewhere == []
    if folder := os.environ.get("WHOSAYS_SCREENSHOTS"):
        box.screenshot(path=Path(folder) / "voila-question.png")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run('.jp-OutputArea-output', {resultTypes: ['violations']})")[
        "violations"
    ]
    assert [
        (one["id"], one["nodes"][0]["html"][:160])
        for one in found
        if one["impact"] in ("serious", "critical")
    ] == []
    # the way to the exercise leads to its page here, and what is typed here is not kept
    page.get_by_role("link", name="Exercise 00", exact=True).click()
    page.get_by_role("heading", name="0.1 Four words").wait_for()
    assert page.url.endswith("/voila/render/exercises/00_start_here_ex.ipynb")
    assert not answers.exists() or list(answers.iterdir()) == []
    context.close()

"""The kit in Jupyter Notebook 7 instead of JupyterLab: an exercise opens, runs, checks an answer, keeps it."""

import json
import os
import shutil
import time

import pytest
from conftest import SECONDS

pytestmark = [pytest.mark.browser, pytest.mark.everywhere]

EXERCISE = "00_start_here_ferry"


@pytest.fixture
def page(browser):
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
    yield context.new_page()
    context.close()


def _await_kernel(server):
    """Until a kernel is idle with a page connected to it."""
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        time.sleep(0.5)
        try:
            kernels = json.loads(server._ask("kernels"))
        except OSError:  # the list cannot be had while a kernel is being started
            continue
        if any(kernel["execution_state"] == "idle" and kernel["connections"] for kernel in kernels):
            return
    pytest.fail("no kernel became idle")


def test_an_exercise_opens_and_checks_an_answer(page, lab_server):
    pytest.importorskip("notebook", minversion="7")
    saved = lab_server.answers / f"{EXERCISE}.json"
    saved.unlink(missing_ok=True)
    copy = lab_server.folder / "in-notebook-7.ipynb"
    shutil.copy(lab_server.exercises / f"{EXERCISE}_ex.ipynb", copy)
    page.goto(f"{lab_server.address}/notebooks/{copy.name}?token={lab_server.token}")
    _await_kernel(lab_server)  # what is run before it answers is lost
    page.locator(".jp-Notebook-ExecutionIndicator[data-status=idle]").wait_for(
        timeout=SECONDS * 1000, state="attached"
    )
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    page.get_by_role("row", name="0.8f").last.wait_for(timeout=SECONDS * 1000)
    assert (
        page.locator(
            ".jp-OutputArea-output[data-mime-type='application/vnd.jupyter.stderr']"
        ).count()
        == 0
    )
    assert page.get_by_text("Error displaying widget").count() == 0
    cells = page.locator(".jp-Cell").count()
    box = page.locator(".ws-question:has(.ws-code)").first
    page.locator("[data-ws-guarded]").first.wait_for()  # else the keys below reach the notebook
    box.get_by_label("(a)").check()
    check = box.get_by_role("button", name="Check")
    check.focus()
    for key in "abdd":  # shortcuts of the notebook: insert a cell, delete one
        page.keyboard.press(key)
    page.keyboard.press("Enter")
    box.get_by_text("✗ not yet").first.wait_for()
    box.get_by_label("(c)").check()
    check.click()
    box.get_by_text("✓ right").first.wait_for()
    assert page.locator(".jp-Cell").count() == cells
    if folder := os.environ.get("WHOSAYS_SCREENSHOTS"):
        page.screenshot(path=f"{folder}/notebook-7.png")
    lab_server.end_kernels()
    assert json.loads(saved.read_text(encoding="utf-8"))["answers"]["0.1f"] == "c"

"""What holds for every test: nothing of the learner's is touched, and a missing browser is told honestly."""

import os
import shutil
import tempfile
from pathlib import Path

import pytest

# The tests' answers, and those of the kernels that nbval starts, go here and
# never into the kit's own answers/. One folder for each xdist worker.
_ANSWERS = tempfile.mkdtemp(prefix="whosays-answers-")

BROWSERS = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge"]
BROWSER_PLACES = [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
]


def pytest_configure(config):
    os.environ["WHOSAYS_ANSWERS"] = _ANSWERS
    # with it every kernel compiles pandas anew
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


def pytest_unconfigure(config):
    shutil.rmtree(_ANSWERS, ignore_errors=True)


def find_browser():
    """Path of a Chromium or a browser built on it: ``WHOSAYS_BROWSER`` if set, else looked for; or None."""
    named = os.environ.get("WHOSAYS_BROWSER")
    places = [named] if named else [*map(shutil.which, BROWSERS), *BROWSER_PLACES]
    return next((place for place in places if place and Path(place).is_file()), None)


def pytest_runtest_setup(item):
    if item.get_closest_marker("browser") and find_browser() is None:
        reason = "no Chromium found: install one, or name it in WHOSAYS_BROWSER"
        # in CI a skipped browser test would look like a passed one
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(reason)


@pytest.fixture(scope="session")
def browser_path():
    """Path of the browser that tests marked ``browser`` drive."""
    return find_browser()

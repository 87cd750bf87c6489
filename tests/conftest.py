"""What holds for every test: nothing of the learner's is touched, and browser tests are known as such."""

import os
import shutil
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings

# Before anything reads a notebook: jsonschema takes seconds to build the grammar of a format that
# nobody here uses. A module that is None counts as not installed, and jsonschema does without.
sys.modules.setdefault("rfc3987_syntax", None)

# The same examples in every run, so that a red run is red again. New ones are looked for on
# request: pytest --hypothesis-profile=random.
settings.register_profile("fixed", derandomize=True, deadline=None)
settings.register_profile("random", derandomize=False, deadline=None)
settings.load_profile("fixed")

# The tests' answers, and those of the kernels that nbval starts, go here and
# never into the kit's own answers/. One folder for each xdist worker.
_ANSWERS = tempfile.mkdtemp(prefix="whosays-answers-")

BROWSER_TESTS = Path(__file__).parent / "browser"


def pytest_configure(config):
    os.environ["WHOSAYS_ANSWERS"] = _ANSWERS
    # with it every kernel compiles pandas anew
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


def pytest_unconfigure(config):
    shutil.rmtree(_ANSWERS, ignore_errors=True)


@pytest.fixture(autouse=True)
def the_environment_stays():
    """What one test leaves in the environment, the next one would trip over: it fails where it is left."""
    before = {name: value for name, value in os.environ.items() if name.startswith("WHOSAYS_")}
    yield
    after = {name: value for name, value in os.environ.items() if name.startswith("WHOSAYS_")}
    for name in after.keys() - before.keys():
        del os.environ[name]
    os.environ.update(before)
    assert after == before


def pytest_collection_modifyitems(items):
    for item in items:
        # by place, so that no browser test slips into the fast part; what happens
        # without a browser is decided by the fixtures there
        if BROWSER_TESTS in item.path.parents:
            item.add_marker(pytest.mark.browser)

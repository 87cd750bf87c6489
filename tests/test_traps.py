"""The table of traps: every trap has a guard, and every guard that it names is there.

A test, a question or a lesson may be renamed or taken out; then the table has to say so.
"""

import json
import re
import tomllib

import pytest

from whosays.base import paths
from whosays.evidence.citations import plain as without_markers
from whosays.publish import links

TRAPS = 28
ROW = re.compile(r"^\| (T\d+) \| (.+?) \| (.+?) \|$", re.MULTILINE)
TESTS = paths.root() / "tests"


@pytest.fixture(scope="module")
def rows():
    text = (paths.root() / "docs" / "traps.md").read_text(encoding="utf-8")
    return {name: (trap, guards) for name, trap, guards in ROW.findall(text)}


@pytest.fixture(scope="module")
def names():
    """Every test of the suite by name."""
    found = set()
    for path in TESTS.glob("test_*.py"):
        found |= set(
            re.findall(r"^(?:    )?def (test_\w+)", path.read_text(encoding="utf-8"), re.MULTILINE)
        )
    return found


@pytest.fixture(scope="module")
def questions():
    """Question number to its kind, from the solutions."""
    found = {}
    for path in paths.solutions().glob("*_sol.ipynb"):
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            if cell["cell_type"] == "raw":
                question = tomllib.loads(without_markers("".join(cell["source"])))
                found[question.get("id")] = question.get("kind")
    return found


def test_every_trap_has_one_row(rows):
    assert list(rows) == [f"T{n}" for n in range(1, TRAPS + 1)]


def test_every_trap_has_a_guard_in_a_test_a_question_or_a_lesson(rows):
    for name, (_, guards) in rows.items():
        assert re.search(r"`test_\w+`|question \d|lesson \d", guards), (
            f"{name} is guarded by nothing that can be run"
        )


def test_every_test_that_is_named_exists(rows, names):
    missing = {
        (t, n)
        for t, (_, guards) in rows.items()
        for n in re.findall(r"`(test_\w+)`", guards)
        if n not in names
    }
    assert not missing


def test_every_question_that_is_named_is_graded(rows, questions):
    for trap, (_, guards) in rows.items():
        for number in re.findall(r"question (\d+\.\d+f?)", guards):
            assert questions.get(number) not in (None, "text"), (
                f"{trap}: there is no graded question {number}"
            )


def test_every_lesson_that_is_named_exists(rows):
    for trap, (_, guards) in rows.items():
        for number in re.findall(r"lesson (\d\d)", guards):
            assert number in links.LESSONS, f"{trap}: there is no lesson {number}"

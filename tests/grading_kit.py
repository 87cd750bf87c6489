"""What the grading tests share: the demo set built, its key outside the repository, filled-in notebooks."""

import functools
import json
import os
import shutil
import sys
from pathlib import Path

import pytest
from exercise_books import DEMO
from hostile.book import Handed

from whosays.exercise.build import build, one_answer
from whosays.exercise.notebook import read_notebook
from whosays.grading.attacks import NoSandbox, choose
from whosays.grading.keys import build_keys, read_keys

linux_only = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="bubblewrap is for Linux"
)


class Kit:
    """The demo set as a learner and as a grader has it."""

    def __init__(self, folder):
        self.folder = Path(folder)
        self.submissions, self.out, self.key = (
            self.folder / name for name in ("class", "out", "key")
        )
        self.submissions.mkdir()
        shutil.copytree(DEMO.parent, self.folder / "solutions")
        sets, problems = build(
            solutions=self.folder / "solutions", exercises=self.folder / "exercises"
        )
        assert problems == []
        assert build_keys(sets, self.key)
        self.blank = read_notebook(self.folder / "exercises" / "09_demo_ex.ipynb")
        self.values = {q["id"]: one_answer(q["answer"], q) for q in sets[0].questions}
        self.tcp = self.udp = 9

    def book(self):
        return Handed(self.blank)

    def saved(self, folder, answers):
        """A learner's file from ``answers/``."""
        folder.mkdir(exist_ok=True)
        (folder / "09_demo.json").write_text(
            json.dumps({"set": "09_demo", "answers": answers}), encoding="utf-8"
        )

    def keys(self):
        return read_keys(self.key, self.submissions)


@functools.cache
def _held():
    """Attacked once in a process: it takes seconds, and no test changes what holds."""
    return choose(only=os.environ.get("WHOSAYS_TEST_SANDBOX"))


def sandbox():
    """The sandbox that holds here (WHOSAYS_TEST_SANDBOX names one). None is a failure where CI is true, else a skip."""
    try:
        return _held()
    except NoSandbox as problem:
        if os.environ.get("CI", "").lower() == "true":
            pytest.fail(str(problem))
        pytest.skip(str(problem))

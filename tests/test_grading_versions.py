"""A kept mark is only as good as the judge that gave it: whatever the kit holds is part of its version."""

import shutil

import pytest

from whosays.base import paths
from whosays.grading.batch import kit_digest


@pytest.fixture(scope="module")
def package(tmp_path_factory):
    copy = tmp_path_factory.mktemp("version") / "whosays"
    shutil.copytree(paths.PACKAGE, copy, ignore=shutil.ignore_patterns("__pycache__", "_kit"))
    return copy


@pytest.mark.parametrize(
    "name",
    [
        "text/fold.py",
        "text/place_names.csv",
        "exercise/score.py",
        "exercise/judge.py",
        "grading/runner.py",
        "grading/mark.py",
        "case/case.py",
        "__init__.py",
    ],
)
def test_a_change_of_a_file_that_judges_is_another_version(package, name):
    before, path = kit_digest(package), package / name
    text = path.read_text(encoding="utf-8")
    path.write_text(text + "\n", encoding="utf-8")
    assert kit_digest(package) != before
    path.write_text(text, encoding="utf-8")
    assert kit_digest(package) == before

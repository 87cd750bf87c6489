"""A kept mark is only as good as the judge that gave it: whatever judging imports is part of its version."""

import shutil
import subprocess
import sys

import pytest

from whosays.base import paths
from whosays.grading.versions import judge_version, judging_files


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
    before, path = judge_version(package), package / name
    text = path.read_text(encoding="utf-8")
    path.write_text(text + "\n", encoding="utf-8")
    assert judge_version(package) != before
    path.write_text(text, encoding="utf-8")
    assert judge_version(package) == before


def test_what_only_the_teacher_reads_is_no_part_of_the_version(package):
    found = {str(path.relative_to(package)) for path in judging_files(package)}
    assert not {"grading/report.py", "grading/feedback.py", "cli.py"} & found


def test_every_module_that_judging_loads_is_in_the_version():
    """Held against Python itself: what is loaded when the grader's modules are imported."""
    code = (
        "import sys; from whosays.grading import batch, runner\n"
        "print(*(m.__file__ for n, m in sys.modules.items() if n.split('.')[0] == 'whosays'), sep='\\n')"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(told.stdout.split("\n")) - {""}
    assert loaded and loaded <= {str(path) for path in judging_files()}

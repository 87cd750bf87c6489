"""The kit on the versions that Binder's image and Google Colab have, each in an environment of its own.

Every lesson and exercise runs there once, in process, and so do the tests of what is built from ipywidgets,
anywidget and pandas. For Colab the kit is installed by the cell that docs/running.md tells people to run first, and nothing but
what that brings is there. Colab's own page cannot be had; JupyterLab 4.4.9 is opened in tests/browser.
"""

import os
import re
import shutil
import subprocess
import sys
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

import cut_off
import pytest
from environments import FILES, cannot, python_of
from kit_copy import copy_kit
from test_setup import BINDER_BASE

import whosays
from whosays.base import paths
from whosays.publish import launch, links

TESTS = Path(__file__).parent
# what stands on ipywidgets, anywidget and pandas; the rest of the package is standard library
UNIT_TESTS = [
    "test_cards.py", "test_exercise_widget.py", "test_figures_lineup.py", "test_poster.py",
    "test_marking.py", "test_show.py", "test_side_by_side.py", "test_visits.py", "test_widgets_line_up.py",
]  # fmt: skip
NOTEBOOKS = [
    notebook
    for folder in ("notebooks", "exercises")
    for notebook in sorted((paths.root() / folder).glob("*.ipynb"))
]
# ipywidgets 7 takes a keyword it does not know with a warning, and traitlets says that this will be an error
STRICT = ["-W", "error:Passing unrecognized arguments"]
# IPython as a cell meets it; then where the kit is, and where answers go
START = """
import os, sys
from IPython.core.interactiveshell import InteractiveShell
InteractiveShell.instance().run_cell(sys.argv[1])
import whosays
print(whosays.__file__, os.environ["WHOSAYS_ANSWERS"], sep="\\n")
"""


def run(command, **options):
    """``(exit code, everything printed)``; only what ``options`` name differs from a clean environment."""
    options["env"] = launch.environment() | options.get("env", {})
    done = subprocess.run(
        [str(part) for part in command], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, encoding="utf-8", errors="replace", timeout=600, **options,
    )  # fmt: skip
    return done.returncode, done.stdout


def unit_tests(python):
    """Run the widgets' tests of this checkout with another Python; looking for new examples is not their task."""
    leave_out = ["-m", "not slow and not hypothesis"]
    pytest_there = [python, "-m", "pytest", "-q", "-p", "no:cacheprovider", *leave_out, *STRICT]
    return run([*pytest_there, *(TESTS / name for name in UNIT_TESTS)], cwd=paths.root())


def pinned(name):
    """What an environment's file asks for exactly, as package -> version; and its Python."""
    text = (FILES / f"{name}.in").read_text(encoding="utf-8")
    return dict(re.findall(r"^([\w-]+)==(\S+)$", text, re.MULTILINE)), re.search(
        r"^# python (\S+)$", text, re.MULTILINE
    )[1]


def assert_has(python, asked):
    code = f"from importlib.metadata import version\nfor name in {sorted(asked)}: print(name, version(name))"
    _, said = run([python, "-c", code])
    assert dict(line.split() for line in said.splitlines()) == asked


@pytest.mark.everywhere
@pytest.mark.parametrize("name", ["binder", "colab"])
def test_widgets_work_on_the_floor(name):
    python = python_of(name)
    assert_has(python, pinned(name)[0])
    code, said = unit_tests(python)
    assert code == 0, said[-6000:]
    assert int(re.search(r"(\d+) passed", said)[1]) > 100


@pytest.mark.everywhere
def test_every_notebook_runs_on_binders_versions_and_without_a_network(tmp_path):
    python, arguments = python_of("binder"), [TESTS / "notebook_run.py", *NOTEBOOKS]
    # where no network of one's own is to be had, test_offline.py says so
    command = (
        cut_off.command(*arguments, python=python) if cut_off.allowed() else [python, *arguments]
    )
    code, said = run(command, cwd=tmp_path, env={"WHOSAYS_ANSWERS": str(tmp_path / "answers")})
    assert code == 0 and NOTEBOOKS, said


@pytest.mark.everywhere
def test_a_lesson_works_in_binders_jupyterlab():
    if not any(map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))):
        cannot("A Chromium is missing")
    lesson = f"{TESTS / 'browser' / 'test_every_lesson.py'}::test_a_source_card_is_filled_in_and_checked_by_mouse_and_there_when_loaded_again"
    code, said = run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", lesson],
        cwd=paths.root(),
        env={"WHOSAYS_LAB_PYTHON": str(python_of("binder"))},
    )
    assert code == 0 and re.search(r"^1 passed", said, re.MULTILINE), said[-4000:]


@pytest.mark.everywhere
def test_every_notebook_runs_in_colab_after_its_start_cell(tmp_path, monkeypatch):
    python = _bare_colab(tmp_path / "venv")
    # the one thing that differs: the kit comes from here and not from its public address
    kit = copy_kit(tmp_path / "kit")
    home = links.Home("https://github.com/some-school/kit", f"v{whosays.__version__}")
    monkeypatch.setattr(links, "home", lambda root=None: home)
    address = home.repository
    cell = links.start_cell(links.home()).replace(f"git+{address}@{home.tag}", kit.as_uri())
    cell = cell.replace("/content/", f"{tmp_path.as_posix()}/")
    assert address not in cell
    code, said = run([python, "-c", START, cell], cwd=tmp_path)
    if (
        code and "No matching distribution" in said
    ):  # the builder of packages comes from the package index
        cannot(f"pip found no network: {said[-300:]}")
    assert code == 0, said
    shutil.rmtree(kit)
    where, answers = said.splitlines()[-2:]
    assert Path(where).is_relative_to(tmp_path / "venv") and Path(answers) == tmp_path / "answers"
    assert_has(python, pinned("colab")[0])
    code, said = run(
        [python, *STRICT, TESTS / "notebook_run.py", *NOTEBOOKS],
        cwd=tmp_path,
        env={"WHOSAYS_ANSWERS": answers},
    )
    assert code == 0 and NOTEBOOKS, said


def _bare_colab(folder):
    """An environment that has Colab's packages and pip, and that the start cell may change."""
    colab = python_of("colab", kit=False)
    code, said = run([colab, "-m", "venv", folder])
    assert code == 0, said
    (packages,) = colab.parents[1].glob(
        "Lib/site-packages" if os.name == "nt" else "lib/python*/site-packages"
    )
    (own,) = folder.glob("Lib/site-packages" if os.name == "nt" else "lib/python*/site-packages")
    (own / "colab.pth").write_text(f"{packages}\n", encoding="utf-8")
    return folder / colab.relative_to(colab.parents[1])


def test_the_binder_floor_is_binders_own():
    if find_spec("repo2docker") is None:
        pytest.skip("repo2docker does not run here")
    asked, python = pinned("binder")
    locks = Path(find_spec("repo2docker").origin).parent / "buildpacks" / "conda"
    lock = (locks / f"environment.py-{python}-linux-64.lock").read_text(encoding="utf-8")
    base = dict(re.findall(r"/(?:noarch|linux-64)/([\w.-]+?)-(\d[^-/]*)-[^-/]+\.conda", lock))
    newest = f"Binder's image has changed with repo2docker {version('jupyter-repo2docker')}: environments/binder.in"
    assert {name: base[name] for name in asked} == asked, newest
    assert BINDER_BASE.items() <= asked.items()

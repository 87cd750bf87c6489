"""Every notebook runs on its own, from any folder, and keeps to the rules.

The same notebooks run in real kernels under ``start.py test`` (nbval); this is
the fast part. nbval's strict mode would compare stored outputs, and there are none.
"""

import copy
import json

import pytest
from notebook_rules import faults, lesson_faults
from notebook_run import run

from whosays.base import paths
from whosays.publish import links

ROOT = paths.root()
FOLDERS = ("notebooks", "exercises", "solutions")
NOTEBOOKS = [path for folder in FOLDERS for path in sorted((ROOT / folder).glob("*.ipynb"))]
every_notebook = pytest.mark.parametrize(
    "path", NOTEBOOKS, ids=lambda path: f"{path.parent.name}/{path.stem}"
)


# solutions run in process when they are built (test_exercises.py), and in a kernel under nbval
@pytest.mark.slow
@pytest.mark.parametrize(
    "path",
    [path for path in NOTEBOOKS if path.parent.name != "solutions"],
    ids=lambda path: f"{path.parent.name}/{path.stem}",
)
def test_runs_from_another_folder(path, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("WHOSAYS_ANSWERS", str(tmp_path / "answers"))
    assert [str(failure) for failure in run(path)] == []


@every_notebook
def test_keeps_to_the_rules(path):
    assert faults(path, ROOT) == []


@pytest.mark.parametrize(
    "path", sorted((ROOT / "notebooks").glob("*.ipynb")), ids=lambda path: path.stem
)
def test_a_lesson_has_the_shape_of_a_lesson(path):
    assert lesson_faults(path) == []


def test_a_lesson_without_its_parts_is_told_each(kit):
    told = "; ".join(lesson_faults(kit(copy.deepcopy(GOOD))))
    for part in (
        "row 'Time'",
        "how to skip",
        "practice twin",
        "leaves the page",
        "key points",
        "comes next",
        "2 cells",
    ):
        assert part in told


GOOD = {
    "cells": [
        {
            "cell_type": "markdown",
            "id": "title",
            "metadata": {},
            "source": ["# Title\n", "**Content note.** ..."],
        },
        {
            "cell_type": "code",
            "id": "first",
            "metadata": {},
            "source": ["one = 1"],
            "outputs": [],
            "execution_count": None,
        },
    ],
    "metadata": {
        "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}
    },
    "nbformat": 4,
    "nbformat_minor": 5,
}


@pytest.fixture
def kit(tmp_path):
    """A folder that looks like a checkout, and a function that writes a notebook into it."""
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "pyproject.toml").write_text(
        (ROOT / "pyproject.toml").read_text(encoding="utf-8"), encoding="utf-8"
    )
    path = tmp_path / "notebooks" / "00_start_here.ipynb"

    def write(notebook):
        for cell in notebook["cells"][:1]:
            cell["source"].append(links.home(tmp_path).binder("notebooks/00_start_here.ipynb"))
        path.write_text(json.dumps(notebook), encoding="utf-8")
        return path

    write.root = tmp_path
    return write


def test_a_good_notebook_has_no_fault(kit):
    assert faults(kit(copy.deepcopy(GOOD)), kit.root) == []


def code(source, **changes):
    return {**copy.deepcopy(GOOD["cells"][1]), "source": [source], **changes}


BROKEN = {
    "id": (lambda nb: nb["cells"].append(code("1", id="first")), "repeats the id 'first'"),
    "no id": (lambda nb: nb["cells"][1].pop("id"), "cell 2 has no id"),
    "empty": (lambda nb: nb.update(cells=[]), "has no cells"),
    "output": (
        lambda nb: nb["cells"][1]["outputs"].append(
            {"output_type": "stream", "name": "stdout", "text": "1"}
        ),
        "cell 2 stores an output",
    ),
    "count": (
        lambda nb: nb["cells"][1].update(execution_count=3),
        "cell 2 stores an output or a count",
    ),
    "kernel": (lambda nb: nb["metadata"]["kernelspec"].update(name="venv"), "another kernel"),
    "format": (
        lambda nb: nb.update(nbformat_minor=4) or [c.pop("id") for c in nb["cells"]],
        "format 4.4",
    ),
    "widgets": (lambda nb: nb["metadata"].update(widgets={}), "state of widgets"),
    "path": (
        lambda nb: nb["cells"].append(code("open('/home/me/data.csv')", id="two")),
        "on one machine: /home/",
    ),
    "windows": (
        lambda nb: nb["cells"].append(code(r"open('C:\data.csv')", id="two")),
        "on one machine: C:",
    ),
    "long": (
        lambda nb: nb["cells"].append(code("\n".join("abcdefghij"), id="two")),
        "cell 3 has 10 lines",
    ),
    "in a row": (
        lambda nb: nb["cells"].extend([code("2", id="two"), code("3", id="three")]),
        "cell 4 is the third code cell in a row",
    ),
    "badge": (
        lambda nb: nb["cells"][0]["source"].append(
            "[![Binder](https://mybinder.org/badge_logo.svg)](x)"
        ),
        "cell 1 loads a picture from elsewhere",
    ),
    "link": (
        lambda nb: nb["cells"][0]["source"].append(
            "[there](nowhere.ipynb#part) and [here](00_start_here.ipynb)"
        ),
        "cell 1 links to nowhere.ipynb, which is not there",
    ),
    "note": (lambda nb: nb["cells"][0].update(source=["# Title\n"]), "no content note"),
    "title": (
        lambda nb: nb["cells"][0].update(source=["content note "]),
        "cell 1 is not its title",
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_rule_is_named(kit, name):
    damage, sentence = BROKEN[name]
    notebook = copy.deepcopy(GOOD)
    damage(notebook)
    assert any(sentence in fault for fault in faults(kit(notebook), kit.root))


def test_a_missing_binder_link_is_named(kit, monkeypatch):
    home = links.Home("https://github.com/some-school/kit", "v1.0")
    monkeypatch.setattr(links, "home", lambda root=None: home)
    path = kit(copy.deepcopy(GOOD))
    assert faults(path, kit.root) == []
    path.write_text(json.dumps(GOOD), encoding="utf-8")
    (fault,) = faults(path, kit.root)
    assert "has no Binder link to notebooks/00_start_here.ipynb" in fault


def test_what_is_not_a_notebook_is_said_to_be_none(tmp_path):
    path = tmp_path / "x.ipynb"
    path.write_text("{", encoding="utf-8")
    assert "not a valid notebook" in faults(path, tmp_path)[0]


def test_the_runner_names_the_cell_that_raised(kit):
    notebook = copy.deepcopy(GOOD)
    notebook["cells"] += [
        code("undefined_name", id="bad"),
        code("1/0", id="meant", metadata={"tags": ["raises-exception"]}),
        code("two = one + 1", id="good"),
    ]
    values = {}
    failures = run(kit(notebook), values)
    assert [str(f) for f in failures] == [
        "00_start_here.ipynb, cell 3 (id bad): NameError: name 'undefined_name' is not defined"
    ]
    assert values["two"] == 2


def test_the_runner_starts_each_notebook_afresh(kit):
    leaving, looking = copy.deepcopy(GOOD), copy.deepcopy(GOOD)
    looking["cells"][1]["source"] = ["one"]
    assert run(kit(leaving)) == []
    assert "NameError" in run(kit(looking))[0].error

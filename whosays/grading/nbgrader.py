"""A learner's notebook with nbgrader's cell metadata, so that nbgrader's exchange can carry it.

nbgrader hands the notebooks out and collects them; the grading is done here, on its
``submitted/STUDENT/ASSIGNMENT/`` folder. Every answer cell is marked as one that a person grades,
so nbgrader's own autograder has nothing to run.
https://nbgrader.readthedocs.io/en/stable/contributor_guide/metadata.html
"""

import re
from pathlib import Path

from ..exercise.notebook import json_text, read_notebook

_BY_HAND = {"schema_version": 3, "grade": True, "solution": True, "locked": False, "task": False}
_ANSWER = re.compile(r"^answer_(\d+)_(\d+f?) = \.\.\.$", re.M)


def with_metadata(book: dict, points: dict[str, float]) -> dict:
    """A new notebook whose answer cells nbgrader knows; the cells keep their ids and sources.

    ``book`` is from :func:`whosays.exercise.notebook.read_notebook`, the points are by question id.
    """
    cells = []
    for cell in book["cells"]:
        answer = _ANSWER.search(cell["source"]) if cell["cell_type"] == "code" else None
        identity = f"{answer[1]}.{answer[2]}" if answer else ""
        copy = {**cell, "source": cell["source"].splitlines(keepends=True)}
        copy["metadata"] = dict(cell.get("metadata", {}))
        if identity in points:
            mark = {"grade_id": f"answer-{identity.replace('.', '-')}", "points": points[identity]}
            copy["metadata"]["nbgrader"] = _BY_HAND | mark
        cells.append(copy)
    return {**book, "cells": cells}


def write_for_exchange(notebook, key, course) -> Path:
    """Put a learner's notebook where nbgrader's course folder has what is to be handed out.

    It goes to ``course/release/NN_topic/NN_topic_ex.ipynb``, past ``nbgrader generate_assignment``:
    that would empty the answer cells of a copy that is made for learners already. The key is of the
    same set, for the points.
    """
    notebook = Path(notebook)
    target = Path(course) / "release" / key.name / notebook.name
    target.parent.mkdir(parents=True, exist_ok=True)
    points = {question["id"]: question["points"] for question in key.questions}
    target.write_text(
        json_text(with_metadata(read_notebook(notebook), points)), encoding="utf-8", newline="\n"
    )
    return target

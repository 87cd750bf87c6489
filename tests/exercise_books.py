"""Solution notebooks: the kit's own, built once a process, and a small good one to be spoilt in one place."""

from functools import cache
from pathlib import Path

from whosays.exercise.build import files_of, load_set
from whosays.exercise.look import in_learners_words
from whosays.exercise.notebook import cell, notebook_text, read_notebook
from whosays.exercise.render import in_quotes

DEMO = Path(__file__).parent / "fixtures" / "solutions" / "09_demo_sol.ipynb"


@cache
def built(path):
    """The set of a solution notebook, and the files that are built from it; each solution is run once.

    Returns
    -------
    (ExerciseSet, dict of str to str)
    """
    made = load_set(path)
    return made, files_of(made)


def as_told(case, remark):
    """A planted remark as its author wrote it, in the words that learners get."""
    return in_quotes(in_learners_words(case, {"say": remark})["say"])


class Book:
    """A copy of the demo set that a test can edit cell by cell.

    ``edit`` replaces text in the cell with an id; what it looks for must be there.
    """

    def __init__(self, name="09_demo_sol.ipynb"):
        self.name = name
        self.cells = {c["id"]: c for c in read_notebook(DEMO)["cells"]}

    def edit(self, cell_id, old, new):
        assert old in self.cells[cell_id]["source"], f"{cell_id} has no {old!r}"
        self.cells[cell_id]["source"] = self.cells[cell_id]["source"].replace(old, new)
        return self

    def append(self, kind, source, cell_id):
        self.cells[cell_id] = cell(kind, source, cell_id)
        return self

    def drop(self, *cell_ids):
        for cell_id in cell_ids:
            del self.cells[cell_id]
        return self

    def write(self, folder):
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / self.name
        path.write_text(notebook_text(list(self.cells.values())), encoding="utf-8", newline="\n")
        return path

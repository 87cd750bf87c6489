"""Run a notebook in an IPython shell in this process: no kernel, some tenths of a second.

As a script it runs the notebooks that are named, with whatever Python and packages it is started with, prints
each failure, and ends with 1 if there was one.
"""

import os
import sys
from dataclasses import dataclass
from pathlib import Path

import nbformat


@dataclass
class Failure:
    """A code cell that raised: ``cell`` counts all cells from 1, as a reader would."""

    notebook: str
    cell: int
    id: str
    error: str

    def __str__(self):
        return f"{self.notebook}, cell {self.cell} (id {self.id}): {self.error}"


def run(path, values=None, shown=None):
    """Run every code cell of a notebook, in order, in a fresh namespace.

    Parameters
    ----------
    path : Path
        The notebook. The working directory stays what it is: a notebook that
        needs another one is at fault.
    values : dict, optional
        Filled with the notebook's names and values after the run.
    shown : list, optional
        Filled with ``(cell id, value)`` for each cell that ends with a value: what a learner sees.

    Returns
    -------
    list of Failure
        Empty when no cell raised. A cell tagged ``raises-exception`` may.
    """
    from IPython.core.interactiveshell import InteractiveShell
    from IPython.utils.capture import capture_output
    from traitlets.config import Config

    quiet = Config()
    quiet.HistoryManager.enabled = False  # never a reader's own history
    InteractiveShell.clear_instance()
    shell = InteractiveShell.instance(config=quiet)
    failures = []
    before = dict(os.environ)  # a kernel keeps to itself what its notebook sets
    try:
        for number, cell in enumerate(nbformat.read(path, as_version=4).cells, 1):
            if cell.cell_type != "code":
                continue
            with capture_output():
                result = shell.run_cell(cell.source)
            if shown is not None and result.result is not None:
                shown.append((cell.id, result.result))
            error = result.error_before_exec or result.error_in_exec
            if error is not None and "raises-exception" not in cell.metadata.get("tags", []):
                failures.append(
                    Failure(path.name, number, cell.id, f"{type(error).__name__}: {error}")
                )
        if values is not None:
            values.update(shell.user_ns)
    finally:
        InteractiveShell.clear_instance()
        os.environ.clear()
        os.environ.update(before)
    return failures


if __name__ == "__main__":
    failed = [failure for name in sys.argv[1:] for failure in run(Path(name))]
    print(*failed, sep="\n")
    sys.exit(bool(failed))

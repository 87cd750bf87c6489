"""Python inside a browser (JupyterLite): what is there only when it is asked for, and what cannot
be.

A browser's Python begins without NumPy and pandas, which are larger than everything else
together and which almost no cell needs. The one that does gets them here, or one sentence.
"""

import importlib
import sys
from importlib.machinery import PathFinder

IN_BROWSER = sys.platform == "emscripten"
# import name -> the name that people know
LATER = {"numpy": "NumPy", "pandas": "pandas"}
# commands that start other programs or look after a computer
ELSEWHERE = {"lab", "show", "grade", "site"}


class NotHere(ModuleNotFoundError):
    """A library that could not be had; in a notebook its sentence stands alone, see :func:`say`."""


class FetchedWhenImported:
    """A finder, asked after all others: it fetches a library of :data:`LATER` at its first import.

    ``fetch`` is called with the import name; it returns nothing, or why the library cannot be had.
    """

    def __init__(self, fetch):
        self.fetch = fetch

    def find_spec(self, name: str, path=None, target=None):
        if name not in LATER:
            return None
        why = self.fetch(name)
        importlib.invalidate_caches()
        spec = None if why else PathFinder.find_spec(name)
        if spec is None:
            raise NotHere(f"{LATER[name]} is not here. {why or _NOT_FETCHED}", name=name)
        return spec


_NOT_FETCHED = (
    "In the browser it is fetched from the internet when a cell needs it, and that did not work. "
    "Everything else in this lesson works without it."
)


def _fetch(name):
    """Load a package of the Pyodide distribution, where the browser lets Python wait for it."""
    import pyodide_js
    from pyodide.ffi import can_run_sync, run_sync

    if not can_run_sync():
        return f'Run a cell with the one line "import {name}" first, and then this cell again.'
    try:
        run_sync(pyodide_js.loadPackage(name))
    except Exception:  # whatever the browser says of a network, the learner's sentence is the same
        return _NOT_FETCHED
    return ""


def say(shell) -> None:
    """Let a notebook print the sentence of :class:`NotHere` where a traceback would stand.

    The cell then counts as run, so that *Run All Cells* goes on to the ones after it.
    """
    shell.set_custom_exc((NotHere,), lambda shell, kind, error, where, tb_offset=None: print(error))


def install():
    """Let Python fetch what comes later; once, however often the kit is imported."""
    if any(isinstance(finder, FetchedWhenImported) for finder in sys.meta_path):
        return
    sys.meta_path.append(FetchedWhenImported(_fetch))
    from IPython import get_ipython

    if get_ipython() is not None:
        say(get_ipython())

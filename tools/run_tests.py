"""The tests, in parts: what ``start.py test`` runs once it has installed what they need."""

import subprocess
import sys
import time
from pathlib import Path

from whosays.base import paths
from whosays.publish import launch

NOTEBOOKS = ("notebooks", "exercises", "solutions")
# nbval reads no notebook in the fast part, and loading it costs each process seconds; a file stays
# in one process, which makes what its tests share once
FAST = [
    "--dist",
    "loadfile",
    "-p",
    "no:nbval",
    "-m",
    "not slow and not browser and not everywhere",
]
EVERYWHERE = ["--dist", "loadgroup", "-p", "no:nbval", "-m", "everywhere"]
# one file, one process: nbval shares a kernel between the cells of a notebook
# the browser's files come first, as they are found: the longest of them at the end would keep one
# processor waiting for the other
WHOLE = ["--dist", "loadfile", "--no-loadscope-reorder"]
WHOLE += ["--nbval-lax", "--nbval-current-env", "--nbval-cell-timeout=120"]
WHOLE += ["-m", "not everywhere"]
# option -> pytest's arguments, and what the last line calls that part
PARTS = {
    "--fast": (FAST, "what is quick"),
    "--everywhere": (EVERYWHERE, "other versions and environments"),
    "": (WHOLE, "everything on this machine's versions"),
}


def test(argv=None, python=sys.executable):
    """Run the tests.

    Parameters
    ----------
    argv : list of str, optional
        ``[--fast | --everywhere] [PYTEST ARGUMENT ...]``. ``--fast`` leaves out what is slow,
        the browser and the kernels; ``--everywhere`` runs the kit on other versions, in
        environments that it makes. A path among the arguments replaces the default ones.
    python : str
        The interpreter that has the test requirements.

    Returns
    -------
    int
        pytest's exit code.
    """
    root = paths.root()
    argv = sys.argv[1:] if argv is None else list(argv)
    command = [python, "-m", "pytest", *pytest_arguments(argv, root)]
    began = time.monotonic()
    try:
        code = subprocess.call(command, cwd=root, env=launch.environment())
    except KeyboardInterrupt:
        print("\nStopped before the last test.", flush=True)
        return 130
    minutes, seconds = divmod(round(time.monotonic() - began), 60)
    _, part = PARTS[_part(argv)]
    passed = "FAILED" if code else "passed"
    print(f"Who Says? tests, {part}: {passed}, in {minutes} min {seconds} s.", flush=True)
    return code


def _part(argv):
    """The option among ``argv`` that names a part of the tests; empty for the whole."""
    return next((argument for argument in argv if argument in PARTS), "")


def pytest_arguments(argv=None, root=None):
    """What ``test`` hands to pytest.

    Parameters
    ----------
    argv : list of str, optional
        As for :func:`test`.
    root : path, optional
        The kit's top folder.

    Returns
    -------
    list of str
    """
    argv = sys.argv[1:] if argv is None else list(argv)
    root = paths.root() if root is None else Path(root)
    part = _part(argv)
    own = [argument for argument in argv if argument not in PARTS]
    if any(
        (root / argument.split("::")[0]).exists()
        for argument in own
        if not argument.startswith("-")
    ):
        places = []
    elif part:
        places = ["tests"]
    else:
        places = [
            "tests",
            *(name for name in NOTEBOOKS if any((root / name).glob("*.ipynb"))),
        ]
    return [*places, "-n", "2", *PARTS[part][0], *own]

"""The lessons in JupyterLite: a JupyterLab whose Python runs in the learner's own browser.

Nothing is installed and no server runs: the site is a folder of files. What is fetched from
elsewhere is decided here and written into the site: nothing at the start, and NumPy and pandas from
Pyodide's own address when a cell imports them (``offline_only`` leaves even that out).

Needs a secure context (https, or localhost), because the browser lends Python its files through a
service worker. Measured in ``docs/running.md``.
"""

import hashlib
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

from ..base import paths
from ..base.problem import Problem
from . import launch, wheels
from .tracked import as_written, copy_of_tracked, tracked

# what a learner sees; the checks of the exercises and the case packs are inside our own wheel
CONTENTS = ("notebooks/*.ipynb", "exercises/*.ipynb", "exercises/forms/*.ipynb")
# and what they show or lead to
_LINKED = re.compile(r"\]\(\.\./(docs/[\w./-]+)")
# Pyodide loads these before the first cell, side by side; what the kernel would fetch one by one
PRELOADED = "micropip piplite ipykernel pyodide-kernel comm jedi ipython whosays".split()
# wheels with something for the page only, not for Python
PAGE_ONLY = ("jupyterlab_widgets-",)
KERNEL = "@jupyterlite/pyodide-kernel-extension"
# in the kernel the learner's files are below /drive; there they outlive the page and can be
# downloaded
ANSWERS = "/drive/answers"
# the time of every file where there is no commit to take it from
EPOCH = 1577836800


def build(out, offline_only=False, say=print):
    """Make the JupyterLite site; returns its folder.

    Parameters
    ----------
    out : path
        A folder that does not exist yet.
    offline_only : bool
        Leave out the packages that would be fetched from outside when a cell imports them.
    say : callable
        Called with a line at each step.
    """
    root = paths.root()
    extension = check()
    store = wheels.cache_folder()
    say("Python for the browser")
    package, ready = wheels.pyodide(store), wheels.wheels(store)
    with tempfile.TemporaryDirectory(prefix="whosays-site-") as folder:
        work = Path(folder)
        say("our own wheel")
        own = _own_wheel(root, work / "wheel")
        for file in contents(root):
            target = work / "files" / file.relative_to(root)
            target.parent.mkdir(parents=True, exist_ok=True)
            if file.suffix == ".ipynb":
                target.write_text(edition_of(file), encoding="utf-8", newline="\n")
            else:
                shutil.copyfile(file, target)
            os.utime(target, (epoch(), epoch()))
        lock = wheels.unpack(package, work / "static" / "pyodide")
        python = [path for path in ready if not path.name.startswith(PAGE_ONLY)]
        python += [own, *_kernel_wheels(extension)]
        place = _packages(work, lock, python, None if offline_only else wheels.DISTRIBUTION)
        _write(work / "jupyter-lite.json", page(place))
        page_wheels = [path for path in ready if path.name.startswith((*PAGE_ONLY, "anywidget-"))]
        _write(work / "jupyter_lite_config.json", _config(work, Path(out), extension, page_wheels))
        say("the site")
        command = [sys.executable, *"-m jupyterlite_core build --config".split()]
        command.append(work / "jupyter_lite_config.json")
        _run(command, "JupyterLite could not be built", cwd=work)
    return Path(out)


def contents(root: Path) -> list[Path]:
    """What a learner finds in the site's list of files: notebooks, and the documents they link."""
    books = tracked(root, (file for pattern in CONTENTS for file in sorted(root.glob(pattern))))
    linked = {name for book in books for name in _LINKED.findall(book.read_text(encoding="utf-8"))}
    return books + tracked(
        root, (root / name for name in sorted(linked) if (root / name).is_file())
    )


def edition_of(book: Path) -> str:
    """A notebook as it goes into the site: as written, with the name of its edition in it.

    A learner's copy in the browser keeps that name, so that the first page can tell when the site
    has a newer edition.
    """
    notebook = as_written(book.read_text(encoding="utf-8"))
    text = json.dumps(notebook, indent=1, ensure_ascii=False)
    edition = hashlib.sha256(text.encode("utf-8")).hexdigest()[:12]
    notebook["metadata"].setdefault("whosays", {})["edition"] = edition
    return json.dumps(notebook, indent=1, ensure_ascii=False) + "\n"


@cache
def epoch():
    """Seconds that stand for the time of every file, so that a commit always gives the same bytes.

    ``SOURCE_DATE_EPOCH`` if set, else the commit's own time, else a constant.
    """
    known = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not known.isdigit() and shutil.which("git"):
        command = ["git", "-C", str(paths.root()), "log", "-1", "--format=%ct"]
        known = subprocess.run(
            command, capture_output=True, encoding="utf-8", errors="replace"
        ).stdout.strip()
    return int(known) if known.isdigit() else EPOCH


def page(place: str) -> dict:
    """The settings of the page (``jupyter-lite.json``): where Python, packages and answers are.

    ``place`` is the folder of the lock and the wheels, relative to the site.
    """
    kernel = {
        "pyodideUrl": "./static/pyodide/pyodide.mjs",
        # what is not in the lock is not looked for on the internet either
        "disablePyPIFallback": True,
        "loadPyodideOptions": {
            "lockFileURL": f"./{place}/{wheels.LOCK}",
            "packages": PRELOADED,
            "env": {"WHOSAYS_ANSWERS": ANSWERS},
        },
    }
    return {
        "jupyter-lite-schema-version": 0,
        "jupyter-config-data": {
            "appName": "Who Says?",
            "litePluginSettings": {f"{KERNEL}:kernel": kernel},
        },
    }


def _config(work, out, extension, page_wheels):
    return {
        "LiteBuildConfig": {
            "lite_dir": str(work),
            "output_dir": str(out.resolve()),
            "cache_dir": str(work / "cache"),
            "contents": [str(work / "files")],
            "apps": ["lab"],
            # never what happens to be installed beside the kit
            "ignore_sys_prefix": ["federated_extensions"],
            "federated_extensions": [str(extension), *map(str, page_wheels)],
            "no_sourcemaps": True,
            "no_unused_shared_packages": True,
            "source_date_epoch": epoch(),
        }
    }


def check():
    """Whether a site can be made here.

    Returns the kernel's part of the page; it says which Pyodide it is made for.

    Raises
    ------
    Problem
        Outside a copy of the repository, without the tools, or with others than this was tested
        with.
    """
    if not (paths.root() / "pyproject.toml").is_file():
        raise Problem(
            "A site is made from a copy of the repository, not from an installed package."
        )
    if not all(
        importlib.util.find_spec(name)
        for name in ("jupyterlite_core", "jupyterlite_pyodide_kernel", "hatchling")
    ):
        raise Problem(
            'The tools for the site are not installed here: pip install --editable ".[site]"'
        )
    from jupyterlite_pyodide_kernel import __version__
    from jupyterlite_pyodide_kernel.constants import PYODIDE_VERSION

    if PYODIDE_VERSION != wheels.PYODIDE:
        raise Problem(
            f"jupyterlite-pyodide-kernel {__version__} is made for Pyodide {PYODIDE_VERSION}, this"
            " kit for "
            f'{wheels.PYODIDE}: pip install "jupyterlite-pyodide-kernel==0.8.6"'
        )
    return Path(sys.prefix) / "share" / "jupyter" / "labextensions" / KERNEL


def _kernel_wheels(extension):
    """The kernel's own wheels; those that stand for widgetsnbextension are for older ipywidgets."""
    wheel_files = sorted((extension / "static" / "pypi").glob("*.whl"))
    return [path for path in wheel_files if not path.name.startswith("widgetsnbextension-")]


def _own_wheel(root, folder):
    """The kit as a wheel, of what is tracked: a case of the teacher's own beside it stays out."""
    source = folder.with_name("source")
    source.mkdir()
    root = source if copy_of_tracked(root, source) else root
    command = [sys.executable, *"-m hatchling build --target wheel --directory".split(), folder]
    _run(command, "The kit's own wheel could not be built", cwd=root)
    return next(folder.glob("*.whl"))


def _packages(work, lock, python, outside):
    """Lock and wheels in a folder named after them: a browser's cache never mixes two sites."""
    text = json.dumps(wheels.relock(lock, python, outside), indent=1, sort_keys=True)
    name = f"static/pyodide/packages-{hashlib.sha256(text.encode('utf-8')).hexdigest()[:12]}"
    _write(work / name / wheels.LOCK, text)
    for path in python:
        shutil.copyfile(path, work / name / path.name)
    return name


def _write(path, what):
    path.parent.mkdir(parents=True, exist_ok=True)
    text = what if isinstance(what, str) else json.dumps(what, indent=1)
    path.write_text(text + "\n", encoding="utf-8", newline="\n")


def _run(command, failed, cwd):
    """A step of the build, in this environment and without anybody's own Jupyter settings."""
    changes = {"SOURCE_DATE_EPOCH": str(epoch()), "JUPYTER_NO_CONFIG": "1"}
    wheels.run(command, failed, cwd=cwd, env=launch.environment() | changes)

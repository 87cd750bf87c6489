"""The version of the judge: a digest of every file a mark depends on, found by its imports."""

import hashlib
import re
from pathlib import Path

from ..base import paths

# one module begins the judging outside of the sandbox, the other runs the notebook inside
_ROOTS = ("grading/batch.py", "grading/runner.py")
_DATA = (".csv", ".json", ".toml", ".txt")
_FROM = re.compile(r"^[ \t]*from[ \t]+(\.*)([\w.]*)[ \t]+import[ \t]+(\([^)]*\)|[^\n]*)", re.M)
_IMPORT = re.compile(r"^[ \t]*import[ \t]+([\w.]+)", re.M)
# the packages' doors name their modules in strings, because they load them late
_DOOR = re.compile(r"[\"'](\.+)([\w.]+)[\"']")


def judging_files(package=paths.PACKAGE):
    """Every file of the package that judging imports, sorted, and the data files beside them.

    Parameters
    ----------
    package : path
        The folder ``whosays``.

    Returns
    -------
    list of pathlib.Path
    """
    package = Path(package)
    found, waiting = set(), [package / root for root in _ROOTS]
    while waiting:
        path = waiting.pop()
        if path in found:
            continue
        found.add(path)
        folders = [folder for folder in path.parents if folder.is_relative_to(package)]
        # importing a module runs the __init__ of every package above it
        waiting += [folder / "__init__.py" for folder in folders if folder != package.parent]
        waiting += _imported(path, package)
    data = {
        beside
        for folder in {path.parent for path in found}
        for beside in folder.iterdir()
        if beside.suffix in _DATA
    }
    return sorted(found | data)


def _imported(path, package):
    """The modules of the package that one module names in its imports."""
    text = path.read_text(encoding="utf-8")
    named = [(dots, module, names) for dots, module, names in _FROM.findall(text)]
    named += [("", module, "") for module in _IMPORT.findall(text)]
    if path.name == "__init__.py":
        named += [(dots, module, "") for dots, module in _DOOR.findall(text)]
    for dots, module, names in named:
        steps = [step for step in module.split(".") if step]
        if dots:
            base = path.parents[len(dots) - 1]
        elif steps[:1] == [package.name]:
            base, steps = package, steps[1:]
        else:
            continue
        base = base.joinpath(*steps)
        # what is imported may itself be a module
        for name in ["", *re.findall(r"\w+", names)]:
            place = base / name if name else base
            for module_file in (place.with_suffix(".py"), place / "__init__.py"):
                if module_file.is_file():
                    yield module_file


def judge_version(package=paths.PACKAGE):
    """A digest that changes with any file that judging depends on.

    Parameters
    ----------
    package : path
        The folder ``whosays``.

    Returns
    -------
    str
        64 hex digits.
    """
    seed = hashlib.sha256()
    for path in judging_files(package):
        seed.update(str(path.relative_to(package)).encode())
        seed.update(hashlib.sha256(path.read_bytes()).digest())
    return seed.hexdigest()

"""The version of the judge: a digest of every file of the kit that a mark may depend on."""

import hashlib
from pathlib import Path

from ..base import paths

# packages above this one: by the contract of the layers nothing here imports them
_ABOVE = ("memo", "newcase", "publish", "widgets")
# of this one, what is made from marks
_AFTER = ("feedback.py", "gradebook.py", "page.py", "report.py", "spreadsheet.py")
_KINDS = (".py", ".csv", ".json", ".toml", ".txt")


def judging_files(package=paths.PACKAGE) -> list[Path]:
    """Every file of the package ``whosays`` that marks may depend on, sorted."""
    package = Path(package)
    top = {path.name: path for path in package.iterdir() if not path.name.startswith("_")}
    found = [package / "__init__.py"]
    for name in top.keys() - {*_ABOVE, "cli.py"}:
        found += [path for path in top[name].rglob("*") if path.suffix in _KINDS]
    after = {package / "grading" / name for name in _AFTER}
    return sorted(set(found) - after)


def judge_version(package=paths.PACKAGE) -> str:
    """A digest of 64 hex digits that changes with any of these files."""
    seed = hashlib.sha256()
    for path in judging_files(package):
        seed.update(str(path.relative_to(package)).encode())
        seed.update(hashlib.sha256(path.read_bytes()).digest())
    return seed.hexdigest()

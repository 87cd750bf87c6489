"""What of the kit may be published: what is tracked, and of a notebook what its author wrote.

Beside the kit's own files lie a teacher's: full texts, a case of their own, a notebook with a
learner's answers in it. None of that ends up in a site.
"""

import json
import shutil
import subprocess
from pathlib import Path


def tracked(root: Path, files) -> list[Path]:
    """Those of some files that git tracks; all of them where there is no git to ask."""
    files = list(files)
    names = _names(Path(root))
    if names is None:
        return files
    return [file for file in files if file.relative_to(root).as_posix() in names]


def copy_of_tracked(root: Path, folder: Path) -> bool:
    """Copy every tracked file to a folder; returns whether there is a git to ask."""
    names = _names(Path(root))
    for name in names or ():
        if (root / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(root / name, folder / name)
    return names is not None


def _names(root):
    """Paths below ``root`` that git tracks; None where it is not the top of a checkout."""
    if not (root / ".git").exists() or not shutil.which("git"):
        return None
    done = subprocess.run(["git", "-C", str(root), "ls-files", "-z"], capture_output=True)
    return set(done.stdout.decode("utf-8").split("\0")) if done.returncode == 0 else None


def as_written(text: str) -> dict:
    """A notebook, from the text of its file, without outputs, counts and the state of widgets."""
    notebook = json.loads(text)
    notebook["metadata"].pop("widgets", None)
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell.update(outputs=[], execution_count=None)
    return notebook

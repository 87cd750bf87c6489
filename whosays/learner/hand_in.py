"""Hand in: everything of a learner's work in one file, ``whosays-NAME.zip``.

What is inside, so that ``whosays grade`` takes it as it is (docs/grading.md, *The hand-in file*):
``notebooks/`` (the learner's exercise notebooks), ``answers/`` (what was answered in fields, with
first tries, judgements and visits), ``memo/`` (an exported memo) and ``hand-in.json`` (name, time,
version).
"""

import json
import re
import zipfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from ..base import paths
from ..base.files import whole
from ..view.view import View

MOST_BYTES = 20_000_000  # of one file; the grading reads no larger one
HOW = (
    "The button writes one file. A line then says where it lies, and a link downloads it. Send it"
    " to your teacher the way your class does (Canvas, Moodle, mail). On Binder download it before"
    " you leave."
)


@dataclass(frozen=True)
class HandedIn:
    """What was written."""

    path: Path | None  # the file; None where nothing was written
    # notebooks, answers: how many of each are in it
    notebooks: int = 0
    answers: int = 0
    problem: str = ""  # why nothing was written; empty otherwise

    def words(self) -> str:
        """What a learner is told."""
        if self.problem:
            return self.problem
        books = f"{self.notebooks} notebook{'s' * (self.notebooks != 1)}"
        files = f"{self.answers} file{'s' * (self.answers != 1)} of answers"
        place = self.path.parent.name
        return f"Written: {self.path.name}, in the folder {place}. It holds {books} and {files}."


def write(name: str, version: str = "") -> HandedIn:
    """Write the file of a learner, whose name or pseudonym becomes part of the file's name.

    It is written whole or not at all. A folder that cannot be written is said, never raised.
    """
    short = re.sub(r"[^\w-]+", "-", name.strip()).strip("-_")[:60]
    if not short:
        return HandedIn(None, problem="Still empty: your name. A pseudonym will do.")
    answers = paths.answers()
    folders = (paths.exercises(), paths.exercises() / "forms")
    books = [book for folder in folders for book in _files(folder, "*.ipynb")]
    files = _files(answers, "*.json")
    memos = [file for folder in sorted(answers.glob("memo-*")) for file in _files(folder, "*")]
    at = datetime.now(UTC).isoformat(timespec="seconds")
    about = {"name": name.strip(), "at": at, "version": version}
    path = answers / f"whosays-{short}.zip"
    try:
        answers.mkdir(parents=True, exist_ok=True)
        with whole(path, "wb") as file, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("hand-in.json", json.dumps(about, ensure_ascii=False, indent=1))
            for book in books:
                archive.write(book, f"notebooks/{book.name}")
            for one in files:
                archive.write(one, f"answers/{one.name}")
            for one in memos:
                archive.write(one, f"memo/{one.parent.name}/{one.name}")
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        problem = (
            f"Not written, because the folder {answers.name} cannot be written ({why}): "
            "hand in your notebooks one by one."
        )
        return HandedIn(None, problem=problem)
    return HandedIn(path, len(books), len(files))


def _files(folder, pattern):
    files = sorted(folder.glob(pattern)) if folder.is_dir() else []
    return [f for f in files if f.is_file() and f.stat().st_size <= MOST_BYTES and f.name[0] != "."]


class HandIn(View):
    """The button for handing in; ``write(name)`` does the same in code."""

    def html(self):
        return f"<p>{HOW}</p>"

    def text(self) -> str:
        return f"Hand in: choose Run, then Run All Cells, and press the button here. {HOW}"


def hand_in():
    """A field for the name, and a button that writes one file for the teacher."""
    return HandIn().widget()

"""Keys for grading: built from the solutions into a folder outside the repository.

A key holds the answers in clear, so it is refused wherever it could be published or handed out by
mistake: inside a git work tree, and inside the folder of the submissions.
"""

import contextlib
import json
import os
from dataclasses import dataclass
from pathlib import Path

from ..base import paths
from ..exercise.build import environment, files_of
from ..exercise.forms import FORMS
from ..exercise.notebook import json_text
from .sandbox import prefixes
from .words import said
from .written import given_lines

FORMAT = 2
_SUFFIX = ".key.json"


class BadKey(ValueError):
    """A key that cannot be used; the message says which and what to do."""


@dataclass
class Key:
    """The key of one exercise set."""

    name: str  # ``01_who_is_speaking``
    number: str  # ``01``
    title: str
    questions: list[dict]  # each with its key open
    given: dict[str, str | None]  # the learner's copy, line by line: the question it stands at
    data: Path  # the folder of case packs that the notebooks run with
    text: str = ""

    @property
    def ids(self) -> list[str]:
        return [question["id"] for question in self.questions]

    @property
    def points(self) -> int:
        """Points that can be had, free text included."""
        return sum(question["points"] for question in self.questions)

    def question(self, identity: str) -> dict:
        return next(question for question in self.questions if question["id"] == identity)


def git_tree(folder: Path) -> Path | None:
    """The work tree a folder lies in, or None."""
    folder = Path(folder).resolve()
    return next((place for place in (folder, *folder.parents) if (place / ".git").exists()), None)


def refuse_place(folder: Path, submissions: Path | None = None) -> None:
    """Raise BadKey where a key must not lie."""
    folder = Path(folder).resolve()
    if tree := git_tree(folder):
        raise BadKey(said("key_in_git", folder=folder, tree=tree))
    if submissions is not None:
        submissions = Path(submissions).resolve()
        if folder.is_relative_to(submissions) or (
            submissions.is_dir() and submissions.is_relative_to(folder)
        ):
            raise BadKey(said("key_and_submissions", folder=folder, submissions=submissions))
    for place in [*prefixes(), str(paths.PACKAGE), str(paths.data())]:
        if folder.is_relative_to(place):
            raise BadKey(said("key_readable", folder=folder, place=place))


def build_keys(sets: list, folder: Path, data: Path | None = None) -> list[Path]:
    """Write the keys of sets; what ``whosays build --key-dir`` does.

    The sets are as :func:`whosays.exercise.build.load_set` made them, without problems. ``folder``
    lies outside the repository and is made when missing; ``data`` is the folder of case packs that
    the sets were built with, the kit's own when left out. Comes back with the paths written.

    Raises BadKey when the folder is no place for a key.
    """
    refuse_place(folder)
    written = []
    for one in sets:
        key = {
            "format": FORMAT,
            "set": one.name,
            "number": one.number,
            "title": one.title,
            # with its key open; the author's own code stays out
            "questions": [
                {name: value for name, value in full.items() if name != "solution"}
                for full in one.questions
            ],
            "given": _given(one),
            "data": str(Path(data).resolve()) if data else None,
        }
        Path(folder).mkdir(parents=True, exist_ok=True)
        if os.name == "posix":
            Path(folder).chmod(0o700)
        written.append(Path(folder) / f"{one.name}{_SUFFIX}")
        written[-1].write_text(json_text(key), encoding="utf-8", newline="\n")
    return written


def _given(made):
    """The lines of the learner's copy, so that what a student wrote can be told from them."""
    book = json.loads(files_of(made)[f"{made.name}_ex.ipynb"])
    sources = ["".join(cell["source"]) for cell in book["cells"]]
    return given_lines(sources, [question["id"] for question in made.questions])


def data_from(folder: Path | None):
    """Let the kit find its case packs in another folder meanwhile; in its own without one."""
    if folder is None:
        return contextlib.nullcontext()
    return environment("WHOSAYS_DATA", str(Path(folder).resolve()))


def read_keys(folder: Path, submissions: Path | None = None, only: str | None = None) -> list[Key]:
    """The keys in a folder with ``*.key.json``, or one such file.

    The submissions are checked to lie elsewhere. ``only`` is a set by number or name; ``01`` takes
    its twin ``01f`` along, where there is a key for it. Comes back as one key, a set and its twin,
    or the forms of before and after, which a class takes mixed. Raises BadKey.
    """
    place = Path(folder)
    files = [place] if place.is_file() else sorted(place.glob(f"*{_SUFFIX}"))
    if not files:
        raise BadKey(said("no_key", suffix=_SUFFIX, place=place))
    refuse_place(place.parent if place.is_file() else place, submissions)
    keys = [_read(path) for path in files]
    if only:
        name = str(only).removesuffix(".ipynb").removesuffix("_ex")
        keys = [key for key in keys if name in (key.name, key.number, key.number.removesuffix("f"))]
        if not keys:
            there = ", ".join(_read(path).name for path in files)
            raise BadKey(said("no_key_for", only=only, place=place, there=there))
    lessons = sorted({key.number.removesuffix("f") for key in keys})
    if len(lessons) > 1 and not set(lessons) <= set(FORMS):
        named = ", ".join(lessons)
        raise BadKey(said("several_keys", place=place, lessons=named, first=lessons[0]))
    return sorted(keys, key=lambda key: key.number)


def _read(path):
    try:
        text = path.read_text(encoding="utf-8")
        key = json.loads(text)
        if key["format"] != FORMAT:
            raise BadKey(said("other_version", path=path))
        data = Path(key["data"]) if key["data"] else paths.data()
        named = [key[name] for name in ("set", "number", "title", "questions", "given")]
        read = Key(*named, data, text)
    except BadKey:
        raise
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BadKey(said("bad_key", path=path, error=type(error).__name__)) from None
    if not data.is_dir():
        raise BadKey(said("no_packs", path=path.name, place=data))
    return read

"""Whose a file is, as far as its name says: the layouts of learning platforms."""

import re
from typing import NamedTuple

from .handed import MAX_NAME, TAKEN

# what a student may hand in by mistake; a row says so
MISTAKEN = (".html", ".pdf", ".py", ".docx", ".odt", ".rtf", ".rar", ".7z", ".gz", ".tgz", ".tar")
_CANVAS = re.compile(
    r"(?P<student>[^\W\d_][^_/]*)(?P<late>_LATE)?_(?P<id>\d{2,})_(?P<upload>\d{2,})_(?P<file>.+)"
)
_MOODLE = re.compile(
    r"(?P<student>[^_/]+)_(?P<id>\d{3,})_assignsubmission_(?:file|onlinetext)_?(?P<file>.*)"
)
_GRADESCOPE = re.compile(r"submission_(?P<id>\d+)")
# the hand-in file of the lessons, with the number that a browser adds to a second download
_HAND_IN = re.compile(r"whosays[-_](?P<student>.+?)([ _-]?\(\d+\))?\.zip", re.I)
# jane_01_who_is_speaking_ex (2): the exercise's own name after the student's, as JupyterLite has it
_EXERCISE = re.compile(
    r"[ _.-]+(exercises_)?\d\d_[a-z0-9_]+?(_ex)?([ _-]?\(\d+\)|-\d+)?$", re.ASCII
)


class Who(NamedTuple):
    """A student, as far as a name says: with the number in the platform, and which platform."""

    student: str
    lms_id: str = ""
    lms: str = ""
    late: bool = False
    file: str = ""


def of_file(name: str) -> Who:
    """From a file name as Canvas or Moodle make it, else the name itself."""
    if canvas := _CANVAS.fullmatch(name):
        return Who(canvas["student"], canvas["id"], "canvas", bool(canvas["late"]), canvas["file"])
    if moodle := _MOODLE.fullmatch(name):
        return Who(moodle["student"], moodle["id"], "moodle", False, moodle["file"])
    if hand_in := _HAND_IN.fullmatch(name):
        return Who(hand_in["student"], file=name)
    ends = "|".join(map(re.escape, sorted((*TAKEN, *MISTAKEN, ".zip"), key=len, reverse=True)))
    stem = re.sub(rf"({ends})$", "", name, flags=re.I)
    return Who(_EXERCISE.sub("", stem) or stem, file=name)


def of_folder(name: str) -> Who:
    """From the name of a folder as Moodle or Gradescope make it, else the name itself."""
    if moodle := _MOODLE.fullmatch(name):
        return Who(moodle["student"], moodle["id"], "moodle")
    if gradescope := _GRADESCOPE.fullmatch(name):
        return Who(name, gradescope["id"], "gradescope")
    return Who(name)


def named_in(name: str) -> list[Who]:
    """Whom a platform would mean by the parts of a path; nothing where it would mean nobody."""
    names = []
    for part in name.split("/"):
        who = of_file(part[:MAX_NAME])
        who = who if who.lms else of_folder(part[:MAX_NAME])
        names += [who] if who.lms else []
    return names

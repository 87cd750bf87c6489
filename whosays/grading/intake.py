"""From what a teacher downloaded to one submission a student: folders, LMS zips, nbgrader's layout.

Whose a file is, only the learning platform and the teacher say: by the names in the zip that the
teacher gives, or by the entries of the folder that the teacher gives. A name that a student chose
inside their own folder or zip never makes another row. Nothing is read here but names, and whatever
cannot be taken becomes a row that says why.
"""

import contextlib
import hashlib
import os
import re
import stat
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from .handed import (
    JUNK,
    MAX_FILES,
    MAX_NAME,
    TAKEN,
    FileRefused,
    Handed,
    clean,
    members,
    opened_zip,
    what_it_is,
)
from .whose import MISTAKEN, named_in, of_file, of_folder

MAX_DEPTH = 6  # folders below a student's own


@dataclass
class Submission:
    """Everything one student handed in."""

    student: str  # as the folder, the LMS or the file name says; cleaned
    lms_id: str = ""  # the number of the student or the submission in the LMS, where there is one
    files: list[Handed] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)  # why something of it was not taken
    # names of files that are neither notebooks nor answers
    beside: list[str] = field(default_factory=list)
    raw: str = ""
    lms: str = ""  # ``canvas``, ``moodle``, ``gradescope`` or empty

    @property
    def id(self) -> str:
        """A name for files of the result: safe anywhere, and different for different students."""
        seed = f"{self.raw or self.student}\x1f{self.lms_id}".encode("utf-8", "surrogatepass")
        plain = unicodedata.normalize("NFKD", self.student).encode("ascii", "ignore").decode()
        readable = re.sub(r"[^A-Za-z0-9]+", "-", plain).strip("-")[:40].lower()
        return f"{readable or 'student'}-{hashlib.sha256(seed).hexdigest()[:8]}"


def find(place: Path) -> list[Submission]:
    """Every submission in a place, sorted by student.

    A place is a folder of notebooks, of student folders, of students' zips, nbgrader's
    ``submitted``; or a zip as Canvas, Moodle or Gradescope make it. Raises FileRefused when it
    cannot be read as a whole.
    """
    place, by_name = Path(place), {}
    try:
        if place.is_file() and place.suffix.lower() == ".zip":
            _from_zip(by_name, place)
        elif place.is_dir():
            _from_folder(by_name, place)
        else:
            raise FileRefused(f"{place} is neither a folder nor a zip")
    except OSError as error:
        raise FileRefused(f"{place} cannot be read ({error.strerror})") from None
    _refuse_shared(by_name.values())
    return sorted(by_name.values(), key=lambda s: (s.student.casefold(), s.id))


def _of(found, who):
    """The submission of a student, made when the first file turns up."""
    if who[:2] not in found:
        name = clean(who.student.replace("\n", " "), 120).strip() or "(no name)"
        found[who[:2]] = Submission(name, who.lms_id, raw=who.student, lms=who.lms)
    return found[who[:2]]


# --- a folder -------------------------------------------------------------------------------------


def _from_folder(found, place):
    entries = sorted(os.scandir(place), key=lambda entry: entry.name)
    entries = [entry for entry in entries if not JUNK.search(entry.name)]
    if len(entries) == 1 and _is_class_zip(entries[0]):
        raise FileRefused(
            f"{place} holds one zip, which looks like a whole class. Name the zip itself: "
            f"whosays grade {entries[0].path}"
        )
    for entry in entries:
        one, is_folder = Submission(entry.name), _is_folder(entry)
        if is_folder:
            who = of_folder(entry.name)
            _walk(one, entry.path, "", 0)
            # a folder like .anna is a student's, if there is anything in it
            handed_in = not entry.name.startswith(".")
        else:
            who = of_file(entry.name)
            _note(one, entry, entry.name, who.late)
            handed_in = entry.name.lower().endswith(MISTAKEN)
        if handed_in or one.files or one.problems:
            submission = _of(found, who)
            submission.files += one.files
            submission.problems += one.problems
            submission.beside += one.beside


def _is_folder(entry):
    return entry.is_dir(follow_symlinks=False) and not entry.name.lower().endswith(".ipynb")


def _walk(submission, folder, below, depth):
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        submission.problems.append(f"a folder cannot be read ({error.strerror})")
        return
    for entry in entries:
        name = f"{below}{entry.name}"
        if JUNK.search(name) or len(submission.files) >= MAX_FILES:
            continue
        if not _is_folder(entry):
            _note(submission, entry, name)
        elif depth < MAX_DEPTH:
            _walk(submission, entry.path, f"{name}/", depth + 1)


def _note(submission, entry, name, late=False):
    """Note one file of a folder, or why it is none."""
    link = entry.is_symlink() and not entry.name.startswith(".")
    if not link and not name.lower().endswith((*TAKEN, ".zip")):
        if len(submission.beside) < MAX_FILES:
            submission.beside.append(name)
        return
    try:
        mode, changed = (status := entry.stat(follow_symlinks=False)).st_mode, status.st_mtime
    except OSError:
        mode, changed = stat.S_IFREG, 0.0  # reading it says why
    if stat.S_ISREG(mode):
        submission.files.append(Handed(name, changed, late, entry.path))
    else:
        submission.problems.append(f"{clean(name, 80)}: {what_it_is(mode)}")


def _is_class_zip(entry):
    """Whether a file is a zip whose names are those of a platform's export."""
    if not entry.name.lower().endswith(".zip") or not entry.is_file(follow_symlinks=False):
        return False
    try:
        with opened_zip(entry.path) as archive:
            names = archive.namelist()
    except FileRefused:
        return False
    tops = {part for name in names for part in name[:MAX_NAME].split("/")[:2] if part}
    return any(map(named_in, tops))


# --- a zip of a whole class -----------------------------------------------------------------------


def _from_zip(found, path):
    with opened_zip(path) as archive:
        readable, refused, beside = members(archive)
    depth = _folders_above([name for _, name, _ in readable])
    for name, why in refused:
        _of(found, _whose(name.lstrip("/"), depth)).problems.append(f"{clean(name, 80)}: {why}")
    for info, name, changed in readable:
        who = _whose(name, depth)
        _of(found, who).files.append(Handed(who.file, changed, who.late, str(path), info.filename))
    for name in beside:
        who = _whose(name[:MAX_NAME].lstrip("/"), depth)
        if who.lms or name.lower().endswith(MISTAKEN):
            _of(found, who).beside.append(who.file)


def _folders_above(names):
    """How many folders, which all names share, stand above the students' own in an export."""
    parts = [PurePosixPath(name).parts for name in names]
    depth = 0
    while parts and all(len(p) > depth + 2 and p[depth] == parts[0][depth] for p in parts):
        if named_in(parts[0][depth]):
            break
        depth += 1
    return depth


def _whose(name, depth):
    """Whose a zip's member is: by its folder below the export's own, else by its name."""
    parts = PurePosixPath(name).parts
    parts = parts[depth:] if len(parts) > depth else parts[-1:]
    if len(parts) == 1:
        return of_file(parts[0])
    return of_folder(parts[0])._replace(file="/".join(parts[1:]))


def _refuse_shared(submissions):
    """Two students' files that are one file on disk: nobody's work is graded as another's."""
    owners = {}
    for submission in submissions:
        for handed in submission.files:
            if handed.member:
                continue
            with contextlib.suppress(OSError):
                known = os.lstat(handed.place)
                if known.st_nlink > 1 and stat.S_ISREG(known.st_mode):
                    key = known.st_dev, known.st_ino
                    owners.setdefault(key, []).append((submission, handed))
    for shared in owners.values():
        if len({id(submission) for submission, _ in shared}) > 1:
            for submission, handed in shared:
                submission.files.remove(handed)
                submission.problems.append(
                    f"{clean(handed.name, 80)}: it is one file on disk with another student's "
                    "(a hard link)"
                )

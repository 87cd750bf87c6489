"""From what a teacher downloaded to one submission a student: folders, LMS zips, nbgrader's layout.

Whose a file is, only the learning platform and the teacher say: by the names in the zip that the
teacher gives, or by the entries of the folder that the teacher gives. A name that a student chose
inside their own folder or zip never makes another row. No name from inside a submission becomes a
path, links and pipes are never opened, and whatever cannot be taken becomes a row that says why.

The class is listed by :func:`find`; a student's own files are read one at a time by :func:`pieces`.
"""

import contextlib
import hashlib
import os
import re
import stat
import tempfile
import time
import unicodedata
import zipfile
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path, PurePosixPath
from typing import NamedTuple

MAX_NOTEBOOK = 20 << 20  # bytes of one file
MAX_STUDENT_ZIP = 200 << 20  # bytes of one student's zip
MAX_UNPACKED = 1 << 30  # bytes of everything that is taken from one student's zip
MAX_MEMBERS = 20_000
MAX_FILES = 200  # of one student
MAX_DEPTH = 6  # folders below a student's own
MAX_NAME = 255  # characters of a file or folder name
_TAKEN = (".ipynb", ".json", ".ipynb.txt")
# what a student may hand in by mistake; a row says so
_MISTAKEN = (".html", ".pdf", ".py", ".docx", ".odt", ".rtf", ".rar", ".7z", ".gz", ".tgz", ".tar")
# what systems and editors leave beside a notebook
_JUNK = re.compile(
    r"(^|/)(__MACOSX|\.(ipynb_checkpoints|virtual_documents|git|venv|cache|config|local|ipython|"
    r"jupyter|vscode|idea|Trash[^/]*|DS_Store|[_~][^/]*)|Thumbs\.db)(/|$)"
)
_CONTROL = re.compile(
    r"\x1b\[[0-9;?]*[ -/]*[@-~]|[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e"
    r"\u2060-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff]"
)

# LMS layouts, by what they call files and folders
_CANVAS = re.compile(
    r"(?P<student>[^\W\d_][^_/]*)(?P<late>_LATE)?_(?P<id>\d{2,})_(?P<upload>\d{2,})_(?P<file>.+)"
)
_MOODLE = re.compile(
    r"(?P<student>[^_/]+)_(?P<id>\d{3,})_assignsubmission_(?:file|onlinetext)_?(?P<file>.*)"
)
# jane_01_who_is_speaking_ex (2): the exercise's own name after the student's, as JupyterLite has it
_EXERCISE = re.compile(
    r"[ _.-]+(exercises_)?\d\d_[a-z0-9_]+?(_ex)?([ _-]?\(\d+\)|-\d+)?$", re.ASCII
)
_GRADESCOPE = re.compile(r"submission_(?P<id>\d+)")
# the hand-in file of the lessons, with the number that a browser adds to a second download
_HAND_IN = re.compile(r"whosays[-_](?P<student>.+?)([ _-]?\(\d+\))?\.zip", re.I)


class Refused(Exception):
    """A file that is not read; the message is for the row."""


def clean(text, limit=2_000):
    """Text without control characters, escape sequences, turned direction, and half characters."""
    return _CONTROL.sub("", str(text))[:limit]


class _Who(NamedTuple):
    """Whose a file is, as far as its name says."""

    student: str
    lms_id: str = ""
    lms: str = ""
    late: bool = False
    file: str = ""


@dataclass(frozen=True)
class Handed:
    """One file that was handed in, not yet read: on disk, or a member of the class's zip."""

    name: str  # for people; never used as a path
    changed: float  # when it was last changed, in seconds since 1970; decides between several
    late: bool  # what the LMS says
    path: str  # the file, or the class's zip
    member: str = ""  # its name in the class's zip; empty for a file on disk

    @property
    def is_zip(self):
        return self.name.lower().endswith(".zip")

    def read(self):
        """The bytes of the file.

        Raises Refused when it is no ordinary file, too large, or cannot be read.
        """
        limit = MAX_STUDENT_ZIP if self.is_zip else MAX_NOTEBOOK
        with self.opened() as file:
            return _whole(file, limit)

    @contextlib.contextmanager
    def opened(self):
        """The file, open for reading; one in the class's zip is unpacked as it is read."""
        if not self.member:
            with open_file(self.path) as file:
                yield file
            return
        with _zip(self.path) as archive, _told(), archive.open(self.member) as file:
            yield file


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
    def id(self):
        """A name for files of the result: safe anywhere, and different for different students."""
        seed = f"{self.raw or self.student}\x1f{self.lms_id}".encode("utf-8", "surrogatepass")
        plain = unicodedata.normalize("NFKD", self.student).encode("ascii", "ignore").decode()
        readable = re.sub(r"[^A-Za-z0-9]+", "-", plain).strip("-")[:40].lower()
        return f"{readable or 'student'}-{hashlib.sha256(seed).hexdigest()[:8]}"


def open_file(path):
    """An ordinary file, open for reading, else Refused; no link is followed, no pipe waited for."""
    try:
        before = os.lstat(path)
        if not stat.S_ISREG(before.st_mode):
            raise Refused(_what_it_is(before.st_mode))
        wanted = ("O_RDONLY", "O_NOFOLLOW", "O_NONBLOCK", "O_BINARY")
        file = os.fdopen(os.open(path, sum(getattr(os, name, 0) for name in wanted)), "rb")
        opened = os.fstat(file.fileno())
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise Refused(f"the file cannot be read ({reason})") from None
    if (opened.st_dev, opened.st_ino) != (before.st_dev, before.st_ino):
        file.close()
        raise Refused("the file was exchanged while it was read")
    return file


def _what_it_is(mode):
    kinds = (
        (stat.S_ISLNK, "a link"),
        (stat.S_ISFIFO, "a pipe"),
        (stat.S_ISDIR, "a folder"),
        (stat.S_ISSOCK, "a socket"),
    )
    what = next((words for is_kind, words in kinds if is_kind(mode)), "a device")
    return f"it is {what}, not a file"


# --- the class: which submissions there are -------------------------------------------------------


def find(place) -> list[Submission]:
    """Every submission in a place, sorted by student.

    A place is a folder of notebooks, of student folders, of students' zips, nbgrader's
    ``submitted``; or a zip as Canvas, Moodle or Gradescope make it. Raises Refused when it cannot
    be read as a whole.
    """
    place, found = Path(place), {}
    try:
        if place.is_file() and place.suffix.lower() == ".zip":
            _from_zip(found, place)
        elif place.is_dir():
            _from_folder(found, place)
        else:
            raise Refused(f"{place} is neither a folder nor a zip")
    except OSError as error:
        raise Refused(f"{place} cannot be read ({error.strerror})") from None
    _refuse_shared(found.values())
    return sorted(found.values(), key=lambda s: (s.student.casefold(), s.id))


def _of(found, who):
    """The submission of a student, made when the first file turns up."""
    if who[:2] not in found:
        name = clean(who.student.replace("\n", " "), 120).strip() or "(no name)"
        found[who[:2]] = Submission(name, who.lms_id, raw=who.student, lms=who.lms)
    return found[who[:2]]


def _from_folder(found, place):
    entries = sorted(os.scandir(place), key=lambda entry: entry.name)
    entries = [entry for entry in entries if not _JUNK.search(entry.name)]
    if len(entries) == 1 and _is_class_zip(entries[0]):
        raise Refused(
            f"{place} holds one zip, which looks like a whole class. Name the zip itself: "
            f"whosays grade {entries[0].path}"
        )
    for entry in entries:
        name = entry.name
        if entry.is_dir(follow_symlinks=False) and not name.lower().endswith(".ipynb"):
            # a folder like .anna is a student's, if there is anything in it
            student = Submission(name)
            _walk(student, entry.path, "", 0)
            if student.files or student.problems or not name.startswith("."):
                submission = _of(found, _of_folder(name))
                submission.files += student.files
                submission.problems += student.problems
                submission.beside += student.beside
        elif name.lower().endswith(_MISTAKEN) and entry.is_file(follow_symlinks=False):
            _of(found, _who(name)).beside.append(name)
        elif name.lower().endswith((*_TAKEN, ".zip")) or entry.is_symlink():
            who = _who(name)
            _take(_of(found, who), entry, name, who.late)


def _walk(submission, folder, below, depth):
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        submission.problems.append(f"a folder cannot be read ({error.strerror})")
        return
    for entry in entries:
        name = f"{below}{entry.name}"
        if _JUNK.search(name) or len(submission.files) >= MAX_FILES:
            continue
        if entry.is_dir(follow_symlinks=False) and not name.lower().endswith(".ipynb"):
            if depth < MAX_DEPTH:
                _walk(submission, entry.path, f"{name}/", depth + 1)
        elif name.lower().endswith((*_TAKEN, ".zip")) or (
            entry.is_symlink() and not entry.name.startswith(".")
        ):
            _take(submission, entry, name)
        elif len(submission.beside) < MAX_FILES:
            submission.beside.append(name)


def _take(submission, entry, name, late=False):
    """Note one file of a folder, or why it is none."""
    try:
        mode, changed = (status := entry.stat(follow_symlinks=False)).st_mode, status.st_mtime
    except OSError:
        mode, changed = stat.S_IFREG, 0.0  # reading it says why
    if stat.S_ISREG(mode):
        submission.files.append(Handed(name, changed, late, entry.path))
    else:
        submission.problems.append(f"{clean(name, 80)}: {_what_it_is(mode)}")


def _who(name):
    """From a file name as Canvas or Moodle make it, else the name itself."""
    if canvas := _CANVAS.fullmatch(name):
        return _Who(canvas["student"], canvas["id"], "canvas", bool(canvas["late"]), canvas["file"])
    if moodle := _MOODLE.fullmatch(name):
        return _Who(moodle["student"], moodle["id"], "moodle", False, moodle["file"])
    if hand_in := _HAND_IN.fullmatch(name):
        return _Who(hand_in["student"], file=name)
    ends = "|".join(map(re.escape, sorted((*_TAKEN, *_MISTAKEN, ".zip"), key=len, reverse=True)))
    stem = re.sub(rf"({ends})$", "", name, flags=re.I)
    return _Who(_EXERCISE.sub("", stem) or stem, file=name)


def _of_folder(name):
    if moodle := _MOODLE.fullmatch(name):
        return _Who(moodle["student"], moodle["id"], "moodle")
    if gradescope := _GRADESCOPE.fullmatch(name):
        return _Who(name, gradescope["id"], "gradescope")
    return _Who(name)


def _named_by_lms(part):
    """Whom a learning platform would mean by a name; None where it is no such name."""
    who = _who(part)
    who = who if who.lms else _of_folder(part)
    return who if who.lms else None


def _is_class_zip(entry):
    """Whether a file is a zip whose names are those of a platform's export."""
    if not entry.name.lower().endswith(".zip") or not entry.is_file(follow_symlinks=False):
        return False
    try:
        with _zip(entry.path) as archive:
            names = archive.namelist()
    except Refused:
        return False
    tops = {part for name in names for part in name[:MAX_NAME].split("/")[:2] if part}
    return any(_named_by_lms(part) for part in tops)


def _from_zip(found, path):
    with _zip(path) as archive:
        kept, refused, beside = _members(archive)
    depth = _folders_above([name for _, name in kept])
    for name, why in refused:
        _of(found, _whose(name.lstrip("/"), depth)).problems.append(f"{clean(name, 80)}: {why}")
    for info, name in kept:
        who = _whose(name, depth)
        handed = Handed(who.file, _zip_time(info), who.late, str(path), info.filename)
        _of(found, who).files.append(handed)
    for name in beside:
        who = _whose(name[:MAX_NAME].lstrip("/"), depth)
        if who.lms or name.lower().endswith(_MISTAKEN):
            _of(found, who).beside.append(who.file)


def _folders_above(names):
    """How many folders, which all names share, stand above the students' own in an export."""
    parts = [PurePosixPath(name).parts for name in names]
    depth = 0
    while parts and all(len(p) > depth + 2 and p[depth] == parts[0][depth] for p in parts):
        if _named_by_lms(parts[0][depth]):
            break
        depth += 1
    return depth


def _whose(name, depth):
    """Whose a zip's member is: by its folder below the export's own, else by its name."""
    parts = PurePosixPath(name).parts
    parts = parts[depth:] if len(parts) > depth else parts[-1:]
    if len(parts) == 1:
        return _who(parts[0])
    return _of_folder(parts[0])._replace(file="/".join(parts[1:]))


def _refuse_shared(submissions):
    """Two students' files that are one file on disk: nobody's work is graded as another's."""
    owners = {}
    for submission in submissions:
        for handed in submission.files:
            if handed.member:
                continue
            with contextlib.suppress(OSError):
                known = os.lstat(handed.path)
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


# --- one student: their files, one at a time ------------------------------------------------------


class Piece(NamedTuple):
    """A notebook or a file of answers: ``read()`` gives its bytes or raises Refused."""

    name: str
    changed: float
    late: bool
    read: object


def pieces(submission: Submission, refused: list[str]):
    """The files of a submission, those in its zips too, one :class:`Piece` after the other.

    Each is to be read before the next is asked for. ``refused`` gets a sentence for everything that
    is not taken.
    """
    for handed in submission.files:
        if not handed.is_zip:
            yield Piece(handed.name, handed.changed, handed.late, handed.read)
            continue
        try:
            with _seekable(handed) as file, _zip(file) as archive:
                yield from _inside(handed, archive, submission, refused)
        except Refused as problem:
            refused.append(f"{clean(handed.name, 80)}: {problem}")
        except MemoryError:
            refused.append(f"{clean(handed.name, 80)}: its list of files takes too much memory")


@contextlib.contextmanager
def _seekable(handed):
    """A student's zip as a copy: a zip is read back and forth, and must not change meanwhile."""
    with handed.opened() as file, tempfile.TemporaryFile() as copy:
        while data := file.read(1 << 20):
            if copy.tell() + len(data) > MAX_STUDENT_ZIP:
                raise _too_large(MAX_STUDENT_ZIP)
            copy.write(data)
        yield copy


def _too_large(limit):
    return Refused(f"the file is larger than {limit >> 20} MB")


def _inside(handed, archive, submission, refused):
    kept, left_out, beside = _members(archive, MAX_UNPACKED)
    submission.beside += [f"{handed.name}/{name}" for name in beside]
    label = clean(handed.name, 60)
    refused += [f"{label}: {clean(name, 60)}: {why}" for name, why in left_out]
    for info, name in kept[:MAX_FILES]:
        if name.lower().endswith(".zip"):
            refused.append(f"{label}: {clean(name, 60)}: a zip inside a zip is not opened")
            continue
        read = partial(_read_member, archive, info)
        yield Piece(f"{handed.name}/{name}", _zip_time(info), handed.late, read)


def named_for(name: str) -> list[tuple[str, str]]:
    """Students whom a file's name means in the way of a learning platform: name and number there.

    The name stands with its folders, as in the submission.
    """
    found = (_named_by_lms(part[:MAX_NAME]) for part in name.split("/"))
    return [(who.student, who.lms_id) for who in found if who]


@contextlib.contextmanager
def _zip(place):
    with _told():
        archive = zipfile.ZipFile(place)
    with archive:
        if len(archive.filelist) > MAX_MEMBERS:
            raise Refused(f"the zip has more than {MAX_MEMBERS:,} files")
        yield archive


@contextlib.contextmanager
def _told():
    """Turn what goes wrong in a zip into a sentence: zipfile raises a dozen kinds of errors."""
    try:
        yield
    except (Refused, MemoryError):
        raise
    except Exception as error:
        reason = clean(error, 80) or type(error).__name__
        raise Refused(f"the zip cannot be read ({reason})") from None


def _whole(file, limit):
    """All of a file; what a zip says about its size is not believed."""
    data = file.read(limit + 1)
    if len(data) > limit:
        raise _too_large(limit)
    return data


def _read_member(archive, member):
    with _told(), archive.open(member) as file:
        return _whole(file, MAX_NOTEBOOK)


def _members(archive, most=None):
    """The files of a zip that may be taken, others with the reason why not, names of all else."""
    kept, refused, beside, total = [], [], [], 0
    for info in archive.infolist():
        name = info.filename.replace("\\", "/")
        if info.is_dir() or _JUNK.search(name):
            continue
        parts = PurePosixPath(name).parts
        is_zip = name.lower().endswith(".zip")
        limit = MAX_STUDENT_ZIP if is_zip else MAX_NOTEBOOK
        if max(map(len, parts), default=0) > MAX_NAME or len(parts) > 20:
            refused.append((name[:MAX_NAME], "its name is too long"))
        elif name.startswith("/") or ".." in parts or re.match(r"[A-Za-z]:", name):
            refused.append((name, "its name leads out of the zip"))
        elif info.flag_bits & 1:
            refused.append((name, "it is locked with a password"))
        elif stat.S_IFMT(info.external_attr >> 16) not in (0, stat.S_IFREG):
            refused.append((name, _what_it_is(info.external_attr >> 16)))
        elif is_zip or name.lower().endswith(_TAKEN):
            total += info.file_size
            if info.file_size > limit:
                refused.append((name, f"{_too_large(limit)} when unpacked"))
            elif most and total > most:
                refused.append((name, f"the files before it have {most >> 30} GB already"))
            else:
                kept.append((info, name))
        else:
            beside.append(name)
    return kept, refused, beside


def _zip_time(info):
    try:
        return time.mktime((*info.date_time, 0, 0, -1))
    except (OverflowError, ValueError):
        return 0.0

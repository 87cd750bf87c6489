"""From what a teacher downloaded to one submission a student: folders, LMS zips, nbgrader's layout.

Nothing is unpacked to disk, no name from inside a submission becomes a path, links and pipes are
never opened, and whatever cannot be taken becomes a row that says why.
"""

import hashlib
import io
import os
import re
import stat
import unicodedata
import zipfile
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import NamedTuple

MAX_NOTEBOOK = 20 << 20  # bytes of one file
MAX_ZIP = 4 << 30  # bytes of a zip with a whole class
MAX_UNPACKED = 2 << 30  # bytes of everything that is taken from one zip
MAX_MEMBERS = 20_000
MAX_DEPTH = 6  # folders below a student's own
_TAKEN = (".ipynb", ".json")
# what systems and editors leave beside a notebook
_JUNK = re.compile(r"(^|/)(__MACOSX|\.ipynb_checkpoints|\.git|\.DS_Store|Thumbs\.db|\._[^/]*)(/|$)")
_CONTROL = re.compile(
    r"\x1b\[[0-9;?]*[ -/]*[@-~]|[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff]"
)

# LMS layouts, by what they call files and folders
_CANVAS = re.compile(
    r"(?P<student>[^\W\d_][^_/]*)(?P<late>_LATE)?_(?P<id>\d{2,})_(?P<upload>\d{2,})_(?P<file>.+)"
)
_MOODLE = re.compile(
    r"(?P<student>[^_/]+)_(?P<id>\d{3,})_assignsubmission_(?:file|onlinetext)_?(?P<file>.*)"
)
# jane_01_who_is_speaking_ex (2): the exercise's own name after the student's, as JupyterLite has it too
_EXERCISE = re.compile(r"[ _.-]+(exercises_)?\d\d_[a-z0-9_]+?(_ex)?([ _-]?\(\d+\)|-\d+)?$")
_GRADESCOPE = re.compile(r"submission_(?P<id>\d+)")


class Refused(Exception):
    """A file that is not read; the message is for the row."""


def clean(text, limit=2_000):
    """Text without control characters, escape sequences, marks that turn its direction, and halves of characters."""
    return _CONTROL.sub("", str(text))[:limit]


@dataclass
class Handed:
    """One file that was handed in, not yet read.

    Attributes
    ----------
    name : str
        For people; never used as a path.
    changed : float
        When it was last changed, in seconds; decides between several.
    late : bool
        What the LMS says.
    """

    name: str
    changed: float
    late: bool = False
    path: str | None = None
    archive: str | None = None
    member: str | None = None
    inner: str | None = None

    def read(self, limit=MAX_NOTEBOOK):
        """The bytes of the file.

        Raises
        ------
        Refused
            When it is no ordinary file, too large, or cannot be read.
        """
        if self.archive is None:
            return read_file(self.path, limit)
        with _open_zip(self.archive) as archive:
            data = _read_member(archive, self.member, MAX_NOTEBOOK * 4 if self.inner else limit)
        if self.inner is None:
            return data
        with _open_zip(io.BytesIO(data)) as archive:
            return _read_member(archive, self.inner, limit)


@dataclass
class Submission:
    """Everything one student handed in.

    Attributes
    ----------
    student : str
        As the folder, the LMS or the file name says; cleaned.
    lms_id : str
        The number of the student or the submission in the LMS, where there is one.
    lms : str
        ``canvas``, ``moodle``, ``gradescope`` or empty.
    files : list of Handed
    problems : list of str
        Why something of it was not taken.
    """

    student: str
    lms_id: str = ""
    files: list = field(default_factory=list)
    problems: list = field(default_factory=list)
    raw: str = ""
    lms: str = ""

    @property
    def id(self):
        """A name for files of the result: safe anywhere, and different for different students."""
        seed = f"{self.raw or self.student}\x1f{self.lms_id}".encode("utf-8", "surrogatepass")
        plain = unicodedata.normalize("NFKD", self.student).encode("ascii", "ignore").decode()
        readable = re.sub(r"[^A-Za-z0-9]+", "-", plain).strip("-")[:40].lower()
        return f"{readable or 'student'}-{hashlib.sha256(seed).hexdigest()[:8]}"


def read_file(path, limit=MAX_NOTEBOOK):
    """An ordinary file's bytes; follows no link, waits for no pipe, and reads no more than it may.

    Raises
    ------
    Refused
    """
    try:
        before = os.lstat(path)
        if not stat.S_ISREG(before.st_mode):
            raise Refused(_what_it_is(before.st_mode))
        flags = (
            os.O_RDONLY
            | getattr(os, "O_NOFOLLOW", 0)
            | getattr(os, "O_NONBLOCK", 0)
            | getattr(os, "O_BINARY", 0)
        )
        with os.fdopen(os.open(path, flags), "rb") as file:
            opened = os.fstat(file.fileno())
            if not stat.S_ISREG(opened.st_mode) or (opened.st_dev, opened.st_ino) != (
                before.st_dev,
                before.st_ino,
            ):
                raise Refused("the file was exchanged while it was read")
            data = file.read(limit + 1)
    except OSError as error:
        raise Refused(
            f"the file cannot be read ({error.strerror or type(error).__name__})"
        ) from None
    if len(data) > limit:
        raise Refused(f"the file is larger than {limit >> 20} MB")
    return data


def _what_it_is(mode):
    kinds = (
        (stat.S_ISLNK, "a link"),
        (stat.S_ISFIFO, "a pipe"),
        (stat.S_ISDIR, "a folder"),
        (stat.S_ISSOCK, "a socket"),
    )
    return f"it is {next((words for is_kind, words in kinds if is_kind(mode)), 'a device')}, not a file"


def find(place):
    """Every submission in a place.

    Parameters
    ----------
    place : path
        A folder of notebooks, of student folders, of zips, or nbgrader's ``submitted``; or a zip as
        Canvas, Moodle or Gradescope make it.

    Returns
    -------
    list of Submission
        Sorted by student.

    Raises
    ------
    Refused
        When the place as a whole cannot be read.
    """
    place = Path(place)
    found = _Found()
    if place.is_file() and place.suffix.lower() == ".zip":
        _from_zip(found, place)
    elif place.is_dir():
        _from_folder(found, place)
    else:
        raise Refused(f"{place} is neither a folder nor a zip")
    _refuse_shared(found.by_key.values())
    return sorted(found.by_key.values(), key=lambda s: (s.student.casefold(), s.id))


class _Who(NamedTuple):
    """Whose a file is, as far as its name says."""

    student: str
    lms_id: str = ""
    lms: str = ""
    late: bool = False
    file: str = ""


class _Found:
    """Submissions by student, as they turn up."""

    def __init__(self):
        self.by_key = {}

    def of(self, who):
        if who[:2] not in self.by_key:
            name = clean(who.student.replace("\n", " "), 120).strip() or "(no name)"
            self.by_key[who[:2]] = Submission(name, who.lms_id, raw=who.student, lms=who.lms)
        return self.by_key[who[:2]]


def _from_folder(found, place):
    for entry in sorted(os.scandir(place), key=lambda e: e.name):
        name = entry.name
        if name.startswith(".") or _JUNK.search(name):
            continue
        if entry.is_dir(follow_symlinks=False):
            if name.lower().endswith(".ipynb"):
                found.of(_Who(name[:-6])).problems.append("it is a folder, not a file")
            else:
                _student_folder(found, entry)
        elif name.lower().endswith(".zip") and entry.is_file(follow_symlinks=False):
            if _is_class_zip(entry.path):
                _from_zip(found, Path(entry.path))
            else:
                who = _who(name)
                _student_zip(
                    found.of(who), Handed(name, _changed(entry), who.late, archive=entry.path)
                )
        elif name.lower().endswith(_TAKEN):
            who = _who(name)
            found.of(who).files.append(Handed(name, _changed(entry), who.late, path=entry.path))
        elif entry.is_symlink():
            found.of(_Who(name)).problems.append("it is a link, not a file")


def _student_folder(found, entry):
    _walk(found.of(_of_folder(entry.name)), entry.path, "", 0)


def _walk(submission, folder, below, depth):
    try:
        entries = sorted(os.scandir(folder), key=lambda e: e.name)
    except OSError as error:
        submission.problems.append(f"a folder cannot be read ({error.strerror})")
        return
    for entry in entries:
        name = f"{below}{entry.name}"
        if _JUNK.search(name) or len(submission.files) > 200:
            continue
        if entry.is_dir(follow_symlinks=False):
            if entry.name.lower().endswith(".ipynb"):
                submission.problems.append(f"{clean(name, 80)}: it is a folder, not a file")
            elif depth < MAX_DEPTH:
                _walk(submission, entry.path, f"{name}/", depth + 1)
        elif entry.name.lower().endswith(".zip") and entry.is_file(follow_symlinks=False):
            _student_zip(submission, Handed(name, _changed(entry), archive=entry.path))
        elif entry.name.lower().endswith(_TAKEN):
            submission.files.append(Handed(name, _changed(entry), path=entry.path))
        elif entry.is_symlink() and not os.path.basename(name).startswith("."):
            submission.problems.append(f"{clean(name, 80)}: it is a link, not a file")


def _changed(entry):
    try:
        return entry.stat(follow_symlinks=False).st_mtime
    except OSError:
        return 0.0


def _who(name):
    """From a file name as Canvas or Moodle make it, else the name itself."""
    if canvas := _CANVAS.fullmatch(name):
        return _Who(canvas["student"], canvas["id"], "canvas", bool(canvas["late"]), canvas["file"])
    if moodle := _MOODLE.fullmatch(name):
        return _Who(moodle["student"], moodle["id"], "moodle", False, moodle["file"])
    stem = re.sub(r"\.(ipynb|json|zip)$", "", name, flags=re.I)
    return _Who(re.sub(_EXERCISE, "", stem) or stem, file=name)


def _of_folder(name):
    """From the name of a student's folder."""
    if moodle := _MOODLE.fullmatch(name):
        return _Who(moodle["student"], moodle["id"], "moodle")
    if gradescope := _GRADESCOPE.fullmatch(name):
        return _Who(name, gradescope["id"], "gradescope")
    return _Who(name)


def _open_zip(place):
    try:
        return zipfile.ZipFile(place)
    except (OSError, ValueError, zipfile.BadZipFile, NotImplementedError) as error:
        raise Refused(f"the zip cannot be read ({clean(error, 80)})") from None


def _read_member(archive, member, limit):
    """A member's bytes, counted while they are unpacked: what the zip says about its size is not believed."""
    try:
        with archive.open(member) as file:
            data = file.read(limit + 1)
    except Exception as error:  # zipfile raises a dozen kinds on a damaged archive
        raise Refused(
            f"the zip cannot be read ({clean(error, 80) or type(error).__name__})"
        ) from None
    if len(data) > limit:
        raise Refused(f"the file is larger than {limit >> 20} MB when unpacked")
    return data


def _members(archive):
    """The files of a zip that may be taken, and why others may not."""
    kept, refused, total = [], [], 0
    infos = archive.infolist()
    if len(infos) > MAX_MEMBERS:
        raise Refused(f"the zip has more than {MAX_MEMBERS:,} files")
    for info in infos:
        name = info.filename.replace("\\", "/")
        parts = PurePosixPath(name).parts
        if info.is_dir() or _JUNK.search(name):
            continue
        if name.startswith("/") or ".." in parts or re.match(r"[A-Za-z]:", name):
            refused.append((info, name, "its name leads out of the zip"))
        elif stat.S_IFMT(info.external_attr >> 16) not in (0, stat.S_IFREG):
            refused.append((info, name, _what_it_is(info.external_attr >> 16)))
        elif name.lower().endswith((*_TAKEN, ".zip")):
            limit = MAX_NOTEBOOK * (4 if name.lower().endswith(".zip") else 1)
            if info.file_size > limit:
                refused.append(
                    (info, name, f"the file is larger than {limit >> 20} MB when unpacked")
                )
            elif total + info.file_size > MAX_UNPACKED:
                refused.append(
                    (info, name, f"everything before it has {MAX_UNPACKED >> 30} GB already")
                )
            else:
                total += info.file_size
                kept.append((info, name))
    return kept, refused


def _is_class_zip(path):
    """Whether a zip holds a whole class: files of more than one student by their LMS names."""
    try:
        if os.path.getsize(path) > MAX_ZIP:
            return False
        with _open_zip(path) as archive:
            names = [info.filename for info in archive.infolist()[:MAX_MEMBERS]]
    except (Refused, OSError):
        return False
    parts = {part for name in names for part in name.split("/")[:2] if part}
    return any(_CANVAS.fullmatch(part) or _of_folder(part).lms for part in parts)


def _from_zip(found, path):
    """A whole class in one zip."""
    if path.stat().st_size > MAX_ZIP:
        raise Refused(f"{path.name} is larger than {MAX_ZIP >> 30} GB")
    with _open_zip(path) as archive:
        kept, refused = _members(archive)
        folders = _folder_of_students([name for _, name in kept])
        for info, name, why in refused:
            found.of(_whose(name.lstrip("/"), folders)).problems.append(f"{clean(name, 80)}: {why}")
        for info, name in kept:
            who = _whose(name, folders)
            submission = found.of(who)
            handed = Handed(
                who.file, _zip_time(info), who.late, archive=str(path), member=info.filename
            )
            if name.lower().endswith(".zip"):
                _student_zip(submission, handed)
            else:
                submission.files.append(handed)


def _zip_time(info):
    year, month, day, hour, minute, second = info.date_time
    return ((((year * 12 + month) * 31 + day) * 24 + hour) * 60 + minute) * 60.0 + second


def _folder_of_students(names):
    """How many folders stand above the students' own, which all names share (an export's own folder)."""
    parts = [PurePosixPath(name).parts for name in names]
    depth = 0
    while parts and all(len(p) > depth + 2 and p[depth] == parts[0][depth] for p in parts):
        if _of_folder(parts[0][depth]).lms:
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


def _student_zip(submission, handed):
    """One student's zip: its notebooks, one level deep."""
    try:
        data = (
            handed.archive if handed.member is None else io.BytesIO(handed.read(MAX_NOTEBOOK * 4))
        )
        with _open_zip(data) as archive:
            kept, refused = _members(archive)
    except Refused as problem:
        submission.problems.append(f"{clean(handed.name, 80)}: {problem}")
        return
    for _, name, why in refused:
        submission.problems.append(f"{clean(handed.name, 60)}: {clean(name, 60)}: {why}")
    for info, name in kept[:200]:
        if name.lower().endswith(".zip"):
            submission.problems.append(
                f"{clean(handed.name, 60)}: {clean(name, 60)}: a zip inside a zip is not opened"
            )
            continue
        member, inner = (
            (info.filename, None) if handed.member is None else (handed.member, info.filename)
        )
        submission.files.append(
            Handed(
                f"{handed.name}/{name}",
                _zip_time(info),
                handed.late,
                None,
                handed.archive,
                member,
                inner,
            )
        )


def _refuse_shared(submissions):
    """Two students' files that are one file on disk (hard links): nobody's work is graded as another's."""
    owners = {}
    for submission in submissions:
        for handed in submission.files:
            if handed.path:
                try:
                    known = os.lstat(handed.path)
                except OSError:
                    continue
                if known.st_nlink > 1 and stat.S_ISREG(known.st_mode):
                    owners.setdefault((known.st_dev, known.st_ino), []).append((submission, handed))
    for shared in owners.values():
        if len({id(submission) for submission, _ in shared}) > 1:
            for submission, handed in shared:
                submission.files.remove(handed)
                submission.problems.append(
                    f"{clean(handed.name, 80)}: it is one file on disk with another student's (a hard link)"
                )

"""One file that was handed in, read without trust: on disk, or a member of a zip.

No name from inside a submission becomes a path, links and pipes are never opened, and what a zip
says about itself is not believed. Whatever cannot be taken is refused, with a sentence why.
"""

import contextlib
import os
import re
import stat
import tempfile
import time
import zipfile
from dataclasses import dataclass
from pathlib import PurePosixPath

MAX_NOTEBOOK = 20 << 20  # bytes of one file
MAX_STUDENT_ZIP = 200 << 20  # bytes of one student's zip
MAX_UNPACKED = 1 << 30  # bytes of everything that is taken from one student's zip
MAX_MEMBERS = 20_000
MAX_FILES = 200  # of one student
MAX_NAME = 255  # characters of a file or folder name
TAKEN = (".ipynb", ".json", ".ipynb.txt")
# what systems and editors leave beside a notebook
JUNK = re.compile(
    r"(^|/)(__MACOSX|\.(ipynb_checkpoints|virtual_documents|git|venv|cache|config|local|ipython|"
    r"jupyter|vscode|idea|Trash[^/]*|DS_Store|[_~][^/]*)|Thumbs\.db)(/|$)"
)
_CONTROL = re.compile(
    r"\x1b\[[0-9;?]*[ -/]*[@-~]|[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e"
    r"\u2060-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff]"
)


class FileRefused(Exception):
    """A file that is not read; the message is for the row."""


def clean(text: str, limit: int = 2_000) -> str:
    """Text without control characters, escape sequences, turned direction, and half characters."""
    return _CONTROL.sub("", str(text))[:limit]


@dataclass(frozen=True)
class Handed:
    """One file that was handed in, not yet read: on disk, or a member of a zip."""

    name: str  # for people; never used as a path
    changed: float  # when it was last changed, in seconds since 1970; decides between several
    late: bool  # what the LMS says
    place: object  # the path of the file, or the zip that it is in: its path, or open already
    member: object = ""  # its name in the zip, or its entry there; empty for a file on disk

    @property
    def is_zip(self) -> bool:
        return self.name.lower().endswith(".zip")

    def read(self) -> bytes:
        """All of a notebook or a file of answers.

        Raises FileRefused when it is no ordinary file, too large, or cannot be read.
        """
        with self.opened() as file:
            data = file.read(MAX_NOTEBOOK + 1)
        if len(data) > MAX_NOTEBOOK:
            raise _too_large(MAX_NOTEBOOK)
        return data

    @contextlib.contextmanager
    def opened(self):
        """The file, open for reading; one in a zip is unpacked as it is read."""
        if not self.member:
            with open_file(self.place) as file:
                yield file
            return
        is_open = isinstance(self.place, zipfile.ZipFile)
        whole = contextlib.nullcontext(self.place) if is_open else opened_zip(self.place)
        with whole as archive, _told(), archive.open(self.member) as file:
            yield file

    @contextlib.contextmanager
    def unpacked(self):
        """A zip, open, as a copy: it is read back and forth, and must not change meanwhile."""
        with self.opened() as file, tempfile.TemporaryFile() as copy:
            while data := file.read(1 << 20):
                if copy.tell() + len(data) > MAX_STUDENT_ZIP:
                    raise _too_large(MAX_STUDENT_ZIP)
                copy.write(data)
            with opened_zip(copy) as archive:
                yield archive


def _too_large(limit):
    return FileRefused(f"the file is larger than {limit >> 20} MB")


def open_file(path: str):
    """An ordinary file to read, else FileRefused; no link is followed, no pipe waited for."""
    try:
        before = os.lstat(path)
        if not stat.S_ISREG(before.st_mode):
            raise FileRefused(what_it_is(before.st_mode))
        wanted = ("O_RDONLY", "O_NOFOLLOW", "O_NONBLOCK", "O_BINARY")
        file = os.fdopen(os.open(path, sum(getattr(os, name, 0) for name in wanted)), "rb")
        opened = os.fstat(file.fileno())
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise FileRefused(f"the file cannot be read ({reason})") from None
    if (opened.st_dev, opened.st_ino) != (before.st_dev, before.st_ino):
        file.close()
        raise FileRefused("the file was exchanged while it was read")
    return file


def what_it_is(mode: int) -> str:
    """What something is that is no ordinary file, in words."""
    kinds = (
        (stat.S_ISLNK, "a link"),
        (stat.S_ISFIFO, "a pipe"),
        (stat.S_ISDIR, "a folder"),
        (stat.S_ISSOCK, "a socket"),
    )
    what = next((words for is_kind, words in kinds if is_kind(mode)), "a device")
    return f"it is {what}, not a file"


@contextlib.contextmanager
def opened_zip(place):
    """A zip, open for reading; ``place`` is its path, or the open file. Raises FileRefused."""
    with _told():
        archive = zipfile.ZipFile(place)
    with archive:
        if len(archive.filelist) > MAX_MEMBERS:
            raise FileRefused(f"the zip has more than {MAX_MEMBERS:,} files")
        yield archive


@contextlib.contextmanager
def _told():
    """Turn what goes wrong in a zip into a sentence: zipfile raises a dozen kinds of errors."""
    try:
        yield
    except (FileRefused, MemoryError):
        raise
    except Exception as error:
        reason = clean(error, 80) or type(error).__name__
        raise FileRefused(f"the zip cannot be read ({reason})") from None


def members(archive, most: int | None = None) -> tuple[list[tuple], list[tuple], list[str]]:
    """The files of a zip that may be taken, others with the reason why not, names of all else.

    Those taken come as their entry, their name and the time of their last change, in seconds since
    1970, and have ``most`` bytes together.
    """
    readable, refused, beside, total = [], [], [], 0
    for info in archive.infolist():
        name = info.filename.replace("\\", "/")
        if info.is_dir() or JUNK.search(name):
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
            refused.append((name, what_it_is(info.external_attr >> 16)))
        elif is_zip or name.lower().endswith(TAKEN):
            total += info.file_size
            if info.file_size > limit:
                refused.append((name, f"{_too_large(limit)} when unpacked"))
            elif most and total > most:
                refused.append((name, f"the files before it have {most >> 30} GB already"))
            else:
                readable.append((info, name, _changed(info)))
        else:
            beside.append(name)
    return readable, refused, beside


def _changed(info):
    try:
        return time.mktime((*info.date_time, 0, 0, -1))
    except (OverflowError, ValueError):
        return 0.0

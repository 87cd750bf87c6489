"""What the processes below one hold, seen from outside by ``/proc``: memory, sockets, files."""

import contextlib
import os
import sys
from dataclasses import dataclass

_PAGE = 4096
_PIPE = 64 << 10  # bytes that a pipe holds

LINUX = sys.platform.startswith("linux")


@dataclass(frozen=True)
class Usage:
    """What a tree of processes uses: megabytes of memory, number of processes."""

    megabytes: int = 0
    processes: int = 0


def descendants(pid: int) -> list[int]:
    """Every process below one, by its number; parents before their children."""
    if not LINUX:
        return []
    below_pid, todo = [], [pid]
    while todo:
        below = children_of(todo.pop())
        below_pid += below
        todo += below
    return below_pid


def _read(path):
    """A file of ``/proc``; nothing where its process has ended meanwhile or may not be asked."""
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            return file.read()
    except OSError:
        return ""


def children_of(pid: int) -> list[int]:
    """The children of a process, as the kernel lists them for each of its threads."""
    below = []
    with contextlib.suppress(OSError):  # it ended meanwhile
        for task in os.listdir(f"/proc/{pid}/task"):
            below += map(int, _read(f"/proc/{pid}/task/{task}/children").split())
    return below


def _status(pid):
    """The fields of ``/proc/PID/stat`` after the name: state, parent, ..."""
    return _read(f"/proc/{pid}/stat").rpartition(")")[2].split()


def alive(pid):
    """Whether a process is there and has not ended."""
    return _status(pid)[:1] not in ([], ["Z"])


def cpu_seconds(pid: int) -> float:
    """Seconds of computing that a process has used; None where that cannot be known."""
    if not (status := _status(pid)):
        return None
    return (int(status[11]) + int(status[12])) / os.sysconf("SC_CLK_TCK")


def usage(pid: int, memory_limit_mb: int) -> Usage:
    """Memory and number of all processes below one; zeros where it cannot be known (not Linux).

    Resident sizes are added up; pages that forked children share are counted once before that is
    called too much. What sockets and pipes can hold counts too, because it belongs to no process.
    """
    if not LINUX:
        return Usage()
    pids = [pid, *descendants(pid)]
    kernel = _held_by_kernel(pids)
    megabytes = (sum(map(_resident, pids)) + kernel) >> 20
    if megabytes > memory_limit_mb:
        megabytes = (sum(map(_proportional, pids)) + kernel) >> 20
    return Usage(megabytes, len(pids))


def _resident(pid):
    fields = _read(f"/proc/{pid}/statm").split()
    return int(fields[1]) * _PAGE if fields else 0


def _proportional(pid):
    lines = _read(f"/proc/{pid}/smaps_rollup").splitlines()
    sizes = [int(line.split()[1]) << 10 for line in lines if line.startswith("Pss:")]
    return sizes[0] if sizes else _resident(pid)  # too much rather than too little


def _held_by_kernel(pids):
    """The most bytes that sockets and pipes of some processes can hold.

    No submission can hide them: the filter refuses what would (``PR_SET_DUMPABLE``).
    """
    names = set()
    for pid in pids:
        with contextlib.suppress(OSError):  # it is just beginning or ending
            for number in os.listdir(f"/proc/{pid}/fd"):
                with contextlib.suppress(FileNotFoundError):
                    names.add(os.readlink(f"/proc/{pid}/fd/{number}"))
    sockets = sum(name.startswith("socket:") for name in names)
    # a pseudo-terminal holds about as much as a pipe
    pipes = sum(name.startswith(("pipe:", "/dev/pt", "/ptmx")) for name in names)
    return sockets * _socket_size() + pipes * _PIPE


def _socket_size():
    """What one socket holds at most; the filter refuses to make it more."""
    return int(_read("/proc/sys/net/core/wmem_default") or 212_992)

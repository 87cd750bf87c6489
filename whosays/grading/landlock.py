"""Landlock, for a Linux without bubblewrap: a process that shuts itself in before it runs a submission.

Run as ``python -I landlock.py CONFIG``: a supervisor and its child. The child gives up everything
but its scratch folder and what it needs to run Python, then becomes ``runner``. The supervisor
adopts every process the child leaves behind and ends them all, so that nothing survives.

Landlock hides neither processes nor ``/proc``, so ``/proc`` is simply not opened to it; network is
closed by the system-call filter. https://docs.kernel.org/userspace-api/landlock.html
"""

import ctypes
import json
import os
import signal
import struct
import sys
import time

_CREATE, _ADD, _RESTRICT = 444, 445, 446  # the same on x86-64 and arm64
_PATH_BENEATH = 1
_NO_NEW_PRIVS, _SECCOMP, _SUBREAPER, _PARENT_DIES = 38, 22, 36, 1
EXECUTE, WRITE, READ, READ_DIR = 1 << 0, 1 << 1, 1 << 2, 1 << 3
_SCOPES = 0b11  # abstract sockets, signals


def abi():
    """The kernel's Landlock version; 0 where there is none."""
    try:
        return max(0, _libc().syscall(_CREATE, None, 0, 1))
    except (OSError, AttributeError):
        return 0


def _libc():
    return ctypes.CDLL(None, use_errno=True)


def _call(libc, *arguments):
    result = libc.syscall(*arguments)
    if result < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return result


def restrict(readable, writable, devices=()):
    """Shut this process and all its children in.

    Parameters
    ----------
    readable : iterable of str
        Folders and files that may be read and run.
    writable : iterable of str
        Folders in which everything may be done.
    devices : iterable of str
        Files that may be read and written.

    Raises
    ------
    OSError
        When the kernel has no Landlock or refuses.
    """
    libc, version = _libc(), abi()
    if not version:
        raise OSError("this kernel has no Landlock")
    everything = (1 << 13) - 1
    everything |= sum(
        bit for since, bit in ((2, 1 << 13), (3, 1 << 14), (5, 1 << 15)) if version >= since
    )
    network, scopes = (0b11 if version >= 4 else 0), (_SCOPES if version >= 6 else 0)
    # a shorter struct is one that an older kernel knows
    attribute = struct.pack("<QQQ", everything, network, scopes)[
        : 8 if version < 4 else 16 if version < 6 else 24
    ]
    ruleset = _call(libc, _CREATE, attribute, len(attribute), 0)
    rules = [(path, EXECUTE | READ | READ_DIR) for path in readable]
    rules += [(path, everything) for path in writable]
    rules += [(path, READ | WRITE) for path in devices]
    for path, rights in rules:
        try:
            place = os.open(path, os.O_PATH | os.O_CLOEXEC)
        except OSError:
            continue
        if not os.path.isdir(path):
            rights &= EXECUTE | READ | WRITE | (1 << 14)
        try:
            _call(
                libc,
                _ADD,
                ruleset,
                _PATH_BENEATH,
                struct.pack("<Qi", rights & everything, place),
                0,
            )
        finally:
            os.close(place)
    if libc.prctl(_NO_NEW_PRIVS, 1, 0, 0, 0):
        raise OSError("no_new_privs was refused")
    _call(libc, _RESTRICT, ruleset, 0)
    os.close(ruleset)


def filter_calls(program):
    """Install a system-call filter (see :mod:`.seccomp`)."""

    class Program(ctypes.Structure):
        _fields_ = [("length", ctypes.c_ushort), ("steps", ctypes.c_void_p)]

    steps = ctypes.create_string_buffer(program, len(program))
    wrapped = Program(len(program) // 8, ctypes.cast(steps, ctypes.c_void_p))
    if _libc().prctl(_SECCOMP, 2, ctypes.byref(wrapped), 0, 0):
        raise OSError("the system-call filter was refused")


def descendants(pid):
    """Every process below one, by its number; parents before their children."""
    if not os.path.exists(f"/proc/{os.getpid()}/task/{os.getpid()}/children"):
        return _descendants_by_parent(pid)
    found, todo = [], [pid]
    while todo:
        above = todo.pop()
        below = []
        try:
            for task in os.listdir(f"/proc/{above}/task"):
                with open(f"/proc/{above}/task/{task}/children", encoding="ascii") as file:
                    below += map(int, file.read().split())
        except (OSError, ValueError):
            pass  # it ended meanwhile
        found += below
        todo += below
    return found


def _descendants_by_parent(pid):
    """The same on a kernel that lists no children: every process is asked for its parent."""
    children = {}
    for name in os.listdir("/proc"):
        if name.isdigit():
            try:
                with open(f"/proc/{name}/stat", encoding="utf-8", errors="replace") as file:
                    parent = int(file.read().rpartition(")")[2].split()[1])
                children.setdefault(parent, []).append(int(name))
            except (OSError, IndexError, ValueError):
                continue
    found, todo = [], [pid]
    while todo:
        below = children.get(todo.pop(), [])
        found += below
        todo += below
    return found


def _end_all():
    """End every process below this one; those a dying process leaves come to us and are ended too."""
    for _ in range(200):
        below = descendants(os.getpid())
        if not below:
            return
        for pid in below:
            try:
                os.kill(pid, signal.SIGKILL)
            except OSError:
                pass
        try:
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
        except ChildProcessError:
            pass
        time.sleep(0.005)


def _stop(*_):
    _end_all()
    os._exit(0)


def main():
    config = json.loads(sys.argv[1])
    libc = _libc()
    libc.prctl(_SUBREAPER, 1, 0, 0, 0)
    libc.prctl(_PARENT_DIES, signal.SIGTERM, 0, 0, 0)
    signal.signal(signal.SIGTERM, _stop)
    child = os.fork()
    if child:
        for number in (0, 1, 2):  # the pipes end when the submission does
            os.close(number)
        while True:
            pid, status = os.wait()
            if pid == child:
                break
        _end_all()
        os._exit(os.waitstatus_to_exitcode(status) & 0x7F)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    os.setsid()
    os.chdir(config["box"])
    restrict(
        config["readable"],
        [config["box"]],
        ["/dev/null", "/dev/zero", "/dev/urandom", "/dev/random"],
    )
    if config["filter"]:
        filter_calls(bytes.fromhex(config["filter"]))
    exec(config["run"], {"__name__": "__main__"})


if __name__ == "__main__":
    main()

"""Landlock, for a Linux without bubblewrap: a process shuts itself in, then runs a submission.

Run with a configuration as its argument, it becomes a supervisor and its child. The child gives up
everything but its scratch folder and what it needs to run Python, then becomes ``runner``. The
supervisor adopts every process the child leaves behind and ends them all, so that nothing survives.

Landlock hides neither processes nor ``/proc``, so ``/proc`` is simply not opened to it; network is
closed by the system-call filter. https://docs.kernel.org/userspace-api/landlock.html
"""

import contextlib
import ctypes
import json
import os
import signal
import struct
import sys
import time

from .processes import descendants

NEEDED = 6  # the version that can shut off signals and abstract sockets, of Linux 6.12
_CREATE, _ADD, _RESTRICT = 444, 445, 446  # the same on x86-64 and arm64
_PATH_BENEATH = 1
_NO_NEW_PRIVS, _SECCOMP, _SUBREAPER, _PARENT_DIES = 38, 22, 36, 1
_EXECUTE, _WRITE, _READ, _READ_DIR = 1 << 0, 1 << 1, 1 << 2, 1 << 3
_TRUNCATE = 1 << 14
_EVERYTHING = (1 << 16) - 1  # on files, up to asking a device for something
_NETWORK, _SCOPES = 0b11, 0b11  # connecting and listening; abstract sockets and signals
_DEVICES = ("/dev/null", "/dev/zero", "/dev/urandom", "/dev/random")


def abi():
    """The kernel's Landlock version; 0 where there is none."""
    try:
        return max(0, _libc().syscall(_CREATE, None, 0, 1))
    except (OSError, AttributeError):
        return 0


def end_with_parent(signal_number):
    """Let the kernel send this process a signal when its parent ends (Linux only)."""
    with contextlib.suppress(OSError, AttributeError):
        _libc().prctl(_PARENT_DIES, signal_number, 0, 0, 0)


def _libc():
    return ctypes.CDLL(None, use_errno=True)


def _call(libc, *arguments):
    result = libc.syscall(*arguments)
    if result < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return result


def restrict(readable: list[str], writable: list[str], listed: list[str] = ()):
    """Shut this process and all its children in.

    What is readable (folders and files) may be read and run; in what is writable everything may be
    done. Of what is listed the names may be listed, with what lies below, and no file read: Python
    finds no module in a folder that it cannot list.

    Raises OSError when the kernel has no Landlock or refuses.
    """
    libc = _libc()
    attribute = struct.pack("<QQQ", _EVERYTHING, _NETWORK, _SCOPES)
    ruleset = _call(libc, _CREATE, attribute, len(attribute), 0)
    rules = [(path, _EXECUTE | _READ | _READ_DIR) for path in readable]
    rules += [(path, _READ_DIR) for path in listed]
    rules += [(path, _EVERYTHING) for path in writable]
    rules += [(path, _READ | _WRITE) for path in _DEVICES]
    for path, rights in rules:
        try:
            place = os.open(path, os.O_PATH | os.O_CLOEXEC)
        except OSError:
            continue
        if not os.path.isdir(path):
            rights &= _EXECUTE | _READ | _WRITE | _TRUNCATE
        try:
            rule = struct.pack("<Qi", rights, place)
            _call(libc, _ADD, ruleset, _PATH_BENEATH, rule, 0)
        finally:
            os.close(place)
    if libc.prctl(_NO_NEW_PRIVS, 1, 0, 0, 0):
        raise OSError("no_new_privs was refused")
    _call(libc, _RESTRICT, ruleset, 0)
    os.close(ruleset)


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("steps", ctypes.c_void_p))


def filter_calls(program):
    """Install a system-call filter (see :mod:`.seccomp`)."""
    steps = ctypes.create_string_buffer(program, len(program))
    wrapped = _Program(len(program) // 8, ctypes.cast(steps, ctypes.c_void_p))
    if _libc().prctl(_SECCOMP, 2, ctypes.byref(wrapped), 0, 0):
        raise OSError("the system-call filter was refused")


def _end_all():
    """End every process below this one, and those that a dying process leaves to us."""
    for _ in range(200):
        below = descendants(os.getpid())
        if not below:
            return
        for pid in below:
            with contextlib.suppress(OSError):
                os.kill(pid, signal.SIGKILL)
        with contextlib.suppress(ChildProcessError):
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
        time.sleep(0.005)


def _stop(*_):
    _end_all()
    os._exit(0)


def main():
    """The supervisor; its child becomes the runner."""
    config = json.loads(sys.argv[1])
    _libc().prctl(_SUBREAPER, 1, 0, 0, 0)
    end_with_parent(signal.SIGTERM)
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
    restrict(config["readable"], [config["box"]], config["listed"])
    filter_calls(bytes.fromhex(config["filter"]))
    exec(config["run"], {"__name__": "__main__"})

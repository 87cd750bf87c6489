"""Attacks on a sandbox, run inside it before it is trusted with a class.

A sandbox is only used when they fail: one that is installed and does not hold (a kernel that
forbids namespaces, a container without rights) is worse than none. Where none holds, the grader
refuses. What the attacking cell claims does not count: whether a file was read or changed, a port
reached, a process ended, slowed down or left behind is looked at from outside.
"""

import contextlib
import os
import secrets
import socket
import struct
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

from ..base import paths
from . import sandbox
from .processes import LINUX
from .watch import DIED, DISK, MEMORY, REASONS, Limits, execute
from .words import said

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None

_SHUT_IN = """
import os, signal, socket, subprocess, sys
seen, done = [], []
def trying(name, attack):
    try:
        found = attack()
        if found: seen.append(str(found)[:4000])
        done.append(name)
    except BaseException: pass
FOLDER = os.path.dirname(SECRET)
trying("read", lambda: open(SECRET).read())
trying("list", lambda: "\\n".join(os.listdir(FOLDER)))
trying("write", lambda: open(os.path.join(FOLDER, "written"), "w").close())
trying("truncate", lambda: os.truncate(SECRET, 1))
trying("rights", lambda: os.chmod(SECRET, 0o640))
trying("times", lambda: os.utime(SECRET, (1, 1)))
trying("attributes", lambda: os.setxattr(SECRET, "user.whosays", b"here"))
trying("link", lambda: os.link(SECRET, "linked"))
trying("rename", lambda: os.rename(SECRET, SECRET + "-moved"))
trying("unlink", lambda: os.unlink(SECRET + "-other"))
# a file that it may read: the case packs, as the learner has them
PACK = os.path.join(os.environ["WHOSAYS_DATA"], "secret-pack")
opened = lambda: os.open(PACK, os.O_RDONLY)
trying("write what it reads", lambda: open(PACK, "a").write("more"))
trying("its rights", lambda: os.chmod(PACK, 0o640))
trying("its times", lambda: os.utime(PACK, (1, 1)))
trying("its attributes", lambda: os.setxattr(PACK, "user.whosays", b"here"))
def flags():
    import fcntl
    fcntl.ioctl(opened(), SETFLAGS, (0x40).to_bytes(8, "little"))
trying("its flags", flags)
def lease():
    import fcntl
    fcntl.fcntl(opened(), fcntl.F_SETLEASE, fcntl.F_RDLCK)
    seen.append(LEASED)
trying("lease", lease)
def connect(family, address):
    with socket.socket(family) as s:
        s.settimeout(1); s.connect(address); s.sendall(MARK.encode())
def datagram(s, address):
    s.sendto(MARK.encode(), address)
trying("connect", lambda: connect(socket.AF_INET, ("127.0.0.1", TCP)))
sender = lambda family: socket.socket(family, socket.SOCK_DGRAM)
trying("send", lambda: datagram(sender(socket.AF_INET), ("127.0.0.1", UDP)))
trying("socket with a path", lambda: connect(socket.AF_UNIX, STREAM))
trying("datagrams", lambda: datagram(sender(socket.AF_UNIX), DATAGRAM))
pair = lambda: socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
trying("datagrams of a pair", lambda: datagram(pair()[0], DATAGRAM))
trying("abstract socket", lambda: connect(socket.AF_UNIX, ABSTRACT))
trying("kill", lambda: os.kill(VICTIM, signal.SIGKILL))
def limit():
    import resource
    resource.prlimit(VICTIM, resource.RLIMIT_NOFILE, (7, 7))
trying("limit", limit)
trying("priority", lambda: os.setpriority(os.PRIO_PROCESS, VICTIM, 15))
def environments():
    others = (n for n in os.listdir("/proc") if n.isdigit() and n != str(os.getpid()))
    return "\\n".join(open(f"/proc/{n}/{f}", errors="replace").read()
                      for n in others for f in ("environ", "cmdline"))
trying("environ", environments)
trying("parent", lambda: open(f"/proc/{os.getppid()}/environ", errors="replace").read())
trying("victim", lambda: open(f"/proc/{VICTIM}/cmdline").read())
def stay():
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            os.execv(sys.executable, [sys.executable, "-c", "import time; time.sleep(60)", MARK])
        os._exit(0)
trying("stay", stay)
answer = {"seen": seen, "done": done}
"""
_GREEDY = """
import os, time
for _ in range(4):
    if os.fork() == 0: break
held = []
while True:
    held.append(bytearray(8 << 20))
    for i in range(0, 8 << 20, 4096): held[-1][i] = 1
    time.sleep(0.02)
"""
_SOCKETS = """
import os, socket, time
for _ in range(5): os.fork()
held = []
while True:
    try:
        pair = socket.socketpair()
        for end in pair:
            end.setblocking(False)
            try: end.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1 << 24)
            except OSError: pass
            held.append(end)
            while end.send(bytes(1 << 16)): pass
    except OSError:
        if len(held) > 200: time.sleep(60)
"""
_UNLINKED = """
import os, time
held = []
while True:
    held.append(open("unlinked", "wb"))
    os.unlink("unlinked")
    for _ in range(16): held[-1].write(bytes(1 << 20))
    held[-1].flush()
    time.sleep(0.02)
"""


class NoSandbox(RuntimeError):
    """No sandbox holds here; the message says what to do."""


def choose(trust: bool = False, only: str | None = None) -> type[sandbox.Sandbox]:
    """The first sandbox that holds.

    ``trust`` is whether to run without one where none holds; ``only`` names the one to try.

    Raises NoSandbox when none holds and the submissions are not trusted; always for root without a
    sandbox.
    """
    tried = []
    for rung in sandbox.RUNGS:
        if only in (rung.name, None):
            problems = try_rung(rung)
            if not problems:
                return rung
            tried.append(f"  {rung.name}: {'; '.join(problems)}")
    if trust and not sandbox.is_root():
        return sandbox.Unsandboxed
    advice = said("not_as_root" if sandbox.is_root() else "install_sandbox")
    raise NoSandbox("\n".join([said("nothing_run"), *tried, advice]))


def try_rung(rung: type[sandbox.Sandbox]) -> list[str]:
    """Attack a sandbox: what it lets through, in sentences."""
    if missing := rung.missing():
        return [missing]
    try:
        problems = _shut_in(rung)
        if not problems:
            # all at once: each is mostly waiting for its memory to grow
            with ThreadPoolExecutor() as pool:
                problems += filter(None, pool.map(lambda attack: _limited(rung, *attack), _HUNGRY))
    except (OSError, subprocess.SubprocessError) as error:
        return [f"it could not be started: {error}"]
    return problems


def _job(source, data=None):
    job = {"cells": [(1, source)], "questions": {"attack": "answer"}, "imports": [], "skip": []}
    return {**job, "data": str(data or paths.data())}


class _Target:
    """What the attacking cell goes for, and how each thing was before: files, ports, a process."""

    def __init__(self, folder, stack):
        self.secret, self.mark = secrets.token_hex(16), f"left-behind-{secrets.token_hex(8)}"
        self.folder, self.path, self.data = folder, folder / "secret", folder / "data"
        self.data.mkdir()
        self.leased = f"leased-{secrets.token_hex(8)}"
        (folder / "secret-other").write_text("kept", encoding="ascii")
        (self.data / "secret-pack").write_text("kept", encoding="ascii")
        self.path.write_text(self.secret, encoding="ascii")
        # the sandbox must hold, not the files' own rights
        self.data.chmod(0o777)
        for path in folder.rglob("secret*"):
            path.chmod(0o666)
        self.before = self._state()
        self.heard_by = []
        inet = [(socket.AF_INET, kind, ("127.0.0.1", 0)) for kind in _KINDS]
        # a name without a file, which Linux alone knows
        hidden = f"whosays-{secrets.token_hex(8)}"
        abstract = f"\0{hidden}" if LINUX else str(folder / f"door-{hidden}")
        unix = [(socket.AF_UNIX, kind, str(folder / f"door-{int(kind)}")) for kind in _KINDS]
        for family, kind, address in (*inet, *unix, (socket.AF_UNIX, _KINDS[0], abstract)):
            listener = stack.enter_context(socket.socket(family, kind))
            listener.bind(address)
            listener.setblocking(False)
            if kind == socket.SOCK_STREAM:
                listener.listen()
            self.heard_by.append(listener)
        for path in folder.glob("door-*"):
            path.chmod(0o777)
        tcp, udp, stream, datagram, abstract = (one.getsockname() for one in self.heard_by)
        self.victim = stack.enter_context(_victim(self.secret))
        self.names = {
            "SECRET": str(self.path),
            "TCP": tcp[1],
            "UDP": udp[1],
            "STREAM": stream,
            "DATAGRAM": datagram,
            "ABSTRACT": abstract,
            "VICTIM": self.victim.pid,
            "MARK": self.mark,
            "LEASED": self.leased,
            "SETFLAGS": _SETFLAGS,
        }
        self.victims_state = self._victims_state()

    def _state(self):
        """The files as they are: names, contents, rights, times, links, attributes, flags."""
        state = {}
        for path in sorted(self.folder.rglob("secret*")):
            status = path.stat()
            attributes = os.listxattr(path) if hasattr(os, "listxattr") else ()
            state[path.name] = (
                path.read_bytes(),
                (status.st_mode, status.st_uid, status.st_mtime_ns, status.st_nlink),
                tuple(attributes),
                _flags(path),
            )
        return state

    def _victims_state(self):
        with contextlib.suppress(OSError):
            limits = Path(f"/proc/{self.victim.pid}/limits").read_text(encoding="ascii")
            return limits, os.getpriority(os.PRIO_PROCESS, self.victim.pid)
        return None

    def _heard(self):
        for listener, kind in zip(self.heard_by, (*_KINDS, *_KINDS, _KINDS[0]), strict=True):
            # a program that looks for a port's former owner may call here as well
            if {b"", self.mark.encode()}.intersection(messages(listener, kind)):
                yield listener.family

    def damage(self, answer):
        """A sentence for everything that was reached or changed."""
        if self.secret in answer:
            yield "it lets a submission read outside its own folder or the grader's environment"
        if (self.folder / "written").exists():
            yield "it lets a submission write outside its own folder"
        if self._state() != self.before:
            yield "it lets a submission change, move or touch files outside its own folder"
        if self.leased in answer:
            yield "it lets a submission hold up whoever writes a file that it reads"
        heard = set(self._heard())
        if socket.AF_INET in heard:
            yield "it lets a submission reach the network"
        if socket.AF_UNIX in heard:
            yield "it lets a submission reach sockets of other programs"
        if self.victim.poll() is not None:
            yield "it lets a submission end other programs"
        elif self._victims_state() != self.victims_state:
            yield "it lets a submission change limits or priority of other programs"
        if _running(self.mark):
            yield "a process of a submission goes on after its end"


_KINDS = (socket.SOCK_STREAM, socket.SOCK_DGRAM)


def messages(listener, kind) -> Iterator[bytes]:
    """What came to a listener; nothing (b"") from a caller who only connected."""
    with contextlib.suppress(OSError):
        while kind == socket.SOCK_DGRAM:
            yield listener.recv(64)
        while True:
            caller = listener.accept()[0]
            with caller:
                caller.setblocking(False)
                try:
                    yield caller.recv(64)
                except OSError:
                    yield b""


_GETFLAGS, _SETFLAGS = 0x80086601, 0x40086602


def _flags(path):
    """What ``lsattr`` shows of a file; nothing where its file system keeps none."""
    if fcntl is not None:
        with contextlib.suppress(OSError), open(path, "rb") as file:
            return struct.unpack("Q", fcntl.ioctl(file, _GETFLAGS, bytes(8)))
    return ()


def _shut_in(rung):
    """Reading, writing, network, other processes, and what stays behind."""
    with _folder() as folder, contextlib.ExitStack() as stack:
        target = _Target(Path(folder), stack)
        source = "\n".join(f"{name} = {value!r}" for name, value in target.names.items())
        run = execute(rung, _job(source + _SHUT_IN, target.data), Limits())
        if run.ended or type(run.values.get("attack")) is not dict:
            printed = " ".join((run.output or str(run.errors or "")).split())[-300:]
            why = f"{run.ended or 'no answer'}: {printed or 'nothing was said'}"
            return [rung.remedy(printed) or f"a notebook does not run in it ({why})"]
        return list(target.damage(str(run.values["attack"])))


_HUNGRY = (
    (_GREEDY, (MEMORY, DIED), "memory of a whole tree of processes is not limited"),
    (_SOCKETS, (MEMORY, DIED), "memory that is held in sockets is not limited"),
    (_UNLINKED, (DISK, MEMORY, DIED), "files without a name are not limited"),
)


def _limited(rung, source, stopped_by, what):
    """What one program of a big appetite could do, or an empty text."""
    # An old kernel counts the processes of a user, those of a second grading among them: what is
    # tried here is memory, so there is room for them.
    limits = replace(Limits(), memory_mb=250, cell_seconds=50, processes=250)
    run = execute(rung, _job(source), limits)
    refused = any(name in str(run.errors) for name in ("MemoryError", "OSError"))
    if run.ended in stopped_by or refused:
        return ""
    return f"{what} ({REASONS.get(run.ended, 'it ran to its end')[:60]})"


# A socket's address is a path of at most 107 bytes on Linux, file name included.
_LONGEST_HOME = 60


@contextlib.contextmanager
def _folder():
    try:  # in the home folder, as a key would be: some sandboxes replace only the temporary one
        home = Path.home()
        if len(os.fsencode(home)) > _LONGEST_HOME:
            raise OSError("the address of a socket would be too long there")
        temporary = tempfile.TemporaryDirectory(prefix=".whosays-probe-", dir=home)
    except (OSError, RuntimeError):
        temporary = tempfile.TemporaryDirectory(prefix="whosays-probe-")
    with temporary as folder:
        os.chmod(folder, 0o777)
        yield folder


@contextlib.contextmanager
def _victim(secret):
    """A process that must outlive the run, with the secret in its environment and command line."""
    sleeper = subprocess.Popen(
        [sys.executable, "-S", "-c", "import time; time.sleep(120)", secret],
        env={**os.environ, "WHOSAYS_SECRET": secret},
    )
    try:
        yield sleeper
    finally:
        sleeper.kill()
        sleeper.wait()


def _running(mark):
    """Whether any process of this machine carries a mark on its command line."""
    if not LINUX:
        line = ["ps", "-axo", "args="]
        return mark in subprocess.run(line, capture_output=True, text=True, check=False).stdout
    for name in filter(str.isdigit, os.listdir("/proc")):
        with contextlib.suppress(OSError):
            if mark.encode() in Path(f"/proc/{name}/cmdline").read_bytes():
                return True
    return False

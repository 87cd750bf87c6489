"""Attacks on a sandbox, run inside it before it is trusted with a class.

What the attacking cell claims does not count: whether a file was read or written, a port reached, a
process ended or left behind is looked at from outside.
"""

import contextlib
import os
import secrets
import socket
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field, replace
from pathlib import Path

from ..base import paths
from .watch import DIED, MEMORY, REASONS, Limits, execute

_SHUT_IN = """
import os, signal, socket, subprocess, sys
seen, done = [], []
def trying(name, attack):
    try:
        found = attack()
        if found: seen.append(str(found)[:4000])
        done.append(name)
    except BaseException: pass
trying("read", lambda: open(SECRET).read())
trying("list", lambda: "\\n".join(os.listdir(os.path.dirname(SECRET))))
trying("write", lambda: open(os.path.join(os.path.dirname(SECRET), "written"), "w").close())
def connect():
    with socket.socket() as s:
        s.settimeout(1); s.connect(("127.0.0.1", TCP)); s.sendall(b"here")
trying("connect", connect)
trying("send", lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"here", ("127.0.0.1", UDP)) and None)
trying("kill", lambda: os.kill(VICTIM, signal.SIGKILL))
def environments():
    return "\\n".join(open(f"/proc/{n}/environ", errors="replace").read() + open(f"/proc/{n}/cmdline").read()
                      for n in os.listdir("/proc") if n.isdigit() and n != str(os.getpid()))
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


@dataclass
class Attempt:
    """What came of attacking one rung: ``problems`` is empty where it holds."""

    rung: object
    problems: list = field(default_factory=list)
    seconds: float = 0.0


def try_rung(rung):
    """Attack a rung.

    Parameters
    ----------
    rung : ladder.Sandbox

    Returns
    -------
    Attempt
    """
    attempt, started = Attempt(rung), time.monotonic()
    if missing := rung.missing():
        attempt.problems.append(missing)
        return attempt
    try:
        attempt.problems += _shut_in(rung) or _greedy(rung)
    except (OSError, subprocess.SubprocessError) as error:
        attempt.problems.append(f"it could not be started: {error}")
    attempt.seconds = round(time.monotonic() - started, 2)
    return attempt


def _job(source):
    return {
        "cells": [(1, source)],
        "questions": {"attack": "answer"},
        "checks": {},
        "skip": [],
        "data": str(paths.data()),
    }


def _shut_in(rung):
    """Reading, writing, network, other processes, and what stays behind."""
    secret, mark = secrets.token_hex(16), f"left-behind-{secrets.token_hex(8)}"
    # in the home folder, as a key would be: some sandboxes replace only the temporary folder
    with _folder() as folder, _listeners() as (tcp, udp, heard), _victim(secret) as victim:
        path = Path(folder) / "secret"
        path.write_text(secret, encoding="ascii")
        names = {"SECRET": str(path), "TCP": tcp, "UDP": udp, "VICTIM": victim.pid, "MARK": mark}
        source = "\n".join(f"{name} = {value!r}" for name, value in names.items()) + _SHUT_IN
        run = execute(rung, _job(source), replace(Limits(), wall_seconds=20))
        if run.ended or type(run.values.get("attack")) is not dict:
            said = " ".join((run.output or str(run.errors or "")).split())[-300:]
            return [
                rung.remedy(said)
                or f"a notebook does not run in it ({run.ended or 'no answer'}: {said or 'nothing was said'})"
            ]
        answer = str(run.values["attack"])
        problems = (
            []
            if secret not in answer
            else ["it lets a submission read outside its own folder or the grader's environment"]
        )
        if (Path(folder) / "written").exists():
            problems.append("it lets a submission write outside its own folder")
        if heard():
            problems.append("it lets a submission reach the network")
        if victim.poll() is not None:
            problems.append("it lets a submission end other programs")
        if _running(mark):
            problems.append("a process of a submission goes on after its end")
    return problems


def _greedy(rung):
    limits = replace(Limits(), memory_mb=250, wall_seconds=15, cell_seconds=12)
    run = execute(rung, _job(_GREEDY), limits)
    if run.ended in (MEMORY, DIED) or (run.errors and "MemoryError" in str(run.errors)):
        return []
    return [
        f"memory of a whole tree of processes is not limited ({REASONS.get(run.ended, 'it ran to its end')[:60]})"
    ]


@contextlib.contextmanager
def _folder():
    try:
        made = tempfile.TemporaryDirectory(prefix=".whosays-probe-", dir=Path.home())
    except (OSError, RuntimeError):
        made = tempfile.TemporaryDirectory(prefix="whosays-probe-")
    with made as folder:
        # the sandbox must hold, not the file's own permissions
        os.chmod(folder, 0o777)
        yield folder


@contextlib.contextmanager
def _listeners():
    with socket.socket() as tcp, socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as udp:
        for listener in (tcp, udp):
            listener.bind(("127.0.0.1", 0))
            listener.setblocking(False)
        tcp.listen()

        def heard():
            for receive in (tcp.accept, lambda: udp.recv(16)):
                with contextlib.suppress(OSError):
                    receive()
                    return True
            return False

        yield tcp.getsockname()[1], udp.getsockname()[1], heard


@contextlib.contextmanager
def _victim(secret):
    """A process that must outlive the run, with the secret in its environment and its command line."""
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
    if not sys.platform.startswith("linux"):
        listed = subprocess.run(
            ["ps", "-axo", "args="], capture_output=True, text=True, check=False
        ).stdout
        return mark in listed
    for name in filter(str.isdigit, os.listdir("/proc")):
        with contextlib.suppress(OSError):
            if mark.encode() in Path(f"/proc/{name}/cmdline").read_bytes():
                return True
    return False

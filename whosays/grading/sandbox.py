"""The sandboxes: how each shuts one run of a notebook in, and how the run is watched and ended.

In order: bubblewrap; Docker or podman. Which of them holds on a machine, :mod:`.attacks` finds out.
"""

import contextlib
import functools
import os
import platform
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from ..base import paths
from . import seccomp
from .processes import Usage, alive, descendants, usage
from .words import said

IMAGE = "whosays-grader"
# the package lies where the sandbox puts it
_RUN = "import sys; sys.path.insert(0, {!r}); from whosays.grading.runner import main; main()"
_FIRST_UID = 61_000  # users that no one has; one for each run at a time, as root only
_SYSTEM = (
    "/usr /lib /lib32 /lib64 /bin /nix/store /etc/ld.so.cache /etc/localtime /etc/alternatives"
).split()
_BARE = {
    "LANG": "C.UTF-8",
    "PATH": "/usr/bin:/bin",
    "PYTHONDONTWRITEBYTECODE": "1",
    "PYTHONHASHSEED": "0",
    **{f"{name}_NUM_THREADS": "1" for name in ("OPENBLAS", "OMP", "MKL", "NUMEXPR")},
}
# a shell that was started bare (cron, a service) does not know where programs lie
_USUAL_PATH = "/usr/local/bin:/usr/bin:/bin:/opt/homebrew/bin"


def program(name: str) -> str | None:
    """Where a program lies, or None."""
    return shutil.which(name) or shutil.which(name, path=_USUAL_PATH)


def prefixes() -> list[str]:
    """Folders that the running Python and its packages lie in."""
    candidates = [Path(p).resolve() for p in (sys.prefix, sys.base_prefix)]
    candidates += [Path(p).resolve() for p in _packages()]
    # as named and as they really are: a virtual environment is often reached through a link
    candidates += [Path(os.path.abspath(p)) for p in (sys.prefix, sys.base_prefix)]
    outermost = []
    for path in sorted(set(candidates), key=lambda p: len(p.parts)):
        if (
            path.is_dir()
            and len(path.parts) > 1
            and not any(path.is_relative_to(k) for k in outermost)
        ):
            outermost.append(path)
    return [str(path) for path in outermost]


def _packages():
    return [p for p in sys.path if Path(p).name in ("site-packages", "dist-packages")]


def _python(kit, interpreter=sys.executable):
    """The command line of the runner, with the package below ``kit``."""
    return [interpreter, "-I", "-X", "utf8", "-c", _RUN.format(str(kit))]


def warm() -> None:
    """Make the bytecode of everything that a notebook imports, once and outside of any sandbox.

    No sandbox can write it, so without it every notebook of the class would compile pandas anew.
    """
    modules = "IPython.core.interactiveshell, pandas, whosays.grading.runner, whosays.case.case"
    elsewhere = ("PYTHONDONTWRITEBYTECODE", "PYTHONPYCACHEPREFIX")
    environment = {k: v for k, v in os.environ.items() if k not in elsewhere}
    subprocess.run(
        [sys.executable, "-c", f"import {modules}"],
        env=environment | {"PYTHONPATH": str(paths.PACKAGE.parent)},
        capture_output=True,
        check=False,
    )


class Sandbox:
    """One run's view of the machine: how it is started, watched and ended.

    The ``name`` stands in every row. ``holds`` says whether it shuts a submission in: False for
    ``unsandboxed`` only.
    """

    name, holds = "", True
    pass_fds, folder, environment = (), None, {"PATH": "/usr/bin:/bin"}

    @classmethod
    def missing(cls):
        """Why it cannot be tried on this machine, or ""."""
        return ""

    @staticmethod
    def remedy(printed):
        """What to do when it was tried and failed, by what it printed."""
        return ""

    def __init__(self, data):
        self.data = str(data)
        self.job = {"packages": _packages(), "data": "/kit/data", "box": "/box"}
        self.options = {} if os.name == "nt" else {"start_new_session": True}
        if is_root():
            self.job["become"] = _FIRST_UID + os.getpid() % 4_000

    def command(self, limits):
        raise NotImplementedError

    def process_limit(self, limits):
        """``RLIMIT_NPROC``, which counts a user's processes; 0 where something else limits them."""
        return limits.processes + _own_tasks() if sys.platform.startswith("linux") else 0

    def usage(self, process, limits) -> Usage:
        return usage(process.pid, limits.memory_mb)

    def disk_full(self, process, limits):
        """Whether more was written than may be."""
        return False

    def end(self, process) -> None:
        """End every process of the run, and wait until they are gone."""
        below = descendants(process.pid)
        with contextlib.suppress(OSError):
            if hasattr(os, "killpg"):
                os.killpg(process.pid, signal.SIGKILL)
            else:
                line = ["taskkill", "/T", "/F", "/PID", str(process.pid)]
                subprocess.run(line, capture_output=True, check=False)
        with contextlib.suppress(OSError):
            process.kill()
        process.wait()
        until = time.monotonic() + 3
        while any(map(alive, below)) and time.monotonic() < until:
            time.sleep(0.005)

    def close(self):
        """Remove what was made for the run."""


def _own_tasks():
    count = 0
    for name in filter(str.isdigit, os.listdir("/proc")):
        with contextlib.suppress(OSError):
            if os.stat(f"/proc/{name}").st_uid == os.getuid():
                count += len(os.listdir(f"/proc/{name}/task"))
    return count


def is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


@functools.cache
def _is_old(tool):
    """Whether a bubblewrap has no --disable-userns and no --size yet, as some distributions'."""
    told = subprocess.run([tool, "--help"], capture_output=True, text=True, check=False)
    return "--disable-userns" not in told.stdout + told.stderr


class Bubblewrap(Sandbox):
    """bubblewrap: own namespaces for files, processes, network, users; scratch in memory."""

    name = "bubblewrap"

    @classmethod
    def missing(cls) -> str:
        if not sys.platform.startswith("linux"):
            return "bubblewrap is for Linux"
        return "" if program("bwrap") else said("install_bubblewrap")

    @staticmethod
    def remedy(printed):
        signs = ("uid map", "RTM_NEWADDR", "No permissions to create new namespace")
        if any(sign in printed for sign in (*signs, "Operation not permitted")):
            return said("no_namespaces")
        return ""

    def __init__(self, data):
        super().__init__(data)
        self.tool, self.filter = program("bwrap"), None
        self.old = _is_old(self.tool)
        if filtered := seccomp.program():
            self.filter, out = os.pipe()
            os.write(out, filtered)  # far less than a pipe holds
            os.close(out)
            self.pass_fds = (self.filter,)

    def command(self, limits) -> list[str]:
        line = [self.tool, *"--unshare-pid --unshare-net --unshare-ipc --unshare-uts".split()]
        line += "--unshare-cgroup-try --hostname grader --die-with-parent --new-session".split()
        line += "--clearenv --cap-drop ALL".split()
        if is_root():
            # root makes the mounts, the runner becomes a user without rights before anything else
            line += ["--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID"]
        else:
            line += ["--unshare-user", "--uid", "1000", "--gid", "1000"]
            line += [] if self.old else ["--disable-userns"]
        line += ["--proc", "/proc", "--dev", "/dev"]
        roomy = [] if self.old else ["--perms", "1777", "--size", str(limits.scratch_mb << 20)]
        for folder in ("/dev/shm", "/tmp", "/box"):
            line += [*roomy, "--tmpfs", folder]
        for path in _SYSTEM:
            line += ["--ro-bind-try", path, path]
        for path in [*prefixes(), "/kit/whosays"]:
            # named one by one: bubblewrap would make the parents of root's private folders private
            for parent in [] if self.old else reversed(Path(path).parents[:-1]):
                line += ["--perms", "0755", "--dir", str(parent)]
            line += ["--ro-bind", str(paths.PACKAGE) if path == "/kit/whosays" else path, path]
        for path in _digests(Path("/kit/whosays"), *prefixes()):
            line += ["--tmpfs", path]
        line += ["--ro-bind", self.data, "/kit/data"]
        for name, value in {**_BARE, "HOME": "/tmp/home"}.items():
            line += ["--setenv", name, value]
        line += ["--chdir", "/box", "--remount-ro", "/dev", "--remount-ro", "/"]
        if self.filter is not None:
            line += ["--seccomp", str(self.filter)]
        return [*line, "--", *_python("/kit")]

    def process_limit(self, limits) -> int:
        """Since Linux 5.14 they are counted for each user namespace."""
        release = tuple(int(n) for n in platform.release().split("-")[0].split(".")[:2])
        return limits.processes if release >= (5, 14) else super().process_limit(limits)

    def disk_full(self, process, limits) -> bool:
        """The size is the mount's own limit; empty files take none, so they are counted."""
        for pid in descendants(process.pid)[-1:]:
            # at its beginning bubblewrap still stands in the machine's own folders
            with contextlib.suppress(OSError):
                if os.path.samestat(os.stat(f"/proc/{pid}/root"), os.stat("/")):
                    continue
            for folder in ("tmp", "box", "dev/shm"):
                with contextlib.suppress(OSError):
                    disk = os.statvfs(os.path.join(f"/proc/{pid}/root", folder))
                    size = (disk.f_blocks - disk.f_bfree) * disk.f_frsize
                    if disk.f_files - disk.f_ffree > limits.scratch_files:
                        return True
                    if self.old and size > limits.scratch_mb << 20:
                        return True
        return False

    def close(self) -> None:
        if self.filter is not None:
            os.close(self.filter)


def _digests(kit, *visible):
    """Folders with the kit's public checks, where an installed kit has them inside the package."""
    if (paths.PACKAGE / "_kit" / "exercises").is_dir():
        yield str(kit / "_kit" / "exercises")
        if any(paths.PACKAGE.is_relative_to(folder) for folder in visible):
            yield str(paths.PACKAGE / "_kit" / "exercises")


class Docker(Sandbox):
    """A throw-away container for each submission."""

    name = "docker"

    @classmethod
    def missing(cls):
        tool, name = program(cls.name), cls.name
        if not tool:
            return f"{name} is not installed"
        try:
            line = [tool, "image", "inspect", IMAGE]
            answer = subprocess.run(line, capture_output=True, text=True, timeout=30, check=False)
        except (OSError, subprocess.SubprocessError) as error:
            return f"{name} does not answer ({type(error).__name__})"
        printed = (answer.stderr + answer.stdout).lower()
        if answer.returncode and ("no such image" in printed or "not known" in printed):
            return f"{name} has no image {IMAGE}; docs/grading.md says how to make it"
        return f"{name} does not answer; start it, then try again" if answer.returncode else ""

    def __init__(self, data):
        super().__init__(data)
        self.tool = program(self.name) or self.name
        self.box = f"whosays-{os.getpid()}-{time.monotonic_ns()}"
        self.job |= {"packages": [], "become": 0}
        self.environment = dict(os.environ)  # the client's own; the container gets none of it

    def command(self, limits) -> list[str]:
        memory, room = f"{limits.memory_mb}m", f"rw,size={limits.scratch_mb}m,mode=1777"
        line = [self.tool, *"run --rm --interactive --network none --read-only".split()]
        line += "--cap-drop ALL --security-opt no-new-privileges --user 65534:65534".split()
        line += f"--name {self.box} --memory {memory} --memory-swap {memory}".split()
        line += f"--pids-limit {limits.processes} --log-driver none".split()
        line += "--ipc private --shm-size 16m".split()
        for folder in ("/tmp", "/box"):
            line += ["--tmpfs", f"{folder}:{room}"]
        for source, target in ((paths.PACKAGE, "/kit/whosays"), (self.data, "/kit/data")):
            line += ["--volume", f"{source}:{target}:ro"]
        for path in _digests(Path("/kit/whosays")):
            line += ["--tmpfs", path]
        for name, value in {**_BARE, "HOME": "/tmp"}.items():
            if name != "PATH":
                line += ["--env", f"{name}={value}"]
        return [*line, "--workdir", "/box", IMAGE, *_python("/kit", "python")]

    def process_limit(self, limits):
        return 0  # --pids-limit counts the container's own

    def usage(self, process, limits):
        return Usage()  # held by the container

    def end(self, process):
        subprocess.run([self.tool, "kill", self.box], capture_output=True, check=False)
        super().end(process)


class Podman(Docker):
    """The same without a daemon."""

    name = "podman"


class Unsandboxed(Sandbox):
    """No sandbox: a time limit, and a scratch folder. Only where the teacher says so."""

    name, holds = "unsandboxed", False

    def __init__(self, data):
        super().__init__(data)
        self.job.pop("become", None)
        self.folder = tempfile.mkdtemp(prefix="whosays-box-")
        self.job |= {"data": self.data, "box": self.folder}
        self.environment = {**_BARE, "HOME": self.folder, "TMPDIR": self.folder}
        if os.name == "nt":
            names = ("SYSTEMROOT", "PATH")
            self.environment |= {name: os.environ[name] for name in names if name in os.environ}

    def command(self, limits):
        return _python(paths.PACKAGE.parent)

    def close(self):
        shutil.rmtree(self.folder, ignore_errors=True)


# the best first
RUNGS = (Bubblewrap, Docker, Podman)

"""The sandbox ladder: which sandbox holds on this machine, found by attacking it.

A rung is only used when the attacks of :mod:`.attacks`, run inside it, fail: a sandbox that is
installed and does not hold (a kernel that forbids namespaces, a container without rights) is worse
than none. In order: bubblewrap; Docker or podman; Landlock. Where none holds, the grader refuses.
"""

import contextlib
import json
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
from . import landlock, seccomp
from .watch import tree_usage

IMAGE = "whosays-grader"
# the runner is a module of the package, and the package lies where the sandbox puts it
_RUN = "import sys; sys.path.insert(0, {!r}); from whosays.grading.runner import main; main()"
_FIRST_UID = 61_000  # users that no one has; one for each run at a time, as root only
_SYSTEM = (
    "/usr",
    "/lib",
    "/lib32",
    "/lib64",
    "/bin",
    "/nix/store",
    "/etc/ld.so.cache",
    "/etc/localtime",
    "/etc/alternatives",
)
_BARE = {
    "LANG": "C.UTF-8",
    "PATH": "/usr/bin:/bin",
    "PYTHONDONTWRITEBYTECODE": "1",
    "PYTHONHASHSEED": "0",
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "NUMEXPR_NUM_THREADS": "1",
}


class NoSandbox(RuntimeError):
    """No sandbox holds here; the message says what to do."""


def prefixes():
    """Folders that the running Python and its packages lie in."""
    found = [Path(p).resolve() for p in (sys.prefix, sys.base_prefix)]
    found += [
        Path(p).resolve() for p in sys.path if Path(p).name in ("site-packages", "dist-packages")
    ]
    # as named and as they really are: a virtual environment is often reached through a link
    found += [Path(os.path.abspath(p)) for p in (sys.prefix, sys.base_prefix)]
    kept = []
    for path in sorted(set(found), key=lambda p: len(p.parts)):
        if path.is_dir() and len(path.parts) > 1 and not any(path.is_relative_to(k) for k in kept):
            kept.append(path)
    return [str(path) for path in kept]


def _python(kit, interpreter=sys.executable):
    """The command line that runs the runner, with the package below ``kit``."""
    return [interpreter, "-I", "-X", "utf8", "-c", _RUN.format(kit)]


def _packages():
    return [p for p in sys.path if Path(p).name in ("site-packages", "dist-packages")]


class Place:
    """One run's view of the machine: how it is started, watched and ended."""

    pass_fds, folder, environment = (), None, {"PATH": "/usr/bin:/bin"}

    def __init__(self, data):
        self.data = str(data)
        self.job = {"kit": "/kit", "packages": _packages(), "data": "/kit/data", "box": "/box"}
        self.options = {} if os.name == "nt" else {"start_new_session": True}

    def command(self, limits):
        raise NotImplementedError

    def process_limit(self, limits):
        """``RLIMIT_NPROC``: counted for the user, and on a kernel before 5.14 for all their processes."""
        if not sys.platform.startswith("linux"):
            return 0
        release = tuple(
            int("".join(c for c in part if c.isdigit()) or 0)
            for part in platform.release().split(".")[:2]
        )
        return limits.processes if release >= (5, 14) else limits.processes + _own_tasks()

    def usage(self, process, limits):
        return tree_usage(process.pid, limits.memory_mb)

    def disk_full(self, process, limits):
        """Whether more was written than may be. Where the scratch folder has a size of its own, it never is."""
        return False

    def end(self, process):
        """End every process of the run, and wait until they are gone."""
        below = landlock.descendants(process.pid) if sys.platform.startswith("linux") else []
        with contextlib.suppress(OSError):
            os.killpg(process.pid, signal.SIGKILL) if hasattr(os, "killpg") else _taskkill(
                process.pid
            )
        with contextlib.suppress(OSError):
            process.kill()
        process.wait()
        _gone(below)

    def close(self):
        """Remove what was made for the run."""


def _own_tasks():
    count = 0
    for name in filter(str.isdigit, os.listdir("/proc")):
        with contextlib.suppress(OSError):
            if os.stat(f"/proc/{name}").st_uid == os.getuid():
                count += len(os.listdir(f"/proc/{name}/task"))
    return count


def _gone(pids, seconds=3.0):
    """Wait for processes to be gone, ending those that linger."""
    until = time.monotonic() + seconds
    while pids and time.monotonic() < until:
        pids = [pid for pid in pids if _alive(pid)]
        if pids:
            time.sleep(0.005)


def _alive(pid):
    try:
        with open(f"/proc/{pid}/stat", encoding="utf-8", errors="replace") as file:
            return file.read().rpartition(")")[2].split()[0] != "Z"
    except (OSError, IndexError):
        return False


def _taskkill(pid):
    subprocess.run(["taskkill", "/T", "/F", "/PID", str(pid)], capture_output=True, check=False)


class Sandbox:
    """A rung: how it is called, and a place in it for each run.

    Attributes
    ----------
    name : str
        As it stands in every row.
    holds : bool
        Whether it shuts a submission in. False for ``unsandboxed`` only.
    """

    name, holds = "", True

    def missing(self):
        """Why it cannot be tried on this machine, or ""."""
        return ""

    def remedy(self, said):
        """What to do when it was tried and failed; ``said`` is what it printed."""
        return ""

    @contextlib.contextmanager
    def place(self, data):
        made = self.make(data)
        try:
            yield made
        finally:
            made.close()


class _Slots:
    """Numbers for runs at the same time, so that as root each has a user of its own."""

    def __init__(self):
        self.taken = set()

    def take(self):
        number = next(n for n in range(10_000) if n not in self.taken)
        self.taken.add(number)
        return number

    def give_back(self, number):
        self.taken.discard(number)


_SLOTS = _Slots()


def _is_root():
    return hasattr(os, "geteuid") and os.geteuid() == 0


class _BwrapPlace(Place):
    def __init__(self, data, old):
        super().__init__(data)
        self.old, self.slot = old, None
        if _is_root():
            self.slot = _SLOTS.take()
            self.job["become"] = _FIRST_UID + self.slot
        filtered = seccomp.program()
        self.filter = None
        if filtered:
            self.filter, out = os.pipe()
            os.write(out, filtered)  # far less than a pipe holds
            os.close(out)
            self.pass_fds = (self.filter,)

    def command(self, limits):
        line = [
            "bwrap",
            "--unshare-pid",
            "--unshare-net",
            "--unshare-ipc",
            "--unshare-uts",
            "--unshare-cgroup-try",
        ]
        line += [
            "--hostname",
            "grader",
            "--die-with-parent",
            "--new-session",
            "--clearenv",
            "--cap-drop",
            "ALL",
        ]
        if _is_root():
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
            # named one by one: bubblewrap would make the parents of root's private folders private too
            for parent in [] if self.old else reversed(Path(path).parents[:-1]):
                line += ["--perms", "0755", "--dir", str(parent)]
            line += ["--ro-bind", str(paths.PACKAGE) if path == "/kit/whosays" else path, path]
        line += ["--ro-bind", self.data, "/kit/data"]
        for name, value in {**_BARE, "HOME": "/tmp/home"}.items():
            line += ["--setenv", name, value]
        line += ["--chdir", "/box", "--remount-ro", "/dev", "--remount-ro", "/"]
        if self.filter is not None:
            line += ["--seccomp", str(self.filter)]
        return [*line, "--", *_python("/kit")]

    def disk_full(self, process, limits):
        """The size is the mount's own limit; empty files take none, so they are counted."""
        for pid in landlock.descendants(process.pid)[-1:]:
            for folder in ("tmp", "box", "dev/shm"):
                with contextlib.suppress(OSError):
                    found = os.statvfs(os.path.join(f"/proc/{pid}/root", folder))
                    if found.f_files - found.f_ffree > limits.scratch_files:
                        return True
                    if (
                        self.old
                        and (found.f_blocks - found.f_bfree) * found.f_frsize
                        > limits.scratch_mb << 20
                    ):
                        return True
        return False

    def close(self):
        if self.filter is not None:
            os.close(self.filter)
        if self.slot is not None:
            _SLOTS.give_back(self.slot)


class Bubblewrap(Sandbox):
    """bubblewrap: own namespaces for files, processes, network, users; a scratch folder in memory."""

    name = "bubblewrap"

    def __init__(self):
        self.old = None

    def missing(self):
        if not sys.platform.startswith("linux"):
            return "bubblewrap is for Linux"
        if not shutil.which("bwrap"):
            return "bubblewrap is not installed (Debian, Ubuntu: sudo apt install bubblewrap; Fedora: sudo dnf install bubblewrap)"
        return ""

    def make(self, data):
        if self.old is None:
            # --disable-userns and --size are younger than some distributions' bubblewrap
            told = subprocess.run(["bwrap", "--help"], capture_output=True, text=True, check=False)
            self.old = "--disable-userns" not in told.stdout + told.stderr
        return _BwrapPlace(data, self.old)

    def remedy(self, said):
        if any(
            sign in said
            for sign in (
                "uid map",
                "RTM_NEWADDR",
                "No permissions to create new namespace",
                "Operation not permitted",
            )
        ):
            return (
                "this system forbids user namespaces. Ubuntu 23.10 or newer: sudo apt install apparmor-profiles, then "
                "sudo ln -s /usr/share/apparmor/extra-profiles/bwrap-userns-restrict /etc/apparmor.d/ and "
                "sudo systemctl reload apparmor. In a container: use an ordinary machine, or the container's own limits"
            )
        return ""


class _ContainerPlace(Place):
    def __init__(self, data, tool):
        super().__init__(data)
        self.tool, self.name = tool, f"whosays-{os.getpid()}-{time.monotonic_ns()}"
        self.job |= {"packages": []}
        self.environment = dict(os.environ)  # the client's own; the container gets none of it

    def command(self, limits):
        line = [
            self.tool,
            "run",
            "--rm",
            "--interactive",
            "--name",
            self.name,
            "--network",
            "none",
            "--read-only",
        ]
        line += [
            "--cap-drop",
            "ALL",
            "--security-opt",
            "no-new-privileges",
            "--user",
            "65534:65534",
        ]
        line += ["--memory", f"{limits.memory_mb}m", "--memory-swap", f"{limits.memory_mb}m"]
        line += [
            "--pids-limit",
            str(limits.processes),
            "--log-driver",
            "none",
            "--ipc",
            "private",
            "--shm-size",
            "16m",
        ]
        for folder in ("/tmp", "/box"):
            line += ["--tmpfs", f"{folder}:rw,size={limits.scratch_mb}m,mode=1777"]
        for source, target in ((paths.PACKAGE, "/kit/whosays"), (self.data, "/kit/data")):
            line += ["--volume", f"{source}:{target}:ro"]
        for name, value in {**_BARE, "HOME": "/tmp"}.items():
            if name != "PATH":
                line += ["--env", f"{name}={value}"]
        return [*line, "--workdir", "/box", IMAGE, *_python("/kit", "python")]

    def process_limit(self, limits):
        return 0  # --pids-limit counts the container's own

    def usage(self, process, limits):
        return 0, 0  # held by the container

    def end(self, process):
        subprocess.run([self.tool, "kill", self.name], capture_output=True, check=False)
        super().end(process)


class Container(Sandbox):
    """Docker or podman: a throw-away container for each submission."""

    def __init__(self, tool):
        self.name = self.tool = tool

    def missing(self):
        if not shutil.which(self.tool):
            return f"{self.tool} is not installed"
        try:
            found = subprocess.run(
                [self.tool, "image", "inspect", IMAGE],
                capture_output=True,
                text=True,
                timeout=30,
                check=False,
            )
        except (OSError, subprocess.SubprocessError) as error:
            return f"{self.tool} does not answer ({type(error).__name__})"
        if found.returncode:
            if (
                "no such image" in (found.stderr + found.stdout).lower()
                or "not known" in found.stderr
            ):
                return f"{self.tool} has no image {IMAGE}; docs/grading.md says how to make it"
            return f"{self.tool} does not answer; start it, then try again"
        return ""

    def make(self, data):
        return _ContainerPlace(data, self.tool)


class _FolderPlace(Place):
    """A place on the ordinary file system: a scratch folder that is removed afterwards."""

    def __init__(self, data):
        super().__init__(data)
        self.folder = tempfile.mkdtemp(prefix=f"whosays-box-{os.getpid()}-")
        self.kit = os.path.join(self.folder, ".kit")
        os.mkdir(self.kit)
        self.job |= {"kit": self.kit, "data": self.data, "box": self.folder}
        self.environment = {**_BARE, "HOME": self.folder, "TMPDIR": self.folder}
        if os.name == "nt":
            self.environment |= {
                n: os.environ[n] for n in ("SYSTEMROOT", "PATH") if n in os.environ
            }
        self._link(paths.PACKAGE, os.path.join(self.kit, "whosays"))

    def _link(self, source, target):
        try:
            os.symlink(source, target)
        except OSError:  # Windows without the right to make links
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__", "_kit"))

    def command(self, limits):
        return _python(self.kit)

    def disk_full(self, process, limits):
        size = files = 0
        for folder, _, names in os.walk(self.folder):
            for name in names:
                with contextlib.suppress(OSError):
                    size += os.lstat(os.path.join(folder, name)).st_blocks << 9
                files += 1
                if size > limits.scratch_mb << 20 or files > limits.scratch_files:
                    return True
        return False

    def close(self):
        # every process of the run has ended, so nothing changes under our hands; links are never followed
        for top, folders, _ in os.walk(self.folder):
            for name in folders:
                path = os.path.join(top, name)
                if not os.path.islink(path):
                    with contextlib.suppress(OSError):
                        os.chmod(path, 0o700)
        shutil.rmtree(self.folder, ignore_errors=True)


class _LandlockPlace(_FolderPlace):
    def __init__(self, data):
        super().__init__(data)
        self.slot = None
        if _is_root():
            self.slot = _SLOTS.take()
            uid = self.job["become"] = _FIRST_UID + self.slot
            for path in (self.folder, self.kit):
                os.chown(path, uid, uid)

    def command(self, limits):
        filtered = seccomp.program(signals=landlock.abi() >= 6) or b""
        config = {
            "box": self.folder,
            "readable": [*_SYSTEM, *prefixes(), str(paths.PACKAGE), self.data],
            "filter": filtered.hex(),
            "run": _RUN.format(self.kit),
        }
        return [
            sys.executable,
            "-I",
            "-X",
            "utf8",
            str(paths.PACKAGE / "grading" / "landlock.py"),
            json.dumps(config),
        ]

    def end(self, process):
        with contextlib.suppress(OSError):
            process.terminate()  # the supervisor ends everything below it
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(2)
        for pid in landlock.descendants(process.pid):
            with contextlib.suppress(OSError):
                os.kill(pid, signal.SIGKILL)
        super().end(process)

    def close(self):
        super().close()
        if self.slot is not None:
            _SLOTS.give_back(self.slot)


class Landlock(Sandbox):
    """Landlock and a system-call filter: files, network and other processes shut off by the kernel."""

    name = "landlock"

    def missing(self):
        if not sys.platform.startswith("linux"):
            return "Landlock is for Linux"
        if not landlock.abi():
            return "this kernel has no Landlock (it needs Linux 5.13 or newer)"
        if seccomp.program() is None:
            return f"no system-call filter is known for {platform.machine()}"
        return ""

    def remedy(self, said):
        if _is_root() and "ModuleNotFoundError" in said:
            return "this Python lies in a folder that only root may enter: run the grader as an ordinary user"
        return ""

    def make(self, data):
        return _LandlockPlace(data)


class Unsandboxed(Sandbox):
    """No sandbox: a time limit and an own folder. Only where the teacher says so."""

    name, holds = "unsandboxed", False

    def make(self, data):
        return _FolderPlace(data)


def rungs():
    """All rungs, the best first."""
    return [Bubblewrap(), Container("docker"), Container("podman"), Landlock()]


def choose(trust=False, only=None):
    """The first rung that holds.

    Parameters
    ----------
    trust : bool
        Whether to run without a sandbox where none holds.
    only : str, optional
        The one rung to try.

    Returns
    -------
    Sandbox

    Raises
    ------
    NoSandbox
        When none holds and the submissions are not trusted; always for root without a sandbox.
    """
    from .attacks import try_rung

    tried = []
    for rung in rungs():
        if only in (None, rung.name):
            found = try_rung(rung)
            if not found.problems:
                return rung
            tried.append(f"  {rung.name}: {'; '.join(found.problems)}")
    if trust and not _is_root():
        return Unsandboxed()
    advice = (
        "Run the grader as an ordinary user: as root nothing is run without a sandbox."
        if _is_root()
        else "Install bubblewrap (Linux), or Docker or podman (any system; on Windows inside WSL2). "
        "If you know every author of these notebooks as you know your own files, --trust-submissions runs them "
        "without a sandbox, and every row will say so."
    )
    raise NoSandbox(
        "\n".join(["No sandbox holds on this machine, so nothing was run.", *tried, advice])
    )

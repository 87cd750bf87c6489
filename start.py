#!/usr/bin/env python3
"""Who Says? on a fresh machine, in two commands:

    python3 start.py lab  [--no-browser] [--port PORT]
        opens the first notebook in JupyterLab

    python3 start.py test [--fast | --everywhere] [PYTEST ARGUMENT ...]
        runs the tests (--fast: those that take under a minute together;
        --everywhere: those on other versions, in environments of their own)

On Windows: py start.py lab

The first start makes the folder .venv beside this file and installs into it,
from requirements.txt, exactly the versions the kit was tested with. Later
starts install nothing unless those files have changed. Delete .venv to begin
anew; nothing of yours is in it.
"""

# Down to the version check, only what Python 2.7 can read too: an old Python
# must come as far as its sentence and not stop at a SyntaxError.
from __future__ import print_function

import sys

OLDEST, NEWEST_TESTED = (3, 11), (3, 13)

if sys.version_info[:2] < OLDEST:
    sys.exit(
        "start.py: Who Says? needs Python %d.%d or newer, and this is Python %d.%d: "
        "start it with a newer one (python3.12 start.py lab, or on Windows py -3.12 start.py lab); "
        "python.org has it for every system." % (OLDEST + sys.version_info[:2])
    )

import hashlib
import importlib
import json
import os
import re
import shutil
import subprocess
import tempfile

ROOT = os.path.dirname(os.path.abspath(__file__))
VENV = os.path.join(ROOT, ".venv")
PYTHON = os.path.join(VENV, *(("Scripts", "python.exe") if os.name == "nt" else ("bin", "python")))
STAMP = os.path.join(VENV, "whosays-installed.json")
LOG = os.path.join(VENV, "install.log")

sys.path.insert(0, ROOT)
try:
    from whosays.publish import launch  # standard library only
except ImportError:
    sys.exit(
        "start.py: the folder whosays is missing beside this file: get a complete copy of the kit."
    )
from whosays.base.problem import Problem

# what each command needs installed, and the room that takes with everything in it
REQUIREMENTS = {"lab": "requirements.txt", "test": "requirements-test.txt"}
MEGABYTES = {"lab": 600, "test": 1500}

NEWS = "@jupyterlab/apputils-extension:announcements"

# what pip or venv say -> what to do about it; the first that matches counts
ADVICE = [
    (
        r"No space left on device|Errno 28\b|WinError 112|not enough space on the disk|Disk quota exceeded|Errno 122\b",
        "the disk is full: make room (%d MB) and start again.",
    ),
    (
        r"CERTIFICATE_VERIFY_FAILED|SSLError|SSLCertVerification",
        "the network's certificate is not trusted: ask whoever runs your school's or company's proxy "
        "for the certificate file, and set PIP_CERT to it.",
    ),
    (
        r"DO NOT MATCH THE HASHES",
        "a download differs from the one the kit was tested with and was refused: start again, and "
        "if it happens again ask whoever runs your network or package mirror.",
    ),
    (
        r"ConnectionError|ConnectTimeout|ReadTimeout|Connection(Refused|Reset|Aborted)?Error|Max retries exceeded"
        r"|Connection refused|Connection reset|getaddrinfo|Name or service not known|name resolution"
        r"|unreachable|ProxyError|from versions: none",
        "no network, or the package index does not answer: connect (or set HTTPS_PROXY) and start "
        "again; only the first start needs it.",
    ),
    (
        r"Read-only file system|Permission denied|Errno 13\b|WinError (5|32)\b|being used by another process",
        "a file in .venv cannot be changed: close every other Who Says? window and start again.",
    ),
]


def main(argv):
    for stream in (sys.stdout, sys.stderr):  # a folder's name may not be printable on this console
        stream.reconfigure(errors="replace")
    if (
        not argv
        or argv[0] not in REQUIREMENTS
        or (argv[0] == "lab" and {"-h", "--help"} & set(argv))
    ):
        print(__doc__)
        return 0 if {"-h", "--help"} & set(argv) else 2
    command, arguments = argv[0], argv[1:]
    try:
        if command == "lab":
            launch.lab_options(arguments)  # a wrong option is told before anything is installed
        if sys.version_info[:2] > NEWEST_TESTED:
            print(
                "Python %d.%d is newer than the kit was tested with (%d.%d to %d.%d); going on with it."
                % (sys.version_info[:2] + OLDEST + NEWEST_TESTED)
            )
        prepare(command)
        if command == "lab":
            return launch.lab(arguments, python=PYTHON)
        from tools import run_tests  # it is not part of every copy of the kit

        return run_tests.test(arguments, python=PYTHON)
    except Problem as problem:
        print("start.py: %s" % problem, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nstart.py: stopped while installing; the next start completes it.", file=sys.stderr)
        return 130


def prepare(command):
    """Make .venv fit for ``command``: nothing if it is, an update if files changed, else anew."""
    stamp = read_stamp()
    keys = {name: key(name) for name in ({"lab", command})}
    if stamp and all(stamp["keys"].get(name) == keys[name] for name in keys):
        return
    check_folder()
    if not stamp:
        check_venv_module()
    check_room(command)
    print("Installing what the kit needs into .venv (this once; some minutes) ...", flush=True)
    try:
        if not stamp and not made_by_others():
            make_venv(command)
        write_stamp(None)  # what breaks off from here on must not pass for whole
        install(command)
        write_stamp(dict(stamp["keys"] if stamp else {}, **keys))
    except OSError as error:
        raise Problem(advice(str(error), command))


def key(command):
    """What the installation for ``command`` depends on, as one hash."""
    digest = hashlib.sha256()
    for name in (REQUIREMENTS[command], "pyproject.toml"):
        try:
            with open(os.path.join(ROOT, name), "rb") as file:
                digest.update(file.read())
        except OSError:
            raise Problem("%s is missing beside start.py: get a complete copy of the kit." % name)
    # a venv holds its own place and its Python's version
    digest.update(repr((sys.version_info[:2], ROOT)).encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


def read_stamp():
    """The note left by a complete installation, or None: not there, moved, another Python's, or damaged.

    Returns
    -------
    dict or None
        ``keys`` (command -> :func:`key` at the time), ``python``, ``root``, ``files``.
    """
    try:
        with open(STAMP, encoding="utf-8") as file:
            stamp = json.load(file)
        same = stamp["root"] == ROOT and stamp["python"] == list(sys.version_info[:2])
        whole = set(stamp["files"]) <= set(os.listdir(site_packages()))
        return stamp if same and whole and home_is_there() else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def write_stamp(keys):
    stamp = keys and {
        "keys": keys,
        "python": list(sys.version_info[:2]),
        "root": ROOT,
        # names only: enough to notice a deleted package, and read in a millisecond
        "files": sorted(name for name in os.listdir(site_packages()) if name != "__pycache__"),
    }
    with open(STAMP, "w", encoding="utf-8") as file:
        json.dump(stamp, file, indent=1)


def made_by_others():
    """Whether .venv is a working environment that start.py did not make: it is added to, never cleared."""
    try:
        with open(os.path.join(VENV, "pyvenv.cfg"), encoding="utf-8"):
            pass
        code = "import pip, sys; sys.exit(sys.version_info[:2] != %r)" % (sys.version_info[:2],)
        works = (
            subprocess.call(
                [PYTHON, "-c", code], env=launch.environment(), stderr=subprocess.DEVNULL
            )
            == 0
        )
    except OSError:
        return False
    return works and not os.path.exists(STAMP)


def site_packages():
    if os.name == "nt":
        return os.path.join(VENV, "Lib", "site-packages")
    return os.path.join(VENV, "lib", "python%d.%d" % sys.version_info[:2], "site-packages")


def home_is_there():
    """Whether the Python that .venv was made with still exists (systems upgrade theirs)."""
    with open(os.path.join(VENV, "pyvenv.cfg"), encoding="utf-8") as file:
        home = re.search(r"^home\s*=\s*(.+?)\s*$", file.read(), re.MULTILINE)
    return bool(home) and os.path.isdir(home.group(1)) and os.path.exists(PYTHON)


def check_folder():
    try:
        with tempfile.TemporaryFile(dir=ROOT) as file:
            file.write(b"x" * 4096)
    except OSError as error:
        if re.search(ADVICE[0][0], str(error)):
            raise Problem(advice(str(error), "lab"))
        raise Problem(
            "this folder cannot be written to: copy the kit to one of your own and start it there."
        )


def check_venv_module():
    try:
        importlib.import_module("ensurepip")
        importlib.import_module("venv")
    except ImportError:
        raise Problem(
            "this Python comes without its venv module: on Debian and Ubuntu, "
            "sudo apt install python%d.%d-venv; elsewhere, a Python from python.org."
            % sys.version_info[:2]
        )


def check_room(command):
    free = shutil.disk_usage(ROOT).free // 10**6
    # an update needs less, but a download that fills the disk half-way helps nobody
    if free < MEGABYTES[command]:
        raise Problem(
            "the disk is full: %d MB are free and %d are needed." % (free, MEGABYTES[command])
        )


def make_venv(command):
    # sys.executable may be the one inside the .venv that is about to be cleared
    python = getattr(sys, "_base_executable", None) or sys.executable
    run([python, "-m", "venv", "--clear", "--without-pip", VENV], command)
    # a step of its own: venv would keep to itself why it failed
    run([PYTHON, "-m", "ensurepip", "--default-pip"], command)


def install(command):
    pip = [PYTHON, "-m", "pip", "--disable-pip-version-check", "--no-input", "install", "--compile"]
    names = [REQUIREMENTS["lab"]] if command == "lab" else [REQUIREMENTS["test"]]
    for name in names:
        run(pip + ["--require-hashes", "--retries", "3", "-r", os.path.join(ROOT, name)], command)
    run(pip + ["--no-deps", "--no-build-isolation", "--editable", ROOT], command)
    run([PYTHON, "-m", "jupyter", "labextension", "disable", "--level=sys_prefix", NEWS], command)


def run(arguments, command):
    """Run an installation step quietly: its words go to .venv/install.log, a sentence to the screen."""
    step = subprocess.Popen(
        arguments, cwd=ROOT, env=launch.environment(), stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", errors="replace",
    )  # fmt: skip
    lines = []
    try:
        for line in step.stdout:
            lines.append(line)
            show_progress(line, lines)
        failed = step.wait() != 0
    finally:
        if step.poll() is None:
            step.terminate()
            step.wait()
    said = "".join(lines)
    try:
        with open(LOG, "a", encoding="utf-8") as log:
            log.write(said)
    except OSError:
        pass  # a full disk: the sentence below matters more
    if failed:
        full = shutil.disk_usage(ROOT).free < 20 * 10**6  # not every tool says so itself
        raise Problem(advice("No space left on device" if full else said, command))


def show_progress(line, lines):
    if not sys.stdout.isatty():
        return
    if line.startswith(("Collecting", "Requirement already")):
        done = sum(said.startswith(("Collecting", "Requirement already")) for said in lines)
        print("\r  %d packages fetched " % done, end="", flush=True)
    elif line.startswith("Installing collected"):
        print("\r  unpacking them all       ", flush=True)


def advice(said, command):
    """One sentence for what pip or venv said: what is wrong and what to do."""
    for pattern, sentence in ADVICE:
        if re.search(pattern, said, re.IGNORECASE):
            return sentence % MEGABYTES[command] if "%d" in sentence else sentence
    errors = [line for line in said.splitlines() if re.match(r"\s*(error|ERROR)|\w*Error", line)]
    last = (errors or said.strip().splitlines() or ["no message"])[-1].strip()
    return "the installation failed (%s); all of it is in .venv/install.log." % last[:300]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

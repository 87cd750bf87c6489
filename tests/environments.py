"""Virtual environments beside the tests' own: other versions, or tools too heavy for every learner.

One environment is one pinned file, ``environments/NAME.txt``, locked from what ``environments/NAME.in``
asks for (CONTRIBUTING.md, Requirements)::

    python = python_of("binder")
    subprocess.run([python, "-m", ...])

It is made on first use and kept, in the user's cache folder or where ``WHOSAYS_ENVIRONMENTS`` says. The folder
may be deleted at any time.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import platformdirs
import pytest

from whosays.base import paths
from whosays.publish import launch

FILES = Path(__file__).parent / "environments"
SECONDS = 600
THE_KIT = "the-kit.pth"  # puts the checkout on the path, as an editable installation would, and needs no build


class NotMade(Exception):
    """An environment could not be made; the text says what pip or uv said."""


def python_of(name, kit=True):
    """The interpreter of an environment, which is made if it is not there yet.

    Parameters
    ----------
    name : str
        ``environments/NAME.txt`` is what it holds, every package pinned and with its hashes.
    kit : bool
        Whether ``import whosays`` finds this checkout there, as after an editable installation.

    Returns
    -------
    pathlib.Path
        Call what is installed with ``-m``: the environment has been moved since it was made, so its scripts
        may not start. It has the version of Python that a line ``# python 3.12`` in ``NAME.in`` names, if this
        machine has that, else the version that runs the tests.

    Where it cannot be made (no network, a full disk), the calling test is skipped, and fails if ``CI`` is true.
    """
    try:
        return _python(made(name, kit))
    except NotMade as error:
        cannot(f"the environment {name!r} could not be made: {error}")


def cannot(why):
    """Skip a test that needs what this machine lacks; fail where a run is meant to be complete."""
    if os.environ.get("CI", "").lower() == "true":
        pytest.fail(why)
    pytest.skip(why)


def made(name, kit=True):
    """The folder of an environment, made if need be.

    Raises
    ------
    NotMade
    """
    file = FILES / f"{name}.txt"
    python = _interpreter(name)
    depends_on = repr((python, sys.version_info[:2], str(paths.root()) if kit else None))
    key = hashlib.sha256(
        file.read_bytes() + depends_on.encode("utf-8", "surrogateescape")
    ).hexdigest()[:12]
    place = Path(
        os.environ.get("WHOSAYS_ENVIRONMENTS")
        or platformdirs.user_cache_path("whosays") / "environments"
    )
    folder = place / f"{name}-{key}"
    if folder.is_dir():
        return folder
    # made under another name, so that what breaks off half-way, or another process, is never taken for whole
    making = place / f"{folder.name}.{os.getpid()}"
    try:
        _install(making, file, python)
        if kit:
            (_site_packages(making) / THE_KIT).write_text(f"{paths.root()}\n", encoding="utf-8")
        making.rename(folder)
    except (OSError, subprocess.TimeoutExpired) as error:
        if not folder.is_dir():  # else another process was quicker
            raise NotMade(error) from error
    finally:
        shutil.rmtree(making, ignore_errors=True)
    return folder


def _interpreter(name):
    """The Python to make an environment with, as a path."""
    wanted = re.search(
        r"^# python (3\.\d+)$", (FILES / f"{name}.in").read_text(encoding="utf-8"), re.MULTILINE
    )
    here = "{}.{}".format(*sys.version_info)
    version = wanted[1] if wanted else here
    if version != here:
        pyenv = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv")
        for python in [
            shutil.which(f"python{version}"),
            *sorted(pyenv.glob(f"versions/{version}.*/bin/python")),
        ]:
            # pyenv's own python3.12 may be there and start nothing
            code = f"import ensurepip, sys; sys.exit('%d.%d' % sys.version_info[:2] != {version!r})"
            if python and subprocess.run([python, "-c", code], capture_output=True).returncode == 0:
                return str(python)
    return sys._base_executable


def _install(folder, file, python):
    """uv where there is one (seconds), else venv and pip; the file is complete, so nothing is resolved."""
    beside = Path(sys.executable).with_name("uv.exe" if os.name == "nt" else "uv")
    uv = str(beside) if beside.exists() else shutil.which("uv")
    if uv:
        _run([uv, "venv", "--quiet", "--python", python, folder])
        _run(
            [
                uv,
                "pip",
                "install",
                "--quiet",
                "--python",
                _python(folder),
                "--no-deps",
                "--require-hashes",
                "-r",
                file,
            ]
        )
    else:
        # the tests' own pip installs, and what is never imported is never compiled: half the time
        _run([python, "-m", "venv", "--without-pip", folder])
        quiet = [
            "--quiet",
            "--disable-pip-version-check",
            "--no-input",
            "--python",
            _python(folder),
        ]
        _run(
            [
                sys.executable,
                "-m",
                "pip",
                *quiet,
                "install",
                "--no-compile",
                "--no-deps",
                "--require-hashes",
                "-r",
                file,
            ]
        )


def _run(arguments):
    done = subprocess.run(
        [str(argument) for argument in arguments], env=launch.environment(), stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", errors="replace", timeout=SECONDS,
    )  # fmt: skip
    if done.returncode:
        raise NotMade(" ".join(done.stdout.split())[-500:])


def _python(folder):
    return folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def _site_packages(folder):
    (found,) = folder.glob("Lib/site-packages" if os.name == "nt" else "lib/python*/site-packages")
    return found

"""Once installed, the kit needs no network: run where there is none, not where it is only left unused.

Every notebook runs there too, on Binder's versions (test_floors.py). That no page asks for anything outside is
watched in every browser test (tests/browser/conftest.py), the lessons and exercises among them.
"""

import os
import re
import shutil
import subprocess
from pathlib import Path

import cut_off
import pytest
from environments import cannot

from whosays.base import paths
from whosays.publish import launch

TESTS = Path(__file__).parent


def run(*arguments, **environment):
    if not cut_off.allowed():
        # root is refused in some containers only; others in many places, and can do nothing about it
        root = hasattr(os, "geteuid") and os.geteuid() == 0
        (cannot if root else pytest.skip)(
            "this machine gives out no network of one's own (unshare)"
        )
    done = subprocess.run(
        cut_off.command(*arguments), cwd=paths.root(), env=launch.environment() | environment,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8",
        errors="replace", timeout=600,
    )  # fmt: skip
    return done.returncode, done.stdout


@pytest.mark.slow
def test_where_it_runs_there_is_a_loopback_and_no_network(tmp_path):
    script = tmp_path / "look.py"
    # an address for documentation (RFC 5737): nobody is there, and without a network nobody can be asked
    script.write_text(
        "import socket\n"
        "server = socket.create_server(('127.0.0.1', 0))\n"
        "socket.create_connection(server.getsockname()).close()\n"
        "try:\n    socket.create_connection(('192.0.2.1', 80), timeout=5)\n"
        "except OSError as error:\n    print(error.strerror)\n",
        encoding="utf-8",
    )
    assert run(script) == (0, "Network is unreachable\n")


@pytest.mark.everywhere
def test_a_lesson_in_jupyterlab_and_in_the_browser_without_a_network():
    if not any(map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))):
        cannot("A Chromium is missing")
    lesson = f"{TESTS / 'browser' / 'test_every_lesson.py'}::test_a_lesson_runs_and_its_outputs_are_accessible"
    code, said = run(
        "-m", "pytest", "-q", "-p", "no:cacheprovider", f"{lesson}[02_attributing_claims]"
    )
    assert code == 0 and re.search(r"^1 passed", said, re.MULTILINE), said[-4000:]

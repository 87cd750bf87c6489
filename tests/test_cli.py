"""The ``whosays`` command: one door for errors, near matches, and the same exit codes everywhere."""

import errno
import re
import signal
import subprocess
import sys
import time

import pytest

from whosays import __version__, cli
from whosays.base import paths

RUN = [sys.executable, "-m", "whosays"]


def raising(monkeypatch, error):
    """A command that fails in a way that nobody foresaw."""

    def fail(argv):
        raise error

    monkeypatch.setattr(
        cli, "import_module", lambda *_: type("Module", (), {"main": staticmethod(fail)})
    )


def test_the_version_is_named(capsys):
    assert cli.main(["--version"]) == 0
    assert capsys.readouterr().out == f"whosays {__version__}\n"


@pytest.mark.parametrize(
    ("typed", "meant"), [("grad", "grade"), ("newcase", "new-case"), ("checkcase", "check-case")]
)
def test_a_misspelled_command_is_told_what_is_near(typed, meant, capsys):
    assert cli.main([typed]) == 2
    assert f"Did you mean {meant}" in capsys.readouterr().err


def test_a_command_that_is_like_none_is_told_all(capsys):
    assert cli.main(["xyzzy"]) == 2
    assert "usage: whosays COMMAND" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OSError(errno.ENOSPC, "No space left on device", "out.csv"), "out.csv: the disk is full"),
        (OSError(errno.EACCES, "Permission denied", "in.txt"), "in.txt: it may not be read"),
        (UnicodeDecodeError("utf-8", b"\xff", 0, 1, "bad"), "save it again as UTF-8"),
        (MemoryError(), "not enough memory"),
        (ZeroDivisionError("division by zero"), "a fault of the kit"),
    ],
)
def test_whatever_goes_wrong_ends_in_a_sentence(monkeypatch, capsys, error, said):
    monkeypatch.delenv("WHOSAYS_TRACEBACK", raising=False)
    raising(monkeypatch, error)
    assert cli.main(["reuse"]) == 2
    printed = capsys.readouterr()
    assert said in printed.err and "Traceback" not in printed.err + printed.out


def test_who_asks_for_the_traceback_has_it(monkeypatch):
    monkeypatch.setenv("WHOSAYS_TRACEBACK", "1")
    raising(monkeypatch, ZeroDivisionError())
    with pytest.raises(ZeroDivisionError):
        cli.main(["reuse"])


def test_a_reader_who_goes_away_ends_the_command_quietly():
    command = subprocess.Popen(
        [*RUN, "--help"], cwd=paths.root(), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    command.stdout.close()
    said = command.stderr.read()
    assert command.wait(60) in (0, 141) and said == b""


def test_ctrl_c_is_one_line(tmp_path):
    # whoever starts the tests in the background has the signal ignored, and children inherit that
    slow = "import signal, time, sys\nsignal.signal(signal.SIGINT, signal.default_int_handler)\n"
    slow += "from whosays import cli\ncli._run = lambda argv: (print('on', flush=True), time.sleep(60))\n"
    command = subprocess.Popen(
        [sys.executable, "-c", slow + "sys.exit(cli.main(['reuse']))"],
        cwd=paths.root(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert command.stdout.readline() == "on\n"
    time.sleep(0.2)  # until it sleeps
    command.send_signal(signal.SIGINT)
    said = command.communicate(timeout=60)[1]
    assert (
        command.returncode == 130
        and "Traceback" not in said
        and said.strip().startswith("Stopped.")
    )


def test_a_console_of_few_letters_prints_them_in_another_way():
    done = subprocess.run(
        [*RUN, "--help"], cwd=paths.root(), env={**__import__("os").environ, "PYTHONIOENCODING": "ascii"},
        capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0 and "usage" in done.stdout and "Voil\\xe0" in done.stdout


def test_the_docs_have_every_exit_code():
    page = (paths.root() / "docs" / "running.md").read_text(encoding="utf-8")
    table = page[page.index("## Exit codes") :]
    told = set(re.findall(r"^\| (\d+) \|", table, re.MULTILINE))
    assert told == {"0", "1", "2", "130", "141"}

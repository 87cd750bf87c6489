"""The grader itself under attack: what a student wrote may cost one process its time or memory, never the class."""

import errno
import json
import multiprocessing
import os
import socket
import subprocess
import sys
import zipfile
from contextlib import closing
from dataclasses import replace

import pytest
from grading_kit import Kit, linux_only, sandbox

from whosays.base import files, paths
from whosays.grading import attacks, batch, cells, processes, seccomp, written
from whosays.grading import sandbox as boxes
from whosays.grading.cells import NotebookCell
from whosays.grading.command import main
from whosays.grading.handed import clean
from whosays.grading.intake import find
from whosays.grading.row import SubmissionRow
from whosays.grading.spreadsheet import safe
from whosays.grading.watch import Limits

resource = pytest.importorskip("resource", reason="Windows has no limits of this kind")
pytestmark = linux_only  # elsewhere a worker is started anew and does not see what a test replaces


@pytest.fixture
def kit(tmp_path):
    return Kit(tmp_path)


def _grade(kit, **limits):
    settings = replace(Limits(), **limits)
    box = boxes.Unsandboxed
    return batch.grade_all(find(kit.submissions), kit.keys(), box, kit.out, settings, jobs=2)


# --- time and memory of the grader -----------------------------------------------------------------


def _freeze(*_):
    while True:
        pass


def _crash(*_):
    os.kill(os.getpid(), 9)


@pytest.mark.slow
@pytest.mark.parametrize(
    "stage, fault, status, words",
    [
        ("open_submission", _freeze, "unreadable", "reading it took longer than 1 seconds"),
        ("open_submission", _crash, "unreadable", "ended the process that was reading it"),
        ("judge", _freeze, "grader error", "marking it took longer than 1 seconds"),
        ("judge", _crash, "grader error", "ended the process that was marking it"),
    ],
)
def test_a_frozen_or_dead_reader_is_a_row(kit, monkeypatch, stage, fault, status, words):
    for student in ("anna", "bo"):
        kit.saved(kit.submissions / student, kit.values)
    module = batch if stage == "open_submission" else batch.mark
    real = getattr(module, stage)

    def only_anna(first, *more):
        named = getattr(first, "student", None) or only_anna.student
        only_anna.student = named
        return fault() if named == "anna" else real(first, *more)

    only_anna.student = ""
    if stage == "judge":
        opened = batch.open_submission

        def remember(submission, keys):
            only_anna.student = submission.student
            return opened(submission, keys)

        monkeypatch.setattr(batch, "open_submission", remember)
    monkeypatch.setattr(module, stage, only_anna)
    anna, bo = _grade(kit, reading_seconds=1) if fault is _freeze else _grade(kit)
    assert (anna.status, bo.status) == (status, "graded")
    assert words in anna.flags[0]
    assert set(anna.questions) == set(bo.questions)


REPEATED = [*map(chr, range(32, 127)), "\n", "\t", "\r", "\x1b[", "é", "ə", "\u2028", "\u3000"]
REPEATED += ["answer_9_1:", "answer_9_1 ", "answer_9_8=", "question(", "question( ", "import "]
REPEATED += ["\n ", "\n\t", "<<<<<<< ", "x = ", ".check(", "def x", "'''", "\x1b[0;"]


def _everything_on(piece):
    """All that the grader does with what a student wrote, on one line of a quarter of a million characters."""
    line = (piece * 250_000)[:250_000]
    key = _Key()
    for source in (line, f"answer_9_1{line}"):
        both = [NotebookCell(1, True, source), NotebookCell(2, False, source)]
        cells.mentions(source, "9.1")
        cells.sets(source, "9.1")
        written.answer_words("9.1", both, True, "variable")
        error = "name 'found' is not defined"
        written.error_words(NotebookCell(0, True, ""), "NameError", error, both)
        safe(clean(source))
        safe(source, lines=True)
    own = written.own_text(both, key)
    written.free_text("9.8", [("in the notebook", None)], own, ["9.8"])


class _Key:
    """What the search for a student's own words needs of a key."""

    ids = tuple(f"9.{n}" for n in range(1, 9))
    given = written.given_lines(['question("9.8").check(answer_9_8)'], ids)


@pytest.mark.slow
def test_no_pattern_takes_more_than_linear_time():
    """A long row of every character: seconds for all of them, many minutes if one took a square."""

    def fuzz():
        resource.setrlimit(resource.RLIMIT_CPU, (100, 100))
        for piece in REPEATED:
            _everything_on(piece)

    process = multiprocessing.get_context("fork").Process(target=fuzz)
    process.start()
    process.join()
    assert process.exitcode == 0


@pytest.mark.slow
def test_twenty_notebooks_of_20_mb_stay_small(kit):
    """The zip is read one notebook at a time: grader and sandbox below 300 MB."""
    box = sandbox()
    text = kit.book().solved().text()
    big = f'{text[:-1]}, "padding": "{"x" * ((20 << 20) - len(text) - 20)}"}}'
    with zipfile.ZipFile(kit.folder / "class.zip", "w", zipfile.ZIP_DEFLATED, True, 1) as archive:
        for number in range(20):
            archive.writestr(f"anna/{number:02d}.ipynb", big)
        archive.writestr("bo/09.ipynb", big)
    line = [sys.executable, "-m", "whosays.cli", "grade", str(kit.folder / "class.zip")]
    line += ["--key", str(kit.key), "--out", str(kit.out), "--sandbox", box.name]
    code = "import resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True)\n"
    code += "print('PEAK', resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    environment = {**os.environ, "PYTHONPATH": str(paths.PACKAGE.parent)}
    told = subprocess.run(
        [sys.executable, "-c", code, *line], env=environment, capture_output=True, text=True
    )
    assert "2 submissions: 2 graded" in told.stdout, told.stdout + told.stderr
    assert int(told.stdout.rpartition("PEAK")[2]) < 300 << 10


def test_the_readers_memory_limit_does_not_reach_the_sandbox():
    before = resource.getrlimit(resource.RLIMIT_DATA)
    batch._limit_memory(100)
    try:
        with pytest.raises(MemoryError):
            bytearray(400 << 20)
    finally:
        batch._limit_memory()
    assert resource.getrlimit(resource.RLIMIT_DATA) == before


def test_the_time_is_the_submissions_and_can_be_more():
    assert Limits.of_seconds(60) == Limits()
    more = Limits.of_seconds(600)
    assert (more.wall_seconds, more.cell_seconds, more.cpu_seconds) == (600, 300, 600)


def test_bytecode_is_made_once_for_all_sandboxes(tmp_path, monkeypatch):
    calls = []
    monkeypatch.setattr(boxes.subprocess, "run", lambda *a, **k: calls.append((a, k)))
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    boxes.warm()
    ((line,), options), *_ = calls
    assert "pandas" in line[-1] and "PYTHONDONTWRITEBYTECODE" not in options["env"]
    monkeypatch.undo()
    boxes.warm()
    module = paths.PACKAGE / "grading" / "runner.py"
    assert list((module.parent / "__pycache__").glob("runner.*.pyc"))


# --- where results go, and where the sandbox is ----------------------------------------------------


def _command(kit, out):
    return [str(kit.submissions), "--key", str(kit.key), "--out", str(out)]


def test_an_output_that_cannot_be_written_is_one_sentence(kit, capsys):
    kit.saved(kit.submissions / "anna", kit.values)
    (kit.folder / "file").write_text("in the way", encoding="utf-8")
    assert main(_command(kit, kit.folder / "file" / "out")) == 2
    said = capsys.readouterr().err
    assert "cannot be written" in said and "Traceback" not in said and said.count("\n") == 1


@pytest.mark.slow
@pytest.mark.parametrize("room", [0, 1, 2, 4])
def test_a_full_disk_is_one_sentence_and_loses_nothing(kit, monkeypatch, capsys, room):
    """The disk is full after some files; what was written before stays, and is not made again."""
    for student in ("anna", "bo", "cem"):
        kit.saved(kit.submissions / student, kit.values)
    real, left = files.write_whole, [room]

    def full(path, text):
        if text and not left[0]:
            raise OSError(errno.ENOSPC, "No space left on device")
        left[0] -= bool(text)
        real(path, text)

    monkeypatch.setattr(files, "write_whole", full)
    monkeypatch.setattr(attacks, "choose", lambda *_: boxes.Unsandboxed)
    assert main([*_command(kit, kit.out), "--jobs", "1"]) == 2
    said = capsys.readouterr().err
    assert "No space left on device" in said and "Traceback" not in said
    kept = {p: p.stat().st_mtime_ns for p in (kit.out / "results").iterdir()}
    assert len(kept) == min(room, 3)
    monkeypatch.setattr(files, "write_whole", real)
    assert main([*_command(kit, kit.out), "--jobs", "1"]) == 0
    assert {p: p.stat().st_mtime_ns for p in kept} == kept
    assert len(list((kit.out / "results").iterdir())) == 3


def test_bubblewrap_is_found_where_the_path_does_not_lead(monkeypatch):
    if not boxes.program("bwrap"):
        pytest.skip("bubblewrap is not installed")
    monkeypatch.setenv("PATH", "/nowhere")
    assert boxes.Bubblewrap.missing() == ""
    run = attacks.execute(boxes.Bubblewrap, attacks._job("answer = {'ran': 1}"), Limits())
    assert run.values == {"attack": {"ran": 1}} or "uid map" in run.output


def test_first_tries_of_a_hand_in_are_in_the_row(kit):
    folder = kit.submissions / "anna"
    kit.saved(folder, kit.values)
    path = folder / "09_demo.json"
    kept = json.loads(path.read_text(encoding="utf-8"))
    at = {"": "2026-03-01T10:00:00+00:00"}
    first = {"answer": "a", "at": at, "sure": 90, "checks": 40, "last": "2026-03-01T10:00:30+00:00"}
    kept["first"] = {"9.1": first, "9.2": {"answer": kit.values["9.2"], "sure": 30}, "9.8": "x"}
    path.write_text(json.dumps(kept), encoding="utf-8")
    (row,) = _grade(kit)
    assert row.first == {"9.1": 0, "9.2": 2}
    assert row.sure == [[90, 0], [30, 1]]
    assert row.checks == 40 and "9.1: checked faster than a person would" in row.flags
    assert SubmissionRow.from_json(json.loads(json.dumps(row.to_json()))) == row


# --- the rungs -------------------------------------------------------------------------------------


@pytest.mark.parametrize("machine", ["x86_64", "aarch64", "arm64"])
def test_the_filter_is_a_program_that_ends(machine):
    """Every jump lands inside, and the last step allows."""
    program = seccomp.program(machine)
    steps = len(program) // 8
    for number in range(steps):
        code, yes, no = program[8 * number], program[8 * number + 2], program[8 * number + 3]
        if code in (0x15, 0x35, 0x45):
            assert number + 1 + max(yes, no) < steps
    assert program[-8] == 0x06 and steps < 4096
    assert seccomp.program("riscv64") is None


_TYPES = """
import ctypes, fcntl, os
from whosays.grading import seccomp
class Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("steps", ctypes.c_void_p))
code = seccomp.program()
steps, prctl = ctypes.create_string_buffer(code, len(code)), ctypes.CDLL(None).prctl
prctl(38, 1, 0, 0, 0)
filled = Program(len(code) // 8, ctypes.cast(steps, ctypes.c_void_p))
assert prctl(22, 2, ctypes.byref(filled), 0, 0) == 0
for request in (0x5412, 0x541C):
    try:
        fcntl.ioctl(os.open("/dev/null", os.O_RDWR), request, b"x")
    except OSError as error:
        print(error.errno)
"""


@linux_only
def test_nothing_is_typed_into_a_terminal_or_a_console():
    """Refused by the filter (EPERM), not only by a file that is no terminal (ENOTTY)."""
    if seccomp.program() is None:
        pytest.skip("no system-call filter is known for this machine")
    run = subprocess.run(
        [sys.executable, "-c", _TYPES],
        cwd=paths.PACKAGE.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.stdout.split() == [str(errno.EPERM)] * 2, run.stderr


def test_sockets_count_and_a_process_that_is_ending_does_not(monkeypatch):
    """A dead child's open files may not be seen; it has none, and was once counted as 256 sockets."""
    before = processes.usage(os.getpid(), 10_000).megabytes
    pairs = [socket.socketpair() for _ in range(100)]
    try:
        assert processes.usage(os.getpid(), 10_000).megabytes >= before + 30
    finally:
        for pair in pairs:
            for end in pair:
                end.close()

    def not_seen(path):
        raise PermissionError(path)

    monkeypatch.setattr(processes.os, "listdir", not_seen)
    assert processes._held_by_kernel([os.getpid()]) == 0


def test_what_a_stranger_says_to_a_listener_is_told_from_an_attack():
    """A program that looks for a port's former owner would make a sandbox look open."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.setblocking(False)
        listener.listen()
        with socket.create_connection(listener.getsockname()) as stranger:
            stranger.sendall(b"is it you?")
            assert list(attacks.messages(listener, socket.SOCK_STREAM)) == [b"is it you?"]
        with socket.create_connection(listener.getsockname()):
            assert list(attacks.messages(listener, socket.SOCK_STREAM)) == [b""]
        assert list(attacks.messages(listener, socket.SOCK_STREAM)) == []


@linux_only
def test_a_bubblewrap_that_has_not_begun_has_written_nothing(monkeypatch):
    """On a busy machine it is asked while it still stands in the machine's own folders."""
    monkeypatch.setattr(boxes, "descendants", lambda pid: [os.getpid()])
    with (
        closing(boxes.Bubblewrap(paths.data())) as place,
        subprocess.Popen(["true"]) as process,
    ):
        assert not place.disk_full(process, replace(Limits(), scratch_files=-1))

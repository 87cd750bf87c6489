"""A whole class: every submission becomes one row, whatever happens to it.

Each submission is opened and marked in a process of its own, with limits on time and memory: what a
student wrote is read nowhere else. Each result is a file of its own, written whole or not at all,
named after the student and valid for exactly these files, this key and this version. So a run that
is killed loses nothing, and the next one does only what is left.
"""

import contextlib
import ctypes
import hashlib
import json
import multiprocessing
import os
import signal
import sys
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from multiprocessing.connection import wait
from pathlib import Path

from .. import __version__
from ..base import files, paths
from ..learner.verdict import BLANK
from . import alike, mark, row
from .handed import MAX_STUDENT_ZIP, FileRefused, clean
from .intake import Submission
from .opening import open_submission
from .processes import cpu_seconds
from .row import Entry, SubmissionRow
from .watch import Limits
from .words import said

_READING, _RUNNING, _MARKING = "reading", "running", "marking"
_BUSY = 10  # times as long may pass on the clock as a stage may compute
_PARENT_ENDS = 1  # PR_SET_PDEATHSIG of <linux/prctl.h>
_MESSAGE = 64 << 20  # bytes of the longest message a worker may send


class OutputFault(Exception):
    """Results cannot be written; the message says where and what to do."""


@dataclass(frozen=True)
class Run:
    """What every worker of one run needs: keys, sandbox, limits and where results are kept."""

    keys: list
    sandbox: object
    limits: Limits
    results: Path
    version: str


def grade_all(
    submissions: list[Submission],
    keys: list,
    sandbox,
    out: Path,
    limits: Limits | None = None,
    jobs: int | None = None,
    progress=None,
) -> list[SubmissionRow]:
    """Grade every submission that has no valid result yet: one row for each, in their order.

    The keys are :class:`.keys.Key`, the sandbox a :class:`.sandbox.Sandbox`. Results go to
    ``out/results``, one file each, ``jobs`` at a time (the number of cores when left out).
    ``progress`` is called with ``(done, all, student, ran)`` after each.

    Raises OutputFault when a result cannot be written. Those written before are kept.
    """
    results, limits = Path(out) / "results", limits or Limits()
    with writing(results):
        results.mkdir(parents=True, exist_ok=True)
    run = Run(keys, sandbox, limits, results, _version(keys, sandbox, limits))
    rows, waiting, workers, done = [None] * len(submissions), deque(enumerate(submissions)), [], 0
    try:
        while waiting or workers:
            while waiting and len(workers) < max(1, jobs or os.cpu_count() or 1):
                workers.append(_Worker(run, *waiting.popleft()))
            ready = wait([worker.pipe for worker in workers], timeout=0.2)
            for worker in list(workers):
                if worker.pipe in ready:
                    worker.hear()
                worker.look_at_the_clock()
                if worker.row is not None:
                    workers.remove(worker)
                    worker.end()
                    rows[worker.number], done = _kept(run, worker), done + 1
                    if progress:
                        progress(done, len(submissions), worker.submission.student, worker.ran)
    finally:
        for worker in workers:
            worker.end()
    alike.flag(rows)
    return rows


def _kept(run, worker):
    """The row of a worker, with whose it is, written down if it is new."""
    submission = worker.submission
    names = ("id", "student", "lms_id", "lms")
    whose = {name: getattr(submission, name) for name in names}
    filled_row = replace(worker.row, **whose, sandbox=run.sandbox.name)
    if worker.ran:
        place = run.results / f"{submission.id}.json"
        with writing(place):
            files.write_whole(
                place, json.dumps(filled_row.to_json(), ensure_ascii=True, indent=1) + "\n"
            )
    return filled_row


@dataclass
class _Worker:
    """One submission in a process of its own, watched from outside."""

    run: Run
    number: int
    submission: object
    row: SubmissionRow | None = None
    ran: bool = True
    stage: str = _READING
    since: float = field(default_factory=time.monotonic)
    computed: float = 0.0  # seconds, before this stage

    def __post_init__(self):
        # forked where that is sound: it costs milliseconds, a new interpreter half a second
        kind = "fork" if sys.platform.startswith("linux") else "spawn"
        context = multiprocessing.get_context(kind)
        self.pipe, theirs = context.Pipe(duplex=False)
        arguments = (theirs, self.run, self.submission)
        self.process = context.Process(target=_work, args=arguments, daemon=True)
        self.process.start()
        theirs.close()

    def hear(self):
        """Take one message: the next stage, or the row."""
        try:
            message = json.loads(self.pipe.recv_bytes(_MESSAGE))
        except (EOFError, OSError, ValueError):
            self._failed(f"it ended the process that was {self.stage} it")
            return
        if type(message) is str:
            self.stage, self.since = message, time.monotonic()
            self.computed = cpu_seconds(self.process.pid) or 0.0
        else:
            self.row, self.ran = SubmissionRow.from_json(message["row"]), message["ran"]

    def look_at_the_clock(self):
        if self.row is not None:
            return
        limits, passed = self.run.limits, time.monotonic() - self.since
        allowed = limits.reading_seconds
        if self.stage == _RUNNING:  # held by the sandbox's own limits; this is for our own faults
            allowed = 60 + 3 * (limits.wall_seconds + 30)
        elif passed < _BUSY * allowed:
            # on a busy machine a clock would be unfair: seconds of computing count
            computed = cpu_seconds(self.process.pid)
            passed = passed if computed is None else computed - self.computed
        if passed > allowed:
            self._failed(f"{self.stage} it took longer than {allowed} seconds")

    def _failed(self, why):
        status = row.UNREADABLE_FILE if self.stage == _READING else row.GRADER_ERROR
        self.row = _no_marks(self.run.keys[0], status, [why])

    def end(self):
        """End the process, and with it every sandbox it has started."""
        self.process.kill()
        self.process.join()
        self.pipe.close()


def _work(pipe, run, submission):
    """In a submission's own process: open, run and mark it; tell each stage, then the row."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if sys.platform.startswith("linux"):
        _end_with_parent()

    def stage(name):
        # the sandbox has limits of its own
        _limit_memory(None if name == _RUNNING else run.limits.reading_mb)
        pipe.send_bytes(json.dumps(name).encode())

    graded_row, ran = _one(run, submission, stage)
    _limit_memory()
    pipe.send_bytes(json.dumps({"row": graded_row.to_json(), "ran": ran}).encode())


def _end_with_parent():
    """Let the kernel end this process when its parent ends (Linux only)."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_PARENT_ENDS, signal.SIGKILL, 0, 0, 0)


def _limit_memory(megabytes=None):
    """Limit what this process may add to its memory; without a number there is no limit."""
    try:
        import resource
    except ImportError:  # Windows
        return
    soft = hard = resource.getrlimit(resource.RLIMIT_DATA)[1]
    if megabytes is not None:
        with contextlib.suppress(OSError, StopIteration, ValueError):
            with open("/proc/self/status", encoding="ascii") as file:
                line = next(line for line in file if line.startswith("VmData:"))
            soft = (int(line.split()[1]) << 10) + (megabytes << 20)
    resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))


def _one(run, submission, stage):
    """``(row, whether it was run now)``; never raises."""
    valid = ""
    try:
        stage(_READING)
        valid = f"{_fingerprint(submission)}-{run.version}"
        with contextlib.suppress(OSError, ValueError, RecursionError, *_NO_ROW):
            text = (run.results / f"{submission.id}.json").read_text(encoding="utf-8")
            stored = SubmissionRow.from_json(json.loads(text))
            if stored.valid == valid and stored.sandbox == run.sandbox.name:
                return stored, False
        graded_row = _graded(submission, run, stage)
    except Exception as error:  # one broken submission never ends the class
        # without "valid" it is tried again next time
        flags = [f"{type(error).__name__}: {clean(error, 200)}"]
        return _no_marks(run.keys[0], row.GRADER_ERROR, flags), True
    return replace(graded_row, valid=valid), True


_NO_ROW = (TypeError, KeyError, AttributeError)


def _graded(submission, run, stage):
    opened = open_submission(submission, run.keys)
    if opened.status:
        graded_row = _no_marks(run.keys[0], opened.status, opened.problems)
    else:
        graded_row = mark.grade_work(run.sandbox, opened.work, opened.key, run.limits, stage)
    return replace(graded_row, named=[list(who) for who in opened.named][:50])


def _no_marks(key, status, flags):
    """The questions of a set, none of them answered: a row that nothing could be read for."""
    questions = {q["id"]: Entry(q["kind"], BLANK, 0, q["points"]) for q in key.questions}
    return SubmissionRow(status, flags, set=key.name, number=key.number, questions=questions)


def kit_digest(package: Path = paths.PACKAGE) -> str:
    """A digest of the kit's own files: a mark may depend on any of them."""
    seed, package = hashlib.sha256(), Path(package)
    for path in sorted(package.rglob("*")):
        name = path.relative_to(package)
        if path.suffix in (".py", ".csv", ".json", ".toml", ".txt") and name.parts[0] != "_kit":
            seed.update(str(name).encode() + hashlib.sha256(path.read_bytes()).digest())
    return seed.hexdigest()


def _version(keys, sandbox, limits):
    """What a kept result depends on besides the submission: key, data, kit, sandbox, limits."""
    seed = hashlib.sha256()
    for key in keys:
        seed.update(key.text.encode("utf-8", "surrogatepass"))
        for path in sorted(Path(key.data).rglob("*.csv")):
            seed.update(path.read_bytes())
    parts = [__version__, kit_digest(), sandbox.name, limits.to_json()]
    seed.update(json.dumps(parts).encode())
    return seed.hexdigest()[:24]


def _fingerprint(submission):
    """The submission's own part: every byte that was handed in, and what could not be read."""
    told = submission.problems, submission.beside
    own = repr((submission.student, submission.lms_id, *told))
    seed = hashlib.sha256(own.encode("utf-8", "replace"))
    # the order of the dates decides which file counts; the dates themselves change with every copy
    for handed in sorted(submission.files, key=lambda h: (h.changed, h.name)):
        seed.update(repr((handed.name, handed.late)).encode("utf-8", "replace"))
        try:
            with handed.opened() as file:
                left = MAX_STUDENT_ZIP  # more is not read afterwards either
                while left > 0 and (data := file.read(1 << 20)):
                    seed.update(data)
                    left -= len(data)
        except FileRefused as problem:
            seed.update(str(problem).encode())
    return seed.hexdigest()[:24]


@contextlib.contextmanager
def writing(place: Path) -> Iterator[None]:
    """Turn a folder that cannot be written, or a full disk, into one sentence: OutputFault."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise OutputFault(said("not_written", place=place, reason=reason)) from None


class Progress:
    """How far it is and how long it will take: a line that rewrites itself, or lines in a log."""

    def __init__(self):
        self.stream = sys.stderr
        self.started, self.ran, self.shown = time.monotonic(), 0, -1.0
        self.live = hasattr(self.stream, "isatty") and self.stream.isatty()

    def __call__(self, done, total, student, ran):
        self.ran += ran
        passed = time.monotonic() - self.started
        left = round(passed / self.ran * (total - done)) if self.ran else 0
        clock = f"{left // 60}:{left % 60:02d} left"
        line = f"{done}/{total} [{'#' * (20 * done // total):<20}] {clock}  {student[:30]}"
        if self.live:
            self.stream.write(f"\r{line:<78}" + ("\n" if done == total else ""))
        elif done == total or passed - self.shown > 10:
            self.shown = passed
            self.stream.write(line.rstrip() + "\n")
        self.stream.flush()

"""A whole class: every submission becomes one row, whatever happens to it.

Each result is a file of its own, written whole or not at all, named after the student and valid for
exactly these files, this key and this version. So a run that is killed loses nothing, and the next
one does only what is left.
"""

import contextlib
import hashlib
import json
import os
import queue
import shutil
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from .. import __version__
from . import mark
from .intake import Refused, clean
from .versions import judge_version
from .watch import Limits


@dataclass(frozen=True)
class Settings:
    """How a class is graded; part of what a kept result is valid for."""

    hard_coded: str = "none"
    limits: Limits = Limits()


def grade_all(submissions, keys, sandbox, out, settings=Settings(), jobs=None, progress=None):
    """Grade every submission that has no valid result yet.

    Parameters
    ----------
    submissions : list of intake.Submission
    keys : list of keys.Key
    sandbox : ladder.Sandbox
    out : path
        Results go to ``out/results``, one file each.
    settings : Settings
    jobs : int, optional
        How many at a time; the number of cores when left out.
    progress : callable, optional
        Called with ``(done, all, student, ran)`` after each.

    Returns
    -------
    list of dict
        One result for each submission, in their order.
    """
    results = Path(out) / "results"
    results.mkdir(parents=True, exist_ok=True)
    version = _version(keys, sandbox, settings)
    rows, todo, done = [None] * len(submissions), queue.SimpleQueue(), []
    lock, stop = threading.Lock(), threading.Event()
    for number in range(len(submissions)):
        todo.put(number)

    def work():
        while not stop.is_set():
            try:
                number = todo.get_nowait()
            except queue.Empty:
                return
            submission = submissions[number]
            row, ran = _one(submission, keys, sandbox, results, settings, version)
            with lock:
                rows[number] = row
                done.append(number)
                if progress:
                    progress(len(done), len(submissions), submission.student, ran)

    # daemons: a teacher who presses Ctrl-C does not wait for the slowest notebook
    threads = [
        threading.Thread(target=work, daemon=True)
        for _ in range(max(1, jobs or os.cpu_count() or 1))
    ]
    try:
        for thread in threads:
            thread.start()
        for thread in threads:
            while thread.is_alive():
                thread.join(0.2)
    except BaseException:
        stop.set()
        raise
    _same_work(rows)
    return rows


def _version(keys, sandbox, settings):
    """What a kept result depends on besides the submission: key, data, judge, sandbox and settings."""
    seed = hashlib.sha256()
    for key in keys:
        seed.update(key.text.encode("utf-8", "surrogatepass"))
        for place in (key.data, *(place for place, _ in key.variants)):
            for path in sorted(Path(place).rglob("*.csv")):
                seed.update(path.read_bytes())
    seed.update(judge_version().encode())
    seed.update(
        json.dumps(
            [__version__, sandbox.name, settings.hard_coded, settings.limits.to_json()]
        ).encode()
    )
    return seed.hexdigest()[:24]


def _fingerprint(submission):
    """The submission's own part: every byte that was handed in, and what could not be read."""
    seed = hashlib.sha256(
        repr((submission.student, submission.lms_id, submission.problems)).encode(
            "utf-8", "replace"
        )
    )
    # the order of the dates decides which file counts; the dates themselves change with every copy
    for handed in sorted(submission.files, key=lambda h: (h.changed, h.name)):
        seed.update(repr((handed.name, handed.late)).encode("utf-8", "replace"))
        try:
            seed.update(hashlib.sha256(handed.read()).digest())
        except Refused as problem:
            seed.update(str(problem).encode())
    return seed.hexdigest()[:24]


def _one(submission, keys, sandbox, results, settings, version):
    """``(result, whether it was run now)``; never raises."""
    place = results / f"{submission.id}.json"
    try:
        valid = f"{_fingerprint(submission)}-{version}"
        with contextlib.suppress(OSError, ValueError, RecursionError, TypeError, KeyError):
            kept = json.loads(place.read_text(encoding="utf-8"))
            if kept["valid"] == valid and kept["sandbox"] == sandbox.name:
                return kept, False
        row = _graded(submission, keys, sandbox, settings)
    except Exception as error:  # one broken submission never ends the class
        valid = ""  # so that it is tried again next time
        row = {
            "status": mark.GRADER_ERROR,
            "flags": [f"{type(error).__name__}: {clean(error, 200)}"],
        }
    row = {
        "id": submission.id,
        "student": submission.student,
        "lms_id": submission.lms_id,
        "lms": submission.lms,
        "set": "",
        "number": "",
        "file": "",
        "questions": {},
        "beliefs": {},
        "balanced_accuracy": None,
        "seconds": 0,
        "peak_mb": 0,
        **row,
        "sandbox": sandbox.name,
        "valid": valid,
    }
    write_whole(place, json.dumps(row, ensure_ascii=True, indent=1) + "\n")
    return row, True


def _graded(submission, keys, sandbox, settings):
    key, work, status, problems = mark.open_submission(submission, keys)
    if key is None:
        return {"status": status, "flags": problems, **_no_marks(keys[0])}
    return mark.grade_work(sandbox, work, key, settings.limits, settings.hard_coded)


def _no_marks(key):
    """The questions of a set, none of them answered: a row that nothing could be read for."""
    entries = {
        q["id"]: {
            "kind": q["kind"],
            "status": mark.BLANK,
            "points": 0,
            "of": q["points"],
            "say": [],
            "notes": [],
            "parts": [],
            "answer": None,
        }
        for q in key.questions
    }
    return {"set": key.name, "number": key.number, "questions": entries}


def _same_work(rows):
    """Flag rows whose answers are the same word for word or, with several mistakes, part for part."""
    seen = {}
    for row in rows:
        if row["status"] in (mark.GRADED, mark.TIMED_OUT, mark.KERNEL_DIED, mark.OVER_LIMIT):
            for what, key in _likeness(row):
                seen.setdefault((row["set"], what, key), []).append(row)
    for (_, what, _), alike in seen.items():
        if len(alike) > 1:
            for row in alike:
                others = ", ".join(other["student"] for other in alike if other is not row)
                flag = f"{what} as {others}"[:200]
                # kept results are read again: the flag is made anew from all rows of this run
                row["flags"] = [f for f in row["flags"] if not f.startswith(f"{what} as ")] + [flag]


def _likeness(row):
    texts = [
        e["answer"]
        for e in row["questions"].values()
        if e["kind"] == "text" and len(e.get("answer") or "") > 60
    ]
    for text in texts:
        yield "same free text", " ".join(text.split()).casefold()
    wrong = {
        identity: e["answer"]
        for identity, e in row["questions"].items()
        if e["kind"] != "text" and e["status"] in (mark.NOT_YET, mark.PARTLY)
    }
    # right answers are alike anyway; two wrong ones alike in every detail are worth a look
    if len(wrong) >= 2:
        yield "same wrong answers", json.dumps(wrong, sort_keys=True)


def write_whole(path, text):
    """Write a file whole or not at all."""
    path = Path(path)
    handle, part = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", errors="replace", newline="") as file:
            file.write(text)
        os.chmod(part, 0o600)
        os.replace(part, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(part)
        raise


def sweep():
    """Remove scratch folders that a killed run left behind: those whose grader is no longer there."""
    for place in Path(tempfile.gettempdir()).glob("whosays-box-*-*"):
        number = place.name.split("-")[2]
        with contextlib.suppress(OSError):
            if number.isdigit() and not _alive(int(number)) and not place.is_symlink():
                shutil.rmtree(place, ignore_errors=True)


def _alive(pid):
    if os.name == "nt":
        return True  # signal 0 would end it there; the system cleans its own temporary folder
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


class Progress:
    """How far it is and how long it will take, in one line that rewrites itself; plain lines in a log."""

    def __init__(self, stream=None):
        self.stream = sys.stderr if stream is None else stream
        self.started, self.ran, self.shown = time.monotonic(), 0, -1.0
        self.live = hasattr(self.stream, "isatty") and self.stream.isatty()

    def __call__(self, done, total, student, ran):
        self.ran += ran
        passed = time.monotonic() - self.started
        left = passed / self.ran * (total - done) if self.ran else 0
        line = (
            f"{done}/{total} [{'#' * (20 * done // total):<20}] {_clock(left)} left  {student[:30]}"
        )
        if self.live:
            self.stream.write(f"\r{line:<78}" + ("\n" if done == total else ""))
        elif done == total or passed - self.shown > 10:
            self.shown = passed
            self.stream.write(line.rstrip() + "\n")
        self.stream.flush()


def _clock(seconds):
    seconds = round(seconds)
    return f"{seconds // 60}:{seconds % 60:02d}"

"""One run of one notebook in a sandbox, watched from outside.

The limits on the whole tree of processes are held here, where a submission cannot reach them: time,
time for one cell, memory, number of processes, disk, what is said and what is printed.
"""

import json
import os
import subprocess
import tempfile
import threading
import time
from contextlib import closing
from dataclasses import asdict, dataclass, field

_TICK = 0.05  # seconds between two looks at the processes


@dataclass(frozen=True)
class Limits:
    """What one submission may use, all its processes together where not said otherwise."""

    wall_seconds: int = 60
    cell_seconds: int = 30
    cpu_seconds: int = 60  # for one process
    reading_seconds: int = 60  # to open what was handed in, and again to mark it
    reading_mb: int = 220  # for that, on top of the grader itself
    memory_mb: int = 1000
    address_mb: int = 2500  # for one process
    processes: int = 64
    scratch_mb: int = 128  # on each of the places that can be written
    file_mb: int = 64  # for one file
    scratch_files: int = 50_000
    answers_mb: int = 4
    answer_kb: int = 256
    output_kb: int = 64  # what is kept of what is printed

    @classmethod
    def of_seconds(cls, seconds: int) -> "Limits":
        """The limits of a submission that may take so long; one cell may take half of it."""
        return cls(wall_seconds=seconds, cell_seconds=max(1, seconds // 2), cpu_seconds=seconds)

    def to_json(self) -> dict[str, int]:
        return asdict(self)


@dataclass
class RunOutput:
    """What came out of one run, by question. Of unknown truth, like everything from inside."""

    values: dict[str, object] = field(default_factory=dict)  # the last answer named, plain JSON
    how: dict[str, str] = field(default_factory=dict)  # ``"variable"`` or ``"checked"``
    problems: dict[str, str] = field(default_factory=dict)  # why an answer is not plain data
    # name and message of the error of a cell, by the cell's number
    errors: dict[int, tuple[str, str]] = field(default_factory=dict)
    ended: str = ""  # why it did not run to its end, where it did not: one of :data:`REASONS`
    at: int | None = None  # the cell in which it ended
    printed_kb: int = 0
    peak_mb: int = 0  # largest memory of the tree seen
    seconds: float = 0.0
    output: str = ""


DIED, TIME, CELL_TIME = "kernel died", "time limit", "cell time limit"
MEMORY, PROCESSES, DISK, ANSWERS = "memory limit", "process limit", "disk limit", "answer limit"
REASONS = {
    DIED: "the Python process ended before the notebook did (it crashed, was killed or left)",
    TIME: "the whole notebook took longer than {wall_seconds} seconds",
    CELL_TIME: "the cell took longer than {cell_seconds} seconds",
    MEMORY: "it used more than {memory_mb} MB of memory",
    PROCESSES: "it started more than {processes} processes",
    DISK: "it wrote more than {scratch_mb} MB or {scratch_files} files",
    ANSWERS: "its answers were longer than {answers_mb} MB",
}


class _Stream(threading.Thread):
    """Reads one pipe to its end; keeps the beginning, counts the rest."""

    def __init__(self, pipe, limit):
        super().__init__(daemon=True)
        self.pipe, self.limit, self.kept, self.seen = pipe, limit, bytearray(), 0
        self.start()

    def run(self):
        while True:
            try:
                data = os.read(self.pipe.fileno(), 1 << 16)
            except (OSError, ValueError):
                return
            if not data:
                return
            self.seen += len(data)
            self._take(data)

    def _take(self, data):
        if len(self.kept) < self.limit:
            self.kept += data[: self.limit - len(self.kept)]


class _Answers(_Stream):
    """The same for the answers, read line by line as they come."""

    def __init__(self, pipe, limit, questions, run):
        self.rest, self.questions, self.outcome = b"", questions, run
        self.ended, self.cell, self.since = False, None, time.monotonic()
        super().__init__(pipe, limit)

    def _take(self, data):
        if self.seen > self.limit:
            return
        self.rest += data
        *lines, self.rest = self.rest.split(b"\n")
        for line in lines:
            self._line(line)

    def _line(self, line):
        """Take one message. Whoever sent it, it can name an answer or an error and nothing else."""
        try:
            message = json.loads(line)
        except (ValueError, RecursionError):
            return
        if type(message) is not dict:
            return
        run, question = self.outcome, message.get("question")
        if type(message.get("cell")) is int:
            self.cell, self.since = message["cell"], time.monotonic()
        elif type(message.get("ran")) is int:
            self.cell, self.since = None, time.monotonic()
            error = message.get("error")
            if type(error) is list and len(error) == 2 and all(type(part) is str for part in error):
                run.errors[message["ran"]] = (error[0][:100], error[1][:500])
        elif message.get("end") is True:
            self.ended = True
        elif type(question) is str and question in self.questions:
            for record in (run.values, run.how, run.problems):
                record.pop(question, None)
            if type(message.get("problem")) is str:
                run.problems[question] = message["problem"][:300]
            elif "value" in message:
                run.values[question] = message["value"]
                run.how[question] = "checked" if message.get("how") == "checked" else "variable"


def execute(sandbox, job: dict, limits: Limits) -> RunOutput:
    """Run a job in a :class:`.sandbox.Sandbox`.

    When this returns, every process of the run has ended.
    The job has ``cells`` (pairs of number and source), ``questions`` (id to variable), ``imports``,
    ``skip`` and ``data`` (the folder of case packs to use). Nothing in it is secret.
    """
    run, started = RunOutput(), time.monotonic()
    with closing(sandbox(job["data"])) as place, tempfile.TemporaryFile() as job_file:
        whole = {
            **job,
            **place.job,
            "limits": limits.to_json() | {"rlimit_processes": place.process_limit(limits)},
        }
        job_file.write(json.dumps(whole).encode("utf-8"))
        job_file.seek(0)
        process = subprocess.Popen(
            place.command(limits),
            stdin=job_file,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=place.environment,
            cwd=place.folder,
            pass_fds=place.pass_fds,
            **place.options,
        )
        answers = _Answers(process.stdout, limits.answers_mb << 20, job["questions"], run)
        printed = _Stream(process.stderr, limits.output_kb << 10)
        try:
            run.ended = _watch(process, answers, place, limits, run, started)
        finally:
            place.end(process)
            answers.join(2)
            printed.join(2)
            process.stdout.close()
            process.stderr.close()
    if not run.ended and not answers.ended:
        run.ended = DIED
    run.at = answers.cell if run.ended else None
    run.printed_kb = printed.seen >> 10
    run.output = bytes(printed.kept).decode("utf-8", "replace")
    run.seconds = round(time.monotonic() - started, 2)
    return run


def _watch(process, answers, place, limits, run, started):
    """Wait for the end; the reason to end it sooner, or ""."""
    tick = 0
    while True:
        try:
            process.wait(_TICK if tick > 4 else 0.01)
            answers.join(5)
            return ""
        except subprocess.TimeoutExpired:
            pass
        tick += 1
        now = time.monotonic()
        if answers.ended:
            # the runner leaves at once after this; whatever else is still there is not waited for
            time.sleep(_TICK)
            return ""
        if now - started > limits.wall_seconds:
            return TIME
        # the runner stops a cell itself; this is for one that does not let it
        if answers.cell is not None and now - answers.since > limits.cell_seconds + 2:
            return CELL_TIME
        if answers.seen > answers.limit:
            return ANSWERS
        used = place.usage(process, limits)
        run.peak_mb = max(run.peak_mb, used.megabytes)
        if used.megabytes > limits.memory_mb:
            return MEMORY
        if used.processes > limits.processes + 8:  # the sandbox's own are among them
            return PROCESSES
        if tick % 10 == 0 and place.disk_full(process, limits):
            return DISK

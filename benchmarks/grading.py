"""Three graders on the same questions in one run: ours, nbgrader and Otter.

    python benchmarks/grading.py --nbgrader ENV/bin/python --otter ENV/bin/python --write

Each of the other two needs an environment of its own (``pip install nbgrader``, ``pip install
otter-grader ipykernel``: Otter runs notebooks but brings no kernel); without it its line says that
it was not run. Times depend on the machine and are
only to be compared with each other. Seconds on the clock grow with whatever else runs on it;
seconds of computing, of a tool and all its processes, hardly do. The table goes to
``benchmarks/grading.md``.
"""

import argparse
import contextlib
import ctypes
import json
import os
import platform
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]
SET = "01_who_is_speaking"


def closed_questions():
    """The questions of a real exercise that a machine marks: name, right answer, others' test."""
    from whosays.base import paths
    from whosays.exercise.build import load_set, one_answer

    made = load_set(paths.solutions() / f"{SET}_sol.ipynb")
    assert not made.problems, made.problems
    found = []
    for question in made.questions:
        if question["kind"] != "text":
            name, right = question["id"].replace(".", "_"), one_answer(question["answer"], question)
            found.append((name, repr(right), f"answer_{name} == {right!r}"))
    return made, found


MADE, QUESTIONS = closed_questions()
ALWAYS_EQUAL = "type('Any', (), {'__eq__': lambda s, o: True, '__getitem__': lambda s, k: s})()"
ATTACKS = {
    "an endless loop": ("while True: pass\n", {}),
    "objects equal to everything": ("", {name: ALWAYS_EQUAL for name, _, _ in QUESTIONS}),
    "kill of the parent process": ("import os; os.kill(os.getppid(), 9)\n", {}),
    "process left": ("import os; os._exit(0)\n", {}),
}
LIMIT = 90  # seconds after which a tool that does not end is ended


def code(source, identity, **metadata):
    return {
        "cell_type": "code",
        "id": identity,
        "metadata": metadata,
        "source": source,
        "outputs": [],
        "execution_count": None,
    }


def raw(source, identity):
    return {"cell_type": "raw", "id": identity, "metadata": {}, "source": source}


def book(cells):
    spec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return json.dumps(
        {"cells": cells, "metadata": {"kernelspec": spec}, "nbformat": 4, "nbformat_minor": 5}
    )


def run(command, folder, python=None, limit=LIMIT):
    """``(seconds, return code, output)``; None for the code when it had to be ended."""
    environment = dict(os.environ)
    if python:  # nbgrader calls alembic by its bare name
        environment["PATH"] = f"{Path(python).parent}:{environment['PATH']}"
    started = time.monotonic()
    process = subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        output, _ = process.communicate(timeout=limit)
        code = process.returncode
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, 9)
        output, code = process.communicate()[0], None
    return time.monotonic() - started, code, output


class Ours:
    name = "whosays"

    def __init__(self, folder, python):
        from whosays.base import paths
        from whosays.exercise.notebook import read_notebook
        from whosays.grading.keys import build_keys

        self.submissions, self.out, self.key = (folder / n for n in ("class", "out", "key"))
        self.submissions.mkdir()
        self.blank = read_notebook(paths.exercises() / f"{SET}_ex.ipynb")
        assert build_keys([MADE], self.key)

    def hand_in(self, student, first="", answers=None):
        from hostile.book import Handed

        handed = Handed(self.blank)
        for name, right, _ in QUESTIONS:
            handed.answer(name.replace("_", "."), (answers or {}).get(name, right))
        if first:
            handed.first(first)
        handed.write(self.submissions / student, f"{SET}_ex.ipynb")

    def grade(self):
        line = [sys.executable, "-m", "whosays.cli", "grade", str(self.submissions)]
        line += ["--key", str(self.key), "--out", str(self.out), "--jobs", "1"]
        seconds, code, output = run(line, ROOT, limit=900)
        return seconds, output if code else ""

    def marks(self, student):
        import csv

        with open(self.out / "gradebook.csv", encoding="utf-8-sig", newline="") as file:
            row = next((row for row in csv.DictReader(file) if row["student"] == student), None)
        if row is None:
            return None
        return sum(float(row[name.replace("_", ".")] or 0) > 0 for name, _, _ in QUESTIONS)


class Nbgrader:
    name = "nbgrader"

    def __init__(self, folder, python):
        self.folder, self.python = folder, python
        cells = []
        for name, right, test in QUESTIONS:
            solution = {
                "grade": False,
                "solution": True,
                "locked": False,
                "task": False,
                "schema_version": 3,
                "grade_id": f"a{name}",
            }
            tests = {
                "grade": True,
                "solution": False,
                "locked": True,
                "task": False,
                "schema_version": 3,
                "points": 1,
                "grade_id": f"t{name}",
            }
            cells.append(
                code(
                    f"### BEGIN SOLUTION\nanswer_{name} = {right}\n### END SOLUTION",
                    f"a{name}",
                    nbgrader=solution,
                )
            )
            cells.append(
                code(
                    f"### BEGIN HIDDEN TESTS\nassert {test}\n### END HIDDEN TESTS",
                    f"t{name}",
                    nbgrader=tests,
                )
            )
        place = folder / "source" / "ps1"
        place.mkdir(parents=True)
        (place / "ps1.ipynb").write_text(book(cells), encoding="utf-8")
        (folder / "nbgrader_config.py").write_text(
            "c = get_config()\nc.CourseDirectory.course_id = 'x'\n", encoding="utf-8"
        )
        self.call("generate_assignment", "ps1", "--create")
        self.release = json.loads(
            (folder / "release" / "ps1" / "ps1.ipynb").read_text(encoding="utf-8")
        )

    def call(self, *arguments, limit=LIMIT):
        return run([self.python, "-m", "nbgrader", *arguments], self.folder, self.python, limit)

    def hand_in(self, student, first="", answers=None):
        made = json.loads(json.dumps(self.release))
        for cell in made["cells"]:
            for name, right, _ in QUESTIONS:
                if cell.get("metadata", {}).get("nbgrader", {}).get("grade_id") == f"a{name}":
                    cell["source"] = f"answer_{name} = {(answers or {}).get(name, right)}"
        made["cells"][:0] = [code(first, "first")] if first else []
        place = self.folder / "submitted" / student / "ps1"
        place.mkdir(parents=True, exist_ok=True)
        (place / "ps1.ipynb").write_text(json.dumps(made), encoding="utf-8")

    def grade(self):
        seconds, code, output = self.call("autograde", "ps1", limit=600)
        more, _, _ = self.call("generate_feedback", "ps1", limit=600)
        self.call("export")
        return seconds + more, output[-400:] if code else ""

    def marks(self, student):
        import csv

        try:
            with open(self.folder / "grades.csv", encoding="utf-8", newline="") as file:
                row = next(
                    (row for row in csv.DictReader(file) if row["student_id"] == student), None
                )
        except FileNotFoundError:
            return None
        return (
            None
            if row is None or not (self.folder / "autograded" / student).exists()
            else int(float(row["score"]))
        )


class Otter:
    name = "Otter"

    def __init__(self, folder, python):
        self.folder, self.python, self.results = folder, python, {}
        cells = [
            raw(
                "# ASSIGNMENT CONFIG\nname: ps1\nexport_cell: false\nrun_tests: false\ngenerate: true",
                "config",
            )
        ]
        for name, right, test in QUESTIONS:
            cells += [
                raw(f"# BEGIN QUESTION\nname: q{name}\npoints: 1", f"b{name}"), raw("# BEGIN SOLUTION", f"bs{name}"),
                code(f"answer_{name} = {right} # SOLUTION", f"s{name}"), raw("# END SOLUTION", f"es{name}"),
                raw("# BEGIN TESTS", f"bt{name}"), code(f"assert {test}", f"t{name}"), raw("# END TESTS", f"et{name}"),
                raw("# END QUESTION", f"e{name}"),
            ]  # fmt: skip
        (folder / "ps1.ipynb").write_text(book(cells), encoding="utf-8")
        seconds, status, output = run(
            [python, "-m", "otter", "assign", "ps1.ipynb", "dist"], folder, python
        )
        self.archive = next(iter((folder / "dist" / "autograder").glob("*.zip")), None)
        if self.archive is None:
            raise RuntimeError(f"otter assign: {output[-300:]}")
        self.handed = {}

    def hand_in(self, student, first="", answers=None):
        made = json.loads(
            (self.folder / "dist" / "student" / "ps1.ipynb").read_text(encoding="utf-8")
        )
        left = {name: right for name, right, _ in QUESTIONS}
        for cell in made["cells"]:
            source = "".join(cell["source"])
            for name in list(left):
                if cell["cell_type"] == "code" and f"answer_{name} = ..." in source:
                    cell["source"] = source.replace(
                        "...", (answers or {}).get(name, left.pop(name))
                    )
        made["cells"][:0] = [code(first, "first")] if first else []
        place = self.folder / "submitted" / student
        place.mkdir(parents=True, exist_ok=True)
        (place / "ps1.ipynb").write_text(json.dumps(made), encoding="utf-8")
        self.handed[student] = place

    def grade(self):
        total, problem = 0.0, ""
        for student, place in self.handed.items():
            if student not in self.results:
                seconds, status, output = run(
                    [
                        self.python,
                        "-m",
                        "otter",
                        "run",
                        "-a",
                        str(self.archive),
                        "-o",
                        str(place),
                        str(place / "ps1.ipynb"),
                    ],
                    place,
                    self.python,
                )
                total += seconds
                problem = problem or (
                    "" if (place / "results.json").exists() else output[-300:] or "ended by us"
                )
                self.results[student] = status
        return total, problem

    def marks(self, student):
        try:
            tests = json.loads((self.handed[student] / "results.json").read_text(encoding="utf-8"))[
                "tests"
            ]
        except (OSError, ValueError, KeyError):
            return None
        return sum(test.get("score", 0) > 0 for test in tests)


def version(python, package):
    told = subprocess.run(
        [python, "-c", f"import importlib.metadata as m; print(m.version({package!r}))"],
        capture_output=True,
        text=True,
        check=False,
    )
    return told.stdout.strip()


def computed():
    """Seconds of computing of every process below this one that has ended, orphans among them."""
    time.sleep(1)  # what was killed with its parent comes here to be counted
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def measure(tool, number):
    """Honest submissions first, timed; then one attack at a time beside one more honest classmate."""
    for n in range(number):
        tool.hand_in(f"honest{n:03d}")
    before = computed()
    seconds, problem = tool.grade()
    right = sum(tool.marks(f"honest{n:03d}") == len(QUESTIONS) for n in range(number))
    result = {
        "seconds": seconds / number,
        "computing": (computed() - before) / number,
        "right": right,
        "problem": problem,
        "load": os.getloadavg()[0],
        "attacks": {},
    }
    for n, (name, (first, answers)) in enumerate(ATTACKS.items()):
        tool.hand_in(f"attack{n}", first, answers)
        tool.hand_in(f"classmate{n}")
        seconds, problem = tool.grade()
        result["attacks"][name] = (seconds, tool.marks(f"attack{n}"), tool.marks(f"classmate{n}"))
    return result


def quiet(results):
    """How quiet the machine was, in a sentence."""
    loads = [found["load"] for found in results.values() if type(found) is not str]
    if not loads or max(loads) < os.cpu_count():
        return "Nothing else ran on it."
    return (
        f"The machine was not quiet: other work shared it, and its load was {min(loads):.0f} to "
        f"{max(loads):.0f} (quiet would be 1)."
    )


def table(results, number, command):
    """The committed page."""
    lines = [
        "# Grading: three tools on the same questions", "",
        f"Made by `{command}` on {date.today()}, {platform.system()}, Python {platform.python_version()}, "
        f"{os.cpu_count()} cores. Times are to be compared with each other only. {quiet(results)}", "",
        f"{number} honest submissions of a real exercise, {SET}, with its {len(QUESTIONS)} questions that a machine "
        "marks. One worker for each tool: nbgrader has no more. Ours: `whosays grade --jobs 1`, in a sandbox, gradebook, "
        "feedback and class report included; it also finds the sandbox by attacking it, once a class, and that is in the "
        "time. nbgrader: `autograde` and `generate_feedback`. Otter: `otter run`, one after the other (`otter grade` needs "
        "Docker, which was not there).", "",
        "| tool | seconds on the clock for each honest submission | seconds of computing | graded right | load of the machine |",
        "|---|---|---|---|---|",
    ]  # fmt: skip
    for label, found in results.items():
        lines.append(
            f"| {label} | {found} | - | - | - |"
            if type(found) is str
            else f"| {label} | {found['seconds']:.2f} | {found['computing']:.2f} | {found['right']} of {number} | {found['load']:.0f} |"
        )
    lines += [
        "", f"Then one attack at a time, each beside one more honest classmate: right answers of the attacker (of {len(QUESTIONS)}) and of the classmate.", "",
        "| attack | " + " | ".join(results) + " |", "|---|" + "---|" * len(results),
    ]  # fmt: skip
    for name in ATTACKS:
        cells = []
        for found in results.values():
            if type(found) is str:
                cells.append("not run")
                continue
            seconds, attacker, classmate = found["attacks"][name]
            shown = [
                "no result" if marks is None else f"{marks}" for marks in (attacker, classmate)
            ]
            cells.append(f"{shown[0]}; classmate {shown[1]}; {seconds:.0f} s")
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    lines += [
        "", "The attackers' own answers, where they give any, are right except in the second line: there all are objects that claim to be "
        "equal to everything, and deserve nothing. In the others the cell with the attack comes first; ours runs the notebook "
        f"once more without a cell that ended it. A tool that did not end was ended after {LIMIT} s (600 s for nbgrader's batch).",
        "",
        "Seconds on the clock grow with whatever else runs on the machine; seconds of computing, of a tool and of all that it "
        "starts, hardly do: where the machine was not quiet, compare these.",
    ]  # fmt: skip
    return "\n".join(lines) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--nbgrader", metavar="PYTHON")
    parser.add_argument("--otter", metavar="PYTHON")
    parser.add_argument("--submissions", type=int, default=20)
    parser.add_argument("--write", action="store_true", help="write benchmarks/grading.md")
    options = parser.parse_args()
    ctypes.CDLL(None).prctl(36, 1, 0, 0, 0)  # PR_SET_CHILD_SUBREAPER: see computed()
    results = {}
    for made, python, package in (
        (Ours, sys.executable, "whosays"),
        (Nbgrader, options.nbgrader, "nbgrader"),
        (Otter, options.otter, "otter-grader"),
    ):
        if not python:
            results[made.name] = "not run: no environment was named"
            continue
        label = f"{made.name} {version(python, package)}"
        folder = Path(tempfile.mkdtemp(prefix="grading-benchmark-"))
        try:
            results[label] = measure(made(folder, python), options.submissions)
        except Exception as error:
            results[label] = (
                f"could not run: {type(error).__name__}: {' '.join(str(error).split())[:200]}"
            )
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        print(label, results[label], file=sys.stderr)
    command = f"python benchmarks/grading.py --submissions {options.submissions} --nbgrader … --otter … --write"
    text = table(results, options.submissions, command)
    print(text)
    if options.write:
        (ROOT / "benchmarks" / "grading.md").write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()

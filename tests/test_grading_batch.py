"""A class from the command line: rows whatever happens, nothing twice, resumed after a kill, refused without a sandbox."""

import csv
import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from grading_kit import Kit, linux_only, sandbox
from test_grading_keys import computing

from whosays.base import paths
from whosays.exercise.build import build, load_set, one_answer
from whosays.exercise.tries import remember
from whosays.grading import attacks, batch, processes, watch
from whosays.grading import sandbox as boxes
from whosays.grading.attacks import try_rung
from whosays.grading.command import main
from whosays.grading.intake import find
from whosays.grading.keys import build_keys, data_from, read_keys
from whosays.grading.nbgrader import with_metadata
from whosays.grading.row import SubmissionRow
from whosays.grading.variants import write_variant
from whosays.learner import hand_in


@pytest.fixture
def kit(tmp_path):
    return Kit(tmp_path)


def _rows(kit):
    with open(kit.out / "gradebook.csv", encoding="utf-8-sig", newline="") as file:
        return {row["student"]: row for row in csv.DictReader(file)}


def _command(kit, *more):
    named = os.environ.get("WHOSAYS_TEST_SANDBOX")
    more = [*more, "--sandbox", named] if named else more
    return [str(kit.submissions), "--key", str(kit.key), "--out", str(kit.out), *more]


@pytest.mark.slow
@linux_only
def test_one_command_from_folder_to_gradebook(kit, capsys):
    sandbox()
    kit.book().solved().write(kit.submissions / "anna")
    kit.book().write(kit.submissions / "bo")
    assert main(_command(kit)) == 0
    said = capsys.readouterr()
    assert "2 submissions" in said.out and "1 free texts to mark" in said.out and "2/2" in said.err
    rows = _rows(kit)
    assert (rows["anna"]["points"], rows["anna"]["status"], rows["bo"]["status"]) == (
        "17",
        "graded",
        "not attempted",
    )
    assert (kit.out / rows["anna"]["feedback"]).is_file()
    assert (kit.out / "class_report.html").is_file()
    # nothing is run again, and only what changed
    times = {path: path.stat().st_mtime_ns for path in (kit.out / "results").iterdir()}
    kit.book().solved("9.1").write(kit.submissions / "bo")
    assert main(_command(kit)) == 0
    changed = [path.name for path, when in times.items() if path.stat().st_mtime_ns != when]
    assert [re.sub("-.*", "", name) for name in changed] == ["bo"]
    assert _rows(kit)["bo"]["points"] == "16"


@linux_only
@pytest.mark.slow
def test_killed_at_any_moment_it_goes_on(kit):
    """SIGKILL in the middle: no sandbox lives on, no result is lost or half, and the rest is done by the next run."""
    sandbox()
    for n in range(8):
        kit.book().solved().first(
            "import time; time.sleep(0.4); mark = 'KILLED-GRADER-MARK'"
        ).write(kit.submissions / f"s{n}")
    line = [sys.executable, "-m", "whosays.cli", "grade", *_command(kit, "--jobs", "2")]
    environment = {**os.environ, "PYTHONPATH": str(paths.PACKAGE.parent)}
    results, kept, below = kit.out / "results", {}, set()
    for _ in range(2):
        process = subprocess.Popen(
            line,
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        until = time.monotonic() + 60
        while (
            time.monotonic() < until
            and process.poll() is None
            and len(list(results.glob("s*.json"))) < len(kept) + 2
        ):
            time.sleep(0.02)
        below |= set(processes.descendants(process.pid))
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        for path, text in kept.items():
            assert path.read_text(encoding="utf-8") == text
        kept = {path: path.read_text(encoding="utf-8") for path in results.glob("s*.json")}
        assert all(json.loads(text)["status"] == "graded" for text in kept.values())
    assert 0 < len(kept) < 8
    until = time.monotonic() + 10
    while time.monotonic() < until and any(map(_is_python_or_bwrap, below)):
        time.sleep(0.05)
    assert len(below) > 3 and not [pid for pid in below if _is_python_or_bwrap(pid)]
    assert subprocess.run(line, env=environment, capture_output=True, timeout=120).returncode == 0
    assert {row["points"] for row in _rows(kit).values()} == {"17"} and len(_rows(kit)) == 8
    for path, text in kept.items():
        assert path.read_text(encoding="utf-8") == text


def _is_python_or_bwrap(pid):
    """Whether a process of a sandbox is still there (its number may be another's by now)."""
    try:
        line = Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return False
    return b"grading.runner" in line


@linux_only
@pytest.mark.slow
def test_typed_in_answers_show_on_another_pack(tmp_path, kit):
    """A question that is to be computed: the code's answer holds on another pack, the typed one does not."""
    box = sandbox()
    write_variant(paths.data() / "ferry", tmp_path / "variant", seed=3)
    solutions = computing(tmp_path / "own")
    with data_from(tmp_path / "variant"):
        sets, problems = build(solutions=solutions, exercises=tmp_path / "ex")
    assert problems == []
    build_keys(sets, tmp_path / "key2", tmp_path / "variant")
    count = (
        len((paths.data() / "ferry" / "sources.csv").read_text(encoding="utf-8").splitlines()) - 1
    )
    for name, value in (("coded", 'len(load_case("ferry").sources)'), ("typed", str(count))):
        book = kit.book().solved()
        book.last(
            f'from whosays import load_case\nanswer_9_9 = {{"value": {value}, "counts": "documents"}}'
        )
        book.write(kit.submissions / name)
    keys = read_keys(tmp_path / "key2")
    rows = {row.student: row for row in batch.grade_all(find(kit.submissions), keys, box, kit.out)}
    assert rows["coded"].questions["9.9"].points == 2
    typed = {part.id: part.status for part in rows["typed"].questions["9.9"].parts}
    assert typed == {"value": "not yet", "counts": "right"}


@linux_only
@pytest.mark.slow
def test_twins_are_graded_together(tmp_path, kit):
    """A class may hold learners on the main case and on the practice case."""
    box = sandbox()
    key = next(kit.key.glob("*.json"))
    text = key.read_text(encoding="utf-8")
    made = json.loads(text.replace('"9.', '"9.').replace("09_demo", "09_demo_ferry"))
    made |= {"number": "09f", "questions": [{**q, "id": q["id"] + "f"} for q in made["questions"]]}
    (kit.key / "09_demo_ferry.key.json").write_text(json.dumps(made), encoding="utf-8")
    kit.book().solved().write(kit.submissions / "anna")
    twin = kit.book().solved()
    for cell in twin.cells:
        cell["source"] = re.sub(
            r"answer_9_(\d)",
            r"answer_9_\1f",
            re.sub(r'"9\.(\d)"', r'"9.\1f"', "".join(cell["source"])),
        )
    twin.write(kit.submissions / "bo")
    rows = batch.grade_all(find(kit.submissions), kit.keys(), box, kit.out)
    assert [(row.number, sum(e.points or 0 for e in row.questions.values())) for row in rows] == [
        ("09", 17),
        ("09f", 17),
    ]


@linux_only
@pytest.mark.slow
def test_the_lessons_own_hand_in_file_is_graded_as_it_comes(tmp_path, monkeypatch):
    """All sixteen notebooks are in it, blank; what counts is in the fields, of the twin, too."""
    box, submissions = sandbox(), tmp_path / "class"
    submissions.mkdir()
    names = ("01_who_is_speaking", "01_who_is_speaking_ferry")
    sets = [load_set(paths.solutions() / f"{name}_sol.ipynb") for name in names]
    assert len(build_keys(sets, tmp_path / "key")) == 2

    def hand_in_of(student, name, answers, first):
        monkeypatch.setenv("WHOSAYS_ANSWERS", str(tmp_path / student))
        kept = {"set": name, "answers": answers, "first": first}
        (tmp_path / student).mkdir()
        (tmp_path / student / f"{name}.json").write_text(json.dumps(kept), encoding="utf-8")
        hand_in.write(student).path.rename(submissions / f"whosays-{student}.zip")

    for made, student in zip(sets, ("anna", "bo"), strict=True):
        answers = {q["id"]: one_answer(q["answer"], q) for q in made.questions}
        question = next(q for q in made.questions if q["kind"] == "choice")
        first = {question["id"]: remember(None, question, answers[question["id"]])}
        hand_in_of(student, made.name, answers, first)
    hand_in_of("cem", names[0], {}, first)
    keys = read_keys(tmp_path / "key")
    anna, bo, cem = batch.grade_all(find(submissions), keys, box, tmp_path / "out")
    for row, made in zip((anna, bo), sets, strict=True):
        assert (row.set, row.status, row.flags) == (made.name, "graded", [])
        assert all(e.points in (e.of, None) for e in row.questions.values())
        assert list(row.first.values()) == [2]
    assert cem.status == "not attempted" and "not saved" in cem.flags[0]


def test_refused_without_a_sandbox(kit, monkeypatch, capsys):
    kit.book().solved().first("open('RAN', 'w')").write(kit.submissions / "anna")
    monkeypatch.setattr(boxes, "RUNGS", ())
    assert main(_command(kit)[:5]) == 2
    assert "nothing was run" in capsys.readouterr().err
    assert not (kit.out / "gradebook.csv").exists()


@pytest.mark.skipif(os.name == "nt", reason="there is no root")
def test_root_runs_nothing_unsandboxed(monkeypatch):
    monkeypatch.setattr(boxes, "RUNGS", ())
    monkeypatch.setattr(boxes, "is_root", lambda: True)
    with pytest.raises(attacks.NoSandbox, match="as root nothing is run"):
        attacks.choose(trust=True)


@pytest.mark.slow
def test_trusted_submissions_are_stamped(kit, monkeypatch, capsys):
    monkeypatch.setattr(boxes, "RUNGS", ())
    monkeypatch.setattr(boxes, "is_root", lambda: False)
    kit.book().solved().write(kit.submissions / "anna")
    kit.book().solved("9.1").source("9.1", "while True: pass").write(kit.submissions / "bo")
    assert main([*_command(kit)[:5], "--trust-submissions", "--seconds", "3"]) == 0
    assert "no sandbox" in capsys.readouterr().err
    rows = _rows(kit)
    assert {row["sandbox"] for row in rows.values()} == {"unsandboxed"}
    assert (rows["anna"]["points"], rows["bo"]["status"], rows["bo"]["points"]) == (
        "17",
        "timed out",
        "16",
    )


@pytest.mark.slow
def test_a_sandbox_that_is_installed_and_does_not_hold_is_not_used():
    """The attacks decide, not that something is there."""
    found = try_rung(boxes.Unsandboxed) if os.name != "nt" else None
    if found is None:
        pytest.skip("the attacks are written for POSIX")
    assert any("read outside" in problem for problem in found)
    assert any("network" in problem for problem in found)
    assert any("end other programs" in problem for problem in found)
    if sys.platform.startswith("linux"):
        assert any("touch files outside" in problem for problem in found)
        assert any("hold up whoever writes" in problem for problem in found)
        assert any("sockets of other programs" in problem for problem in found)


@linux_only
@pytest.mark.slow
def test_attacks_on_bubblewrap():
    rung = boxes.Bubblewrap
    if missing := rung.missing():
        pytest.skip(missing)
    found = try_rung(rung)
    if (found and "does not run in it" in found[0]) or "forbids" in " ".join(found):
        pytest.skip(found[0])
    assert found == []


def test_container_command_shuts_everything_off(tmp_path):
    line = boxes.Podman(tmp_path).command(watch.Limits())
    text = " ".join(line)
    for words in (
        "--network none",
        "--read-only",
        "--cap-drop ALL",
        "no-new-privileges",
        "--memory 1000m",
        "--pids-limit 64",
        "--user 65534",
    ):
        assert words in text
    assert all(part.endswith(":ro") for part in line if ":/kit" in part)


def test_results_among_the_submissions_are_refused(kit, capsys):
    kit.book().write(kit.submissions / "anna")
    assert (
        main([str(kit.submissions), "--key", str(kit.key), "--out", str(kit.submissions / "out")])
        == 2
    )
    assert "among the submissions" in capsys.readouterr().err
    assert main([str(kit.submissions), "--key", str(kit.key), "--out", str(kit.folder)]) == 2
    assert "key lies among the results" in capsys.readouterr().err


def test_a_broken_result_file_is_made_again(kit, monkeypatch):
    kit.book().write(kit.submissions / "anna")
    (submission,) = find(kit.submissions)
    calls = kit.folder / "calls"
    calls.write_text("")
    monkeypatch.setattr(
        batch, "_graded", lambda *_: calls.write_text(calls.read_text() + "x") and SubmissionRow()
    )
    for damage in (None, "", '{"valid": 3', "[]", "[" * 100_000):
        batch.grade_all([submission], kit.keys(), boxes.Unsandboxed, kit.out)
        place = kit.out / "results" / f"{submission.id}.json"
        if damage is not None:
            place.write_text(damage, encoding="utf-8")
    assert calls.read_text() == "x" * 4


def test_a_fault_of_the_grader_is_a_row(kit, monkeypatch):
    kit.book().write(kit.submissions / "anna")
    kit.book().write(kit.submissions / "bo")

    def fails(submission, *_):
        if submission.student == "anna":
            raise RuntimeError("deep inside")
        return SubmissionRow()

    monkeypatch.setattr(batch, "_graded", fails)
    rows = batch.grade_all(find(kit.submissions), kit.keys(), boxes.Unsandboxed, kit.out)
    assert [row.status for row in rows] == ["grader error", "graded"]


def test_nbgrader_metadata_carries_points_and_nothing_else(kit):
    made = with_metadata(kit.blank, {q["id"]: q["points"] for q in kit.keys()[0].questions})
    marked = [
        cell["metadata"]["nbgrader"] for cell in made["cells"] if "nbgrader" in cell["metadata"]
    ]
    assert [m["points"] for m in marked] == [1, 2, 4, 2, 2, 3, 3, 3]
    assert len({m["grade_id"] for m in marked}) == 8
    assert ["".join(c["source"]) for c in made["cells"]] == [
        c["source"] for c in kit.blank["cells"]
    ]


def test_progress_tells_the_time_left(capsys):
    progress = batch.Progress()
    for done in range(1, 4):
        progress(done, 3, "anna", True)
    assert re.search(r"3/3 \[#{20}\] 0:00 left", capsys.readouterr().err)


@linux_only
def test_descendants_are_found():
    started = []
    # children of another thread are children, too
    thread = threading.Thread(
        target=lambda: started.append(subprocess.Popen(["sh", "-c", "sleep 60 & sleep 60 & wait"]))
    )
    thread.start()
    thread.join()
    try:
        until = time.monotonic() + 20
        while time.monotonic() < until and len(processes.descendants(started[0].pid)) < 2:
            time.sleep(0.01)
        below = set(processes.descendants(os.getpid()))
        assert started[0].pid in below and set(processes.descendants(started[0].pid)) <= below
        assert len(processes.descendants(started[0].pid)) == 2
    finally:
        for pid in [*processes.descendants(started[0].pid), started[0].pid]:
            os.kill(pid, signal.SIGKILL)
        started[0].wait()

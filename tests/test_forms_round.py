"""Before and after as a teacher does it: two forms handed in by a class, graded and compared."""

import csv
import os

import pytest
from grading_kit import linux_only, sandbox

from whosays import cli
from whosays.base import paths
from whosays.exercise.build import load_set, one_answer
from whosays.exercise.question import question
from whosays.learner import hand_in

# For each learner: the forms before and after; which sentences are answered wrongly before, which
# are left blank, which are answered wrongly after.
CLASS = {
    "anna": ("90", "91", "abc", "", "a"),
    "ben": ("90", "91", "abcd", "", ""),
    "cem": ("92", "90", "ab", "h", "b"),
    "dede": ("92", "90", "a", "", "ab"),
}


def _answers(number):
    (path,) = paths.solutions().glob(f"forms/{number}_*_sol.ipynb")
    asked = load_set(path).questions[0]
    return one_answer(asked["answer"], asked)


def _hand_in(folder, student, number, wrong, blank=""):
    right = _answers(number)
    one, two = set(right.values())
    given = {k: (two if v == one else one) if k in wrong else v for k, v in right.items()}
    question(f"{number}.1").check({k: v for k, v in given.items() if k not in blank}, sure=70)
    hand_in.write(student).path.rename(folder / f"whosays-{student}.zip")


def _rows(book):
    with book.open(encoding="utf-8-sig", newline="") as file:
        return {row["student"].removeprefix("whosays-"): row for row in csv.DictReader(file)}


@linux_only
@pytest.mark.slow
def test_a_class_takes_two_forms_and_is_compared(tmp_path, monkeypatch, capsys):
    """With the commands of docs/teaching/before-and-after.md: all forms at a time in one folder."""
    box, keys = sandbox(), tmp_path / "keys"
    assert cli.main(["build", "90", "91", "92", "--key-dir", str(keys)]) == 0
    before, after = tmp_path / "before", tmp_path / "after"
    for out in (before, after):
        submissions = tmp_path / f"handed-in-{out.name}"
        submissions.mkdir()
        for student, (first, second, wrong, blank, later) in CLASS.items():
            kept = tmp_path / student
            monkeypatch.setenv("WHOSAYS_ANSWERS", str(kept))
            if out is before:
                _hand_in(submissions, student, first, wrong, blank)
                for file in kept.glob("*.json"):  # the lessons lie between the two
                    os.utime(file, (file.stat().st_mtime - 86400,) * 2)
            else:
                _hand_in(submissions, student, second, later)
        command = ["grade", str(submissions), "--key", str(keys), "--out", str(out)]
        assert cli.main([*command, "--sandbox", box.name]) == 0
    first, second = (_rows(out / "gradebook.csv") for out in (before, after))
    assert {who: row["set"] for who, row in first.items()} == {w: c[0] for w, c in CLASS.items()}
    assert {who: row["set"] for who, row in second.items()} == {w: c[1] for w, c in CLASS.items()}
    assert {row["status"] for row in (*first.values(), *second.values())} == {"graded"}
    points = [float(first[who][f"{CLASS[who][0]}.1"]) for who in CLASS]
    assert points == [5, 4, 5, 7]
    sides = "rightly_accepted", "rightly_rejected"
    assert sum(int(first["cem"][side]) for side in sides) == 5, "a blank sentence is not found"
    capsys.readouterr()
    books = (str(out / "gradebook.csv") for out in (before, after))
    assert cli.main(["grade", "forms", "compare", *books]) == 0
    said = capsys.readouterr().out
    assert "+1.75" in said and "2 of 3 orders" in said and "the mean may then be chance" in said

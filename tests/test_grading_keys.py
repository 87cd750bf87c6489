"""Keys: built outside the repository, refused where they could be read, and variants of a case."""

import json
import subprocess

import pytest
from exercise_books import Book
from grading_kit import Kit

from whosays import load_case
from whosays.base import paths
from whosays.case.check import check_case
from whosays.grading.build import main as build_main
from whosays.grading.keys import BadKey, read_keys, refuse_place
from whosays.grading.variants import write_variant


@pytest.fixture(scope="module")
def kit(tmp_path_factory):
    return Kit(tmp_path_factory.mktemp("keys"))


def test_key_has_answers_and_no_code_of_the_author(kit):
    (key,) = kit.keys()
    assert key.ids == [f"9.{n}" for n in range(1, 9)]
    assert key.points == 20
    assert key.question("9.1")["parts"][0]["accepts"] == ["b"]
    assert all("solution" not in question for question in key.questions)
    assert key.given['question("9.8").check(answer_9_8)'] == "9.8"


def test_command_builds_a_key_and_no_exercises(kit, tmp_path, capsys):
    arguments = [
        "--solutions",
        str(kit.folder / "solutions"),
        "--key-dir",
        str(tmp_path / "key"),
        "--exercises",
        str(tmp_path / "ex"),
    ]
    assert build_main(arguments) == 0
    assert [p.name for p in (tmp_path / "key").iterdir()] == ["09_demo.key.json"]
    assert not (tmp_path / "ex").exists()


def test_refused_inside_a_git_work_tree(kit, tmp_path, capsys):
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    arguments = [
        "--solutions",
        str(kit.folder / "solutions"),
        "--key-dir",
        str(tmp_path / "deep" / "key"),
    ]
    assert build_main(arguments) == 1
    assert "git work tree" in capsys.readouterr().err
    assert not (tmp_path / "deep").exists()


def test_refused_where_submissions_can_read_or_bring_it(kit, tmp_path):
    with pytest.raises(BadKey, match="lie in one another"):
        refuse_place(kit.submissions / "anna", kit.submissions)
    with pytest.raises(BadKey, match="lie in one another"):
        refuse_place(kit.folder, kit.submissions)
    with pytest.raises(BadKey):
        refuse_place(paths.data() / "x")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        "[]",
        '{"format": 9}',
        '{"format": 2, "set": "x"}',
        "\ufeff{}",
        '{"format": 2, "data": 5}',
    ],
)
def test_a_damaged_key_is_named(tmp_path, text):
    (tmp_path / "09_demo.key.json").write_text(text, encoding="utf-8")
    with pytest.raises(BadKey, match=r"09_demo.key.json"):
        read_keys(tmp_path)


def test_no_key_and_the_wrong_set(kit, tmp_path):
    with pytest.raises(BadKey, match="no key"):
        read_keys(tmp_path)
    with pytest.raises(BadKey, match="no key for 08"):
        read_keys(kit.key, only="08")


def test_several_sets_ask_which(kit, tmp_path):
    text = next(kit.key.glob("*.json")).read_text(encoding="utf-8")
    for number in ("08", "09", "09f"):
        made = {**json.loads(text), "number": number, "set": f"{number}_demo"}
        (tmp_path / f"{number}.key.json").write_text(json.dumps(made), encoding="utf-8")
    with pytest.raises(BadKey, match="--set 08"):
        read_keys(tmp_path)
    assert [key.number for key in read_keys(tmp_path, only="09")] == ["09", "09f"]
    assert [key.number for key in read_keys(tmp_path, only="08")] == ["08"]


def test_variant_is_a_whole_pack_with_other_rows(tmp_path):
    left_out = write_variant(paths.data() / "ferry", tmp_path, seed=7)
    again = write_variant(paths.data() / "ferry", tmp_path / "again", seed=7)
    assert again == left_out and len(left_out) == 2
    assert not [
        problem for problem in check_case(tmp_path / "ferry") if problem.severity == "error"
    ]
    whole, variant = load_case(paths.data() / "ferry"), load_case(tmp_path / "ferry")
    assert len(variant.sources) == len(whole.sources) - 2
    assert 0 < len(variant.assertions) < len(whole.assertions)
    assert not [a for a in variant.assertions if a["source_id"] in left_out]


def computing(tmp_path):
    """The demo set with a ninth question that is to be computed from the practice case."""
    book = Book().append("raw", COMPUTED, "q9").append("code", COMPUTED_SOLUTION, "q9-answer")
    book.write(tmp_path / "solutions")
    return tmp_path / "solutions"


COMPUTED = '''id = "9.9"
kind = "number"
title = "How many documents?"
prompt = """
Count the documents of the practice case with code.
"""
points = 2
computed = true
hints = ["load_case has a table of sources."]
explain = """
The table sources has one row for each document.
"""

[[field]]
name = "counts"
ask = "What does it count?"
options = ["documents", "claims"]

[[wrong]]
answer = { counts = "claims" }
say = "A document is not a claim."'''
COMPUTED_SOLUTION = """from whosays import load_case
### BEGIN SOLUTION
answer_9_9 = {"value": len(load_case("ferry").sources), "counts": "documents"}
### END SOLUTION
question("9.9").check(answer_9_9)"""


def test_key_with_variants_keeps_only_what_they_change(tmp_path, capsys):
    write_variant(paths.data() / "ferry", tmp_path / "variant", seed=3)
    arguments = [
        "--solutions",
        str(computing(tmp_path)),
        "--key-dir",
        str(tmp_path / "key"),
        "--variant",
        str(tmp_path / "variant"),
    ]
    assert build_main(arguments) == 0, capsys.readouterr().err
    (key,) = read_keys(tmp_path / "key")
    ((place, questions),) = key.variants
    assert place == (tmp_path / "variant").resolve()
    assert list(questions) == ["9.9"]
    assert questions["9.9"]["answer"]["value"] == key.question("9.9")["answer"]["value"] - 2


def test_key_with_a_variant_that_is_not_there(kit, tmp_path, capsys):
    arguments = [
        "--solutions",
        str(kit.folder / "solutions"),
        "--key-dir",
        str(tmp_path / "key"),
        "--variant",
        str(tmp_path / "none"),
    ]
    assert build_main(arguments) == 1
    assert "no folder" in capsys.readouterr().err

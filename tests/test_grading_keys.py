"""Keys: built outside the repository, refused where they could be read, and variants of a case."""

import json
import pprint
import subprocess
from functools import partial
from types import SimpleNamespace

import pytest
from exercise_books import Book
from grading_kit import Kit

from whosays import load_case
from whosays.base import paths
from whosays.case.check import check_case
from whosays.exercise.build import load_set, one_answer
from whosays.exercise.kinds import kind_of
from whosays.exercise.notebook import read_notebook
from whosays.exercise.spec import answer_name
from whosays.grading.build import main as build_main
from whosays.grading.cells import NotebookCell
from whosays.grading.keys import BadKey, read_keys, refuse_place
from whosays.grading.variants import write_variant
from whosays.grading.written import free_text, given_lines, own_text


@pytest.fixture(scope="module")
def kit(tmp_path_factory):
    return Kit(tmp_path_factory.mktemp("keys"))


def test_key_has_answers_and_no_code_of_the_author(kit):
    (key,) = kit.keys()
    assert key.ids == [f"9.{n}" for n in range(1, 9)]
    assert key.points == 20
    assert key.question("9.1")["parts"][0]["accepts"] == ["b"]
    assert all("solution" not in question for question in key.questions)
    assert key.given['question("9.8").check(answer_9_8).widget()'] == "9.8"


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


def test_a_key_of_a_variant_has_its_answers(tmp_path, capsys):
    write_variant(paths.data() / "ferry", tmp_path / "variant", seed=3)
    own = ["--solutions", str(computing(tmp_path)), "--key-dir"]
    assert build_main([*own, str(tmp_path / "key")]) == 0, capsys.readouterr().err
    other = [*own, str(tmp_path / "varied"), "--data", str(tmp_path / "variant")]
    assert build_main(other) == 0, capsys.readouterr().err
    (key,), (varied,) = read_keys(tmp_path / "key"), read_keys(tmp_path / "varied")
    assert varied.data == (tmp_path / "variant").resolve()
    answers = [one.question("9.9")["answer"]["value"] for one in (key, varied)]
    assert answers[1] == answers[0] - 2


@pytest.fixture(scope="module")
def sets():
    """Every set of the kit, with the cells of its exercise: whether each is code, and its source."""
    found = []
    for path in sorted(paths.solutions().glob("*_sol.ipynb")):
        made = load_set(path)
        book = read_notebook(paths.exercises() / f"{made.name}_ex.ipynb")
        found.append(
            (made, [(cell["cell_type"] == "code", cell["source"]) for cell in book["cells"]])
        )
    return found


@pytest.mark.slow
@pytest.mark.parametrize("written_as", [repr, partial(json.dumps, indent=1), pprint.pformat])
def test_no_answer_to_another_question_is_taken_for_free_text(sets, written_as):
    """In every set of the kit, all answered but the free text: what stands in the cells is data."""
    looked_at = 0
    for made, sources in sets:
        texts = [q["id"] for q in made.questions if not kind_of(q).by_machine]
        ids = [q["id"] for q in made.questions]
        key = SimpleNamespace(ids=ids, given=given_lines([text for _, text in sources], ids))
        for question in made.questions:
            name = f"{answer_name(question['id'])} = "
            if question["id"] not in texts:
                answer = written_as(one_answer(question["answer"], question))
                sources = [(c, text.replace(f"{name}...", name + answer)) for c, text in sources]
        cells = [NotebookCell(n, code, text) for n, (code, text) in enumerate(sources, 1)]
        own = own_text(cells, key)
        for identity in texts:
            looked_at += 1
            assert free_text(identity, [("in the notebook", None)], own, texts).text == ""
    assert looked_at > 10

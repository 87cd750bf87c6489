"""The kit's own exercise sets: built, answerable, not guessable, and every planted mistake answered.

What the build refuses is tested in test_exercise_build.py on a demo set; here it is asked of
the sets that learners get.
"""

import functools
import json
import re
import tomllib

import pytest
from exercise_books import as_told, built

from whosays import load_case
from whosays.base import paths
from whosays.evidence.citations import plain as without_markers
from whosays.exercise.build import one_answer
from whosays.exercise.judge import judge
from whosays.exercise.leaks import leaks
from whosays.exercise.robots import set_problems, statements
from whosays.exercise.score import score_set
from whosays.learner.verdict import RIGHT, SELF_REVIEW

SOLUTIONS = sorted(paths.solutions().glob("*_sol.ipynb"))
NAMED = re.compile(r"\[([a-z_]+/[a-z0-9-]+(?:; [a-z_]+/[a-z0-9-]+)*)\]")
case_of = functools.cache(load_case)

every_set = pytest.mark.parametrize(
    "path", SOLUTIONS, ids=lambda path: path.stem.removesuffix("_sol")
)


@pytest.fixture(scope="module")
def loaded():
    """From the path of a solution to its set with the key open, and the files built from it."""
    return built


def _public(made, files):
    return {q["id"]: q for q in json.loads(files[f"checks/{made.name}.json"])["questions"]}


def _written(path):
    """The questions as their author wrote them, without the marks that only the lint reads."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    texts = [without_markers("".join(c["source"])) for c in cells if c["cell_type"] == "raw"]
    return [question for question in map(tomllib.loads, texts) if "id" in question]


def test_there_are_sets_and_each_has_its_twin():
    names = {path.stem.removesuffix("_sol") for path in SOLUTIONS}
    assert {"00_start_here", "01_who_is_speaking"} <= names
    assert {f"{name}_ferry" for name in names if not name.endswith("_ferry")} <= names


@every_set
def test_no_asterisk_stands_on_the_screen(path, loaded):
    made, _ = loaded(path)
    # the prompt alone is Markdown
    shown = [{**spec, "prompt": "", "cited": {}} for spec in made.questions]
    assert re.findall(r"\*\w[\w ’]*\*", json.dumps(shown, ensure_ascii=False)) == []


@every_set
def test_built_files_are_what_the_solution_builds(path, loaded):
    made, files = loaded(path)
    assert [str(problem) for problem in made.problems] == []
    for name, text in files.items():
        assert (paths.exercises() / name).read_bytes() == text.encode("utf-8"), (
            f"{name}: run whosays build"
        )


@every_set
def test_six_to_ten_questions_of_several_kinds(path, loaded):
    questions = loaded(path)[0].questions
    assert 6 <= len(questions) <= 10
    assert len({q["kind"] for q in questions}) >= 4
    assert sum(q["kind"] == "text" for q in questions) <= 2


@every_set
def test_solution_earns_everything_by_the_public_checks(path, loaded):
    made, files = loaded(path)
    public = _public(made, files)
    answers = {q["id"]: one_answer(q["answer"], q) for q in made.questions}
    for identity, answer in answers.items():
        assert judge(public[identity], answer).status in (RIGHT, SELF_REVIEW), identity
    score = score_set(list(public.values()), answers)
    assert score.points == score.of
    assert score.balanced_accuracy == 1


@every_set
def test_blank_earns_nothing(path, loaded):
    public = _public(*loaded(path))
    score = score_set(list(public.values()), {})
    assert score.points == 0
    assert set(score.blank) == set(public)


@every_set
def test_every_planted_answer_is_wrong_and_gets_its_own_hint(path, loaded):
    made, files = loaded(path)
    public = _public(made, files)
    for question in _written(path):
        if question["kind"] == "text":
            continue
        says = [wrong["say"] for wrong in question["wrong"]]
        assert len(says) >= 2, question["id"]
        assert len(set(says)) == len(says), question["id"]
        for wrong in question["wrong"]:
            if "answer" not in wrong:  # test_exercise_judge has whole parts and missing ticks
                continue
            judged = judge(public[question["id"]], wrong["answer"])
            assert judged.status != RIGHT, (question["id"], wrong)
            assert as_told(made.case, wrong["say"]) in judged.replies, (question["id"], wrong)


@every_set
def test_no_planted_hint_on_the_solution(path, loaded):
    made, files = loaded(path)
    public = _public(made, files)
    for full, question in zip(made.questions, _written(path), strict=True):
        replies = judge(public[full["id"]], one_answer(full["answer"], full)).replies
        says = [as_told(made.case, wrong["say"]) for wrong in question.get("wrong", ())]
        assert not [say for say in says if say in replies], full["id"]


@every_set
def test_both_ways_in_balance(path, loaded):
    made = loaded(path)[0]
    assert set_problems(made.questions) == []
    found = statements(made.questions)
    # the name of the publisher decides nothing: each side has both sorts
    for side in (("independent",), ("official_source", "carries_official_account")):
        assert {s.truth for s in found if s.alignment in side} == {"accept", "reject"}


@every_set
def test_believing_everything_shows_as_wrongly_accepted(path, loaded):
    made = loaded(path)[0]
    answers = {}
    for question in made.questions:
        if question["kind"] == "mapping" and question.get("accepting"):
            answers[question["id"]] = {
                s["key"]: question["accepting"][0] for s in question["statement"]
            }
        elif question["kind"] == "choices" and question.get("both_ways"):
            answers[question["id"]] = [option["key"] for option in question["option"]]
    beliefs = score_set(made.questions, answers).beliefs
    assert beliefs["wrongly accepted"] > 0
    assert beliefs["wrongly rejected"] == beliefs["rightly rejected"] == 0


@every_set
def test_public_files_reveal_nothing(path, loaded):
    made, files = loaded(path)
    assert leaks(made.questions, files) == []
    checks = files[f"checks/{made.name}.json"]
    for name in ('"accepts"', '"truth"', '"answer"', '"solution"'):
        assert name not in checks
    for question in _written(path):
        for secret in (
            question["explain"],
            *question["hints"],
            *(w["say"] for w in question.get("wrong", ())),
        ):
            assert json.dumps(secret.strip(), ensure_ascii=False)[1:-1] not in checks, question[
                "id"
            ]


@every_set
def test_learners_see_no_lint_marker(path, loaded):
    made, files = loaded(path)
    assert "<!--" not in files[f"checks/{made.name}.json"]


@every_set
def test_explanations_cite_rows_that_exist(path, loaded):
    case = case_of("ferry" if loaded(path)[0].twin else "khojaly")
    for question in _written(path):
        cited = [row for group in NAMED.findall(question["explain"]) for row in group.split("; ")]
        assert cited, f"{question['id']}: the explanation cites no row"
        texts = [
            part["text"] for name in ("option", "statement") for part in question.get(name, ())
        ]
        named = [
            row for text in texts for group in NAMED.findall(text) for row in group.split("; ")
        ]
        for row in cited + named:
            assert case.get(row), row


@every_set
def test_names_in_brackets_are_rows(path, loaded):
    """Statements name a claim or a document without its table, as `show` and `case.text` take it."""
    made = loaded(path)[0]
    case = case_of("ferry" if made.twin else "khojaly")
    known = {row["claim_id"] for row in case.claims} | {row["source_id"] for row in case.sources}
    for question in made.questions:
        for name in ("statement", "option", "row"):
            for part in question.get(name, ()):
                assert set(re.findall(r"\[([a-z0-9-]+)\]", part["text"])) <= known, question["id"]


def test_first_question_stands_alone():
    (question,) = [
        q
        for q in _written(paths.solutions() / "00_start_here_ferry_sol.ipynb")
        if q["id"] == "0.1f"
    ]
    assert question["kind"] == "choice"
    assert "`" not in question["prompt"]  # nothing to run, no row to open
    assert "said Oda Finch" in question["prompt"]

"""whosays build: what it writes, that it is the same everywhere, and everything it refuses."""

import json

import pytest
from exercise_books import Book

from whosays.exercise.build import build, load_set, one_answer
from whosays.exercise.notebook import read_notebook
from whosays.grading.build import main


def _build(book, tmp_path, **more):
    book.write(tmp_path / "solutions")
    sets, problems = build(
        solutions=tmp_path / "solutions", exercises=tmp_path / "exercises", **more
    )
    return sets, [str(problem) for problem in problems]


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    folder = tmp_path_factory.mktemp("built")
    assert _build(Book(), folder)[1] == []
    return folder


def test_learner_copy_has_questions_fields_and_blanks(built):
    book = read_notebook(built / "exercises" / "09_demo_ex.ipynb")
    sources = [c["source"] for c in book["cells"]]
    assert {c["cell_type"] for c in book["cells"]} == {"markdown", "code"}
    assert sum("= ..." in s for s in sources) == 8
    assert not any("SOLUTION" in s for s in sources)
    assert sources[2].startswith("## 9.1 Who says so? (1 point)")
    first, _, *code = sources[3].splitlines()
    assert first == "# Question 9.1"
    assert code == ["answer_9_1 = ...", 'question("9.1").check(answer_9_1).widget()']
    assert any(s.endswith('question_set("09").score(globals())') for s in sources)
    assert "hand_in()" in sources[-1]
    code = [c for c in book["cells"] if c["cell_type"] == "code"]
    assert all(c["metadata"]["jupyter"]["source_hidden"] for c in code)
    assert all(c["source"].startswith("# ") for c in code)  # the line that a folded cell shows
    assert all(
        c.get("outputs", []) == [] and c.get("execution_count") is None for c in book["cells"]
    )
    assert len({c["id"] for c in book["cells"]}) == len(book["cells"])


def test_learner_copy_is_a_valid_notebook(built):
    import nbformat

    nbformat.validate(nbformat.read(built / "exercises" / "09_demo_ex.ipynb", as_version=4))


def test_same_bytes_again(built, tmp_path):
    _build(Book(), tmp_path)
    for name in ("09_demo_ex.ipynb", "checks/09_demo.json"):
        data = (tmp_path / "exercises" / name).read_bytes()
        assert data == (built / "exercises" / name).read_bytes()
        assert b"\r" not in data


def test_public_checks_have_digests_only(built):
    checks = json.loads(
        (built / "exercises" / "checks" / "09_demo.json").read_text(encoding="utf-8")
    )
    text = json.dumps(checks)
    assert checks["number"] == "09"
    assert [q["id"] for q in checks["questions"]] == [f"9.{i}" for i in range(1, 9)]
    for word in (
        '"accepts"',
        '"truth"',
        '"answer"',
        '"solution"',
        "238",
        "press office announced",
        "It is too wide",
    ):
        assert word not in text


def test_check_finds_drift(tmp_path, capsys):
    book = Book()
    assert _build(book, tmp_path)[1] == []
    arguments = [
        "--check",
        "--solutions",
        str(tmp_path / "solutions"),
        "--exercises",
        str(tmp_path / "exercises"),
    ]
    assert main(arguments) == 0
    copy = tmp_path / "exercises" / "09_demo_ex.ipynb"
    copy.write_bytes(copy.read_bytes().replace(b"Sunday", b"Monday", 1))
    before = copy.read_bytes()
    assert main(arguments) == 1
    assert "Run: whosays build" in capsys.readouterr().err
    assert copy.read_bytes() == before
    copy.unlink()
    assert main(arguments) == 1


def test_a_set_with_problems_is_not_written(tmp_path):
    assert _build(Book().edit("q1", 'kind = "choice"', 'kind = "riddle"'), tmp_path)[1]
    assert not (tmp_path / "exercises").exists()


def test_sets_are_named_by_number_name_or_file(tmp_path):
    Book().write(tmp_path / "solutions")
    for name in ("09", "09_demo", "09_demo_sol.ipynb"):
        sets, problems = build([name], tmp_path / "solutions", tmp_path / "exercises")
        assert ([s.name for s in sets], problems) == (["09_demo"], [])
    assert "no such set" in str(build(["10"], tmp_path / "solutions", tmp_path / "exercises")[1][0])


def test_twin_has_its_own_numbers(tmp_path):
    book = Book("09_demo_ferry_sol.ipynb")
    _, problems = _build(book, tmp_path)
    assert "does not belong to this set" in problems[0]
    assert "9.1f" in problems[0]
    for i in range(1, 9):
        book.edit(f"q{i}", f'id = "9.{i}"', f'id = "9.{i}f"')
        book.edit(f"q{i}-answer", f"answer_9_{i}", f"answer_9_{i}f").edit(
            f"q{i}-answer", f'"9.{i}"', f'"9.{i}f"'
        )
    _sets, problems = _build(book, tmp_path)
    assert problems == []
    assert (tmp_path / "exercises" / "checks" / "09_demo_ferry.json").is_file()


Q1 = "q1-answer"
SPOILT = {
    "bad toml": (lambda b: b.edit("q1", 'title = "', "title = "), "cell 3 (q1)", "not valid TOML"),
    "unknown kind": (
        lambda b: b.edit("q1", '"choice"', '"riddle"'),
        "question 9.1",
        "no kind 'riddle'",
    ),
    "missing field": (
        lambda b: b.edit("q1", "points = 1\n", ""),
        "question 9.1",
        "`points` is missing",
    ),
    "no points": (
        lambda b: b.edit("q1", "points = 1\n", "points = 0\n"),
        "question 9.1",
        "`points` is 0",
    ),
    "wrong type": (
        lambda b: b.edit("q1", "points = 1", 'points = "one"'),
        "question 9.1",
        "should be a number",
    ),
    "unknown field": (
        lambda b: b.edit("q1", "points = 1", "points = 1\nmarks = 2"),
        "question 9.1",
        "`marks` is no field",
    ),
    "unknown field in an entry": (
        lambda b: b.edit("q1", 'key = "a"', 'key = "a"\nright = true'),
        "question 9.1",
        "`right` is no field",
    ),
    "key twice": (lambda b: b.edit("q1", 'key = "b"', 'key = "a"'), "question 9.1", "used twice"),
    "unreadable key": (
        lambda b: b.edit("q1", 'key = "c"', 'key = "C 3"'),
        "question 9.1",
        "not readable",
    ),
    "no hint": (
        lambda b: b.edit("q2", b.cells["q2"]["source"].split("hints = ")[1].split("\n")[0], "[]"),
        "question 9.2",
        "`hints`",
    ),
    "no explanation": (
        lambda b: b.edit("q1", "explain =", "explained ="),
        "question 9.1",
        "`explain` is missing",
    ),
    "no planted answer": (
        lambda b: b.edit("q1", "[[wrong]]", "[[wron]]"),
        "question 9.1",
        "`wron` is no field",
    ),
    "planted without words": (
        lambda b: b.edit(
            "q1", 'say = "The Echo printed it. Which word tells who said it first?"', 'say = ""'
        ),
        "question 9.1",
        "`say` should be text",
    ),
    "planted is right": (
        lambda b: b.edit("q1", 'answer = "a"', 'answer = "b"'),
        "question 9.1",
        "planted wrong answer is right",
    ),
    "planted span is right": (
        lambda b: b.edit("q7", 'exact = "The library"', 'exact = "the mayor"'),
        "question 9.7",
        "planted wrong answer is right",
    ),
    "planted chain is right": (
        lambda b: b.edit("q5", '["librarian", "hall"]', '["hall", "librarian"]'),
        "question 9.5",
        "planted wrong answer is right",
    ),
    "planted is unreadable": (
        lambda b: b.edit("q1", 'answer = "a"', 'answer = "z"'),
        "question 9.1",
        "planted wrong answer",
    ),
    "bad alignment": (
        lambda b: b.edit("q2", '"independent"', '"honest"'),
        "question 9.2",
        "no alignment 'honest'",
    ),
    "accepting no label": (
        lambda b: b.edit("q3", 'accepting = ["supported"]', 'accepting = ["sure"]'),
        "question 9.3",
        "not among the labels",
    ),
    "accepting all": (
        lambda b: b.edit(
            "q3",
            'accepting = ["supported"]',
            'accepting = ["supported", "not supported", "cannot tell"]',
        ),
        "question 9.3",
        "Every option",
    ),
    "number without definition": (
        lambda b: b.edit("q4", b.cells["q4"]["source"].split('count?"\n')[1].split("\n")[0], ""),
        "question 9.4",
        "`options` is missing",
    ),
    "rubric of two": (lambda b: b.edit("q8", "3 = ", "4 = "), "question 9.8", "three levels"),
    "foreign id": (
        lambda b: b.edit("q1", 'id = "9.1"', 'id = "8.1"'),
        "question 8.1",
        "does not belong",
    ),
    "id twice": (lambda b: b.edit("q2", 'id = "9.2"', 'id = "9.1"'), "question 9.1", "used twice"),
    "solution raises": (
        lambda b: b.edit(Q1, 'answer_9_1 = "b"', "answer_9_1 = 1 / 0"),
        "cell 4 (q1-answer)",
        "ZeroDivisionError",
    ),
    "wrong variable": (
        lambda b: b.edit(Q1, 'answer_9_1 = "b"', 'answer = "b"'),
        "question 9.1",
        "does not set `answer_9_1`",
    ),
    "no check": (
        lambda b: b.edit(Q1, 'question("9.1").check(answer_9_1)', "None"),
        "question 9.1",
        "nothing to check with",
    ),
    "no end": (lambda b: b.edit(Q1, "### END SOLUTION", ""), "cell 4 (q1-answer)", "do not pair"),
    "no solution": (lambda b: b.drop(Q1), "question 9.1", "No code cell with a solution follows"),
    "solution alone": (lambda b: b.drop("q1"), "cell 3 (q1-answer)", "without its question"),
    "solution is no answer": (lambda b: b.edit(Q1, '"b"', '"z"'), "question 9.1", "cannot be read"),
    "solution is no plain data": (
        lambda b: b.edit(Q1, '"b"', "object()"),
        "question 9.1",
        "type object",
    ),
    "unknown variable": (
        lambda b: b.edit("q1", "points = 1", 'points = 1\noptions_from = "rows"'),
        "question 9.1",
        "'rows', which the solution does not define",
    ),
    "no title": (lambda b: b.drop("title"), "09_demo_sol.ipynb", "There is no title"),
    "bad cell id": (lambda b: b.append("markdown", "x", "a b"), "a b", "no id"),
    "bad setting": (
        lambda b: b.append("raw", "[set]\naccepted = 2", "settings"),
        "settings",
        "The only setting",
    ),
    "answer in clear": (
        lambda b: b.append("markdown", "Two hundred and more: 238.", "leak"),
        "question 9.4",
        "can be read in 09_demo_ex.ipynb",
    ),
    "answer with a comma": (
        lambda b: b.edit("q4-answer", "sum([41, 38, 52, 60, 47])", "1238").append(
            "markdown", "It is 1,238.", "leak"
        ),
        "question 9.4",
        "can be read in 09_demo_ex.ipynb",
    ),
    "answer in a hint of the prompt": (
        lambda b: b.edit("q4", "Add them up", "Add them up (238)"),
        "question 9.4",
        "checks/09_demo.json",
    ),
    "answer set outside": (
        lambda b: b.edit(Q1, "### END SOLUTION", '### END SOLUTION\nanswer_9_1 = "b"'),
        "question 9.1",
        "is given a value",
    ),
    "explanation in the prompt": (
        lambda b: b.append(
            "markdown",
            'The *Echo* passes on an announcement. The judgement is the town hall\'s: "announced" tells who speaks.',
            "leak",
        ),
        "question 9.1",
        "explanation",
    ),
    "solution line kept": (
        lambda b: b.append("code", 'supported = dict.fromkeys("abdh", "supported")', "leak"),
        "question 9.3",
        "line of the solution",
    ),
}


@pytest.mark.parametrize("name", SPOILT)
def test_a_spoilt_set_is_refused(name, tmp_path):
    spoil, where, what = SPOILT[name]
    book = Book()
    spoil(book)
    problems = _build(book, tmp_path)[1]
    assert any(where in problem and what in problem for problem in problems), problems


def test_every_problem_at_once(tmp_path):
    book = Book()
    for name in ("unknown kind", "key twice", "rubric of two", "no title"):
        SPOILT[name][0](book)
    book.edit("q1", '"riddle"', '"choice"')
    problems = "\n".join(_build(book, tmp_path)[1])
    for what in ("used twice", "three levels", "no title"):
        assert what in problems


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x89PNG",
        b"[]",
        b'{"nbformat": 3}',
        '{"nbformat": 4, "cells": []}'.encode("utf-16"),
        b"[" * 100_000,
    ],
)
def test_unreadable_notebooks_get_a_sentence(content, tmp_path):
    path = tmp_path / "09_demo_sol.ipynb"
    path.write_bytes(content)
    (problem, *_) = load_set(path).problems
    assert "09_demo_sol.ipynb" in str(problem)


def test_rows_can_come_from_the_solution(tmp_path):
    book = Book()
    rows = '[{"key": "piece-one", "text": "Piece one"}, {"key": "piece-two", "text": "Piece two"}]'
    written = book.cells["q6"]["source"]
    start, end = written.index("[[row]]"), written.index("[[field]]")
    book.edit("q6", written[start:end], "").edit(
        "q6", "points = 3", 'points = 3\nrows_from = "pieces"'
    )
    book.edit("q6-answer", "answer_9_6 = {", f"pieces = {rows}\nanswer_9_6 = {{")
    sets, problems = _build(book, tmp_path)
    assert problems == []
    assert [row["key"] for row in sets[0].questions[5]["row"]] == ["piece-one", "piece-two"]


def test_solution_is_given_back_as_a_learner_could_give_it(built):
    made = load_set(built / "solutions" / "09_demo_sol.ipynb")
    answers = {q["id"]: one_answer(q["answer"], q) for q in made.questions}
    assert answers["9.3"]["f"] == "cannot tell"
    assert answers["9.4"] == {"value": 238, "counts": "entries at one door"}


@pytest.mark.slow  # the fast part builds set by set: test_exercises
def test_exercises_of_the_kit_are_built(tmp_path):
    """Zero drift: what is committed is what the solutions build."""
    _, problems = build(check=True)
    assert [str(problem) for problem in problems] == []

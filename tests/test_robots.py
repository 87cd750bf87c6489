"""Robot learners on every set and lesson of the kit, and on badly made sets that they must expose."""

import ast
import re

import nbformat
import pytest
from exercise_books import DEMO, Book

from whosays import load_case
from whosays.base import paths
from whosays.exercise.build import load_set
from whosays.exercise.key import make_key
from whosays.exercise.robots import (
    BELIEFS,
    COPIES_STATUS,
    LOOKS,
    MEAN_LIMIT,
    drawn_order,
    robots_table,
    run_robots,
    set_problems,
    statements,
)

SETS = sorted(paths.solutions().glob("*_sol.ipynb"))
ROBOTS = {*BELIEFS, *LOOKS, "random"}


@pytest.fixture(scope="module")
def scores():
    """Each set is run once: name to its robots' scores."""
    found = {}
    for path in SETS:
        made = load_set(path)
        assert [str(p) for p in made.problems] == []
        found[made.name] = {s.robot: s for s in run_robots(made.questions, made.case, seeds=50)}
    return found


@pytest.mark.slow
@pytest.mark.parametrize("name", [path.stem.removesuffix("_sol") for path in SETS])
def test_no_robot_passes_a_set(name, scores):
    assert set(scores[name]) == ROBOTS
    passing = {
        robot for robot, score in scores[name].items() if score.passes and robot != COPIES_STATUS
    }
    assert passing == set()


@pytest.mark.slow
def test_the_rows_behind_the_statements_of_a_set_are_known_to_the_robot(scores):
    assert any(found[COPIES_STATUS].balanced_accuracy > 0.5 for found in scores.values())


@pytest.mark.slow
@pytest.mark.parametrize("robot", sorted(ROBOTS - {COPIES_STATUS}))
def test_no_robot_passes_in_the_mean(robot, scores):
    values = [found[robot].balanced_accuracy for found in scores.values()]
    assert sum(values) / len(values) <= MEAN_LIMIT + 1e-9


@pytest.mark.slow
def test_the_table_of_robots_names_each_once(scores):
    lines = robots_table([(n, list(found.values())) for n, found in scores.items()]).splitlines()
    assert sorted(line.split(" | ")[0].strip("| ") for line in lines[2:]) == sorted(ROBOTS)


def _lesson_questions():
    """(options, the right one) of each question in a lesson whose reply says that it is right."""
    for path in sorted((paths.root() / "notebooks").glob("0*.ipynb")):
        cells = nbformat.read(path, as_version=4).cells
        code = "\n".join(cell.source for cell in cells if cell.cell_type == "code")
        for node in ast.walk(ast.parse(code)):
            words = [node.value] if isinstance(node, ast.keyword) and node.arg == "then" else []
            words += getattr(words[0], "elts", []) if words else []
            for given in (w for w in words if isinstance(w, ast.Dict)):
                replies = {
                    o.value: ast.unparse(said)
                    for o, said in zip(given.keys, given.values, strict=True)
                }
                right = [o for o, said in replies.items() if re.match(r"f?['\"]Right", said)]
                if len(right) == 1:
                    yield list(replies), right[0]


def test_no_look_finds_the_right_option_of_the_lessons():
    asked = list(_lesson_questions())
    assert len(asked) > 20
    chance = sum(1 / len(options) for options, _ in asked)
    longest = sum(right == max(options, key=len) for options, right in asked)
    shortest = sum(right == min(options, key=len) for options, right in asked)
    assert longest <= chance and shortest <= chance


def test_no_robot_passes_the_demo():
    assert [s.robot for s in run_robots(load_set(DEMO).questions) if s.passes] == []


def _statements(*rows):
    """A mapping question with (alignment, accept or reject) rows."""
    keys = "abcdefghijkl"
    spec = {
        "id": "9.1",
        "kind": "mapping",
        "title": "",
        "prompt": "p",
        "points": 1,
        "hints": [],
        "explain": "",
        "wrong": [],
        "labels": ["supported", "not supported"],
        "accepting": ["supported"],
        "statement": [
            {"key": k, "text": f"S {k}", "alignment": a}
            for k, (a, _) in zip(keys, rows, strict=False)
        ],
    }
    return make_key(
        spec,
        {
            k: "supported" if t == "accept" else "not supported"
            for k, (_, t) in zip(keys, rows, strict=False)
        },
        "s",
    )


def _choice(number, right, texts):
    spec = {
        "id": f"9.{number}",
        "kind": "choice",
        "title": "",
        "prompt": "p",
        "points": 1,
        "hints": [],
        "explain": "",
        "wrong": [],
        "option": [{"key": k, "text": t} for k, t in zip("abcd", texts, strict=False)],
    }
    return make_key(spec, right, "s")


ALIGNED, FREE = "carries_official_account", "independent"
GOOD = [(ALIGNED, "accept"), (ALIGNED, "reject"), (FREE, "reject"), (FREE, "accept")]


def _passing(questions):
    return {score.robot for score in run_robots(questions) if score.passes}


def test_good_statements_pass_no_robot():
    assert _passing([_statements(*GOOD)]) == set()
    assert set_problems([_statements(*GOOD)]) == []


@pytest.mark.parametrize(
    ("rows", "robot"),
    [
        (
            [(FREE, "accept"), (FREE, "accept"), (ALIGNED, "reject"), (ALIGNED, "reject")],
            "trust independent",
        ),
        (
            [(ALIGNED, "accept"), (ALIGNED, "accept"), (FREE, "reject"), (FREE, "reject")],
            "trust aligned",
        ),
    ],
)
def test_statements_that_follow_the_outlet_are_caught(rows, robot):
    questions = [_statements(*rows)]
    assert robot in _passing(questions)
    assert any(robot in what for _, what, _ in set_problems(questions))


def test_believing_everything_or_nothing_is_chance():
    lopsided = [
        _statements(
            *GOOD, (ALIGNED, "accept"), (FREE, "accept"), (ALIGNED, "accept"), (FREE, "accept")
        )
    ]
    scores = {s.robot: s.balanced_accuracy for s in run_robots(lopsided)}
    assert scores["always accept"] == scores["always reject"] == 0.5


@pytest.mark.parametrize(
    ("rows", "what"),
    [
        (GOOD[:3], "4 are needed"),
        (
            [
                (ALIGNED, "reject"),
                (FREE, "reject"),
                (ALIGNED, "reject"),
                (FREE, "reject"),
                (ALIGNED, "accept"),
            ],
            "should be accepted",
        ),
        (
            [
                (ALIGNED, "accept"),
                (FREE, "accept"),
                (ALIGNED, "accept"),
                (FREE, "accept"),
                (FREE, "reject"),
            ],
            "should be rejected",
        ),
        (
            [(FREE, "accept"), (FREE, "accept"), (FREE, "reject"), (ALIGNED, "reject")],
            "No well supported statement comes from an aligned piece",
        ),
        (
            [(ALIGNED, "accept"), (FREE, "accept"), (ALIGNED, "reject"), (ALIGNED, "reject")],
            "concerns an independent account",
        ),
        ([("", "accept"), *GOOD, ("", "reject")], "has no `alignment`"),
    ],
)
def test_sets_that_do_not_go_both_ways_are_refused(rows, what):
    assert any(what in line for _, line, _ in set_problems([_statements(*rows)]))


def _labelled(*accepts):
    question = _statements(*[(FREE, "accept")] * len(accepts)) | {"accepting": []}
    for key, accepted in zip(question["parts"], accepts, strict=True):
        key["accepts"] = list(accepted)
    return question


@pytest.mark.parametrize("accepts, caught", [("yyyn", True), ("yynn", False)])
def test_one_label_for_all_is_refused_where_it_earns_most(accepts, caught):
    question = _labelled(*accepts) | {"labels": ["y", "n"]}
    problems = set_problems([question])
    assert (
        any('"y" for every statement is right in 3 of 4' in what for _, what, _ in problems)
        == caught
    )


ORDERS = {
    "alternate, accept first": "arararar",
    "alternate, reject first": "rarararara",
}


@pytest.mark.parametrize("robot", ORDERS)
def test_statements_that_take_turns_are_caught_and_an_order_is_drawn(robot):
    truths = [{"a": "accept", "r": "reject"}[letter] for letter in ORDERS[robot]]
    question = _statements(*[((ALIGNED, FREE)[i // 2 % 2], t) for i, t in enumerate(truths)])
    assert robot in _passing([question])
    problems = set_problems([question])
    (turns,) = [remedy for _, what, remedy in problems if "take turns" in what]
    order = drawn_order(question)
    assert ", ".join(order) in turns
    assert sorted(order) == [s.part for s in statements([question])]
    drawn = _statements(
        *[
            ((ALIGNED, FREE)[i // 2 % 2], truths["abcdefghijkl".index(part)])
            for i, part in enumerate(order)
        ]
    )
    assert not {name for name in _passing([drawn]) if name.startswith("alternate")}


@pytest.mark.parametrize(
    ("robot", "accepted", "rejected"),
    [
        ("reject absolutes", "Some of them left.", "All of them left."),
        ("accept what is attributed", "The log says that {} left.", "{} left."),
        ("accept what is hedged", "Perhaps {} left.", "{} left."),
    ],
)
def test_statements_that_a_word_gives_away_are_caught(robot, accepted, rejected):
    question = _statements(*GOOD * 2)
    for i, statement in enumerate(question["statement"]):
        statement["text"] = (accepted if GOOD[i % 4][1] == "accept" else rejected).format("they")
    assert robot in _passing([question])
    assert any(robot in what for _, what, _ in set_problems([question]))


def test_a_status_that_is_copied_is_seen():
    case = load_case("ferry")
    by_status = {
        status: [c.claim_id for c in case.claims if c.status == status][:4]
        for status in ("settled", "open")
    }
    question = _statements(*[(FREE, "accept")] * 4, *[(ALIGNED, "reject")] * 4)
    rows = by_status["settled"] + by_status["open"]
    for statement, row in zip(question["statement"], rows, strict=True):
        statement["text"] = f"It is so. [claims/{row}]"
    found = {s.robot: s.balanced_accuracy for s in run_robots([question], case)}
    assert found["copy the row's status"] == 1
    assert {s.robot: s.balanced_accuracy for s in run_robots([question])}[
        "copy the row's status"
    ] == 0.5


@pytest.mark.parametrize("place", range(4))
def test_an_option_that_is_right_in_one_place_is_caught(place):
    texts = ["one thing", "two thing", "six thing", "ten thing"]
    questions = [_choice(i, "abcd"[place], texts) for i in range(1, 5)]
    wanted = "first option" if place == 0 else f"option {place + 1}"
    assert wanted in _passing(questions)


def test_the_guard_on_places_refuses_a_set():
    texts = ["one thing", "two thing", "six thing", "ten thing"]
    for place, name in ((0, "first option"), (3, "last option")):
        found = set_problems([_choice(i, "abcd"[place], texts) for i in range(1, 4)])
        assert any(
            f"single-choice questions the right one is the {name}" in what for _, what, _ in found
        )
    mixed = set_problems([_choice(i, right, texts) for i, right in enumerate("abd", 1)])
    assert not any("single-choice" in what for _, what, _ in mixed)


def test_options_that_step_through_the_letters_are_caught():
    texts = ["one thing", "two thing", "six thing", "ten thing"]
    questions = [_choice(i, right, texts) for i, right in enumerate("abcdabcd", 1)]
    assert "alternate from the first" in _passing(questions)


@pytest.mark.parametrize(
    ("right", "texts", "robot"),
    [
        ("a", ["yes it is", "no it is", "hm it is", "so it is"], "first option"),
        ("d", ["yes it is", "no it is", "hm it is", "so it is"], "last option"),
        ("b", ["short", "much longer than all of the others", "brief", "small"], "longest option"),
        (
            "c",
            ["all of them", "none of them", "perhaps some of them, reportedly", "ten of them"],
            "most cautious option",
        ),
        ("b", ["12 of them", "90 of them", "30 of them", "40 of them"], "highest number"),
    ],
)
def test_options_that_give_the_answer_away_are_caught(right, texts, robot):
    questions = [_choice(i, right, texts) for i in range(1, 5)]
    assert robot in _passing(questions)
    if robot in ("first option", "last option", "longest option"):
        assert any("single-choice" in what for _, what, _ in set_problems(questions))


def test_options_in_changing_places_are_not():
    texts = ["one thing", "two thing", "six thing", "ten thing"]
    questions = [_choice(i, right, texts) for i, right in enumerate("acbd", 1)]
    assert _passing(questions) == set()


def test_a_number_that_is_the_highest_in_the_prompt_is_caught():
    spec = {
        "id": "9.1",
        "kind": "number",
        "title": "",
        "prompt": "There were 12, then 80.",
        "points": 1,
        "hints": [],
        "explain": "",
        "wrong": [],
        "field": [{"name": "of", "ask": "?", "options": ["x", "y"]}],
    }
    assert "highest number" in _passing([make_key(spec, {"value": 80, "of": "x"}, "s")])
    assert "highest number" not in _passing([make_key(spec, {"value": 12, "of": "x"}, "s")])


def test_one_label_for_all_statements_is_caught():
    question = _statements(*[(ALIGNED, "accept")] * 3, *[(FREE, "accept")] * 3)
    assert "first option" in _passing([question])


def test_the_build_refuses_a_set_that_a_robot_passes(tmp_path):
    book = (
        Book()
        .edit("q3-answer", '"abdh"', '"bfhc"')
        .edit("q3-answer", '"c": "not supported"', '"a": "not supported"')
    )
    book.edit("q3-answer", '"f": ["cannot tell", "not supported"]', '"d": "cannot tell"')
    book.edit("q3", '{ c = "supported" }', '{ e = "supported" }').edit(
        "q2-answer", '["b", "c"]', '["b", "d"]'
    ).edit("q2", '["d"]', '["a"]')
    for wrong in ('answer = { a = "not supported", d = "not supported" }',):
        book.edit("q3", wrong, 'answer = { b = "not supported" }')
    made = load_set(book.write(tmp_path))
    assert [str(p) for p in made.problems] == []
    assert any(
        '"trust independent" reaches 100%' in what for _, what, _ in set_problems(made.questions)
    )


def test_table_rows_can_be_statements():
    common = {
        "id": "9.1",
        "title": "",
        "prompt": "p",
        "points": 1,
        "hints": [],
        "explain": "",
        "wrong": [],
    }
    rows = [
        {"key": "r1", "text": "one", "alignment": ALIGNED},
        {"key": "r2", "text": "two", "alignment": FREE},
    ]
    fields = [
        {"name": "stance", "ask": "?", "options": ["holds", "fails"], "accepting": ["holds"]},
        {"name": "who", "ask": "?", "options": ["x", "y"]},
    ]
    table = {**common, "kind": "table", "row": rows, "field": fields}
    answer = {"r1": {"stance": "holds", "who": "x"}, "r2": {"stance": "fails", "who": "y"}}
    found = statements([make_key(table, answer, "s")])
    assert [(s.truth, s.alignment) for s in found] == [("accept", ALIGNED), ("reject", FREE)]


def test_statements_are_found_in_every_kind():
    found = statements(load_set(DEMO).questions)
    assert {s.question for s in found} == {"9.2", "9.3"}
    assert len(found) == 12

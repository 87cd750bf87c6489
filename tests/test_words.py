"""What the code says stands in its words.toml, and nothing that nobody says."""

import re
from pathlib import Path

import pytest

import whosays
from whosays.base.words import words_of
from whosays.exercise.words import wrong_words
from whosays.grading import row
from whosays.grading import words as grading_words

PROBLEMS = words_of("whosays.exercise")["problems"]
PACKAGE = Path(whosays.__file__).parent


@pytest.mark.parametrize(
    ("package", "call", "table"),
    [
        ("exercise", r'(?:\bwrong|wrong_words|_problem)\((?:[\w.]+, )?f?"(\w+)', PROBLEMS),
        ("grading", r'\bsaid\(\s*"(\w+)"(?: if .+ else "(\w+)")?', grading_words.WORDS["said"]),
    ],
)
def test_the_names_in_the_code_are_those_of_the_table(package, call, table):
    files = (PACKAGE / package).rglob("*.py")
    source = "\n".join(path.read_text(encoding="utf-8") for path in files)
    found = re.findall(call, source)
    called = {name for one in found for name in ([one] if type(one) is str else one) if name}
    assert len(called) > 30
    # "robot_by_" is a beginning: the code adds by what
    assert not [name for name in called if not any(one.startswith(name) for one in table)]
    said = set(re.findall("[\"']([a-z_]+)", source))
    assert not [one for one in table if one not in said and "robot_by_" not in one]


def test_what_is_wrong_comes_with_what_to_do():
    assert wrong_words("no_answer", name="answer_1_1") == (
        "The solution does not set `answer_1_1`.",
        "Name the answer so.",
    )
    assert all(len(words) == 2 and words[0] for words in PROBLEMS.values())


def test_every_state_but_graded_has_words_for_the_student():
    states = {value for value in vars(row).values() if type(value) is str} - {row.GRADED}
    states &= set(row.TO_LOOK_AT) | set(row.RAN) | {row.NOTHING, row.NOT_ATTEMPTED}
    assert grading_words.WORDS["status"].keys() == states

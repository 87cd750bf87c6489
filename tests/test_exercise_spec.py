"""Reading what authors write: any TOML gets problems or passes, never an exception."""

import copy

import pytest
from exercise_books import Book
from hypothesis import given, settings
from hypothesis import strategies as st

from whosays.exercise.key import BadSolution, make_key
from whosays.exercise.spec import KINDS, SpecProblem, check, read_toml

WRITTEN = [read_toml(c["source"])[0] for c in Book().cells.values() if c["cell_type"] == "raw"]

odd_values = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=8),
    st.lists(st.text(max_size=3), max_size=3),
    st.dictionaries(
        st.sampled_from(["key", "text", "name", "answer", "1"]), st.text(max_size=3), max_size=3
    ),
    st.lists(
        st.dictionaries(
            st.sampled_from(["key", "text", "name", "ask"]), st.text(max_size=3), max_size=3
        ),
        max_size=2,
    ),
)


def test_every_kind_is_in_the_demo_set():
    assert {spec["kind"] for spec in WRITTEN} == set(KINDS)
    assert [check(spec) for spec in WRITTEN] == [[]] * len(WRITTEN)


@settings(max_examples=80, deadline=None)
@given(data=st.data())
def test_check_never_raises_and_what_passes_can_be_keyed_or_refused(data):
    spec = copy.deepcopy(data.draw(st.sampled_from(WRITTEN)))
    target = spec
    name = data.draw(st.sampled_from(sorted(spec)))
    inner = spec[name]
    if (
        isinstance(inner, list)
        and inner
        and isinstance(inner[0], dict)
        and data.draw(st.booleans())
    ):
        target, name = inner[0], data.draw(st.sampled_from(sorted(inner[0])))
    target[name] = data.draw(odd_values)
    problems = check(spec)
    assert all(what.strip() for what, _ in problems)
    if not problems:
        try:
            make_key(spec, data.draw(odd_values), "s")
        except BadSolution as refused:
            assert str(refused)


@pytest.mark.parametrize("text", ["id = ", "= 1", "[[", 'a = "\x00"', "id = 1\nid = 2"])
def test_bad_toml_names_its_line(text):
    written, ((what, remedy),) = read_toml(text)
    assert written is None
    assert "line" in what or "column" in what or "end of document" in what
    assert remedy


def test_a_problem_reads_as_place_fault_and_remedy():
    problem = SpecProblem("01_x_sol.ipynb", "4 (q1)", "1.1", "It is wrong.", "Mend it.")
    assert str(problem) == "01_x_sol.ipynb, cell 4 (q1), question 1.1: It is wrong. Mend it."

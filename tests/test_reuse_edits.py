"""What was changed: the same with and without rapidfuzz, and every word in one stretch."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from whosays.reuse import edits
from whosays.text.fold import words

SHORT = st.text(alphabet="abc", max_size=14)


@given(SHORT, SHORT)
@settings(max_examples=300, deadline=None)
def test_plain_opcodes_are_rapidfuzz_opcodes(a, b):
    rapidfuzz = pytest.importorskip("rapidfuzz")
    want = [tuple(o) for o in rapidfuzz.distance.Levenshtein.opcodes(a, b).as_list()]
    assert edits.opcodes_plain(a, b) == want


@given(SHORT, SHORT)
@settings(max_examples=100, deadline=None)
def test_opcodes_turn_one_into_the_other(a, b):
    made, at = "", 0
    for tag, i0, i1, j0, j1 in edits.opcodes_plain(a, b):
        assert i0 == at
        made, at = made + b[j0:j1], i1
        if tag == "equal":
            assert a[i0:i1] == b[j0:j1]
    assert made == b and at == len(a)


@given(st.text(max_size=60), st.text(max_size=60))
@settings(max_examples=100, deadline=None)
def test_every_word_is_in_one_stretch(a, b):
    made = edits.stretches(a, b)
    for text, side in ((a, "a"), (b, "b")):
        spans = [(getattr(s, f"{side}_start"), getattr(s, f"{side}_end")) for s in made]
        assert spans == sorted(spans)
        for word in words(text):
            assert sum(start <= word.start and word.end <= end for start, end in spans) == 1


def test_kinds_and_letters():
    a, b = "one two three four five six seven", "one 2 three five six seven eight"
    made = edits.stretches(a, b)
    assert [s.kind for s in made] == [
        "verbatim",
        "edited",
        "verbatim",
        "dropped",
        "verbatim",
        "inserted",
    ]
    assert all(a[e.a_start : e.a_end] + b[e.b_start : e.b_end] for s in made for e in s.edits)


def test_a_span_of_each_document():
    a, b = "xx one two yy", "one too"
    made = edits.stretches(a, b, (3, 10), (0, 7))
    assert [(s.kind, a[s.a_start : s.a_end], b[s.b_start : s.b_end]) for s in made] == [
        ("verbatim", "one", "one"),
        ("edited", "two", "too"),
    ]

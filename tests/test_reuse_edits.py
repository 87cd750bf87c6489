"""What was changed: every word in one stretch, every changed letter in one edit."""

from hypothesis import given, settings
from hypothesis import strategies as st

from whosays.reuse import edits
from whosays.text.fold import words


@given(st.text(max_size=60), st.text(max_size=60))
@settings(max_examples=100, deadline=None)
def test_every_word_is_in_one_stretch(a, b):
    made = edits.stretches(a, b)
    for text, side in ((a, "a"), (b, "b")):
        spans = [(getattr(s, f"{side}_start"), getattr(s, f"{side}_end")) for s in made]
        assert spans == sorted(spans)
        for word in words(text):
            assert sum(start <= word.start and word.end <= end for start, end in spans) == 1
    for s in made:
        at, letters = s.a_start, ""
        for e in s.edits:  # what the edits leave alone stays, so that one becomes the other
            letters, at = letters + a[at : e.a_start] + b[e.b_start : e.b_end], e.a_end
        if s.kind == "edited":
            assert letters + a[at : s.a_end] == b[s.b_start : s.b_end]


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

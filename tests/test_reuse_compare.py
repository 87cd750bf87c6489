"""`compare`: two texts, closely."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

pytest.importorskip("numpy")
from whosays.reuse import compare
from whosays.text.fold import words

A = (
    "The convoy of civilians left Khojaly at night on 25 February. The Nagorno-Karabakh Autonomous Oblast was tense. "
    "Officials said 613 people were killed in the Khojaly massacre, among them 63 children."
)
B = (
    "On Friday, the convoy of civilians left Xocalı at night on 25 February, he said. Officials said 613 peple were "
    "killed in the Khojaly massacre, including 83 children and others."
)


def test_spellings_of_a_place_are_one_word():
    row = compare(
        "They left Khojaly at night for the next town",
        "Then they left Xocalı at night for the next town",
    ).passage_rows[0]
    assert row[6] == "verbatim"


def test_containment_both_ways_and_longest_run():
    ((a, b, score, in_a, in_b, longest),) = compare(A, B).pair_rows
    assert (a, b) == ("a", "b") and score > 10
    assert in_a == pytest.approx(20 / len(words(A)), abs=0.08)
    assert in_b > 0.6 and longest == 11


def test_stretches_say_what_stayed_and_what_changed():
    result = compare(A, B)
    kinds = [(s.kind, A[s.a_start : s.a_end], B[s.b_start : s.b_end]) for s in result.stretches(0)]
    assert ("edited", "people", "peple") in kinds
    assert any(
        k == "verbatim" and one.startswith("were killed in the Khojaly") for k, one, _ in kinds
    )
    assert any(k == "edited" and one.startswith("The Nagorno") for k, one, _ in kinds)


def test_a_name_is_not_copying():
    one = "He spoke of the Nagorno-Karabakh Autonomous Oblast to the press."
    two = "In 1923 the Nagorno-Karabakh Autonomous Oblast was formed."
    result = compare(one, two)
    assert [r[6] for r in result.passage_rows] == ["name"]
    assert result.pair_rows[0][2:] == (0.0, 0.0, 0.0, 0)


def test_a_set_phrase_is_not_copying():
    result = compare(
        "He was killed in the Khojaly massacre, we read.",
        "Those killed in the Khojaly massacre were many.",
    )
    assert [r[6] for r in result.passage_rows] == ["formula"]
    assert result.pair_rows[0][3] == 0.0


def test_what_many_texts_say_weighs_less():
    one = "They said the passenger service would be suspended until further notice, as we heard."
    two = "It seems the passenger service would be suspended until the council has met."
    assert compare(one, two).passage_rows[0][6] == "verbatim"
    among = compare(one, two, background={str(n): f"{two} {one} {n}" for n in range(40)})
    assert among.passage_rows[0][6] == "formula"


@pytest.mark.parametrize(
    ("one", "two"), [("", ""), ("word", "word"), ("", "some words here"), ("\x00", "\ud800")]
)
def test_next_to_nothing_shares_nothing(one, two):
    result = compare(one, two)
    assert result.passage_rows == [] and result.pair_rows == [("a", "b", 0.0, 0.0, 0.0, 0)]


WORDS = st.lists(
    st.sampled_from(
        ["the", "Bridge", "was", "closed", "by", "Mayor", "Vane", "on", "Friday", "again"]
    ),
    max_size=50,
).map(" ".join)


@given(WORDS, WORDS)
@settings(max_examples=80, deadline=None)
def test_the_other_way_round_is_the_same(one, two):
    there, back = compare(one, two), compare(two, one, a_id="b", b_id="a")
    assert there.passage_rows == back.passage_rows and there.pair_rows == back.pair_rows


@given(st.text(max_size=300))
@settings(max_examples=60, deadline=None)
def test_a_text_holds_itself(text):
    result = compare(text, text)
    if len(words(text)) >= 12 and len({w.text for w in words(text)}) >= 12:
        rows = [r for r in result.passage_rows if r[1] == r[4]]
        assert rows and all(text[r[1] : r[2]] == text[r[4] : r[5]] for r in rows)


def test_wrong_arguments_are_named():
    with pytest.raises(TypeError, match="second text is a NoneType"):
        compare("x", None)
    with pytest.raises(ValueError, match="its own name"):
        compare("x", "y", a_id="t", b_id="t")

"""Scoring a reading against a gold reading."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from whosays.attribution import read, score
from whosays.attribution.score import as_relation, common, overlap

TEXT = 'Finch said that the boat was late. "It was cold," said Rook.'
GOLD = [
    {"source": [(0, 5)], "cue": [(6, 10)], "content": [(11, 33)], "mode": "indirect", "chain": ["echo:masthead", "finch:explicit"]},
    {"source": [(55, 59)], "cue": [(50, 54)], "content": [(35, 49)], "mode": "direct", "chain": ["echo", "rook"]},
]  # fmt: skip


def test_gold_against_itself_is_perfect():
    result = score(GOLD, GOLD, TEXT)
    assert result.grade == result.relations.f1 == 1.0
    assert not result.missed and not result.extra


def test_reader_against_gold():
    result = score(GOLD, read(TEXT), TEXT)
    assert result.relations.f1 == 1.0


def test_nothing_answered():
    result = score(GOLD, [], TEXT)
    assert result.grade == result.relations.recall == result.relations.precision == 0.0
    assert result.missed == GOLD


def test_edges_and_marks_do_not_count():
    answer = dict(GOLD[1], content=[(36, 48)])
    assert as_relation(answer, TEXT).content == as_relation(GOLD[1], TEXT).content
    assert as_relation(answer).content != as_relation(GOLD[1]).content  # nothing to trim by


def test_cue_boundaries_weigh_least():
    wide = dict(GOLD[0], cue=[(6, 15)])
    assert score([GOLD[0]], [wide], TEXT).grade == 1.0
    no_cue = dict(GOLD[0], cue=[])
    no_source = dict(GOLD[0], source=[])
    assert score([GOLD[0]], [no_cue], TEXT).grade > score([GOLD[0]], [no_source], TEXT).grade


def test_source_must_meet_or_be_missing_in_both():
    wrong = dict(GOLD[0], source=[(15, 23)])
    assert score([GOLD[0]], [wrong], TEXT).relations.right == 0
    silent = dict(GOLD[0], source=[])
    assert score([silent], [silent], TEXT).relations.f1 == 1.0


def test_accepted_modes():
    gold = [dict(GOLD[0], modes_accepted=("narrative_report",))]
    assert score(gold, [dict(GOLD[0], mode="narrative_report")], TEXT).grade == 1.0
    assert score(gold, [dict(GOLD[0], mode="direct")], TEXT).grade == pytest.approx(0.85)


def test_optional_relations_neither_earn_nor_cost():
    optional = dict(GOLD[1], optional=True)
    without = score([GOLD[0], optional], [GOLD[0]], TEXT)
    with_it = score([GOLD[0], optional], GOLD, TEXT)
    assert without.grade == with_it.grade == 1.0
    assert without.relations == with_it.relations
    assert not with_it.extra and not without.missed


def test_extra_relations_cost():
    result = score([GOLD[0]], GOLD, TEXT)
    assert result.relations.precision == 0.5 and result.extra == [GOLD[1]]
    assert result.grade < 1.0


def test_chain_by_longest_common_subsequence():
    answer = [dict(GOLD[0], chain=["echo", "agency", "finch"])]
    assert score([GOLD[0]], answer, TEXT).grade == pytest.approx(1 - 0.1 / 3)


def test_rows_of_a_case_are_understood():
    row = {"source_spans": ((0, 5),), "cue_spans": ((6, 10),), "content_spans": ((11, 33),), "mode": "indirect",
           "modes_accepted": None, "chain": None, "optional": False, "source_text": "Finch"}  # fmt: skip
    assert score([row], read(TEXT)[:1], TEXT).relations.f1 == 1.0


@pytest.mark.parametrize("span", [(5, 5), (7, 3), (0, 999), "ab", (None, 2), 4])
def test_a_bad_span_is_named(span):
    with pytest.raises(ValueError, match="content"):
        score(GOLD, [{"content": [span]}], TEXT)


@given(st.text("abc", max_size=12), st.text("abc", max_size=12))
@settings(max_examples=100, deadline=None)
def test_common_subsequence(left, right):
    length = common(left, right)
    assert length == common(right, left) <= min(len(left), len(right))
    assert common(left, left) == len(left)
    assert common(left + "x", right + "x") == length + 1


SPANS = st.lists(
    st.tuples(st.integers(0, 30), st.integers(1, 9)).map(lambda p: (p[0], p[0] + p[1])), max_size=1
)


@given(SPANS, SPANS)
@settings(max_examples=100, deadline=None)
def test_overlap_is_a_symmetric_share(left, right):
    value = overlap(left, right)
    assert 0.0 <= value <= 1.0 and value == overlap(right, left) and overlap(left, left) == 1.0

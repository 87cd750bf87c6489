"""Comparing and adding as a lesson shows it."""

import pytest

from whosays import load_case
from whosays.figures import figure, outcome


@pytest.fixture(scope="module")
def ferry():
    return load_case("ferry")


def test_what_counts_the_same_thing_is_compared(ferry):
    made = outcome("compare", figure(ferry, "echo-open900"), figure(ferry, "hull-open800"))
    assert made.allowed
    assert "disagree" in made.says


def test_parts_of_one_whole_are_added(ferry):
    made = outcome("add", figure(ferry, "release-25"), figure(ferry, "release-technical"))
    assert made.allowed
    assert "25 + 7 = 32" in made.text()


def test_a_refusal_is_a_message_and_no_error(ferry):
    made = outcome("compare", figure(ferry, "release-48600"), figure(ferry, "release-1137"))
    assert not made.allowed
    assert made.head.endswith("cannot be compared.")
    assert "journeys" in made.says and "crossings" in made.says
    assert "<p>" in made.html() and "Traceback" not in made.text()


def test_a_part_is_not_added_to_its_whole(ferry):
    made = outcome("add", figure(ferry, "release-storm"), figure(ferry, "release-25"))
    assert not made.allowed and "inside" in made.says


def test_a_reason_stands_in_the_answer(ferry):
    pair = figure(ferry, "release-48600"), figure(ferry, "note-turn-journeys")
    assert not outcome("compare", *pair).allowed
    assert "both are journeys" in outcome("compare", *pair, because="both are journeys").says


@pytest.mark.parametrize("doing, many", [("divide", 2), ("compare", 1), ("compare", 3), ("add", 1)])
def test_what_cannot_be_asked(ferry, doing, many):
    with pytest.raises(ValueError, match="compare"):
        outcome(doing, *[figure(ferry, "release-25")] * many)

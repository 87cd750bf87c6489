"""The desk on which two figures are compared or added."""

import pytest

from whosays import load_case
from whosays.figures import figure, line_up, outcome

pytest.importorskip("ipywidgets")

NAMES = ("release-25", "release-technical", "release-48600", "note-turn-journeys")


@pytest.fixture
def desk():
    case = load_case("ferry")
    return line_up([figure(case, name) for name in NAMES], case).widget()


def choose(desk, first, second):
    key = {made.id: number for number, made in desk.figures.items()}
    desk.first.value, desk.second.value = key[first], key[second]


def test_every_figure_stands_in_both_menus(desk):
    shown = {label for label, key in desk.first.options if key}
    assert len(shown) == len(NAMES)
    assert any(label.startswith("48,600: journeys sold") for label in shown)
    assert desk.second.options == desk.first.options


def test_it_says_what_the_function_says(desk):
    choose(desk, "release-25", "release-technical")
    case = desk.lined_up.case
    made = outcome("add", figure(case, "release-25"), figure(case, "release-technical"))
    assert desk.try_it("add").says == made.says
    assert desk.status.text == made.head


def test_a_refusal_is_read_out_and_a_reason_heard(desk):
    choose(desk, "release-48600", "note-turn-journeys")
    assert not desk.try_it("compare").allowed
    assert "cannot be compared" in desk.status.text
    desk.reason.value = "both are journeys"
    assert desk.try_it("compare").allowed
    assert "because both are journeys" in desk.status.details


def test_the_chosen_ones_are_drawn_each_with_its_scale(desk):
    assert desk.picture.value == ""
    choose(desk, "release-25", "release-48600")
    assert (
        "<svg" in desk.picture.value
        and "<title>2 figures for 2 different things" in desk.picture.value
    )


def test_another_choice_takes_the_old_answer_away(desk):
    choose(desk, "release-25", "release-technical")
    desk.try_it("add")
    choose(desk, "release-25", "release-48600")
    assert not desk.status.text.strip("\u2060") and not desk.status.details


@pytest.mark.parametrize("same", [True, False])
def test_one_number_is_not_enough(desk, same):
    desk.first.value = "0"
    desk.second.value = "0" if same else ""
    assert desk.try_it("compare") is None
    assert "Choose two" in desk.status.text


def test_without_a_display_it_is_the_table(desk):
    assert repr(desk) == desk.lined_up.text()

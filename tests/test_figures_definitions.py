"""Figures with their definitions: what may be compared and added, and what the refusals say."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from whosays import load_case
from whosays.figures import DifferentThings, Figure, add, compare, differences, figure, figures_of
from whosays.figures.figure import may_overlap
from whosays.view.grave import told


@pytest.fixture(scope="module")
def khojaly():
    return load_case("khojaly")


@pytest.fixture(scope="module")
def ferry():
    return load_case("ferry")


def late(value, **more):
    return Figure(
        **{"value": value, "unit": "crossings", "counts": "crossings that came late", **more}
    )


def test_every_row_becomes_a_figure_that_shows_its_number(khojaly, ferry):
    for case in (khojaly, ferry):
        for row, made in zip(case.figures, figures_of(case), strict=True):
            assert made.id == row.figure_id and made.cite == row.cite
            assert f"{row.value:,}".removesuffix(".0") in made.shown()
            assert told(made.counts) in str(made)


def test_shown():
    assert late(161, qualifier="at_least").shown() == "at least 161"
    assert late(500, value_max=1000, qualifier="range").shown() == "500 to 1,000"
    assert Figure(20.0, "percent", "of the land", qualifier="about").shown() == "about 20 percent"


def test_a_floor_of_one_incident_is_not_compared_with_a_toll(khojaly):
    floor, toll = figure(khojaly, "hrw-1993-161"), figure(khojaly, "f-000-613")
    for compared in (lambda: floor < toll, lambda: compare(floor, toll), lambda: max(toll, floor)):
        with pytest.raises(DifferentThings) as refused:
            compared()
    said = str(refused.value)
    assert floor.counts in said and toll.counts in said and "line_up" in said
    assert refused.value.differences == ("counts",)


def test_a_number_as_of_another_day_counts_another_thing(khojaly):
    october, december = (
        figure(khojaly, "prosecutor-2020-91"),
        figure(khojaly, "prosecutor-2020-100"),
    )
    with pytest.raises(DifferentThings, match="as of 2020-10-31"):
        compare(october, december)


def test_units_are_named_in_the_refusal(ferry):
    with pytest.raises(DifferentThings, match="One is in journeys, the other in people"):
        compare(figure(ferry, "release-48600"), figure(ferry, "dispatch-people"))


def test_a_reason_lets_two_definitions_be_one_and_is_repeated(khojaly):
    a, b = figure(khojaly, "f-000-613"), figure(khojaly, "f-001-mp-613")
    with pytest.raises(DifferentThings):
        compare(a, b)
    with pytest.raises(DifferentThings):
        compare(a, b, because="  ")
    assert "because the article gives no other number" in compare(
        a, b, because="the article gives no other number"
    )


def test_two_counts_of_one_thing_are_compared(ferry):
    watches, log = figure(ferry, "note-obs18"), figure(ferry, "count-18")
    assert compare(watches, log) == "Both say 18."
    assert "can both be true" in compare(late(20), late(15, qualifier="at_least"))
    assert "disagree" in compare(late(20), late(25, qualifier="at_least"))
    assert late(20) < late(21) and not late(20) < late(20) and late(20) >= late(20)


def test_a_part_is_not_added_to_its_whole(khojaly):
    with pytest.raises(DifferentThings) as refused:
        figure(khojaly, "memorial-181") + figure(khojaly, "memorial-181-children")
    assert "is inside" in str(refused.value) and refused.value.differences == ("part and whole",)


def test_parts_of_one_whole_are_added(khojaly):
    total = add([figure(khojaly, f"f-000-{n}") for n in (63, 106, 70)])
    assert (total.value, total.part_of) == (239, "f-000-613")
    # an old woman may be in two of the three groups
    assert total.qualifier == "up_to" and "63 + 106 + 70 = 239" in total.note
    sexes = add([figure(khojaly, "memorial-181-male"), figure(khojaly, "memorial-181-female")])
    assert (sexes.value, sexes.qualifier) == (181, "exact")


def test_counts_of_one_thing_by_two_are_not_added(ferry):
    with pytest.raises(DifferentThings):
        add([figure(ferry, "release-32"), figure(ferry, "note-cancelled-authority")])
    with pytest.raises(DifferentThings, match="One is in"):
        add([figure(ferry, "release-32"), figure(ferry, "release-612")])
    with pytest.raises(ValueError, match="two figures or more"):
        add([figure(ferry, "release-32")])


def test_overlap_needs_a_group_by_sex_and_the_old(khojaly):
    women, old, children = (figure(khojaly, f"f-000-{n}") for n in (106, 70, 63))
    assert may_overlap([women, old]) and not may_overlap([women, children])
    assert not may_overlap([women, figure(khojaly, "f-002-70")])  # old men


def test_credit_is_what_the_text_says_not_who_counted(khojaly, ferry):
    assert figure(khojaly, "f-004-487").credited_to == "rights-groups-unnamed"
    assert figure(khojaly, "f-000-487").credited_to is None
    assert figure(ferry, "echo-48600").credited_to == "harbour-organisations"
    assert figure(ferry, "release-48600").credited_to == "orrin-line"


def test_an_unknown_figure_says_what_is_near(khojaly):
    with pytest.raises(KeyError, match="f-000-613"):
        figure(khojaly, "f-000-614")


FIGURES = st.builds(
    Figure,
    value=st.integers(0, 10**6),
    unit=st.sampled_from(["people", "bodies"]),
    counts=st.sampled_from(["killed", "wounded", "the killed"]),
    qualifier=st.sampled_from(["exact", "at_least", "up_to", "about"]),
    as_of=st.sampled_from([None, "1992", "1992-02", "1993"]),
)


@given(FIGURES, FIGURES)
@settings(max_examples=100, deadline=None)
def test_comparing_refuses_exactly_what_differs_and_either_way_round(a, b):
    assert differences(a, b) == differences(b, a)
    try:
        said = compare(a, b)
    except DifferentThings as refused:
        assert list(refused.differences) == differences(a, b) != []
    else:
        assert differences(a, b) == [] and said.endswith(".")

"""Line-up, drift and sums on both cases: what is planted there is found, and nothing is ranked."""

import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest

from whosays import load_case
from whosays.figures import drift, family, figure, figures_of, line_up, sums
from whosays.figures.lineup import Definition
from whosays.figures.lineup_picture import lineup_svg, scale_end

SIDE_BY_SIDE = [
    "hrw-1993-161",
    "hrw-1994-200",
    "hrw-1994-500-1000",
    "memorial-181",
    "dewaal-485",
    "prosecutors-339",
    "f-000-613",
]


@pytest.fixture(scope="module")
def khojaly():
    return load_case("khojaly")


@pytest.fixture(scope="module")
def ferry():
    return load_case("ferry")


@pytest.fixture(scope="module")
def checked(khojaly):
    return sums(figures_of(khojaly), khojaly)


@pytest.fixture(scope="module")
def ferry_checked(ferry):
    return sums(figures_of(ferry), ferry)


# -- line-up --------------------------------------------------------------------------------------


def test_each_definition_is_a_row_of_its_own(khojaly):
    lined = line_up([figure(khojaly, i) for i in SIDE_BY_SIDE], khojaly)
    assert len(lined) == len(SIDE_BY_SIDE)
    assert [r["number"] for r in lined.rows()] == [d.figures[0].shown() for d in lined.definitions]
    assert lined.caption == "7 figures for 7 different things"


def test_the_same_number_of_the_same_counter_stands_once_with_its_places(ferry):
    lined = line_up(figures_of(ferry, claim_id="loss-310000"), ferry)
    [row] = lined.rows()
    assert row["times"] == len(figures_of(ferry, claim_id="loss-310000")) > 3
    assert "Coast Press" in row["given_in"]


def test_a_line_up_does_not_depend_on_the_order_of_the_figures(khojaly):
    figures = [figure(khojaly, i) for i in SIDE_BY_SIDE]
    assert line_up(figures, khojaly).rows() == line_up(figures[::-1], khojaly).rows()


def test_the_picture_has_a_scale_for_each_definition_and_says_everything_in_words(khojaly):
    lined = line_up([figure(khojaly, i) for i in SIDE_BY_SIDE], khojaly)
    ns = "{http://www.w3.org/2000/svg}"
    root = ET.fromstring(lined.svg()).find(f"{ns}svg")
    texts = [t.text for t in root.iter(f"{ns}text")]
    assert texts.count("0") == len(lined)
    description = root.find(f"{ns}desc").text
    for row in lined.rows():
        assert any(row["number"] in t for t in texts)
        assert row["number"] in description and row["counts"] in description
    assert root.find(f"{ns}title").text == lined.caption
    assert "<table" in lined.html() and "<svg" in lined.html()


def test_the_picture_stays_inside_its_frame(khojaly):
    (root,) = ET.fromstring(line_up(figures_of(khojaly), khojaly).svg())
    _, _, width, height = map(float, root.get("viewBox").split())
    for element in root.iter("{http://www.w3.org/2000/svg}text"):
        assert 0 <= float(element.get("x")) <= width and 0 <= float(element.get("y")) <= height


def test_words_in_the_picture_are_escaped(khojaly):
    one = Definition("a < b", "x", (figure(khojaly, SIDE_BY_SIDE[0]),))
    drawn = lineup_svg([one], lambda figure: "<b>&", "t & t")
    assert "<b>" not in drawn and "a < b" not in drawn and "&lt;b&gt;&amp;" in drawn


@pytest.mark.parametrize(
    "value, end", [(0, 1), (1, 1), (161, 200), (485, 500), (613, 1000), (1000, 1000), (0.4, 0.5)]
)
def test_a_scale_ends_at_a_round_number(value, end):
    assert scale_end(value) == pytest.approx(end)


# -- drift ----------------------------------------------------------------------------------------


def parts(drifted):
    return {s.figure.id: {c.part for c in s.changes} for s in drifted.steps}


def test_63_becomes_83_and_the_definition_goes_with_it(khojaly):
    followed = drift(family(khojaly, "f-000-63"), khojaly, first=figure(khojaly, "f-000-63"))
    changes = parts(followed)
    assert "value" in changes["f-002-83"]
    assert changes["f-001-pk-63"] == {"attribution"}
    # parts of other counts are no earlier telling of this one, though the piece names no counter
    assert {"memorial-181-children", "prosecutors-43"} <= {f.id for f in followed.others}


def test_a_family_is_the_same_from_whichever_of_its_figures_one_begins(khojaly, ferry):
    told = {f.id: f.value for f in family(khojaly, "mfa-63")}
    assert told["f-002-83"] == told["eureporter-83"] == 83 and told["f-000-63"] == 63
    for case, begin in ((khojaly, "mfa-63"), (ferry, "release-287")):
        members = [f.id for f in family(case, begin)]
        assert all(begin in {f.id for f in family(case, member)} for member in members)


def test_what_came_first_stands_first_and_an_unknown_order_is_no_story(khojaly):
    children = figure(khojaly, "f-000-63")
    followed = drift(family(khojaly, "f-000-63"), khojaly, first=children)
    said = {s.figure.id: [str(c) for c in s.changes if c.part == "value"] for s in followed.steps}
    assert said["f-002-83"] == ["value: 83, later 63"]  # the piece of 2013 against one of 2021
    assert said["eureporter-83"] == ["value: 63, later 83"]
    for day in (None, "2021", children.published):
        undated = replace(figure(khojaly, "f-002-83"), published=day)
        [change] = [
            c
            for s in drift([children, undated], first=children).steps
            for c in s.changes
            if c.part == "value"
        ]
        assert (str(change), change.dated) == ("value differs: 63 and 83", False)


def test_wounded_becomes_disabled_and_credits_change(khojaly):
    followed = drift(
        family(khojaly, "f-001-puic-487"), khojaly, first=figure(khojaly, "f-001-puic-487")
    )
    changes = parts(followed)
    assert changes["f-001-mp-487"] >= {"definition"}
    assert changes["f-004-487"] >= {"attribution"}
    said = next(
        str(c)
        for s in followed.steps
        if s.figure.id == "f-004-487"
        for c in s.changes
        if c.part == "attribution"
    )
    assert "international rights groups" in said


def test_another_count_by_somebody_else_is_no_drift(khojaly):
    followed = drift(
        family(khojaly, "f-004-613-first"), khojaly, first=figure(khojaly, "f-004-613-first")
    )
    left_out = {f.id for f in followed.others}
    assert {"prosecutors-339", "dewaal-485"} <= left_out
    assert not left_out & {s.figure.id for s in followed.steps}
    assert "no change of this one" in followed.table().caption


def test_journeys_become_people_on_the_ferry(ferry):
    followed = drift(family(ferry, "release-48600"), ferry, first=figure(ferry, "release-48600"))
    changes = parts(followed)
    assert changes["dispatch-people"] >= {"unit", "definition"}
    assert changes["courier-journeys"] == set()
    assert changes["echo-48600"] >= {"unit", "attribution"}


def test_drift_starts_with_the_earliest_and_needs_a_figure(ferry):
    assert drift(family(ferry, "release-48600"), ferry).first.id == "release-48600"
    with pytest.raises(ValueError, match="no figure"):
        drift([])


# -- sums -----------------------------------------------------------------------------------------


def says(found, kind, *ids):
    return [s for s in found.of(kind) if set(ids) <= {f.id for f in s.figures}]


def test_239_of_613(checked):
    [found] = says(checked, "leaves_over", "f-000-63", "f-000-106", "f-000-70")
    assert (found.total, found.rest, found.whole.value) == (239, 374, 613)
    assert "two of these groups" in found.says


def test_the_children_are_inside_the_181(checked):
    assert says(checked, "adds_up", "memorial-181-male", "memorial-181-female")
    assert says(
        checked, "adds_up", "memorial-181-bullets", "memorial-181-shrapnel", "memorial-181-blunt"
    )
    assert says(checked, "inside", "memorial-181", "memorial-181-children")


def test_169_is_63_and_106_told_as_one(checked):
    [found] = checked.of("told_together")
    assert found.whole.value == 169 and sorted(p.value for p in found.parts) == [63, 106]


def test_150_is_inside_1275_here_and_beside_it_there(checked):
    [found] = checked.of("inside_or_beside")
    assert found.whole.value == 1275 and "1,275 or 1,425" in found.says
    assert {"f-000-150", "f-001-puic-150", "f-004-150"} <= {f.id for f in found.parts}


def test_the_areas_add_up(checked):
    [found] = says(checked, "adds_up", "area-nkao")
    assert found.total == 14393


def test_the_ferry_sums(ferry_checked):
    [journeys] = says(ferry_checked, "leaves_over", "release-season")
    assert (journeys.total, journeys.rest) == (29500, 19100)
    [causes] = says(ferry_checked, "leaves_over", "echo-weather-21")
    assert (causes.total, causes.rest) == (28, 4)
    assert says(ferry_checked, "adds_up", "release-25", "release-technical")
    assert says(ferry_checked, "inside_or_beside", "release-storm", "hull-storm-added")


def test_shares_are_held_against_the_counts_beside_them(ferry_checked):
    wrong = ferry_checked.of("percent_wrong")
    assert ["note-four-wrong" in {f.id for f in s.figures} for s in wrong] == [True]
    assert "2.7 percent" in wrong[0].says
    right = {
        f.id for s in ferry_checked.of("percent_right") for f in s.figures if f.unit == "percent"
    }
    assert {"release-prefer70", "note-log-share", "note-log-82", "count-half"} <= right


def test_every_check_prints_with_its_rows(checked):
    table = checked.table()
    assert len(table) == len(checked) and all(row["rows"] for row in table.rows)

"""Passage clusters and the earliest witness."""

import pytest

from whosays.reuse import cluster, credits, earliest_witness, find_reuse, stamped
from whosays.reuse.clusters import when


def test_passages_are_clustered_not_documents():
    rows = [
        ("a", 0, 100, "roundup", 0, 100),
        ("b", 0, 90, "roundup", 300, 390),
        ("a", 0, 98, "c", 5, 103),
    ]
    held = {}
    for h in cluster(rows):
        held.setdefault(h.cluster, set()).add(h.doc_id)
    assert sorted(map(sorted, held.values())) == [["a", "c", "roundup"], ["b", "roundup"]]


def test_a_document_may_hold_a_passage_twice():
    rows = [("a", 0, 50, "b", 0, 50), ("a", 0, 50, "b", 200, 250)]
    assert [(h.doc_id, h.start) for h in cluster(rows)] == [("a", 0), ("b", 0), ("b", 200)]


def test_the_clock_decides_where_it_can():
    witness = earliest_witness(["a", "b"], {"a": "2013-02-25T10:00", "b": "2013-02-25T09:00"})
    assert witness.doc_id == "b" and "before the others" in witness.why


@pytest.mark.parametrize(
    "dates",
    [
        {"a": "2013-02-25", "b": "2013-02-25"},
        {"a": "2013-02", "b": "2013-02-25"},
        {"a": "2013-02-25T09:00", "b": "2013-02-25"},
        {"a": "2013-02-25"},
        {"a": "2013-02-25", "b": "last spring"},
        {},
    ],
)
def test_ties_and_missing_times_are_undecided(dates):
    witness = earliest_witness(["a", "b"], dates)
    assert (
        witness.doc_id is None and witness.candidates == ("a", "b") and "undecided" in witness.why
    )


def test_what_a_text_says_of_itself_outranks_the_clock():
    dates = {"a": "2013-02-25T09:00", "b": "2013-02-25T11:00"}
    outlets, texts = (
        {"a": "Trend", "b": "Azertag"},
        {"a": "As Azertag has reported, the street was named.", "b": "It was named."},
    )
    witness = earliest_witness(["a", "b"], dates, outlets, texts)
    assert witness.doc_id == "b" and "a credits Azertag" in witness.why


def test_an_agency_is_known_by_its_other_name():
    outlets, texts = {"a": "Trend", "b": "AZERTAC"}, {"a": "Azertag has reported this.", "b": ""}
    assert earliest_witness(["a", "b"], {}, outlets, texts).doc_id == "b"


def test_a_source_that_is_not_here_is_named():
    witness = earliest_witness(
        ["a", "b"],
        {"a": "2013-02-25", "b": "2013-02-26"},
        {},
        {"a": "AZERTAC reports that it rained."},
    )
    assert witness.doc_id == "a" and witness.outside == ("AZERTAC",)
    assert "not among these documents" in witness.why


def test_texts_that_credit_each_other_are_undecided():
    outlets = {"a": "Trend", "b": "APA"}
    texts = {"a": "According to APA, it rained.", "b": "Trend reports that it rained."}
    witness = earliest_witness(["a", "b"], {"a": "2013", "b": "2014"}, outlets, texts)
    assert witness.doc_id is None and "credit each other" in witness.why


def test_an_outlet_naming_itself_is_no_credit():
    witness = earliest_witness(
        ["a", "b"], {"a": "2013", "b": "2014"}, {"a": "Trend"}, {"a": "Trend reports rain."}
    )
    assert witness.doc_id == "a" and witness.outside == ()


def test_credits_are_found_with_their_place():
    text = "(AZERTAC) - The bridge fell. Mayor Vane said so, according to the Harbour Post."
    assert [text[s:e] for _, s, e in credits(text)] == ["AZERTAC", "Mayor Vane", "Harbour Post"]
    assert [n for n, *_ in credits(text, ["Harbour Post"])] == ["Harbour Post"]


def test_when_is_as_wide_as_it_is_vague():
    assert when("1992-02")[0].day == 1 and when("1992-02")[1].day == 29
    assert when("1992")[1].month == 12
    assert when("soon") is None and when("") is None and when("1992-13") is None


def test_clusters_table_says_who_and_why():
    said = "the ferry to the island will not run on Sundays from the first week of May because the pier is being mended"
    result = find_reuse(
        {"a": f"{said} they said", "b": f"we hear {said}", "c": said},
        dates={"a": "2024-05-01", "b": "2024-05-02", "c": "2024-05-03"},
    )
    rows = {r[1]: r for r in result.cluster_rows}
    assert {d: r[6] for d, r in rows.items()} == {"a": "earliest", "b": "later", "c": "later"}
    assert "a (2024-05-01) is dated before the others" in rows["a"][7]


@pytest.mark.parametrize(
    ("day", "note", "moment"),
    [
        ("2024-04-09", "Stamped 07:30, before the release (08:00).", "2024-04-09T07:30"),
        ("2021-02-25", "Printed with the hour, 3.13, without a time zone.", "2021-02-25T03:13"),
        ("2024-04-09", "Stamped 8:15 p.m.", "2024-04-09"),
        ("2024-04-09", "A date, no time; 1999:123 is a file mark.", "2024-04-09"),
        ("2024", "Stamped 08:00.", "2024"),
        ("2024-04-09", None, "2024-04-09"),
        ("", "Stamped 08:00.", ""),
    ],
)
def test_an_hour_in_the_note_is_part_of_the_time(day, note, moment):
    assert stamped(day, note) == moment


def test_the_hour_decides_between_pieces_of_one_day():
    dates = {
        "a": stamped("2024-04-09", "Stamped 09:15."),
        "b": stamped("2024-04-09", "Stamped 08:00."),
    }
    assert earliest_witness(dates, dates).doc_id == "b"
    # an hour of a day says nothing beside that whole day
    assert earliest_witness(dates, {**dates, "a": "2024-04-09"}).doc_id is None


def test_an_earlier_hour_does_not_outrank_a_credit_to_somebody_else():
    dates = {"echo": "2024-04-09T07:30", "release": "2024-04-09T08:00"}
    texts = {
        "echo": "Ferries stop in winter, Coast Press has reported.",
        "release": "Ferries stop in winter.",
    }
    outlets = {"echo": "Echo", "release": "Orrin Line", "dispatch": "Coast Press"}
    found = earliest_witness(dates, dates, outlets, texts)
    assert found.doc_id is None and found.candidates == ("echo", "release")
    assert found.outside == ("Coast Press",) and "which does not hold it" in found.why
    # another day does decide: the one who credits was at any rate before the others
    assert (
        earliest_witness(dates, {**dates, "release": "2024-04-10"}, outlets, texts).doc_id == "echo"
    )

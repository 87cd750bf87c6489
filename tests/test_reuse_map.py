"""The reuse of a whole case as a map."""

import os
import xml.etree.ElementTree as ET

import pytest

from whosays import load_case
from whosays.evidence import reuse_map, side_by_side


@pytest.fixture(scope="module", params=["khojaly", "ferry"])
def case(request):
    return load_case(request.param)


@pytest.fixture(scope="module")
def khojaly():
    return load_case("khojaly")


@pytest.fixture(scope="module")
def ferry():
    return load_case("ferry")


def test_the_picture_is_text_with_a_title_and_every_number(case):
    drawn = reuse_map.draw(case)
    space = "{http://www.w3.org/2000/svg}"
    root = ET.fromstring(drawn.svg()).find(f"{space}svg")
    assert root.get("role") == "img" and root.find(f"{space}title").text
    assert "table below" in root.find(f"{space}desc").text
    written = [t.text for t in root.iter(f"{space}text")]
    for row in drawn.rows:
        assert f"{row['a_words']:,}" in written and f"{row['b_words']:,}" in written
    cells = 2 * sum(r["a"] != r["b"] for r in drawn.rows) + sum(
        r["a"] == r["b"] for r in drawn.rows
    )
    assert len(written) == 3 * len(case.items) + cells  # a name, and its number twice


def test_the_table_says_what_the_picture_says(case):
    drawn = reuse_map.draw(case)
    table = drawn.table()
    assert len(table) == len(drawn.rows) and len(drawn.frame()) == len(drawn.rows)
    assert str(len(case.items)) in drawn.summary()
    assert drawn.summary() in drawn.text() and drawn.summary() in drawn.html()


def test_rows_agree_with_the_two_items_side_by_side(case):
    for row in reuse_map.rows(case):
        beside = side_by_side.items(case, row["a"], row["b"])
        shares = {beside.a.name: beside.a_in_b, beside.b.name: beside.b_in_a}
        if row["a"] != row["b"]:
            assert (row["a_share"], row["b_share"]) == (shares[row["a"]], shares[row["b"]])
        assert (row["longest"], row["passages"]) == (beside.longest, len(beside.pairs))


def test_known_copies_of_the_ferry_are_seen(ferry):
    rows = {(r["a"], r["b"]): r for r in reuse_map.rows(ferry)}
    assert rows["coast-press", "courier-article"]["a_share"] > 0.9
    assert rows["coast-press", "courier-article"]["b_share"] < 0.5
    assert min(rows["hull-crane-1", "hull-crane-2"][s] for s in ("a_share", "b_share")) > 0.9
    assert ("echo-winter", "echo-winter") in rows
    # a paraphrase leaves no run: what the two share is a sentence that both quote
    quoted = side_by_side.items(ferry, "release", "radio-site")
    assert [p.words for p in quoted.pairs] == [14] and "quotation marks" in quoted.pairs[0].why


def test_what_lesson_03_says_of_the_five_pieces(khojaly):
    rows = {(r["a"], r["b"]): r for r in reuse_map.rows(khojaly)}
    film = rows["film-azernews", "film-azertac"]
    assert (
        film["b_share"] > 0.9 and film["a_share"] < 0.5
    )  # nearly all of one, less than half of the other
    twice = rows["contreras-first", "contreras-second"]
    assert min(twice["a_share"], twice["b_share"]) > 0.98
    third = rows["film-azernews", "contreras-first"]
    assert third["b_share"] > 0.95  # printed a third time inside the newspaper's item
    assert ("at-a-glance", "at-a-glance") in rows and ("london-campaign", "tokyo-campaign") in rows
    glance = rows["film-azertac", "at-a-glance"]  # the right option of 3.1, and a reply
    assert [round(1 / glance[share]) for share in ("a_share", "b_share")] == [6, 15]
    assert glance["longest"] == 41 and round(100 * glance["b_share"]) == 7
    with_glance = side_by_side.texts(
        khojaly.quotation("p-000-film-toll"),
        khojaly.quotation("p-004-government-first"),
        least=3,
        set_phrases=True,
    )
    assert with_glance.pairs == []  # the paraphrase


@pytest.mark.skipif("WHOSAYS_FULLTEXT" not in os.environ, reason="needs the full texts")
def test_the_map_is_the_same_with_the_full_texts(monkeypatch):
    whole = load_case("khojaly")
    assert whole.has_text("azernews-2021-film")
    monkeypatch.delenv("WHOSAYS_FULLTEXT")
    shipped = load_case("khojaly")
    assert reuse_map.rows(whole) == reuse_map.rows(shipped)
    assert reuse_map.draw(whole).svg() == reuse_map.draw(shipped).svg()

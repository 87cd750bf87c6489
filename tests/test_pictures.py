"""The pictures of the lessons: whole words, honest bars, a title and a description each."""

import re
from xml.etree import ElementTree

import pytest

from whosays import all_texts, load_case, show, two_texts
from whosays.view.bands import Side, bands
from whosays.view.pictures import svg, text
from whosays.view.view import STYLE

SVG = "{http://www.w3.org/2000/svg}"


def drawn(html):
    return ElementTree.fromstring(re.search(r"<svg.*?</svg>", html, re.DOTALL)[0])


def words(picture):
    return " ".join("".join(t.itertext()) for t in picture.iter(f"{SVG}text"))


@pytest.fixture(scope="module")
def ferry():
    return load_case("ferry")


def test_both_texts_stand_there_whole(ferry):
    picture = drawn(two_texts(ferry, "coast-press", "courier-article").html())
    said = words(picture)
    for source in ("coast-press-2024-dispatch", "courier-2024-timetable"):
        body = ferry.text(source).partition("(Coast Press) - ")[2].split("\n\nCorrection")[0]
        assert not [word for word in body.split() if word.strip('.,"') not in said]
    assert picture.find(f"{SVG}title").text and picture.find(f"{SVG}desc").text
    assert min(float(t.get("font-size")) for t in picture.iter(f"{SVG}text")) >= 14


def test_a_picture_says_below_what_width_it_scrolls_by_keyboard_too():
    box = ElementTree.fromstring(
        svg([text(0, 20, "a", 14), text(0, 40, "b", 16)], 700, 50, "A & b", "c")
    )
    assert (box.get("tabindex"), box.get("role"), box.get("aria-label")) == ("0", "group", "A & b")
    assert box.get("style") == "--least:600px"  # where 14 units are 12 pixels
    assert ".ws-picture svg{min-width:var(--least)}" in STYLE


def test_no_line_runs_out_of_its_column(ferry):
    picture = drawn(two_texts(ferry, "echo-summer", "hull-open-day").html())
    width = float(picture.get("viewBox").split()[2])
    for line in picture.iter(f"{SVG}text"):
        if line.get("textLength"):
            assert float(line.get("x")) + float(line.get("textLength")) <= width + 8


def test_words_that_may_not_be_shown_are_bars_and_never_a_note():
    pieces = [
        {"words": 100, "pairs": [], "kind": ""},
        {"text": "known words", "pairs": [], "kind": ""},
    ]
    picture = drawn(bands(Side("A", "now", pieces), Side("B", "then", []), "Two"))
    assert "not quoted" not in words(picture) and "79 more words" in words(picture)
    assert len(list(picture.iter(f"{SVG}rect"))) >= 3


def test_after_a_passage_words_become_bars():
    case = load_case("khojaly")
    ends = "p-000-film-sargsyan", "p-001-film-sargsyan"
    said = words(drawn(two_texts(case, "film-azernews", "film-azertac", until=ends).html()))
    assert "The film mentions" in said and "knives" not in said and "dolls" not in said


def test_the_squares_have_every_pair_and_a_table(ferry):
    view = all_texts(ferry)
    picture = drawn(view.html())
    shared = [row for row in view.rows if row["a"] != row["b"]]
    assert len(list(picture.iter(f"{SVG}rect"))) == 2 * len(shared)
    assert len(view.table()) == len(shared)
    assert "<details>" in view.html()
    assert not re.search(r"\b(hull|echo)-\w+", words(picture))


@pytest.mark.parametrize(
    ("source", "kind", "parts"),
    [
        (
            "coast-press-2024-dispatch",
            "agency",
            {"dateline": "WENDLEMOUTH, 9 April", "credit": "(Coast Press)"},
        ),
        (
            "courier-2024-timetable",
            "newspaper",
            {"byline": "By Nils Arbery", "credit": "(Coast Press)"},
        ),
        ("orrin-line-2024-release", "release", {"masthead": "ORRIN LINE", "byline": ""}),
        ("radio-lantern-2024-site", "website", {"byline": ""}),
        ("harbour-hull-2024-issue15", "newsletter", {"byline": ""}),
        ("coastal-unit-2024-note", "report", {"byline": "Hana Rosvik"}),
    ],
)
def test_a_page_is_taken_apart(ferry, source, kind, parts):
    view = show.printed(ferry, source)
    assert view.page.kind == kind
    assert {part: view.page.parts[part] for part in parts} == parts
    for part, words in parts.items():
        assert (f"<strong>{part}</strong>" in view.html()) == bool(words)
    plain = re.sub(r"\s+", " ", re.sub(r"\*\*", "", ferry.text(source)))
    for paragraph in view.page.body:
        assert re.sub(r"\s+", " ", paragraph.replace("**", "")) in plain


def test_a_page_may_be_cut_and_says_so(ferry):
    view = show.printed(ferry, "courier-2024-timetable", paragraphs=2)
    assert "more paragraphs follow" in view.html() and "Oda Finch" not in view.html()

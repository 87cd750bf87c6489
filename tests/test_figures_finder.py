"""The finder of figures: against both case tables, on hard phrases, fuzzed."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.figures_score import score_finder
from whosays import load_case
from whosays.figures import find_figures


@pytest.fixture(scope="module", params=["ferry", "khojaly"])
def case(request):
    return load_case(request.param)


def test_precision_and_recall_against_the_case_table(case):
    score = score_finder(case)
    assert score.precision >= 0.95 and score.recall >= 0.95, (score.misses, score.extras)
    assert score.value_share >= 0.95 and score.qualifier_share >= 0.95


def test_the_key_of_the_practice_case_is_measured_whole():
    ferry = load_case("ferry")
    score = score_finder(ferry)
    assert score.found + score.missed == sum(f.start is not None for f in ferry.figures)


def test_a_finder_that_finds_nothing_scores_nothing():
    score = score_finder(load_case("ferry"), lambda text: [])
    assert (score.precision, score.recall, score.found) == (0.0, 0.0, 0)


def found(text):
    return [(q.of(text), q.value, q.value_max, q.qualifier, q.unit) for q in find_figures(text)]


@pytest.mark.parametrize(
    "text, expected",
    [
        ("a 12k staff", ("12k", 12000, None, "exact", "people")),
        ("A couple of fishermen", ("A couple", 2, None, "about", "people")),
        ("3½ hours", ("3½", Decimal("3.5"), None, "exact", "hours")),
        (
            "One and a half million people",
            ("One and a half million", 1500000, None, "exact", "people"),
        ),
        ("over 400 people", ("400", 400, None, "more_than", "people")),
        ("nearly one million refugees", ("one million", 10**6, None, "nearly", "people")),
        ("20 percent of the land", ("20 percent", 20, None, "exact", "percent")),
        ("eight families", ("eight", 8, None, "exact", "families")),
        ("Thirty-two crossings were cancelled", ("Thirty-two", 32, None, "exact", "crossings")),
        (
            "between 13 and 13.3 per cent",
            ("13 and 13.3 per cent", 13, Decimal("13.3"), "range", "percent"),
        ),
        ("500-1,000 civilians", ("500-1,000", 500, 1000, "range", "people")),
        (
            "two to three million people",
            ("two to three million", 2 * 10**6, 3 * 10**6, "range", "people"),
        ),
        ("one crossing in four was late", ("one crossing in four", 25, None, "exact", "percent")),
        ("Seven in ten islanders", ("Seven in ten", 70, None, "exact", "percent")),
        ("7 out of 10 households", ("7 out of 10", 70, None, "exact", "percent")),
        ("fewer than half of the households", ("half", 50, None, "up_to", "percent")),
        (
            "two thirds of the councils",
            ("two thirds", Decimal("66.666666666667"), None, "exact", "percent"),
        ),
        ("15 minutes late or more", ("15", 15, None, "at_least", "minutes")),
        ("no fewer than 20 bodies", ("20", 20, None, "at_least", "bodies")),
        ("only about 20 bodies", ("20", 20, None, "about", "bodies")),
        ("as many as 1,000 may have died", ("1,000", 1000, None, "up_to", None)),
        ("more than an hour late", ("an hour", 1, None, "more_than", "hours")),
        (
            "a quarter of an hour before",
            ("a quarter of an hour", Decimal("0.25"), None, "exact", "hours"),
        ),
        ("thousands of people disappeared", ("thousands", 1000, None, "at_least", "people")),
        ("a few dozen retreating fighters", ("a few dozen", 24, None, "at_least", "people")),
        ("tens of thousands of tents", ("tens of thousands", 10000, None, "at_least", "tents")),
        ("12,432 km² of land", ("12,432", 12432, None, "exact", "km2")),
        ("at least 4,800 square miles", ("4,800", 4800, None, "at_least", "square miles")),
        ("cut by £44m", ("44m", 44 * 10**6, None, "exact", "pounds")),
        (
            "two thousand three hundred and five boats",
            ("two thousand three hundred and five", 2305, None, "exact", "boats"),
        ),
        ("half a million people", ("half a million", 500000, None, "exact", "people")),
        ("over 20 U.S. states", ("20", 20, None, "more_than", "states")),
        ("wounding 400+ people", ("400", 400, None, "more_than", "people")),
        ("2000 people came", ("2000", 2000, None, "exact", "people")),
        ("one person was reported missing", ("one", 1, None, "exact", "people")),
        ("30\u00a0000 lives", ("30\u00a0000", 30000, None, "exact", "people")),
    ],
)
def test_a_quantity(text, expected):
    assert found(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "on 26 February 1992", "February 26, 1992", "the night between 25 and 26 February 1992", "25-26 February",
        "in 1992", "the 2020 war", "since 2019", "the early 1990s", "the 1990's", "in 2014/15", "2021-02-26",
        "Hill 205", "a Boeing 737", "Call 112 at once",
        "at 21:40", "13:44 (UTC+04:00)", "just before 9 a.m.", "at 0830 UTC", "half past ten",
        "the 29th anniversary", "the 366th regiment", "the 20th century", "Resolution 853", "resolutions 822, 853, 874 and 884",
        "p. 172", "pp. 213-214", "paragraph 76", "§76", "no. 40984/07", "A/59/713-S/2005/125", "note 7", "issue 15", "Slider Image 1",
        "no one has been convicted", "one of the commanders", "one of the worst tragedies", "on the one hand",
        "in just one night", "aged 42", "a 50-page report", "see https://example.org/2021/613", "a@b12.example",
        "adopted by 39-7-100", "half the coast has printed it", "a third party", "the second time",
    ],
)  # fmt: skip
def test_what_only_looks_like_a_quantity(text):
    assert found(text) == []


@pytest.mark.parametrize(
    "text, expected",
    [
        ("Exports fell from 816 000 t to 934 000 t.", [(816000, "before"), (934000, None)]),
        ("The toll rose to 17 from 12, correcting an earlier figure of 19.", [(17, None), (12, "before"), (19, "corrected")]),
        ("Some 1,500 people fled, up from 900 a year earlier.", [(1500, None), (900, "before")]),
        ("It takes from 10 to 15 minutes.", [(10, None)]),
    ],
)  # fmt: skip
def test_a_value_of_an_earlier_time_is_marked(text, expected):
    assert [(q.value, q.time) for q in find_figures(text)] == expected


@pytest.mark.parametrize(
    "text, expected",
    [
        ("About 1.200 people were hired.", (1200, Decimal("1.2"))),
        ("The pole is 1.200 metres long.", (Decimal("1.2"), 1200)),
        ("Some 12,5 percent were idle.", (Decimal("12.5"), 125)),
        ("Prices rose 3,5 percent. Some 12,5 percent were idle.", (Decimal("12.5"), None)),
        ("Prices rose 3,5 percent. The pole is 1.200 metres long.", (1200, None)),
        ("The mill made 1,200 sacks.", (1200, None)),
        ("The mill made 1.250.000 sacks.", (1250000, None)),
        ("It cost 2'400'000 francs.", (2400000, None)),
    ],
)
def test_marks_that_can_be_mistaken_are_said(text, expected):
    last = find_figures(text)[-1]
    assert (last.value, last.other) == expected


@given(
    st.integers(0, 10**6),
    st.integers(0, 99),
    st.sampled_from(["thousand", "million", "billion", "trillion"]),
)
@settings(max_examples=80, deadline=None)
def test_decimals_are_exact_at_every_scale(whole, part, scale):
    power = {"thousand": 3, "million": 6, "billion": 9, "trillion": 12}[scale]
    [q] = find_figures(f"It owes {whole}.{part:02} {scale} francs")
    assert q.value == whole * 10**power + part * 10 ** (power - 2)
    assert isinstance(q.value, int)


@given(st.integers(1000, 10**9), st.sampled_from([",", " ", "\u202f", "\u2009", "'", "’"]))
@settings(max_examples=80, deadline=None)
def test_thousands_by_any_mark(n, mark):
    [q] = find_figures(f"They sold {n:,} boats".replace(",", mark))
    assert (q.value, q.unit) == (n, "boats")


def test_what_is_counted_is_taken_over_from_before():
    text = "A questionnaire went to all 612 households; 287 replied, and 201 of these preferred it."
    assert [(q.value, q.unit, q.from_before) for q in find_figures(text)] == [
        (612, "households", False), (287, "households", True), (201, "households", True),
    ]  # fmt: skip


def test_parts_told_with_including_are_parts_and_lend_nobody_their_name():
    text = "killing 100 civilians, including 12 children and 17 women, and wounding over 400."
    finds = find_figures(text)
    assert [q.part for q in finds] == [False, True, True, False]
    assert finds[-1].counts == "civilians"


def test_women_and_children_under_one_number_are_one_group():
    [whole, part] = find_figures("613 civilians including 169 women and children were killed")
    assert (whole.counts, part.counts, part.part) == ("civilians", "women and children", True)


def test_spans_count_code_points():
    text = "𝄞𝄞 and 613 people"
    [q] = find_figures(text)
    assert text[q.span.start : q.span.end] == "613"


NUMBERS = st.integers(0, 999_999_999)


def in_words(n):
    """A whole number in English words, the other way round than the reader."""
    units = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ]
    tens = ["-", "-", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
    if n < 20:
        return units[n]
    if n < 100:
        return tens[n // 10] + (f"-{units[n % 10]}" if n % 10 else "")
    if n < 1000:
        return f"{units[n // 100]} hundred" + (f" and {in_words(n % 100)}" if n % 100 else "")
    scale, name = (10**6, "million") if n >= 10**6 else (10**3, "thousand")
    rest = n % scale
    joint = " and " if 0 < rest < 100 else " "
    return f"{in_words(n // scale)} {name}" + (joint + in_words(rest) if rest else "")


@given(NUMBERS.filter(lambda n: n != 1))
@settings(max_examples=80, deadline=None)
def test_words_and_digits_are_the_same_number(n):
    words, plain = f"there were {in_words(n)} boats", f"there were {n:,} boats"
    [a], [b] = find_figures(words), find_figures(plain)
    assert a.value == b.value == n
    assert a.of(words) == in_words(n)
    assert a.unit == b.unit == "boats"


PIECES = st.sampled_from(
    [
        "613",
        "1,275",
        "20",
        "percent",
        "%",
        "a",
        "an",
        "one",
        "two",
        "hundred",
        "thousand",
        "million",
        "half",
        "third",
        "of",
        "the",
        "and",
        "in",
        "to",
        "between",
        "-",
        "–",
        ",",
        ".",
        "1992",
        "26",
        "February",
        "killed",
        "people",
        "women",
        "children",
        "or",
        "more",
        "over",
        "about",
        "nearly",
        "at",
        "least",
        "no",
        "fewer",
        "than",
        "including",
        "£",
        "44m",
        "\n",
        "ten",
        "out",
        "per",
        "cent",
        "quarter",
        "hour",
        "few",
        "dozen",
        "several",
        "dozens",
        "couple",
        "1.200",
        "12,5",
        "816 000",
        "from",
        "up",
        "rose",
        "t",
    ]
)


@given(st.lists(PIECES, max_size=25).map(" ".join) | st.text(max_size=80))
@settings(max_examples=120, deadline=None)
def test_any_text_gives_spans_that_are_in_order_and_inside_it(text):
    last = 0
    for q in find_figures(text):
        assert last <= q.span.start < q.span.end <= len(text)
        last = q.span.end
        assert q.value == q.value and (q.value_max is None or q.value_max > q.value)
        for span in (q.qualifier_span, q.counts_span):
            assert span is None or 0 <= span.start < span.end <= len(text)
        assert q.qualifier in {
            "exact",
            "about",
            "at_least",
            "more_than",
            "up_to",
            "nearly",
            "range",
        }


@given(st.lists(PIECES, max_size=20).map(" ".join))
@settings(max_examples=50, deadline=None)
def test_a_paragraph_before_changes_nothing(text):
    before = "Nothing is counted here.\n\n"
    moved = find_figures(before + text)
    assert [(q.value, q.span.start - len(before)) for q in moved] == [
        (q.value, q.span.start) for q in find_figures(text)
    ]

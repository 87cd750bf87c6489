"""Two texts side by side: what is found, what is shown, and that neither depends on the wording being shipped."""

import os

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from whosays import load_case
from whosays.evidence import side_by_side
from whosays.reuse import compare
from whosays.text.fold import words

# few words, so that runs are shared; some that fold, some outside the basic plane
WORDS = st.sampled_from(
    [
        "a",
        "ferry",
        "late",
        "boat",
        "Khojaly",
        "Xocalı",
        "𝄞",
        "é",
        "“said",
        "no”,",
        "the",
        "of",
        "61",
        ".",
    ]
)
TEXTS = st.lists(WORDS, max_size=60).map(" ".join)


@pytest.fixture(scope="module")
def ferry():
    return load_case("ferry")


@pytest.fixture(scope="module")
def khojaly():
    return load_case("khojaly")


def shown(beside, side):
    return "".join(piece.get("text", "") for piece in beside.pieces(side))


@given(TEXTS, TEXTS, st.booleans(), st.booleans(), st.integers(1, 12))
@settings(max_examples=60, deadline=None)
def test_runs_are_the_same_words_and_pieces_make_the_text(a, b, quotations, set_phrases, least):
    beside = side_by_side.texts(a, b, least=least, quotations=quotations, set_phrases=set_phrases)
    assert (shown(beside, "a"), shown(beside, "b")) == (a, b)
    left, right = ([w.text for w in words(t)] for t in (a, b))
    for pair in beside.pairs:
        assert pair.words >= least
        assert pair.words == sum(n for _, _, n in pair.runs)
        for i, j, n in pair.runs:
            assert left[i : i + n] == right[j : j + n]
        ends = [(i + n, j + n) for i, j, n in pair.runs]
        starts = [(i, j) for i, j, _ in pair.runs]
        assert all(e[0] <= s[0] and e[1] <= s[1] for e, s in zip(ends, starts[1:], strict=False))
    assert 0 <= beside.a_in_b <= 1 and 0 <= beside.b_in_a <= 1
    assert (beside.longest == 0) == (not beside.pairs)


@given(TEXTS, TEXTS)
@settings(max_examples=40, deadline=None)
def test_turned_round_it_finds_as_much(a, b):
    one, other = side_by_side.texts(a, b), side_by_side.texts(b, a)
    assert one.longest == other.longest
    assert bool(one.pairs) == bool(other.pairs)


@given(TEXTS)
@example("a a a a a a")
@example("la " * 12)
@settings(max_examples=40, deadline=None)
def test_a_text_and_itself_overlap_nowhere(text):
    one = side_by_side.of_texts({"one": text})[0]
    for pair in side_by_side.pairs(one, one, set_phrases=True):
        assert pair.a[1] <= pair.b[0]


def test_changes_are_told_in_words():
    a = "The company says that 900 people came last year and that it has hired a second boat to be safe."
    b = "The company says that 800 people came last year, and that it has hired a boat to be safe indeed."
    beside = side_by_side.texts(a, b)
    (pair,) = beside.pairs
    assert pair.kind == "edited" and pair.changes == 2
    assert beside.changes(pair) == ["“900” stands as “800”", "only on the left: “second”"]
    assert any(piece["missing"] for piece in beside.pieces("b"))
    (row,) = beside.rows()
    assert row["left_at"] == "words 1 to 20"


def test_places_in_another_spelling_are_the_same_words():
    beside = side_by_side.texts(
        "Hundreds fled from Khojaly in the night to Agdam",
        "hundreds fled from Xocalı in the night to Aghdam",
    )
    assert beside.longest == 9


def test_settings_take_passages_away():
    phrase = "on the anniversary of the day"
    quoted = "“We cannot go on running a boat for nineteen people unless the council helps to pay,” she said."
    a = f"They met {phrase} in town. {quoted}"
    b = f"{quoted} A service was held {phrase} by many."
    beside = side_by_side.texts(a, b, least=3, set_phrases=True)
    assert len(beside.pairs) == 2
    assert [p.words for p in beside.only(set_phrases=False).pairs] == [18]
    assert [p.words for p in beside.only(quotations=False).pairs] == [6]
    assert beside.only(least=19).pairs == []
    assert beside.only(least=19).summary() == "No shared passage of 19 words or more."


def test_the_earlier_is_on_the_left_where_dates_decide(khojaly):
    later_first = side_by_side.items(khojaly, "film-azernews", "contreras-first")
    assert (later_first.a.name, later_first.ordered) == ("contreras-first", True)
    same_day = side_by_side.items(khojaly, "film-azernews", "film-azertac")
    assert (same_day.a.name, same_day.ordered) == ("film-azernews", False)
    assert "do not say" in same_day.order()


def test_headings_name_outlet_author_date_and_credit(khojaly):
    heading = dict(side_by_side.of_case(khojaly)["film-azernews"].heading)
    assert heading["Outlet"] == "Azernews" and heading["Author"] == "Vafa Ismayilova"
    assert heading["Date"] == "25 February 2021" and heading["Credit"] == "By Vafa Ismayilova"


def test_what_may_not_be_shipped_is_shown_as_so_many_words(khojaly, tmp_path):
    if khojaly.has_text("azernews-2021-film"):
        pytest.skip("the full texts are here")
    beside = side_by_side.items(khojaly, "film-azernews", "film-azertac")
    pieces = beside.pieces("a")
    assert (
        sum(p.get("words", 0) for p in pieces) + sum(len(words(p.get("text", ""))) for p in pieces)
        == beside.a.words
    )
    shown = beside.html().partition("<table")[0]
    assert ' words not quoted" title=' in shown and "not quoted]" not in shown
    assert "not quoted]" in beside.text()


@pytest.mark.parametrize(
    "a, b", [("film-azernews", "film-azertac"), ("contreras-first", "contreras-second")]
)
def test_every_known_word_is_where_the_case_has_it(khojaly, a, b):
    beside = side_by_side.items(khojaly, a, b)
    for side in (beside.a, beside.b):
        document = khojaly.document(khojaly.items[side.name]["source_id"])
        headline = khojaly.items[side.name]["headline"]
        for begin, text in side.known:
            # a headline is told with the item; no passage has to quote it
            assert document.slice(begin, begin + len(text)) in (text, None)
            assert document.slice(begin, begin + len(text)) or headline.startswith(text)


def test_a_long_passage_stands_whole_on_both_sides(khojaly):
    beside = side_by_side.items(khojaly, "film-azernews", "film-azertac")
    for side in "ab":
        longest = run = 0
        for piece in beside.pieces(side):
            run = run + len(piece["text"].split()) if "text" in piece else 0
            longest = max(longest, run)
        assert longest >= 120


def test_ferry_agrees_with_the_reader_of_whole_texts(ferry):
    """The model sees runs of three words, ``compare`` letters too: containment differs by little where text was copied."""
    for a, b in (
        ("coast-press", "courier-article"),
        ("echo-summer", "hull-open-day"),
        ("hull-crane-1", "hull-crane-2"),
    ):
        beside = side_by_side.items(ferry, a, b)
        texts = [side.slice(side.start, side.end) for side in (beside.a, beside.b)]
        row = compare(*texts, a_id="1", b_id="2").pair_rows[0]
        assert row[3:5] == pytest.approx((beside.a_in_b, beside.b_in_a), abs=0.03)
        assert row[5] == beside.longest


def test_most_copying_of_the_reuse_key_is_found(ferry, khojaly):
    """Rows of eight words or more that are verbatim: found, and the set phrases among them named so."""
    for case in (ferry, khojaly):
        missed, long_rows = [], 0
        for row in case.reuse_key:
            beside = side_by_side.items(
                case, row["a_item"], row["b_item"], least=3, set_phrases=True
            )
            turned = beside.a.name != row["a_item"]
            side = "b" if turned else "a"
            offsets = getattr(beside, side).fingerprint.offsets
            inside = {
                i for i, (s, e) in enumerate(offsets) if row["a_start"] <= s and e <= row["a_end"]
            }
            if row["kind"] != "verbatim" or len(inside) < 8:
                continue
            long_rows += 1
            runs = {r[turned] + k for p in beside.pairs for r in p.runs for k in range(r[2])}
            if row["a_item"] == row["b_item"]:
                runs |= {r[1] + k for p in beside.pairs for r in p.runs for k in range(r[2])}
            if len(inside & runs) < 0.9 * len(inside):
                missed.append(row["reuse_id"])
        assert long_rows >= 10
        assert missed == []


def test_own_text_is_looked_for_in_the_case(khojaly):
    words_of_it = khojaly.quotation("p-000-film-toll")
    found = side_by_side.reused(khojaly, f"I have read this: {words_of_it} And I wondered.")
    assert {row["item"] for row in found.rows} >= {"film-azernews", "film-azertac"}
    assert found.rows[0]["words"] >= 20
    assert "does not say who had it from whom" in found.caption


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "one",
        "Nothing of this stands in any of the pieces at all, I hope.",
        "x" * 2000,
        "\0\ud800",
    ],
)
def test_own_text_that_shares_nothing_is_said_to(khojaly, text):
    found = side_by_side.reused(khojaly, text)
    assert len(found) == 0 and found.caption


def test_words_over_and_over_do_not_hide_a_passage_or_hang():
    passage = "Two crossings will be added at midday from Monday to Friday in the summer"
    a, b = ("ferry " * 3000 + end for end in (passage, f"then {passage} and on"))
    beside = side_by_side.texts(a, b)
    assert [p.words for p in beside.pairs] == [14]
    assert shown(beside, "a") == a


def test_a_wrong_item_is_a_sentence(khojaly):
    said = side_by_side.items(khojaly, "film-azernews", "film-asertac")
    assert "no item 'film-asertac'" in repr(said) and "film-azertac" in repr(said)
    assert said.widget() is said


def test_a_text_must_be_a_string():
    with pytest.raises(TypeError, match="first text is a int: give a string"):
        side_by_side.texts(1, "a")


def test_the_widget_filters_in_python(khojaly):
    box = side_by_side.items(khojaly, "film-azernews", "at-a-glance").widget()
    columns = box.columns
    before = len(columns.view["rows"])
    assert 41 in [row["words"] for row in columns.view["rows"]]
    columns.ignore_set_phrases = False
    assert len(columns.view["rows"]) > before
    columns.least = 40
    assert [row["words"] for row in columns.view["rows"]] == [41]
    assert "41" in repr(box)
    assert "text/plain" in box._repr_mimebundle_()[0]


def test_the_paste_box_says_what_it_found(ferry):
    box = side_by_side.paste(ferry)
    box.button.click()
    assert "paste one" in box.status.text
    box.area.value = ferry.text("coast-press-2024-dispatch")
    assert box.look().rows[0]["item"] == "coast-press"
    assert "courier-article" in box.status.details


NUMBERS = ("a_in_b", "b_in_a", "longest")


@pytest.mark.skipif("WHOSAYS_FULLTEXT" not in os.environ, reason="needs the full texts")
def test_numbers_are_the_same_with_the_full_texts(monkeypatch):
    whole = load_case("khojaly")
    assert whole.has_text("azernews-2021-film")
    monkeypatch.delenv("WHOSAYS_FULLTEXT")
    shipped = load_case("khojaly")
    assert not shipped.has_text("azernews-2021-film")
    ids = [item["item_id"] for item in shipped.items]
    checked = 0
    for i, a in enumerate(ids):
        for b in ids[i:]:
            one, other = (
                side_by_side.items(case, a, b, least=3, set_phrases=True)
                for case in (whole, shipped)
            )
            assert one.pairs == other.pairs
            assert [getattr(one, n) for n in NUMBERS] == [getattr(other, n) for n in NUMBERS]
            # and what is called the same is the same in the texts
            for pair in one.pairs:
                for s in one.stretches(pair):
                    if s.kind == "verbatim":
                        left, right = (
                            one.a.slice(s.a_start, s.a_end),
                            one.b.slice(s.b_start, s.b_end),
                        )
                        if left is None or right is None:
                            # what describes cruelty is never shown here
                            continue
                        checked += 1
                        assert [w.text for w in words(left)] == [w.text for w in words(right)]
    assert checked > 20


@pytest.mark.skipif("WHOSAYS_FULLTEXT" not in os.environ, reason="needs the full texts")
def test_full_texts_are_shown_whole_but_for_cruelty():
    case = load_case("khojaly")
    beside = side_by_side.items(case, "film-azernews", "film-azertac")
    for side in "ab":
        text = getattr(beside, side)
        grave = {i for start, end in text.grave for i in range(start, end)}
        plain = "".join(text.slice(i, i + 1) for i in range(text.start, text.end) if i not in grave)
        pieces = beside.pieces(side)
        assert grave and "".join(shown(beside, side).split()) == "".join(plain.split())
        assert sum(piece.get("words", 0) for piece in pieces) > 0

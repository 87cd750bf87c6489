"""Quotation cards: every wording comes from a passage or a finding, and the differences are found."""

import packs
import pytest

from whosays import load_case
from whosays.case.check import check_case
from whosays.evidence.quotations import card_desk, differences, quotation_card, quotation_cards


@pytest.fixture(scope="module")
def khojaly():
    return load_case("khojaly")


@pytest.fixture(scope="module")
def ferry():
    return load_case("ferry")


def test_the_cards_the_course_needs_are_there_in_both_directions(khojaly, ferry):
    cards = {c.row.quotation_id: c for c in quotation_cards(khojaly)}
    carried = {i for i, c in cards.items() if c.row.direction == "carried"}
    assert {
        "sargsyan-civilians",
        "melkonian-knives",
        "hrw-largest",
        "strasbourg-phrase",
        "imishli-road",
    } <= carried
    assert {"report-turned-round", "mutalibov-interview"} == set(cards) - carried
    assert len(quotation_cards(ferry)) >= 4


def test_every_word_on_a_card_is_the_text_or_a_finding(khojaly, ferry):
    for case in (khojaly, ferry):
        for card in quotation_cards(case):
            for wording in card.wordings:
                row = wording.row
                if row.finding_id:
                    assert wording.words == case.findings[row.finding_id].quote
                    continue
                text = case.stretch(case.passages[row.passage_id].source_id, *row.word_spans[0])
                assert wording.words == text
                assert row.label == "VP"


def test_no_wording_claims_more_than_its_finding(khojaly):
    for row in khojaly.wordings:
        if row.finding_id:
            finding = khojaly.findings[row.finding_id]
            assert (row.label, row.seen_at) == (finding.label, finding.seen_at), row.wording_id


def test_sargsyan_has_three_wordings_of_which_one_is_nobodys(khojaly):
    card = quotation_card(khojaly, "sargsyan-civilians")
    assert [[w.number for w in group] for group in card.distinct] == [[1, 3, 4, 6], [2], [5]]
    hybrid = next(a for a in card.aligned() if a.now.number == 5)
    assert "of Azerbaijanis" in hybrid.summary()
    glosses = " ".join(w.gloss for w in card.wordings if w.gloss)
    assert "bragged" in glosses and "in command of Armenian forces in Khojaly" in glosses


def test_to_date_is_left_out_and_conflict_becomes_region(khojaly):
    card = quotation_card(khojaly, "hrw-largest")
    assert card.compare(1, 3).summary() == "left out: “to date”."
    assert "“conflict” became “region”" in card.compare(1, 6).summary()


def test_gaps_are_named_on_the_card(khojaly):
    for card in quotation_cards(khojaly):
        about = dict(card.about())
        assert ("could not be opened" in about) == bool(card.row.unseen)
        for gap in card.row.unseen or ():
            assert khojaly.gaps[gap].what in about["could not be opened"]
    missing = khojaly.gaps["sargsyan-surroundings"].what
    text = " ".join(quotation_card(khojaly, "sargsyan-civilians").text().split())
    assert missing in text and "[gaps/" not in text


def test_the_ferry_twins(ferry):
    assert quotation_card(ferry, "nobody-uses-it").compare(1, 2).summary() == "left out: “never”."
    assert (
        quotation_card(ferry, "unless-the-council").compare(1, 6).summary()
        == "left out: “unless the council helps to pay”."
    )
    same = quotation_card(ferry, "a-good-day")
    assert (
        len(same.distinct) == 1 and same.wordings[1].row.cut
    )  # the words are true, the occasion is not


def test_words_known_by_place_only_say_so(khojaly):
    card = quotation_card(khojaly, "melkonian-knives")
    unknown = next(w for w in card.wordings if w.words is None)
    with pytest.raises(ValueError, match="not known here"):
        card.compare(2, unknown.number)
    with pytest.raises(ValueError, match="has no wording 99"):
        card.compare(2, 99)
    assert "in our words" in card.html() and "is not printed here" in card.text()


def test_a_card_prints_as_text_and_as_html(khojaly, ferry):
    for case in (khojaly, ferry):
        for card in quotation_cards(case):
            page = card._repr_html_()
            assert page.count("<li") == len(card.wordings)
            assert card.row.title in card.text()
            assert page.count("<blockquote>") == len(card.known) + len(card.aligned())


def test_an_unknown_card_says_what_is_near(khojaly):
    with pytest.raises(KeyError, match="sargsyan-civilians"):
        quotation_card(khojaly, "sargsyan-civilian")
    assert quotation_card("ferry", "[quotations/a-good-day]").row.speaker == "joss-ekelby"


# -- alignment -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "was, now, kinds",
    [
        (
            "We were able to break that",
            "We needed to put a stop to that",
            ["same", "changed", "same"],
        ),
        ("the same words", "The same words!", ["same"]),
        ("a b c d e f", "a b c", ["same", "left out"]),
        ("a b c", "a b c d e", ["same", "put in"]),
    ],
)
def test_kinds_of_difference(was, now, kinds):
    assert [p.kind for p in differences(was, now)] == kinds


def test_every_word_of_both_wordings_is_in_a_piece():
    was, now = "one two three four five", "zero one three six five seven"
    pieces = differences(was, now)
    assert " ".join(p.was for p in pieces if p.was).split() == was.split()
    assert " ".join(p.now for p in pieces if p.now).split() == now.split()


# -- the tables in a pack ------------------------------------------------------------------------------


def quoted_pack(tmp_path, **wording):
    tables = packs.valid_tables()
    claim, passage = (
        tables["claims"][0]["claim_id"],
        next(p for p in tables["passages"] if p["quoted"] == "true"),
    )
    tables["quotations"] = [
        packs.row(
            "quotations", quotation_id="q", title="A word", claim_id=claim, speaker="owner", occasion="On the quay.",
            original="Heard.", printed_source="Nowhere else.", shows="How it goes.", direction="carried", label="VP",
            seen_at="the quay",
        )
    ]  # fmt: skip
    start = int(passage["start"])
    cells = dict(
        wording_id="q-1", quotation_id="q", order=1, passage_id=passage["passage_id"], word_spans=f"{start}-{start + 4}",
        given_as="As it stands.", label="VP", seen_at="the piece itself",
    )  # fmt: skip
    tables["wordings"] = [packs.row("wordings", **{**cells, **wording})]
    return packs.build(tmp_path / "pack", tables)


def problems(folder):
    return [(p.table, p.column, p.rule) for p in check_case(folder)]


def test_a_pack_with_a_card_is_whole(tmp_path):
    assert problems(quoted_pack(tmp_path)) == []


@pytest.mark.parametrize(
    "wording, expected",
    [
        (dict(passage_id=""), ("wordings", "passage_id", "wording-place")),
        (dict(word_spans=""), ("wordings", "word_spans", "wording-place")),
        (dict(word_spans="0-100000"), ("wordings", "word_spans", "wording-outside-passage")),
        (dict(gloss_spans="0-100000"), ("wordings", "gloss_spans", "wording-outside-passage")),
        (dict(quotation_id="nobody"), ("wordings", "quotation_id", "dangling-reference")),
    ],
)
def test_a_broken_card_is_named(tmp_path, wording, expected):
    assert expected in problems(quoted_pack(tmp_path, **wording))


def test_what_an_excerpt_does_not_show_is_not_called_left_out():
    card = quotation_card(load_case("khojaly"), "sargsyan-civilians")
    book, excerpt = card.compare(6, 2), card.compare(6, 5)
    assert "left out" not in book.summary() and "does not reach further" in book.summary()
    assert "Before Khojaly" not in book.marked()
    assert "left out" in excerpt.summary(), "a whole wording of a piece is held against the whole"


def test_the_desk_lays_two_wordings_over_each_other_as_compare_does(ferry):
    desk = card_desk(ferry)
    desk.card.value = "nobody-uses-it"
    desk.was.value, desk.now.value = "1", "2"
    found = quotation_card(ferry, "nobody-uses-it").compare(1, 2)
    assert desk.status.text == found.summary()
    assert "<del>never</del>" in desk.status.details
    desk.now.value = "1"
    assert "two different wordings" in desk.status.text and desk.status.details == ""


def test_the_desk_empties_its_fields_with_another_card_and_offers_only_known_words(khojaly):
    desk = card_desk(khojaly, ["sargsyan-civilians", "melkonian-knives"])
    desk.was.value, desk.now.value = "3", "5"
    desk.card.value = "melkonian-knives"
    assert (desk.was.value, desk.now.value) == ("", "")
    assert len(desk.was.options) == 1 + len(quotation_card(khojaly, "melkonian-knives").known)
    # with the full text at hand more wordings are known
    few = len(quotation_card(khojaly, "melkonian-knives").known) < 2
    assert ("fewer than two" in desk.status.text) == few
    assert "Arabo" in desk.whole.value


def test_a_bracket_that_closes_a_word_stays_with_it():
    (piece,) = [
        p
        for p in differences("to break that [idea] now", "to stop all that now")
        if p.kind != "same"
    ]
    assert piece.was.count("[") == piece.was.count("]")

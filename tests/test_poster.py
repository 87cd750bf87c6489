"""The poster: claims by voices, guessed first and opened cell by cell."""

import pytest

from whosays import load_case
from whosays.evidence.poster import AS_EXPECTED, ELSE, LESS, MORE, SIGNS, poster, sign_and_words
from whosays.learner import judgements

CLAIMS = ["late-boat-19", "journeys-48600", "loss-310000", "late-boat-abolished"]
VOICES = {"the association": ["passengers-count"], "the unit": ["coastal-note"]}


@pytest.fixture
def box(tmp_path, monkeypatch):
    monkeypatch.setenv("WHOSAYS_ANSWERS", str(tmp_path))
    return poster(load_case("ferry"), "06", CLAIMS, VOICES, model=["late-boat-19"])


def cell(box, claim, voice="the unit"):
    return box.poster.cells[claim, voice]


def test_a_cell_is_there_where_the_case_has_a_finding_and_only_there(box):
    ferry = box.poster.case
    for claim in CLAIMS:
        for voice, accounts in VOICES.items():
            found = [f for f in ferry.findings if f.claim_id == claim and f.account_id in accounts]
            assert ((claim, voice) in box.poster.cells) == bool(found)
    assert {c.claim.claim_id for c in box.poster.to_guess()} == set(CLAIMS) - {"late-boat-19"}


def test_a_guess_is_as_expected_or_says_in_which_direction_it_was_off(box):
    part = cell(box, "journeys-48600")
    assert part.stance == "supports_in_part"
    assert part.compare("supports_in_part") == AS_EXPECTED
    assert part.compare("supports") == LESS and part.compare("contradicts") == MORE
    assert cell(box, "loss-310000").compare("qualifies") == ELSE


def test_nothing_is_told_before_a_guess_and_all_of_it_after(box):
    part = cell(box, "journeys-48600")
    told = part.findings[0].paraphrase
    before = box.poster.html() + box.poster.text() + "".join(b.value for b in box.below.values())
    assert told not in before and sign_and_words("supports_in_part") not in before
    box.open_cell(part)
    assert "Guess first" in box.status.text and told not in box.below["journeys-48600"].value
    box.menus["journeys-48600", "the unit"].value = "supports"
    box.open_cell(part)
    assert told in box.below["journeys-48600"].value
    assert "less for the claim than you expected" in box.status.text
    assert box.poster.summary().startswith("1 of 4 cells open: 1 less")
    assert box.poster.case.findings["coastal-note-loss-310000"].paraphrase not in "".join(
        b.value for b in box.below.values()
    )


def test_the_first_guess_stays_and_comes_back_with_the_cell(box):
    at, part = ("journeys-48600", "the unit"), cell(box, "journeys-48600")
    for guess in ("supports", "supports_in_part"):
        box.menus[at].value = guess
        box.open_cell(part)
    assert box.poster.guesses(part) == ("supports", "supports_in_part")
    assert box.poster.kept(part).last.words() == "bears out a part"  # as lesson 07 shows it
    again = poster(box.poster.case, "06", CLAIMS, VOICES, model=["late-boat-19"])
    assert again.menus[at].value == "supports_in_part" and again.said[at].value
    assert "1 less for the claim" in again.poster.summary()
    assert {one.lesson for one in judgements.every()} == {"06"}


def test_opened_without_guessing_is_kept_as_such(box):
    box.open_all()
    assert all(box.poster.kept(c).without for c in box.poster.to_guess())
    assert box.poster.summary() == "4 of 4 cells open."


def test_signs_differ_and_each_stands_with_its_words():
    assert len(set(SIGNS.values())) == len(SIGNS)
    assert "in what we read" in sign_and_words("silent")


def test_the_poster_has_our_words_and_no_bare_quotation():
    """A quotation alone may have lost the negation before it."""
    case = load_case("khojaly")
    made = poster(case, "06", ["azerbaijanis-to-blame"], {"HRW": ["hrw-1997-letter"]}).poster
    finding = case.findings["hrw-1997-blame"]
    assert finding.paraphrase in made.answers() and finding.quote not in made.answers()


def test_no_guess_serves_for_every_cell_of_the_lesson():
    """Whoever only trusts or only doubts is wrong in most cells."""
    voices = {"a": ["hrw-1992", "hrw-1993", "hrw-1994", "hrw-1997-letter"], "b": ["memorial-1992"]}
    claims = ["toll-613", "corridor-became-trap", "genocide", "azerbaijanis-to-blame"]
    cells = poster(load_case("khojaly"), "06", claims, voices).poster.to_guess()
    for guess in SIGNS:
        right = sum(one.compare(guess) == AS_EXPECTED for one in cells)
        assert right / len(cells) < 0.5, guess

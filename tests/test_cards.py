"""Source cards: every field has an answer, what shows it, and a way to look again."""

import pytest

from whosays import load_case
from whosays.evidence import cards
from whosays.learner.verdict import BLANK, NOT_YET


@pytest.fixture(autouse=True)
def answers(tmp_path, monkeypatch):
    monkeypatch.setenv("WHOSAYS_ANSWERS", str(tmp_path))


@pytest.fixture(scope="module", params=["khojaly", "ferry"])
def case(request):
    return load_case(request.param)


def perfect(card):
    return {f: {"answer": r["answer"], "evidence": r["evidence"]} for f, r in card.rows.items()}


def test_every_document_has_a_whole_card(case):
    for source in case.sources:
        assert cards.SourceCard(case, source["source_id"]).fields == list(cards.FIELDS)


def test_the_right_card_is_all_right_and_every_part_is_shown(case):
    for source in case.sources:
        card = cards.SourceCard(case, source["source_id"])
        feedback = card.check(perfect(card))
        assert feedback.right == len(feedback.parts) == 2 * len(cards.FIELDS)
        assert "[cards/" in feedback.text() and "label" in feedback.text()


def test_other_answers_and_evidence_are_known(case):
    for row in case.cards:
        assert set(row["also_evidence"] or ()) <= set(cards.EVIDENCE), row
        assert row["answer"] in cards.options(case, row["field"])


def test_no_option_is_right_everywhere_and_each_field_has_a_choice(case):
    for field in cards.FIELDS:
        rows = [r for r in case.cards if r["field"] == field]
        assert len(cards.options(case, field)) >= 3
        assert len({r["answer"] for r in rows}) > 1


def test_a_wrong_answer_gets_the_hint_of_its_own_row_and_no_answer(case):
    for row in case.cards:
        right = {row["answer"], *(row["also"] or ())}
        wrong = next(o for o in cards.options(case, row["field"]) if o not in right)
        feedback = cards.source_card(case, row["source_id"]).check(
            {row["field"]: {"answer": wrong}}
        )
        (part,) = [p for p in feedback.parts if p.field == row["field"] and p.part == "answer"]
        assert (part.state, part.why) == (NOT_YET, row["hint"])
        assert row["answer"].casefold() not in part.why.casefold()


def test_blank_is_not_answered_and_never_an_error(case):
    source = case.sources[0]["source_id"]
    for blank in (
        {},
        {"owner": None},
        {"owner": {}},
        {"owner": {"answer": ""}},
        {"no such field": {"answer": "x"}},
    ):
        feedback = cards.source_card(case, source).check(blank)
        assert {p.state for p in feedback.parts} == {BLANK}
    assert "12 not answered" in feedback.summary()


def test_an_unknown_document_names_those_that_have_a_card(case):
    with pytest.raises(KeyError, match=case.sources[0]["source_id"]):
        cards.SourceCard(case, "nowhere")


def test_what_is_filled_in_is_kept_apart_for_each_case_and_document(case):
    first, second = (s["source_id"] for s in case.sources[:2])
    card = cards.source_card(case.name, first)
    assert card.keep({"owner": {"answer": "not found"}}) == ""
    cards.source_card(case.name, second).keep({"genre": {"answer": "news report"}})
    assert cards.SourceCard(case, first).kept() == {"owner": {"answer": "not found"}}
    assert "not found" in cards.SourceCard(case, first).text()


def test_the_fields_do_what_the_function_does(case):
    from whosays.widgets.source_card import CardBox

    source = case.sources[0]["source_id"]
    card = cards.SourceCard(case, source)
    box = CardBox(card)
    box.check_button.click()
    assert "12 not answered" in box.status.text
    box.show_button.click()
    assert "Fill in at least one field" in box.status.text
    for (field, part), menu in box.menus.items():
        menu.value = card.rows[field][part]
    box.check_button.click()
    assert box.status.text.startswith(card.check(box.filled).summary())
    assert box.filled == perfect(card)
    box.show_button.click()
    assert card.rows["owner"]["why"][:40] in box.status.details
    assert CardBox(cards.SourceCard(case, source)).filled == box.filled  # the cell is run again
    assert all(menu.description for menu in box.menus.values())


def test_the_short_form_means_the_main_case():
    assert cards.source_card("azernews-2021-film").case.name == "khojaly"

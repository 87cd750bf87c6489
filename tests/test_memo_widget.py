"""The memo as fields, without a browser: what the fields hold is the memo, and it is kept."""

import pytest

from whosays import load_case
from whosays.memo import memo


@pytest.fixture(scope="module")
def case():
    return load_case("ferry")


@pytest.fixture
def box(case, tmp_path, monkeypatch):
    monkeypatch.setenv("WHOSAYS_ANSWERS", str(tmp_path / "answers"))
    return memo(case).widget(offer=["late-boat-19", "loss-310000"])


def test_ticks_make_fields_and_what_was_written_comes_back(box, case):
    box.ticks["loss-310000"].value = True
    box.areas["loss-310000"].value = "One origin."
    box.ticks["loss-310000"].value = False
    assert "loss-310000" not in [part for part, _, _ in box.memo.parts()]
    box.ticks["loss-310000"].value = True
    assert box.areas["loss-310000"].value == "One origin."
    again = memo(case).widget(offer=["late-boat-19"])
    assert (
        again.memo.claims == ["loss-310000"] and again.areas["loss-310000"].value == "One origin."
    )


def test_another_claim_of_the_case_is_ticked_from_the_menu(box):
    box.more.value = "unit-found-loss"
    assert box.memo.claims == ["unit-found-loss"] and box.more.value == ""
    assert "unit-found-loss" not in [value for _, value in box.more.options]


def test_the_evidence_is_opened_and_goes_with_its_claim(box):
    box.ticks["late-boat-19"].value = True
    box.evidence.value = "late-boat-19"
    assert "starting points" in box.shown.value and "All of it" in box.shown.value
    box.ticks["late-boat-19"].value = False
    assert box.shown.value == "" and box.evidence.value == ""


def test_buttons_answer_as_the_functions_do(box):
    assert "Pick a claim" in box.check().text()
    assert "pick at least one" in box.export().text()
    box.ticks["late-boat-19"].value = True
    box.check_button.click()
    assert box.status.text == box.memo.check().summary()
    box.title.value = "Boats"
    assert box.status.text == "Changed since the last check."
    box.export_button.click()
    assert box.status.text.startswith("9 files in the folder answers/memo-ferry")


def test_what_cannot_be_saved_is_said(box, tmp_path, monkeypatch):
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("WHOSAYS_ANSWERS", str(tmp_path / "file"))
    box.title.value = "Boats"
    assert "Not saved" in box.status.text


def test_where_widgets_cannot_be_shown_the_words_stand_as_text(box):
    assert "(not written yet)" in repr(box)

"""The leave-the-page log keeps what was opened, and says what is still missing."""

import pytest

from whosays.learner.visits import FIELDS, VisitLog


@pytest.fixture(autouse=True)
def answers(tmp_path, monkeypatch):
    monkeypatch.setenv("WHOSAYS_ANSWERS", str(tmp_path))


def test_a_visit_is_noted_and_there_again_after_a_restart():
    said = (
        VisitLog("01")
        .add("https://example.org/report", "who published it", "its own page, dated 1992", "")
        .said
    )
    assert said == "Noted."
    (entry,) = VisitLog("01").entries
    assert (
        entry["lesson"] == "01"
        and entry["found"] == "its own page, dated 1992"
        and entry["changed"] == ""
    )


def test_an_empty_field_is_named_and_nothing_is_kept():
    log = VisitLog("01").add("https://example.org", " ", "a page", "")
    assert FIELDS["looked_for"] in log.said and FIELDS["changed"] not in log.said
    assert log.entries == []


def test_each_lesson_shows_its_own_and_keeps_the_others():
    VisitLog("00").add("a", "b", "c", "d")
    log = VisitLog("01").add("<script>", "b", "c", "d")
    assert len(log.entries) == 2
    assert "Visits noted for lesson 01: 1" in log.text()
    assert "<script>" not in log.html() and "&lt;script&gt;" in log.html()


def test_the_form_does_what_the_function_does():
    form = VisitLog("00").widget()
    form.note_button.click()
    assert "Not noted yet" in form.status.text
    for name, words in (
        ("address", "https://example.org"),
        ("looked_for", "the report"),
        ("found", "its own page"),
    ):
        form.inputs[name].value = words
    form.note_button.click()
    assert form.status.text == "Noted." and "its own page" in form.status.details
    assert [field.value for field in form.inputs.values()] == [""] * 4
    assert len(VisitLog("00").entries) == 1
    assert all(field.description for field in form.inputs.values())
    assert "its own page" in repr(VisitLog("00").widget())

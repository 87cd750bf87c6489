"""Marking as a learner of lesson 02 works: wrong marks first, and the machine graded."""

import re

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PASSAGES = ("p-004-panin", "p-002-figures", "p-004-sargsyan", "p-001-film-hrw")


def test_marking_as_a_learner_works(lab):
    (lab.server.answers / "marks.json").unlink(missing_ok=True)
    first = 'from whosays import load_case, span_marker\ncase = load_case("khojaly")'
    book = lab.open_cells(first, *(f'span_marker(case, "{name}").widget()' for name in PASSAGES))
    book.run_all()
    assert book.errors() == []
    _a_wrong_mark_gets_its_hint_and_is_mended(book)
    _a_voice_without_a_source(book)
    _the_machine_is_graded_to_the_end(book)
    _dark_and_at_two_hundred_per_cent(book)


def _marker(book, passage):
    box = book.page.locator(".ws-marker").nth(PASSAGES.index(passage))
    box.scroll_into_view_if_needed()
    return box


def _says(box, words):
    box.get_by_role("status").filter(has_text=words).wait_for()


def _mark(box, role, first, last=None):
    """By keyboard from the first word on, as many words as there are to the last."""
    box.get_by_role("radio", name=role, exact=True).check()
    options = box.get_by_role("option").all_inner_texts()
    plain = [text.split("\n")[-1].strip() for text in options]
    start = next(
        i for i, word in enumerate(plain) if re.search(rf"(^|\W|source|cue|content){first}$", word)
    )
    end = (
        start
        if last is None
        else next(i for i, word in enumerate(plain) if i > start and word.endswith(last))
    )
    box.get_by_role("option").nth(start).focus()
    for _ in range(end - start):
        box.page.keyboard.press("Shift+ArrowRight")
    box.page.keyboard.press("Enter")
    # the line of the mark before may still stand there
    _says(box, f"Marked as {role}")


def _a_wrong_mark_gets_its_hint_and_is_mended(lesson):
    box = _marker(lesson, "p-004-panin")
    box.get_by_role("button", name="Check").click()
    _says(box, "Not answered yet")
    _mark(box, "source", "Embassy", "Ethiopia")
    _mark(box, "cue", "said")
    _mark(box, "content", "Unfortunately", "unpunished")
    box.get_by_role("button", name="Check").click()
    _says(box, "1 of 1 relation found, 1 of them to mend.")
    box.get_by_text("mark whoever speaks, and no more").wait_for()
    lesson.screenshot("02-wrong", box)
    box.get_by_role(
        "button", name="Remove source “Embassy of Azerbaijan to Ethiopia” from relation 1"
    ).click()
    _says(box, "Taken out")
    _mark(box, "source", "Dmitri", "Ethiopia")
    item = (
        box.get_by_role("list", name="Relations, in the order of the text")
        .get_by_role("listitem")
        .first
    )
    item.get_by_label("Mode").select_option("direct")
    _says(box, "mode direct")
    item.get_by_label("Chain").fill("Sudan Tribune > Tesfa-Alem Tekle > Dmitri Panin")
    item.get_by_label("Chain").press("Tab")
    _says(box, "chain Sudan Tribune")
    box.get_by_role("button", name="Check").click()
    _says(box, "1 of 1 relation found.")
    # the table comes in a message of its own; more than one such row is an error
    box.get_by_role("row").filter(has_text="✓ right").wait_for()
    box.get_by_role("button", name="Show the case's own reading").click()
    box.get_by_text("The case's own reading of Sudan Tribune").wait_for()
    lesson.screenshot("02-right", box)
    assert not lesson.axe(".ws-marker")


def _a_voice_without_a_source(lesson):
    box = _marker(lesson, "p-002-figures")
    _mark(box, "voice without a source", "they", "known")
    box.get_by_role("button", name="Check").click()
    _says(box, "1 of 1 relation found")
    lesson.screenshot("02-voice", box)


def _the_machine_is_graded_to_the_end(lesson):
    box = _marker(lesson, "p-004-sargsyan")
    box.get_by_role("button", name="Show the machine's first pass").click()
    readings = box.get_by_role("list", name="The machine's first pass").locator("> li")
    readings.first.wait_for()
    for number in range(1, readings.count() + 1):
        box.get_by_role(
            "button", name=f"{'Accept' if number % 2 else 'Reject'} reading {number}", exact=True
        ).click()
        readings.nth(number - 1).get_by_text("Your verdict").wait_for()
    box.get_by_text(re.compile("readings graded")).wait_for()
    box.get_by_role("columnheader", name="the key").wait_for()
    lesson.screenshot("02-machine", box)
    assert not lesson.axe(".ws-marker")


def _dark_and_at_two_hundred_per_cent(lesson):
    """In the dark theme; the server keeps the choice, so it is taken back."""
    choose = (
        "async (theme) => { await jupyterapp.commands.execute('apputils:change-theme', {theme}) }"
    )
    lesson.page.evaluate(choose, "JupyterLab Dark")
    try:
        lesson.page.locator("body[data-jp-theme-light='false']").wait_for(state="attached")
        _marks_and_fits(lesson)
    finally:
        lesson.page.evaluate(choose, "JupyterLab Light")
        lesson.page.locator("body[data-jp-theme-light='true']").wait_for(state="attached")


def _marks_and_fits(dark):
    box = _marker(dark, "p-001-film-hrw")
    _mark(box, "cue", "It", "that")
    _mark(box, "content", "Human", "Azerbaijan")
    box.get_by_role("button", name="Check").click()
    _says(box, "of 2 relations found")
    dark.screenshot("02-dark", box)
    assert not dark.axe(".ws-marker")
    # what 200 % zoom leaves of 1280 x 900
    dark.page.set_viewport_size({"width": 640, "height": 450})
    box.scroll_into_view_if_needed()
    dark.screenshot("02-zoom", box)
    assert box.evaluate("e => e.scrollWidth <= e.clientWidth + 1"), (
        "the marker is wider than its cell at 200 %"
    )

"""The case desk in a real JupyterLab: eight texts become a case, a lesson and an exercise, without code."""

import time
from pathlib import Path

import pytest

from whosays import load_case

pytestmark = pytest.mark.browser

POOL = Path(__file__).resolve().parents[1] / "fixtures" / "pool"


def press(box, name):
    """Press a button and wait until the desk has answered."""
    answered(box, box.get_by_role("button", name=name).first.click)


def answered(box, act):
    """Do something and wait until the desk has answered."""
    line = box.get_by_role("status").first
    before = line.get_attribute("data-asked")
    act()
    line.page.wait_for_function(
        "([line, before]) => line.dataset.asked !== before", arg=[line.element_handle(), before]
    )


def test_eight_texts_become_a_case_a_lesson_and_an_exercise(lab):
    begun = time.monotonic()
    book = lab.lesson("08_your_own_case")
    box = book.page.locator(".ws-question").first
    box.get_by_text("Begin with your texts").wait_for()
    with book.page.expect_file_chooser() as chooser:
        box.get_by_role("button", name="Add files").click()
    chooser.value.set_files(sorted(POOL.glob("*.txt")))
    box.get_by_text("8 on texts").first.wait_for(timeout=60_000)
    book.screenshot("08-texts", box)
    assert not book.axe(".ws-question")
    for _ in range(8):
        press(box, "This head is right")
    press(box, "3 Claims")
    for tick in range(5):
        box.get_by_role("checkbox").nth(tick).check()
    press(box, "Put these on the desk")
    for number in range(5):
        if number:
            pick = box.get_by_label("Claim to work on")
            answered(box, lambda pick=pick, at=number + 1: pick.select_option(index=at))
            box.get_by_label("The claim: In your words").wait_for()
        for _ in range(box.get_by_text("The machine reads").count()):
            press(box, "It says so")
        box.get_by_label("The claim: In your words").fill(
            f"Claim {number + 1}, said in my own words."
        )
        box.get_by_label("The claim: How well is it known?").select_option(label="open: not known")
        box.get_by_label("The claim: Why?").fill("I have read the texts.")
        press(box, "Keep this wording")
        if number < 2:
            box.get_by_role("checkbox").first.check()
            press(box, "These do not say it")
        if number == 2:
            book.screenshot("08-claims", box)
            assert not book.axe(".ws-question")
    press(box, "Take out the rest")
    press(box, "2 Voices")
    book.screenshot("08-voices", box)
    while box.get_by_role("button", name="Keep", exact=True).count():
        press(box, "Keep")
    box.get_by_text("A class can work on this case").first.wait_for()
    press(box, "8 Lesson and exercise")
    press(box, "Write the lesson and the exercise")
    box.get_by_text("my-case-class for your class").wait_for()
    book.screenshot("08-lesson", box)
    case = load_case(lab.server.answers / "my-case")
    assert len(case.claims) == 5 and len(case.sources) == 8
    place = lab.server.answers / "my-case-class"
    assert (place / "08_my_case_ex.ipynb").exists() and (place / "08_my_case.ipynb").exists()
    print(f"from opening to the exercise: {time.monotonic() - begun:.0f} s by machine")


def test_a_key_on_a_button_stays_on_the_desk(lab):
    book = lab.run_cell("from whosays.newcase import case_desk\ncase_desk().widget()")
    before = book.sources()
    book.page.get_by_role("button", name="Undo the last change").focus()
    for key in ("a", "d", "d", "ArrowDown"):
        book.page.keyboard.press(key)
    assert book.sources() == before

"""The question widget in JupyterLab: every control by mouse and by keyboard, saved, read out, accessible."""

import json

import pytest

try:
    from playwright.sync_api import TimeoutError as PlaywrightTimeout
except ImportError:  # the fixtures skip or fail by themselves
    PlaywrightTimeout = TimeoutError

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def book(lab):
    """The demo exercise, run, with no answers saved."""
    (lab.server.answers / "09_demo.json").unlink(missing_ok=True)
    opened = lab.open(lab.server.exercises / "09_demo_ex.ipynb")
    opened.run_all()
    assert opened.errors() == []
    opened.page.locator(".ws-question").nth(7).wait_for()
    return opened


def _fields(book, number):
    found = book.page.locator(".ws-question").nth(number - 1)
    found.scroll_into_view_if_needed()
    return found


def _check(fields):
    fields.get_by_role("button", name="Check").click()
    return fields.get_by_role("status")


def _expect(status, words):
    try:
        status.filter(has_text=words).wait_for()
    except PlaywrightTimeout:
        pytest.fail(f"the status line says {status.inner_text()!r}, not {words!r}")


def _saved(lab):
    return json.loads((lab.server.answers / "09_demo.json").read_text(encoding="utf-8"))["answers"]


def test_every_kind_by_mouse(book, lab):
    first = _fields(book, 1)
    first.get_by_label("(a)").check()
    _expect(_check(first), "not yet")
    first.get_by_text("Which word tells who said it first?").wait_for()
    first.get_by_label("(b)").check()
    _expect(_check(first), "✓ right (1 of 1 point)")

    second = _fields(book, 2)
    for key in "bc":
        second.get_by_label(f"({key})").check()
    _expect(_check(second), "✓ right")

    third = _fields(book, 3)
    third.get_by_label("(a)").select_option("not supported")
    third.get_by_label("(c)").select_option("supported")
    _expect(_check(third), "not yet (0 of 4 points)")
    third.get_by_role("row").filter(has_text="(a)").filter(has_text="wrongly rejected").wait_for()
    third.get_by_role("row").filter(has_text="(c)").filter(has_text="wrongly accepted").wait_for()

    fourth = _fields(book, 4)
    fourth.get_by_label("Number:").fill("2380")
    fourth.get_by_label("What does the sum count?").select_option("entries at one door")
    _expect(_check(fourth), "partly right")
    fourth.get_by_text("The digits are right and the scale is not").wait_for()

    fifth = _fields(book, 5)
    for place, voice in enumerate(("the blog", "the Echo", "the town hall", "the librarian"), 1):
        fifth.get_by_label(f"{place}.").select_option(voice)
    _expect(_check(fifth), "✓ right")

    sixth = _fields(book, 6)
    sixth.get_by_label("Genre").first.select_option("press release")
    sixth.get_by_label("Author").nth(1).select_option("M. Brandt")
    _expect(_check(sixth), "partly right (1 of 3 points)")

    seventh = _fields(book, 7)
    seventh.get_by_role("radio", name="content", exact=True).check()
    seventh.get_by_role("option", name="The", exact=True).first.click()
    seventh.get_by_role("option", name="open", exact=True).click(modifiers=["Shift"])
    seventh.get_by_role("button", name="Remove content “The library will open”").wait_for()
    _check(seventh)
    seventh.get_by_text("leaves out 2 words").wait_for()

    eighth = _fields(book, 8)
    eighth.get_by_label("Your text").fill(
        "The mayor says so, and a readers' group counted who came in at one door on one Sunday."
    )
    _expect(_check(eighth), "for you to review")
    eighth.get_by_role("button", name="Explain").click()
    eighth.get_by_text("Which level is yours?").wait_for()
    for number in range(1, 9):
        book.screenshot(f"question-{number}", _fields(book, number))
    assert set(_saved(lab)) == {f"9.{i}" for i in range(1, 9)}


def test_by_keyboard_alone_and_accessible(book):
    _menus_and_buttons_by_keyboard(book)
    _radio_buttons_by_keyboard(book)
    _outputs_are_accessible(book)


def _menus_and_buttons_by_keyboard(book):
    before = book.sources()
    fields = _fields(book, 3)
    menu = fields.get_by_label("(a)")
    menu.focus()
    # each of these would insert, delete or leave a cell if it got through
    for key in ("a", "b", "d", "d", "ArrowDown", "ArrowUp", "ArrowDown", "x", "m", "y"):
        book.page.keyboard.press(key)
    menu.focus()
    book.page.keyboard.press("Home")
    book.page.keyboard.press("ArrowDown")
    assert menu.input_value() == "supported"
    for _ in range(8):
        book.page.keyboard.press("Tab")
    assert book.page.evaluate("() => document.activeElement.innerText") == "Check"
    book.page.keyboard.press("Enter")
    _expect(fields.get_by_role("status"), "partly right (0.5 of 4 points)")
    book.page.keyboard.press("Tab")
    book.page.keyboard.press("Space")
    _expect(fields.get_by_role("status"), "Hint 1 of 2")
    book.page.keyboard.press("Tab")
    book.page.keyboard.press("Space")
    _expect(fields.get_by_role("status"), "1 more try")
    for key in ("a", "d", "d", "j", "k"):
        book.page.keyboard.press(key)
    assert book.sources() == before


def _a_button_waits_for_a_field_on_a_slow_line(book):
    """What is typed last counts, however late the kernel is; stock widgets would judge the letter before."""
    book.page.evaluate(
        """() => {
            // every message to the kernel is half a second late
            const send = WebSocket.prototype.send;
            WebSocket.prototype.send = function (data) { setTimeout(() => send.call(this, data), 500); };
        }"""
    )
    fields = _fields(book, 4)
    fields.get_by_label("Number:").press_sequentially("2380")
    fields.get_by_role("button", name="Check").click()
    fields.get_by_text("The digits are right and the scale is not").wait_for()
    fields.get_by_text('question("9.4").check({"value": 2380})').wait_for(state="attached")


def _radio_buttons_by_keyboard(book):
    before = book.sources()
    fields = _fields(book, 1)
    fields.get_by_label("(a)").focus()
    book.page.keyboard.press("Space")
    book.page.keyboard.press("ArrowDown")
    assert fields.get_by_label("(b)").is_checked()
    _expect(_check(fields), "✓ right")
    assert book.sources() == before


def test_answers_survive_a_restart_and_a_slow_line_and_count_in_the_score(book, lab):
    fields = _fields(book, 3)
    fields.get_by_label("(b)").select_option("supported")
    fields.get_by_text('question("9.3").check({"b": "supported"})').wait_for(state="attached")
    book.restart()
    book.run_all()
    again = _fields(book, 3)
    again.get_by_label("(b)").wait_for()
    assert again.get_by_label("(b)").input_value() == "supported"
    book.page.get_by_role("row", name="9.3 How well is it supported?").get_by_text(
        "0.5 of 4"
    ).wait_for()
    assert _saved(lab) == {"9.3": {"b": "supported"}}
    book.screenshot(
        "score", book.output("Both ways together").or_(book.output("Not answered yet: 9.1")).first
    )
    _a_button_waits_for_a_field_on_a_slow_line(book)


def _outputs_are_accessible(book):
    third = _fields(book, 3)
    third.get_by_label("(a)").select_option("not supported")
    _expect(_check(third), "not yet")
    book.screenshot("page")
    assert book.axe() == []
    _axe_would_see_a_fault(book)


def _axe_would_see_a_fault(book):
    book.page.evaluate(
        """() => document.querySelector('.ws-question').insertAdjacentHTML(
            'beforeend', '<p style="color:#bbb;background:#fff">pale words</p><select><option>one</option></select>')"""
    )
    found = " ".join(book.axe())
    assert "color-contrast" in found
    assert "select-name" in found


def test_a_computer_too_slow_for_anywidget_is_answered_as_well(lab):
    """A widget of ours that is late hears nothing from Python (anywidget 0.11): here each one is late."""
    lab.page.add_init_script(
        """AbortSignal.timeout = () => {
            const late = new AbortController();
            setTimeout(() => late.abort());
            return late.signal;
        };
        addEventListener("unhandledrejection", (event) => event.preventDefault());"""
    )
    book = lab.run_cell('from whosays import question\nquestion("9.4").widget()')
    fields = _fields(book, 1)
    fields.get_by_label("Number:").fill("2380")
    fields.get_by_role("button", name="Check").click()
    fields.get_by_text("The digits are right and the scale is not").wait_for()

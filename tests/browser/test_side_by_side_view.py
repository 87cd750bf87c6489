"""Side by side in a real JupyterLab: numbers, light, jumps, filters, by mouse and by keyboard alone."""

import pytest

pytestmark = pytest.mark.browser

START = "from whosays import load_case, reuse_map, side_by_side\n"
FERRY = "case = load_case('ferry')\n"


@pytest.fixture
def book_of(lab):
    """Opens a notebook of one code cell and runs it."""
    return lambda source: lab.run_cell(START + source)


def open_day(book_of):
    book = book_of(FERRY + "side_by_side.items(case, 'echo-summer', 'hull-open-day').widget()")
    box = book.page.locator(".ws-sbs")
    box.get_by_role("status").get_by_text("1 shared passage").wait_for()
    return book, box


def test_what_is_shared_and_what_was_changed_in_light_in_the_dark_and_at_200_percent(book_of):
    book, box = open_day(book_of)
    _two_columns_with_headings_numbers_and_light(book, box)
    _what_was_changed_is_shown_at_a_switch(book, box)
    _in_the_dark_theme_the_contrast_holds(book, box)
    _at_200_percent_the_columns_stand_one_over_the_other(book, box)


def _two_columns_with_headings_numbers_and_light(book, box):
    _the_focus_lights_the_pair(box)
    left, right = box.get_by_role("region").all()
    assert left.get_attribute("aria-label").endswith("Quayside Echo")
    assert (
        "Orrin Line opens the season" in left.inner_text()
        and "Orrin Line opens its season" in right.inner_text()
    )
    assert (
        box.locator("dt").all_inner_texts()
        == ["Outlet", "Headline", "Author", "Date", "Credit"] * 2
    )
    box.locator(".ws-sbs-piece").first.hover()
    assert right.locator(".ws-sbs-lit").count() > 0
    assert box.locator("tr.ws-sbs-lit").count() == 1
    book.screenshot("sbs-shared", box)
    assert not book.axe(".ws-sbs")


def _what_was_changed_is_shown_at_a_switch(book, box):
    box.get_by_label("what was changed").check()
    changed = box.locator(".ws-sbs-changed").first
    assert changed.evaluate("e => getComputedStyle(e).fontWeight") == "700"
    assert box.locator(".ws-sbs-missing").first.is_visible()
    assert "“900” stands as “800”" in box.locator("table").inner_text()
    book.screenshot("sbs-changed", box)
    assert not book.axe(".ws-sbs")


def test_filters_have_a_visible_effect(book_of):
    book = book_of(FERRY + "side_by_side.items(case, 'release', 'echo-winter').widget()")
    box = book.page.locator(".ws-sbs")
    status = box.get_by_role("status")
    status.get_by_text("4 shared passages").wait_for()
    slider = box.get_by_role("slider")
    slider.evaluate("e => { e.value = 25; e.dispatchEvent(new Event('input', {bubbles: true})) }")
    status.get_by_text("1 shared passage.").wait_for()
    assert box.locator(".ws-sbs-shown").inner_text() == "25 words"
    slider.evaluate("e => { e.value = 5; e.dispatchEvent(new Event('input', {bubbles: true})) }")
    status.get_by_text("4 shared passages").wait_for()
    box.get_by_label("Ignore set phrases").uncheck()
    status.get_by_text("4 shared passages").wait_for(state="hidden")
    assert "shared passages" in status.inner_text()


def _a_switch_that_python_does_not_answer_says_so(book, box):
    box.get_by_label("Ignore quotations").check()
    box.get_by_role("status").get_by_text("shared passage").wait_for()
    book.restart()
    box.get_by_label("Ignore quotations").uncheck()
    box.get_by_role("status").get_by_text("choose Run, then Run All Cells").wait_for()


def test_by_keyboard_alone_and_a_switch_after_a_restart(book_of):
    book, box = open_day(book_of)
    page = book.page
    before = book.sources()
    first = box.locator(".ws-sbs-number").first
    first.focus()
    for key in ("a", "b", "d", "d", "x", "ArrowDown"):
        page.keyboard.press(key)
    page.keyboard.press("Enter")
    label = page.evaluate("document.activeElement.getAttribute('aria-label')")
    assert label.startswith("Passage 1, on the right")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.getAttribute('aria-label')").startswith(
        "Passage 1, on the left"
    )
    # the list alone says everything: reached with Tab and the arrow keys
    box.get_by_label("two columns").focus()
    page.keyboard.press("ArrowRight")
    assert box.get_by_label("a list of passages").is_checked()
    assert not box.locator(".ws-sbs-columns").is_visible()
    row = box.locator("tbody tr").first.inner_text()
    for words in (
        "105",
        "edited",
        "“900” stands as “800”",
        "Orrin Line opens its season",
        "words 6 to 120",
    ):
        assert words in row
    slider = box.get_by_role("slider")
    slider.focus()
    page.keyboard.press("ArrowRight")
    assert box.locator(".ws-sbs-shown").inner_text() == "6 words"
    assert book.sources() == before
    _a_switch_that_python_does_not_answer_says_so(book, box)


def test_two_on_one_page_keep_their_own_switches(book_of):
    one = "side_by_side.items(case, 'echo-summer', 'hull-open-day').widget()"
    book = book_of(FERRY + f"from IPython.display import display\ndisplay({one}, {one})")
    first, second = book.page.locator(".ws-sbs").all()
    second.get_by_label("what was changed").check()
    for label in ("what is shared", "two columns"):
        assert first.get_by_label(label).is_checked()
    assert second.get_by_label("two columns").is_checked()
    assert first.locator("caption").inner_text() == "The passages: what is shared"


def _the_focus_lights_the_pair(box):
    box.locator(".ws-sbs-number").first.focus()
    assert box.get_by_role("region").nth(1).locator(".ws-sbs-number.ws-sbs-lit").count() == 1


def _at_200_percent_the_columns_stand_one_over_the_other(book, box):
    # what a browser does at 200 %: half as many CSS pixels
    book.page.set_viewport_size({"width": 640, "height": 450})
    # laid out anew in the browser's own time; never so is a failure
    box.get_by_role("region").nth(1).wait_for()
    book.page.wait_for_function(
        """(box) => {
            const [one, other] = [...box.querySelectorAll('[role=region]')].map(r => r.getBoundingClientRect());
            return other.top >= one.bottom;
        }""",
        arg=box.element_handle(),
    )
    book.screenshot("sbs-200-percent")


def _in_the_dark_theme_the_contrast_holds(book, box):
    book.page.evaluate(
        "() => jupyterapp.commands.execute('apputils:change-theme', {theme: 'JupyterLab Dark'})"
    )
    book.page.wait_for_function("() => document.body.dataset.jpThemeLight === 'false'")
    book.screenshot("sbs-dark", box)
    assert not book.axe(".ws-sbs")
    book.page.evaluate(
        "() => jupyterapp.commands.execute('apputils:change-theme', {theme: 'JupyterLab Light'})"
    )


def test_ten_thousand_words_a_side(book_of):
    book = book_of(
        "import random\n"
        "r = random.Random(4)\n"
        "w = [f'word{i}' for i in range(3000)]\n"
        "a = [r.choice(w) for _ in range(10_000)]\n"
        "b = [x if r.random() < .93 else r.choice(w) for x in a]\n"
        "side_by_side.texts(' '.join(a), ' '.join(b)).widget()"
    )
    box = book.page.locator(".ws-sbs")
    box.get_by_role("status").get_by_text("of 10,000 words").wait_for()
    took = book.page.evaluate(
        """async () => {
            const box = document.querySelector('.ws-sbs');
            const frame = () => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
            const time = async (act) => { const at = performance.now(); act(); await frame(); return Math.round(performance.now() - at); };
            const other = await time(() => box.querySelector('input[value=changed]').click());
            await time(() => box.querySelector('input[value=list]').click());
            const redraw = await time(() => box.querySelector('input[value=columns]').click());
            const piece = box.querySelector('.ws-sbs-piece[data-pairs]');
            const light = await time(() => piece.dispatchEvent(new MouseEvent('mouseover', {bubbles: true})));
            const jump = await time(() => box.querySelector('.ws-sbs-number').click());
            return {other, redraw, light, jump, pieces: box.querySelectorAll('.ws-sbs-piece').length};
        }"""
    )
    print("milliseconds with two frames:", took)
    assert took["pieces"] > 1000
    assert box.locator(".ws-sbs-changed").count() > 100
    book.page.wait_for_function(
        "document.activeElement.ariaLabel?.startsWith('Passage 1, on the right')"
    )


def test_the_map_and_a_pasted_text(book_of):
    book = book_of(
        FERRY + "from IPython.display import display\n"
        "display(reuse_map.draw(case), side_by_side.paste(case))"
    )
    page = book.page
    page.get_by_role("img", name="Reuse map of the case ferry").wait_for()
    page.get_by_label("A text:").fill(
        "The price of the monthly ticket stays at 68 crowns, and nobody in the crew of 14 has lost a job."
    )
    page.get_by_role("button", name="Look for it in the case").click()
    page.get_by_role("status").get_by_text("2 passages shared with 2 items").wait_for()
    book.screenshot("map-and-paste")
    assert not book.axe(".jp-OutputArea-output")

"""Exercises in a real JupyterLab: some are worked through from empty fields to full points.

Those are chosen here: as few as hold every kind of question and every sort of field. The others
have the same fields. What they ask, take and answer is judged without a browser, in
tests/test_exercises.py; nbval runs them in a kernel; and ``--everywhere`` opens each of them here.
"""

import functools
import json
import tomllib

import pytest
from conftest import ROOT
from exercise_books import as_told

from whosays.evidence.citations import plain as without_markers
from whosays.exercise.build import load_set, one_answer
from whosays.text.fold import words
from whosays.widgets.fields import CHOOSE

pytestmark = [pytest.mark.browser, pytest.mark.slow]
EXERCISES = sorted((ROOT / "exercises").glob("*_ex.ipynb"))


def _fields_by_question(path):
    """What each question of an exercise asks for: its kind with each sort of field in it."""
    checks = ROOT / "exercises" / "checks" / f"{path.stem.removesuffix('_ex')}.json"
    found = {}
    for question in json.loads(checks.read_text(encoding="utf-8"))["questions"]:
        sorts = {"menu" if field.get("options") else "text" for field in question.get("field", ())}
        found[question["id"]] = {(question["kind"], sort) for sort in sorts | {""}}
    return found


def _fields(path):
    """The kinds of question of an exercise, and the sorts of field in them."""
    return set().union(*_fields_by_question(path).values())


def _enough():
    """As few exercises as hold every kind and every sort of field, the one that adds most first."""
    held = {path: _fields(path) for path in EXERCISES}
    missing, enough = set().union(*held.values()), []
    while missing:
        enough.append(max(EXERCISES, key=lambda path: len(held[path] & missing)))
        missing -= held[enough[-1]]
    return enough


# what Tab stops at inside one question, in the order of the page
STOPS = "select, input, textarea, button"


class Sheet:
    """One exercise open in the browser, with its questions, their answers and planted mistakes."""

    def __init__(self, book, path, answers):
        self.book, self.page, self.path, self.saved_in = book, book.page, path, answers
        solution = ROOT / "solutions" / path.name.replace("_ex.ipynb", "_sol.ipynb")
        made = load_set(solution)
        self.questions, self.case = made.questions, made.case
        cells = json.loads(solution.read_text(encoding="utf-8"))["cells"]
        raw = [
            tomllib.loads(without_markers("".join(c["source"])))
            for c in cells
            if c["cell_type"] == "raw"
        ]
        self.planted = {q["id"]: [w for w in q.get("wrong", ())] for q in raw if "id" in q}
        self.sources = book.sources()
        # of each kind and sort of field one question, in the first sheet that has it
        self.firsts = [spec for spec in self.questions if spec["id"] in FIRSTS[path]]

    def right(self, spec):
        return one_answer(spec["answer"], spec)

    def box(self, spec):
        """The fields of a question."""
        code = f'question("{spec["id"]}").check('
        box = self.page.locator(".ws-question").filter(
            has=self.page.locator(".ws-code", has_text=code)
        )
        box.scroll_into_view_if_needed()
        return box

    def status(self, box):
        """The line of a question; where words are marked there is one more, on the marks."""
        return box.locator(".ws-status[data-asked]")

    def details(self, box):
        """What stands below that line."""
        return box.locator(".ws-says .ws-details")

    def press(self, box, name):
        """Press a button by mouse; returns the line that is read out then."""
        return self.after(box, lambda: box.get_by_role("button", name=name, exact=True).click())

    def after(self, box, act):
        """Do something that is answered in the status line, and return the answer."""
        status = self.status(box)
        before = status.get_attribute("data-asked")
        act()
        self.page.wait_for_function(
            "([line, before]) => line.dataset.asked !== before",
            arg=[status.element_handle(), before],
        )
        return status.text_content()

    def fill(self, box, spec, answer):
        """Put an answer into the fields, whatever kind of question it is."""
        self.settle()
        _FILL[spec["kind"]](box, spec, answer)
        self.settle()

    def settle(self):
        """Until the kernel has every change: a field holds back what follows a change still under way."""
        self.page.evaluate(
            """async () => {
                const kernel = jupyterapp.shell.currentWidget.context.sessionContext.session.kernel;
                for (const _ of [1, 2]) await kernel.requestKernelInfo();
            }"""
        )

    def code(self):
        """The line of code under each question: what its fields hold."""
        return self.page.locator(".ws-code").all_text_contents()


def _choose(menu, label):
    menu.select_option(label=label)


def _fill_mapping(box, spec, answer):
    for key, label in answer.items():
        _choose(box.get_by_label(f"({key})"), label)


def _fill_choices(box, spec, answer):
    for option in spec["option"]:
        box.get_by_label(f"({option['key']})").set_checked(option["key"] in answer)


def _fill_number(box, spec, answer):
    if "value" in answer:
        box.get_by_label("Number:").fill(str(answer["value"]))
    for field in spec["field"]:
        if field["name"] in answer:
            _choose(box.get_by_label(field["ask"]), answer[field["name"]])


def _fill_ordering(box, spec, answer):
    texts = {option["key"]: option["text"] for option in spec["option"]}
    for place in range(1, len(texts) + 1):
        label = texts[answer[place - 1]] if place <= len(answer) else CHOOSE
        _choose(box.get_by_label(f"{place}.", exact=True), label)


def _fill_table(box, spec, answer):
    for row in spec["row"]:
        for field in spec["field"]:
            value = answer.get(row["key"], {}).get(field["name"])
            cell = box.get_by_label(f"{row['text']}: {field['ask']}", exact=True)
            if value is not None:
                _choose(cell, value)


def _fill_spans(box, spec, answer):
    marker = box.locator(".ws-marker")
    marks = marker.get_by_role("list", name="Marks, in the order of the text").get_by_role(
        "listitem"
    )
    if marks.count():
        marker.get_by_role("button", name="Remove all marks").click()
        marker.get_by_role("button", name="Remove all", exact=True).click()
        marks.first.wait_for(state="detached")
    tokens, text = words(spec["text"]), spec["text"]
    for number, mark in enumerate(answer, 1):
        start = mark["start"] if "start" in mark else text.index(mark["exact"])
        end = mark["end"] if "end" in mark else start + len(mark["exact"])
        inside = [n for n, token in enumerate(tokens) if token.start < end and token.end > start]
        marker.get_by_role("radio", name=mark["role"], exact=True).check()
        marker.locator(f".ws-w[data-i='{inside[0]}']").click()
        if len(inside) > 1:  # marked as soon as the stretch is chosen
            marker.locator(f".ws-w[data-i='{inside[-1]}']").click(modifiers=["Shift"])
        else:
            marker.get_by_role("button", name="Mark “").click()
        marks.nth(number - 1).wait_for()


_FILL = {
    "choice": lambda box, spec, answer: box.get_by_label(f"({answer})").check(),
    "choices": _fill_choices,
    "mapping": _fill_mapping,
    "number": _fill_number,
    "ordering": _fill_ordering,
    "table": _fill_table,
    "spans": _fill_spans,
    "text": lambda box, spec, answer: box.get_by_label("Your text").fill(answer),
}


@pytest.fixture
def sheet(lab):
    """A function that opens an exercise without saved answers and runs it."""

    def start(path):
        saved = lab.server.answers / f"{path.stem.removesuffix('_ex')}.json"
        saved.unlink(missing_ok=True)
        book = lab.open(path)
        book.run_all()
        assert book.errors() == []
        return Sheet(book, path, saved)

    return start


ENOUGH = _enough()


def _first_of_each():
    """For each exercise, the questions with a kind or a sort of field that none before has."""
    seen, found = set(), dict.fromkeys(EXERCISES, ())
    for path in ENOUGH:
        for identity, fields in _fields_by_question(path).items():
            if fields - seen:
                found[path] += (identity,)
                seen |= fields
    return found


FIRSTS = _first_of_each()
each = functools.partial(pytest.mark.parametrize, "path", ids=lambda path: path.stem)


def _runs_shows_every_question_and_is_accessible(opened):
    assert opened.page.get_by_text("Error displaying widget").count() == 0
    for spec in opened.questions:
        assert opened.box(spec).count() == 1, spec["id"]
        assert opened.status(opened.box(spec)).text_content() == ""
    assert opened.book.axe(".jp-OutputArea-output") == []


@pytest.mark.everywhere
@each([path for path in EXERCISES if path not in ENOUGH])
def test_a_sheet_like_those_below(sheet, path):
    opened = sheet(path)
    _runs_shows_every_question_and_is_accessible(opened)
    if not path.stem.endswith("_ferry_ex"):  # a twin has the fields of its main exercise
        _at_200_percent_nothing_is_cut_off(opened)


def test_every_kind_of_question_and_sort_of_field_is_worked_through():
    worked = {field for path in ENOUGH for field in _fields(path)}
    assert {kind for kind, _ in worked} == set(_FILL)
    assert all(_fields(path) <= worked for path in EXERCISES)


@each(ENOUGH)
def test_a_sheet_from_empty_fields_to_full_points(sheet, path):
    opened = sheet(path)
    _runs_shows_every_question_and_is_accessible(opened)
    _the_material_opens_by_menu(opened)
    _every_control_by_keyboard_alone(opened)
    _nonsense_and_every_button_by_mouse(opened)
    _a_planted_mistake_gets_its_own_reply_and_the_right_answer_is_right(opened)
    _at_200_percent_nothing_is_cut_off(opened)
    assert opened.book.axe(".ws-question:has(.ws-status)") == []
    _answers_are_there_after_a_restart_and_earn_everything(opened)


def _the_material_opens_by_menu(sheet):
    for box in map(sheet.box, sheet.firsts):
        menu = box.get_by_label("Open:", exact=True)
        if not menu.count():
            continue
        shown = box.locator(".widget-html-content").last
        first = shown.inner_text()
        menu.focus()
        sheet.page.keyboard.press("ArrowDown")
        sheet.page.wait_for_function(
            "([view, first]) => view.innerText !== first", arg=[shown.element_handle(), first]
        )
        assert shown.inner_text().strip()
        for option in menu.locator("option").all_inner_texts()[2:]:
            before = shown.inner_text()
            menu.select_option(label=option)
            sheet.page.wait_for_function(
                "([view, before]) => view.innerText !== before",
                arg=[shown.element_handle(), before],
            )
    assert sheet.book.sources() == sheet.sources


def _every_control_by_keyboard_alone(sheet):
    keys = sheet.page.keyboard
    for spec in sheet.firsts:
        box = sheet.box(spec)
        if spec["kind"] == "spans":
            _marks_by_keyboard(sheet, box, spec)
            continue
        stops = _stops(box)
        assert all(stop["name"] for stop in stops), (spec["id"], stops)
        names = [stop["name"] for stop in stops]
        assert len(set(names)) == len(names), (spec["id"], names)
        box.locator(STOPS).first.focus()
        for stop in stops:
            here = _focused(sheet.page)
            assert (here["name"], here["kind"]) == (stop["name"], stop["kind"]), spec["id"]
            # in the notebook these would insert a cell above and below and delete it
            for key in "abdd":
                keys.press(key)
            assert _focused(sheet.page)["ring"], f"{spec['id']}: no ring around {stop['name']}"
            if stop["kind"] == "select":
                keys.press("Home")
                keys.press("ArrowDown")
                assert _focused(sheet.page)["value"], (spec["id"], stop["name"])
            elif stop["kind"] in ("checkbox", "radio"):
                keys.press("Space")
                assert _focused(sheet.page)["checked"], (spec["id"], stop["name"])
            elif stop["kind"] == "button":
                key = "Space" if stop["name"] == "Hint" else "Enter"
                said = sheet.after(box, functools.partial(keys.press, key))
                assert said.strip(), (spec["id"], stop["name"])
            else:
                assert "abdd" in _focused(sheet.page)["value"], (spec["id"], stop["name"])
            keys.press("Tab")
    assert sheet.book.sources() == sheet.sources


def _marks_by_keyboard(sheet, box, spec):
    """Words are chosen with the arrows, roles with digits; then on with Tab, to Check and the rest."""
    keys = sheet.page.keyboard
    box.locator(".ws-w[tabindex='0']").focus()
    for key in "abdd":
        keys.press(key)
    for number, role in enumerate(spec["roles"], 1):
        keys.press(str(number))
        keys.press("Shift+ArrowRight")
        keys.press("Enter")
        box.get_by_role("button", name=f"Remove {role} “").wait_for()
        keys.press("ArrowRight")
    seen = []
    while "Explain" not in seen:
        keys.press("Tab")
        assert _focused(sheet.page)["ring"], (spec["id"], seen)
        seen.append(_focused(sheet.page)["name"])
        assert len(seen) < 30, seen
        if seen[-1] in ("Check", "Hint", "Explain"):
            assert sheet.after(box, lambda: keys.press("Enter")).strip(), (spec["id"], seen[-1])
    assert any(name.startswith("Remove") for name in seen) and "Undo" in seen


def _stops(box):
    """What Tab stops at: kind and accessible name; the radio buttons of a question are one stop."""
    stops = box.locator(STOPS).evaluate_all(f"elements => elements.map({_DESCRIBE})")
    seen = []
    for stop in stops:
        if stop["kind"] == "radio" and seen and seen[-1]["kind"] == "radio":
            continue
        seen.append(stop)
    return seen


def _focused(page):
    return page.evaluate(f"({_DESCRIBE})(document.activeElement)")


# the name as a screen reader gets it: the label's words, or those of the button
_DESCRIBE = """(element) => ({
  kind: element.tagName === 'INPUT' ? element.type : element.tagName.toLowerCase(),
  name: (element.labels?.[0]?.textContent || element.getAttribute('aria-label') || element.textContent).trim(),
  value: element.tagName === 'SELECT' ? (element.selectedIndex > 0 ? 'chosen' : '') : element.value,
  checked: element.checked === true,
  ring: getComputedStyle(element).outlineStyle !== 'none' || getComputedStyle(element).boxShadow !== 'none',
})"""


def _nonsense_and_every_button_by_mouse(sheet):
    for spec in sheet.firsts:
        box = sheet.box(spec)
        for line in box.locator("input[type=text], textarea").all():
            line.fill("no idea 🤷 <b>")
        assert sheet.press(box, "Check").strip()
        assert sheet.press(box, "Hint").startswith("Hint")
        assert sheet.press(box, "Explain").strip()
    assert sheet.book.sources() == sheet.sources


def _a_planted_mistake_gets_its_own_reply_and_the_right_answer_is_right(sheet):
    for spec in sheet.questions:
        box = sheet.box(spec)
        for wrong in sheet.planted[spec["id"]][:1]:
            sheet.fill(box, spec, wrong["answer"])
            said = sheet.press(box, "Check")
            assert "✓" not in said, (spec["id"], said)
            reply = " ".join(sheet.details(box).inner_text().split())
            assert " ".join(as_told(sheet.case, wrong["say"]).split()) in reply, (spec["id"], reply)
        sheet.fill(box, spec, sheet.right(spec))
        said = sheet.press(box, "Check")
        assert ("for you to review" if spec["kind"] == "text" else "✓ right") in said, (
            spec["id"], said, sheet.details(box).inner_text(), box.locator(".ws-code").text_content()
        )  # fmt: skip
        status = sheet.status(box)
        assert status.evaluate("line => { const r = line.getBoundingClientRect();"
                               " return r.top >= 0 && r.bottom <= window.innerHeight; }"), spec["id"]  # fmt: skip
        sheet.press(box, "Explain")
        sheet.book.screenshot(f"{sheet.path.stem}-{spec['id']}", box)


# elements of ours whose content is wider than they are, and does not scroll by itself,
# each with the outermost thing inside that reaches over its edge
CUT_OFF = """all => all.filter(e => e.clientWidth && e.scrollWidth > e.clientWidth + 1).map(e => {
    const edge = e.getBoundingClientRect().left + e.clientLeft + e.clientWidth + 1;
    const over = [...e.querySelectorAll('*')].find(one => one.getBoundingClientRect().right > edge);
    const said = one => `${one.tagName} ${one.className} "${one.textContent.trim().slice(-60)}"`;
    return `${said(e)} ${e.scrollWidth}>${e.clientWidth}: ${over ? said(over) : 'nothing seen'}`;
})"""


def _at_200_percent_nothing_is_cut_off(sheet):
    """Every question checked, and nothing needs scrolling sideways."""
    sheet.page.set_viewport_size({"width": 640, "height": 450})  # what 200 % leaves of 1280 x 900
    for spec in sheet.questions:
        box = sheet.box(spec)
        assert sheet.press(box, "Check").strip(), spec["id"]
        assert box.get_by_role("button", name="Explain").is_visible(), spec["id"]
    ours = sheet.page.locator(".ws-question, .ws-question .widget-box, .ws-question button")
    assert ours.evaluate_all(CUT_OFF) == []
    sheet.book.screenshot(f"zoom-{sheet.path.stem}", sheet.box(sheet.questions[0]))


def _answers_are_there_after_a_restart_and_earn_everything(sheet):
    before = sheet.code()
    assert not any("check(...)" in line for line in before)
    sheet.book.restart()
    sheet.book.run_all()
    sheet.page.wait_for_function(
        "(n) => document.querySelectorAll('.ws-code pre').length === n", arg=len(before)
    )
    assert sheet.code() == before
    assert set(json.loads(sheet.saved_in.read_text(encoding="utf-8"))["answers"]) == {
        spec["id"] for spec in sheet.questions
    }
    assert sheet.book.errors() == []
    for spec in sheet.questions:
        if spec["kind"] != "text":
            row = sheet.page.get_by_role("row", name=f"{spec['id']} {spec['title']}").last
            assert f"{spec['points']:g} of {spec['points']:g}" in row.inner_text()

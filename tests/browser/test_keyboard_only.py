"""One whole exercise by keyboard alone, from the opened page to the score: the mouse is never used, no focus is set."""

import pytest
from conftest import ROOT

from whosays.exercise.build import load_set, one_answer

pytestmark = [pytest.mark.browser, pytest.mark.slow]

EXERCISE = "00_start_here_ferry"

# where the keyboard is: in an editor, in a field of a question (which, and what it is called), on a cell, or elsewhere
WHERE = """() => {
    const here = document.activeElement;
    const box = here.closest('.ws-question:has(.ws-code)');
    const label = here.labels?.[0]?.textContent || here.getAttribute('aria-label') || here.textContent;
    return {
        editing: Boolean(here.closest('.cm-content')),
        question: box ? box.querySelector('.ws-code').textContent.match(/question\\("(.*?)"\\)/)[1] : '',
        kind: here.tagName === 'INPUT' ? here.type : here.tagName.toLowerCase(),
        name: label.trim().slice(0, 200),
        options: here.tagName === 'SELECT' ? [...here.options].map(o => o.textContent.replaceAll('\\u00a0', ' ')) : [],
        checked: here.checked === true,
    };
}"""
PLACE = "() => jupyterapp.shell.currentWidget.content.activeCellIndex"
ACTIVE = "() => jupyterapp.shell.currentWidget.content.activeCell.model.sharedModel.source"

# no learner is as fast as this test: until the kernel has every change, those held back among them
SETTLED = """async () => {
    const kernel = jupyterapp.shell.currentWidget.context.sessionContext.session.kernel;
    for (const _ of [1, 2, 3]) await kernel.requestKernelInfo();
}"""


class Keys:
    """Nothing but a keyboard."""

    def __init__(self, page):
        self.page, self.pressed = page, 0

    def press(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)
            self.pressed += 1

    def where(self):
        return self.page.evaluate(WHERE)

    def tab_to(self, question, matches, most=120):
        """Tab until a field of a question is reached; Escape leads out of an editor on the way."""
        for _ in range(most):
            here = self.where()
            if here["question"] == question and matches(here):
                return here
            if here["editing"]:
                self.press("Escape")
            self.press("Tab")
        pytest.fail(f"{question}: not reached with {most} presses of Tab; now on {self.where()}")

    def down_to(self, words, most=30):
        """From a field to the cells (Shift+Enter runs the field's cell and goes on), then down to the one with these words."""
        field = self.page.evaluate(PLACE)
        self.press("Shift+Enter")
        self._until_moved(field)
        for _ in range(most):
            if words in self.page.evaluate(ACTIVE):
                return
            before = self.page.evaluate(PLACE)
            self.press("ArrowDown")
            self._until_moved(before)
        pytest.fail(f"no cell with {words!r} within {most} presses")

    def _until_moved(self, before):
        """JupyterLab moves on when it gets to it; a second press before that would go one cell too far."""
        self.page.wait_for_function(f"(before) => ({PLACE})() !== before", arg=before)

    def choose(self, here, label):
        """In a menu: the option with a label."""
        self.press("Home", *["ArrowDown"] * here["options"].index(label))


def _named(label, kind):
    return lambda here: here["kind"] == kind and label in here["name"]


def _fill(keys, spec, answer):
    """Every field of a question, in the order of the page."""
    number, kind = spec["id"], spec["kind"]
    if kind == "choice":
        keys.tab_to(number, lambda here: here["kind"] == "radio")
        order = [option["key"] for option in spec["option"]]
        keys.press("Space")  # the first one; the arrows go on from there
        keys.press(*["ArrowDown"] * order.index(answer))
    elif kind == "choices":
        for option in spec["option"]:
            here = keys.tab_to(number, _named(f"({option['key']})", "checkbox"))
            if here["checked"] != (option["key"] in answer):
                keys.press("Space")
    elif kind == "mapping":
        for key, label in answer.items():
            keys.choose(keys.tab_to(number, _named(f"({key})", "select")), label)
    elif kind == "number":
        keys.tab_to(number, _named("Number", "text"))
        keys.page.keyboard.type(str(answer["value"]))
        for field in spec["field"]:
            keys.choose(keys.tab_to(number, _named(field["ask"], "select")), answer[field["name"]])
    elif kind == "ordering":
        texts = {option["key"]: option["text"] for option in spec["option"]}
        for place, key in enumerate(answer, 1):
            keys.choose(keys.tab_to(number, _named(f"{place}.", "select")), texts[key])
    elif kind == "table":
        for row in spec["row"]:
            for field in spec["field"]:
                value = answer[row["key"]].get(field["name"])
                named = _named(f"{row['text']}: {field['ask']}", "select")
                keys.choose(keys.tab_to(number, named), value)
    else:
        assert kind == "text", kind
        keys.tab_to(number, lambda here: here["kind"] == "textarea")
        keys.page.keyboard.type(answer)


def test_a_whole_exercise_from_the_first_cell_to_the_score(lab):
    (lab.server.answers / f"{EXERCISE}.json").unlink(missing_ok=True)
    book = lab.open(lab.server.exercises / f"{EXERCISE}_ex.ipynb")
    page, keys = book.page, Keys(book.page)
    sources = book.sources()
    for _ in range(40):  # from the top of the page into the notebook
        if page.evaluate("() => Boolean(document.activeElement.closest('.jp-Notebook'))"):
            break
        keys.press("Tab")
    keys.press("Escape")
    keys.press(*["Shift+Enter"] * len(sources))
    page.locator(".ws-question:has(.ws-code)").nth(7).wait_for()
    page.get_by_role("row", name="0.8f").last.wait_for()
    # running the last cell made a new one below it: away with it, by keyboard too
    after = book.sources()
    if len(after) > len(sources):
        keys.press("Escape", "d", "d")
    assert book.sources() == sources
    keys.press(*["ArrowUp"] * len(sources))  # and back to the top
    questions = load_set(ROOT / "solutions" / f"{EXERCISE}_sol.ipynb").questions
    for spec in questions:
        _fill(keys, spec, one_answer(spec["answer"], spec))
        keys.tab_to(spec["id"], _named("Check", "button"))
        page.evaluate(SETTLED)
        keys.press("Enter")
        box = page.locator(".ws-question").filter(
            has=page.locator(".ws-code", has_text=f'question("{spec["id"]}").check(')
        )
        expected = "for you to review" if spec["kind"] == "text" else "✓ right"
        status = box.locator(".ws-status[data-asked]")
        page.wait_for_function(
            "line => line.textContent.trim()",
            arg=status.element_handle(timeout=5000),
            timeout=40_000,
        )
        assert expected in status.text_content(), (
            spec["id"],
            status.text_content(),
            box.locator(".ws-code").text_content(),
        )
    # the arrows pass over a folded cell, so the page says: Shift+Enter twice, from the text above it
    keys.down_to("How it went")
    keys.press("Shift+Enter", "Shift+Enter")
    for spec in questions:
        if spec["kind"] != "text":
            row = page.get_by_role("row", name=f"{spec['id']} {spec['title']}").last
            row.filter(has_text=f"{spec['points']:g} of {spec['points']:g}").wait_for()
    assert [s for s in book.sources() if s] == [s for s in sources if s]
    book.screenshot("keyboard-only-score")

"""SpanMarker in JupyterLab: by mouse, by keyboard, as a screen reader gets it; kept over re-run, restart, reopening."""

import json
import re

import pytest
from conftest import ROOT  # noqa: F401

from whosays.exercise.notebook import cell, notebook_text

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PASSAGE = "p-000-film-hrw"


@pytest.fixture
def opened(lab, tmp_path):
    """A notebook with one marker on a passage of the case, nothing marked yet."""

    def start(source=f'span_marker("khojaly", "{PASSAGE}").widget()', name=None, fresh=True):
        if fresh:
            (lab.server.answers / "marks.json").unlink(missing_ok=True)
        path = tmp_path / "marker.ipynb"
        cells = [cell("code", f"from whosays import span_marker\n\n{source}", "marker")]
        path.write_text(notebook_text(cells), encoding="utf-8", newline="\n")
        book = lab.open(path, name)
        book.run_all()
        assert book.errors() == []
        box = book.page.locator(".ws-marker")
        box.locator(".ws-w").first.wait_for()
        return book, box

    return start


def _word(box, text, nth=0):
    return (
        box.get_by_role("option").filter(has_text=re.compile(rf"(^|\W){re.escape(text)}$")).nth(nth)
    )


def _says(box, words):
    box.get_by_role("status").filter(has_text=words).wait_for()


def _kept(lab):
    kept = json.loads((lab.server.answers / "marks.json").read_text(encoding="utf-8"))
    return kept["khojaly"][PASSAGE]["state"]


def _drag(book, box, first, last):
    start, end = _word(box, first).bounding_box(), _word(box, last).bounding_box()
    mouse = book.page.mouse
    mouse.move(start["x"] + 3, start["y"] + start["height"] / 3)
    mouse.down()
    mouse.move(end["x"] + end["width"] / 2, end["y"] + end["height"] / 3, steps=6)
    mouse.up()


def test_by_mouse(opened, lab):
    book, box = opened()
    _drag(book, box, "Human", "Watch")
    _says(box, "Marked as source “Human Rights Watch”, relation 1.")
    box.get_by_role("radio", name="cue").check()
    _word(box, "described").click()
    box.get_by_role("button", name="Mark “described” as cue").click()
    _says(box, "Marked as cue “described”, relation 1.")
    box.get_by_role("radio", name="content").check()
    _drag(book, box, "largest", "conflict")
    _says(box, "Marked as content “largest massacre in the conflict”, relation 1.")
    item = (
        box.get_by_role("list", name="Relations, in the order of the text")
        .get_by_role("listitem")
        .first
    )
    item.get_by_label("Mode").select_option("mixed")
    _says(box, "Relation 1: mode mixed.")
    item.get_by_label("Chain").fill("Azernews > Azertag > the film > Human Rights Watch")
    item.get_by_label("Chain").press("Enter")
    _says(box, "chain Azernews > Azertag > the film > Human Rights Watch")
    state = _kept(lab)
    assert [m["exact"] for m in state["marks"]] == [
        "Human Rights Watch",
        "described",
        "largest massacre in the conflict",
    ]
    assert state["relations"][0]["mode"] == "mixed"
    book.screenshot("span-marker-mouse", box)
    box.get_by_role("button", name="Check").click()
    _says(box, "1 of 2 relations found")
    book.screenshot("span-marker-checked", box)
    assert not book.axe(".ws-marker")
    box.get_by_role("button", name="Undo").click()
    _says(box, "Undone.")
    assert _kept(lab)["relations"][0]["chain"] == []
    box.get_by_role("button", name="Redo").click()
    _says(box, "Done again.")
    box.get_by_role("button", name="Remove all marks (asks first)").click()
    assert book.page.evaluate("document.activeElement.textContent") == "Keep them"
    box.get_by_role("button", name="Remove all", exact=True).click()
    _says(box, "All marks are removed.")
    assert _kept(lab)["marks"] == []
    _one_word_by_a_double_click_and_by_a_drag_inside_it(book, box, lab)


def _one_word_by_a_double_click_and_by_a_drag_inside_it(book, box, lab):
    box.get_by_role("radio", name="source", exact=True).check()
    _word(box, "Human").dblclick()
    _says(box, "Marked as source “Human”, relation 1.")
    box.get_by_role("radio", name="cue").check()
    place = _word(box, "described").bounding_box()
    mouse, middle = book.page.mouse, place["y"] + place["height"] / 3
    mouse.move(place["x"] + 3, middle)
    mouse.down()
    mouse.move(place["x"] + place["width"] - 6, middle, steps=4)
    mouse.up()
    _says(box, "Marked as cue “described”, relation 1.")
    assert [mark["exact"] for mark in _kept(lab)["marks"]] == ["Human", "described"]


def test_by_keyboard_alone_and_the_notebook_stays_as_it_is(opened, lab):
    book, box = opened()
    before = book.sources()
    press = book.page.keyboard.press
    _word(box, "It").focus()
    for _ in range(4):
        press("ArrowRight")
    press("Shift+ArrowRight")  # the flim
    press("Enter")
    _says(box, "Marked as source “the flim”, relation 1.")
    for key in "abdd2":  # letters are shortcuts of the notebook: b adds a cell, d d deletes one
        press(key)
    _says(box, "Role: cue.")
    press("Home")
    for _ in range(3):
        press("Shift+ArrowRight")
    press("Enter")
    _says(box, "Marked as cue “It is noted in”, relation 1.")
    press("3")
    press("ArrowDown")
    press("ArrowUp")
    press("Shift+End")
    press("Escape")
    _says(box, "Selection let go.")
    press("Home")
    for _ in range(7):
        press("ArrowRight")
    press("Shift+End")
    press("Enter")
    _says(box, "Marked as content")
    press("Delete")
    _says(box, "Removed: content")
    press("Control+z")
    _says(box, "Undone.")
    press("Control+Shift+z")
    _says(box, "Done again.")
    press("Control+z")
    _says(box, "Undone.")
    assert len(_kept(lab)["marks"]) == 3
    # on to the list: every field and button is reached with Tab, and stays in focus when it has changed something
    for _ in range(30):
        press("Tab")
        if book.page.evaluate("document.activeElement.dataset?.k") == "mode-r1":
            break
    press("ArrowDown")
    press("ArrowDown")
    _says(box, "Relation 1: mode")
    assert book.page.evaluate("document.activeElement.dataset.k") == "mode-r1"
    assert book.sources() == before


def test_what_a_screen_reader_gets_of_marks_made_before_and_after_it_is_shown(opened):
    book, box = opened(
        f'm = span_marker("khojaly", "{PASSAGE}")\nfrom IPython.display import display\n'
        'm.mark("the flim", "source")\ndisplay(m.widget())\nm.mark("It is noted in", "cue")'
    )
    _says(box, "Marked as cue “It is noted in”, relation 1.")
    tree = box.aria_snapshot()
    assert 'radiogroup "Role of the next mark"' in tree
    for name in ("source", "cue", "content", "voice without a source"):
        assert re.search(rf'radio "{name}\W*', tree), name
    assert 'listbox "Words of Azernews"' in tree
    assert 'option "flim, source of relation 1"' in tree
    assert 'option "It, cue of relation 1"' in tree
    assert 'option "Khojaly"' in tree
    assert "status:" in tree and "Marked as cue" in tree
    assert 'list "Relations, in the order of the text"' in tree
    assert 'button "Remove source “the flim” from relation 1"' in tree
    assert 'combobox "Mode"' in tree and 'textbox "Chain' in tree
    for name in (
        "Undo",
        "Redo",
        "Remove all marks (asks first)",
        "Check",
        "Show the machine's first pass",
    ):
        assert f'button "{name}"' in tree, name
    _word(box, "noted").focus()
    book.page.keyboard.press("Shift+ArrowRight")
    assert 'option "in, cue of relation 1" [selected]' in box.aria_snapshot()
    assert not book.axe(".ws-question")


def test_the_machine_is_graded(opened, lab):
    book, box = opened()
    box.get_by_role("button", name="Show the machine's first pass").click()
    first = box.get_by_role("list", name="The machine's first pass").get_by_role("listitem").first
    first.get_by_role("button", name="Reject reading 1").click()
    _says(box, "Rejected.")
    # the button is gone; the focus stays with the reading
    assert "reading 1" in book.page.evaluate("document.activeElement.ariaLabel")
    first.get_by_label("Why?").select_option("mode")
    _says(box, "Rejected, because the mode is wrong.")
    box.get_by_role("button", name="Accept reading 2").click()
    _says(box, "Accepted as relation 1.")
    assert sorted(row["verdict"] for row in _kept(lab)["machine"].values()) == [
        "accepted",
        "rejected",
    ]
    # the table comes in a message of its own, after the line that says what was done
    box.get_by_role("row").filter(has_text="differs in").first.wait_for()
    book.screenshot("span-marker-machine", box)
    assert not book.axe(".ws-marker")


def test_nothing_is_lost(opened):
    book, box = opened(name="kept.ipynb")
    _drag(book, box, "Human", "Watch")
    _says(box, "Marked as source")
    book.run_all()
    _says(box, "Marked as source")
    book.restart()
    book.run_all()
    _says(box, "1 mark from before.")
    book.page.evaluate("async () => { await jupyterapp.commands.execute('docmanager:save') }")
    book, box = opened(name="kept.ipynb", fresh=False)
    _says(box, "1 mark from before.")
    box.get_by_role("option", name="Human, source of relation 1").wait_for()
    box.get_by_role("button", name="Undo").click()
    _says(box, "Undone.")


def test_two_thousand_words(opened):
    words = " ".join(f"word{i}" for i in range(2000))
    book, box = opened(f"m = span_marker({words!r})\nm.widget()")
    page = book.page
    assert box.get_by_role("option").count() == 2000
    _word(box, "word1000").focus()
    times = page.evaluate(
        """async () => {
            const times = [];
            for (let i = 0; i < 30; i++) {
                const word = document.activeElement;
                const start = performance.now();
                word.dispatchEvent(new KeyboardEvent('keydown', {key: 'ArrowRight', shiftKey: true, bubbles: true, cancelable: true}));
                await new Promise(done => requestAnimationFrame(() => { const c = new MessageChannel(); c.port1.onmessage = done; c.port2.postMessage(0); }));
                times.push(performance.now() - start);
            }
            return times;
        }"""
    )
    times.sort()
    print(f"key to paint on 2,000 words, ms: median {times[15]:.1f}, most {times[-1]:.1f}")
    page.keyboard.press("Enter")
    _says(box, "Marked as source “word1000")
    mark = page.evaluate(
        """async () => {
            const start = performance.now();
            const seen = new Promise(done => new MutationObserver((_, o) => { o.disconnect(); done(); })
                .observe(document.querySelector('.ws-marker [role=status]'), {childList: true, characterData: true, subtree: true}));
            document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', bubbles: true, cancelable: true}));
            await seen;
            await new Promise(done => requestAnimationFrame(() => { const c = new MessageChannel(); c.port1.onmessage = done; c.port2.postMessage(0); }));
            return performance.now() - start;
        }"""
    )
    print(f"Enter to painted mark, through the kernel, ms: {mark:.1f}")
    assert box.locator("[aria-selected=true]").count() == 0
    book.screenshot("span-marker-2000")

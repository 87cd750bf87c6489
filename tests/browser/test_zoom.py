"""At 200 % zoom nothing of the kit is cut off or needs scrolling sideways: an exercise with every kind of question, filled in."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow]

# elements of ours whose content is wider than they are, and does not scroll by itself,
# each with the outermost thing inside that reaches over its edge
CUT_OFF = """all => all.filter(e => e.clientWidth && e.scrollWidth > e.clientWidth + 1).map(e => {
    const edge = e.getBoundingClientRect().left + e.clientLeft + e.clientWidth + 1;
    const over = [...e.querySelectorAll('*')].find(one => one.getBoundingClientRect().right > edge);
    const said = one => `${one.tagName} ${one.className} "${one.textContent.trim().slice(-60)}"`;
    return `${said(e)} ${e.scrollWidth}>${e.clientWidth}: ${over ? said(over) : 'nothing seen'}`;
})"""


@pytest.mark.parametrize("name", ["09_demo_ex.ipynb", "06_independent_accounts_ex.ipynb"])
def test_an_exercise(lab, name):
    page = lab.page
    page.set_viewport_size({"width": 640, "height": 450})  # what 200 % leaves of 1280 x 900
    book = lab.open(lab.server.exercises / name)
    book.run_all()
    boxes = page.locator(".ws-question:has(.ws-code)")
    boxes.first.wait_for()
    for box in boxes.all():
        box.scroll_into_view_if_needed()
        box.get_by_role("button", name="Check").click()
        box.locator(".ws-status[data-asked]:not(:empty)").wait_for()
        assert box.get_by_role("button", name="Explain").is_visible()
    assert (
        page.locator(".ws-question, .ws-question .widget-box, .ws-question button").evaluate_all(
            CUT_OFF
        )
        == []
    )
    book.screenshot(f"zoom-{name.split('_')[0]}", boxes.first)
    assert book.axe(".ws-question:has(.ws-code)") == []

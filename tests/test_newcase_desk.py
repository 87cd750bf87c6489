"""The case desk: from eight texts to a case, press by press, with undo and another day."""

from pathlib import Path

import ipywidgets as w
import pytest
from notebook_run import run

from whosays import load_case
from whosays.base import paths
from whosays.case.check import check_case
from whosays.newcase import case_desk

POOL = Path(__file__).parent / "fixtures" / "pool"


@pytest.fixture
def desk(tmp_path):
    made = case_desk(tmp_path / "pool")
    made.read(POOL)
    return made


def parts(box, kind):
    found, waiting = [], [box]
    while waiting:
        one = waiting.pop(0)
        found += [one] if isinstance(one, kind) else []
        waiting = [*getattr(one, "children", ()), *waiting]
    return found


def press(box, name, n=0):
    [b for b in parts(box.page, w.Button) if b.description == name][n].click()
    return box.desk.said


def field(box, name, n=0):
    kinds = (w.Text, w.Textarea, w.Dropdown)
    return [f for f in parts(box.page, kinds) if f.description.endswith(name)][n]


def confirm_heads(desk):
    for source, heads in desk.heads(desk.tables().rows).items():
        desk.set_head(source, **{h.column: h.value for h in heads})


def claim_of(desk, words):
    rows = desk.tables().rows
    return next(c["claim_id"] for c in rows["claims"] if words in c["text"])


def test_lesson_08_shows_the_desk_before_there_is_a_case(tmp_path, monkeypatch):
    monkeypatch.setenv("WHOSAYS_ANSWERS", str(tmp_path))
    assert [str(f) for f in run(paths.root() / "notebooks" / "08_your_own_case.ipynb")] == []


def test_a_pasted_text_begins_a_case_and_every_step_has_a_page(tmp_path):
    box = case_desk(tmp_path / "own").widget()
    assert "Begin with your texts" in box.status.text
    field(box, "with its head as printed").value = (POOL / "1-town-release.txt").read_text()
    press(box, "Add this text")
    assert "1 on texts" in box.status.text and check_case(tmp_path / "own") is not None
    for button in list(box.bar.children):
        button.click()
        assert box.page.children, button.description
        for made in parts(box.page, (w.Text, w.Textarea, w.Dropdown, w.Checkbox)):
            assert made.description.strip(), "every field has a name"


def test_heads_are_asked_kept_and_taken_back(desk):
    box = desk.widget()
    before = desk.left()["texts"]
    field(box, "Outlet (please look)").value = "Elmbridge Town Hall"
    assert "is set" in press(box, "This head is right")
    case = load_case(desk.folder)
    assert desk.left()["texts"] == before - 1
    assert case.agents[case.sources["1-town-release"].outlet].name == "Elmbridge Town Hall"
    assert {a.chain[0].agent for a in case.assertions.where(source_id="1-town-release")} == {
        case.sources["1-town-release"].outlet
    }
    box.undo_button.click()
    assert desk.left()["texts"] == before


def test_a_day_that_can_be_two_is_refused_in_a_sentence(desk):
    heads = {h.column: h.value for h in desk.heads(desk.tables().rows)["1-town-release"]}
    said = desk.set_head("1-town-release", **heads | {"published": "3/4/2025"})
    assert said.startswith("Nothing was changed") and "2025-04-03 or 2025-03-04" in said


def test_a_denial_is_shown_and_cannot_be_joined(desk):
    cracks = claim_of(desk, "found cracks in 14")
    desk.choose([cracks])
    told = desk.tellings(desk.tables().rows, cracks)
    assert [t.outlet for t in told if t.sort == "says"][-1] == "Radio Valley"
    denial = next(t for t in told if t.sort == "denies")
    assert "never" not in desk.accept(denial.assertion_id, cracks)
    assert "denies the claim" in desk.said
    assert load_case(desk.folder).assertions[denial.assertion_id].claim_id != cracks


def test_what_says_it_in_other_words_joins_when_a_person_says_so(desk):
    nine = claim_of(desk, "in Mill Lane will close on 1 May")
    desk.choose([nine])
    maybe = next(
        t for t in desk.tellings(desk.tables().rows, nine) if t.outlet == "Elmbridge Council Paper"
    )
    assert maybe.sort == "maybe"
    desk.accept(maybe.assertion_id, nine)
    assert load_case(desk.folder).assertions[maybe.assertion_id].claim_id == nine


def test_the_whole_way_to_a_finished_case_and_another_day(desk):
    finish(desk)
    again = case_desk(desk.folder)
    assert again.progress().startswith("A class can work on this case")
    assert [p for p in check_case(desk.folder) if p.severity == "error"] == []
    case = load_case(desk.folder)
    assert len(case.claims) == 5 and "heads" not in case.unfinished


def finish(desk):
    """The minimal case: heads, voices, five claims with their tellings."""
    confirm_heads(desk)
    rows = desk.tables().rows
    chosen = [c["claim_id"] for c, _ in desk.candidates(rows)[:5]]
    desk.choose(chosen)
    desk.take_out_the_rest()
    for claim in chosen:
        for told in desk.tellings(desk.tables().rows, claim):
            if told.sort == "says":
                desk.accept(told.assertion_id, claim)
        text = next(c["text"] for c in desk.tables().rows["claims"] if c["claim_id"] == claim)
        desk.word(claim, f"{text.rstrip('.')}.", "open", "Nobody outside has looked.")
    for voice in desk.voices(desk.tables().rows):
        desk.stays(voice["agent_id"])


def test_what_is_refused_leaves_the_page_and_what_was_typed(desk):
    finish(desk)
    box = desk.widget()
    box.go("claims")
    box.show()
    field(box, "In your words").value = "My own words."
    field(box, "How well is it known?").value = "settled"
    field(box, "Why?").value = "All say so."
    press(box, "Keep this wording")
    assert "Settled needs an account from outside" in box.status.text
    assert field(box, "In your words").value == "My own words."


def test_numbers_copies_origins_and_accounts(desk):
    finish(desk)
    for row in desk.open_rows(desk.tables().rows, "figures"):
        assert (
            desk.look("figures", row["figure_id"], counts="beams with cracks", as_of="2025-01")
            == "Kept."
        )
    for row in desk.open_rows(desk.tables().rows, "reuse_key"):
        assert (
            desk.look("reuse_key", row["reuse_id"], why="wire_copy", direction=row["direction"])
            == "Kept."
        )
    cracks = claim_of(desk, "found cracks in 14")
    assert "rest on it now" in desk.rests_on(
        cracks, "fieldwork", "The engineers' look at all 36 beams"
    )
    assert (
        "still empty"
        in desk.account("", "Report", "They looked.", "Not the showers.", "address").lower()
    )
    desk.account(
        "Brandt and Sons",
        "Report on the roof",
        "They looked at all beams.",
        "Not the showers.",
        "their paper",
    )
    account = load_case(desk.folder).accounts.ids[0]
    assert desk.finding(account, cracks, "supports", "It found cracks in 14 beams.") == "Noted."
    left = desk.left()
    assert left["numbers"] == left["copies"] == left["accounts"] == 0 and left["origins"] == 4
    assert load_case(desk.folder).unfinished == ""


def test_a_claim_that_is_missing_is_added_with_its_place(desk):
    said = desk.add_claim(
        "The club was not asked.",
        "3-elmbridge-post",
        "nobody had asked the club before the decision",
    )
    assert "is on the desk" in said
    assert "do not stand" in desk.add_claim("Other.", "3-elmbridge-post", "words of another text")

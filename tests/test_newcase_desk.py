"""The case desk: from eight texts to a case, press by press, with undo and another day."""

import shutil
from pathlib import Path

import ipywidgets as w
import pytest
from notebook_run import run

from whosays import load_case
from whosays.base import paths
from whosays.case.check import check_case
from whosays.newcase import case_desk
from whosays.newcase import desk as module
from whosays.newcase.claims import Content

POOL = Path(__file__).parent / "fixtures" / "pool"


@pytest.fixture(scope="module")
def read(tmp_path_factory):
    """The folder of a case of eight texts: read once, and copied for each test."""
    made = case_desk(tmp_path_factory.mktemp("read") / "pool")
    made.read(POOL)
    return made.folder


@pytest.fixture(scope="module")
def finished(read):
    """The same, finished."""
    made = case_desk(shutil.copytree(read, read.parent / "finished"))
    finish(made)
    return made.folder


def a_copy(folder, tmp_path):
    return case_desk(shutil.copytree(folder, tmp_path / "pool"))


@pytest.fixture
def desk(read, tmp_path):
    return a_copy(read, tmp_path)


@pytest.fixture
def whole(finished, tmp_path):
    """A desk with a finished case."""
    return a_copy(finished, tmp_path)


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
    assert "1 on texts" in box.status.text
    assert [p for p in check_case(tmp_path / "own") if p.severity == "error"] == []
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


def test_what_is_filled_in_stays_when_another_button_draws_the_page(desk):
    box = desk.widget()
    field(box, "Outlet (please look)", 1).value = "Somebody's name"
    press(box, "This head is right")
    assert field(box, "Outlet (please look)", 0).value == "Somebody's name"
    for _ in range(7):
        press(box, "This head is right")
    assert load_case(desk.folder).agents.where(name="Somebody's name")
    box.go("claims")
    box.show()
    parts(box.page, w.Checkbox)[1].value = True
    press(box, "Show more")
    assert [one.value for one in parts(box.page, w.Checkbox)[:3]] == [False, True, False]
    box.go("copies")
    box.show()
    field(box, "Why do they share it?", 0).value = "set_phrase"
    box.show()
    given = [one.value for one in parts(box.page, w.Dropdown) if "Why do" in one.description]
    assert given[0] == "set_phrase" and set(given[1:]) == {""}


def test_a_fault_of_the_kit_is_told_and_not_kept_silent(desk, monkeypatch):
    monkeypatch.setattr(desk, "paste", lambda words: 1 / 0)
    box = desk.widget()
    press(box, "Add this text")
    assert "fault of the kit" in box.status.text and "ZeroDivisionError" in box.status.text


def test_an_outlet_that_is_named_anew_leaves_no_second_voice(desk):
    heads = {h.column: h.value for h in desk.heads(desk.tables().rows)["6-mill-lane-blog"]}
    assert desk.set_head("6-mill-lane-blog", **heads | {"outlet": "The lane"}).endswith("is set.")
    case = load_case(desk.folder)
    assert not case.agents.where(name=heads["outlet"]) and case.agents.where(name="The lane")


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
    assert "denies the claim" in desk.accept(denial.assertion_id, cracks)
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


def test_the_whole_way_to_a_finished_case_and_another_day(whole):
    again = case_desk(whole.folder)
    assert again.progress().startswith("A class can work on this case")
    assert [p for p in check_case(whole.folder) if p.severity == "error"] == []
    case = load_case(whole.folder)
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
        desk.silent(claim, [i["item_id"] for i in desk.quiet(desk.tables().rows, claim)])
        text = next(c["text"] for c in desk.tables().rows["claims"] if c["claim_id"] == claim)
        desk.word(claim, f"{text.rstrip('.')}.", "open", "Nobody outside has looked.")
    for voice in desk.voices(desk.tables().rows):
        desk.stays(voice["agent_id"])


def test_what_is_refused_leaves_the_page_and_what_was_typed(whole):
    box = whole.widget()
    box.go("claims")
    box.show()
    field(box, "In your words").value = "My own words."
    field(box, "How well is it known?").value = "settled"
    field(box, "Why?").value = "All say so."
    press(box, "Keep this wording")
    assert "Settled needs an account from outside" in box.status.text
    assert field(box, "In your words").value == "My own words."


def test_numbers_copies_origins_and_accounts(whole):
    for row in whole.open_rows(whole.tables().rows, "figures"):
        assert (
            whole.look("figures", row["figure_id"], counts="beams with cracks", as_of="2025-01")
            == "Kept."
        )
    for row in whole.open_rows(whole.tables().rows, "reuse_key"):
        assert (
            whole.look("reuse_key", row["reuse_id"], why="wire_copy", direction=row["direction"])
            == "Kept."
        )
    cracks = claim_of(whole, "found cracks in 14")
    assert "rest on it now" in whole.rests_on(
        cracks, "fieldwork", "The engineers' look at all 36 beams"
    )
    assert (
        "still empty"
        in whole.account("", "Report", "They looked.", "Not the showers.", "address").lower()
    )
    whole.account(
        "Brandt and Sons",
        "Report on the roof",
        "They looked at all beams.",
        "Not the showers.",
        "their paper",
    )
    account = load_case(whole.folder).accounts.ids[0]
    assert whole.finding(account, cracks, "supports", "It found cracks in 14 beams.") == "Noted."
    left = whole.left()
    assert left["numbers"] == left["copies"] == left["accounts"] == 0 and left["origins"] == 4
    assert load_case(whole.folder).unfinished == ""


def test_a_claim_that_is_missing_is_added_with_its_place(desk):
    said = desk.add_claim(
        "The club was not asked.",
        "3-elmbridge-post",
        "nobody had asked the club before the decision",
    )
    assert "is on the desk" in said
    assert "do not stand" in desk.add_claim("Other.", "3-elmbridge-post", "words of another text")


def test_two_texts_of_one_file_name_are_two_texts(desk):
    before = len(load_case(desk.folder).sources)
    first, second = (
        (POOL / f).read_bytes() for f in ("1-town-release.txt", "3-elmbridge-post.txt")
    )
    desk.upload([("news.txt", first + b"\nOne."), ("news.txt", second + b"\nTwo.")])
    assert desk.said.startswith("2 new texts")
    desk.upload([("news.txt", second + b"\nTwo.")])
    assert (
        desk.said.startswith("No text is new") and len(load_case(desk.folder).sources) == before + 2
    )


def test_a_case_that_cannot_be_read_is_told_and_no_traceback(desk):
    box = desk.widget()
    table = desk.folder / "agents.csv"
    whole = table.read_bytes()
    table.write_bytes(whole.replace(b"Elmbridge", b"Elmbr\xeddge", 1))
    for said in (desk.text(), desk.html(), desk.take_out_the_rest(), desk.write(), desk.read(POOL)):
        assert "UTF-8" in said
    press(box, "This head is right")
    box.bar.children[2].click()
    assert "UTF-8" in box.status.text and "UTF-8" in desk.widget().status.text
    table.write_bytes(whole)
    press(box, "Look again")
    assert box.status.text.startswith("This case is not finished")


def test_a_full_disk_is_told(desk, monkeypatch):
    def full(*_, **__):
        raise OSError(28, "No space left on device", "pool-class")

    monkeypatch.setattr(module, "write_class", full)
    monkeypatch.setattr(module, "new_case", full)
    monkeypatch.setattr(Path, "write_bytes", full)
    for said in (desk.write(), desk.read(), desk.paste("A text"), desk.upload([("a.txt", b"A")])):
        assert "No space left on device" in said


def test_as_of_is_typed_in_words(whole):
    row = whole.open_rows(whole.tables().rows, "figures")[0]["figure_id"]
    assert whole.look("figures", row, counts="beams", as_of="January 2025") == "Kept."
    assert load_case(whole.folder).figures[row].as_of == "2025-01"
    assert "no day that can be read" in whole.look("figures", row, as_of="some day")


def test_an_empty_menu_is_refused_in_a_sentence(desk):
    assert "Choose the text that says it" in desk.add_claim("A claim.", "", "words")
    assert "Choose the account and the claim" in desk.finding("", "", "silent", "Nothing.")


def test_claims_that_rest_on_one_thing_have_one_origin(whole):
    whole.read(_more(whole.folder.parent / "more"))
    claims = [c["claim_id"] for c in whole.chosen(whole.tables().rows)][:2]
    for claim in claims:
        assert "rest on it now" in whole.rests_on(claim, "fieldwork", "The look at all beams")
    rows = whole.tables().rows
    same = [o["origin_id"] for o in rows["origins"] if o["what"] == "The look at all beams"]
    assert len(same) == 1
    mine = [a for a in rows["assertions"] if a["claim_id"] in claims]
    assert {bool(a["note"]) for a in mine} == {True, False}
    assert all((a["origin_id"] == same[0]) == (not a["note"]) for a in mine)


def _more(place):
    """The texts once more, as others: their tellings are of the first pass."""
    place.mkdir()
    for path in sorted(POOL.glob("*.txt")):
        words = path.read_text(encoding="utf-8")
        (place / f"again-{path.name}").write_text(f"{words}\nPrinted again.\n", encoding="utf-8")
    return place


def test_what_a_piece_does_not_say_is_noted_until_it_is_accepted(desk):
    nine = claim_of(desk, "in Mill Lane will close on 1 May")
    desk.choose([nine])
    quiet = {i["item_id"] for i in desk.quiet(desk.tables().rows, nine)}
    maybe = next(
        t for t in desk.tellings(desk.tables().rows, nine) if t.sort == "maybe" and t.item in quiet
    )
    assert "Noted: 1" in desk.silent(nine, [maybe.item])
    assert [(s.claim_id, s.item_id) for s in load_case(desk.folder).silences] == [
        (nine, maybe.item)
    ]
    desk.accept(maybe.assertion_id, nine)
    assert len(load_case(desk.folder).silences) == 0
    assert "reject it first" in desk.silent(nine, [maybe.item])


def test_a_head_can_be_left_as_it_is(desk):
    confirm_heads(desk)
    box = desk.widget()
    again = field(box, "Change a head")
    again.value = again.options[1][1]
    press(box, "Back to all texts")
    assert field(box, "Change a head").value == ""


def test_the_page_names_the_folders_as_they_are_called(tmp_path):
    desk = case_desk(tmp_path / "My Case")
    desk.read(POOL)
    box = desk.widget()
    box.go("lesson")
    box.show()
    assert any("my-case-class" in one.value for one in parts(box.page, w.HTML))


def test_a_telling_that_the_machine_overlooked_is_added_by_its_words(desk):
    nine = claim_of(desk, "in Mill Lane will close on 1 May")
    desk.choose([nine])
    item = desk.quiet(desk.tables().rows, nine)[0]
    desk.silent(nine, [item["item_id"]])
    words = desk.stretch(item["item_id"], item["start"], item["end"]).strip().splitlines()[-1]
    assert "copy the words" in desk.overlooked(nine, item["item_id"], " ")
    assert desk.overlooked(nine, item["item_id"], words) == "Accepted."
    case = load_case(desk.folder)
    assert len(case.silences) == 0
    assert any(a.item_id == item["item_id"] for a in case.assertions.where(claim_id=nine))


def test_a_number_stands_in_its_passage_and_a_copy_has_its_hour_in_words(whole):
    box = whole.widget()
    box.go("numbers")
    box.show()
    shown = " ".join(one.value for one in parts(box.page, w.HTML))
    assert "“14” in Valley News Agency" in shown and "found cracks in 14 of the 36 beams" in shown
    box.go("copies")
    box.show()
    shown = " ".join(one.value for one in parts(box.page, w.HTML))
    assert "3 March 2025, 11:20" in shown and "T11:20" not in shown


def test_the_spelling_that_a_person_gives_an_outlet_is_kept(desk):
    heads = {h.column: h.value for h in desk.heads(desk.tables().rows)["2-valley-agency"]}
    desk.set_head("2-valley-agency", **heads | {"outlet": "VALLEY News Agency"})
    assert "VALLEY News Agency" in {a.name for a in load_case(desk.folder).agents}


def test_two_officers_are_not_twelve():
    assert not Content("Two officers were injured.").same(Content("Twelve officers were injured."))
    assert Content("Two officers were injured.").same(Content("two officers were injured"))

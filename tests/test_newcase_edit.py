"""Work on a case by sentences: cells, rows, statements, joins; what would break the pack is refused and undone."""

import json
import os

import pytest
from test_newcase_pack import PAPER, RELEASE, bytes_of, errors, folder_of

from whosays import load_case
from whosays.newcase import add, fill, join, keep, new_case, quote, say, tables, todo, undo

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def pack(tmp_path_factory):
    place = tmp_path_factory.mktemp("edit")
    return new_case(place / "case", folder_of(place, release=RELEASE, paper=PAPER)).folder


@pytest.fixture
def case(pack, tmp_path):
    import shutil

    return shutil.copytree(pack, tmp_path / "case")


def test_a_cell_is_filled_and_its_to_do_drops_out(case):
    claim = load_case(case).claims.ids[0]
    before = len(todo(case))
    done = fill(
        case,
        f"claims/{claim}",
        text="The ferry makes 61 crossings a week from June.",
        status="settled",
        why="The one who decides says so.",
        act_of="orrin-line",
        note=None,
    )
    assert done.done and "status: settled" in done.text() and errors(case) == []
    row = load_case(case).claims[claim]
    assert (row.status, row.note) == ("settled", None) and len(todo(case)) == before - 1
    assert fill(case, "agents/orrin-line", aliases=["the line", "the ferry company"]).done
    assert load_case(case).agents["orrin-line"].aliases == ("the line", "the ferry company")


REFUSED = {
    "no row": (lambda c: fill(c, "agents/orrin-lin", role="x"), "Near it: orrin-line"),
    "no table": (lambda c: fill(c, "claim/x", text="x"), "names no table"),
    "no column": (lambda c: fill(c, "agents/orrin-line", nme="x"), "has no column 'nme'"),
    "value": (
        lambda c: fill(c, "agents/orrin-line", kind="paper"),
        "is not one of the values of kind",
    ),
    "reference": (
        lambda c: fill(c, "sources/release", outlet="nobody"),
        "There is no row 'nobody' in agents",
    ),
    "required": (lambda c: fill(c, "sources/release", interest=None), "interest is empty"),
    "there": (
        lambda c: add(c, "agents", "orrin-line", name="x", kind="group"),
        "is a row 'orrin-line' in agents already",
    ),
    "lacking": (lambda c: add(c, "accounts", "minutes", kind="council"), "method is empty"),
    "table": (lambda c: add(c, "nothing", "x"), "There is no table 'nothing'"),
    "words": (lambda c: say(c, "release", "not there", claim(c)), "do not stand in release so"),
    "twice": (lambda c: say(c, "release", "Orrin Line", claim(c)), "stand 2 times"),
    "outside": (
        lambda c: say(c, "release", "Press release, 9 April", claim(c)),
        "inside one piece",
    ),
    "cue": (
        lambda c: say(c, "release", "48,600 passengers", claim(c), cue="shouted"),
        "'shouted' does not stand",
    ),
    "mode": (
        lambda c: say(c, "release", "48,600 passengers", claim(c), mode="loud"),
        "'loud' is not one of the values of mode",
    ),
    "claim": (
        lambda c: say(c, "release", "48,600 passengers", "no-claim"),
        "There is no row 'no-claim' in claims",
    ),
    "itself": (lambda c: join(c, "agents/orrin-line", "agents/orrin-line"), "Name the rows"),
    "kinds": (lambda c: join(c, "agents/orrin-line", f"claims/{claim(c)}"), "is no row of agents"),
    "places": (lambda c: join(c, "sources/release", "sources/paper"), "can be joined"),
}


def claim(case):
    return load_case(case).claims.ids[0]


@pytest.mark.parametrize("name", REFUSED)
def test_what_would_break_the_pack_is_refused_and_nothing_changes(case, name):
    before = bytes_of(case)
    work, says = REFUSED[name]
    done = work(case)
    assert (
        not done.done
        and "Nothing was changed." in done.text()
        and says in done.text()
        and "<p>" in done.html()
    )
    assert bytes_of(case) == before


def test_a_row_is_added_and_listed_in_the_package(case):
    done = add(
        case, "accounts", "minutes", kind="council", publisher="orrin-line", title="Minutes", method="Taken down.", scope="One meeting.",
        limits="Short.", seen_at="the archive", host="the council", host_lean="primary", label="VP",
    )  # fmt: skip
    assert done.done and errors(case) == []
    assert add(
        case,
        "findings",
        "minutes-1",
        account_id="minutes",
        claim_id=claim(case),
        stance="supports",
        paraphrase="It says so.",
        label="VP",
        seen_at="x",
        host="y",
        host_lean="primary",
    ).done
    assert not any(t.table == "accounts" for t in todo(case))
    assert add(case, "place_names", "island", place="Orrinoy", spelling="Oryinoi").done, (
        "the fingerprints are made anew"
    )
    assert errors(case) == []


def test_a_statement_is_marked_without_counting_characters(case):
    one = claim(case)
    done = say(
        case,
        "paper",
        "Another boat has reportedly been ordered",
        one,
        cue="reportedly",
        mode="hedged",
    )
    assert done.done and errors(case) == []
    row = load_case(case).assertions[done.says.split()[0].partition("/")[2]]
    assert (row.cue_text, row.mode, row.claim_id, row.agent) == (
        "reportedly",
        "hedged",
        one,
        load_case(case).sources["paper"].outlet,
    )
    spoken = say(
        case,
        "release",
        "It carried 48,600 passengers last winter",
        one,
        speaker="Orrin Line",
        cue="said",
        agent="marit-solane",
    )
    row = load_case(case).assertions[spoken.says.split()[0].partition("/")[2]]
    assert [str(s) for s in row.chain] == [
        "orrin-line:masthead",
        "marit-solane:explicit",
    ] and row.source_text == "Orrin Line"
    headline = say(case, "release", "More boats by day", one)
    assert headline.done and errors(case) == [], "a line that had no passage gets one"


def test_joined_rows_leave_no_trace(case):
    loaded = load_case(case)
    first, second = loaded.claims.ids[:2]
    told = [a.assertion_id for a in loaded.assertions if a.claim_id in (first, second)]
    assert join(case, f"claims/{first}", f"claims/{second}").done
    assert join(case, "agents/orrin-line", "agents/the-company").done
    loaded = load_case(case)
    assert second not in loaded.claims and "the-company" not in loaded.agents and errors(case) == []
    assert {a.assertion_id for a in loaded.assertions.where(claim_id=first)} == set(told)
    assert "the company" in loaded.agents["orrin-line"].aliases
    assert all("the-company" not in [s.agent for s in a.chain] for a in loaded.assertions)


def test_claims_are_kept_and_the_rest_goes_without_a_trace(case):
    loaded = load_case(case)
    first = next(c.claim_id for c in loaded.claims if loaded.figures.where(claim_id=c.claim_id))
    worked = next(f.figure_id for f in loaded.figures if f.claim_id != first)
    assert fill(case, f"figures/{worked}", counts="people in the boat", note=None).done
    assert keep(case, first).done and errors(case) == []
    after = load_case(case)
    assert after.claims.ids == [first] and {a.claim_id for a in after.assertions} == {first}
    assert worked in after.figures and after.figures[worked].claim_id is None
    assert {f.claim_id for f in after.figures} == {first, None} and len(after.sources) == 2
    assert [p for p in after.warnings if p.rule == "unused"] == []
    assert not keep(case).done and not keep(case, "no-such-claim").done
    assert len(todo(case)) < 40


def test_statements_are_traced_to_an_origin_and_the_ledger_counts_it(case):
    from whosays.evidence.ledger import ledger

    loaded = load_case(case)
    claim = max(
        loaded.claims.ids,
        key=lambda c: len({a.item_id for a in loaded.assertions.where(claim_id=c)}),
    )
    assert not ledger(loaded).starts(claim).whole
    assert add(
        case,
        "origins",
        "timetable-plan",
        kind="document",
        agent="orrin-line",
        what="The plan.",
        label="VP",
        seen_at="texts/",
    ).done
    told = [f"assertions/{a.assertion_id}" for a in loaded.assertions.where(claim_id=claim)]
    assert fill(case, told, origin_id="timetable-plan").done and errors(case) == []
    assert (
        ledger(load_case(case)).claim(claim).n,
        len(ledger(load_case(case)).starts(claim).whole),
    ) == (2, 1)
    assert not fill(case, [*told, "assertions/no-such-row"], origin_id="timetable-plan").done


def test_a_quoted_passage_is_there_without_the_text(case):
    passage = next(p for p in load_case(case).passages if p.source_id == "paper")
    assert quote(case, passage.passage_id).done and errors(case) == []
    row = load_case(case).passages[passage.passage_id]
    assert row.quoted and row.exact == load_case(case).text("paper")[row.start : row.end]


def named(case):
    return fill(case, "agents/orrin-line", aliases=["the line"])


def test_undo_after_new_texts_or_another_program_is_refused(case, tmp_path):
    assert named(case).done
    more = folder_of(
        tmp_path, post="The Post\n\n3 May 2024\n\nA boat\n\nThe boat sank, Ann Lee said."
    )
    assert new_case(case, more, update=True).added
    before = bytes_of(case)
    done = undo(case)
    assert not done.done and "since then texts were added" in done.says
    assert bytes_of(case) == before and errors(case) == []
    assert named(case).done
    table = case / "claims.csv"
    table.write_bytes(table.read_bytes() + b"\n")
    assert "wrote in claims.csv" in undo(case).says


@pytest.mark.parametrize(
    "step, says",
    [
        ({"agents.csv": ""}, "an older kit"),
        ({"before": {"../out.csv": "x"}, "after": {"../out.csv": None}}, "outside the case"),
    ],
)
def test_a_step_that_cannot_be_trusted_is_refused(case, step, says):
    assert named(case).done
    next((case / ".undo").glob("*.json")).write_text(json.dumps(step), encoding="utf-8")
    assert says in undo(case).says and not (case.parent / "out.csv").exists()


@pytest.mark.parametrize("which", [2, 3, 4, 5])
def test_a_write_that_fails_halfway_leaves_nothing_changed(case, monkeypatch, which):
    join(case, *[f"claims/{c}" for c in load_case(case).claims.ids[:2]])
    before, replace, calls = bytes_of(case), os.replace, []

    def full(old, new):
        calls.append(new)
        if len(calls) == which:
            raise OSError(28, "No space left on device", str(new))
        return replace(old, new)

    monkeypatch.setattr(os, "replace", full)
    loaded = load_case(case)
    done = keep(case, next(iter(loaded.claims.ids)))
    assert not done.done and "cannot be written" in done.says
    assert bytes_of(case) == before


def test_the_note_for_undo_fails_and_nothing_is_changed(case, monkeypatch):
    before = bytes_of(case)

    def full(folder, old):
        raise OSError(28, "No space left on device", "000001.json")

    monkeypatch.setattr(tables, "_remember", full)
    assert "Nothing was changed" in named(case).text() and bytes_of(case) == before


def test_a_table_in_another_encoding_is_refused_and_stays(case):
    table = case / "agents.csv"
    table.write_bytes(table.read_bytes().replace(b"Orrin Line", "Orrin Liné".encode("cp1252"), 1))
    before = bytes_of(case)
    done = named(case)
    assert not done.done and "not UTF-8" in done.says and bytes_of(case) == before

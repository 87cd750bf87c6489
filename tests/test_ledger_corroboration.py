"""The corroboration table, doubt in both directions, and a table filled in by a learner."""

import pytest

from whosays import load_case
from whosays.evidence.corroboration import (
    STANCES,
    check_cell,
    check_corroboration,
    corroboration,
    doubts,
    fill_corroboration,
)
from whosays.evidence.ledger import Ledger

CLAIMS = [
    "killing-of-fleeing-civilians",
    "toll-613",
    "all-613-civilians",
    "regiment-366-took-part",
    "genocide",
]


@pytest.fixture(scope="module")
def khojaly():
    return load_case("khojaly")


@pytest.fixture(scope="module")
def kept(khojaly):
    return Ledger(khojaly)


def test_the_grid_has_every_finding_of_its_claims_and_accounts(khojaly):
    table = corroboration(khojaly, CLAIMS)
    assert {"hrw-1994", "memorial-1992", "dewaal-2012"} <= {a.account_id for a in table.accounts}
    shown = {r["row"] for r in table.findings().rows}
    accounts = {a.account_id for a in table.accounts}
    assert shown == {
        f.cite for f in khojaly.findings if f.claim_id in CLAIMS and f.account_id in accounts
    }
    for claim, row in zip(table.claims, table.grid().rows, strict=True):
        for account in table.accounts:
            for finding in table.cell(claim.claim_id, account.account_id):
                assert f"({finding.label})" in row[account.account_id]


def test_limits_stand_beside_the_stance_and_no_score_does(khojaly):
    rows = corroboration(khojaly, ["toll-613"]).findings().rows
    assert all(r["limits"] and r["label"] and r["host"] for r in rows)
    assert not any("score" in c or "grade" in c for c in rows[0])


def test_no_two_columns_have_the_same_heading(khojaly):
    headings = list(corroboration(khojaly, CLAIMS).grid().columns.values())
    assert len(set(headings)) == len(headings)


def test_accounts_can_be_chosen_and_an_empty_cell_is_empty(khojaly):
    table = corroboration(khojaly, ["elderly-70"], ["hrw-1993", "az-prosecutors-2005"])
    assert [a.account_id for a in table.accounts] == ["hrw-1993", "az-prosecutors-2005"]
    assert table.cell("elderly-70", "hrw-1993") == []
    assert "not looked at" in table.grid().caption


def test_doubt_runs_both_ways_on_open_and_contested_claims(khojaly, kept):
    for claim in khojaly.claims:
        if claim.status == "settled" or not khojaly.findings.where(claim_id=claim.claim_id):
            continue
        doubt = doubts(khojaly, claim.claim_id, kept)
        assert doubt.accept_slowly or doubt.reject_slowly, claim.claim_id
    toll = doubts(khojaly, "toll-613", kept)
    assert any("[findings/hrw-1993-toll]" in w for w in toll.accept_slowly)
    assert any("does not make it false" in w for w in toll.reject_slowly)
    assert any("qualifies and does not contradict" in w for w in toll.reject_slowly)


def test_denial_meets_the_same_tests(khojaly, kept):
    denial = doubts(khojaly, "azerbaijanis-to-blame", kept)
    assert any(
        "contradicts it" in w and "[findings/hrw-1997-blame]" in w for w in denial.accept_slowly
    )


def test_a_settled_claim_is_not_put_in_question(khojaly, kept):
    for claim in khojaly.claims.where(status="settled"):
        doubt = doubts(khojaly, claim.claim_id, kept)
        assert "before you accept it" not in doubt.text()
        assert any(claim.why in w for w in doubt.reject_slowly)


def test_silence_is_no_denial(khojaly, kept):
    assert any(
        "silent on it, which is no denial" in w
        for w in doubts(khojaly, "genocide", kept).reject_slowly
    )


def test_a_cell_is_checked_against_its_finding(khojaly):
    for finding in khojaly.findings:
        checked = check_cell(khojaly, finding.claim_id, finding.account_id, finding.stance)
        assert checked.state == "right" and checked.error is None


def test_wrong_cells_say_which_way_they_are_wrong(khojaly):
    claimed = {
        ("toll-613", "hrw-1993"): "contradicts",  # a floor taken for a denial
        ("toll-613", "memorial-1992"): "supports",
        ("killing-of-fleeing-civilians", "memorial-1992"): "supports",
        ("genocide", "hrw-1994"): "contradicts",  # silence taken for denial
        ("all-613-civilians", "dewaal-2012"): "",
        ("elderly-70", "hrw-1993"): "silent",
    }
    filled = check_corroboration(khojaly, claimed)
    assert [c.state for c in filled.cells] == [
        "not yet",
        "not yet",
        "right",
        "not yet",
        "not answered",
        "no row",
    ]
    assert [c.error for c in filled.cells] == [
        "wrongly_rejected",
        "wrongly_accepted",
        None,
        "wrongly_rejected",
        None,
        None,
    ]
    assert (
        filled.summary()
        == "1 of 5 cells right, 1 wrongly accepted, 2 wrongly rejected, 1 not answered."
    )
    assert all(mark in filled.text() for mark in ("✓ right", "✗ not yet", "wrongly rejected"))


def test_a_word_that_is_no_stance_is_refused_with_those_that_are(khojaly):
    with pytest.raises(ValueError, match="supports in part"):
        check_cell(khojaly, "toll-613", "hrw-1993", "true")
    assert check_cell(khojaly, "toll-613", "hrw-1993", "Qualifies").state == "right"
    with pytest.raises(KeyError):
        check_cell(khojaly, "toll-613", "nobody", "silent")


def test_no_single_answer_fills_the_table_well(khojaly):
    """Always distrusting and always trusting both fail: the table asks for reading."""
    cells = {(f.claim_id, f.account_id) for f in khojaly.findings if f.claim_id in CLAIMS}
    for stance in STANCES:
        filled = check_corroboration(khojaly, dict.fromkeys(cells, stance))
        assert filled.count("right") / len(cells) < 0.55, stance


# -- filling in ----------------------------------------------------------------------------------------

FERRY_CLAIMS, FERRY_ACCOUNTS = (
    ["late-under-15", "loss-310000", "late-boat-emptier"],
    ["passengers-count", "coastal-note"],
)


@pytest.fixture
def to_fill(tmp_path, monkeypatch):
    monkeypatch.setenv("WHOSAYS_ANSWERS", str(tmp_path))
    return fill_corroboration(load_case("ferry"), FERRY_CLAIMS, FERRY_ACCOUNTS)


def test_every_cell_to_fill_has_a_finding_and_a_right_answer(to_fill):
    right = {(c, a): to_fill.table.cell(c, a)[0].stance for c, a in to_fill.cells}
    assert len(right) == 6 and to_fill.check(right).count("right") == 6
    assert to_fill.check({}).count("not answered") == 6
    assert all(f"{c}, {a}" in to_fill.text() for c, a in to_fill.cells)


def test_fields_do_what_the_function_does_and_are_there_again(to_fill):
    box = to_fill.widget()
    assert list(box.menus) == list(to_fill.cells)
    box.reveal()
    assert "first" in box.status.text and not box.status.details
    box.menus["loss-310000", "coastal-note"].value = "supports"
    result = box.check()
    assert (
        result.count(error="wrongly_accepted") == 1
        and result.summary() == to_fill.check(box.filled).summary()
    )
    assert "not yet" in box.marks["loss-310000", "coastal-note"].value
    box.menus["loss-310000", "coastal-note"].value = "silent"
    assert not box.marks["loss-310000", "coastal-note"].value and "Changed" in box.status.text
    again = to_fill.widget()
    assert again.filled == {("loss-310000", "coastal-note"): "silent"}
    again.reveal()
    assert "limits of the account" in again.status.details


def test_what_was_kept_and_is_no_stance_any_more_is_left_out(to_fill, tmp_path):
    key = to_fill._key()
    (tmp_path / "corroboration.json").write_text(
        f'{{"{key}": {{"loss-310000/coastal-note": "maybe"}}}}', encoding="utf-8"
    )
    assert to_fill.kept() == {} and to_fill.widget().filled == {}

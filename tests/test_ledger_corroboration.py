"""The corroboration table, and doubt in both directions."""

import pytest

from whosays import load_case
from whosays.evidence.corroboration import corroboration, doubts
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
    for claim, row in zip(table.claims, table.table().rows, strict=True):
        for account in table.accounts:
            for finding in table.cell(claim.claim_id, account.account_id):
                assert f"({finding.label})" in row[account.account_id]


def test_limits_stand_beside_the_stance_and_no_score_does(khojaly):
    rows = corroboration(khojaly, ["toll-613"]).findings().rows
    assert all(r["limits"] and r["label"] and r["host"] for r in rows)
    assert not any("score" in c or "grade" in c for c in rows[0])


def test_no_two_columns_have_the_same_heading(khojaly):
    headings = list(corroboration(khojaly, CLAIMS).table().columns.values())
    assert len(set(headings)) == len(headings)


def test_accounts_can_be_chosen_and_an_empty_cell_is_empty(khojaly):
    table = corroboration(khojaly, ["elderly-70"], ["hrw-1993", "az-prosecutors-2005"])
    assert [a.account_id for a in table.accounts] == ["hrw-1993", "az-prosecutors-2005"]
    assert table.cell("elderly-70", "hrw-1993") == []
    assert "not looked at" in table.table().caption


def test_doubt_runs_both_ways_on_open_and_contested_claims(khojaly, kept):
    for claim in khojaly.claims:
        if claim.status == "settled" or not khojaly.findings.where(claim_id=claim.claim_id):
            continue
        doubt = doubts(khojaly, claim.claim_id, kept)
        assert doubt.accept_slowly or doubt.reject_slowly, claim.claim_id
    toll = doubts(khojaly, "toll-613", kept)
    floor = khojaly.findings["hrw-1993-toll"].paraphrase
    assert any(f"says something else beside it: {floor}" in w for w in toll.accept_slowly)
    assert any("does not make it false" in w for w in toll.reject_slowly)
    assert any(
        "says something else beside it, and does not deny it" in w for w in toll.reject_slowly
    )


def test_denial_meets_the_same_tests(khojaly, kept):
    denial = doubts(khojaly, "azerbaijanis-to-blame", kept)
    answer = khojaly.findings["hrw-1997-blame"].paraphrase
    assert any(f"speaks against it: {answer}" in w for w in denial.accept_slowly)


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

"""Caveats travel with rows: each display of a row is rendered here, and looked at."""

import html
import re

import pytest

from whosays import corroboration, ledger, load_case, poster, quotation_card, show, what_was_found
from whosays.memo.brief import Brief
from whosays.memo.evidence import ClaimEvidence
from whosays.view.caveats import caveats, stance_words


@pytest.fixture(scope="module")
def case():
    return load_case("khojaly")


def plain(page):
    """A page as a reader has it: no tags, spaces in one."""
    return " ".join(html.unescape(re.sub("<[^>]+>", " ", page)).split())


def displays(case, finding):
    """Every display of a finding, by name."""
    claim, account = finding.claim_id, finding.account_id
    entry, table = ledger(case).claim(claim), corroboration(case, [claim], [account])
    step = entry.step(finding.cite)
    evidence = ClaimEvidence(case, claim)
    yield "row", show.row(case, finding.cite).html()
    yield "row as text", show.row(case, finding.cite).text()
    yield "said and found", show.said_and_found(case, claim).html()
    yield "findings in full", table.findings().html()
    yield "ledger", entry.html()
    yield "ledger as text", entry.text()
    yield "ledger step", step.html()
    guessed = poster(case, "06", [claim], {"the account": [account]}).poster
    yield "poster", guessed.answers()
    yield "memo evidence", evidence.html()
    if finding.stance != "silent":
        yield "what was found", what_was_found(case, claim, kind=None).html()


CHOSEN = (
    "baku-2026-genocide", "baku-2026-convicted", "edm-genocide", "czech-genocide", "melkonian-knives",
    "hrw-1993-column", "armenia-1997-blame", "mutalibov-blame", "haf-ecthr", "dewaal-froze",
)  # fmt: skip


@pytest.mark.parametrize("name", CHOSEN)
def test_every_display_of_a_row_carries_its_caveats(case, name):
    finding = case.findings[name]
    told = caveats(case, finding)
    assert told
    for display, page in displays(case, finding):
        if "is not printed here" in page and finding.paraphrase not in plain(page):
            continue  # as text, what is grave is left out, and what is to be said with it
        for caveat in told:
            assert caveat in plain(page), (display, caveat)


def test_a_claim_and_a_figure_carry_theirs(case):
    claim, figure = case.claims["genocide"], case.figures["verdict-15"]
    assert "was not fair" in claim.caveat and "was not fair" in figure.caveat
    pages = [
        show.row(case, claim.cite).html(), show.said_and_found(case, "genocide").html(),
        ledger(case).claim("genocide").html(), ledger(case).table().html(), what_was_found(case, "genocide").html(),
        corroboration(case, ["genocide"]).table().html(), ClaimEvidence(case, "genocide").html(),
        Brief(ClaimEvidence(case, "genocide")).html(), poster(case, "06", ["genocide"], {"HRW": ["hrw-1994"]}).poster.table().html(),
    ]  # fmt: skip
    for page in pages:
        assert claim.caveat in plain(page)
    assert figure.caveat in plain(show.row(case, figure.cite).html())


def test_the_grid_says_what_no_cell_may_leave_out(case):
    grid = plain(
        corroboration(case, ["genocide"], ["baku-court-2026", "uk-edm-2021"]).table().html()
    )
    for account in ("baku-court-2026", "uk-edm-2021"):
        assert case.accounts[account].caveat in grid


def test_a_wording_on_a_card_carries_those_of_its_account(case):
    card = quotation_card(case, "strasbourg-phrase")
    for page in (card.html(), card.table().html()):
        assert case.accounts["haf-book"].caveat in plain(page)


def test_silence_says_what_was_read(case):
    for finding in case.findings.where(stance="silent"):
        assert stance_words(finding) in ("read whole, and silent", "silent in the passages seen")
    page = plain(show.said_and_found(case, "genocide").html())
    assert "silent in the passages seen" in page and "read whole, and silent" in page


def test_what_is_grave_stands_behind_a_fold_that_says_so(case):
    entry = ledger(case).claim("stabbed-with-knives")
    for finding in ("findings/melkonian-knives", "findings/sundaytimes-1992-survivors"):
        page = entry.step(finding).html()
        assert page.startswith('<details class="ws-grave"><summary>This describes cruelty.')
    card = quotation_card(case, "melkonian-knives").html()
    for grave in case.wordings.where(quotation_id="melkonian-knives"):
        assert grave.grave
    assert card.count("This describes cruelty.") == 4  # the claim, and three wordings


def test_who_counted_is_said_or_said_not_to_be(case):
    page = plain(show.row(case, "figures/hrw-1993-161", only=["value", "counted_by"]).html())
    assert "counted by not said" in page
    assert "State forensic" in plain(show.row(case, "figures/memorial-181").html())

"""The corroboration table: claim by account, with limits, and doubt in both directions.

The grade of a source and the grade of a claim stay two things, as in the Admiralty code: the
table has the account's limits and host beside its stance, and never one score. Doubt runs both
ways: a claim may be accepted too fast (one starting point, an interest) or rejected too fast (an
account's silence taken for denial, a floor taken for a toll).
"""

from ..view.caveats import claim_words, stance_words, with_caveats
from ..view.grave import behind, marked
from ..view.named import STANCE, checked_words
from ..view.show import TableView
from ..view.view import View, folded
from .ledger import Ledger

_FOR_IT = {"supports", "supports_in_part"}
_LEANS = {"pro_azerbaijani", "pro_armenian", "mixed"}
_ALIGNED = {"official_source", "carries_official_account"}
_OWN_ACTS = {"publication", "recognition", "quotation"}


class Corroboration(View):
    """Claims against accounts, by their ids.

    By default every account of the kinds ``independent``, ``author`` and ``court`` that speaks to
    one of the claims.
    """

    def __init__(self, case, claim_ids, account_ids=None):
        self.case = case
        self.claims = [case.claims[c] for c in claim_ids]
        findings = [f for c in self.claims for f in case.findings.where(claim_id=c.claim_id)]
        self._cells = {}
        for finding in findings:
            self._cells.setdefault((finding.claim_id, finding.account_id), []).append(finding)
        if account_ids is None:
            speaking, kinds = {f.account_id for f in findings}, {"independent", "author", "court"}
            chosen = (a for a in case.accounts if a.kind in kinds)
            account_ids = [a.account_id for a in chosen if a.account_id in speaking]
        self.accounts = [case.accounts[a] for a in account_ids]

    def cell(self, claim_id: str, account_id: str) -> list:
        """The findings of one account on one claim.

        Empty where the case has none: that is not silence, nobody has looked.
        """
        return self._cells.get((claim_id, account_id), [])

    def table(self) -> TableView:
        """One row a claim, one column an account, stance and label in the cell."""
        rows = []
        for c in self.claims:
            row = {"claim": claim_words(self.case, c, caveat=True)}
            for a in self.accounts:
                cell = self.cell(c.claim_id, a.account_id)
                row[a.account_id] = "; ".join(_short(self.case, f) for f in cell)
            rows.append(row)
        columns = {"claim": "claim", **{a.account_id: self._name(a) for a in self.accounts}}
        caption = "What each account says on each claim; an empty cell: not looked at for this case"
        return TableView(rows, columns, caption)

    def _name(self, account):
        """Publisher and year; publisher and title where two of the accounts share both."""
        name = _account(self.case, account)
        if sum(_account(self.case, other) == name for other in self.accounts) == 1:
            return name
        return f"{self.case.agents[account.publisher].name}, {account.title}"

    def findings(self) -> TableView:
        """The same in full: a row a finding, with what it says, label and the account's limits."""
        rows = [
            {
                "claim": claim_words(self.case, c, caveat=True), "account": self._name(a),
                "stance": stance_words(f),
                "says": with_caveats(self.case, f, f.paraphrase), "label": f.label,
                "host": f.host_lean,
                "limits": a.limits, "row": f.cite,
            }
            for c in self.claims
            for a in self.accounts
            for f in self.cell(c.claim_id, a.account_id)
        ]  # fmt: skip
        return TableView(
            rows, "claim account stance says label host limits row".split(),
            "The same in full, with what limits each account", says="what it says",
            host="seen on a host that is", limits="limits of the account",
        )  # fmt: skip

    def html(self):
        return self.table().html() + folded("In full", self.findings().whole())

    def text(self):
        return f"{self.table().text()}\n\n{self.findings().text()}"


def _short(case, finding):
    """A cell of the grid, with what has to be said with it; a host's side is in the full table."""
    account = case.accounts[finding.account_id]
    told = [c for c in (finding.caveat, account.caveat) if c]
    return " ".join([f"{stance_words(finding)} ({finding.label})", *told])


corroboration = Corroboration


# -- doubt in both directions ----------------------------------------------------------------------


class Doubts(View):
    """What speaks against accepting a claim fast, and against rejecting it fast.

    A sentence each, from the tables of the case or from a ledger of it.
    """

    def __init__(self, case, claim_id: str, ledger=None):
        entry = (ledger or Ledger(case)).claim(claim_id)
        self.claim, self.words = entry.claim, claim_words(case, entry.claim)
        findings = case.findings.where(claim_id=self.claim.claim_id)
        assertions = case.assertions.where(claim_id=self.claim.claim_id)
        self.accept_slowly = list(_accept_slowly(case, entry, findings, assertions))
        self.reject_slowly = list(_reject_slowly(case, entry, findings, assertions))

    def table(self) -> TableView:
        """Both lists as one table."""
        # A settled claim is not put in question here: what the evidence leaves open is said.
        settled = self.claim.status == "settled"
        first = "what the evidence leaves open" if settled else "before you accept it"
        rows = [{"way": first, "why": w} for w in self.accept_slowly]
        rows += [{"way": "before you reject it", "why": w} for w in self.reject_slowly]
        caption = behind(self.words, f"Doubt in both directions: {self.words}")
        return TableView(rows, {"way": "pause", "why": "because"}, caption)


doubts = Doubts


def _account(case, account):
    year = account.published[:4] if account.published else "no date"
    return f"{case.agents[account.publisher].name}, {year}"


def _said(case, finding):
    says = f"{_account(case, case.accounts[finding.account_id])} {STANCE[finding.stance]}"
    words = f"{says}: {finding.paraphrase} ({checked_words(finding)})"
    return with_caveats(case, finding, words)


def _accept_slowly(case, entry, findings, assertions):
    if entry.claim.status != "settled":
        yield from _weak_origins(case, entry, assertions)
    for f in findings:
        if f.stance in {"contradicts", "qualifies"}:
            yield _said(case, f)
    leans = [f.host_lean in _LEANS for f in findings if f.stance in _FOR_IT]
    if any(leans):
        caution = "Supporting findings seen on a host that takes sides"
        yield f"{caution}: {sum(leans)} of {len(leans)}."


def _weak_origins(case, entry, assertions):
    yield entry.summary()
    aligned = {a.item_id for a in assertions if case.sources[a.source_id].alignment in _ALIGNED}
    if aligned:
        caution = "Pieces that come from a party to the matter or carry its account"
        yield f"{caution}: {len(aligned)} of {entry.n}."
    nobody = {a.item_id for a in assertions if a.mode in {"unattributed", "passive_no_source"}}
    if nobody:
        yield f"Pieces that give no source for it in the passage: {len(nobody)} of {entry.n}."


def _reject_slowly(case, entry, findings, assertions):
    for f in findings:
        if f.stance in _FOR_IT:
            yield _said(case, f)
    for f in findings:
        if f.stance == "qualifies":
            account = case.accounts[f.account_id]
            caution = (
                f"{_account(case, account)} says something else beside it, and does not deny it"
            )
            yield f"{caution}. Its limits: {account.limits}"
    if silent := sum(f.stance == "silent" for f in findings):
        accounts = "account is" if silent == 1 else "accounts are"
        yield f"{silent} {accounts} silent on it, which is no denial."
    if any(case.sources[a.source_id].alignment in _ALIGNED for a in assertions):
        yield "That somebody gains if it is believed does not make it false."
    if len(entry.whole) == 1 and entry.claim.kind in _OWN_ACTS:
        yield "One starting point can be enough where it is the record of the act itself."
    if entry.claim.status == "settled":
        yield marked(entry.claim, f"It is settled: {entry.claim.why}")

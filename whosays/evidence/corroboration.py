"""The corroboration table: claim by account, with stance, label and limits, and doubt in both
directions.

The grade of a source and the grade of a claim stay two things, as in the Admiralty code: the
table has the account's limits and host beside its stance, and never one score. Doubt runs both
ways: a claim may be accepted too fast (one starting point, an interest) or rejected too fast (an
account's silence taken for denial, a floor taken for a toll).
"""

from dataclasses import dataclass

from ..learner import store
from ..view.caveats import claim_words, stance_words, with_caveats
from ..view.grave import behind, marked
from ..view.show import TableView, text_of
from ..view.view import View
from .ledger import Ledger

STANCES = ("supports", "supports_in_part", "qualifies", "contradicts", "silent")
_LEANS = {"pro_azerbaijani", "pro_armenian", "mixed"}
_ALIGNED = {"official_source", "carries_official_account"}
_OWN_ACTS = {"publication", "recognition", "quotation"}

NAME = "corroboration"


class Corroboration(View):
    """Claims against accounts.

    Parameters
    ----------
    case : Case
    claim_ids : iterable of str
    account_ids : iterable of str, optional
        By default every account of the kinds ``independent`` and ``court`` that speaks to one of
        the claims.

    Attributes
    ----------
    claims, accounts : list of Row
    """

    def __init__(self, case, claim_ids, account_ids=None):
        self.case = case
        self.claims = [case.claims[c] for c in claim_ids]
        wanted = {c.claim_id for c in self.claims}
        self._cells = {}
        for finding in case.findings:
            if finding.claim_id in wanted:
                self._cells.setdefault((finding.claim_id, finding.account_id), []).append(finding)
        if account_ids is None:
            speaking = {account for _, account in self._cells}
            self.accounts = [
                a
                for a in case.accounts
                if a.account_id in speaking and a.kind in {"independent", "author", "court"}
            ]
        else:
            self.accounts = [case.accounts[a] for a in account_ids]

    def cell(self, claim_id, account_id):
        """The findings of one account on one claim.

        Returns
        -------
        list of Row
            Empty where the case has none: that is not silence, nobody has looked.
        """
        return self._cells.get((claim_id, account_id), [])

    def grid(self):
        """The table: one row a claim, one column an account, stance and label in the cell."""
        rows = [
            {
                "claim": claim_words(self.case, c, caveat=True),
                **{
                    a.account_id: "; ".join(
                        _short(self.case, f) for f in self.cell(c.claim_id, a.account_id)
                    )
                    for a in self.accounts
                },
            }
            for c in self.claims
        ]
        columns = {"claim": "claim", **{a.account_id: self._name(a) for a in self.accounts}}
        return TableView(
            rows,
            columns,
            "What each account says on each claim; an empty cell: not looked at for this case",
        )

    def _name(self, account):
        """Publisher and year; publisher and title where two of the accounts share both."""
        name = _account(self.case, account)
        if sum(_account(self.case, other) == name for other in self.accounts) == 1:
            return name
        return f"{self.case.agents[account.publisher].name}, {account.title}"

    def findings(self):
        """The same in full: one row a finding, with what it says, its label and the account's
        limits.
        """
        rows = [
            {
                "claim": claim_words(self.case, c, caveat=True), "account": self._name(a), "stance": stance_words(f),
                "says": with_caveats(self.case, f, f.paraphrase), "label": f.label, "host": f.host_lean,
                "limits": a.limits, "row": f.cite,
            }
            for c in self.claims
            for a in self.accounts
            for f in self.cell(c.claim_id, a.account_id)
        ]  # fmt: skip
        columns = {
            "claim": "claim", "account": "account", "stance": "stance", "says": "what it says", "label": "label",
            "host": "seen on a host that is", "limits": "limits of the account", "row": "row",
        }  # fmt: skip
        return TableView(rows, columns, "The same in full, with what limits each account")

    def html(self):
        return (
            f"{self.grid().html()}<details><summary>In"
            f" full</summary>{self.findings().html()}</details>"
        )

    def text(self):
        return f"{self.grid().text()}\n\n{self.findings().text()}"

    def frame(self):
        """The grid as a pandas DataFrame."""
        return self.grid().frame()


def _short(case, finding):
    """A cell of the grid. What has to be said with it stands in the cell, but for a host's side,
    which the full table has.
    """
    account = case.accounts[finding.account_id]
    told = [c for c in (finding.caveat, account.caveat) if c]
    return " ".join([f"{stance_words(finding)} ({finding.label})", *told])


def corroboration(case, claim_ids, account_ids=None):
    """Claims against accounts; see :class:`Corroboration`."""
    return Corroboration(case, claim_ids, account_ids)


# -- doubt in both directions ----------------------------------------------------------------------


class Doubts(View):
    """What speaks against accepting a claim fast, and against rejecting it fast.

    Attributes
    ----------
    accept_slowly, reject_slowly : list of str
        A sentence each, with the row it rests on where there is one.
    """

    def __init__(self, case, claim, accept_slowly, reject_slowly):
        self.words = claim_words(case, claim)
        self.claim, self.accept_slowly, self.reject_slowly = (
            claim,
            list(accept_slowly),
            list(reject_slowly),
        )

    def table(self):
        """Both lists as one table."""
        # A settled claim is not put in question here: what the evidence leaves open is said.
        first = (
            "what the evidence leaves open"
            if self.claim.status == "settled"
            else "before you accept it"
        )
        rows = [{"way": first, "why": w} for w in self.accept_slowly]
        rows += [{"way": "before you reject it", "why": w} for w in self.reject_slowly]
        return TableView(
            rows,
            {"way": "pause", "why": "because"},
            behind(self.words, f"Doubt in both directions: {self.words}"),
        )

    def html(self):
        return self.table().html()

    def text(self):
        return self.table().text()


def doubts(case, claim_id, ledger=None):
    """Doubt in both directions, from the tables of the case.

    Parameters
    ----------
    case : Case
    claim_id : str
    ledger : Ledger, optional
        One that is there already.

    Returns
    -------
    Doubts
    """
    entry = (ledger or Ledger(case)).claim(claim_id)
    findings = [f for f in case.findings if f.claim_id == entry.claim.claim_id]
    assertions = case.assertions.where(claim_id=entry.claim.claim_id)
    return Doubts(
        case,
        entry.claim,
        _accept_slowly(case, entry, findings, assertions),
        _reject_slowly(case, entry, findings, assertions),
    )


def _account(case, account):
    year = account.published[:4] if account.published else "no date"
    return f"{case.agents[account.publisher].name}, {year}"


_SAYS = {
    "supports": "supports it",
    "supports_in_part": "supports it in part",
    "qualifies": "qualifies it",
    "contradicts": "contradicts it",
}


def _said(case, finding):
    account = _account(case, case.accounts[finding.account_id])
    words = f"{account} {_SAYS[finding.stance]}: {finding.paraphrase} ({finding.label})"
    words = with_caveats(case, finding, words)
    return behind(words, f"{words} [{finding.cite}]")


def _accept_slowly(case, entry, findings, assertions):
    settled = entry.claim.status == "settled"
    if not settled:
        yield from _weak_origins(case, entry, assertions)
    for f in findings:
        if f.stance in {"contradicts", "qualifies"}:
            yield _said(case, f)
    supporting = [f for f in findings if f.stance in {"supports", "supports_in_part"}]
    leaning = [f for f in supporting if f.host_lean in _LEANS]
    if leaning:
        yield (
            f"Supporting findings seen on a host that takes sides: {len(leaning)} of"
            f" {len(supporting)}."
        )


def _weak_origins(case, entry, assertions):
    yield entry.summary()
    aligned = {a.item_id for a in assertions if case.sources[a.source_id].alignment in _ALIGNED}
    if aligned:
        yield (
            f"Pieces that come from a party to the matter or carry its account: {len(aligned)} of"
            f" {entry.n}."
        )
    nobody = {a.item_id for a in assertions if a.mode in {"unattributed", "passive_no_source"}}
    if nobody:
        yield f"Pieces that give no source for it in the passage: {len(nobody)} of {entry.n}."


def _reject_slowly(case, entry, findings, assertions):
    for f in findings:
        if f.stance in {"supports", "supports_in_part"}:
            yield _said(case, f)
    for f in findings:
        if f.stance == "qualifies":
            account = case.accounts[f.account_id]
            yield (
                f"{_account(case, account)} qualifies and does not contradict it. Its limits:"
                f" {account.limits}"
            )
    silent = [f for f in findings if f.stance == "silent"]
    if silent:
        yield (
            f"{len(silent)} {'account is' if len(silent) == 1 else 'accounts are'} silent on it,"
            " which is no denial."
        )
    if any(case.sources[a.source_id].alignment in _ALIGNED for a in assertions):
        yield "That somebody gains if it is believed does not make it false."
    if len(entry.whole) == 1 and entry.claim.kind in _OWN_ACTS:
        yield "One starting point can be enough where it is the record of the act itself."
    if entry.claim.status == "settled":
        yield marked(entry.claim, f"It is settled: {entry.claim.why}")


# -- filled in by a learner ------------------------------------------------------------------------


@dataclass(frozen=True)
class CheckedCell:
    """One cell after a check.

    Attributes
    ----------
    claim_id, account_id, given : str
    state : str
        ``right``, ``not yet``, ``not answered`` or ``no row`` (the case has no finding there).
    error : str or None
        ``wrongly_accepted`` or ``wrongly_rejected``, where the wrong answer is one of these.
    why : str
        What the finding says, once it is right; where to look, when it is not.
    """

    claim_id: str
    account_id: str
    given: str
    state: str
    error: str | None
    why: str


# How far a stance speaks for a claim: to put it higher is to accept wrongly, lower to reject
# wrongly.
_SUPPORT = {"supports": 3, "supports_in_part": 2, "qualifies": 1, "silent": 1, "contradicts": 0}


def check_cell(case, claim_id, account_id, given):
    """Check one cell that a learner filled in.

    Parameters
    ----------
    case : Case
    claim_id, account_id : str
    given : str
        A stance; empty for not answered.

    Returns
    -------
    CheckedCell

    Raises
    ------
    ValueError
        For a word that is no stance.
    """
    case.claims[claim_id], case.accounts[account_id]
    given = (given or "").strip().replace(" ", "_").lower()
    if given and given not in STANCES:
        raise ValueError(
            f"{given!r} is no stance: use one of {', '.join(text_of(s) for s in STANCES)}."
        )
    findings = [f for f in case.findings if f.claim_id == claim_id and f.account_id == account_id]
    if not given:
        return CheckedCell(claim_id, account_id, given, "not answered", None, "")
    if not findings:
        return CheckedCell(
            claim_id,
            account_id,
            given,
            "no row",
            None,
            "The case has no finding of this account on this claim.",
        )
    for f in findings:
        if f.stance == given:
            why = marked(f, f"{f.paraphrase} ({f.label}) [{f.cite}]")
            return CheckedCell(claim_id, account_id, given, "right", None, why)
    levels = [_SUPPORT[f.stance] for f in findings]
    level = _SUPPORT[given]
    error = (
        "wrongly_accepted"
        if level > max(levels)
        else "wrongly_rejected"
        if level < min(levels)
        else None
    )
    hint = {
        "wrongly_accepted": (
            "The account says less than that. What does it count, and what does it leave open?"
        ),
        "wrongly_rejected": (
            "The account says more for it than that. A limit, another count or silence is no"
            " contradiction."
        ),
        None: "Read again what the account says, and whether it speaks to this claim at all.",
    }[error]
    return CheckedCell(claim_id, account_id, given, "not yet", error, hint)


class Filled(View):
    """A filled table after a check, cell by cell."""

    def __init__(self, case, cells):
        self.case, self.cells = case, list(cells)

    def count(self, state=None, error=None):
        """How many cells have this state or this error."""
        return sum(
            (state is None or c.state == state) and (error is None or c.error == error)
            for c in self.cells
        )

    def summary(self):
        """How many are right, wrongly accepted and wrongly rejected, apart."""
        checked = [c for c in self.cells if c.state != "no row"]
        return (
            f"{self.count('right')} of {len(checked)} cells right,"
            f" {self.count(error='wrongly_accepted')} wrongly accepted,"
            f" {self.count(error='wrongly_rejected')} wrongly rejected,"
            f" {self.count('not answered')} not answered."
        )

    def table(self, answered_only=False):
        """One row a cell; on request without those that were left open.

        Parameters
        ----------
        answered_only : bool
        """
        marks = {
            "right": "✓ right",
            "not yet": "✗ not yet",
            "not answered": "· not answered",
            "no row": "· no row",
        }
        rows = [
            {
                "claim": claim_words(self.case, self.case.claims[c.claim_id]),
                "account": _account(self.case, self.case.accounts[c.account_id]),
                "given": c.given, "state": marks[c.state], "error": c.error, "why": c.why,
            }
            for c in self.cells
            if c.given or not answered_only
        ]  # fmt: skip
        columns = {
            "claim": "claim",
            "account": "account",
            "given": "your answer",
            "state": "result",
            "error": "which error",
            "why": "why",
        }
        return TableView(
            rows, columns, "The cells that are filled in" if answered_only else self.summary()
        )

    def html(self):
        return self.table().html()

    def text(self):
        return self.table().text()


def check_corroboration(case, filled):
    """Check a corroboration table that a learner filled in, cell by cell.

    Parameters
    ----------
    case : Case
    filled : mapping
        ``(claim_id, account_id)`` to a stance.

    Returns
    -------
    Filled
    """
    return Filled(
        case,
        [check_cell(case, claim, account, given) for (claim, account), given in filled.items()],
    )


class ToFill(View):
    """A corroboration table to fill in: shown blank, checked cell by cell, kept between sessions.

    Parameters
    ----------
    case : Case
    claim_ids, account_ids : iterable of str

    Attributes
    ----------
    table : Corroboration
    cells : tuple of (str, str)
        Claim and account of every cell for which the case has a finding, row by row.
    """

    def __init__(self, case, claim_ids, account_ids):
        self.case = case
        self.table = Corroboration(case, claim_ids, account_ids)
        pairs = ((c.claim_id, a.account_id) for c in self.table.claims for a in self.table.accounts)
        self.cells = tuple(pair for pair in pairs if self.table.cell(*pair))

    def name_of(self, account_id):
        """Publisher and year of an account, as in the head of a column."""
        return _account(self.case, self.case.accounts[account_id])

    def check(self, filled):
        """Check what is filled in; a cell that is left out counts as not answered.

        Parameters
        ----------
        filled : mapping
            ``(claim_id, account_id)`` to a stance.

        Returns
        -------
        Filled
        """
        return check_corroboration(self.case, {pair: filled.get(pair, "") for pair in self.cells})

    def _key(self):
        return f"{self.case.name}: {' '.join(c.claim_id for c in self.table.claims)}"

    def kept(self):
        """What was filled in before, as for :meth:`check`."""
        kept = store.load(NAME).get(self._key())
        kept = kept if isinstance(kept, dict) else {}
        return {(c, a): kept[f"{c}/{a}"] for c, a in self.cells if kept.get(f"{c}/{a}") in STANCES}

    def keep(self, filled):
        """Keep what is filled in; returns a sentence when it could not be saved, else an empty
        text.
        """
        everything = store.load(NAME)
        everything[self._key()] = {f"{c}/{a}": given for (c, a), given in filled.items()}
        return store.save(NAME, everything)

    def _blank(self):
        kept = self.kept()
        rows = [
            {
                "claim": claim_words(self.case, self.case.claims[c]),
                "account": self.name_of(a),
                "given": kept.get((c, a), ""),
                "cell": f"{c}, {a}",
            }
            for c, a in self.cells
        ]
        columns = {"claim": "claim", "account": "account", "given": "your answer", "cell": "cell"}
        return TableView(
            rows,
            columns,
            f"Fill in each cell with one of: {', '.join(text_of(s) for s in STANCES)}",
        )

    def html(self):
        return self._blank().html()

    def text(self):
        return self._blank().text()


def fill_corroboration(case, claim_ids, account_ids):
    """A corroboration table to fill in; see :class:`ToFill`."""
    return ToFill(case, claim_ids, account_ids)

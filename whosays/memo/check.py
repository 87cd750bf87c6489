"""What a memo must have, and which of it a machine can see.

Each check looks for words beside the rows of the case. It says *mentioned*, with what it saw, or
*not seen, look again*, with where to look. It never says that a sentence is wrong: it does not
understand one. Irony, a wrong row behind a right name, a verdict on a whole outlet and a good
argument are for a reader, with the rubric in ``docs/memo-rubric.md``.
"""

import html
import re
from dataclasses import asdict, dataclass

from ..base.words import words_of
from ..evidence.citations import plain, without_dates
from ..figures import find_figures
from ..view.show import TableView
from ..view.view import View
from .evidence import all_figures
from .names import names_of, stems

MOST = 8  # claims in one memo: more is a list
LONGEST = 20_000  # characters of one part that are read

MENTIONED, NOT_SEEN, BLANK = "mentioned", "not seen, look again", "not written yet"
SIGNS = {MENTIONED: "✓ mentioned", NOT_SEEN: "? not seen, look again", BLANK: "· not written yet"}


@dataclass(frozen=True)
class Need:
    """One thing a memo needs: in words, what the machine looks for, what only a reader can tell."""

    needs: str
    machine: str
    reader: str


CHECKS = {name: Need(**told) for name, told in words_of(__package__)["checks"].items()}


@dataclass(frozen=True)
class MemoPart:
    """One thing that was looked for."""

    check: str  # a key of :data:`CHECKS`
    about: str  # the claim or the number that it is about; may be empty
    state: str  # one of :data:`SIGNS`
    say: str = ""  # what was seen, or where to look


class MemoCheck(View):
    """What was looked for in a memo, part by part.

    Attributes
    ----------
    parts : list of MemoPart
    """

    def __init__(self, parts):
        self.parts = list(parts)

    def count(self, state: str) -> int:
        """How many parts have this state."""
        return sum(p.state == state for p in self.parts)

    def failing(self) -> list[str]:
        """The checks in which something was not seen, in the order of :data:`CHECKS`."""
        failing = {p.check for p in self.parts if p.state == NOT_SEEN}
        return [check for check in CHECKS if check in failing]

    def of(self, check: str) -> list[MemoPart]:
        """The parts of one check."""
        return [p for p in self.parts if p.check == check]

    def summary(self) -> str:
        """How much was seen; never a mark."""
        blank = self.count(BLANK)
        rest = f", {blank} not written yet" if blank else ""
        return (
            f"{self.count(MENTIONED)} of {len(self.parts)} mentioned, "
            f"{self.count(NOT_SEEN)} not seen{rest}. No machine marks a memo."
        )

    def table(self) -> TableView:
        """One row a thing looked for."""
        rows = [
            {**asdict(p), "check": CHECKS[p.check].needs, "state": SIGNS[p.state]}
            for p in self.parts
        ]
        columns = {"check": "looked for", "about": "about", "state": "result", "say": "in words"}
        return TableView(rows, columns, "What was looked for")

    def unseen(self) -> TableView:
        """What no machine can tell."""
        return needs("What the machine did not see", ("needs", "reader"))

    def html(self) -> str:
        summary = f"<p><strong>{html.escape(self.summary())}</strong></p>"
        return summary + self.table().html() + self.unseen().html()

    def text(self) -> str:
        return f"{self.summary()}\n\n{self.table().text()}\n\n{self.unseen().text()}"


def needs(
    caption: str = "What a memo needs, and who can see it", columns=("needs", "machine", "reader")
) -> TableView:
    """What a memo needs, what the machine looks for, and what only a reader can tell."""
    return TableView(
        map(asdict, CHECKS.values()), columns, caption, needs="a memo needs",
        machine="the machine looks for", reader="only a reader can tell",
    )  # fmt: skip


def check_memo(memo: View) -> MemoCheck:
    """Look for what a memo must have; never raises, whatever the text."""
    if not memo.claims:
        say = "Pick a claim first: without one there is nothing to look for."
        return MemoCheck([MemoPart("claims", "", BLANK, say)])
    return MemoCheck(_Checker(memo).parts())


class _Checker:
    def __init__(self, memo):
        self.memo, self.case = memo, memo.case
        self.names = names_of(memo.case)
        self.texts = {part: plain(memo.text_of(part))[:LONGEST] for part, _, _ in memo.parts()}
        self.evidence = {c: memo.evidence(c) for c in memo.claims}

    def parts(self):
        yield self._kinds()
        for check in (self._attributed, self._origins):
            yield from (self._of_claim(check, c) for c in self.memo.claims)
        yield from self._figures()
        yield from (self._of_claim(self._status, c) for c in self.memo.claims)
        yield self._limits()
        yield self._outside()

    def _of_claim(self, check, claim_id):
        name, about = check.__name__.strip("_"), self.case.claims[claim_id].text
        if not self.texts[claim_id]:
            return MemoPart(name, about, BLANK)
        seen, say = check(claim_id, self.texts[claim_id])
        return MemoPart(name, about, MENTIONED if seen else NOT_SEEN, say)

    @property
    def _whole(self):
        return "\n\n".join(filter(None, self.texts.values()))

    def _listed(self, agents, most=3):
        return ", ".join(self.case.agents[a].name for a in list(agents)[:most])

    # -- the claims that were picked: fields, no words, so this one can be exact -------------------

    def _kinds(self):
        statuses = [self.case.claims[c].status for c in self.memo.claims]
        settled = statuses.count("settled")
        sentence = f"Picked: {settled} settled, {len(statuses) - settled} not."
        if len(statuses) > MOST:
            say = f"{len(statuses)} claims are a list and no memo: keep {MOST} or fewer."
        elif not settled:
            say = f"{sentence} A memo that only doubts is half a memo: add a settled claim."
        elif settled == len(statuses):
            say = f"{sentence} Add one that is open, contested or does not hold."
        else:
            return MemoPart("claims", "", MENTIONED, sentence)
        return MemoPart("claims", "", NOT_SEEN, say)

    # -- one claim ---------------------------------------------------------------------------------

    def _attributed(self, claim_id, text):
        voices = self.names.voices(self.evidence[claim_id])
        named = self.names.found(text)
        if right := [a for a in named if a in voices]:
            return True, f"Named: {self._listed(right, 4)}."
        others = f"You name {self._listed(named)}. " if named else ""
        say = f"{others}No voice of this claim's rows was seen. Open its evidence: who says it?"
        return False, say

    def _origins(self, claim_id, text):
        ledger = f"The ledger: {self.evidence[claim_id].entry.summary()}"
        if seen := _STARTS.search(text):
            return True, f"“{seen[0]}”. {ledger}"
        return False, "No count of starting points was seen. Open the tree: where does it begin?"

    def _status(self, claim_id, text):
        claim = self.case.claims[claim_id]
        if seen := _STATUS.search(_QUOTED.sub(" ", text)):
            return True, f"“{seen[0]}”. In the case: {claim.status.replace('_', ' ')}. {claim.why}"
        say = "No word for it was seen: is it settled, open, contested, or does it not hold?"
        return False, say

    # -- numbers -----------------------------------------------------------------------------------

    def _figures(self):
        if not self._whole:
            yield MemoPart("figures", "", BLANK)
            return
        rows, figures_in_text = {}, {}
        for figure in all_figures(self.case):
            for value in {figure.value, figure.value_max} - {None}:
                rows.setdefault(value, []).append(figure)
        # what was opened outside has numbers of its own, and the tables do not know them
        texts = (text for part, text in self.texts.items() if part != "changed")
        for before, sentence in (pair for text in texts for pair in _pairs(text)):
            for shown, values in _numbers(sentence, rows):
                figures = [f for v in values for f in rows[v]]
                if not figures_in_text.get(shown, (False,))[0]:
                    figures_in_text[shown] = self._one_number(figures, sentence, before)
        if not figures_in_text:
            yield MemoPart("figures", "", MENTIONED, "No number of the tables is used.")
        for shown, (seen, say) in figures_in_text.items():
            yield MemoPart("figures", shown, MENTIONED if seen else NOT_SEEN, say)

    def _one_number(self, figures, sentence, before):
        what = set().union(*(stems(f.counts) | stems(f.unit) for f in figures)) & stems(sentence)
        named = set(self.names.found(f"{before} {sentence}"))
        who = sorted(self.names.figure_voices(figures) & named)
        if what and who:
            return True, f"With what it counts, and with {self._listed(who, 2)}."
        lacks = [] if what else ["what it counts"]
        lacks += [] if who else ["who counted or gave it"]
        rows = "; ".join(dict.fromkeys(f"{f.counts}" for f in figures[:2]))
        return False, f"Beside it was not seen: {' and '.join(lacks)}. The tables have: {rows}."

    # -- the whole memo ----------------------------------------------------------------------------

    def _limits(self):
        if not self._whole:
            return MemoPart("limits", "", BLANK)
        publishers = dict.fromkeys(account.publisher for account in self.memo.accounts)
        if not publishers:
            return MemoPart("limits", "", MENTIONED, "No account looked into these claims.")
        named = set()
        for _, sentence in _pairs(self._whole):
            named |= set(self.names.found(sentence)) if _LIMIT.search(sentence) else set()
        others = self._listed(a for a in publishers if a not in named)
        limited = [a for a in publishers if a in named]
        told = f"With a word for a limit: {self._listed(limited) or 'none'}."
        if len(limited) >= min(2, len(publishers)):
            return MemoPart("limits", "", MENTIONED, told)
        return MemoPart(
            "limits", "", NOT_SEEN, f"{told} What could these not see or count: {others}?"
        )

    def _outside(self):
        noted, written = len(self.memo.visits()), bool(self.texts["changed"])
        visits = f"{noted} {'visit' if noted == 1 else 'visits'} in the log."
        if noted and written:
            return MemoPart("outside", "", MENTIONED, visits)
        todo = "Note in the log of a lesson what you opened."
        todo = "Write what it changed, even if nothing." if noted else todo
        return MemoPart("outside", "", NOT_SEEN if self._whole else BLANK, f"{visits} {todo}")


# -- words -----------------------------------------------------------------------------------------

_COUNT = (
    r"(?:\d{1,3}|no|none|without|single|only|sole|same|one|two|three|four|five|six|seven|eight|"
    r"nine|ten|eleven|twelve)"
)
_STARTS = re.compile(
    rf"\b{_COUNT}\s+(?:(?!pieces?\b|items?\b)[^\W\d]+[\s-]+){{0,3}}"
    r"(?:starting points?|origins?|sources?)\b",
    re.IGNORECASE,
)
_STATUS = re.compile(
    r"\b(?:settled|open|contested|disputed|(?:does|do|did) not hold|holds|fails?|documents?|"
    r"documented|established|verified|confirm\w*|proven|proved|known|unknown|unclear|uncertain|"
    r"no doubt|borne out|contradict\w*|reject\w*|(?:cannot|can[’']t|could not) be \w+|"
    r"nobody (?:\w+ ){0,3}(?:has|knows?|saw|counted|checked))\b",
    re.IGNORECASE,
)
_LIMIT = re.compile(
    r"\b(?:limit\w*|only|not|no|nobody|never|cannot|n[’']t|at least|more than|floor|excerpts?|"
    r"copy|copies|reproductions?|missing|unseen|paid|interest\w*|years? (?:later|after)|without|"
    r"one (?:town|quay|side|month|incident)|weekdays?|part)\b",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"(?<![\w.,/-])\d{1,9}(?:,\d{3})*(?:\.\d+)?(?![\w])", re.ASCII)
_QUOTED = re.compile(r"“[^”]*”|\"[^\"\n]*\"|«[^»]*»")
_ENDS = re.compile(r"(?<=[.!?])(?:[”\"')\]]*)\s+(?=[\[(“\"'A-ZÀ-Þ0-9])|\n\s*\n")


def _pairs(text):
    """(the sentence before, the sentence) for every sentence of a text, paragraph by paragraph."""
    before = ""
    for sentence in filter(None, (s.strip() for s in _ENDS.split(text))):
        yield before, " ".join(sentence.split())
        before = sentence


def _numbers(sentence, known):
    """(as written, values) for each number that the tables know; small ones are left out."""
    bare = re.sub(r"\[[a-z_]+/[^\]]*\]", " ", sentence)
    rest = without_dates(bare)
    for quantity in find_figures(bare):
        start, end = quantity.span
        rest = f"{rest[:start]}{' ' * (end - start)}{rest[end:]}"
        ends = (v for v in (quantity.value, quantity.value_max) if v is not None)
        values, words = [v for v in ends if float(v) in known], quantity.of(bare)
        # a small number counts the pieces, the weeks, the sides
        if values and max(values) >= 10 and any(c.isdigit() for c in words):
            yield words, values
    # "the number 613" is a name in a finder's eyes
    for match in _DIGITS.finditer(rest):
        value = float(match[0].replace(",", ""))
        if value >= 10 and value in known:
            yield match[0], [value]

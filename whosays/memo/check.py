"""What a memo must have, and what a machine can and cannot see of it.

Each check looks for words beside the rows of the case, and says which words it looked for. It
does not understand a sentence: irony, a wrong row behind a right name and a good argument are for
a reader, with the rubric in ``docs/memo-rubric.md``. Doubt is not rewarded and neither is trust: a
settled claim that is called open is told so just as an open one that is called settled, and a
memo that judges everything at once is told so whichever way it judges.
"""

import html
import re
from dataclasses import dataclass

from ..evidence.citations import plain, without_dates
from ..figures import find_figures
from ..text.fold import fold
from ..view.show import TableView
from ..view.view import View
from .evidence import all_figures
from .names import Names, stems

MOST = 8  # claims in one memo: more is a list

LONGEST = 20_000  # characters of one part that are read
FOUND, AGAIN, MISSING, BLANK = "found", "look again", "not found", "not written yet"
SIGNS = {
    FOUND: "✓ found",
    AGAIN: "! look again",
    MISSING: "✗ not found",
    BLANK: "· not written yet",
}

# check -> (what a memo needs, what the machine looks for, what only a reader can tell)
CHECKS = {
    "claims": (
        "Claims of more than one kind",
        "At least one claim that is settled and one that is not are picked; at most eight in all.",
        "Whether the claims matter, and whether they belong together.",
    ),
    "attributed": (
        "Each claim is attributed",
        "The paragraph names somebody who says it or looked into it, by the rows of the case.",
        "Whether the one who is named said just that, and whether the chain to the first voice is told.",
    ),
    "origins": (
        "Origins are counted",
        "The paragraph says how many origins (0 and none count, too), and the ledger counts the same.",
        "Whether you can say why two pieces have one origin. You may count otherwise, if you give your reason.",
    ),
    "figures": (
        "Figures have definitions",
        "Each number is in the tables; the sentence says what is counted, and it or the one before it who counted or gave it.",
        "Whether the definition is the one of that counter, and whether two numbers may be compared.",
    ),
    "status": (
        "What is settled and what is open",
        "The paragraph has a word for it (settled, documented; open, not known; contested, fails), and the case says the same.",
        "Whether the reason is a good one.",
    ),
    "limits": (
        "Limits of the independent accounts",
        "A sentence names an account and a limit: what it did not see, count or assess. Two accounts, where there are two.",
        "Whether it is the limit that matters, and whether a limit is used as an excuse to reject.",
    ),
    "blanket": (
        "No verdict by outlet, and none on everything",
        "No sentence calls a whole outlet, side or everything false, propaganda, reliable or true.",
        "Irony, hints, and a verdict that is only in the choice of claims.",
    ),
    "outside": (
        "Something opened outside the kit",
        "The leave-the-page log has a visit, and the last section is written.",
        "Whether it was a good place to look.",
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Part:
    """One thing that was looked for.

    Attributes
    ----------
    check : str
        A key of :data:`CHECKS`.
    about : str
        The claim, or what else it is about; may be empty.
    state : str
        ``found``, ``look again``, ``not found`` or ``not written yet``.
    say : str
        What was found, or what to do.
    error : str or None
        ``wrongly_accepted`` or ``wrongly_rejected``, where it is one of these.
    """

    check: str
    about: str
    state: str
    say: str
    error: str | None = None


class MemoCheck(View):
    """What was looked for in a memo, part by part.

    Attributes
    ----------
    parts : list of Part
    """

    def __init__(self, parts):
        self.parts = list(parts)

    def count(self, state=None, error=None):
        """How many parts have this state or this error."""
        return sum(
            (state is None or p.state == state) and (error is None or p.error == error)
            for p in self.parts
        )

    def failing(self):
        """The checks in which something is not found or to be looked at again, in the order of :data:`CHECKS`."""
        failing = {p.check for p in self.parts if p.state in (AGAIN, MISSING)}
        return [check for check in CHECKS if check in failing]

    def of(self, check):
        """The parts of one check."""
        return [p for p in self.parts if p.check == check]

    def summary(self):
        """How much was found, and both directions apart; never a mark."""
        blank = self.count(BLANK)
        rest = f", {blank} not written yet" if blank else ""
        both = ""
        if self.count(error="wrongly_accepted") or self.count(error="wrongly_rejected"):
            both = (
                f" Accepted too fast: {self.count(error='wrongly_accepted')}; "
                f"rejected too fast: {self.count(error='wrongly_rejected')}."
            )
        return (
            f"{self.count(FOUND)} of {len(self.parts)} found, {self.count(AGAIN)} to look at again, {self.count(MISSING)} not found{rest}."
            f"{both} No machine marks a memo."
        )

    def table(self):
        """One row a thing looked for."""
        rows = [
            {"check": CHECKS[p.check][0], "about": p.about, "state": SIGNS[p.state], "say": p.say}
            for p in self.parts
        ]
        columns = {"check": "looked for", "about": "about", "state": "result", "say": "in words"}
        return TableView(rows, columns, "What was looked for")

    def unseen(self):
        """What no machine can tell, for the checks that were made."""
        made = dict.fromkeys(p.check for p in self.parts)
        rows = [{"check": CHECKS[c][0], "reader": CHECKS[c][2]} for c in CHECKS if c in made]
        return TableView(
            rows,
            {"check": "looked for", "reader": "only a reader can tell"},
            "What the machine did not see",
        )

    def html(self):
        return f"<p><strong>{html.escape(self.summary())}</strong></p>{self.table().html()}{self.unseen().html()}"

    def text(self):
        return f"{self.summary()}\n\n{self.table().text()}\n\n{self.unseen().text()}"


def needs():
    """What a memo needs, what the machine looks for, and what only a reader can tell.

    Returns
    -------
    TableView
    """
    rows = [{"needs": n, "machine": m, "reader": r} for n, m, r in CHECKS.values()]
    columns = {
        "needs": "a memo needs",
        "machine": "the machine looks for",
        "reader": "only a reader can tell",
    }
    return TableView(rows, columns, "What a memo needs, and who can see it")


def check_memo(memo):
    """Look for what a memo must have.

    Parameters
    ----------
    memo : Memo

    Returns
    -------
    MemoCheck
        Never raises, whatever the text.
    """
    if not memo.claims:
        return MemoCheck(
            [
                Part(
                    "claims",
                    "",
                    BLANK,
                    "Pick a claim first: without one there is nothing to look for.",
                )
            ]
        )
    return MemoCheck(_Checker(memo).parts())


class _Checker:
    def __init__(self, memo):
        self.memo, self.case = memo, memo.case
        self.names = Names.of(memo.case)
        self.visits = memo.visits().rows
        self.texts = {part: plain(memo.text_of(part))[:LONGEST] for part, _, _ in memo.parts()}
        self.evidence = {c: memo.evidence(c) for c in memo.claims}

    def parts(self):
        yield self._kinds()
        for check in (self._attributed, self._origins):
            for claim_id in self.memo.claims:
                yield self._unless_blank(check, claim_id)
        yield from self._figures()
        for claim_id in self.memo.claims:
            yield self._unless_blank(self._status, claim_id)
        yield self._limits()
        yield from self._verdicts()
        yield self._outside()

    def _unless_blank(self, check, claim_id):
        if self.texts[claim_id]:
            return check(claim_id)
        return Part(check.__name__.strip("_"), self._short(claim_id), BLANK, "")

    def _short(self, claim_id):
        return self.case.claims[claim_id].text

    @property
    def _whole(self):
        return "\n\n".join(filter(None, self.texts.values()))

    # -- the claims --------------------------------------------------------------------------------

    def _kinds(self):
        picked = [self.case.claims[c].status for c in self.memo.claims]
        settled = picked.count("settled")
        said = f"{settled} settled, {picked.count('open')} open, {picked.count('contested')} contested."
        if len(picked) > MOST:
            return Part(
                "claims",
                "",
                AGAIN,
                f"{len(picked)} claims are a list, not a memo: keep {MOST} or fewer.",
            )
        if not settled:
            say = f"{said} Nothing that is settled is among them: a memo that only doubts is half a memo. Add a settled claim."
            return Part("claims", "", AGAIN, say)
        if settled == len(picked):
            say = f"{said} Everything is settled already: add a claim that is open or contested."
            return Part("claims", "", AGAIN, say)
        return Part("claims", "", FOUND, said)

    # -- one claim ---------------------------------------------------------------------------------

    def _attributed(self, claim_id):
        named = self.names.found(self.texts[claim_id])
        voices = self.names.voices(self.evidence[claim_id])
        right = [self.case.agents[a].name for a in named if a in voices]
        about = self._short(claim_id)
        if right:
            return Part("attributed", about, FOUND, f"Named: {', '.join(right[:4])}.")
        if named:
            others = ", ".join(self.case.agents[a].name for a in list(named)[:3])
            say = f"Named: {others}. By the rows of the case, nobody of these speaks to this claim. Who does? Open its evidence."
            return Part("attributed", about, AGAIN, say)
        nobody = _first(_NOBODY, self.texts[claim_id])
        if nobody:
            return Part(
                "attributed",
                about,
                AGAIN,
                f"“{nobody}” is a voice without a name. Who is it? Open the evidence.",
            )
        return Part(
            "attributed", about, MISSING, "Nobody is named. Who says it, and who looked into it?"
        )

    def _origins(self, claim_id):
        text, entry, about = (
            self.texts[claim_id],
            self.evidence[claim_id].entry,
            self._short(claim_id),
        )
        # "gives no source" speaks of a text; "no origin" is a count
        told = [
            m
            for m in _ORIGINS.finditer(text)
            if _number(m["n"]) or m[0].casefold().endswith(("origin", "origins"))
        ]
        given = [_number(m["n"]) for m in told]
        if not given:
            return Part(
                "origins",
                about,
                MISSING,
                "Not said: how many origins stand behind it? Count origins, not pieces.",
            )
        floors = [
            n
            for m, n in zip(told, given, strict=True)
            if text[: m.start()].rstrip().casefold().endswith("at least")
        ]
        if entry.k not in given and not any(n <= entry.k for n in floors):
            say = f"You have {_listed(given)}, the ledger has {entry.k}. Open its tree; if you count otherwise, say why."
            return Part("origins", about, AGAIN, say)
        pieces = [_number(m["n"]) for m in _PIECES.finditer(text)]
        if pieces and not {entry.n, len(self.evidence[claim_id].sources)} & set(pieces):
            say = (
                f"The origins fit. Of pieces you have {_listed(pieces)}, the ledger has {entry.n}."
            )
            return Part("origins", about, AGAIN, say)
        return Part("origins", about, FOUND, f"The ledger counts the same: {entry.summary()}")

    def _status(self, claim_id):
        claim, about = self.case.claims[claim_id], self._short(claim_id)
        said = _stance(self.texts[claim_id])
        why = f"In the case it is {claim.status}: {claim.why}"
        if claim.status == "settled":
            if said["false"] or said["doubt"]:
                words = said["false"] or said["doubt"]
                return Part(
                    "status",
                    about,
                    AGAIN,
                    f"“{words}” puts a settled claim in question. {why}",
                    "wrongly_rejected",
                )
            if said["settled"]:
                return Part("status", about, FOUND, f"“{said['settled']}”.")
            if said["open"] or said["contested"]:
                words = said["open"] or said["contested"]
                return Part(
                    "status",
                    about,
                    AGAIN,
                    f"“{words}”, and no word for what holds. {why}",
                    "wrongly_rejected",
                )
        else:
            if said["false"] and claim.status == "open":
                say = f"“{said['false']}”: that it is not established does not make it false. {why}"
                return Part("status", about, AGAIN, say, "wrongly_rejected")
            if said["open"] or said["contested"] or said["false"]:
                return Part(
                    "status",
                    about,
                    FOUND,
                    f"“{said['open'] or said['contested'] or said['false']}”.",
                )
            if said["settled"]:
                return Part(
                    "status",
                    about,
                    AGAIN,
                    f"“{said['settled']}” says more than is known. {why}",
                    "wrongly_accepted",
                )
        return Part(
            "status", about, MISSING, "No word for it: is it settled, open or contested, and why?"
        )

    # -- numbers -----------------------------------------------------------------------------------

    def _figures(self):
        by_value, found = {}, {}
        for figure in all_figures(self.case):
            for value in {figure.value, figure.value_max} - {None}:
                by_value.setdefault(value, []).append(figure)
        for part, text in self.texts.items():
            # what was opened outside has numbers of its own, and the tables do not know them
            for before, sentence in _pairs(text if part != "changed" else ""):
                for shown, values, after in _numbers(sentence, by_value):
                    state, say = self._one_number(shown, values, after, sentence, before, by_value)
                    if state and found.get(shown, ("",))[0] != FOUND:
                        found[shown] = state, say
        if not self._whole:
            yield Part("figures", "", BLANK, "")
        elif not found:
            yield Part(
                "figures",
                "",
                FOUND,
                "No number of the tables is used, so none lacks its definition.",
            )
        for shown, (state, say) in found.items():
            yield Part("figures", shown, state, say)

    def _one_number(self, shown, values, after, sentence, before, by_value):
        """(state, words) for one number; no state where it is none to be looked up."""
        in_words = not any(c.isdigit() for c in shown)
        # small numbers count the pieces, the weeks, the sides: too many are no figures of the matter
        if (
            max(values) < 10
            or (in_words and (max(values) < 20 or shown.endswith("s")))
            or _COUNTED.search(after)
        ):
            return None, ""
        rows = [f for v in values for f in by_value.get(v, ())]
        if not rows:
            return (
                (None, "")
                if in_words
                else (
                    AGAIN,
                    "This number stands in no row of the case. Is it a slip, or whose is it?",
                )
            )
        what = set().union(*(stems(f.counts) | stems(f.unit) for f in rows)) & stems(sentence)
        who = self.names.figure_voices(rows) & set(self.names.found(f"{before} {sentence}"))
        if what and who:
            names = ", ".join(self.case.agents[a].name for a in sorted(who)[:2])
            return FOUND, f"Given with what it counts and with {names}."
        lacks = [
            words
            for there, words in ((what, "what it counts"), (who, "who counted or gave it"))
            if not there
        ]
        return (AGAIN if what or who else MISSING), f"The sentence lacks {' and '.join(lacks)}."

    # -- the whole memo ------------------------------------------------------------------------------

    def _limits(self):
        if not self._whole:
            return Part("limits", "", BLANK, "")
        accounts = self.memo.accounts
        publishers = {}
        for account in accounts:
            publishers.setdefault(account.publisher, []).append(account)
        named = {}
        for _, sentence in _pairs(self._whole):
            if _LIMIT.search(sentence):
                for agent in self.names.found(sentence):
                    if agent in publishers:
                        named.setdefault(agent, sentence)
        enough = min(2, len(publishers))
        if not publishers:
            return Part(
                "limits",
                "",
                FOUND,
                "No account looked into these claims: there is no limit to name.",
            )
        names = ", ".join(self.case.agents[a].name for a in named)
        others = ", ".join(self.case.agents[a].name for a in publishers if a not in named)
        if len(named) >= enough:
            return Part(
                "limits",
                "",
                FOUND,
                f"With a limit: {names}." + (f" Without: {others}." if others else ""),
            )
        if named:
            return Part(
                "limits",
                "",
                AGAIN,
                f"With a limit: {names}. And what could these not see: {others}?",
            )
        return Part(
            "limits",
            "",
            MISSING,
            f"No limit is named. What could these not see or count: {others}?",
        )

    def _verdicts(self):
        if not self._whole:
            yield Part("blanket", "", BLANK, "")
            return
        told = [
            (kind, sentence)
            for _, sentence in _pairs(self._whole)
            if (kind := self._verdict(sentence))
        ]
        settled = next(
            (c for c in self.memo.claims if self.case.claims[c].status == "settled"), None
        )
        unsettled = next(
            (c for c in self.memo.claims if self.case.claims[c].status != "settled"), None
        )
        for kind, sentence in told:
            claim = settled if kind == "distrust" else unsettled
            against = (
                f" Among your claims is one that is {self.case.claims[claim].status}: {self._short(claim)}"
                if claim
                else ""
            )
            how, error = {
                "distrust": (
                    "It rejects everything of an outlet or side at once, true statements too.",
                    "wrongly_rejected",
                ),
                "trust": (
                    "It believes everything of an outlet or side at once, claims without an origin too.",
                    "wrongly_accepted",
                ),
            }[kind]
            yield Part(
                "blanket",
                f"“{_cut(sentence)}”",
                AGAIN,
                f"{how}{against} Judge claim by claim.",
                error,
            )
        if not told:
            yield Part("blanket", "", FOUND, "No such sentence was found.")

    def _verdict(self, sentence):
        """``trust`` or ``distrust``, where a sentence judges an outlet, a side or everything; else None."""
        words = _QUOTED.sub(" ", sentence)
        if words.rstrip(" ”\"')").endswith("?"):
            return None
        for kind, pattern in (("distrust", _DISBELIEVE), ("trust", _BELIEVE)):
            match = pattern.search(words)
            if match and not _NOT.search(words[: match.start()]):
                return kind
        subjects = [
            (m.start(), m.end(), bool(_NONE.match(m[0])), m["side"])
            for m in _EVERYTHING.finditer(words)
        ]
        subjects += [(start, end, False, True) for start, end in self.names.outlets(words)]
        for start, end, none, side in subjects:
            for kind, pattern in (("distrust", _BAD), ("trust", _GOOD)):
                for match in pattern.finditer(words, end):
                    between = words[end : match.start()]
                    if (
                        not _judges(between, match[0], side)
                        or _NOT.search(between)
                        or _NOT.search(words[:start])
                    ):
                        continue
                    # "nothing is true", "they are not reliable"
                    turned = none != (kind == "trust" and bool(_NOT.search(match[0])))
                    return {"distrust": "trust", "trust": "distrust"}[kind] if turned else kind
        return None

    def _outside(self):
        noted, written = len(self.visits), bool(self.texts["changed"])
        visits = f"{noted} {'visit' if noted == 1 else 'visits'} in the log."
        if noted and written:
            return Part("outside", "", FOUND, visits)
        if noted or written:
            todo = (
                "Write what it changed, even if nothing."
                if noted
                else "Note in the log of a lesson what you opened."
            )
            return Part("outside", "", AGAIN if self._whole else BLANK, f"{visits} {todo}")
        return Part(
            "outside",
            "",
            MISSING if self._whole else BLANK,
            "Open one source outside the kit, and note it in the log.",
        )


# -- words --------------------------------------------------------------------------------------------

_WORDS = {
    w: n
    for n, w in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve".split()
    )
}
_WORDS |= {"no": 0, "none": 0, "without": 0, "single": 1, "only": 1, "sole": 1, "same": 1}
_N = rf"(?P<n>\d{{1,3}}|{'|'.join(_WORDS)})"
_ORIGINS = re.compile(
    rf"\b{_N}\s+(?:(?!pieces?\b|items?\b)[^\W\d]+[\s-]+){{0,3}}(?:origins?|sources?)\b",
    re.IGNORECASE,
)
_PIECES = re.compile(rf"\b{_N}\s+(?:[^\W\d]+\s+){{0,2}}(?:pieces?|items?)\b", re.IGNORECASE)
_COUNTED = re.compile(
    r"^\W*(?:\w+\W+){0,2}(?:pieces?|items?|origins?|sources?|accounts?|documents?|voices?|claims?|copies|lessons?|steps?)\b",
    re.IGNORECASE,
)
_NOBODY = re.compile(
    r"\b(?:it is (?:widely )?(?:said|known|believed|reported|claimed)|(?:some|many|most) (?:people|say|sources)|sources say|experts?|"
    r"reportedly|allegedly|is said to|are said to|everyone knows|people say)\b",
    re.IGNORECASE,
)
_LIMIT = re.compile(
    r"\b(?:limit\w*|only|not|no|nobody|never|cannot|n[’']t|at least|more than|floor|excerpts?|copy|copies|reproductions?|missing|unseen|"
    r"paid|interest\w*|years? (?:later|after)|one (?:town|quay|side|month|incident)|without|weekdays?|part)\b",
    re.IGNORECASE,
)
_PAST = r"(?:known|settled|established|verified|shown|assessed|checked|proven|proved|confirmed|clear|certain|documented|counted|seen)"
_OPEN = re.compile(
    rf"\b(?:(?:not|never|nowhere|n[’']t)(?: been| be| yet| exactly| fully| independently| itself){{0,2}} {_PAST}|unknown|unclear|uncertain|"
    rf"unsettled|unverified|(?:is|are|stays?|remains?|leaves? \w+|still|left|as) open|open:|(?:cannot|can[’']t|could not|couldn[’']t) be (?:known|said|checked|verified|established|settled|shown|seen|opened|counted|told|judged)|no exact|did not assess|"
    rf"(?:nobody|no one|no independent \w+)(?: outside| else)?(?: \w+)? (?:has|have|had|knows?|saw|can|establish\w*|count\w*|check\w*|confirm\w*|verif\w*|support\w*))\b",
    re.IGNORECASE,
)
_CONTESTED = re.compile(
    r"\b(?:contested|disputed|contradict\w*|reject\w*|fails?|failed|(?:does|do|did) not hold|not (?:borne out|supported|so)|refut\w*|"
    r"wrong\w*|mistaken|misread\w*|misquot\w*|unfounded|unsupported)\b",
    re.IGNORECASE,
)
_SETTLED = re.compile(
    r"\b(?:not in (?:question|doubt|dispute)|no doubt|undoubtedly|undisputed|beyond (?:any )?doubt|settled|established|documents?(?= it\b| this\b| that\b| the\b)|documented|certain|confirm(?:s|ed)?|corroborat(?:es?|ed)|"
    r"proven|proved|proves?|well supported|holds|is known|(?:is|are) (?:a )?facts?|agrees?)\b",
    re.IGNORECASE,
)
_FALSE = re.compile(
    r"\b(?:false|lies|lie|lying|fake[sd]?|fabricat\w+|invented|invention|made up|propaganda|untrue|hoax|debunked|disproved|never happened)\b",
    re.IGNORECASE,
)
_DOUBTED = re.compile(
    r"\b(?:alleged(?:ly)?|so-called|supposed(?:ly)?|purported(?:ly)?|self-styled)\b", re.IGNORECASE
)
_NOT = re.compile(
    r"\b(?:not(?! only| just| merely)|no|never|nobody|neither|nor|none|cannot|hardly|without|nothing)\b|n[’']t\b",
    re.IGNORECASE,
)
_NEAR_NOT = re.compile(rf"(?:{_NOT.pattern})(?:\W+\w+){{0,5}}\W*$", re.IGNORECASE)
_EVERYTHING = re.compile(
    r"\b(?:all|every|everything|everybody|everyone|none|nothing|whatever|they(?= (?:are )?(?:all|always))|such|the whole (?:story|thing|matter|case)|"
    r"(?P<side>(?:(?:official|independent|western|azerbaijani|armenian|russian|state|government|foreign|local|company)\w*[ -]){0,2}"
    r"(?:press(?! release)|media|outlets?|sources|pieces|papers|newspapers?|articles|reporters|journalists|organisations|reports|side)))\b",
    re.IGNORECASE,
)
# "all four say that the number is false" judges a number, not the four
_OF_A_CLAIM = re.compile(
    r"[.;:]|\b(?:that|whether|which|claims?|numbers?|figures?|statements?|sentences?|totals?|counts?|definitions?|wordings?|translations?|words?)\b",
    re.IGNORECASE,
)
_IS = re.compile(
    r"\b(?:is|are|was|were|be|prints?|publish\w*|spreads?|tells?|writes?|says?|makes?|always|so)\b",
    re.IGNORECASE,
)
_OBJECT = re.compile(r"\b(?:it|this|him|her|them|itself)\b", re.IGNORECASE)
_DISBELIEVE = re.compile(
    r"\b(?:cannot|can[’']t|can not|never|don[’']t|do not|should not|must not) (?:believe|trust) (?:\w+ ){0,2}?"
    r"(?:any\w*|a word|them|either|press|media|papers?|pieces|side|sources)\b",
    re.IGNORECASE,
)
_BELIEVE = re.compile(
    r"\b(?:believe|trust) (?:all|every\w*|them all|both|whatever)\b", re.IGNORECASE
)
_NONE = re.compile(r"none|nothing", re.IGNORECASE)
_BAD = re.compile(
    r"\b(?:propaganda|lies?|liars?|lying|fakes?|false|fabricat\w+|invented|hoax|untrustworthy|unreliable|worthless|biased|untrue|"
    r"not (?:to )?be (?:trusted|believed)|(?:cannot|can[’']t|can not|should not|must not) be (?:trusted|believed))\b",
    re.IGNORECASE,
)
_GOOD = re.compile(
    r"\b(?:(?:is|are|was|were)(?:n[’']t)?|be|as|always|simply|must be)\s+(?:\w+\s+){0,2}?(?:true|correct|reliable|trustworthy|accurate|objective|"
    r"unbiased|right|facts?|trusted|believed|honest)\b(?! (?:that|about|on|in|to|of|for|by)\b)|\b(?:tells?|speaks?|writes?|prints?) (?:only )?the truth\b",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"(?<![\w.,/-])\d{1,9}(?:,\d{3})*(?:\.\d+)?(?![\w])", re.ASCII)
_QUOTED = re.compile(r"“[^”]*”|\"[^\"\n]*\"|«[^»]*»")
_ENDS = re.compile(r"(?<=[.!?])(?:[”\"')\]]*)\s+(?=[\[(“\"'A-ZÀ-Þ0-9])|\n\s*\n")


def _judges(between, judgement, side):
    """Whether a judgement is on the subject before it, and not on a claim that the subject speaks of."""
    if len(between.split()) > 8 or _OF_A_CLAIM.search(between):
        return False
    # of an outlet or a side: "X is propaganda", "X lies", and not "X calls it false"
    lies = judgement.casefold() in {"lie", "lies", "lying"}
    return not side or (
        (bool(_IS.search(f"{between} {judgement}")) or lies) and not _OBJECT.search(between)
    )


def _pairs(text):
    """(the sentence before, the sentence) for every sentence of a text, paragraph by paragraph."""
    before = ""
    for sentence in filter(None, (s.strip() for s in _ENDS.split(text))):
        yield before, " ".join(sentence.split())
        before = sentence


def _numbers(sentence, known):
    """(as written, values, what follows) for every number of a sentence, the finder's and any other that a case knows."""
    bare = re.sub(r"\[[a-z_]+/[^\]]*\]", lambda m: " " * len(m[0]), sentence)
    taken = []
    for quantity in find_figures(bare):
        start, end = quantity.span
        taken.append((start, end))
        yield (
            bare[start:end],
            [v for v in (quantity.value, quantity.value_max) if v is not None],
            bare[end : end + 40],
        )
    for match in _DIGITS.finditer(without_dates(bare)):
        value = float(match[0].replace(",", ""))
        if value in known and not any(s < match.end() and match.start() < e for s, e in taken):
            yield match[0], [value], bare[match.end() : match.end() + 40]


def _number(word):
    return int(word) if word.isdecimal() else _WORDS[fold(word)]


def _listed(numbers):
    return " and ".join(str(n) for n in dict.fromkeys(numbers))


def _first(pattern, text):
    match = pattern.search(text)
    return match[0] if match else ""


def _cut(sentence):
    return sentence if len(sentence) <= 120 else sentence[:117].rsplit(" ", 1)[0] + " …"


def _stance(text):
    """The first words of a text for each stance towards a claim; empty where there are none."""
    said = dict.fromkeys(("settled", "open", "contested", "false", "doubt"), "")
    for _, sentence in _pairs(text):
        words = _QUOTED.sub(" ", sentence)
        said["open"] = said["open"] or _first(_OPEN, words)
        rest = _OPEN.sub(" ", words)
        said["contested"] = said["contested"] or _first(_CONTESTED, rest)
        said["doubt"] = said["doubt"] or _first(_DOUBTED, rest)
        for name, pattern in (("settled", _SETTLED), ("false", _FALSE)):
            for match in pattern.finditer(rest):
                if not _NEAR_NOT.search(rest[: match.start()]):
                    said[name] = said[name] or match[0]
                elif name == "settled":
                    said["open"] = said["open"] or f"not {match[0]}"
    return said


__all__ = "AGAIN BLANK CHECKS FOUND MISSING MemoCheck Part check_memo needs".split()

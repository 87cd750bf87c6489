"""Where a claim begins: its starting points, whole, part and party apart, and never summed.

Copies collapse through reuse, relays through chains, and an origin derived from another into it.
What an origin's own text says decides: who does not say the claim starts nothing, whoever points
there. The rules are data (``independence_rules.csv``, explained with their references in
``docs/independence.md``); the code below only applies them.
"""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

RULES = Path(__file__).with_name("independence_rules.csv")
EFFECTS = {"counts", "in_part", "not_counted", "collapses", "kept_apart", "caution"}
NEEDED = {
    "origin_kind", "no_origin", "derived_from", "chain", "reuse_why", "finding_stance", "own_text",
    "party"
}  # fmt: skip
STEPS = NEEDED | {"own_act", "root_agent", "root_count"}
# How far a text says a claim, by the effect of its stance.
LEVELS = {"counts": 2, "in_part": 1}


class RulesError(ValueError):
    """A table of rules that cannot be used; the message lists every problem with its row."""


@dataclass(frozen=True)
class Rule:
    """One rule: at which step, for which value, to which effect, and why."""

    rule_id: str
    step: str
    value: str
    effect: str
    says: str
    why: str
    reference: str


class Rules:
    """The rules by step and value; ``*`` stands for every value that has no rule of its own.

    Made from rows with the columns of ``independence_rules.csv``; RulesError with every problem.
    """

    def __init__(self, rows):
        self._rules, problems = {}, []
        columns = list(Rule.__dataclass_fields__)
        for number, row in enumerate(rows, 2):
            if set(row) != set(columns) or any(v is None for v in row.values()):
                problems.append(f"row {number}: the columns are {', '.join(columns)}")
                continue
            rule = Rule(**row)
            for name, known in (("step", STEPS), ("effect", EFFECTS)):
                if row[name] not in known:
                    told = ", ".join(sorted(known))
                    problems.append(f"row {number}, {name}: {row[name]!r} is none of {told}")
            if (rule.step, rule.value) in self._rules:
                twice = f"{rule.step} has two rules for {rule.value!r}: keep one"
                problems.append(f"row {number}, value: {twice}")
            self._rules[rule.step, rule.value] = rule
        missing = sorted(NEEDED - {step for step, _ in self._rules})
        problems += [f"there is no rule for the step {step}: add a row" for step in missing]
        if problems:
            told = "; ".join(problems)
            raise RulesError(f"The rules of independence cannot be used: {told}.")

    def __iter__(self):
        return iter(self._rules.values())

    def of(self, step: str, value="*") -> Rule | None:
        """The rule for a value at a step, or the one for any value, or None."""
        return self._rules.get((step, value)) or self._rules.get((step, "*"))

    def effect(self, step: str, value="*") -> str:
        """The effect of that rule; ``kept_apart`` where there is none."""
        rule = self.of(step, value)
        return rule.effect if rule else "kept_apart"

    def level(self, stance: str) -> int:
        """How far a finding of this stance says the claim: 2 whole, 1 a part of it, 0 not."""
        return LEVELS.get(self.effect("finding_stance", stance), 0)


@cache
def rules(path: Path | None = None) -> Rules:
    """The rules of independence: the kit's, or those of a table of your own."""
    with open(path or RULES, encoding="utf-8", newline="") as file:
        return Rules(csv.DictReader(file))


class Origins:
    """Origins and what they derive from."""

    def __init__(self, rows, with_rules: Rules):
        self.rows = {row["origin_id"]: row for row in rows}
        self.rules = with_rules
        self._collapses = with_rules.effect("derived_from") == "collapses"

    def path(self, origin_id: str) -> list[str]:
        """From an origin up to its root: a list of ids, the origin first, its root last."""
        path = {origin_id: None}
        while self._collapses and (origin_id := self.rows[origin_id]["derived_from"]):
            if origin_id in path:
                told = ", ".join(sorted(path))
                raise ValueError(
                    f"The origins {told} derive from one another in a circle: cut it in one place."
                )
            path[origin_id] = None
        return list(path)

    def root(self, origin_id: str) -> str:
        """The origin that another rests on in the end."""
        return self.path(origin_id)[-1]

    def rule(self, origin_id: str, claim_kind: str | None = None) -> Rule:
        """The rule for a root: by its kind; of a statement, by whether it is its own act."""
        kind = self.rows[origin_id]["kind"]
        own = self.rules.of("own_act", claim_kind) if kind == "statement" and claim_kind else None
        return own or self.rules.of("origin_kind", kind)

    def counts(self, origin_id: str, claim_kind: str | None = None) -> bool:
        """Whether a claim of this kind may begin at this root."""
        return self.rule(origin_id, claim_kind).effect == "counts"


@dataclass(frozen=True)
class StartingPoints:
    """How many pieces say a claim, and where it begins."""

    pieces: int = 0
    # whole, part: origins that say the whole claim, and others that bear out a
    # part of it
    whole: frozenset[str] = frozenset()
    part: frozenset[str] = frozenset()
    parties: frozenset[str] = frozenset()  # those of either that are a party's

    def told(self) -> str:
        """The same in one sentence: whole, part and party apart."""
        starts = counted(len(self.whole), "starting point").removesuffix("s" * (not self.whole))
        sentence = [counted(self.pieces, "piece").capitalize()]
        sentence.append(f"{starts} for the whole claim{self._parties(self.whole)}")
        if self.part:
            others = f"{number_word(len(self.part))}{' more' if self.whole else ''}"
            sentence.append(f"{others} for a part of it{self._parties(self.part)}")
        return f"{'; '.join(sentence)}."

    def _parties(self, some):
        mine = len(some & self.parties)
        if mine == len(some) or not mine:
            return (", a party" if mine == 1 else ", all of them parties") if mine else ""
        return f", {number_word(mine)} of them {'a party' if mine == 1 else 'parties'}"


WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def number_word(n: int) -> str:
    """A small number in words, a larger one in digits."""
    return WORDS[n] if n < len(WORDS) else str(n)


def counted(n: int, noun: str) -> str:
    """ "nine pieces", "one starting point"."""
    return f"{number_word(n)} {noun}{'' if n == 1 else 's'}"


def own_texts(case, with_rules: Rules) -> dict[str, dict[str, int]]:
    """What an origin's own text says of a claim: findings of its agent, or on a recording.

    By claim and origin, the level at which its own text says it: 2 whole, 1 a part, 0 not.
    """
    own = {}
    if with_rules.effect("own_text") == "not_counted":
        for f in case.findings:
            origin = case.origins[f.origin_id] if f.origin_id else None
            maker = case.accounts[f.account_id].publisher
            if origin and (origin.agent == maker or origin.kind == "recording"):
                texts = own.setdefault(f.claim_id, {})
                texts[f.origin_id] = max(with_rules.level(f.stance), texts.get(f.origin_id, 0))
    return own


def starting_points(
    assertions,
    findings,
    origins,
    with_rules: Rules | None = None,
    claim_kinds=None,
    parties=frozenset(),
    own=None,
) -> dict[str, StartingPoints]:
    """Pieces and starting points of every claim, in one pass.

    Parameters
    ----------
    assertions : iterable of mapping
        With ``claim_id``, ``item_id``, ``origin_id`` (None where not known).
    findings : iterable of mapping
        With ``claim_id``, ``stance``, ``origin_id``.
    origins : iterable of mapping
        With ``origin_id``, ``kind``, ``derived_from``.
    with_rules : Rules, optional
    claim_kinds : mapping of str to str, optional
        Claim to its kind: a statement starts only claims about its own act.
    parties : collection of str, optional
        The ids of origins that are a party's.
    own : mapping, optional
        As :func:`own_texts` gives it. No step of a path can say more than its own text.

    Returns
    -------
    dict of str to StartingPoints
        Linear in the number of assertions; the order of the rows does not matter.
    """
    with_rules = with_rules or rules()
    known, kinds = Origins(origins, with_rules), claim_kinds or {}
    own, assertions_of, pieces = own or {}, {}, {}
    for row in findings:
        origin, level = row["origin_id"], with_rules.level(row["stance"])
        if origin is not None and level:
            levels = assertions_of.setdefault(row["claim_id"], {})
            levels[origin] = max(level, levels.get(origin, 0))
    for row in assertions:
        pieces.setdefault(row["claim_id"], set()).add(row["item_id"])
        if (origin := row["origin_id"]) is not None:
            assertions_of.setdefault(row["claim_id"], {})[origin] = LEVELS["counts"]
    out = {}
    for claim in pieces.keys() | assertions_of.keys():
        levels = {}
        texts = own.get(claim, {})
        for origin, level in assertions_of.get(claim, {}).items():
            *_, root = path = known.path(origin)
            level = min([level, *(texts[s] for s in path if s in texts)])
            if level and known.counts(root, kinds.get(claim)):
                levels[root] = max(level, levels.get(root, 0))
        whole = frozenset(r for r, level in levels.items() if level == LEVELS["counts"])
        part = frozenset(levels) - whole
        mine = frozenset(levels) & frozenset(parties)
        out[claim] = StartingPoints(len(pieces.get(claim, ())), whole, part, mine)
    return out

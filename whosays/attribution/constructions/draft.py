"""What every construction stands on: the sentence, its drafts, and small questions about them."""

from dataclasses import dataclass
from functools import lru_cache

from .. import lexicon as lx
from ..groups import Group
from ..phrases import ParsedSentence
from ..tokens import DASHES, Token, frames


@dataclass(eq=False, slots=True)
class RelationDraft:
    """A relation found in one sentence, before it is given its place in the text.

    ``source``, ``cue`` and each piece of ``content`` are ranges of tokens (end exclusive).
    ``inside`` is the draft that tells this one, where the grammar says so and the places of the
    parts do not.
    """

    sentence: ParsedSentence
    source: tuple | None
    cue: tuple
    content: list
    kind: str
    lemma: str = ""
    weak: bool = False
    setting: str = "statements"
    negated: bool = False
    denied: bool = False
    clausal: bool = True
    inside: "RelationDraft | None" = None


@dataclass(eq=False, slots=True)
class Cue:
    """A verb that may report, with what is known about it before its content is looked for.

    ``start`` and ``stop`` are its tokens, ``at`` is the first one after it and its adverbs;
    ``frame`` is None for a verb that is in no list.
    """

    number: int
    group: Group
    lemma: str
    frame: lx.Frame | None
    start: int
    stop: int
    at: int
    subject: tuple | None = None
    weak: bool = False
    negated: bool = False
    denied: bool = False

    @property
    def span(self) -> tuple[int, int]:
        return self.start, self.stop


def is_reporting(token: Token) -> bool:
    """Whether a token may be a reporting verb: ``"Who?" Smith asked`` is one sentence."""
    readings = lx.FORMS.get(token.low, ())
    particles = any(lemma in lx.PARTICLE_VERBS for lemma, _ in readings)
    return particles or any("q" in frame.statements for frame in frames(readings))


#: parts of speech that begin whoever speaks
AGENTS = ("name", "det", "poss", "noun", "adj", "num", "pron")
_NO_AGENT = ("sub", "coord", "wh", "quote", "to")
#: parts of speech that do not begin a subject
_NO_SUBJECT = ("verb", "to", "punct", "coord", "prep", "be", "have", "modal", "neg", "do", "adv")


class Base:
    """One sentence and the drafts found in it so far; the other modules add the constructions."""

    #: names of rules that are left out, for whoever measures what each of them earns
    without = frozenset()

    def __init__(self, sentence):
        self.s = sentence
        self.t = sentence.tokens
        self.n = len(sentence.tokens)
        self.words = sentence.words
        self.drafts = []
        self.cap = None

    def first(self, rules, *arguments) -> bool:
        """Try rules, by their names, until one of them says that it has dealt with the matter."""
        return any(rule(self, *arguments) for rule in self._rules(rules, self.without))

    @classmethod
    @lru_cache(64)
    def _rules(cls, names, without):
        return [getattr(cls, f"_{name}") for name in names if name not in without]

    def add(self, source, cue, content, kind: str, **more) -> None:
        """Keep a relation, unless no words are left for its content or its source."""
        if self.cap is not None:
            content = [(a, min(b, self.cap)) for a, b in content]
        content = [(a, b) for a, b in content if b > a]
        if content and (source is None or source[1] > source[0]):
            self.drafts.append(RelationDraft(self.s, source, cue, content, kind, **more))

    def report(self, cue: Cue, content, kind: str, **more) -> bool:
        """Keep the relation of a verb and its subject; always True, as a rule that has its case."""
        known = {"lemma": cue.lemma, "weak": cue.weak, "negated": cue.negated, "denied": cue.denied}
        source, span = more.pop("source", cue.subject), more.pop("span", cue.span)
        self.add(source, span, content, kind, **(known | more))
        return True

    def report_object(self, cue: Cue, start: int, end: int, kind: str, **more) -> bool:
        """Keep a content that is no clause: read in the setting *all* only."""
        return self.report(cue, [(start, end)], kind, setting="all", clausal=False, **more)

    def _clause_begin(self, low, i):
        """Start of the clause at ``i``: after the last subordinator or strong break."""
        s = self.s
        for k in range(i - 1, low, -1):
            token = self.t[k]
            if token.text in (";", ":", *DASHES):
                return s.trim_lead(k + 1, i)
            if token.low in lx.CLAUSE_SUBORDINATORS and token.tag == "sub":
                return k + 1 if token.low == "that" else k
            if token.text == "," and s.tag(k + 1) == "coord" and s.clause_follows(k + 2, i):
                return s.trim_lead(k + 1, i)
        return low

    def _owner(self, j, low):
        """The possessor right before ``j``: "his", "Mr. X's"."""
        k = j - 1
        while k > low and self.t[k].tag in ("adj", "noun", "num", "name"):
            k -= 1
        if k < low or self.t[k].tag not in ("poss", "gen"):
            return None
        a = k if self.t[k].tag == "poss" else self.s.phrase_left(k, low)
        return (a, k + 1) if a is not None else None

    def _dot_inside(self, k):
        """Whether the full stop at ``k`` belongs to an abbreviation inside its sentence."""
        return self.t[k].text == "." and 0 < k < self.n - 1 and self.t[k - 1].end == self.t[k].start

    def _main_clause_between(self, begin, left):
        """Whether a main clause follows "When X did, ..." before ``left``."""
        return any(self.s.low(k) == "," and self.s.has_finite(k, left) for k in range(begin, left))

    def _participle(self, k):
        """Whether the past form at ``k`` is a participle after its noun: "papers *read* by ..."."""
        form = self.s.groups[self.s.group_at[k]].form
        after_noun = form in ("past", "part") and self.s.tag(k - 1) in ("noun", "name")
        return after_noun and self.s.low(k + 1) in lx.PARTICIPLE_PREPS

    def _agent(self, j):
        """The noun phrase of "by X" near ``j``, or None."""
        s = self.s
        for k in range(j, min(self.n - 1, j + 6)):
            token = self.t[k]
            if token.low == "by":
                named = s.tag(k + 1) in AGENTS and not self.t[k + 1].text[:1].isdigit()
                return (k + 1, s.phrase_right(k + 1)) if named else None
            if token.text in (",", ".", ";") or token.tag in _NO_AGENT or s.is_finite(k):
                return None
        return None

    def _clause_like(self, j, strict):
        """Whether a clause may begin at ``j``; ``strict``: a finite verb must be seen."""
        s, t, n = self.s, self.t, self.n
        if j >= n or (t[j].tag == "prep" and not strict):
            return False
        token = t[j]
        if token.tag in _NO_SUBJECT:
            gerund = token.tag == "verb" and token.low.endswith("ing")
            return gerund and s.has_finite(j + 1, min(n, j + 12))
        if token.tag == "sub":
            return token.low in lx.CONTENT_SUBORDINATORS
        if token.quote is not None:
            return s.has_finite(j, min(n, j + 10))
        if token.low in lx.OBJECT_PRONOUNS and token.low not in ("it", "you", "her"):
            return False
        return self._verb_ahead(j, strict)

    def _verb_ahead(self, j, strict):
        """Whether the finite verb of a clause whose subject begins at ``j`` is in sight."""
        s, t, n = self.s, self.t, self.n
        for k in range(j + 1, min(n, j + 26)):
            if strict and t[k].quote is not None and t[k].quote.words >= 4:
                return True  # the plan "would ruin the town"
            if s.is_finite(k) and not self._participle(k):
                if any(t[x].low in lx.OBJECT_CLAUSE_OPENERS for x in range(j + 1, k)):
                    # a relative clause inside an object is no clause of saying
                    return not strict and t[j].low == "there"
                return s.tag(k - 1) != "coord"
            if t[k].text in (";", ".", ":") and k - j > 1 and not self._dot_inside(k):
                return False
            if strict and t[k].text in (",", "—") and not s.apposition(k + 1, n):
                return False
        return False

    def _past_amount(self, j):
        """The number after an amount at ``j`` ("*at least* 40"), or None."""
        for k in (j + 3, j + 2, j + 1):
            if k < self.n and "_".join(x.low for x in self.t[j:k]) in lx.AMOUNTS:
                number = self.t[k].tag == "num" or self.t[k].low in lx.NUMBER_WORDS
                return k if number else None
        return None

    def _past_adjunct(self, j):
        """Where a clause begins behind times and places ("*on Monday* the school ..."), or None."""
        s, t = self.s, self.t
        low = s.low(j)
        if not (low in lx.ADJUNCT_OPENERS or low in lx.TIME_WORDS or low in lx.NEAR_TIMES):
            return None
        for k in range(j + 1, min(self.n, j + 16)):
            token, before = t[k], t[k - 1]
            if token.tag in ("quote", "punct", "sub", "wh", "to") or s.is_finite(k):
                return None
            timed = before.low in lx.TIME_WORDS
            ended = timed or before.tag in ("noun", "name", "num")
            subject = token.tag in ("det", "poss") or token.low in lx.PERSONAL_SUBJECTS
            subject = subject or (timed and token.tag in ("name", "noun", "adj", "num"))
            near = token.low in lx.NEAR_TIMES  # "earlier *this week* the school ..."
            if ended and subject and not near and s.clause_follows(k, self.n):
                return k
        return None

"""What every construction stands on: the sentence, its drafts, and small questions about them."""

from dataclasses import dataclass

from .. import lexicon as lx
from ..groups import Group
from ..phrases import Sentence
from ..tokens import NOUNS


@dataclass(eq=False, slots=True)
class Draft:
    """A relation found in one sentence, before it is given its place in the text.

    ``source``, ``cue`` and each piece of ``content`` are ranges of tokens (end exclusive).
    ``inside`` is the draft that tells this one, where the grammar says so and the places of the
    parts do not.
    """

    sentence: Sentence
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
    inside: "Draft | None" = None


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
    def span(self):
        return self.start, self.stop


def is_reporting(token):
    """Whether a token may be a reporting verb (used to keep ``"Who?" Smith asked`` in one
    sentence).
    """
    if token.quote is not None:
        return False
    return any(
        lemma in lx.PARTICLE_VERBS
        or ((frame := lx.VERBS.get(lemma)) is not None and "q" in frame.statements)
        for lemma, _ in lx.FORMS.get(token.low, ())
    )


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
        self.drafts = []
        self.used = set()
        self.cap = None
        self.taken = set()

    def first(self, rules, *arguments):
        """Try rules, by their names, until one of them says that it has dealt with the matter."""
        return any(
            getattr(self, f"_{name}")(*arguments) for name in rules if name not in self.without
        )

    def add(self, source, cue, content, kind, **more):
        """Keep a relation; returns its draft, or None if no words are left for one of its parts."""
        if self.cap is not None:
            content = [(a, min(b, self.cap)) for a, b in content]
        content = [(a, b) for a, b in content if b > a]
        if not content or cue[1] <= cue[0] or (source is not None and source[1] <= source[0]):
            return None
        draft = Draft(self.s, source, cue, content, kind, **more)
        self.drafts.append(draft)
        self.used.update(range(*cue))
        return draft

    def report(self, cue, content, kind, **more):
        """Keep the relation of a verb and its subject; always True, as a rule that has found its
        case.
        """
        known = {"lemma": cue.lemma, "weak": cue.weak, "negated": cue.negated, "denied": cue.denied}
        source, span = more.pop("source", cue.subject), more.pop("span", cue.span)
        self.add(source, span, content, kind, **(known | more))
        return True

    def report_object(self, cue, start, end, kind, **more):
        """Keep a content that is no clause: read in the setting *all* only."""
        return self.report(cue, [(start, end)], kind, setting="all", clausal=False, **more)

    def _clause_begin(self, low, i):
        """Start of the clause that holds position ``i``: after the last subordinator or strong
        break.
        """
        for k in range(i - 1, low, -1):
            token = self.t[k]
            if token.text in (";", ":", "—", "–", "--"):
                return self.s.trim_lead(k + 1, i)
            if token.low in lx.CLAUSE_SUBORDINATORS and token.tag == "sub":
                return k + 1 if token.low == "that" else max(low, k)
            if (
                token.text == ","
                and k + 1 < i
                and self.t[k + 1].tag == "coord"
                and self.s.has_finite(low, k)
                and self.s.clause_follows(k + 2, i)
            ):
                return self.s.trim_lead(k + 1, i)
        return low

    def _owner(self, j, low):
        """The possessor right before ``j``: "his", "Mr. X's"."""
        t = self.t
        k = j - 1
        while k >= low and t[k].tag in ("adj", "noun", "num", "name") and t[k].low not in ("'s",):
            k -= 1
        if k < low:
            return None
        if t[k].tag == "poss":
            return (k, k + 1)
        if t[k].tag == "gen":
            a = self.s.phrase_left(k, low)
            return (a, k + 1) if a is not None else None
        return None

    def _dot_inside(self, k):
        """Whether the full stop at ``k`` belongs to an abbreviation inside its sentence."""
        return self.t[k].text == "." and 0 < k < self.n - 1 and self.t[k - 1].end == self.t[k].start

    def _in_relative(self, j, k):
        return any(self.t[x].low in lx.RELATIVE_OPENERS for x in range(j, k))

    def _main_clause(self, a, b):
        """Whether a finite verb stands in ``[a, b)`` outside relative clauses."""
        return any(
            g.finite
            and a <= g.head < b
            and self.t[g.start - 1].tag not in ("wh", "sub")
            and g.start - 1 >= a
            for g in self.s.groups
        )

    def _main_clause_between(self, begin, left):
        """After "When X did, ...": whether a main clause follows the opening subordinate one before
        ``left``.
        """
        commas = [k for k in range(begin, left) if self.t[k].text == ","]
        return any(self.s.has_finite(k, left) for k in commas)

    def _own_clause(self, a, b):
        return self.s.has_finite(a, b) or any(self.t[k].low == "that" for k in range(a, b))

    def _participle(self, k):
        """Whether the past form at ``k`` is a participle after its noun: "a statement *read* by
        ...".
        """
        group = self.s.groups[self.s.group_at[k]]
        return (
            group.form in ("past", "part")
            and not group.aux
            and self.s.tag(k - 1) in ("noun", "name")
            and (
                self.s.low(k + 1) in ("by", "against", "during")
                or (
                    self.s.low(k + 1) in ("in", "on", "at", "with", "of")
                    and group.readings[0][0] not in lx.INVERTING
                )
            )
        )

    def _agent(self, j):
        """The noun phrase of "by X" near ``j``, or None."""
        s, t, n = self.s, self.t, self.n
        for k in range(j, min(n, j + 6)):
            if (
                t[k].low == "by"
                and k + 1 < n
                and t[k + 1].tag in ("name", "det", "poss", "noun", "adj", "num", "pron")
            ):
                stop = s.phrase_right(k + 1)
                if (
                    stop > k + 1
                    and t[stop - 1].low not in lx.TIME_WORDS
                    and not t[k + 1].text[:1].isdigit()
                ):
                    return (k + 1, stop)
                return None
            if (
                t[k].text in (",", ".", ";")
                or s.is_finite(k)
                or t[k].tag in ("sub", "coord", "wh", "quote", "to")
            ):
                return None
        return None

    def _own_report(self, k):
        """Whether a strong reporting verb stands at ``k``."""
        number = self.s.group_at.get(k)
        if number is None or self.s.groups[number].head != k:
            return False
        return any(
            (f := lx.VERBS.get(name)) is not None and "q" in f.statements and not f.weak
            for name, _ in self.s.groups[number].readings
        )

    def _skip_time(self, j):
        """ "said Tuesday he ...": the day is not content."""
        k = j
        while (
            k + 1 < self.n
            and self.t[k].low in lx.TIME_WORDS
            and self.t[k + 1].tag in ("pron", "det", "name", "poss", "noun", "adj", "sub")
        ):
            k += 1
        return k

    def _clause_like(self, j, strict):
        """Whether a clause may begin at ``j``; ``strict``: a finite verb must be seen before the
        next mark.
        """
        s, t, n = self.s, self.t, self.n
        if j < n and t[j].low in lx.TIME_WORDS and j + 1 < n:
            k = self._skip_time(j)
            if k == j:
                return False
            j = k
        if j >= n:
            return False
        token = t[j]
        if token.tag == "prep" and not strict:
            return False
        if token.tag in _NO_SUBJECT:
            loose = not strict and (token.tag == "adv" or token.text in ("$", "[", "("))
            gerund = token.tag == "verb" and token.low.endswith("ing")
            return loose or (gerund and s.has_finite(j + 1, min(n, j + 12)))
        if token.tag == "sub":
            return token.low in lx.CONTENT_SUBORDINATORS and s.has_finite(j, n)
        if token.quote is not None:
            return not strict or s.has_finite(j, min(n, j + 10))
        if token.low in lx.OBJECT_PRONOUNS and token.low not in ("it", "you", "her"):
            return False
        return self._verb_ahead(j, strict)

    def _verb_ahead(self, j, strict):
        """Whether the finite verb of a clause whose subject begins at ``j`` is in sight."""
        s, t, n = self.s, self.t, self.n
        for k in range(j + 1, min(n, j + 26)):
            if strict and t[k].quote is not None and self._quoted_predicate(k):
                return True
            if s.is_finite(k) and not self._participle(k):
                if any(
                    t[x].low in lx.OBJECT_CLAUSE_OPENERS and t[x].tag != "det"
                    for x in range(j + 1, k)
                ):
                    # a relative clause inside an object is no clause of saying
                    return not strict and t[j].low == "there"
                return s.tag(k - 1) != "coord"
            if t[k].text in (";", ".", ":") and k - j > 1 and not self._dot_inside(k):
                return False
            if strict and t[k].text in (",", "—") and not s.apposition(k + 1, n):
                return False
        return False

    def _quoted_predicate(self, k):
        """Whether the quotation at ``k`` goes on with a clause: the plan "would ruin the town"."""
        quote = self.t[k].quote
        return quote.words >= 4 and not quote.capital and self.t[k - 1].tag in NOUNS

    def _past_amount(self, j):
        """The number after an amount at ``j`` ("*at least* 40"), or None."""
        t, n = self.t, self.n
        for length in (3, 2, 1):
            k = j + length
            if k < n and "_".join(x.low for x in t[j:k]) in lx.AMOUNTS:
                number = t[k].tag == "num" or t[k].low in lx.NUMBER_WORDS
                return k if number else None
        return None

    def _past_adjunct(self, j):
        """Where a clause begins behind times and places at ``j`` ("*on Monday* the school ..."), or
        None.
        """
        s, t, n = self.s, self.t, self.n
        if j >= n or not (
            t[j].low in lx.ADJUNCT_OPENERS or t[j].low in lx.TIME_WORDS or t[j].low in lx.NEAR_TIMES
        ):
            return None
        for k in range(j + 1, min(n, j + 16)):
            if t[k].quote is not None or t[k].tag in ("punct", "sub", "wh", "to") or s.is_finite(k):
                return None
            ended = t[k - 1].tag in ("noun", "name", "num") or t[k - 1].low in lx.TIME_WORDS
            if not ended or t[k].low in lx.TIME_WORDS:
                continue
            begins = t[k].tag in ("det", "poss") or t[k].low in lx.PERSONAL_SUBJECTS
            timed = t[k - 1].low in lx.TIME_WORDS and t[k].tag in ("name", "noun", "adj", "num")
            if begins or timed or (t[k - 1].tag == "noun" and t[k].tag == "name"):
                if s.clause_follows(k, n):
                    return k
            elif self._past_amount(k) is not None:
                return k
        return None

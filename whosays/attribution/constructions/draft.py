"""What every construction stands on: the sentence, its drafts, and small questions about them."""

from .. import lexicon as lx


class Draft:
    """A relation found in one sentence, as token ranges, before it is given its place in the text."""

    __slots__ = (
        "clausal",
        "content",
        "cue",
        "kind",
        "lemma",
        "negated",
        "sentence",
        "setting",
        "source",
        "weak",
    )

    def __init__(
        self,
        sentence,
        source,
        cue,
        content,
        kind,
        lemma="",
        weak=False,
        setting="statements",
        negated=False,
        clausal=True,
    ):
        self.sentence, self.source, self.cue = sentence, source, cue
        self.content = [(a, b) for a, b in content if b > a]
        self.kind, self.lemma, self.weak, self.setting, self.negated = (
            kind,
            lemma,
            weak,
            setting,
            negated,
        )
        self.clausal = clausal


def is_reporting(token):
    """Whether a token may be a reporting verb (used to keep ``"Who?" Smith asked`` in one sentence)."""
    if token.quote is not None:
        return False
    return any(
        lemma in lx.PARTICLE_VERBS
        or ((frame := lx.VERBS.get(lemma)) is not None and "q" in frame.statements)
        for lemma, _ in lx.FORMS.get(token.low, ())
    )


class Base:
    """One sentence and the drafts found in it so far; the other modules add the constructions."""

    def __init__(self, sentence):
        self.s = sentence
        self.t = sentence.tokens
        self.n = len(sentence.tokens)
        self.drafts = []
        self.used = set()
        self.cap = None
        self.taken = set()

    def add(self, source, cue, content, kind, **more):
        if self.cap is not None:
            content = [(a, min(b, self.cap)) for a, b in content]
        if cue[1] <= cue[0] or (source is not None and source[1] <= source[0]):
            return None  # no words left for one of its parts
        draft = Draft(self.s, source, cue, content, kind, **more)
        if draft.content:
            self.drafts.append(draft)
            self.used.update(range(*cue))
            return draft
        return None

    def _clause_begin(self, low, i):
        """Start of the clause that holds position ``i``: after the last subordinator or strong break."""
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
                and self.s._clause_follows(k + 2, i)
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
        """After "When X did, ...": whether a main clause follows the opening subordinate one before ``left``."""
        commas = [k for k in range(begin, left) if self.t[k].text == ","]
        return any(self.s.has_finite(k, left) for k in commas)

    def _own_clause(self, a, b):
        return self.s.has_finite(a, b) or any(self.t[k].low == "that" for k in range(a, b))

    def _participle(self, k):
        """Whether the past form at ``k`` is a participle after its noun: "a statement *read* by ..."."""
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
        """Whether a clause may begin at ``j``; ``strict``: a finite verb must be seen before the next mark."""
        s, t, n = self.s, self.t, self.n
        if j >= n:
            return False
        token = t[j]
        if token.low in lx.TIME_WORDS and j + 1 < n:
            k = self._skip_time(j)
            if k == j:
                return False
            token, j = t[k], k
        if token.tag in ("prep",) and not strict:
            if token.low in ("like", "as"):
                return False
            # "said in an interview the plan ...": only if a subject and verb follow closely
            return (
                s.has_finite(j, min(n, j + 14))
                and token.low in lx.SPEECH_PREPOSITIONS
                and any(
                    t[k].tag in ("pron", "det", "name") and s._clause_follows(k, n)
                    for k in range(j + 2, min(n, j + 10))
                )
            )
        if token.tag in (
            "verb",
            "to",
            "punct",
            "coord",
            "prep",
            "be",
            "have",
            "modal",
            "neg",
            "do",
            "adv",
        ):
            return (not strict and (token.tag == "adv" or token.text in ("$", "[", "("))) or (
                token.tag == "verb"
                and token.low.endswith("ing")
                and s.has_finite(j + 1, min(n, j + 12))
            )
        if token.tag == "sub":
            return token.low in lx.CONTENT_SUBORDINATORS and s.has_finite(j, n)
        if token.quote is not None:
            return not strict or s.has_finite(j, min(n, j + 10))
        if token.low in lx.OBJECT_PRONOUNS - {"it", "you", "her"}:
            return False
        limit = min(n, j + 26)
        for k in range(j + 1, limit):
            if (
                t[k].quote is not None
                and strict
                and t[k].quote.words >= 4
                and not t[k].quote.capital
                and t[k - 1].tag in ("noun", "name", "pron")
            ):
                return True
            if s.is_finite(k) and self._participle(k):
                continue
            if s.is_finite(k):
                # a relative clause inside an object is no clause of saying
                if any(
                    t[x].low in lx.OBJECT_CLAUSE_OPENERS and t[x].tag != "det"
                    for x in range(j + 1, k)
                ):
                    return not strict and token.low in ("there",)
                if s.tag(k - 1) == "coord":
                    return False
                return True
            if t[k].text in (";", ".", ":") and k - j > 1 and not self._dot_inside(k):
                break
            if t[k].text in (",", "—") and strict and not s._apposition(k + 1, n):
                break
        return False

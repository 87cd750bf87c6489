"""Where contents begin and end: noun phrases, infinitives, clauses and quotations near the cue."""

from .. import lexicon as lx
from ..tokens import BREAKS, DASHES, PAUSES, outside_brackets
from .draft import Base

_MARKS = (*PAUSES, ".")
_ENDS = (".", ",", ";", "?", "!", ")", "—")


class Edges(Base):
    """See the module."""

    # ---- contents that are no clause ------------------------------------------------------

    def _object_end(self, a):
        """End of a noun phrase, prepositional or infinitive content with what hangs on it."""
        i = a
        for i, token in outside_brackets(self.t, a):
            if token is None:
                break
            if token.quote is not None:
                goes_on = self.s.tag(i + 1) in ("verb", "coord", "pron", "sub", "wh")
                if token.quote.last == "," and goes_on:
                    i += 1
                    break
            elif i > a and self._ends_object(i, a):
                break
        return self.s.trim_right(a, i)

    def _ends_object(self, i, a):
        """Whether a content that began at ``a`` and is no clause ends before the token ``i``."""
        s, token = self.s, self.t[i]
        if token.text == ",":
            return not self._list_goes_on(i)
        if token.text in (";", ":", *DASHES):
            return True
        if token.tag == "coord":
            return s.new_report(i + 1) or self._joins_clause(i, a)
        if token.low in lx.STOP_WORDS:
            return i > a + 1 and (token.low != "as" or s.clause_follows(i + 1, self.n))
        if token.low in lx.TIME_WORDS and token.text[0].isupper():
            return s.tag(i - 1) not in ("prep", "det", "gen", "name", "adj")
        return token.low in ("on", "in", "at") and s.low(i + 1) in lx.TIME_WORDS

    def _joins_clause(self, i, a):
        """Whether the conjunction at ``i`` goes on with the reporter's clause, not the content."""
        s, number = self.s, self.s.group_at.get(i + 1)
        if number is None:
            return s.clause_follows(i + 1, self.n) and s.low(i) != "or"
        group = s.groups[number]
        if group.finite:
            return not any(g.finite and a <= g.head < i and g.form == group.form for g in s.groups)
        return group.form == "ing" and not any(x.tag == "verb" for x in self.t[a:i])

    def _list_goes_on(self, i):
        """Whether the comma at ``i`` joins items of a list inside the content."""
        s, low, tag = self.s, self.s.low(i + 1), self.s.tag(i + 1)
        if tag == "end" or low in ("who", "which", "whose", "where"):
            return False
        if tag in ("verb", "sub", "pron", "adv", "prep", "to", "be", "have", "modal"):
            return tag == "to" or low == "including"
        if tag == "coord":
            return i + 2 not in s.group_at and not s.clause_follows(i + 2, self.n)
        return not s.clause_follows(i + 1, self.n)

    # ---- before the cue -------------------------------------------------------------------

    def _quote_before(self, i):
        """Position of the quotation that ends right before ``i`` (a comma may stand between)."""
        k = i - 1
        while k >= 0 and self.t[k].text in _MARKS:
            k -= 1
        quote = self.t[k].quote if k >= 0 else None
        if quote is None:
            return None
        title = quote.words <= 5 and self.s.tag(k - 1) in ("gen", "prep")  # of a programme
        return None if title else k

    def _before(self, quote, end):
        """Content that stands before the cue: the quotation with its clause, or the clause."""
        begin = self.s.trim_lead(0, end if quote is None else quote)
        last = self.s.trim_right(begin, end) if quote is None else quote + 1
        return [(begin, last)] if last > begin else []

    # ---- behind the cue -------------------------------------------------------------------

    def _quote_after(self, j):
        """Position of a quotation the verb introduces: at once, after a mark, behind an adjunct."""
        t, s = self.t, self.s
        for k in range(j, min(self.n, j + 24)):
            token = t[k]
            if token.quote is not None:
                marked = k == j or t[k - 1].text in (*BREAKS, ":", "-")
                near = t[k - 1].tag not in ("det", "poss", "adj", "prep", "gen") and k - j <= 8
                behind = near and token.quote.words >= 4 and token.quote.last in ",.?!…"
                return k if marked or behind else None
            if token.text == ":" and k + 1 < self.n:
                return k + 1
            stops = token.text in (".", ";") and not self._dot_inside(k)
            clause = s.is_finite(k) and not self._in_relative(j, k)
            if stops or clause or (token.low == "that" and token.tag == "sub"):
                return None
        return None

    def _resumed(self, i):
        """A quotation that goes on after "said X," in the same sentence."""
        for k in range(i, min(self.n, i + 30)):
            quote = self.t[k].quote
            if quote is not None:
                goes_on = quote.words >= 3 or quote.terminal
                return [(k, k + 1)] if goes_on else []
        return []

    def _that_after(self, j, lemma):
        """Position of *that* after the verb, at once or behind a hearer or an adjunct."""
        s, t, low = self.s, self.t, self.s.low
        if low(j + 1) == "fact" and low(j + 2) == "that":
            return j + 2
        if low(j) == "that":
            return None if low(j + 1) in (".", "?", "!", ":", "is", "was") else j
        if not (
            (t[j].tag in ("prep", "to", "punct") and t[j].text not in (".", ";"))
            or lemma in lx.HEARER_VERBS
            or t[j].low in lx.TIME_WORDS
            or t[j].low in lx.NEAR_TIMES
        ):
            return None
        for k in range(j + 1, min(self.n, j + (26 if lemma in ("tell", "say") else 14))):
            if t[k].low == "that":
                relative = s.is_finite(k + 1) and t[k - 1].tag in ("noun", "name")
                return None if relative or t[k - 1].tag == "coord" else k
            stops = t[k].text in (".", ";", ":") and not self._dot_inside(k)
            if stops or t[k].quote is not None or s.is_finite(k):
                return None
        return None

    def _adjunct_only(self, j):
        """Whether nothing but times, places and hearers follows up to the end or a comma."""
        t, s = self.t, self.s
        for k in range(j, self.n):
            token = t[k]
            if token.text in _ENDS and not self._dot_inside(k):
                return True
            if token.low == "that" or (s.is_finite(k) and not self._in_relative(j, k)):
                return False
            if k == j and token.low not in lx.ADJUNCT_PREPS | lx.TIME_WORDS | lx.HEARERS:
                return False
        return True

    def _in_relative(self, j, k):
        return any(self.t[x].low in lx.RELATIVE_OPENERS for x in range(j, k))

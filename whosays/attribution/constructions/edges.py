"""Where contents begin and end: noun phrases, infinitives, clauses beside the cue, quotations near
it.
"""

from .. import lexicon as lx
from ..tokens import outside_brackets
from .draft import Base


class Edges(Base):
    """See the module."""

    def _object_end(self, a):
        """End of a noun phrase, prepositional or infinitive content with what hangs on it."""
        s, t, n = self.s, self.t, self.n
        i = a
        for i, token in outside_brackets(t, a):
            if token is None:
                break
            if (
                token.quote is not None
                and token.quote.last == ","
                and s.tag(i + 1) in ("verb", "coord", "pron", "sub", "wh")
            ):
                i += 1
                break
            if i > a and token.quote is None:
                if token.text in (";", ":", "—", "–", "--"):
                    break
                if token.text == ",":
                    if not self._list_goes_on(i):
                        break
                elif token.tag == "coord" and s.new_report(i + 1, a):
                    break
                elif token.tag == "coord" and s.group_at.get(i + 1) is not None:
                    group = s.groups[s.group_at[i + 1]]
                    if group.finite and not self._same_form_inside(a, i, group):
                        break
                    if (
                        s.tag(i + 1) == "verb"
                        and group.form == "ing"
                        and not any(x.low.endswith("ing") and x.tag == "verb" for x in t[a:i])
                    ):
                        break
                elif token.tag == "coord" and s.clause_follows(i + 1, n) and token.low != "or":
                    break
                elif (
                    token.low
                    in (
                        "while",
                        "although",
                        "though",
                        "because",
                        "when",
                        "after",
                        "before",
                        "as",
                        "if",
                        "since",
                        "until",
                        "during",
                        "amid",
                        "despite",
                    )
                    and token.tag in ("sub", "prep", "wh")
                    and i > a + 1
                ):
                    if token.low == "as" and not s.clause_follows(i + 1, n):
                        continue
                    if token.low in lx.STOP_WORDS:
                        break
                elif (
                    token.low in lx.TIME_WORDS
                    and s.tag(i - 1) not in ("prep", "det", "gen", "name", "adj")
                    and i > a
                    and token.text[0].isupper()
                ) or (token.low in ("on", "in", "at") and s.low(i + 1) in lx.TIME_WORDS):
                    break
        return s.trim_right(a, i)

    def _same_form_inside(self, a, b, group):
        """Whether a finite verb inside the content could be coordinated with ``group``."""
        return any(g.finite and a <= g.head < b and g.form == group.form for g in self.s.groups)

    def _list_goes_on(self, i):
        """Whether the comma at ``i`` joins items of a list or opens a relative clause inside the
        content.
        """
        s, t, n = self.s, self.t, self.n
        if i + 1 >= n:
            return False
        nxt = t[i + 1]
        if nxt.low in ("who", "which", "whose", "where"):
            return False
        if nxt.tag in ("verb", "sub", "pron", "adv", "prep", "to", "be", "have", "modal"):
            return nxt.tag == "to" or nxt.low == "including"
        if nxt.tag == "coord":
            number = s.group_at.get(i + 2)
            if number is not None:
                return False
            return not s.clause_follows(i + 2, n)
        return not s.clause_follows(i + 1, n)

    def _quote_before(self, i):
        """Position of the quotation that ends right before ``i`` (a comma may stand between)."""
        k = i - 1
        while (
            k >= 0
            and self.t[k].quote is None
            and self.t[k].text in (",", "?", "!", "—", "–", "--", ".")
        ):
            k -= 1
        if k < 0 or self.t[k].quote is None:
            return None
        if (self.t[k].quote.words <= 5 and self.s.tag(k - 1) in ("gen", "prep")) or (
            self.t[k].quote.words <= 3 and self.s.tag(k - 1) == "name"
        ):
            return None  # the title of a programme, not a quotation
        return k

    def _quote_after(self, j, lemma):
        """Position of a quotation the verb introduces: at once, after a comma or colon, or behind
        an adjunct.
        """
        t, n = self.t, self.n
        limit = min(n, j + 24)
        for k in range(j, limit):
            token = t[k]
            if token.quote is not None:
                if k in self.taken:
                    return None
                if k == j or t[k - 1].text in (",", ":", "—", "–", "-", "--"):
                    if (
                        k > j
                        and t[k - 1].text == ","
                        and token.quote.words < 2
                        and not token.quote.terminal
                    ):
                        return None
                    return k
                if (
                    token.quote.words >= 4
                    and token.quote.last in ",.?!…"
                    and t[k - 1].tag not in ("det", "poss", "adj", "prep", "gen")
                    and k - j <= 8
                    and not self._own_clause(j, k)
                ):
                    return k
                if (
                    k - j <= 5
                    and token.quote.words >= 3
                    and token.quote.terminal
                    and t[j].tag == "prep"
                    and t[k - 1].tag not in ("det", "adj", "gen", "poss")
                ):
                    return k
                return None
            if token.text == ":" and k + 1 < n:
                return k + 1 if k + 1 not in self.taken else None
            if (
                (token.text in (".", ";") and not self._dot_inside(k))
                or (token.tag == "sub" and token.low == "that")
                or (self.s.is_finite(k) and not self._in_relative(j, k))
            ):
                return None
        return None

    def _before(self, quote, end):
        """Content that stands before the cue: the quotation with its clause, or the clause."""
        s = self.s
        if quote is not None:
            begin = s.trim_lead(0, quote)
            if begin < quote:
                apart = s.tag(quote - 1) == "punct" and self.t[quote].quote.capital
                if apart and any(self._own_report(k) for k in range(begin, quote)):
                    return [(quote, quote + 1)]
                for k in range(quote - 1, begin - 1, -1):
                    if self.t[k].text == ";":
                        begin = k + 1
                        break
                return [(begin, quote + 1)]
            return [(quote, quote + 1)]
        begin = s.trim_lead(0, end)
        for k in range(end - 1, begin, -1):
            if self.t[k].text == ";":
                begin = s.trim_lead(k + 1, end)
                break
        last = s.trim_right(begin, end)
        return [(begin, last)] if last > begin else []

    def _resumed(self, i):
        """A quotation that goes on after "said X," in the same sentence."""
        t, n = self.t, self.n
        for k in range(i, min(n, i + 30)):
            if t[k].quote is not None:
                # only across adjuncts: a verb between means another report
                if any(self._own_report(j) for j in range(i, k)):
                    return []
                if t[k].quote.words >= 3 or t[k].quote.terminal:
                    return [(k, k + 1)]
                return []
            if t[k].text in (";",):
                return []
        return []

    def _that_after(self, j, lemma):
        """Position of *that* after the verb, at once or behind a hearer or an adjunct."""
        s, t, n = self.s, self.t, self.n
        if t[j].low == "the" and s.low(j + 1) == "fact" and s.low(j + 2) == "that":
            return j + 2
        if t[j].low == "that":
            if (
                s.tag(j + 1) == "end"
                or s.low(j + 1) in (".", "?", "!", ":")
                or (s.low(j + 1) == "," and not s.has_finite(j + 2, n))
                or (s.is_finite(j + 1) and s.low(j + 1) in ("is", "was"))
            ):
                return None
            return j
        hearer = lemma in lx.HEARER_VERBS
        if not (
            (t[j].tag in ("prep", "to", "punct") and t[j].text not in (".", ";"))
            or hearer
            or t[j].low in lx.TIME_WORDS
            or t[j].low in lx.NEAR_TIMES
        ):
            return None
        for k in range(j + 1, min(n, j + (26 if lemma in ("tell", "say") else 14))):
            if t[k].low == "that" and t[k].tag in ("sub", "det"):
                if (
                    s.tag(k + 1) in ("verb", "be", "modal", "have")
                    and t[k - 1].tag in ("noun", "name")
                    and t[k - 1].low not in lx.TIME_WORDS
                ):
                    return None  # a relative clause
                return k
            if (
                t[k].quote is not None
                or (t[k].text in (".", ";", ":") and not self._dot_inside(k))
                or s.is_finite(k)
            ):
                return None
        return None

    def _adjunct_only(self, j):
        """Whether nothing but times, places and hearers follows up to the end or a comma."""
        t, n = self.t, self.n
        k = j
        while k < n:
            token = t[k]
            if token.text in (".", ",", ";", "?", "!", ")", "—") and not self._dot_inside(k):
                return True
            if (
                token.quote is not None
                and token.quote.words <= 6
                and k > j
                and self.s.tag(k - 1) in ("gen", "prep", "det", "name")
            ):
                if token.quote.last in ".?!":
                    return True
                k += 1
                continue
            if (
                token.quote is not None
                or (token.tag == "sub" and token.low == "that")
                or (self.s.is_finite(k) and not (k > j and self._in_relative(j, k)))
            ):
                return False
            if k == j and not (token.low in lx.ADJUNCT_PREPS or token.low in lx.TIME_WORDS):
                if token.low not in lx.HEARERS:
                    return False
            k += 1
        return True

"""Content that stands before the cue: "...", said X; It was late, X said; what X said."""

from .. import lexicon as lx
from ..tokens import BREAKS, PAUSES
from .draft import Base

_DONE = (".", ",", ";", "?", "!", ":", ")", *BREAKS)


class Beside(Base):
    """Rules for what stands before a verb; each takes a :class:`Cue` and says whether it was its
    case.
    """

    def _inverted(self, cue):
        """ "...", *said* X."""
        s, t, n, group = self.s, self.t, self.n, cue.group
        if (
            "q" not in cue.frame.statements
            or group.form not in ("past", "s")
            or group.infinitive
            or cue.start == 0
            or not self._names_speaker(cue.stop)
        ):
            return False
        before = t[group.start - 1]
        if before.tag != "quote" and before.text not in PAUSES:
            return False
        quote = self._quote_before(group.start)
        if quote is None:
            if group.aux or cue.lemma not in lx.INVERTING or before.text != ",":
                return False
            if t[cue.stop].low in lx.TIME_WORDS or t[cue.stop].tag == "pron":
                return False
            if not s.has_finite(0, group.start - 1):
                return self._interrupting(cue)
            if self._list_before(cue):
                return False
        stop = s.phrase_right(cue.stop)
        if stop <= cue.stop:
            return False
        if quote is None and stop < n and t[stop].text not in (".", ",", "?", "!", ";"):
            return False
        content = self._before(quote, group.start - 1)
        if not content:
            return False
        group.known, group.subject = True, (cue.stop, stop)
        content += self._resumed(stop)
        return self.report(cue, content, "inverted", source=(cue.stop, stop), weak=False)

    def _names_speaker(self, k):
        """Whether a noun phrase that can speak begins at ``k``."""
        if k >= self.n:
            return False
        token = self.t[k]
        return token.tag in ("name", "det", "poss", "noun", "adj", "num", "pron") and (
            token.low == "it" or token.low not in lx.OBJECT_PRONOUNS
        )

    def _list_before(self, cue):
        """Whether the comma before the verb stands in the subject of that verb."""
        s, beside = self.s, self.s.subject_of(cue.number)
        return (
            beside is not None
            and any(self.t[k].text == "," for k in range(beside[0], cue.group.start))
            and not any(
                g.finite and beside[0] <= g.start - 1 and s.tag(g.start - 1) not in ("wh", "sub")
                for g in s.groups
                if beside[0] <= g.head < cue.group.start
            )
        )

    def _interrupting(self, cue):
        """ "The recipients, *said* Smith, are required to ...": inside a clause."""
        s, t, n = self.s, self.t, self.n
        begin = s.trim_lead(0, cue.start)
        stop = s.phrase_right(cue.stop)
        if (
            cue.lemma != "say"
            or stop + 1 >= n
            or t[stop].text != ","
            or not s.is_finite(stop + 1)
            or t[begin].tag in ("prep", "adv", "sub")
        ):
            return False
        content = [(begin, s.trim_right(begin, cue.start)), (stop + 1, s.clause_end(stop + 1))]
        return self.report(cue, content, "inverted", source=(cue.stop, stop), weak=False)

    def _is_beside(self, cue):
        """Whether subject and verb stand behind a mark or a quotation, as "..., X said" does."""
        subject, group = cue.subject, cue.group
        if subject is None or group.form == "ing" or group.infinitive:
            return False
        if subject[0] == 0 or subject[1] > cue.start:
            return False
        return "n" in cue.frame.statements or "q" in cue.frame.all

    def _after_quotation(self, cue):
        """ "...", X said."""
        if not self._is_beside(cue) or not (cue.frame.all & {"q"} or cue.frame.statements):
            return False
        s, t, j = self.s, self.t, cue.at
        mark = t[cue.subject[0] - 1]
        if mark.tag != "quote" and mark.text not in (*PAUSES, ")"):
            return False
        quote = self._quote_before(cue.subject[0])
        if quote is None or (s.low(j) == "that" and s.tag(j) == "sub"):
            return False
        words = t[quote].quote
        if words.words < 3 and not words.terminal and words.last != "," and s.low(quote + 1) != ",":
            return False
        done = j >= self.n or t[j].text in _DONE
        if not done and not self._adjunct_only(j):
            if words.words <= 4 and quote > 0:
                return False
            if self._introduces(cue):
                return False
        content = self._before(quote, cue.subject[0] - 1) + self._resumed(j)
        return self.report(cue, content, "postposed")

    def _introduces(self, cue):
        """Whether a clause follows: "...", X said he ...: the quotation only leads up to it."""
        token = self.t[cue.at]
        return (
            cue.lemma not in lx.HEARER_VERBS
            and token.low not in lx.ADJUNCT_PREPS
            and token.low not in lx.TIME_WORDS
            and token.quote is None
            and self._clause_like(cue.at, strict=True)
        )

    def _after_clause(self, cue):
        """It was late, X *said*; the plan, X *said*, would fail."""
        if not self._is_beside(cue) or "n" not in cue.frame.statements:
            return False
        s, t, n, j = self.s, self.t, self.n, cue.at
        left = cue.subject[0] - 1
        if t[left].text not in PAUSES or self._quote_before(cue.subject[0]) is not None:
            return False
        if cue.frame.weak and cue.lemma not in ("show", "find"):
            return False
        begin = s.trim_lead(0, left)
        done = j >= n or t[j].text in _DONE
        if self._goes_on(cue, done, begin, left) or not (done or self._adjunct_only(j)):
            return False
        comma = j
        while comma < n and t[comma].text != "," and not done and comma - j < 12:
            comma += 1
        said = s.has_finite(begin, left) or any(
            t[k].quote is not None and t[k].quote.words >= 3 for k in range(begin, left)
        )
        if not said and not self._interrupts(comma):
            return False
        opener = t[begin]
        if opener.tag in ("sub", "prep") and opener.low not in lx.FRONTED and not done:
            return False
        content = self._said_before(begin, left, j, comma)
        return bool(content) and self.report(cue, content, "postposed-clause")

    def _goes_on(self, cue, done, begin, left):
        """Whether the verb has its content behind it after all."""
        s, t, j = self.s, self.t, cue.at
        if j >= self.n:
            return False
        if t[j].tag == "to" and "i" in cue.frame.all:
            return True
        if t[j].low in cue.frame.preps and not done and t[j].low not in ("in", "on", "to", "at"):
            return True
        following = self._quote_after(j)
        return following is not None and (
            (t[following].quote is not None and t[following].quote.capital)
            or t[begin].tag in ("sub", "prep", "verb", "adv", "wh")
            or t[begin].low in ("when", "as", "asked", "if")
            or not s.has_finite(0, left)
        )

    def _said_before(self, begin, left, j, comma):
        """The content in ``[begin, left)`` and behind the comma; [] if there is none."""
        s, opener = self.s, self.t[begin]
        after = (comma + 1, s.clause_end(comma + 1)) if comma + 1 < self.n else None
        if (
            opener.low in lx.OPENING_SUBORDINATORS
            and opener.tag in ("sub", "prep", "wh")
            and not self._main_clause_between(begin, left)
        ):
            if s.low(j) != "," or opener.low not in lx.CONTRASTING:
                return []
            if not s.clause_follows(j + 1, self.n):
                return []
            return [(begin, s.trim_right(begin, left)), (j + 1, s.clause_end(j + 1))]
        if s.tag(left - 1) in ("wh", "sub", "coord") and after:
            return [after]  # "when, she recalled, the ship came in late": all of it stands behind
        content = self._before(None, left)
        if after and self._interrupts(comma) and not self._complete(begin, left):
            content.append(after)
        return content

    def _complete(self, a, b):
        """Whether ``[a, b)`` already is a clause with a subject and a verb."""
        if self.t[a].tag in ("sub", "prep") or self.t[a].low in ("if", "when"):
            return self._main_clause_between(a, b)
        return self.s.has_finite(a, b)

    def _interrupts(self, j):
        """Whether ", X said," stands inside a clause that goes on after it."""
        t = self.t
        return (
            j + 2 < self.n
            and t[j].text in (",", "—", "–")
            and t[j + 1].tag not in ("coord", "verb", "wh", "sub")
            and t[j + 1].low not in lx.CONTINUING
        )

    def _relative_object(self, cue):
        """ "*whom* he described", "*what* she said *was* ...": the relative word is the content."""
        s, t, n, j, frame = self.s, self.t, self.n, cue.at, cue.frame
        if cue.subject is None or cue.group.form == "ing":
            return False
        k = cue.subject[0] - 1
        if k < 0 or cue.subject[1] > cue.start or t[k].low not in lx.RELATIVE_OBJECTS:
            return False
        if not frame.statements and (cue.weak or not {"o", "a"} & frame.all):
            return False
        if s.tag(k - 1) == "prep" or s.tag(j) == "quote":
            return False
        if j < n and not s.is_finite(j) and t[j].tag in ("name", "noun", "det", "poss", "pron"):
            return False
        auxiliary = s.tag(j) in ("be", "modal", "have", "verb")
        if t[k].low == "that":
            heads = s.tag(k - 1) in ("noun", "name", "pron")
            if not heads or not auxiliary or t[k - 1].low in lx.CLAUSE_NOUNS:
                return False
        content = [(k, k + 1)]
        if (auxiliary or s.tag(j) == "do") and frame.statements:
            content.append((j, s.clause_end(j)))
        elif s.low(j) in ("as", "to"):
            content.append((j, self._object_end(j)))
        return self.report(cue, content, "relative", setting="all")

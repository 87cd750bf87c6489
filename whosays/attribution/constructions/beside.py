"""Content that stands before the cue: "...", said X; It was late, X said; what X said."""

from .. import lexicon as lx
from ..tokens import BREAKS, PAUSES
from .draft import AGENTS, Base

_DONE = (".", ",", ";", "?", "!", ":", ")", "", *BREAKS)


class Beside(Base):
    """Rules for what stands before a verb; each says whether a :class:`Cue` was its case."""

    def _inverted(self, cue):
        """ "...", *said* X."""
        s, group = self.s, cue.group
        turned = group.form in ("past", "s") and not group.infinitive and cue.start
        if not turned or "q" not in cue.frame.statements or not self._names_speaker(cue.stop):
            return False
        before, stop = self.t[group.start - 1], s.phrase_right(cue.stop)
        if before.tag != "quote" and before.text not in PAUSES:
            return False
        quote = self._quote_before(group.start)
        if quote is None:
            after = self.t[cue.stop]
            if cue.lemma not in lx.INVERTING or before.text != "," or after.tag == "pron":
                return False
            if after.low in lx.TIME_WORDS:
                return False
            if not s.has_finite(0, group.start - 1):
                return self._interrupting(cue, stop)
            if s.low(stop) not in (".", ",", "?", "!", ";", ""):
                return False
        group.known, group.subject = True, (cue.stop, stop)
        content = self._before(quote, group.start - 1) + self._resumed(stop)
        return self.report(cue, content, "inverted", source=(cue.stop, stop), weak=False)

    def _names_speaker(self, k):
        """Whether a noun phrase that can speak begins at ``k``."""
        low = self.s.low(k)
        return self.s.tag(k) in AGENTS and (low == "it" or low not in lx.OBJECT_PRONOUNS)

    def _interrupting(self, cue, stop):
        """ "The recipients, *said* Smith, are required to ...": inside a clause."""
        s, begin = self.s, self.s.trim_lead(0, cue.start)
        if s.low(stop) != "," or not s.is_finite(stop + 1):
            return False
        content = [(begin, s.trim_right(begin, cue.start)), (stop + 1, s.clause_end(stop + 1))]
        return self.report(cue, content, "inverted", source=(cue.stop, stop), weak=False)

    def _comment(self, cue):
        """ "Prompted *I think* by the film, they ...": a comment without commas."""
        s, (a, b) = self.s, (cue.subject or (0, 0))
        bare = cue.group.form == "base" and not cue.group.aux and b == cue.start == a + 1
        if not bare or s.low(a) not in ("i", "we") or "b" not in cue.frame.statements:
            return False
        opened = s.low(a - 1).endswith("ed") and s.tag(cue.stop) == "prep"
        opened = opened and s.low(cue.stop) not in cue.frame.preps  # "believe in"
        if not opened and (s.tag(a - 1) != "be" or self._clause_like(cue.stop, strict=True)):
            return False
        begin = self._clause_begin(s.trim_lead(0, a), a)
        content = [(begin, a), (cue.stop, s.clause_end(cue.stop))]
        return self.report(cue, content, "postposed-clause")

    def _is_beside(self, cue):
        """Whether subject and verb stand behind a mark or a quotation, as "..., X said" does."""
        subject, group = cue.subject, cue.group
        if subject is None or subject[0] == 0 or group.form == "ing" or group.infinitive:
            return False
        return "n" in cue.frame.statements or "q" in cue.frame.all

    def _after_quotation(self, cue):
        """ "...", X said."""
        if not self._is_beside(cue):
            return False
        s, t, j = self.s, self.t, cue.at
        mark = t[cue.subject[0] - 1]
        if mark.tag != "quote" and mark.text not in (*PAUSES, ")"):
            return False
        quote = self._quote_before(cue.subject[0])
        if quote is None or s.low(j) == "that":
            return False
        done = s.low(j) in _DONE or self._adjunct_only(j)
        if not done and (t[quote].quote.words <= 4 or self._clause_like(j, strict=True)):
            return False  # "...", X said he ...: the quotation only leads up to it
        content = self._before(quote, cue.subject[0] - 1) + self._resumed(j)
        return self.report(cue, content, "postposed")

    def _after_clause(self, cue):
        """It was late, X *said*; the plan, X *said*, would fail."""
        if not self._is_beside(cue) or "n" not in cue.frame.statements:
            return False
        s, t, n, j = self.s, self.t, self.n, cue.at
        left = cue.subject[0] - 1
        if t[left].text not in PAUSES or (cue.weak and cue.lemma not in ("show", "find")):
            return False
        begin = s.trim_lead(0, left)
        done = j >= n or t[j].text in _DONE
        if self._goes_on(cue, done, begin, left) or not (done or self._adjunct_only(j)):
            return False
        comma = j
        while comma < n and t[comma].text != "," and not done:
            comma += 1
        said = s.has_finite(begin, left) or any(x.tag == "quote" for x in t[begin:left])
        if not said and not self._interrupts(comma):
            return False
        content = self._said_before(begin, left, j, comma)
        return bool(content) and self.report(cue, content, "postposed-clause")

    def _goes_on(self, cue, done, begin, left):
        """Whether the verb has its content behind it after all."""
        s, t, j = self.s, self.t, cue.at
        if s.tag(j) == "to" and "i" in cue.frame.all:
            return True
        if not done and s.low(j) in cue.frame.preps - {"in", "on", "to", "at"}:
            return True
        following = self._quote_after(j)
        if following is None:
            return False
        capital = t[following].quote is not None and t[following].quote.capital
        fronted = t[begin].tag in ("sub", "prep", "verb", "adv", "wh")
        return capital or fronted or not s.has_finite(0, left)

    def _said_before(self, begin, left, j, comma):
        """The content in ``[begin, left)`` and behind the comma; [] if there is none."""
        s, opener = self.s, self.t[begin]
        after = (comma + 1, s.clause_end(comma + 1)) if comma + 1 < self.n else None
        if opener.low in lx.OPENING_SUBORDINATORS and not self._main_clause_between(begin, left):
            # "If it rains, he said, it will fall"
            if opener.low not in lx.CONTRASTING or not s.clause_follows(j + 1, self.n):
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
        if self.t[a].tag in ("sub", "prep"):
            return self._main_clause_between(a, b)
        return self.s.has_finite(
            a, b - (self.s.tag(b - 1) == "be")
        )  # "The town is, she said, lost"

    def _interrupts(self, j):
        """Whether ", X said," stands inside a clause that goes on after it."""
        after = self.s.tag(j + 1)
        mark = self.s.low(j) in (",", "—", "–") and j + 2 < self.n
        return mark and after not in ("coord", "verb", "wh", "sub")

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
        speaker, named = s.low(cue.stop), s.tag(cue.stop) in AGENTS
        turned = group.form in ("past", "s") and cue.start and "q" in cue.frame.statements
        if not turned or not named or speaker in lx.OBJECT_PRONOUNS - {"it"}:
            return False
        before, stop = self.t[group.start - 1], s.phrase_right(cue.stop)
        if before.tag != "quote" and before.text not in PAUSES:
            return False
        quote, inside = self._quote_before(group.start), False
        if quote is None:
            if cue.lemma not in lx.INVERTING or s.tag(cue.stop) == "pron":
                return False
            # "The recipients, *said* Smith, are required to ..."
            inside = not s.has_finite(0, group.start - 1)
            if s.low(stop) not in ((",",) if inside else (".", ",", "?", "!", ";", "")):
                return False
        group.known, group.subject = True, (cue.stop, stop)
        after = [(stop + 1, s.clause_end(stop + 1))] if inside else self._resumed(stop)
        content = self._before(quote, group.start - 1) + after
        return self.report(cue, content, "inverted", source=(cue.stop, stop), weak=False)

    def _comment(self, cue):
        """ "Prompted *I think* by the film, they ...": a comment without commas."""
        s, (a, b) = self.s, (cue.subject or (0, 0))
        bare = cue.group.form == "base" and not cue.group.aux and b == cue.start == a + 1
        if not bare or s.low(a) not in ("i", "we") or "b" not in cue.frame.statements:
            return False
        if not s.low(a - 1).endswith("ed") or s.tag(cue.stop) != "prep":
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
        if "r" in cue.frame.all and j < self.n:
            j = self._hearer_end(j)
        done = s.low(j) in _DONE or self._adjunct_only(j)
        if not done and t[quote].quote.words <= 4:
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
        done = s.low(j) in _DONE
        if self._goes_on(cue) or not (done or self._adjunct_only(j)):
            return False
        comma = j
        while comma < n and t[comma].text != "," and not done:
            comma += 1
        full = s.has_finite(begin, left) or any(x.tag == "quote" for x in t[begin:left])
        if not full and not self._interrupts(comma):
            return False
        content = self._said_before(begin, left, j, comma)
        return bool(content) and self.report(cue, content, "postposed-clause")

    def _goes_on(self, cue):
        """Whether the verb has its content behind it after all."""
        if self.s.tag(cue.at) == "to" and "i" in cue.frame.all:
            return True
        following = self._quote_after(cue.at)
        quote = self.t[following].quote if following is not None else None
        return quote is not None and quote.capital

    def _said_before(self, begin, left, j, comma):
        """The content in ``[begin, left)`` and behind the comma; [] if there is none."""
        s, opener = self.s, self.t[begin]
        after = (comma + 1, s.clause_end(comma + 1)) if comma + 1 < self.n else None
        if opener.low in lx.OPENING_SUBORDINATORS and not self._main_clause_between(begin, left):
            if opener.low not in lx.CONTRASTING:
                return []  # "If it rains, he said, it will fall"
            return [(begin, s.trim_right(begin, left)), (j + 1, s.clause_end(j + 1))]
        if s.tag(left - 1) in ("wh", "sub", "coord") and after:
            return [after]  # "when, she recalled, the ship came in late": all of it stands behind
        content = self._before(None, left)
        # "The town is, she said, lost": a verb at the very end has its predicate still to come
        complete = s.has_finite(begin, left - (s.tag(left - 1) == "be"))
        if after and self._interrupts(comma) and not complete:
            content.append(after)
        return content

    def _interrupts(self, j):
        """Whether ", X said," stands inside a clause that goes on after it."""
        after = self.s.tag(j + 1)
        mark = self.s.low(j) in BREAKS and j + 2 < self.n
        return mark and after not in ("coord", "verb", "wh", "sub")

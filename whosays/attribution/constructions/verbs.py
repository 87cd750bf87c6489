"""Reporting verbs: which group is a cue, where the cue begins, and which construction it is in."""

from .. import lexicon as lx
from ..tokens import BREAKS, EDGE, frames
from .draft import Base, Cue

#: what stands before a form in *-ing* that is no verb
_NO_ING = ("det", "poss", "adj", "gen", "modal", "to", "have", "do", "wh", "neg")
_NO_COLON = ("quote", "be", "have", "do", "verb")


class Verbs(Base):
    """Rules for a verb; each takes a :class:`Cue` and says whether the verb is dealt with."""

    #: tried for every verb, also for one that is in no list
    ANY_VERB = (
        "as_report", "refusal", "appended_denial", "any_verb", "fixed_phrase", "copula"
    )  # fmt: skip
    #: constructions that hide the speaker or turn the order round
    TURNED = ("passive", "inverted")

    def verb(self, number: int) -> None:
        """Run the rules over one verb group."""
        group = self.s.groups[number]
        lemma, stop = self._lemma(group)
        if lemma not in lx.VERBS and lemma not in lx.PHRASE_VERBS and not self.s.quotes:
            return
        cue = self._cue(number, lemma, stop)
        if self.first(self.ANY_VERB, cue) or cue.frame is None:
            return
        if not self.first(self.TURNED, cue) and self._speaks(cue):
            self.first(self.CONTENTS, cue)

    def _lemma(self, group):
        """The verb of a group, and where it ends ("pointed *out*": one); a reporting one first."""
        following = self.s.low(group.end)
        for name, _ in group.readings:
            if following in lx.PARTICLE_VERBS.get(name, ()):
                return f"{name}_{following}", group.end + 1
        for name, _ in group.readings:
            if name in lx.VERBS:
                return name, group.end
        return group.readings[0][0], group.end

    def _cue(self, number, lemma, stop):
        """What is known about a verb group before any rule is tried."""
        s, group = self.s, self.s.groups[number]
        frame, governor, at = lx.VERBS.get(lemma), self._governor(number), stop
        while s.tag(at) == "adv":
            at += 1
        cue = Cue(number, group, lemma, frame, group.start, stop, at, negated=group.negated)
        if governor is not None:
            refused = any(name in lx.REFUSING for name, _ in governor.readings)
            cue.start, cue.negated = governor.start, cue.negated or governor.negated or refused
        cue.weak, cue.denied = frame is not None and frame.weak, lemma in lx.DENYING
        cue.denied &= not cue.negated
        return cue

    def _governor(self, number):
        """The verb before, if the cue begins there: "*went on* to say", "*concludes* by noting"."""
        group, governor = self.s.groups[number], self.s.groups[number - 1]
        by = group.form == "ing" and self.s.low(group.start - 1) == "by"
        if not number or not (group.infinitive or by):
            return None
        gap = self.t[governor.end : group.start]
        verbs = {lemma for lemma, _ in governor.readings}
        if gap and not by:
            verbs |= {f"{lemma}_{gap[0].low}" for lemma in verbs}
        near = len(gap) <= 1 and all(token.tag in ("adv", "prep") for token in gap)
        belongs = lx.WAYS_OF_SAYING_BY if by else lx.CATENATIVE | lx.REFUSING
        return governor if near and verbs & belongs else None

    def _speaks(self, cue):
        """Find the subject; whether the verb can report with it."""
        s, group = self.s, cue.group
        if group.form == "ing" and not self._ing_allowed(group):
            return False
        subject = s.subject_of(cue.number)
        if group.form == "base" and not group.aux and not self._base_agrees(subject):
            return False
        if subject is not None and subject[1] > cue.start and group.form != "ing":
            subject = None
        opens = group.start == 0 and group.form in ("past", "s")
        if subject is None and group.form != "ing" and not opens:
            return False
        cue.subject = subject
        if group.infinitive and cue.start == group.start:
            if cue.weak or self.t[group.start].low != "to":
                return False
            cue.weak = True
        return True

    def _ing_allowed(self, group):
        before = self.t[group.start - 1] if group.start and not group.aux else EDGE
        if before.tag == "punct":
            return before.text in (*BREAKS, "(", ":")
        return before.tag not in _NO_ING

    def _base_agrees(self, subject):
        """A bare form needs a plural or first/second person subject."""
        if subject is None:
            return False
        words = [word.low for word in self.t[slice(*subject)]]
        first, last = words[0], words[-1]
        if last.endswith("s"):
            return last not in lx.NOT_PLURALS
        return last in lx.PLURAL_SUBJECTS or first.endswith("s") or "and" in words

    # ---- rules for any verb ---------------------------------------------------------------

    def _as_report(self, cue):
        """ "*As* X reported, ...", "..., as X put it" and "is, as X put it, ..."."""
        s, t, group = self.s, self.t, cue.group
        if "as" not in self.words or not group.finite or group.passive or cue.frame is None:
            return False
        subject = s.subject_of(cue.number)
        described = s.low(cue.stop) == "it" and "a" in cue.frame.all
        if subject is None or not (described or cue.frame.statements & {"t", "n", "q"}):
            return False
        k, end = subject[0] - 1, cue.stop
        if s.low(k) != "as":
            return False
        while s.low(end) not in (",", ";", ":", ".", ""):
            if s.is_finite(end) or t[end].low == "that":
                return False
            end += 1
        cue.subject = subject
        if s.trim_lead(0, k) == k:
            return self.report(cue, [(end + 1, s.clause_end(end + 1))], "as")
        if s.low(k - 1) != ",":
            return False
        begin = self._clause_begin(s.trim_lead(0, k - 1), k - 1)
        content = [(begin, k - 1)]
        done = any(begin <= g.head < k - 2 for g in s.groups)  # but for an *is* at its very end
        if s.low(end) == "," and not done:
            content.append((end + 1, s.clause_end(end + 1)))
        return self.report(cue, content, "as")

    def _refusal(self, cue):
        """ "*declined* to say whether": the cue is the verb after it, and is negated."""
        after = self.s.groups[cue.number + 1 : cue.number + 2]
        return cue.lemma in lx.REFUSING and any(
            group.infinitive and {"t", "w"} & frame.statements
            for group in after
            for frame in frames(group.readings)
        )

    def _appended_denial(self, cue):
        """ "X says Y, a charge Z *denies*": the charge is what was told before."""
        s, t, group = self.s, self.t, cue.group
        if cue.lemma not in lx.DENYING or not group.finite or group.passive:
            return False
        back = range(group.start - 1, max(0, group.start - 14), -1)
        comma = next((k for k in back if t[k].text == ","), None)
        if comma is None or not s.is_claim(comma + 1):
            return False
        start = comma + 3 + (s.low(comma + 3) in ("that", "which"))
        told = [d for d in self.drafts if d.cue[0] < comma <= d.content[-1][1] + 1]
        begin = told[-1].content[0][0] if told else s.trim_lead(0, comma)
        cue.subject = (start, group.start)
        return self.report(cue, [(begin, comma)], "appended")

    def _any_verb(self, cue):
        """A verb of any kind next to a quotation: "...," he *smirks*; she was blunt: "..."."""
        if not self.s.quotes or (cue.frame is not None and "q" in cue.frame.all):
            return False  # no quotation; or the verbs that report have rules of their own
        s, t, group, stop = self.s, self.t, cue.group, cue.stop
        subject = s.subject_of(cue.number) if group.finite and not group.passive else None
        if subject is None:
            return False
        quote = self._quote_before(subject[0])
        more = {"source": subject, "span": (group.start, stop), "weak": False}
        if quote is not None and t[quote].quote.last in ",?!" and self._adjunct_only(stop):
            content = self._before(quote, subject[0] - 1) + self._resumed(stop)
            return self.report(cue, content, "postposed-any", **more)
        ahead = range(stop, min(self.n - 1, stop + 22))
        mark = next((k for k in ahead if s.tag(k) in _NO_COLON or t[k].text in ":.;"), None)
        quote = t[mark + 1].quote if mark is not None and t[mark].text == ":" else None
        if quote is None or s.embedded(cue.number):
            return False
        more["span"] = (group.start, mark + 1)
        return self.report(cue, [(mark + 1, s.clause_end(mark + 1))], "clause-colon", **more)

    def _fixed_phrase(self, cue):
        """ "X *draws attention to* ...", "the film *presents a quote from* X: '...'"."""
        s, group = self.s, cue.group
        verbs = {name for name, _ in group.readings}
        if group.passive or lx.PHRASE_VERBS.isdisjoint(verbs):
            return False
        j = group.end
        while s.tag(j) in ("det", "adj", "num", "adv", "poss"):
            j += 1
        noun, prep = s.low(j), s.low(j + 1)
        idiom = next((x for x in verbs if prep in lx.IDIOMS.get((x, noun), ())), None)
        quoting = verbs & lx.QUOTING_VERBS and noun in lx.QUOTING_NOUNS
        cue.subject = s.subject_of(cue.number) if idiom or quoting else None
        if cue.subject is None:
            return False
        if idiom:
            more = {"span": (cue.start, j + 2), "lemma": idiom, "weak": False}
            return self.report_object(cue, j + 2, self._object_end(j + 2), "prep", **more)
        return prep in ("from", "of", "by") and self._quoting(cue, j)

    def _quoting(self, cue, j):
        """The quotation behind a noun for words at ``j``, with its own speaker."""
        t, begin = self.t, cue.group.end
        ahead = range(j, min(self.n - 1, j + 60))
        colon = next((k for k in ahead if t[k].text == ":" and t[k + 1].quote is not None), None)
        end = self._object_end(begin) if colon is None else colon + 2
        self.report_object(cue, begin, end, "object", span=(cue.start, begin), weak=False)
        if colon is not None:
            source = j + 2, max(self.s.phrase_right(j + 2), j + 3)
            content = [(colon + 1, colon + 2)]
            self.add(source, (begin, j + 2), content, "colon", lemma=t[j].low)
        return True

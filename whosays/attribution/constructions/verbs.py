"""Reporting verbs: which group is a cue, where the cue begins, and which construction it is in."""

from .. import lexicon as lx
from ..tokens import BREAKS
from .draft import Base, Cue


def is_way_of_speaking(tokens, i):
    """Whether "by telephone", "by e-mail" and the like follow: a way of speaking, not a speaker."""
    return i + 1 < len(tokens) and tokens[i].low == "by" and tokens[i + 1].low in lx.WRITTEN_WAYS


class Verbs(Base):
    """Rules for a verb; each takes a :class:`Cue` and says whether the verb is dealt with."""

    #: tried for every verb, also for one that is in no list
    ANY_VERB = ("as_report", "refusal", "appended_denial", "any_verb", "fixed_phrase")
    PLAIN_VERB = ("copula", "make_clear")
    #: constructions that hide the speaker or turn the order round
    TURNED = ("passive", "seem", "reduced", "inverted", "asked")

    def verb(self, number):
        """Run the rules over one verb group."""
        group = self.s.groups[number]
        if group.head in self.used:
            return
        cue = self._cue(number)
        if self.first(self.ANY_VERB, cue):
            return
        if cue.frame is None:
            self.first(self.PLAIN_VERB, cue)
        elif not self.first(self.TURNED, cue) and self._speaks(cue):
            self.first(self.CONTENTS, cue)

    def _cue(self, number):
        """What is known about a verb group before any rule is tried; the particle counts ("pointed
        *out*").
        """
        t, group = self.t, self.s.groups[number]
        lemma, frame, stop = group.readings[0][0], None, group.end
        following = t[stop].low if stop < self.n else ""
        for name, _ in group.readings:
            if following in lx.PARTICLE_VERBS.get(name, ()):
                lemma, stop = f"{name}_{following}", stop + 1
                frame = lx.VERBS[lemma]
                break
        else:
            known = [name for name, _ in group.readings if name in lx.VERBS]
            if known:
                lemma, frame = known[0], lx.VERBS[known[0]]
        start, governor = self._cue_start(number)
        negated = group.negated or (governor is not None and governor.negated)
        if governor is not None and any(name in lx.REFUSING for name, _ in governor.readings):
            negated = True
        at = stop
        while at < self.n and (
            t[at].tag == "adv"
            or (t[at].low in ("early", "late") and self.s.low(at + 1) in lx.TIME_WORDS)
        ):
            at += 1
        return Cue(
            number,
            group,
            lemma,
            frame,
            start,
            stop,
            at,
            weak=frame is not None and frame.weak,
            negated=negated,
            denied=lemma in lx.DENYING and not negated,
        )

    def _cue_start(self, number):
        """Where the cue begins, and the verb before that belongs to it ("*went on* to say"), if
        any.
        """
        s = self.s
        group = s.groups[number]
        if not number:
            return group.start, None
        before = s.groups[number - 1]
        if s.low(group.start) == "nor" and before.end == group.start and before.negated:
            return before.start, before  # "neither confirmed nor denied"
        if group.infinitive and self._chain(number) is not None:
            return before.start, before
        if (
            group.form == "ing"
            and not group.aux
            and before.finite
            and before.end == group.start - 1
            and s.low(group.start - 1) == "by"
            and any(name in lx.WAYS_OF_SAYING_BY for name, _ in before.readings)
        ):
            return before.start, None  # "concludes by noting"
        return group.start, None

    def _chain(self, number):
        """The group before an infinitive cue that belongs to it ("*went on* to say"), or None."""
        s = self.s
        governor = s.groups[number - 1]
        gap = range(governor.end, s.groups[number].start)
        if not number or len(gap) > 1 or any(self.t[k].tag not in ("adv", "prep") for k in gap):
            return None
        for lemma, _ in governor.readings:
            name = lemma
            if len(gap) == 1 and self.t[governor.end].low in lx.PARTICLES:
                name = f"{lemma}_{self.t[governor.end].low}"
            if lemma in lx.CATENATIVE or name in lx.CATENATIVE or lemma in lx.REFUSING:
                return governor
        return None

    def _speaks(self, cue):
        """Find the subject; whether the verb can report with it."""
        s, group = self.s, cue.group
        if group.form == "ing" and not self._ing_allowed(group):
            return False
        subject = s.subject_of(cue.number)
        if s.low(group.start) == "nor" and cue.start < group.start:
            subject = s.subject_of(cue.number - 1)
        if group.form == "base" and not group.aux and not self._base_agrees(subject):
            return False
        if group.form == "past" and not group.aux and self._is_reduced(cue.number):
            self._reduced_by(cue)
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
        i = group.start - 1
        if i < 0 or group.aux:
            return True
        before = self.t[i]
        if before.tag == "punct":
            return before.text in (*BREAKS, "(", ":")
        return before.tag not in (
            "det",
            "poss",
            "adj",
            "gen",
            "modal",
            "to",
            "have",
            "do",
            "wh",
            "neg",
        )

    def _base_agrees(self, subject):
        """A bare form needs a plural or first/second person subject."""
        if subject is None:
            return False
        words = self.t[subject[0] : subject[1]]
        last = words[-1]
        if last.tag == "gen":
            return False
        if last.low in lx.PLURAL_SUBJECTS or any(word.low == "and" for word in words):
            return True
        if last.low.endswith("s") and last.low not in lx.NOT_PLURALS:
            return True
        return (
            any(word.tag == "noun" and word.low.endswith("s") for word in words)
            or words[0].low.endswith("s")
            or words[0].tag == "num"
        )

    def _is_reduced(self, number):
        """Whether a past form is a participle in a noun phrase: "the man *accused* of ... said"."""
        s = self.s
        group = s.groups[number]
        beside = s.subject_of(number)
        if (
            beside is not None
            and beside[1] <= group.start
            and (self._quote_before(beside[0]) is not None or is_way_of_speaking(self.t, group.end))
        ):
            return False
        following = s.low(group.end)
        if self._past_amount(group.end) is not None or self._past_adjunct(group.end) is not None:
            return False
        if s.tag(group.start - 1) not in ("noun", "name", "pron"):
            return s.tag(group.start - 1) == "punct" and following == "by"
        if following not in lx.PARTICIPLE_PREPOSITIONS:
            return following == "by"
        if number + 1 == len(s.groups):
            return False
        after = s.groups[number + 1]
        # a finite verb of its own follows with nothing between that could be its subject
        between = [token.tag for token in self.t[group.end + 1 : after.start]]
        return (
            after.finite
            and not after.infinitive
            and not {"punct", "sub", "coord", "wh", "quote", "pron"} & set(between)
            and s.tag(after.start - 1) in ("noun", "name")
            and len(between) <= 8
        )

    # ---- rules for any verb ---------------------------------------------------------------

    def _as_report(self, cue):
        """ "*As* X reported, ...", "..., as X put it" and "is, as X put it, ..."."""
        s, t, n, group = self.s, self.t, self.n, cue.group
        if not group.finite or group.passive or cue.frame is None:
            return False
        subject = s.subject_of(cue.number)
        if (
            not cue.frame.statements & {"t", "n", "q"}
            or subject is None
            or subject[1] > group.start
            or s.low(subject[0] - 1) != "as"
            or t[subject[0]].low == "it"
        ):
            return False
        k, end = subject[0] - 1, cue.stop
        while end < n and t[end].text not in (",", ";", ":", "."):
            if t[end].quote is not None or s.is_finite(end) or t[end].low == "that":
                return False
            end += 1
        cue.subject = subject
        if s.trim_lead(0, k) == k or k == 0:
            return (
                end + 1 < n
                and t[end].text in (",", ":")
                and self.report(cue, [(end + 1, s.clause_end(end + 1))], "as")
            )
        if s.low(k - 1) != ",":
            return False
        begin = self._clause_begin(s.trim_lead(0, k - 1), k - 1)
        content = [(begin, k - 1)]
        if s.low(end) == "," and end + 1 < n and not self._main_verb(begin, k - 1):
            content.append((end + 1, s.clause_end(end + 1)))
        return self.report(cue, content, "as")

    def _main_verb(self, a, b):
        """Whether ``[a, b)`` has a verb that is no bare form of *be* at its very end."""
        return any(g.finite and a <= g.head < b - 1 for g in self.s.groups)

    def _refusal(self, cue):
        """ "*declined* to say whether": the cue is the verb after it, and is negated."""
        groups, number = self.s.groups, cue.number + 1
        if cue.lemma not in lx.REFUSING or cue.group.passive or number == len(groups):
            return False
        return (
            groups[number].infinitive
            and groups[number].start == cue.group.end
            and any(
                (f := lx.VERBS.get(name)) is not None and {"t", "w"} & f.statements
                for name, _ in groups[number].readings
            )
        )

    def _appended_denial(self, cue):
        """ "X says Y, a charge Z *denies*": the charge is what was told before."""
        s, t, group = self.s, self.t, cue.group
        if cue.lemma not in lx.DENYING or not group.finite or group.passive:
            return False
        comma = next(
            (k for k in range(group.start - 1, max(0, group.start - 14), -1) if t[k].text == ","),
            None,
        )
        if comma is None or not s.is_claim(comma + 1):
            return False
        start = comma + 3
        if s.low(start) in ("that", "which"):
            start += 1
        told = [d for d in self.drafts if d.cue[0] < comma and d.content[-1][1] >= comma - 1]
        begin = told[-1].content[0][0] if told else s.trim_lead(0, comma)
        cue.subject = (start, group.start)
        return start < group.start and self.report(cue, [(begin, comma)], "appended")

    def _any_verb(self, cue):
        """A verb of any kind next to a quotation: "...," he *smirks*; she was blunt: "..."."""
        s, t, n, group = self.s, self.t, self.n, cue.group
        if (
            (cue.frame is not None and "q" in cue.frame.all) or not group.finite or group.passive
        ):  # the verbs that report have rules of their own
            return False
        subject, stop = s.subject_of(cue.number), cue.stop
        if subject is None or subject[1] > group.start:
            return False
        more = {"source": subject, "span": (group.start, stop), "weak": False}
        quote = self._quote_before(subject[0])
        if (
            quote is not None
            and cue.lemma not in ("be", "have", "do")
            and t[quote].quote.last in ",?!"
            and (quote == s.trim_lead(0, quote) or t[quote].quote.words > 3)
            and (stop >= n or s.tag(stop) == "punct" or self._adjunct_only(stop))
        ):
            content = self._before(quote, subject[0] - 1) + self._resumed(stop)
            return self.report(cue, content, "postposed-any", **more)
        colon = next(
            (
                k
                for k in range(stop, min(n - 1, stop + 22))
                if t[k].text in ":.;" or t[k].quote is not None or s.is_finite(k)
            ),
            None,
        )
        if colon is None or t[colon].text != ":" or t[colon + 1].quote is None:
            return False
        if (
            t[colon + 1].quote.words <= 3
            or s.embedded(cue.number)
            or t[subject[0]].low in lx.EXPLETIVES
        ):
            return False
        more["span"] = (group.start, colon + 1)
        return self.report(cue, [(colon + 1, s.clause_end(colon + 1))], "clause-colon", **more)

    def _fixed_phrase(self, cue):
        """ "X *draws attention to* ...", "the film *presents a quote from* X: '...'"."""
        s, t, n, group = self.s, self.t, self.n, cue.group
        if group.passive:
            return False
        names = {name for name, _ in group.readings}
        j = group.end
        while j < n and t[j].tag in ("det", "adj", "num", "adv", "poss") and j - group.end < 4:
            j += 1
        if j + 1 >= n:
            return False
        noun, prep = t[j].low, t[j + 1].low
        idiom = next((x for x in names if prep in lx.IDIOMS.get((x, noun), ())), None)
        quoting = (
            names & lx.QUOTING_VERBS and noun in lx.QUOTING_NOUNS and prep in ("from", "of", "by")
        )
        subject = s.subject_of(cue.number) if idiom or quoting else None
        if subject is None or (subject[1] > group.start and group.form != "ing"):
            return False
        cue.subject = subject
        if idiom:
            end = self._object_end(j + 2)
            return self.report_object(
                cue, j + 2, end, "prep", span=(cue.start, j + 2), lemma=idiom, weak=False
            )
        return self._quoting(cue, j)

    def _quoting(self, cue, j):
        """The quotation behind a noun for words at ``j``, with its own speaker."""
        s, t, n, begin = self.s, self.t, self.n, cue.group.end
        colon = next(
            (
                k
                for k in range(j, min(n - 1, j + 60))
                if t[k].text == ":" and t[k + 1].quote is not None
            ),
            None,
        )
        end = self._object_end(begin) if colon is None else colon + 2
        self.report_object(cue, begin, end, "object", span=(cue.start, begin), weak=False)
        if colon is not None:
            stop = s.phrase_right(j + 2)
            self.add(
                (j + 2, max(stop, j + 3)),
                (begin, j + 2),
                [(colon + 1, colon + 2)],
                "colon",
                lemma=t[j].low,
            )
        return True

    def _make_clear(self, cue):
        """ "X made (it) clear that ..."."""
        s, t, k = self.s, self.t, cue.group.end
        if cue.lemma != "make":
            return False
        if s.low(k) == "it":
            k += 1
        if k + 1 >= self.n or t[k].low not in lx.PLAIN_ADJECTIVES:
            return False
        k += 1
        cue.subject = s.subject_of(cue.number)
        if cue.subject is None or not (t[k].low in lx.PLAIN_CLAUSES or self._clause_like(k, True)):
            return False
        return self.report(cue, [(k, s.clause_end(k))], "that", span=(cue.group.start, k))

    def _asked(self, cue):
        """ "*Asked* whether ..., she said": the one who asks is not named."""
        s, t, n, group, stop = self.s, self.t, self.n, cue.group, cue.stop
        if (
            group.form != "past"
            or group.aux
            or cue.lemma not in ("ask", "question", "press")
            or s.tag(group.start - 1) not in ("end", "punct", "sub")
            or not (s.low(stop) in lx.WH_CLAUSE or s.low(stop) in lx.ASKED_ABOUT)
        ):
            return False
        comma = next(
            (k for k in range(stop, n) if t[k].text == "," and s.clause_follows(k + 1, n)),
            s.clause_end(stop),
        )
        begin = next(
            (
                k
                for k in range(stop, min(n, stop + 12))
                if t[k].low in lx.WH_CLAUSE or t[k].low in ("about", "to")
            ),
            comma,
        )
        if begin < comma:
            about = t[begin].low == "about"
            end = begin + 1 if about and begin == stop else stop
            content = [(begin + about, s.trim_right(begin + about, comma))]
            more = {"source": self._agent(stop), "span": (group.start, end), "setting": "all"}
            self.report(cue, content, "passive-told", weak=False, **more)
        return True

"""Reporting verbs: which group is a cue, where the cue begins, and which construction it is in."""

from .. import lexicon as lx
from .draft import Base


def is_way_of_speaking(tokens, i):
    """Whether "by telephone", "by e-mail" and the like follow: a way of speaking, not a speaker."""
    return i + 1 < len(tokens) and tokens[i].low == "by" and tokens[i + 1].low in lx.WRITTEN_WAYS


class Verbs(Base):
    """See the module."""

    def verb(self, number):
        s, t = self.s, self.t
        group = s.groups[number]
        if group.head in self.used:
            return
        lemma, frame, stop = self._frame(group)
        if group.finite and not group.passive and self._as_report(number, lemma, frame, stop):
            return
        if frame is None or "q" not in frame.all:
            if self._any_verb(number, lemma or group.readings[0][0], stop):
                return
        if not group.passive and self._fixed_phrase(number):
            return
        if frame is None:
            base = group.readings[0][0]
            if base == "be":
                self._copula(number)
            elif base == "make":
                self._make_clear(number)
            return
        shared = (
            number
            and group.form == "past"
            and not group.aux
            and s.tag(group.start - 1) == "coord"
            and s.groups[number - 1].passive
            and lemma in lx.HEARER_VERBS
            and s.low(stop) in lx.PASSIVE_OPENERS
        )
        if group.passive or shared:
            self._passive(number, lemma, frame, stop)
            return
        if lemma in lx.SEEMING and group.finite:
            self._seem(number, stop)
            return
        if group.form == "part":
            self._reduced_passive(number, lemma, frame)
            return
        cue = (self._cue_start(number), stop)
        if self._inverted(number, lemma, frame, cue):
            return
        if group.form == "ing" and not self._ing_allowed(group):
            return
        if (
            group.form == "past"
            and not group.aux
            and lemma in ("ask", "question", "press")
            and s.tag(group.start - 1) in ("end", "punct", "wh", "sub")
            and (s.low(stop) in lx.WH_CLAUSE | {"about", "to", "by", "on", "in", "during"})
        ):
            self._asked(group, lemma, stop)
            return
        subject = s.subject_of(number)
        if group.form == "base" and not group.aux and not self._base_agrees(subject):
            return
        if group.form == "past" and not group.aux and self._is_reduced(number):
            self._reduced_passive(number, lemma, frame)
            return
        if subject is not None and subject[1] > cue[0] and group.form != "ing":
            subject = None
        if subject is None and group.form != "ing":
            if not (group.start == 0 and group.form in ("past", "s")):
                return
        more = dict(lemma=lemma, weak=frame.weak, negated=group.negated)
        if group.infinitive and self._chain(number) is None:
            if frame.weak or t[group.start].low != "to":
                return
            more["weak"] = True
        self._contents(group, subject, cue, lemma, frame, more)

    def _frame(self, group):
        """Lemma, frame and end of the cue for a group; the particle counts ("pointed *out*")."""
        t = self.t
        for lemma, _ in group.readings:
            following = t[group.end].low if group.end < self.n else ""
            if following in lx.PARTICLE_VERBS.get(lemma, ()):
                name = f"{lemma}_{following}"
                return name, lx.VERBS[name], group.end + 1
        for lemma, _ in group.readings:
            frame = lx.VERBS.get(lemma)
            if frame is not None:
                return lemma, frame, group.end
        return None, None, group.end

    def _chain(self, number):
        """The group that governs an infinitive cue and belongs to it ("*went on* to say"), or None."""
        s = self.s
        group = s.groups[number]
        if number == 0:
            return None
        governor = s.groups[number - 1]
        gap = range(governor.end, group.start)
        if any(self.t[k].tag not in ("adv", "prep") for k in gap) or len(gap) > 1:
            return None
        for lemma, _ in governor.readings:
            name = lemma
            if len(gap) == 1 and self.t[governor.end].low in lx.PARTICLES:
                name = f"{lemma}_{self.t[governor.end].low}"
            if name in lx.CATENATIVE or lemma in lx.CATENATIVE:
                return number - 1
        return None

    def _cue_start(self, number):
        s = self.s
        group = s.groups[number]
        if group.infinitive:
            governor = self._chain(number)
            if governor is not None:
                return s.groups[governor].start
            return group.start
        if group.form == "ing" and not group.aux and number:
            # "concludes by noting"
            governor = s.groups[number - 1]
            if (
                governor.end == group.start - 1
                and self.t[group.start - 1].low == "by"
                and governor.finite
                and any(name in lx.WAYS_OF_SAYING_BY for name, _ in governor.readings)
            ):
                return governor.start
        return group.start

    def _ing_allowed(self, group):
        i = group.start - 1
        if i < 0 or group.aux:
            return True
        before = self.t[i]
        if before.tag == "punct":
            return before.text in (",", "—", "–", "--", "(", ":")
        return before.tag in (
            "prep",
            "noun",
            "name",
            "adv",
            "coord",
            "sub",
            "verb",
            "be",
            "quote",
            "pron",
            "num",
        )

    def _base_agrees(self, subject):
        """A bare form needs a plural or first/second person subject."""
        if subject is None:
            return False
        token = self.t[subject[1] - 1]
        if token.tag == "gen":
            return False
        low = token.low
        if low in lx.PLURAL_SUBJECTS:
            return True
        if any(self.t[k].low == "and" for k in range(*subject)):
            return True
        if low.endswith("s") and low not in lx.NOT_PLURALS:
            return True
        return (
            any(self.t[k].tag in ("noun",) and self.t[k].low.endswith("s") for k in range(*subject))
            or self.t[subject[0]].low.endswith("s")
            or self.t[subject[0]].tag == "num"
        )

    def _is_reduced(self, number):
        """Whether a past form is a participle inside a noun phrase: "the man *accused* of ... said"."""
        s = self.s
        group = s.groups[number]
        beside = s.subject_of(number)
        if (
            beside is not None
            and beside[1] <= group.start
            and (self._quote_before(beside[0]) is not None or is_way_of_speaking(self.t, group.end))
        ):
            return False
        if s.tag(group.start - 1) not in ("noun", "name", "pron"):
            return s.tag(group.start - 1) == "punct" and s.low(group.end) == "by"
        following = s.low(group.end)
        if following == "by":
            return True
        if following in lx.PARTICIPLE_PREPOSITIONS:
            nxt = s.groups[number + 1] if number + 1 < len(s.groups) else None
            # a finite verb of its own follows with nothing between that could be its subject
            if nxt is not None and nxt.finite and not nxt.infinitive:
                between = [t.tag for t in self.t[group.end + 1 : nxt.start]]
                if (
                    "punct" in between
                    or "sub" in between
                    or "coord" in between
                    or "wh" in between
                    or "quote" in between
                ):
                    return False
                return (
                    self.t[nxt.start - 1].tag in ("noun", "name")
                    and len(between) <= 8
                    and not any(x == "pron" for x in between)
                )
        return False

    def _asked(self, group, lemma, stop):
        """ "*Asked* whether ..., she said": the one who asks is not named."""
        s, t, n = self.s, self.t, self.n
        comma = next(
            (k for k in range(stop, n) if t[k].text == "," and s._clause_follows(k + 1, n)), None
        )
        begin = next(
            (
                k
                for k in range(stop, min(n, stop + 12))
                if t[k].low in lx.WH_CLAUSE | {"about", "to"}
            ),
            None,
        )
        if comma is None:
            comma = s.clause_end(stop)
        if begin is None or begin >= comma:
            return
        agent = self._agent(stop)
        about = t[begin].low == "about"
        self.add(
            agent,
            (group.start, begin + 1 if about and begin == stop else stop),
            [(begin + about, s.trim_right(begin + about, comma))],
            "passive-told",
            lemma=lemma,
            setting="all",
        )

    def _fixed_phrase(self, number):
        """ "X *draws attention to* ...", "the film *presents a quote from* X: '...'"."""
        s, t, n = self.s, self.t, self.n
        group = s.groups[number]
        names = {name for name, _ in group.readings}
        j = group.end
        while j < n and t[j].tag in ("det", "adj", "num", "adv", "poss") and j - group.end < 4:
            j += 1
        if j + 1 >= n:
            return False
        noun, prep = t[j].low, t[j + 1].low
        subject = s.subject_of(number)
        if subject is None or (subject[1] > group.start and group.form != "ing"):
            return False
        for name in names:
            if prep in lx.IDIOMS.get((name, noun), ()):
                self.add(
                    subject,
                    (self._cue_start(number), j + 2),
                    [(j + 2, self._object_end(j + 2))],
                    "prep",
                    lemma=name,
                    setting="all",
                    clausal=False,
                )
                return True
        if names & lx.QUOTING_VERBS and noun in lx.QUOTING_NOUNS and prep in ("from", "of", "by"):
            begin = group.end
            end = self._object_end(begin)
            colon = next(
                (
                    k
                    for k in range(j, min(n - 1, j + 60))
                    if t[k].text == ":" and t[k + 1].quote is not None
                ),
                None,
            )
            self.add(
                subject,
                (self._cue_start(number), group.end),
                [(begin, colon + 2 if colon else end)],
                "object",
                lemma=sorted(names)[0],
                setting="all",
                clausal=False,
            )
            if colon is not None:
                stop = s.phrase_right(j + 2)
                self.taken.add(colon + 1)
                self.add(
                    (j + 2, max(stop, j + 3)),
                    (begin, j + 2),
                    [(colon + 1, colon + 2)],
                    "colon",
                    lemma=noun,
                )
            return True
        return False

    def _any_verb(self, number, lemma, stop):
        """A verb of any kind next to a quotation: "...," he *smirks*; she was blunt: "..."."""
        s, t, n = self.s, self.t, self.n
        group = s.groups[number]
        if not group.finite or group.passive:
            return False
        subject = s.subject_of(number)
        if subject is None or subject[1] > group.start:
            return False
        quote = self._quote_before(subject[0])
        if (
            quote is not None
            and lemma not in ("be", "have", "do")
            and t[quote].quote.last in ",?!"
            and (quote == s.trim_lead(0, quote) or t[quote].quote.words > 3)
        ):
            if stop >= n or s.tag(stop) == "punct" or self._adjunct_only(stop):
                self.add(
                    subject,
                    (group.start, stop),
                    self._before(quote, subject[0] - 1) + self._resumed(stop),
                    "postposed-any",
                    lemma=lemma,
                )
                return True
        colon = next(
            (
                k
                for k in range(stop, min(n - 1, stop + 22))
                if t[k].text == ":" or t[k].quote is not None or t[k].text in ".;" or s.is_finite(k)
            ),
            None,
        )
        if (
            colon is not None
            and t[colon].text == ":"
            and t[colon + 1].quote is not None
            and t[colon + 1].quote.words > 3
            and not s._embedded(number)
            and t[subject[0]].low not in lx.EXPLETIVES
        ):
            self.add(
                subject,
                (group.start, colon + 1),
                [(colon + 1, s.clause_end(colon + 1))],
                "clause-colon",
                lemma=lemma,
            )
            return True
        return False

    def _as_report(self, number, lemma, frame, stop):
        """ "*As* X reported, ..." and "..., as X put it"."""
        s, t, n = self.s, self.t, self.n
        if frame is None or not frame.statements & {"t", "n", "q"}:
            return False
        group = s.groups[number]
        subject = s.subject_of(number)
        if (
            subject is None
            or subject[1] > group.start
            or s.low(subject[0] - 1) != "as"
            or t[subject[0]].low == "it"
        ):
            return False
        k = subject[0] - 1
        end = stop
        while end < n and t[end].text not in (",", ";", ":", "."):
            if t[end].quote is not None or s.is_finite(end) or t[end].low == "that":
                return False
            end += 1
        cue = (group.start, stop)
        if s.trim_lead(0, k) == k or k == 0:
            if end + 1 >= n or t[end].text not in (",", ":"):
                return False
            self.add(subject, cue, [(end + 1, s.clause_end(end + 1))], "as", lemma=lemma)
        elif s.low(k - 1) == ",":
            begin = self._clause_begin(s.trim_lead(0, k - 1), k - 1)
            self.add(subject, cue, [(begin, k - 1)], "as", lemma=lemma)
        else:
            return False
        return True

    def _make_clear(self, number):
        """ "X made (it) clear that ..."."""
        s, t, n = self.s, self.t, self.n
        group = s.groups[number]
        k = group.end
        if k < n and t[k].low == "it":
            k += 1
        if k + 1 < n and t[k].low in lx.PLAIN_ADJECTIVES:
            k += 1
            subject = s.subject_of(number)
            if subject is not None and (t[k].low in lx.PLAIN_CLAUSES or self._clause_like(k, True)):
                self.add(
                    subject, (group.start, k), [(k, s.clause_end(k))], "that", lemma="make_clear"
                )

"""Cues whose grammar hides the speaker or turns him round: passives, "seems", adjectives."""

from .. import lexicon as lx
from .draft import Base


class Voiceless(Base):
    """See the module."""

    def _passive(self, number, lemma, frame, stop):
        s, t, n = self.s, self.t, self.n
        group = s.groups[number]
        subject = s.subject_of(number)
        cue = (group.start, stop)
        more = dict(lemma=lemma, negated=group.negated)
        j = stop
        while j < n and t[j].tag == "adv":
            j += 1
        following = t[j].low if j < n else ""
        impersonal = (
            subject is not None and subject[1] - subject[0] == 1 and t[subject[0]].low == "it"
        )
        if impersonal and frame.statements & {"t", "w"}:
            for k in range(j, min(n, j + 12)):
                if (
                    t[k].low == "that"
                    or (k == j and t[k].low in lx.WH_CLAUSE)
                    or (k > j and t[k - 1].tag == "noun" and t[k].tag == "quote")
                ):
                    source = None
                    if k > j + 1 and following in ("in", "by"):
                        source = (j + 1, s.trim_right(j + 1, k))
                    self.add(source, cue, [(k, s.clause_end(k))], "impersonal", **more)
                    return
                if t[k].text in (".", ";") or s.is_finite(k):
                    break
            if j < n and self._clause_like(j, strict=True):
                self.add(None, cue, [(j, s.clause_end(j))], "impersonal", **more)
            return
        agent = self._agent(j)
        if agent is not None:
            content = (
                [(agent[1], self._object_end(agent[1]))]
                if agent[1] < n and t[agent[1]].low in lx.AGENT_PREPOSITIONS
                else []
            )
            between = [(j, agent[0] - 1)] if agent[0] - 1 > j else []
            if subject is not None and group.finite:
                self.add(
                    agent,
                    (cue[0], agent[0] if not between else cue[1]),
                    [subject, *between, *content],
                    "passive-by",
                    weak=frame.weak,
                    setting="all",
                    clausal=False,
                    **more,
                )
            return
        if (
            following == "to"
            and lemma in lx.RAISING
            and subject is not None
            and group.finite
            and s.tag(j + 1) in ("verb", "be", "have", "do", "adv", "neg")
        ):
            self.add(
                None,
                cue,
                [subject, (j, self._object_end(j))],
                "raising",
                setting="all",
                clausal=False,
                **more,
            )
            return
        if (
            subject is not None
            and group.finite
            and lemma in ("ask", "tell", "urge")
            and following == "to"
            and s.tag(j + 1) in ("verb", "be", "have", "do")
        ):
            self.add(
                None,
                cue,
                [(j, self._object_end(j))],
                "passive-told",
                setting="all",
                clausal=False,
                **more,
            )
            return
        if (
            subject is not None
            and group.finite
            and "r" in frame.statements
            and (following in lx.TOLD_CLAUSES)
        ):
            kind = "passive-told"
            k = j + 1 if following == "about" else j
            self.add(None, (cue[0], k), [(k, s.clause_end(k))], kind, setting="all", **more)
            return
        if (
            subject is not None
            and group.finite
            and following in lx.AS_PREPOSITIONS
            and lemma in lx.PASSIVE_AS
        ):
            self.add(
                None,
                (cue[0], j + 1 if following != "to" else cue[1]),
                [subject, (j + 1, self._object_end(j + 1))],
                "passive-as",
                setting="all",
                clausal=False,
                **more,
            )

    def _reduced_passive(self, number, lemma, frame):
        """ "a plan *backed* by X": the noun phrase before is the content."""
        s = self.s
        group = s.groups[number]
        agent = self._agent(group.end)
        if (
            agent is None
            or s.low(group.end) != "by"
            or frame.weak
            or not ("o" in frame.all or frame.statements)
        ):
            return
        end = group.start
        if s.low(end - 1) == ",":
            end -= 1
        a = s.phrase_left(end)
        if a is None:
            return
        self.add(
            agent,
            (group.start, group.end + 1),
            [(a, end)],
            "reduced-by",
            lemma=lemma,
            weak=frame.weak,
            setting="all",
            clausal=False,
        )

    def _seem(self, number, stop):
        """ "X *seemed* to ...", "it *appears* that ..."."""
        s, t, n = self.s, self.t, self.n
        group = s.groups[number]
        subject = s.subject_of(number)
        if subject is None or stop >= n:
            return
        nxt = t[stop]
        lemma = group.readings[0][0]
        if nxt.tag == "to" and number + 1 < len(s.groups):
            reported = [
                lx.VERBS[name] for name, _ in s.groups[number + 1].readings if name in lx.VERBS
            ]
            if (
                any(f.statements or ("o" in f.all and not f.weak) for f in reported)
                and not s.groups[number + 1].passive
            ):
                return  # "seemed to suggest that": the cue is the verb after it
        if t[subject[0]].tag == "wh" or s.low(subject[0]) == "that":
            return
        if lemma in ("look", "sound", "feel") and not (nxt.low == "like" or nxt.tag == "adj"):
            return (
                self._contents(
                    group,
                    subject,
                    (group.start, stop),
                    lemma,
                    lx.VERBS[lemma],
                    dict(lemma=lemma, weak=True),
                )
                if lemma in lx.VERBS
                else None
            )
        if t[subject[0]].low == "it" and nxt.low == "that":
            self.add(None, (group.start, stop), [(stop, s.clause_end(stop))], "seem", setting="all")
        elif nxt.tag in ("to", "adj", "verb", "adv", "prep") and not (
            nxt.tag == "prep" and nxt.low in lx.SEEMING_PLACES
        ):
            self.add(
                None,
                (group.start, stop),
                [subject, (stop, self._object_end(stop))],
                "seem",
                setting="all",
                clausal=False,
            )

    def _copula(self, number):
        """ "X is *confident* that ...", "it is *clear* that ..."."""
        s, t, n = self.s, self.t, self.n
        group = s.groups[number]
        j = group.end
        while j < n and t[j].tag in ("adv", "neg"):
            j += 1
        if j >= n - 1 or t[j].low not in lx.CLAUSE_ADJECTIVES:
            return
        subject = s.subject_of(number)
        if subject is None or (subject[1] > group.start and group.form != "ing"):
            return
        k = j + 1
        nxt = t[k]
        impersonal = t[subject[0]].low == "it"
        if nxt.low in lx.CLEAR_CLAUSES and nxt.tag in ("sub", "wh"):
            self.add(
                None if impersonal else subject,
                (group.start, k),
                [(k, s.clause_end(k))],
                "adjective-that",
                lemma=t[j].low,
                clausal=True,
            )
        elif not impersonal and nxt.tag == "to" and t[j].low in lx.ADJ_TO:
            self.add(
                subject,
                (group.start, k),
                [(k, self._object_end(k))],
                "adjective-to",
                lemma=t[j].low,
                setting="all",
                clausal=False,
            )
        elif (
            not impersonal
            and nxt.low in lx.ADJECTIVE_PREPS
            and k + 1 < n
            and t[j].low not in lx.BLUNT
        ):
            self.add(
                subject,
                (group.start, k + 1),
                [(k + 1, self._object_end(k + 1))],
                "adjective-prep",
                lemma=t[j].low,
                setting="all",
                clausal=False,
            )
        elif not impersonal and t[j].low in lx.FEELINGS and self._clause_like(k, strict=True):
            self.add(
                subject, (group.start, k), [(k, s.clause_end(k))], "adjective-that", lemma=t[j].low
            )

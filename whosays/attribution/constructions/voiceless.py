"""Cues whose grammar hides the speaker or turns him round: passives, "seems", adjectives."""

from .. import lexicon as lx
from ..tokens import INFINITIVE
from .draft import Base


class Voiceless(Base):
    """Rules for verbs without a plain subject; each takes a :class:`Cue`."""

    PASSIVES = ("impersonal", "passive_by", "raising", "asked_to", "told_that", "passive_as")

    def _passive(self, cue):
        s, group = self.s, cue.group
        shared = (
            cue.number
            and group.form == "past"
            and not group.aux
            and s.tag(group.start - 1) == "coord"
            and s.groups[cue.number - 1].passive
            and cue.lemma in lx.HEARER_VERBS
            and s.low(cue.stop) in lx.PASSIVE_OPENERS
        )
        if not group.passive and not shared:
            return False
        cue.start, cue.at = group.start, cue.stop
        while s.tag(cue.at) == "adv":
            cue.at += 1
        cue.subject = s.subject_of(cue.number)
        self.first(self.PASSIVES, cue)
        return True

    def _told_object(self, cue, content, kind, **more):
        """A passive without a speaker, with a content that is no clause."""
        more = {"source": None, "weak": False} | more
        return self.report(cue, content, kind, setting="all", clausal=False, **more)

    def _impersonal(self, cue):
        """ "It *is said* that ..."."""
        s, t, n, j, subject = self.s, self.t, self.n, cue.at, cue.subject
        alone = subject is not None and subject[1] - subject[0] == 1
        if not alone or t[subject[0]].low != "it" or not cue.frame.statements & {"t", "w"}:
            return False
        for k in range(j, min(n, j + 12)):
            if (
                t[k].low == "that"
                or (k == j and t[k].low in lx.WH_CLAUSE)
                or (k > j and t[k - 1].tag == "noun" and t[k].tag == "quote")
            ):
                named = k > j + 1 and t[j].low in ("in", "by")
                source = (j + 1, s.trim_right(j + 1, k)) if named else None
                content = [(k, s.clause_end(k))]
                return self.report(cue, content, "impersonal", source=source, weak=False)
            if t[k].text in (".", ";") or s.is_finite(k):
                break
        if j < n and self._clause_like(j, strict=True):
            content = [(j, s.clause_end(j))]
            self.report(cue, content, "impersonal", source=None, weak=False)
        return True

    def _passive_by(self, cue):
        """ "The plan *was praised by* X"."""
        t, j = self.t, cue.at
        agent = self._agent(j)
        if agent is None:
            return False
        if cue.subject is None or not cue.group.finite:
            return True
        content, span = [cue.subject], (cue.start, agent[0])
        if agent[0] - 1 > j:
            content.append((j, agent[0] - 1))
            span = cue.span
        if agent[1] < self.n and t[agent[1]].low in lx.AGENT_PREPOSITIONS:
            content.append((agent[1], self._object_end(agent[1])))
        return self._told_object(cue, content, "passive-by", source=agent, span=span, weak=cue.weak)

    def _raising(self, cue):
        """ "X *is said* to ..."."""
        s, j = self.s, cue.at
        if cue.lemma not in lx.RAISING or not self._has_subject(cue) or s.low(j) != "to":
            return False
        return s.tag(j + 1) in INFINITIVE and self._told_object(
            cue, [cue.subject, (j, self._object_end(j))], "raising"
        )

    def _asked_to(self, cue):
        """ "X *was asked* to ..."."""
        s, j = self.s, cue.at
        if cue.lemma not in ("ask", "tell", "urge") or not self._has_subject(cue):
            return False
        if s.low(j) != "to" or s.tag(j + 1) not in INFINITIVE[:4]:
            return False
        return self._told_object(cue, [(j, self._object_end(j))], "passive-told")

    def _told_that(self, cue):
        """ "X *was told* that ..."."""
        s, j = self.s, cue.at
        if "r" not in cue.frame.statements or not self._has_subject(cue):
            return False
        if s.low(j) not in lx.TOLD_CLAUSES:
            return False
        k = j + 1 if s.low(j) == "about" else j
        more = {"source": None, "span": (cue.start, k), "weak": False}
        return self.report(cue, [(k, s.clause_end(k))], "passive-told", setting="all", **more)

    def _passive_as(self, cue):
        """ "X *was accused of* ..."."""
        j = cue.at
        if cue.lemma not in lx.PASSIVE_AS or not self._has_subject(cue):
            return False
        return self.s.low(j) in lx.AS_PREPOSITIONS and self._told_object(
            cue,
            [cue.subject, (j + 1, self._object_end(j + 1))],
            "passive-as",
            span=(cue.start, j + 1),
        )

    def _has_subject(self, cue):
        return cue.subject is not None and cue.group.finite

    def _reduced(self, cue):
        """A participle after its noun: "a plan *backed* by X"."""
        return cue.group.form == "part" and (self._reduced_by(cue) or True)

    def _reduced_by(self, cue):
        s, group = self.s, cue.group
        agent = self._agent(group.end)
        if agent is None or s.low(group.end) != "by" or cue.weak:
            return False
        if "o" not in cue.frame.all and not cue.frame.statements:
            return False
        end = group.start - (s.low(group.start - 1) == ",")
        a = s.phrase_left(end)
        if a is None:
            return False
        span = (group.start, group.end + 1)
        return self._told_object(cue, [(a, end)], "reduced-by", source=agent, span=span)

    def _seem(self, cue):
        """ "X *seemed* to ...", "it *appears* that ..."."""
        s, t, group, stop = self.s, self.t, cue.group, cue.stop
        if cue.lemma not in lx.SEEMING or not group.finite:
            return False
        subject = s.subject_of(cue.number)
        if subject is None or stop >= self.n or t[subject[0]].tag == "wh":
            return True
        after = t[stop]
        if s.low(subject[0]) == "that" or (after.tag == "to" and self._reports(cue.number + 1)):
            return True  # "seemed to suggest that": the cue is the verb after it
        cue.start, cue.subject = group.start, None
        if cue.lemma in ("look", "sound", "feel") and after.low != "like" and after.tag != "adj":
            cue.subject, cue.weak = subject, True
            return self.first(self.CONTENTS, cue) or True
        if t[subject[0]].low == "it" and after.low == "that":
            content = [(stop, s.clause_end(stop))]
            return self.report(cue, content, "seem", setting="all", weak=False)
        place = after.tag == "prep" and after.low in lx.SEEMING_PLACES
        if after.tag in ("to", "adj", "verb", "adv", "prep") and not place:
            self._told_object(cue, [subject, (stop, self._object_end(stop))], "seem")
        return True

    def _reports(self, number):
        """Whether a group is a verb that reports, in its own right."""
        if number >= len(self.s.groups) or self.s.groups[number].passive:
            return False
        frames = [lx.VERBS[x] for x, _ in self.s.groups[number].readings if x in lx.VERBS]
        return any(f.statements or ("o" in f.all and not f.weak) for f in frames)

    def _copula(self, cue):
        """ "X is *confident* that ...", "it is *clear* that ..."."""
        s, t, n, group = self.s, self.t, self.n, cue.group
        j = group.end
        while j < n and t[j].tag in ("adv", "neg"):
            j += 1
        if cue.lemma != "be" or j >= n - 1 or t[j].low not in lx.CLAUSE_ADJECTIVES:
            return False
        subject = s.subject_of(cue.number)
        if subject is None or (subject[1] > group.start and group.form != "ing"):
            return False
        k, adjective, after = j + 1, t[j].low, t[j + 1]
        impersonal = t[subject[0]].low == "it"
        more = {"span": (group.start, k), "lemma": adjective}
        cue.subject = None if impersonal else subject
        if after.low in lx.CLEAR_CLAUSES and after.tag in ("sub", "wh"):
            return self.report(cue, [(k, s.clause_end(k))], "adjective-that", **more)
        if impersonal:
            return False
        if after.tag == "to" and adjective in lx.ADJ_TO:
            return self.report_object(cue, k, self._object_end(k), "adjective-to", **more)
        if after.low in lx.ADJECTIVE_PREPS and k + 1 < n and adjective not in lx.BLUNT:
            more["span"] = (group.start, k + 1)
            end = self._object_end(k + 1)
            return self.report_object(cue, k + 1, end, "adjective-prep", **more)
        return (
            adjective in lx.FEELINGS
            and self._clause_like(k, strict=True)
            and self.report(cue, [(k, s.clause_end(k))], "adjective-that", **more)
        )

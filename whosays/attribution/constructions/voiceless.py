"""Cues whose grammar hides the speaker or turns him round: passives, adjectives."""

from .. import lexicon as lx
from .draft import Base


class Voiceless(Base):
    """Rules for verbs without a plain subject; each takes a :class:`Cue`."""

    PASSIVES = ("impersonal", "passive_by", "raising", "passive_as")

    def _passive(self, cue):
        """ "was said", "was praised": the rules of the passive, and no other after them."""
        if not cue.group.passive:
            return cue.group.form == "part"  # "a plan *backed* by X" tells nothing of its own
        cue.start, cue.subject = cue.group.start, self.s.subject_of(cue.number)
        self.first(self.PASSIVES, cue)
        return True

    def _told_object(self, cue, content, kind, **more):
        """A passive without a speaker, with a content that is no clause."""
        more = {"source": None, "weak": False} | more
        return self.report(cue, content, kind, setting="all", clausal=False, **more)

    def _impersonal(self, cue):
        """ "It *is said* that ..."."""
        s, t, j, subject = self.s, self.t, cue.at, cue.subject
        alone = subject is not None and subject[1] - subject[0] == 1
        if not alone or t[subject[0]].low != "it":
            return False
        for k in range(j, min(self.n, j + 12)):
            if t[k].low == "that" or (k == j and t[k].low in lx.WH_CLAUSE):
                told = t[j].low in ("in", "by")  # "It was said *in the report* that ..."
                more = {"source": (j + 1, s.trim_right(j + 1, k)) if told else None, "weak": False}
                return self.report(cue, [(k, s.clause_end(k))], "impersonal", **more)
        return True

    def _passive_by(self, cue):
        """ "The plan *was praised by* X"."""
        agent = self._agent(cue.at)
        if agent is None:
            return False
        if not self._has_subject(cue):
            return True
        content, span = [cue.subject], (cue.start, agent[0])
        if self.s.low(agent[1]) in lx.AGENT_PREPOSITIONS:
            content.append((agent[1], self._object_end(agent[1])))
        return self._told_object(cue, content, "passive-by", source=agent, span=span, weak=cue.weak)

    def _raising(self, cue):
        """ "X *is said* to ..."."""
        j = cue.at
        if cue.lemma not in lx.RAISING or not self._has_subject(cue) or self.s.low(j) != "to":
            return False
        return self._told_object(cue, [cue.subject, (j, self._object_end(j))], "raising")

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

    def _copula(self, cue):
        """ "X is *confident* that ...", "it is *clear* that ..."."""
        if cue.lemma != "be":
            return False
        s, j = self.s, cue.group.end
        while s.tag(j) in ("adv", "neg"):
            j += 1
        adjective, k = s.low(j), j + 1
        subject = s.subject_of(cue.number)
        if adjective not in lx.CLAUSE_ADJECTIVES or subject is None:
            return False
        impersonal = s.low(subject[0]) == "it"
        cue.subject = None if impersonal else subject
        more = {"span": (cue.group.start, k), "lemma": adjective}
        opened = s.low(k) in lx.CLEAR_CLAUSES
        if opened or (adjective in lx.FEELINGS and self._clause_like(k, True)):
            return self.report(cue, [(k, s.clause_end(k))], "adjective-that", **more)
        if impersonal:
            return False
        if s.tag(k) == "to":
            return self.report_object(cue, k, self._object_end(k), "adjective-to", **more)
        if s.low(k) in lx.ADJECTIVE_PREPS:
            more["span"] = (cue.group.start, k + 1)
            return self.report_object(cue, k + 1, self._object_end(k + 1), "adjective-prep", **more)
        return False

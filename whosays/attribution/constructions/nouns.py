"""Cue nouns: "his claim that ...", "Mr. X's call for ...", "raised concern that ..."."""

from .. import lexicon as lx
from .draft import Base


class Nouns(Base):
    """See the module."""

    def nouns(self):
        s, t, n = self.s, self.t, self.n
        for i in range(n - 2):
            token = t[i]
            if token.tag not in ("noun", "adj") or token.quote is not None or i in self.used:
                continue
            low, nxt = token.low, t[i + 1]
            base = low[:-1] if low.endswith("s") else low
            if (
                nxt.low == "that"
                and nxt.tag == "sub"
                and (low in lx.CLAUSE_NOUNS or base in lx.CLAUSE_NOUNS)
                and s.tag(i + 2) not in ("verb", "be", "modal", "have")
            ):
                owner = self._owner(i, max(0, i - 12))
                cue = (i, i + 1)
                if owner is None or t[owner[0]].tag == "poss":
                    owner, cue = self._light_verb(i) or (owner, cue)
                if owner is not None:
                    self.add(
                        owner, cue, [(i + 1, self._noun_clause_end(i + 1))], "noun-that", lemma=base
                    )
            elif (
                low in lx.OBJECT_NOUNS
                and nxt.low in lx.OBJECT_NOUNS[low].split()
                and nxt.tag in ("prep", "to")
                and i + 2 < n
            ):
                owner = self._owner(i, max(0, i - 12))
                if (
                    nxt.low == "to"
                    and base in lx.INFINITIVE_NOUNS
                    and s.tag(i + 2) not in ("verb", "be", "have", "adv", "neg")
                ):
                    continue
                if owner is None and nxt.tag == "prep":
                    light = self._light_verb(i)
                    number = s.group_at.get(light[1][0]) if light else None
                    if number is not None and any(
                        name in lx.LIGHT for name, _ in s.groups[number].readings
                    ):
                        self.add(
                            light[0],
                            (light[1][0], i + 2),
                            [(i + 2, self._object_end(i + 2))],
                            "noun-object",
                            lemma=base,
                            setting="all",
                            clausal=False,
                        )
                    continue
                if owner is None or t[owner[1] - 1].tag != "gen":
                    continue
                end = self._noun_object_end(i + 2)
                start = (
                    i + 1 if nxt.tag == "to" and s.tag(i + 2) in ("verb", "be", "have") else i + 2
                )
                self.add(
                    owner,
                    (i, start),
                    [(start, end)],
                    "noun-object",
                    lemma=base,
                    setting="all",
                    clausal=False,
                )

    def _light_verb(self, i):
        """ "*raised* concern that", "*made* the point that": source and cue of a verb with its noun, or None."""
        s = self.s
        k = i - 1
        while k >= 0 and s.tag(k) in ("det", "adj", "poss", "adv"):
            k -= 1
        number = s.group_at.get(k)
        if number is None or s.groups[number].head != k or s.groups[number].passive:
            return None
        subject = s.subject_of(number)
        if subject is None or (
            subject[1] > s.groups[number].start and s.groups[number].form != "ing"
        ):
            return None
        return subject, (s.groups[number].start, i + 1)

    def _noun_clause_end(self, a):
        """End of a noun's clause: before the finite verb of the sentence that has no subject of its own left."""
        s = self.s
        finite = [g for g in s.groups if g.finite and g.head > a]
        if len(finite) >= 2:
            for first, second in zip(finite, finite[1:]):
                between = self.t[first.end : second.start]
                if not between or any(x.tag in ("punct", "coord", "sub", "wh") for x in between):
                    continue
                if between[0].tag in (
                    "prep",
                    "det",
                    "name",
                    "noun",
                    "adj",
                    "poss",
                ) and s._clause_follows(first.end, self.n):
                    continue
                return second.start
        return s.clause_end(a)

    def _noun_object_end(self, a):
        """End of the content of a noun: its noun phrase or infinitive, before the sentence's own verb."""
        s, t = self.s, self.t
        end = self._object_end(a)
        for group in s.groups:
            if a < group.start < end and group.finite and not group.infinitive:
                if t[group.start - 1].low in (
                    "who",
                    "which",
                    "that",
                    "he",
                    "she",
                    "they",
                    "it",
                    "we",
                    "i",
                ):
                    continue
                return group.start
        return end

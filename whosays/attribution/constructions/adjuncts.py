"""Sources outside the clause: "according to X", "in X's view", "for X", "reportedly", names before colons and after dashes."""

from .. import lexicon as lx
from ..tokens import CLOSERS
from .draft import Base


class Adjuncts(Base):
    """See the module."""

    def _according(self):
        s, t, n = self.s, self.t, self.n
        for i in range(n - 1):
            if t[i].low == "according" and t[i + 1].low == "to":
                after = i + 2
            elif (
                t[i].low == "as"
                and i + 3 < n
                and t[i + 1].low in lx.AS_VERBS
                and t[i + 2].low in ("by", "in")
            ):
                after = i + 3
            elif (
                t[i].low == "as"
                and t[i + 1].low in lx.AS_VERBS_BARE
                and s.tag(i + 2) in ("det", "name", "poss")
            ):
                after = i + 2
            else:
                continue
            if after >= n:
                continue
            first = s.trim_lead(0, i) == i or i == 0
            if first:
                stop = self._comma_after(after)
                if stop is None:
                    stop = s.phrase_right(after)
                    begin = stop
                else:
                    begin = stop + 1
                if stop <= after or begin >= n:
                    continue
                source = self._without_clause(after, stop)
                self.add(source, (i, after), [(begin, s.clause_end(begin))], "according")
            else:
                stop = s.phrase_right(after)
                if stop <= after:
                    stop = min(n, after + 1)
                    if t[after].quote is None and t[after].tag in ("punct",):
                        continue
                left = i - 1 if t[i - 1].text in (",", "(", "—", "–") else i
                begin = s.trim_lead(0, left)
                begin = self._clause_begin(begin, left)
                content = [(begin, left)]
                rest = stop
                if (
                    rest < n
                    and t[rest].text == ","
                    and left < i
                    and rest + 1 < n
                    and t[rest + 1].tag not in ("coord", "sub", "wh")
                ):
                    tail = s.clause_end(rest + 1)
                    # "X, according to Y, did Z": the content goes on where the part before has no verb yet
                    if not s.has_finite(begin, left):
                        content.append((rest + 1, tail))
                self.add((after, stop), (i, after), content, "according")

    def _comma_after(self, start):
        """The comma that closes an opening phrase begun at ``start``."""
        s, t = self.s, self.t
        i = start
        while i < min(self.n, start + 40):
            if t[i].text in ("(", "["):
                while i < self.n and t[i].text not in (")", "]"):
                    i += 1
            elif t[i].text == ",":
                if not s._apposition(i + 1, self.n) or (
                    self.t[i + 1].tag == "name" and s._clause_follows(i + 1, self.n)
                ):
                    if i + 1 < self.n and t[i + 1].low in lx.CITING:
                        i += 1
                        continue
                    return i
                stop = i + 1
                while stop < self.n and t[stop].text != ",":
                    if s.is_finite(stop):
                        return i
                    stop += 1
                if stop >= self.n:
                    return i
            i += 1
        return None

    def _without_clause(self, a, b):
        """Cut a relative clause or a trailing participle off a source."""
        for k in range(a + 1, b):
            if (
                self.t[k].text == ","
                and k + 1 < b
                and (
                    self.t[k + 1].tag in ("wh", "verb")
                    or self.t[k + 1].low in ("quoting", "citing")
                )
            ):
                return a, k
        return a, b

    def _viewpoint(self):
        """ "In X's view, ...", "For the X, ...", "To X, ...", "in X's words"."""
        s, t, n = self.s, self.t, self.n
        for i in range(n - 2):
            if t[i].low == "in" and t[i].tag == "prep":
                for j in range(i + 1, min(n, i + 8)):
                    if t[j].low in lx.VIEW_NOUNS:
                        owner = self._owner(j, i + 1)
                        if t[j].low in lx.VIEW_NOUNS_WEAK and s.tag(j + 1) not in ("punct", "end"):
                            break
                        if owner is not None:
                            self._around(i, j + 1, owner, (i, j + 1), "viewpoint")
                        elif (
                            t[i + 1].low == "the"
                            and j == i + 2
                            and j + 1 < n
                            and t[j + 1].low == "of"
                        ):
                            stop = s.phrase_right(j + 2)
                            if stop > j + 2:
                                self._around(i, stop, (j + 2, stop), (i, j + 2), "viewpoint")
                        break
                    if t[j].tag not in ("det", "poss", "name", "noun", "adj", "gen", "num"):
                        break
            opening = i == 0 or s.trim_lead(0, i) == i or t[i - 1].text in (";",)
            if (
                opening
                and t[i].low in ("for", "to")
                and i + 1 < n
                and t[i + 1].tag in ("det", "name", "poss", "pron", "noun", "adj", "num")
            ):
                stop = s.phrase_right(i + 1)
                if (
                    stop <= i + 1
                    or stop >= n
                    or t[i + 1].tag == "num"
                    or any(t[k].low in lx.TIME_NOUNS for k in range(i + 1, stop))
                ):
                    continue
                head = t[stop - 1]
                person = (
                    (t[i + 1].tag == "pron" and t[i + 1].low != "it")
                    or head.tag == "name"
                    or (
                        t[i + 1].low in lx.GROUP_OPENERS
                        and head.tag == "noun"
                        and head.low.endswith("s")
                    )
                )
                begin = stop + 1 if t[stop].text == "," else stop
                if not person or begin >= n or t[begin].tag in ("verb", "to"):
                    continue
                if t[i].low == "to" and t[stop].text != ",":
                    continue
                group = next((g for g in s.groups if g.head >= begin and g.finite), None)
                if (
                    group is not None
                    and group.head < n
                    and any(name == "be" for name, _ in group.readings)
                ):
                    self.add(
                        (i + 1, stop),
                        (i, i + 1),
                        [(begin, s.clause_end(begin))],
                        "for",
                        setting="all",
                    )

    def _around(self, start, stop, owner, cue, kind):
        """Content of a phrase ``[start, stop)`` at the head, in the middle or at the end of its sentence."""
        s, t, n = self.s, self.t, self.n
        begin = s.trim_lead(0, start)
        if begin >= start:
            after = stop + 1 if stop < n and t[stop].text == "," else stop
            self.add(owner, cue, [(after, s.clause_end(after))], kind)
            return
        left = s.trim_right(begin, start)
        content = [(begin, left)]
        if stop < n and t[stop].text == ",":
            content.append((stop + 1, s.clause_end(stop + 1)))
        elif stop < n and t[stop].text not in CLOSERS:
            content.append((stop, s.clause_end(stop)))
        self.add(owner, cue, content, kind)

    def _colon(self):
        """ "Smith: '...'", "Poll: X leads"."""
        s, t, n = self.s, self.t, self.n
        for i in range(1, min(n - 1, 40)):
            if t[i].text != ":" or i in self.used:
                continue
            quoted = t[i + 1].quote is not None
            if t[i].start == t[i - 1].end == t[i + 1].start or t[i - 1].text.isdigit():
                continue
            begin = i
            while (
                begin > 0
                and t[begin - 1].tag
                in (
                    "name",
                    "num",
                    "gen",
                    "det",
                    "noun",
                    "adj",
                    "prep",
                    "coord",
                    "to",
                    "verb",
                    "pron",
                )
                and i - begin < 16
            ):
                begin -= 1
            opened = (
                begin == 0
                or t[begin - 1].text in ("-", "—", "–", "--", "•", "(", "|", ".")
                or t[begin - 1].quote is not None
            )
            if not opened or begin == i:
                continue
            begin = s.trim_lead(begin, i)
            words = t[begin:i]
            if not words:
                return
            if words[-1].low in lx.HEADINGS:
                return
            named = t[i - 1].tag == "name" and all(
                w.tag in ("name", "gen", "prep", "num", "coord", "to", "det") for w in words
            )
            if (
                quoted
                and i - begin <= 9
                and not s.has_finite(begin, i)
                and (
                    named
                    or (
                        t[i - 1].tag in ("noun", "name", "pron")
                        and not any(w.tag == "verb" for w in words)
                    )
                )
            ):
                self.add((begin, i), (i, i + 1), [(i + 1, s.clause_end(i + 1))], "colon")
                return
            if begin == 0 or t[begin - 1].tag == "adv":
                if (
                    s.headline
                    and t[begin].tag == "name"
                    and n - i > 3
                    and len([w for w in words if w.tag != "punct"]) <= 6
                    and not s.has_finite(begin, i)
                    and s.has_finite(i + 1, n)
                ) or (named and i - begin <= 4 and s.has_finite(i + 1, n) and n - i > 4):
                    self.add((begin, i), (i, i + 1), [(i + 1, s.clause_end(i + 1))], "colon-bare")
            return

    def _dash_credit(self):
        """A quotation closed by a dash and a name: "..." — Jane Smith."""
        t, n = self.t, self.n
        if n < 3 or t[0].quote is None or t[0].quote.words < 4 or self.drafts:
            return
        if (
            t[1].text in ("—", "–", "-", "--", "~")
            and t[2].tag == "name"
            and not self.s.has_finite(2, n)
        ):
            stop = self.s.phrase_right(2)
            if stop > 2 and n - stop <= 8:
                self.add((2, stop), (1, 2), [(0, 1)], "dash")

    def _hedges(self):
        s, t, n = self.s, self.t, self.n
        for i in range(n):
            if t[i].quote is None and t[i].low in lx.HEDGES:
                begin = self._clause_begin(s.trim_lead(0, i), i)
                self.add(
                    None,
                    (i, i + 1),
                    [(begin, i), (i + 1, s.clause_end(i + 1) if i + 1 < n else i + 1)],
                    "hedge",
                )

"""Sources outside the clause: "according to X", "in X's view", "for X", "reportedly", names before
colons and after dashes.
"""

from .. import lexicon as lx
from ..tokens import CLOSERS, NOUN_PHRASE
from .draft import Base

#: parts of speech of the name or the phrase before a colon
_LABEL = (*NOUN_PHRASE, "gen", "prep", "coord", "to", "verb")
_NAME = ("name", "gen", "prep", "num", "coord", "to", "det")
#: marks that a name before a colon may follow
_LABEL_OPENS = ("-", "—", "–", "--", "•", "(", "|", ".")
_CREDITS = ("—", "–", "-", "--", "~")


class Adjuncts(Base):
    """Rules for a sentence; each looks through it from the left."""

    def _according(self):
        """ "According to X, ...", "..., as reported by X", "..., per X"."""
        for i in range(self.n - 1):
            after = self._source_after(i)
            if after is None or after >= self.n:
                continue
            if i == 0 or self.s.trim_lead(0, i) == i or self.s.tag(i - 1) == "sub":
                self._according_first(i, after)
            else:
                self._according_later(i, after)

    def _source_after(self, i):
        """Where the source begins if the word at ``i`` opens such a phrase."""
        s, t, low = self.s, self.t, self.t[i].low
        following = t[i + 1].low
        if low == "according" and following == "to":
            return i + 2
        if low == "as" and following in lx.AS_VERBS and s.low(i + 2) in ("by", "in"):
            return i + 3
        if (
            low == "as"
            and following in lx.AS_VERBS_BARE
            and s.tag(i + 2) in ("det", "name", "poss")
        ):
            return i + 2
        if low == "per" and i and t[i - 1].text == "," and t[i + 1].tag in ("det", "name"):
            return i + 1
        return None

    def _according_first(self, i, after):
        s = self.s
        stop = self._comma_after(after)
        if stop is None:
            stop = begin = s.phrase_right(after)
        else:
            begin = stop + 1
        if after < stop and begin < self.n:
            source = self._without_clause(after, stop)
            self.add(source, (i, after), [(begin, s.clause_end(begin))], "according")

    def _according_later(self, i, after):
        s, t, n = self.s, self.t, self.n
        stop = s.phrase_right(after)
        if stop <= after:
            if t[after].tag == "punct":
                return
            stop = after + 1
        left = i - 1 if t[i - 1].text in (",", "(", "—", "–") else i
        begin = self._clause_begin(s.trim_lead(0, left), left)
        content = [(begin, left)]
        if (
            left < i
            and stop + 1 < n
            and t[stop].text == ","
            and t[stop + 1].tag not in ("coord", "sub", "wh")
            and not s.has_finite(begin, left)
        ):
            # "X, according to Y, did Z": the content goes on where the part before has no verb yet
            content.append((stop + 1, s.clause_end(stop + 1)))
        self.add((after, stop), (i, after), content, "according")

    def _comma_after(self, start):
        """The comma that closes an opening phrase begun at ``start``."""
        s, t, n, i = self.s, self.t, self.n, start
        while i < min(n, start + 40):
            if t[i].text in ("(", "["):
                while i < n and t[i].text not in (")", "]"):
                    i += 1
            elif t[i].text == ",":
                named = s.tag(i + 1) == "name" and s.clause_follows(i + 1, n)
                if named or not s.apposition(i + 1, n):
                    if s.low(i + 1) not in lx.CITING:
                        return i
                else:
                    stop = next((k for k in range(i + 1, n) if t[k].text == ","), n)
                    if stop >= n or any(s.is_finite(k) for k in range(i + 1, stop)):
                        return i
            i += 1
        return None

    def _without_clause(self, a, b):
        """Cut a relative clause or a trailing participle off a source."""
        for k in range(a + 1, b - 1):
            after = self.t[k + 1]
            if self.t[k].text == "," and (
                after.tag in ("wh", "verb") or after.low in ("quoting", "citing")
            ):
                return a, k
        return a, b

    def _viewpoint(self):
        """ "In X's view, ...", "by X's account", "in the words of X"."""
        s, t = self.s, self.t
        for i in range(self.n - 2):
            if t[i].low not in ("in", "by") or t[i].tag != "prep":
                continue
            j = i + 1
            while j < min(self.n, i + 8) and t[j].low not in lx.VIEW_NOUNS:
                if t[j].tag not in ("det", "poss", "name", "noun", "adj", "gen", "num"):
                    j = self.n
                j += 1
            if j >= min(self.n, i + 8):
                continue
            owner = self._owner(j, i + 1)
            if t[i + 1].low == "the" and j == i + 2 and s.low(j + 1) == "of":
                stop = s.phrase_right(j + 2)
                if stop > j + 2:
                    self._around(i, stop, (j + 2, stop), (i, j + 2), "viewpoint")
            elif owner is not None:
                if t[j].low in lx.VIEW_NOUNS_WEAK and s.tag(j + 1) not in ("punct", "end"):
                    continue
                self._around(i, j + 1, owner, (i, j + 1), "viewpoint")

    def _for_whom(self):
        """ "For the Xs, it was ...", "to X, it is ..."."""
        s, t, n = self.s, self.t, self.n
        for i in range(n - 2):
            opens = i == 0 or t[i - 1].text == ";" or s.trim_lead(0, i) == i
            if not opens or t[i].low not in ("for", "to") or t[i + 1].tag not in NOUN_PHRASE:
                continue
            stop = s.phrase_right(i + 1)
            if not i + 1 < stop < n or not self._persons(i + 1, stop):
                continue
            comma = t[stop].text == ","
            begin = stop + comma
            if begin >= n or t[begin].tag in ("verb", "to") or (t[i].low == "to" and not comma):
                continue
            verb = next((g for g in s.groups if g.head >= begin and g.finite), None)
            if verb is not None and any(name == "be" for name, _ in verb.readings):
                content = [(begin, s.clause_end(begin))]
                self.add((i + 1, stop), (i, i + 1), content, "for", setting="all")

    def _persons(self, a, b):
        """Whether a noun phrase names people who can have a view."""
        first, head = self.t[a], self.t[b - 1]
        if first.tag == "num" or any(self.t[k].low in lx.TIME_NOUNS for k in range(a, b)):
            return False
        if first.tag == "pron":
            return first.low != "it"
        plural = head.tag == "noun" and head.low.endswith("s")
        return head.tag == "name" or (first.low in lx.GROUP_OPENERS and plural)

    def _around(self, start, stop, owner, cue, kind):
        """Content of a phrase ``[start, stop)`` at the head, in the middle or at the end of its
        sentence.
        """
        s, t, n = self.s, self.t, self.n
        begin = s.trim_lead(0, start)
        comma = stop < n and t[stop].text == ","
        if begin >= start:
            after = stop + comma
            self.add(owner, cue, [(after, s.clause_end(after))], kind)
            return
        content = [(begin, s.trim_right(begin, start))]
        if comma:
            content.append((stop + 1, s.clause_end(stop + 1)))
        elif stop < n and t[stop].text not in CLOSERS:
            content.append((stop, s.clause_end(stop)))
        self.add(owner, cue, content, kind)

    def _colon(self):
        """ "Smith: '...'", "@handle: '...'", "Poll: X leads"."""
        t = self.t
        for i in range(1, min(self.n - 1, 40)):
            if t[i].text != ":" or i in self.used or t[i - 1].text.isdigit():
                continue
            begin = self._label(i)
            if begin is None or t[i].start == t[i - 1].end == t[i + 1].start:
                continue
            if begin == i or t[i - 1].low in lx.HEADINGS:
                return
            kind = self._colon_kind(begin, i)
            if kind:
                content = [(i + 1, self.s.clause_end(i + 1))]
                handle = begin > 0 and t[begin - 1].text == "@"
                self.add((begin - handle, i), (i, i + 1), content, kind)
            return

    def _label(self, i):
        """Where the words before the colon at ``i`` begin, if they stand alone."""
        t, begin = self.t, i
        while begin > 0 and t[begin - 1].tag in _LABEL and i - begin < 16:
            begin -= 1
        if begin == i:
            return None
        before = t[begin - 1]
        if begin and before.text == "@" and (begin == 1 or t[begin - 2].tag == "punct"):
            return begin
        if begin and before.quote is None and before.text not in _LABEL_OPENS:
            return None
        return self.s.trim_lead(begin, i)

    def _colon_kind(self, begin, i):
        s, t, n = self.s, self.t, self.n
        words = t[begin:i]
        if s.has_finite(begin, i):
            return None
        handle = begin > 0 and t[begin - 1].text == "@"
        named = t[i - 1].tag == "name" and all(word.tag in _NAME for word in words)
        plain = t[i - 1].tag in ("noun", "name", "pron") and all(w.tag != "verb" for w in words)
        if t[i + 1].quote is not None and i - begin <= 9 and (handle or named or plain):
            return "colon"
        if (begin and t[begin - 1].tag != "adv") or not s.has_finite(i + 1, n):
            return None
        short = sum(word.tag != "punct" for word in words) <= 6
        headline = s.headline and t[begin].tag == "name" and n - i > 3 and short
        return "colon-bare" if headline or (named and i - begin <= 4 and n - i >= 4) else None

    def _dash_credit(self):
        """A quotation closed by a dash and a name: "..." — Jane Smith."""
        t, n = self.t, self.n
        if n < 3 or t[0].quote is None or t[0].quote.words < 4 or self.drafts:
            return
        if t[1].text in _CREDITS and t[2].tag == "name" and not self.s.has_finite(2, n):
            stop = self.s.phrase_right(2)
            if stop > 2 and n - stop <= 8:
                self.add((2, stop), (1, 2), [(0, 1)], "dash")

    def _hedges(self):
        """ "*Reportedly*, ...": somebody says so, nobody is named."""
        for i, token in enumerate(self.t):
            if token.quote is None and token.low in lx.HEDGES:
                begin = self._clause_begin(self.s.trim_lead(0, i), i)
                end = self.s.clause_end(i + 1) if i + 1 < self.n else i + 1
                self.add(None, (i, i + 1), [(begin, i), (i + 1, end)], "hedge")

"""Sources outside the clause: "according to X", "in X's view", "reportedly", "X: ..."."""

from .. import lexicon as lx
from ..tokens import NOUN_PHRASE, NOUNS
from .draft import Base

#: parts of speech of the name or the phrase before a colon
_LABEL = (*NOUN_PHRASE, "gen", "prep", "coord", "to", "verb")
#: marks that a name before a colon may follow
_LABEL_OPENS = ("-", "—", "–", "--", "•", "(", "|", ".", "")
_OPENERS = frozenset(("according", "as", "per"))
#: parts of speech that begin whoever is quoted
_SPEAKER = ("det", "name", "poss")


class Adjuncts(Base):
    """Rules for a sentence; each looks through it from the left."""

    def _according(self):
        """ "According to X, ...", "..., as reported by X", "..., per X"."""
        if _OPENERS.isdisjoint(self.words):
            return
        for i in range(self.n - 1):
            after = self._source_after(i) if self.t[i].low in _OPENERS else None
            if after is None or after >= self.n:
                continue
            if self.s.trim_lead(0, i) == i or self.s.tag(i - 1) == "sub":
                self._according_first(i, after)
            else:
                self._according_later(i, after)

    def _source_after(self, i):
        """Where the source begins if the word at ``i`` opens such a phrase."""
        s, low, following = self.s, self.t[i].low, self.t[i + 1].low
        if low == "according" and following == "to":
            return i + 2 if s.low(i + 2) not in lx.NO_VOICES else None
        if low == "as" and following in lx.AS_VERBS and s.low(i + 2) in ("by", "in"):
            return i + 3
        if low == "as" and following in lx.AS_VERBS_BARE and s.tag(i + 2) in _SPEAKER:
            return i + 2  # "as noted Smith"
        if low == "per" and s.low(i - 1) == "," and s.tag(i + 1) in _SPEAKER:
            return i + 1
        return None

    def _according_first(self, i, after):
        s = self.s
        stop = self._comma_after(after)
        begin = stop + 1 if stop is not None else s.phrase_right(after)
        stop = begin if stop is None else stop
        if begin < self.n:
            clauses = (
                k for k in range(after, stop) if s.low(k) == "," and s.tag(k + 1) in ("wh", "verb")
            )
            self.add(
                (after, next(clauses, stop)),
                (i, after),
                [(begin, s.clause_end(begin))],
                "according",
            )

    def _according_later(self, i, after):
        s, t = self.s, self.t
        stop = max(s.phrase_right(after), after + 1)
        left = i - 1 if t[i - 1].text in (",", "(", "—", "–") else i
        begin = self._clause_begin(s.trim_lead(0, left), left)
        content = [(begin, left)]
        if s.low(stop) == "," and stop + 1 < self.n and not s.has_finite(begin, left):
            # "X, according to Y, did Z": the content goes on where the part before has no verb yet
            content.append((stop + 1, s.clause_end(stop + 1)))
        self.add((after, stop), (i, after), content, "according")

    def _comma_after(self, start):
        """The comma that closes an opening phrase begun at ``start``: the first that a clause
        follows, or nothing that goes on with the name; else the last.
        """
        s, n, last = self.s, self.n, None
        for i in range(start, min(n, start + 40)):
            if self.t[i].text == ",":
                last = i
                named = self.t[i - 1].low in lx.TITLES and s.tag(i + 1) == "name"
                goes_on = named or s.apposition(i + 1, n) or s.low(i + 1) in lx.CITING
                if not goes_on or s.clause_follows(i + 1, n):
                    break
        return last

    def _viewpoint(self):
        """ "In X's view, ...", "by X's account", "in the words of X"."""
        s, t = self.s, self.t
        if lx.VIEW_NOUNS.isdisjoint(self.words):
            return
        for i in range(self.n - 2):
            j = self._view(i) if t[i].low in ("in", "by") else None
            if j is None:
                continue
            owner = self._owner(j, i + 1)
            if t[i + 1].low == "the" and j == i + 2 and s.low(j + 1) == "of":
                stop = s.phrase_right(j + 2)
                self._around(i, stop, (j + 2, stop), (i, j + 2))
            elif owner is not None:
                ended = s.tag(j + 1) in ("punct", "end")
                if ended or t[j].low not in lx.VIEW_NOUNS_WEAK:
                    self._around(i, j + 1, owner, (i, j + 1))

    def _view(self, i):
        """The word for a view that a phrase opened at ``i`` ends in, or None."""
        for j in range(i + 1, min(self.n, i + 8)):
            if self.t[j].low in lx.VIEW_NOUNS:
                return j
            if self.t[j].tag not in ("det", "poss", "name", "noun", "adj", "gen", "num"):
                return None
        return None

    def _around(self, start, stop, owner, cue):
        """Content of a phrase ``[start, stop)`` at the head, in the middle or at the end."""
        s, begin = self.s, self.s.trim_lead(0, start)
        comma = s.low(stop) == ","
        if begin >= start:
            content = [(stop + comma, s.clause_end(stop + comma))]
        else:
            content = [(begin, s.trim_right(begin, start))]
            if comma:
                content.append((stop + 1, s.clause_end(stop + 1)))
        self.add(owner, cue, content, "viewpoint")

    def _colon(self):
        """ "Smith: '...'", "@handle: '...'", "Poll: X leads"."""
        t = self.t
        if ":" not in self.words:
            return
        for i in range(1, min(self.n - 1, 40)):
            if t[i].text != ":" or t[i - 1].text.isdigit():
                continue
            begin = self._label(i)
            if begin is None or t[i].start == t[i - 1].end == t[i + 1].start:
                continue
            kind = self._colon_kind(begin, i) if t[i - 1].low not in lx.HEADINGS else None
            if kind:
                content = [(i + 1, self.s.clause_end(i + 1))]
                handle = self.s.low(begin - 1) == "@"
                self.add((begin - handle, i), (i, i + 1), content, kind)
            return

    def _label(self, i):
        """Where the words before the colon at ``i`` begin, if they stand alone."""
        s, begin = self.s, i
        while s.tag(begin - 1) in _LABEL and i - begin < 16:
            begin -= 1
        if begin == i or s.tag(begin - 1) not in ("end", "quote", "punct", "adv"):
            return None
        before = s.low(begin - 1)
        if before == "@" and s.tag(begin - 2) in ("end", "punct"):
            return begin
        return s.trim_lead(begin, i) if before in _LABEL_OPENS else None

    def _colon_kind(self, begin, i):
        s, t, n = self.s, self.t, self.n
        words = t[begin:i]
        if s.has_finite(begin, i):
            return None
        if t[i + 1].quote is not None:
            return "colon" if t[i - 1].tag in NOUNS or s.low(begin - 1) == "@" else None
        if begin or not s.has_finite(i + 1, n):
            return None
        headline = s.headline and t[begin].tag == "name"
        named = t[i - 1].tag == "name" and len(words) <= 4
        return "colon-bare" if headline or named else None

    def _hedges(self):
        """ "*Reportedly*, ...": somebody says so, nobody is named."""
        if lx.HEDGES.isdisjoint(self.words):
            return
        for i, token in enumerate(self.t):
            if token.low in lx.HEDGES:
                begin = self._clause_begin(self.s.trim_lead(0, i), i)
                content = [(begin, i), (i + 1, self.s.clause_end(i + 1))]
                self.add(None, (i, i + 1), content, "hedge")

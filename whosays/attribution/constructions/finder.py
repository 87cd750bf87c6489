"""Runs every construction over one sentence."""

from .. import lexicon as lx
from .adjuncts import Adjuncts
from .after import After
from .beside import Beside
from .edges import Edges
from .verbs import Verbs
from .voiceless import Voiceless

#: kinds whose cue stands beside or behind the content and so frames it
_FRAMES = frozenset(("postposed", "postposed-clause", "postposed-any", "inverted", "according"))
#: kinds whose cue and content stand behind the speaker, in a clause of their own
_OWN_CLAUSE = frozenset(
    "that bare quote hearer wh bare-strict hearer-to object prep infinitive gerund "
    "hearer-about".split()
)


class Finder(Adjuncts, Verbs, Beside, After, Voiceless, Edges):
    """All constructions over one :class:`~whosays.attribution.phrases.ParsedSentence`."""

    SENTENCE = ("according", "viewpoint", "colon", "hedges", "verbs", "cited", "separate")

    def run(self) -> list:
        """Run the rules; returns the drafts."""
        for rule in self._rules(self.SENTENCE, self.without):
            rule(self)
        return self.drafts

    def _verbs(self):
        opening = self._opening_end()
        for number, group in enumerate(self.s.groups):
            self.cap = opening if opening is not None and group.head < opening else None
            self.verb(number)
        self.cap = None

    def _cited(self):
        """ "X reported, *citing* Y, that ...": Y tells X the same content."""
        for draft in list(self.drafts):
            if self.t[draft.cue[1] - 1].low not in ("citing", "quoting"):
                continue
            told = (x for x in self.drafts if x.clausal and x.source == draft.source)
            outer = next(told, None)
            if outer is not None:
                self.drafts.remove(draft)
                more = {"lemma": draft.lemma, "inside": outer}
                self.add(draft.content[0], draft.cue, list(outer.content), "cited", **more)

    def _separate(self):
        """End a content where another speaker's own clause begins or the reporter's goes on."""
        for frame in self.drafts:
            if frame.kind in _FRAMES:
                self._outside_frame(frame)
        for draft in self.drafts:
            if draft.source is not None:
                self._before_own_clause(draft)
                self._inside_relative(draft)

    def _outside_frame(self, frame):
        """ "If it fails to report, the company said ...": a report inside ends with the frame."""
        for a, b in frame.content:
            for other in self.drafts:
                if a <= other.cue[0] < b:
                    other.content = [(c, min(d, b)) if c < b else (c, d) for c, d in other.content]

    def _inside_relative(self, draft):
        """ "X, *who asked if it was late*, left": it ends at the comma before the main verb. A
        content that is no clause ends at that verb: "a man *who asked not to be named* said".
        """
        a = draft.source[0]
        if self.t[a].low not in ("who", "which"):
            return
        (start, stop), comma = draft.content[-1], self.s.low(a - 1) == ","
        for k in range(start + 1, stop):
            ended = comma and self.t[k].text == ","
            if ended or (not draft.clausal and self.s.is_finite(k)):
                draft.content[-1] = (start, k)
                return
            if not draft.clausal and self.t[k].tag in ("sub", "wh", "pron", "quote"):
                return  # a clause of its own may begin here

    def _before_own_clause(self, inner):
        """ "X said it was late, Y said ...": the first content ends at the comma before Y."""
        comma = inner.source[0] - 1
        if inner.kind not in _OWN_CLAUSE or inner.source[1] > inner.cue[0]:
            return
        if comma < 0 or self.t[comma].text != ",":
            return
        for outer in self.drafts:
            if outer is not inner and outer.cue[0] <= comma:
                for i, (a, b) in enumerate(outer.content):
                    whole = not outer.clausal or self.s.has_finite(a, comma)
                    if a < comma < b and whole:
                        outer.content[i] = (a, self.s.trim_right(a, comma))

    def _opening_end(self):
        """The comma that ends an opening clause ("Noting that ..., she left"), or None."""
        s, n = self.s, self.n
        begin = s.trim_lead(0, n)
        participle = s.tag(begin) == "verb" and s.groups[0].form == "ing"
        gerund = s.low(begin) in lx.GERUND_OPENERS and s.tag(begin + 1) == "verb"
        if not participle and not gerund and s.low(begin) not in lx.CLAUSE_OPENERS:
            return None
        for k in range(begin + 2, n):
            told = gerund or participle or s.has_finite(begin, k)
            if s.low(k) == "," and told and s.clause_follows(k + 1, n):
                return k
        return None

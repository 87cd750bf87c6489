"""Content that follows the cue: a quotation, a clause, an infinitive, a noun phrase."""

from .. import lexicon as lx
from ..tokens import CLOSERS, INFINITIVE, NOUN_PHRASE
from .draft import Base

#: a verb after these times and hearers may still have a clause without *that*
_LOOSE_SIGNS = ("$", "#", "@", "[")
#: parts of speech of a hearer
_HEARER = (*NOUN_PHRASE[:-1], "gen", "coord")
#: frames of a clause without *that*
_BARE = {"b", "c"}


class After(Base):
    """Rules for what stands behind a verb; each says whether a :class:`Cue` was its case."""

    #: in this order: content before the verb, then behind it, first the surest
    CONTENTS = ("comment", "after_quotation", "after_clause", "behind")
    BEHIND = ("quotation", "that_clause", "question", "amount", "adjunct", "hearer", "plain")
    PLAIN = ("infinitive", "clause", "relative", "preposition", "gerund", "object")

    def _behind(self, cue):
        at = cue.at
        if at >= self.n:
            return True
        if self.t[at].low == "by" and self.s.tag(at + 1) == "verb":
            return True  # "concludes by noting": the cue runs on to the participle
        return self.first(self.BEHIND, cue)

    def _plain(self, cue):
        token = self.t[cue.at]
        if token.tag == "punct" and (token.text in CLOSERS or token.text == ","):
            return True
        return self.first(self.PLAIN, cue)

    def _quotation(self, cue):
        """X said: "..." """
        k = self._quote_after(cue.at) if "q" in cue.frame.all else None
        if k is None:
            return False
        if cue.subject is None and cue.group.start == 0 and cue.at < k:
            # "Stated Smith: ..."
            beside = self.s.phrase_right(cue.at)
            if beside > cue.at and self.s.low(beside) in (":", ","):
                cue.subject = (cue.at, beside)
        return self.report(cue, [(k, max(self.s.clause_end(k), k + 1))], "quote")

    def _that_clause(self, cue):
        """X said that ..."""
        k = self._that_after(cue.at, cue.lemma) if "t" in cue.frame.all else None
        return k is not None and self._clause_from(cue, k, "that", {"t"})

    def _question(self, cue):
        """X asked whether ..., X explained how ..."""
        opens = self.t[cue.at].low in lx.WH_CLAUSE and {"w", "t"} & cue.frame.all
        return bool(opens) and self._clause_from(cue, cue.at, "wh", {"w"})

    def _amount(self, cue):
        """X said *at least 40 people* were missing."""
        number = self._past_amount(cue.stop) if _BARE & cue.frame.all else None
        if number is None or not self._clause_like(number, True):
            return False
        return self._clause_from(cue, cue.stop, "bare-strict", _BARE)

    def _adjunct(self, cue):
        """X said *on Monday* the school would stay open."""
        k = self._past_adjunct(cue.stop) if _BARE & cue.frame.all else None
        if k is None or cue.subject is None:
            return False
        return self._clause_from(cue, k, "bare-strict", _BARE)

    def _clause_from(self, cue, k, kind, frames):
        """Keep a clause; a statement only if the verb has one of the frames in that setting."""
        setting = "statements" if frames & cue.frame.statements else "all"
        return self.report(cue, [(k, self.s.clause_end(k))], kind, setting=setting)

    def _infinitive(self, cue):
        """X promised *to come*."""
        at, tag = cue.at, self.s.tag
        opens = tag(at) == "to" and tag(at + 1) in (*INFINITIVE, "quote")
        if "i" not in cue.frame.all or not (opens or (tag(at) == "neg" and tag(at + 1) == "to")):
            return False
        return self.report_object(cue, at, self._object_end(at), "infinitive")

    def _clause(self, cue):
        """X said *it was late*."""
        at, frame, group = cue.at, cue.frame, cue.group
        told = group.form == "ing" and not group.aux and self.s.tag(group.start - 1) == "noun"
        if told and cue.lemma != "say":
            return False
        loose = "b" in frame.all
        if not (loose or "c" in frame.all) or not self._clause_like(at, strict=not loose):
            return False
        kind = "bare" if loose else "bare-strict"
        return self._clause_from(cue, at, kind, _BARE)

    def _relative(self, cue):
        """The plan, *which* X said *would fail*, ..."""
        opener = cue.subject[0] - 1 if cue.subject is not None else 0
        opens = self.s.low(opener) in lx.RELATIVES_WITH_THAT and self.s.tag(opener - 1) != "verb"
        if not opens or not _BARE & cue.frame.all or not self.s.is_finite(cue.at):
            return False
        end = self.s.clause_end(cue.at)
        goes_on = (
            k for k in range(cue.at, end) if self.s.low(k) == "," and self.s.is_finite(k + 1)
        )
        content = [(opener, opener + 1), (cue.at, next(goes_on, end))]
        setting = "statements" if _BARE & cue.frame.statements else "all"
        return self.report(cue, content, "relative", setting=setting)

    def _preposition(self, cue):
        """X called *for* an inquiry."""
        at = cue.at
        if self.t[at].low not in cue.frame.preps or at + 1 >= self.n:
            return False
        if self.t[at + 1].tag == "punct" or self.t[at + 1].low in lx.TIME_WORDS:
            return True
        end = self._object_end(at + 1)
        return self.report_object(cue, at + 1, end, "prep", span=(cue.start, at + 1))

    def _gerund(self, cue):
        """X denied *being there*."""
        at = cue.at
        if "g" not in cue.frame.all or not self.t[at].low.endswith("ing"):
            return False
        return self.s.tag(at) in ("verb", "have", "be") and self.report_object(
            cue, at, self._object_end(at), "gerund"
        )

    def _object(self, cue):
        """X condemned *the invasion*; X cast the vote *as* a protest."""
        frame, at, token = cue.frame, cue.at, self.t[cue.at]
        if not {"o", "a"} & frame.all or (cue.subject is None and cue.group.form != "ing"):
            return False
        opens = token.tag in (*NOUN_PHRASE, "quote") or token.text in _LOOSE_SIGNS
        asked = token.tag == "wh" and token.low in lx.OBJECT_QUESTIONS
        if not opens and not asked and not (token.low == "that" and cue.denied):
            return False
        end = self._object_end(at)
        if "o" not in frame.all and not any(
            self.t[k].quote is not None or self.t[k].low == "as" for k in range(at + 1, end)
        ):
            return False
        return self.report_object(cue, at, end, "object")

    def _hearer(self, cue):
        """X told Y that ... / to ... / about ...; X asked Y whether ..."""
        at, token = cue.at, self.t[cue.at]
        if "r" not in cue.frame.all or token.tag == "punct":
            return False
        stop = self._hearer_end(at) if token.tag in NOUN_PHRASE else at
        plainly = cue.lemma in lx.HEARER_CLAUSE and stop > at
        if self._told(cue, stop) or (plainly and self._told_plainly(cue, stop)):
            return True
        if cue.lemma == "ask" and token.low in lx.ASKING:
            return False
        return cue.lemma in lx.HEARER_VERBS and cue.lemma not in lx.HEARER_OPTIONAL

    def _told(self, cue, stop):
        """Content behind a hearer, with a word that opens it."""
        s = self.s
        for k in range(stop, min(self.n, stop + 10)):
            token = self.t[k]
            if token.quote is not None or (token.text in ".;" and not self._dot_inside(k)):
                return False
            if token.low in lx.WH_CLAUSE and token.tag in ("wh", "sub"):
                return self._clause_from(cue, k, "hearer", {"r"})
            if token.tag == "to" and s.tag(k + 1) in INFINITIVE:
                return self.report_object(cue, k, self._object_end(k), "hearer-to")
            if token.low.endswith("ing") and token.tag == "verb" and s.low(k + 1) == "about":
                return self._clause_from(cue, k, "hearer", {"r"})  # "mailed me *talking about* ..."
            if cue.at < k == stop and token.low in lx.HEARER_PREPOSITIONS:
                start = k if token.low == "not" else k + 1
                return self.report_object(cue, start, self._object_end(k + 1), "hearer-about")
            if token.text == ",":
                return False
        return False

    def _told_plainly(self, cue, stop):
        """Content behind a hearer, without such a word: X told Y it was late."""
        k = self._past_adjunct(stop) or stop
        clause = self._clause_like(k, True) or self._past_amount(k) is not None
        return clause and self._clause_from(cue, k, "hearer", {"r"})

    def _hearer_end(self, j):
        """End of the short noun phrase that names the hearer."""
        if self.t[j].tag == "pron":
            return j + 1
        for k in range(j, min(self.n, j + 12)):
            token, before = self.t[k], self.t[k - 1]
            if token.tag not in _HEARER or token.low in lx.TIME_WORDS:
                return k
            another = token.tag in ("det", "poss") and before.tag in ("noun", "name")
            # "tells BBC talks have failed"
            clause = token.tag == "noun" and before.tag == "name" and self.s.is_finite(k + 1)
            if another or clause:
                return k
        return min(self.n, j + 12)

"""Content that follows the cue: a quotation, a clause, a hearer and a clause, an infinitive, a noun
phrase.
"""

from .. import lexicon as lx
from ..tokens import CLOSERS, INFINITIVE, NOUN_PHRASE
from .draft import Base

#: a verb after these times and hearers may still have a clause without *that*
_LOOSE_SIGNS = ("$", "#", "@", "[")


class After(Base):
    """Rules for what stands behind a verb; each takes a :class:`Cue` and says whether it was its
    case.
    """

    #: in this order: content before the verb, then behind it, first the surest
    CONTENTS = ("relative_object", "after_quotation", "after_clause", "behind")
    BEHIND = ("quotation", "that_clause", "question", "amount", "adjunct", "hearer", "plain")
    PLAIN = ("infinitive", "clause", "preposition", "gerund", "object")

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
        if "q" not in cue.frame.all:
            return False
        k = self._quote_after(cue.at)
        if k is None:
            return False
        if cue.subject is None and cue.group.start == 0 and cue.group.form == "past" and cue.at < k:
            # "Stated Smith: ..."
            beside = self.s.phrase_right(cue.at)
            if beside > cue.at and self.s.low(beside) in (":", ","):
                cue.subject = (cue.at, beside)
        return self.report(cue, [(k, max(self.s.clause_end(k), k + 1))], "quote")

    def _that_clause(self, cue):
        """X said that ..."""
        if "t" not in cue.frame.all:
            return False
        k = self._that_after(cue.at, cue.lemma)
        return k is not None and self._clause_from(cue, k, "that", "t" in cue.frame.statements)

    def _question(self, cue):
        """X asked whether ..., X explained how ..."""
        token = self.t[cue.at]
        if token.low not in lx.WH_CLAUSE or token.tag not in ("wh", "sub"):
            return False
        return bool({"w", "t"} & cue.frame.all) and self._clause_from(
            cue, cue.at, "wh", "w" in cue.frame.statements
        )

    def _amount(self, cue):
        """X said *at least 40 people* were missing."""
        number = self._past_amount(cue.stop)
        if number is None or not {"b", "c"} & cue.frame.all or not self._clause_like(number, True):
            return False
        statement = bool({"b", "c"} & cue.frame.statements)
        return self._clause_from(cue, cue.stop, "bare-strict", statement)

    def _adjunct(self, cue):
        """X said *on Monday* the school would stay open."""
        k = self._past_adjunct(cue.stop) if {"b", "c"} & cue.frame.all else None
        if k is None or cue.subject is None:
            return False
        return self._clause_from(cue, k, "bare-strict", bool({"b", "c"} & cue.frame.statements))

    def _clause_from(self, cue, k, kind, statement):
        setting = "statements" if statement else "all"
        return self.report(cue, [(k, self.s.clause_end(k))], kind, setting=setting)

    def _infinitive(self, cue):
        """X promised *to come*."""
        at, tag = cue.at, self.s.tag
        if "i" not in cue.frame.all or not (
            (tag(at) == "neg" and tag(at + 1) == "to")
            or (tag(at) == "to" and tag(at + 1) in (*INFINITIVE, "quote"))
        ):
            return False
        return self.report_object(cue, at, self._object_end(at), "infinitive")

    def _clause(self, cue):
        """X said *it was late*."""
        group, at, frame = cue.group, cue.at, cue.frame
        if group.form == "ing" and not group.aux and cue.lemma != "say":
            if self.s.tag(group.start - 1) == "noun":
                return False
        sure = "b" in frame.all and self._clause_like(at, strict=False)
        if not sure and not ("c" in frame.all and self._clause_like(at, strict=True)):
            return False
        if at + 1 >= self.n and self.t[at].quote is None:
            return True
        kind = "bare" if "b" in frame.all else "bare-strict"
        return self._clause_from(
            cue, self._skip_time(at), kind, bool({"b", "c"} & frame.statements)
        )

    def _preposition(self, cue):
        """X called *for* an inquiry."""
        at, token = cue.at, self.t[cue.at]
        if (
            token.low not in cue.frame.preps
            or token.tag not in ("prep", "to", "adv", "sub")
            or at + 1 >= self.n
        ):
            return False
        if self.t[at + 1].tag == "punct" or self.t[at + 1].low in lx.TIME_WORDS:
            return True
        end = self._object_end(at + 1)
        return self.report_object(cue, at + 1, end, "prep", span=(cue.start, at + 1))

    def _gerund(self, cue):
        """X denied *being there*."""
        token = self.t[cue.at]
        if "g" not in cue.frame.all or token.tag not in ("verb", "have", "be"):
            return False
        return token.low.endswith("ing") and self.report_object(
            cue, cue.at, self._object_end(cue.at), "gerund"
        )

    def _object(self, cue):
        """X condemned *the invasion*; X cast the vote *as* a protest."""
        frame, at, token = cue.frame, cue.at, self.t[cue.at]
        if not {"o", "a"} & frame.all or (cue.subject is None and cue.group.form != "ing"):
            return False
        pointed = token.low == "that" and cue.denied
        if token.tag not in (*NOUN_PHRASE, "wh", "quote") and token.text not in _LOOSE_SIGNS:
            if not pointed:
                return False
        if token.tag == "wh" and token.low not in lx.OBJECT_QUESTIONS:
            return False
        end = self._object_end(at)
        if "o" not in frame.all and not any(
            self.t[k].quote is not None or self.t[k].low == "as" for k in range(at + 1, end)
        ):
            return False
        return self.report_object(cue, at, end, "object")

    def _hearer(self, cue):
        """X told Y that ... / to ... / about ...; X asked Y whether ..."""
        if cue.lemma not in lx.HEARER_VERBS and "r" not in cue.frame.all:
            return False
        at = cue.at
        if self.t[at].tag == "punct":
            return False
        stop = self._hearer_end(at) if self.t[at].tag in NOUN_PHRASE else at
        if self._told(cue, stop):
            return True
        if cue.lemma in lx.HEARER_CLAUSE and stop > at and self._told_plainly(cue, stop):
            return True
        if cue.lemma == "ask" and self.t[at].low in lx.ASKING:
            return False
        return cue.lemma in lx.HEARER_VERBS and cue.lemma not in lx.HEARER_OPTIONAL

    def _told(self, cue, stop):
        """Content behind a hearer, with a word that opens it."""
        s, t, frame = self.s, self.t, cue.frame
        if "r" not in frame.all:
            return False
        for k in range(stop, min(self.n, stop + 10)):
            token = t[k]
            if token.quote is not None or (token.text in ".;" and not self._dot_inside(k)):
                return False
            if token.low in lx.WH_CLAUSE and token.tag in ("wh", "sub"):
                return self._clause_from(cue, k, "hearer", "r" in frame.statements)
            if token.tag == "to" and s.tag(k + 1) in INFINITIVE:
                return self.report_object(cue, k, self._object_end(k), "hearer-to")
            if cue.at < k == stop and token.low in lx.HEARER_PREPOSITIONS and k + 1 < self.n:
                start = k if token.low == "not" else k + 1
                return self.report_object(cue, start, self._object_end(k + 1), "hearer-about")
            if token.text == ",":
                return False
        return False

    def _told_plainly(self, cue, stop):
        """Content behind a hearer, without such a word: X told Y it was late."""
        t, n, k = self.t, self.n, stop
        while k < n and (t[k].low in lx.TIME_WORDS or t[k].tag == "adv"):
            k += 1
        k = self._past_adjunct(k) or k
        if k < n and (self._clause_like(k, True) or self._past_amount(k) is not None):
            return self._clause_from(cue, k, "hearer", True)
        if cue.lemma == "tell" and k < n and t[k].tag in ("det", "poss", "noun"):
            return self.report_object(cue, k, self._object_end(k), "object")
        return False

    def _hearer_end(self, j):
        """End of the short noun phrase that names the hearer."""
        t, s = self.t, self.s
        if t[j].tag == "pron":
            return j + 1
        k = j
        while k < min(self.n, j + 12) and t[k].quote is None and t[k].low not in lx.TIME_WORDS:
            tag, before = t[k].tag, t[k - 1]
            if tag not in (*NOUN_PHRASE[:-1], "gen", "coord"):
                break
            if k > j and tag in ("det", "poss") and before.tag in ("noun", "name"):
                break
            if k > j and tag == "name" and before.tag == "noun" and before.low not in lx.TITLES:
                break
            if k > j and tag == "noun" and before.tag == "name" and s.is_finite(k + 1):
                break  # "tells BBC talks have failed"
            k += 1
        return k

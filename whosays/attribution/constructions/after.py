"""Content that follows the cue: a quotation, a clause, a hearer and a clause, an infinitive, a noun phrase."""

from .. import lexicon as lx
from ..tokens import CLOSERS
from .draft import Base


class After(Base):
    """See the module."""

    def _contents(self, group, subject, cue, lemma, frame, more):
        s, t, n = self.s, self.t, self.n
        stop = cue[1]
        statements = frame.statements
        j = stop
        while j < n and (
            t[j].tag == "adv" or (t[j].low in ("early", "late") and s.low(j + 1) in lx.TIME_WORDS)
        ):
            j += 1
        # "whom he described", "what she said was": the relative word is the content
        if (
            subject is not None
            and group.form != "ing"
            and self._relative_object(group, subject, cue, frame, j, more)
        ):
            return
        # the clause or quotation stands before: "...", X said
        if (
            subject is not None
            and group.form != "ing"
            and not group.infinitive
            and ("n" in statements or "q" in frame.all)
        ):
            if self._postposed(group, subject, cue, lemma, frame, j, more):
                return
        if j >= n:
            return
        nxt = t[j]
        if nxt.low == "by" and s.tag(j + 1) == "verb" and t[j + 1].low.endswith("ing"):
            return  # "concludes by noting": the cue runs on to the participle
        # X said: "..."
        if "q" in frame.all:
            k = self._quote_after(j, lemma)
            if k is not None:
                end = s.clause_end(k)
                last = cue[1]
                if subject is None and group.start == 0 and group.form == "past" and j < k:
                    # "Stated Smith: ..."
                    beside = s.phrase_right(j)
                    subject = (j, beside) if beside > j and s.low(beside) in (":", ",") else None
                self.add(subject, (cue[0], last), [(k, max(end, k + 1))], "quote", **more)
                return
        # X said that ...
        if "t" in frame.all:
            k = self._that_after(j, lemma, frame)
            if k is not None:
                setting = "statements" if "t" in statements else "all"
                self.add(
                    subject, cue, [(k, s.clause_end(k))], "that", **{**more, "setting": setting}
                )
                return
        if (
            ("w" in frame.all or "t" in frame.all)
            and nxt.low in lx.WH_CLAUSE
            and nxt.tag in ("wh", "sub")
        ):
            self.add(
                subject,
                cue,
                [(j, s.clause_end(j))],
                "wh",
                **{**more, "setting": "statements" if "w" in statements else "all"},
            )
            return
        if lemma in lx.HEARER_VERBS or "r" in frame.all:
            if self._hearer(subject, cue, lemma, frame, j, more):
                return
        if nxt.tag == "punct" and (nxt.text in CLOSERS or nxt.text == ","):
            return
        if "i" in frame.all and (
            (nxt.tag == "neg" and s.tag(j + 1) == "to")
            or (
                nxt.tag == "to"
                and s.tag(j + 1) in ("verb", "be", "have", "do", "adv", "neg", "quote")
            )
        ):
            self._add_object(subject, cue, j, self._object_end(j), "infinitive", more)
            return
        if (
            group.form == "ing"
            and not group.aux
            and s.tag(group.start - 1) == "noun"
            and lemma != "say"
        ):
            pass
        elif ("b" in frame.all and self._clause_like(j, strict=False)) or (
            "c" in frame.all and self._clause_like(j, strict=True)
        ):
            kind = "bare" if "b" in frame.all else "bare-strict"
            setting = "statements" if {"b", "c"} & statements else "all"
            if j + 1 < n or nxt.quote is not None:
                self.add(
                    subject,
                    cue,
                    [(self._skip_time(j), s.clause_end(j))],
                    kind,
                    **{**more, "setting": setting},
                )
            return
        if nxt.low in frame.preps and nxt.tag in ("prep", "to", "adv", "sub") and j + 1 < n:
            if t[j + 1].tag == "punct" or t[j + 1].low in lx.TIME_WORDS:
                return
            self._add_object(subject, (cue[0], j + 1), j + 1, self._object_end(j + 1), "prep", more)
            return
        if "g" in frame.all and nxt.tag == "verb" and nxt.low.endswith("ing"):
            self._add_object(subject, cue, j, self._object_end(j), "gerund", more)
            return
        if {"o", "a"} & frame.all and (
            nxt.tag in ("det", "poss", "name", "noun", "adj", "num", "pron", "wh", "quote")
            or nxt.text in ("$", "#", "@", "[")
        ):
            if nxt.tag == "wh" and nxt.low not in lx.OBJECT_QUESTIONS:
                return
            if subject is None and group.form != "ing":
                return
            end = self._object_end(j)
            if "o" not in frame.all and not any(
                (t[k].quote is not None and k > j) or (t[k].low == "as" and k > j)
                for k in range(j, end)
            ):
                return
            self._add_object(subject, cue, j, end, "object", more)

    def _add_object(self, subject, cue, start, end, kind, more):
        """A content that is no clause: read in the setting *all* only."""
        self.add(subject, cue, [(start, end)], kind, **{**more, "setting": "all", "clausal": False})

    def _hearer(self, subject, cue, lemma, frame, j, more):
        """X told Y that ... / to ... / about ...; X asked Y whether ..."""
        s, t, n = self.s, self.t, self.n
        if t[j].tag == "punct":
            return False
        stop = j
        if t[j].tag in ("pron", "det", "poss", "name", "noun", "adj", "num"):
            stop = self._hearer_end(j)
        for k in range(stop, min(n, stop + 10)):
            token = t[k]
            if token.quote is not None or (token.text in (".", ";") and not self._dot_inside(k)):
                break
            if token.low in lx.WH_CLAUSE and token.tag in ("wh", "sub") and "r" in frame.all:
                self.add(
                    subject,
                    cue,
                    [(k, s.clause_end(k))],
                    "hearer",
                    **{**more, "setting": "statements" if "r" in frame.statements else "all"},
                )
                return True
            if (
                token.tag == "to"
                and "r" in frame.all
                and s.tag(k + 1) in ("verb", "be", "have", "do", "adv", "neg")
            ):
                self._add_object(subject, cue, k, self._object_end(k), "hearer-to", more)
                return True
            if (
                k == stop
                and token.low in lx.HEARER_PREPOSITIONS
                and "r" in frame.all
                and k + 1 < n
                and k > j
            ):
                start = k if token.low == "not" else k + 1
                self._add_object(subject, cue, start, self._object_end(k + 1), "hearer-about", more)
                return True
            if token.text == ",":
                break
        if lemma in lx.HEARER_CLAUSE and stop > j:
            k = stop
            while k < n and (t[k].low in lx.TIME_WORDS or t[k].tag == "adv"):
                k += 1
            if k < n and self._clause_like(k, strict=True):
                self.add(subject, cue, [(k, s.clause_end(k))], "hearer", **more)
                return True
            if lemma == "tell" and k < n and t[k].tag in ("det", "poss", "noun"):
                self._add_object(subject, cue, k, self._object_end(k), "object", more)
                return True
        if lemma in ("ask",) and t[j].low in lx.ASKING:
            return False
        return lemma in lx.HEARER_VERBS - lx.HEARER_OPTIONAL

    def _hearer_end(self, j):
        """End of the short noun phrase that names the hearer."""
        t, n = self.t, self.n
        if t[j].tag == "pron":
            return j + 1
        k = j
        while (
            k < min(n, j + 12)
            and t[k].quote is None
            and t[k].tag in ("det", "poss", "name", "noun", "adj", "num", "gen", "coord")
            and t[k].low not in lx.TIME_WORDS
        ):
            if k > j and t[k].tag in ("det", "poss") and t[k - 1].tag in ("noun", "name"):
                break
            if (
                k > j
                and t[k].tag in ("name",)
                and t[k - 1].tag == "noun"
                and t[k - 1].text != "."
                and t[k - 1].low not in lx.TITLES
            ):
                break
            k += 1
        return k

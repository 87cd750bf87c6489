"""Content that stands before the cue: "...", said X; It was late, X said; what X said."""

from .. import lexicon as lx
from .draft import Base


class Beside(Base):
    """See the module."""

    def _inverted(self, number, lemma, frame, cue):
        """ "...", *said* X."""
        s, t, n = self.s, self.t, self.n
        group = s.groups[number]
        if (
            "q" not in frame.statements
            or group.form not in ("past", "s")
            or group.infinitive
            or cue[0] == 0
        ):
            return False
        before = t[group.start - 1]
        comma = before.text in (",", "?", "!", "—", "–", "--")
        if not (before.tag == "quote" or comma):
            return False
        if (
            cue[1] >= n
            or t[cue[1]].tag not in ("name", "det", "poss", "noun", "adj", "num", "pron")
            or t[cue[1]].low in lx.OBJECT_PRONOUNS - {"it"}
        ):
            return False
        quote = self._quote_before(group.start)
        if quote is None and (group.aux or lemma not in lx.INVERTING or before.text != ","):
            return False
        if quote is None:
            if t[cue[1]].low in lx.TIME_WORDS or t[cue[1]].tag == "pron":
                return False
            if self._opening_phrase(group.start - 1):
                return self._interrupting(cue, lemma)
            beside = s.subject_of(number)
            if (
                beside is not None
                and any(t[k].text == "," for k in range(beside[0], group.start))
                and not self._main_clause(beside[0], group.start)
            ):
                return False
        stop = s.phrase_right(cue[1])
        if stop <= cue[1]:
            return False
        if quote is None and stop < n and t[stop].text not in (".", ",", "?", "!", ";"):
            return False
        content = self._before(quote, group.start - 1)
        if not content:
            return False
        content += self._resumed(stop)
        self.add((cue[1], stop), cue, content, "inverted", lemma=lemma)
        group.known, group.subject = True, (cue[1], stop)
        return True

    def _interrupting(self, cue, lemma):
        """ "The recipients, *said* Smith, are required to ...": inside a clause."""
        s, t, n = self.s, self.t, self.n
        begin = s.trim_lead(0, cue[0])
        stop = s.phrase_right(cue[1])
        if (
            stop + 1 >= n
            or t[stop].text != ","
            or not s.is_finite(stop + 1)
            or t[begin].tag in ("prep", "adv", "sub")
            or lemma != "say"
        ):
            return False
        left = s.trim_right(begin, cue[0])
        return (
            self.add(
                (cue[1], stop),
                cue,
                [(begin, left), (stop + 1, s.clause_end(stop + 1))],
                "inverted",
                lemma=lemma,
            )
            is not None
        )

    def _postposed(self, group, subject, cue, lemma, frame, j, more):
        s, t, n = self.s, self.t, self.n
        left = subject[0] - 1
        if left < 0 or subject[1] > cue[0]:
            return False
        mark = t[left]
        if not (mark.tag == "quote" or mark.text in (",", "?", "!", "—", "–", "--", ")")):
            return False
        quote = self._quote_before(subject[0])
        nxt = t[j] if j < n else None
        done = nxt is None or nxt.text in (".", ",", ";", "?", "!", ":", ")", "—", "–", "--")
        if quote is not None and ("q" in frame.all or frame.statements):
            if nxt is not None and (nxt.low == "that" and nxt.tag == "sub"):
                return False
            if (
                t[quote].quote.words < 3
                and not t[quote].quote.terminal
                and t[quote].quote.last != ","
                and s.low(quote + 1) != ","
            ):
                return False
            if (
                not done
                and not self._adjunct_only(j)
                and lemma not in lx.HEARER_VERBS
                and nxt.low not in lx.ADJUNCT_PREPS
                and nxt.low not in lx.TIME_WORDS
                and nxt.quote is None
            ):
                # "...", X said he ...: an introductory quotation
                if self._clause_like(j, strict=True):
                    return False
            if t[quote].quote.words <= 4 and quote > 0 and not done and not self._adjunct_only(j):
                return False
            content = self._before(quote, left)
            self.add(subject, cue, content + self._resumed(j), "postposed", **more)
            return True
        if quote is not None or mark.text not in (",", "?", "!", "—", "–", "--"):
            return False
        if nxt is not None and (
            (nxt.tag == "to" and "i" in frame.all)
            or (nxt.low in frame.preps and not done and nxt.low not in ("in", "on", "to", "at"))
        ):
            return False
        following = self._quote_after(j, lemma)
        if following is not None and (
            (t[following].quote is not None and self._capital(t[following]))
            or t[s.trim_lead(0, left)].tag in ("sub", "prep", "verb", "adv", "wh")
            or t[s.trim_lead(0, left)].low in ("when", "as", "asked", "if")
            or not s.has_finite(0, left)
        ):
            return False
        if "n" not in frame.statements or (frame.weak and lemma not in ("show", "find")):
            return False
        begin = s.trim_lead(0, left)
        said = s.has_finite(begin, left) or any(
            t[k].quote is not None and t[k].quote.words >= 3 for k in range(begin, left)
        )
        comma = j
        while comma < n and t[comma].text != "," and done is False and comma - j < 12:
            comma += 1
        if not said and not self._interrupts(comma):
            return False
        if t[begin].tag in ("sub", "prep") and t[begin].low not in lx.FRONTED and not done:
            return False
        if not (done or self._adjunct_only(j)):
            return False
        if (
            t[begin].low in lx.OPENING_SUBORDINATORS
            and t[begin].tag in ("sub", "prep", "wh")
            and not self._main_clause_between(begin, left)
        ):
            if (
                nxt is not None
                and nxt.text == ","
                and s._clause_follows(j + 1, n)
                and t[begin].low in lx.CONTRASTING
            ):
                self.add(
                    subject,
                    cue,
                    [(begin, s.trim_right(begin, left)), (j + 1, s.clause_end(j + 1))],
                    "postposed-clause",
                    **more,
                )
                return True
            return False
        if s.tag(left - 1) in ("wh", "sub", "coord") and comma + 1 < n:
            # "when, she recalled, the ship came in late": all of it stands behind
            self.add(
                subject, cue, [(comma + 1, s.clause_end(comma + 1))], "postposed-clause", **more
            )
            return True
        content = self._before(None, left)
        if self._interrupts(comma) and not self._complete(begin, left):
            content.append((comma + 1, s.clause_end(comma + 1)))
        self.add(subject, cue, content, "postposed-clause", **more)
        return True

    def _relative_object(self, group, subject, cue, frame, j, more):
        s, t, n = self.s, self.t, self.n
        k = subject[0] - 1
        if (
            k < 0
            or subject[1] > cue[0]
            or t[k].low not in ("who", "whom", "which", "what", "that")
            or (t[k].low == "that" and s.tag(k - 1) not in ("noun", "name", "pron"))
        ):
            return False
        if t[k].low == "that" and s.tag(k - 1) in ("noun",) and t[k - 1].low in lx.CLAUSE_NOUNS:
            return False
        open_ended = (
            j >= n
            or t[j].tag
            in ("be", "modal", "have", "verb", "do", "punct", "coord", "prep", "to", "adv")
            or s.is_finite(j)
        )
        if not open_ended or s.tag(j) == "quote" or s.tag(k - 1) == "prep":
            return False
        if t[k].low == "that" and s.tag(j) not in ("be", "modal", "have", "verb"):
            return False
        content = [(k, k + 1)]
        if j < n and (t[j].tag in ("be", "modal", "have", "verb", "do")) and frame.statements:
            content.append((j, s.clause_end(j)))
        elif j < n and t[j].low in ("as", "to"):
            content.append((j, self._object_end(j)))
        if not (frame.statements or {"o", "a"} & frame.all) or (
            frame.weak and not frame.statements
        ):
            return False
        self.add(subject, cue, content, "relative", **{**more, "setting": "all"})
        return True

"""The ways English hangs a claim on its source: one function a construction, over one sentence.

Each construction adds :class:`Draft` relations, whose parts are pairs of token positions.
The names of the kinds are the keys of :data:`whosays.attribution.confidence.BASE`.
"""

from . import lexicon as lx

_CLOSERS = {".", "?", "!", ";", ")", "]", "...", "…", "—", "–", "--", ":"}
_WH_CLAUSE = {"whether", "if", "how", "why", "what", "where", "when", "who", "which"}
_ADJUNCT_PREPS = {
    "in",
    "on",
    "at",
    "to",
    "during",
    "after",
    "of",
    "with",
    "by",
    "from",
    "before",
    "via",
    "as",
    "for",
    "about",
    "through",
    "since",
    "over",
    "into",
    "against",
}
_HEARER_VERBS = {
    "tell",
    "inform",
    "notify",
    "remind",
    "assure",
    "reassure",
    "warn",
    "advise",
    "ask",
    "convince",
    "persuade",
    "brief",
}


class Draft:
    """A relation found in one sentence, as token ranges, before it is given its place in the text."""

    __slots__ = (
        "source",
        "cue",
        "content",
        "kind",
        "lemma",
        "weak",
        "setting",
        "negated",
        "sentence",
        "clausal",
    )

    def __init__(
        self,
        sentence,
        source,
        cue,
        content,
        kind,
        lemma="",
        weak=False,
        setting="statements",
        negated=False,
        clausal=True,
    ):
        self.sentence, self.source, self.cue = sentence, source, cue
        self.content = [(a, b) for a, b in content if b > a]
        self.kind, self.lemma, self.weak, self.setting, self.negated = kind, lemma, weak, setting, negated
        self.clausal = clausal


def is_reporting(token):
    """Whether a token may be a reporting verb (used to keep ``"Who?" Smith asked`` in one sentence)."""
    if token.quote is not None:
        return False
    return any(
        lemma in lx.PARTICLE_VERBS or (frame := lx.VERBS.get(lemma)) is not None and "q" in frame.statements
        for lemma, _ in lx.FORMS.get(token.low, ())
    )


def t_is_speech(tokens, i):
    """Whether "by telephone", "by e-mail" and the like follow: a way of speaking, not a speaker."""
    return (
        i + 1 < len(tokens)
        and tokens[i].low == "by"
        and tokens[i + 1].low in ("telephone", "phone", "email", "e-mail", "text", "letter", "video")
    )


class Finder:
    """Runs every construction over one :class:`~whosays.attribution.phrases.Sentence`."""

    def __init__(self, sentence):
        self.s = sentence
        self.t = sentence.tokens
        self.n = len(sentence.tokens)
        self.drafts = []
        self.used = set()
        self.cap = None
        self.taken = set()

    def run(self):
        self.according()
        self.viewpoint()
        self.colon()
        self.hedges()
        opening = self._opening_end()
        for number, group in enumerate(self.s.groups):
            self.cap = opening if opening is not None and group.head < opening else None
            self.verb(number)
        self.cap = None
        self.nouns()
        self.dash_credit()
        self._separate()
        return self.drafts

    def _separate(self):
        """End a content at the comma where the next clause has a speaker of its own.

        "If it fails to report, the company said that ...": the second report is not part of the first.
        """
        for frame in self.drafts:
            if frame.kind not in _FRAMES:
                continue
            for a, b in frame.content:
                for other in self.drafts:
                    if other is not frame and a <= other.cue[0] < b:
                        other.content = [(c, min(d, b)) if c < b else (c, d) for c, d in other.content]
        for inner in self.drafts:
            if inner.source is None or inner.kind not in _OWN_CLAUSE or inner.source[1] > inner.cue[0]:
                continue
            comma = inner.source[0] - 1
            if comma < 0 or self.t[comma].text != ",":
                continue
            for outer in self.drafts:
                if outer is inner or outer.cue[0] > comma:
                    continue
                for place, (a, b) in enumerate(outer.content):
                    if (
                        a < comma < b
                        and inner.cue[0] < b
                        and (not outer.clausal or self.s.has_finite(a, comma))
                    ):
                        outer.content[place] = (a, self.s.trim_right(a, comma))

    def add(self, source, cue, content, kind, **more):
        if self.cap is not None:
            content = [(a, min(b, self.cap)) for a, b in content]
        if cue[1] <= cue[0] or source is not None and source[1] <= source[0]:
            return None  # no words left for one of its parts
        draft = Draft(self.s, source, cue, content, kind, **more)
        if draft.content:
            self.drafts.append(draft)
            self.used.update(range(*cue))
            return draft
        return None

    def _opening_end(self):
        """The comma that ends an opening participle or subordinate clause ("Noting that ..., she left"), or None."""
        s, t, n = self.s, self.t, self.n
        begin = s.trim_lead(0, n)
        if begin >= n:
            return None
        first = t[begin]
        participle = (
            first.tag == "verb" and s.groups and s.groups[0].start <= begin + 1 and s.groups[0].form == "ing"
        )
        gerund = (
            first.low in ("by", "after", "before", "in", "while", "without", "since", "despite")
            and s.tag(begin + 1) == "verb"
        )
        clause = first.low in (
            "when",
            "while",
            "although",
            "though",
            "if",
            "because",
            "since",
            "after",
            "before",
            "once",
            "whereas",
            "even",
        ) and first.tag in ("wh", "sub", "prep", "adv")
        if not (participle or gerund or clause):
            return None
        for k in range(begin + 2, n):
            if t[k].text == "," and (
                s._clause_follows(k + 1, n) or s.tag(k + 1) == "pron" and s.is_finite(k + 2)
            ):
                if s.has_finite(begin, k) or gerund or participle:
                    return k
        return None

    # ---- prepositions ---------------------------------------------------------------------

    def according(self):
        s, t, n = self.s, self.t, self.n
        for i in range(n - 1):
            if t[i].low == "according" and t[i + 1].low == "to":
                after = i + 2
            elif (
                t[i].low == "as"
                and i + 3 < n
                and t[i + 1].low in ("reported", "noted", "described", "stated", "quoted")
                and t[i + 2].low in ("by", "in")
            ):
                after = i + 3
            elif (
                t[i].low == "as"
                and t[i + 1].low in ("said", "reported", "noted", "stated", "told", "claimed")
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
                if (
                    not s._apposition(i + 1, self.n)
                    or self.t[i + 1].tag == "name"
                    and s._clause_follows(i + 1, self.n)
                ):
                    if i + 1 < self.n and t[i + 1].low in ("who", "which", "quoting", "citing"):
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
                and (self.t[k + 1].tag in ("wh", "verb") or self.t[k + 1].low in ("quoting", "citing"))
            ):
                return a, k
        return a, b

    def viewpoint(self):
        """ "In X's view, ...", "For the X, ...", "To X, ...", "in X's words"."""
        s, t, n = self.s, self.t, self.n
        for i in range(n - 2):
            if t[i].low == "in" and t[i].tag == "prep":
                for j in range(i + 1, min(n, i + 8)):
                    if t[j].low in (
                        "view",
                        "opinion",
                        "eyes",
                        "mind",
                        "estimation",
                        "telling",
                        "words",
                        "judgment",
                        "judgement",
                        "account",
                        "version",
                    ):
                        owner = self._owner(j, i + 1)
                        if t[j].low in ("eyes", "mind", "words", "account", "telling", "version") and s.tag(
                            j + 1
                        ) not in ("punct", "end"):
                            break
                        if owner is not None:
                            self._around(i, j + 1, owner, (i, j + 1), "viewpoint")
                        elif t[i + 1].low == "the" and j == i + 2 and j + 1 < n and t[j + 1].low == "of":
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
                    or any(t[k].low in _TIME_NOUNS for k in range(i + 1, stop))
                ):
                    continue
                head = t[stop - 1]
                person = (
                    t[i + 1].tag == "pron"
                    and t[i + 1].low != "it"
                    or head.tag == "name"
                    or (
                        t[i + 1].low in ("the", "many", "some", "most", "his", "her", "their")
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
                if group is not None and group.head < n and any(l == "be" for l, _ in group.readings):
                    self.add((i + 1, stop), (i, i + 1), [(begin, s.clause_end(begin))], "for", setting="all")

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
        elif stop < n and t[stop].text not in _CLOSERS:
            content.append((stop, s.clause_end(stop)))
        self.add(owner, cue, content, kind)

    def _owner(self, j, low):
        """The possessor right before ``j``: "his", "Mr. X's"."""
        t = self.t
        k = j - 1
        while k >= low and t[k].tag in ("adj", "noun", "num", "name") and t[k].low not in ("'s",):
            k -= 1
        if k < low:
            return None
        if t[k].tag == "poss":
            return (k, k + 1)
        if t[k].tag == "gen":
            a = self.s.phrase_left(k, low)
            return (a, k + 1) if a is not None else None
        return None

    # ---- marks ----------------------------------------------------------------------------

    def colon(self):
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
                in ("name", "num", "gen", "det", "noun", "adj", "prep", "coord", "to", "verb", "pron")
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
            if words[-1].low in _HEADINGS:
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
                    or t[i - 1].tag in ("noun", "name", "pron")
                    and not any(w.tag == "verb" for w in words)
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
                ):
                    self.add((begin, i), (i, i + 1), [(i + 1, s.clause_end(i + 1))], "colon-bare")
                elif named and i - begin <= 4 and s.has_finite(i + 1, n) and n - i > 4:
                    self.add((begin, i), (i, i + 1), [(i + 1, s.clause_end(i + 1))], "colon-bare")
            return

    def dash_credit(self):
        """A quotation closed by a dash and a name: "..." — Jane Smith."""
        t, n = self.t, self.n
        if n < 3 or t[0].quote is None or t[0].quote.words < 4 or self.drafts:
            return
        if t[1].text in ("—", "–", "-", "--", "~") and t[2].tag == "name" and not self.s.has_finite(2, n):
            stop = self.s.phrase_right(2)
            if stop > 2 and n - stop <= 8:
                self.add((2, stop), (1, 2), [(0, 1)], "dash")

    # ---- adverbs --------------------------------------------------------------------------

    def hedges(self):
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

    def _clause_begin(self, low, i):
        """Start of the clause that holds position ``i``: after the last subordinator or strong break."""
        for k in range(i - 1, low, -1):
            token = self.t[k]
            if token.text in (";", ":", "—", "–", "--"):
                return self.s.trim_lead(k + 1, i)
            if (
                token.low in ("that", "because", "while", "although", "though", "whereas")
                and token.tag == "sub"
            ):
                return k + 1 if token.low == "that" else max(low, k)
            if (
                token.text == ","
                and k + 1 < i
                and self.t[k + 1].tag == "coord"
                and self.s.has_finite(low, k)
                and self.s._clause_follows(k + 2, i)
            ):
                return self.s.trim_lead(k + 1, i)
        return low

    # ---- verbs ----------------------------------------------------------------------------

    def verb(self, number):
        s, t = self.s, self.t
        group = s.groups[number]
        if group.head in self.used:
            return
        lemma, frame, stop = self._frame(group)
        if group.finite and not group.passive and self._as_report(number, lemma, frame, stop):
            return
        if frame is None or "q" not in frame.all:
            if self._any_verb(number, lemma or group.readings[0][0], stop):
                return
        if not group.passive and self._fixed_phrase(number):
            return
        if frame is None:
            base = group.readings[0][0]
            if base == "be":
                self._copula(number)
            elif base == "make":
                self._make_clear(number)
            return
        shared = (
            number
            and group.form == "past"
            and not group.aux
            and s.tag(group.start - 1) == "coord"
            and s.groups[number - 1].passive
            and lemma in _HEARER_VERBS
            and s.low(stop) in ("that", "to", "about", "how", "what", "of", "they", "he", "she", "it", "the")
        )
        if group.passive or shared:
            self._passive(number, lemma, frame, stop)
            return
        if lemma in lx.SEEMING and group.finite:
            self._seem(number, stop)
            return
        if group.form == "part":
            self._reduced_passive(number, lemma, frame)
            return
        cue = (self._cue_start(number), stop)
        if self._inverted(number, lemma, frame, cue):
            return
        if group.form == "ing" and not self._ing_allowed(group):
            return
        if (
            group.form == "past"
            and not group.aux
            and lemma in ("ask", "question", "press")
            and s.tag(group.start - 1) in ("end", "punct", "wh", "sub")
            and (s.low(stop) in _WH_CLAUSE | {"about", "to", "by", "on", "in", "during"})
        ):
            self._asked(group, lemma, stop)
            return
        subject = s.subject_of(number)
        if group.form == "base" and not group.aux and not self._base_agrees(subject):
            return
        if group.form == "past" and not group.aux and self._is_reduced(number):
            self._reduced_passive(number, lemma, frame)
            return
        if subject is not None and subject[1] > cue[0] and group.form != "ing":
            subject = None
        if subject is None and group.form != "ing":
            if not (group.start == 0 and group.form in ("past", "s")):
                return
        more = dict(lemma=lemma, weak=frame.weak, negated=group.negated)
        if group.infinitive and self._chain(number) is None:
            if frame.weak or t[group.start].low != "to":
                return
            more["weak"] = True
        self._contents(group, subject, cue, lemma, frame, more)

    def _fixed_phrase(self, number):
        """ "X *draws attention to* ...", "the film *presents a quote from* X: '...'"."""
        s, t, n = self.s, self.t, self.n
        group = s.groups[number]
        names = {name for name, _ in group.readings}
        j = group.end
        while j < n and t[j].tag in ("det", "adj", "num", "adv", "poss") and j - group.end < 4:
            j += 1
        if j + 1 >= n:
            return False
        noun, prep = t[j].low, t[j + 1].low
        subject = s.subject_of(number)
        if subject is None or subject[1] > group.start and group.form != "ing":
            return False
        for name in names:
            if prep in lx.IDIOMS.get((name, noun), "").split():
                self.add(
                    subject,
                    (self._cue_start(number), j + 2),
                    [(j + 2, self._object_end(j + 2))],
                    "prep",
                    lemma=name,
                    setting="all",
                    clausal=False,
                )
                return True
        if names & lx.QUOTING_VERBS and noun in lx.QUOTING_NOUNS and prep in ("from", "of", "by"):
            begin = group.end
            end = self._object_end(begin)
            colon = next(
                (k for k in range(j, min(n - 1, j + 60)) if t[k].text == ":" and t[k + 1].quote is not None),
                None,
            )
            self.add(
                subject,
                (self._cue_start(number), group.end),
                [(begin, colon + 2 if colon else end)],
                "object",
                lemma=sorted(names)[0],
                setting="all",
                clausal=False,
            )
            if colon is not None:
                stop = s.phrase_right(j + 2)
                self.taken.add(colon + 1)
                self.add(
                    (j + 2, max(stop, j + 3)), (begin, j + 2), [(colon + 1, colon + 2)], "colon", lemma=noun
                )
            return True
        return False

    def _any_verb(self, number, lemma, stop):
        """A verb of any kind next to a quotation: "...," he *smirks*; she was blunt: "..."."""
        s, t, n = self.s, self.t, self.n
        group = s.groups[number]
        if not group.finite or group.passive:
            return False
        subject = s.subject_of(number)
        if subject is None or subject[1] > group.start:
            return False
        quote = self._quote_before(subject[0])
        if (
            quote is not None
            and lemma not in ("be", "have", "do")
            and t[quote].quote.last in ",?!"
            and (quote == s.trim_lead(0, quote) or t[quote].quote.words > 3)
        ):
            if stop >= n or s.tag(stop) == "punct" or self._adjunct_only(stop):
                self.add(
                    subject,
                    (group.start, stop),
                    self._before(quote, subject[0] - 1) + self._resumed(stop),
                    "postposed-any",
                    lemma=lemma,
                )
                return True
        colon = next(
            (
                k
                for k in range(stop, min(n - 1, stop + 22))
                if t[k].text == ":" or t[k].quote is not None or t[k].text in ".;" or s.is_finite(k)
            ),
            None,
        )
        if (
            colon is not None
            and t[colon].text == ":"
            and t[colon + 1].quote is not None
            and t[colon + 1].quote.words > 3
            and not s._embedded(number)
            and t[subject[0]].low not in ("it", "this", "there", "that", "which")
        ):
            self.add(
                subject,
                (group.start, colon + 1),
                [(colon + 1, s.clause_end(colon + 1))],
                "clause-colon",
                lemma=lemma,
            )
            return True
        return False

    def _as_report(self, number, lemma, frame, stop):
        """ "*As* X reported, ..." and "..., as X put it"."""
        s, t, n = self.s, self.t, self.n
        if (
            frame is None
            or not frame.statements & {"t", "n", "q"}
            or lemma in ("show", "know", "see")
            and False
        ):
            return False
        group = s.groups[number]
        subject = s.subject_of(number)
        if (
            subject is None
            or subject[1] > group.start
            or s.low(subject[0] - 1) != "as"
            or t[subject[0]].low == "it"
        ):
            return False
        k = subject[0] - 1
        end = stop
        while end < n and t[end].text not in (",", ";", ":", "."):
            if t[end].quote is not None or s.is_finite(end) or t[end].low == "that":
                return False
            end += 1
        cue = (group.start, stop)
        if s.trim_lead(0, k) == k or k == 0:
            if end + 1 >= n or t[end].text not in (",", ":"):
                return False
            self.add(subject, cue, [(end + 1, s.clause_end(end + 1))], "as", lemma=lemma)
        elif s.low(k - 1) == ",":
            begin = self._clause_begin(s.trim_lead(0, k - 1), k - 1)
            self.add(subject, cue, [(begin, k - 1)], "as", lemma=lemma)
        else:
            return False
        return True

    def _asked(self, group, lemma, stop):
        """ "*Asked* whether ..., she said": the one who asks is not named."""
        s, t, n = self.s, self.t, self.n
        comma = next((k for k in range(stop, n) if t[k].text == "," and s._clause_follows(k + 1, n)), None)
        begin = next(
            (k for k in range(stop, min(n, stop + 12)) if t[k].low in _WH_CLAUSE | {"about", "to"}), None
        )
        if comma is None:
            comma = s.clause_end(stop)
        if begin is None or begin >= comma:
            return
        agent = self._agent(stop)
        about = t[begin].low == "about"
        self.add(
            agent,
            (group.start, begin + 1 if about and begin == stop else stop),
            [(begin + about, s.trim_right(begin + about, comma))],
            "passive-told",
            lemma=lemma,
            setting="all",
        )

    def _frame(self, group):
        """Lemma, frame and end of the cue for a group; the particle counts ("pointed *out*")."""
        t = self.t
        for lemma, _ in group.readings:
            following = t[group.end].low if group.end < self.n else ""
            if following in lx.PARTICLE_VERBS.get(lemma, ()):
                name = f"{lemma}_{following}"
                return name, lx.VERBS[name], group.end + 1
        for lemma, _ in group.readings:
            frame = lx.VERBS.get(lemma)
            if frame is not None:
                return lemma, frame, group.end
        return None, None, group.end

    def _chain(self, number):
        """The group that governs an infinitive cue and belongs to it ("*went on* to say"), or None."""
        s = self.s
        group = s.groups[number]
        if number == 0:
            return None
        governor = s.groups[number - 1]
        gap = range(governor.end, group.start)
        if any(self.t[k].tag not in ("adv", "prep") for k in gap) or len(gap) > 1:
            return None
        for lemma, _ in governor.readings:
            name = lemma
            if len(gap) == 1 and self.t[governor.end].low in lx.PARTICLES:
                name = f"{lemma}_{self.t[governor.end].low}"
            if name in lx.CATENATIVE or lemma in lx.CATENATIVE:
                return number - 1
        return None

    def _cue_start(self, number):
        s = self.s
        group = s.groups[number]
        if group.infinitive:
            governor = self._chain(number)
            if governor is not None:
                return s.groups[governor].start
            return group.start
        if group.form == "ing" and not group.aux and number:
            # "concludes by noting"
            governor = s.groups[number - 1]
            if (
                governor.end == group.start - 1
                and self.t[group.start - 1].low == "by"
                and governor.finite
                and any(
                    l
                    in ("conclude", "begin", "end", "start", "finish", "open", "respond", "reply", "continue")
                    for l, _ in governor.readings
                )
            ):
                return governor.start
        return group.start

    def _ing_allowed(self, group):
        i = group.start - 1
        if i < 0 or group.aux:
            return True
        before = self.t[i]
        if before.tag == "punct":
            return before.text in (",", "—", "–", "--", "(", ":")
        return before.tag in (
            "prep",
            "noun",
            "name",
            "adv",
            "coord",
            "sub",
            "verb",
            "be",
            "quote",
            "pron",
            "num",
        )

    def _base_agrees(self, subject):
        """A bare form needs a plural or first/second person subject."""
        if subject is None:
            return False
        token = self.t[subject[1] - 1]
        if token.tag == "gen":
            return False
        low = token.low
        if low in (
            "they",
            "we",
            "i",
            "you",
            "who",
            "that",
            "which",
            "people",
            "police",
            "many",
            "some",
            "others",
            "most",
            "both",
            "few",
            "men",
            "women",
            "several",
        ):
            return True
        if any(self.t[k].low == "and" for k in range(*subject)):
            return True
        if low.endswith("s") and low not in ("his", "this", "its", "us", "was"):
            return True
        return (
            any(self.t[k].tag in ("noun",) and self.t[k].low.endswith("s") for k in range(*subject))
            or self.t[subject[0]].low.endswith("s")
            or self.t[subject[0]].tag == "num"
        )

    def _is_reduced(self, number):
        """Whether a past form is a participle inside a noun phrase: "the man *accused* of ... said"."""
        s = self.s
        group = s.groups[number]
        beside = s.subject_of(number)
        if (
            beside is not None
            and beside[1] <= group.start
            and (self._quote_before(beside[0]) is not None or t_is_speech(self.t, group.end))
        ):
            return False
        if s.tag(group.start - 1) not in ("noun", "name", "pron"):
            return s.tag(group.start - 1) == "punct" and s.low(group.end) == "by"
        following = s.low(group.end)
        if following == "by":
            return True
        if following in ("of", "as", "in", "with", "for", "on", "at", "to"):
            nxt = s.groups[number + 1] if number + 1 < len(s.groups) else None
            # a finite verb of its own follows with nothing between that could be its subject
            if nxt is not None and nxt.finite and not nxt.infinitive:
                between = [t.tag for t in self.t[group.end + 1 : nxt.start]]
                if (
                    "punct" in between
                    or "sub" in between
                    or "coord" in between
                    or "wh" in between
                    or "quote" in between
                ):
                    return False
                return (
                    self.t[nxt.start - 1].tag in ("noun", "name")
                    and len(between) <= 8
                    and not any(x == "pron" for x in between)
                )
        return False

    def _inverted(self, number, lemma, frame, cue):
        """ "...", *said* X."""
        s, t, n = self.s, self.t, self.n
        group = s.groups[number]
        if "q" not in frame.statements or group.form not in ("past", "s") or group.infinitive or cue[0] == 0:
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
        if quote is None and (group.aux or lemma not in _INVERTING or before.text != ","):
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

    def _main_clause(self, a, b):
        """Whether a finite verb stands in ``[a, b)`` outside relative clauses."""
        return any(
            g.finite and a <= g.head < b and self.t[g.start - 1].tag not in ("wh", "sub") and g.start - 1 >= a
            for g in self.s.groups
        )

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

    def _opening_phrase(self, end):
        """Whether ``[0, end)`` holds no clause, as "On Monday"."""
        return not self.s.has_finite(0, end)

    def _quote_before(self, i):
        """Position of the quotation that ends right before ``i`` (a comma may stand between)."""
        k = i - 1
        while k >= 0 and self.t[k].quote is None and self.t[k].text in (",", "?", "!", "—", "–", "--", "."):
            k -= 1
        if k < 0 or self.t[k].quote is None:
            return None
        if (
            self.t[k].quote.words <= 5
            and self.s.tag(k - 1) in ("gen", "prep")
            or self.t[k].quote.words <= 3
            and self.s.tag(k - 1) == "name"
        ):
            return None  # the title of a programme, not a quotation
        return k

    def _before(self, quote, end):
        """Content that stands before the cue: the quotation with its clause, or the clause."""
        s = self.s
        if quote is not None:
            begin = s.trim_lead(0, quote)
            if begin < quote:
                apart = s.tag(quote - 1) == "punct" and self.t[quote].quote.capital
                if apart and any(self._own_report(k) for k in range(begin, quote)):
                    return [(quote, quote + 1)]
                for k in range(quote - 1, begin - 1, -1):
                    if self.t[k].text == ";":
                        begin = k + 1
                        break
                return [(begin, quote + 1)]
            return [(quote, quote + 1)]
        begin = s.trim_lead(0, end)
        for k in range(end - 1, begin, -1):
            if self.t[k].text == ";":
                begin = s.trim_lead(k + 1, end)
                break
        last = s.trim_right(begin, end)
        return [(begin, last)] if last > begin else []

    def _own_report(self, k):
        """Whether a strong reporting verb stands at ``k``."""
        number = self.s.group_at.get(k)
        if number is None or self.s.groups[number].head != k:
            return False
        return any(
            (f := lx.VERBS.get(l)) is not None and "q" in f.statements and not f.weak
            for l, _ in self.s.groups[number].readings
        )

    def _resumed(self, i):
        """A quotation that goes on after "said X," in the same sentence."""
        t, n = self.t, self.n
        for k in range(i, min(n, i + 30)):
            if t[k].quote is not None:
                # only across adjuncts: a verb between means another report
                if any(self._own_report(j) for j in range(i, k)):
                    return []
                if t[k].quote.words >= 3 or t[k].quote.terminal:
                    return [(k, k + 1)]
                return []
            if t[k].text in (";",):
                return []
        return []

    # ---- verbs: what follows them ---------------------------------------------------------

    def _contents(self, group, subject, cue, lemma, frame, more):
        s, t, n = self.s, self.t, self.n
        stop = cue[1]
        statements = frame.statements
        j = stop
        while j < n and (
            t[j].tag == "adv" or t[j].low in ("early", "late") and s.low(j + 1) in lx.TIME_WORDS
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
                self.add(subject, cue, [(k, s.clause_end(k))], "that", **{**more, "setting": setting})
                return
        if ("w" in frame.all or "t" in frame.all) and nxt.low in _WH_CLAUSE and nxt.tag in ("wh", "sub"):
            self.add(
                subject,
                cue,
                [(j, s.clause_end(j))],
                "wh",
                **{**more, "setting": "statements" if "w" in statements else "all"},
            )
            return
        if lemma in _HEARER_VERBS or "r" in frame.all:
            if self._hearer(subject, cue, lemma, frame, j, more):
                return
        if nxt.tag == "punct" and nxt.text in _CLOSERS | {","} and nxt.text not in ("(",):
            return
        if "i" in frame.all and nxt.tag == "neg" and s.tag(j + 1) == "to":
            self.add(
                subject,
                cue,
                [(j, self._object_end(j))],
                "infinitive",
                **{**more, "setting": "all", "clausal": False},
            )
            return
        if (
            "i" in frame.all
            and nxt.tag == "to"
            and s.tag(j + 1) in ("verb", "be", "have", "do", "adv", "neg", "quote")
        ):
            self.add(
                subject,
                cue,
                [(j, self._object_end(j))],
                "infinitive",
                **{**more, "setting": "all", "clausal": False},
            )
            return
        if group.form == "ing" and not group.aux and s.tag(group.start - 1) == "noun" and lemma != "say":
            pass
        elif (
            "b" in frame.all
            and self._clause_like(j, strict=False)
            or "c" in frame.all
            and self._clause_like(j, strict=True)
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
            if t[j + 1].tag == "punct":
                return
            self.add(
                subject,
                (cue[0], j + 1),
                [(j + 1, self._object_end(j + 1))],
                "prep",
                **{**more, "setting": "all", "clausal": False},
            )
            return
        if "g" in frame.all and nxt.tag == "verb" and nxt.low.endswith("ing"):
            self.add(
                subject,
                cue,
                [(j, self._object_end(j))],
                "gerund",
                **{**more, "setting": "all", "clausal": False},
            )
            return
        if {"o", "a"} & frame.all and (
            nxt.tag in ("det", "poss", "name", "noun", "adj", "num", "pron", "wh", "quote")
            or nxt.text in ("$", "#", "@", "[")
        ):
            if nxt.tag == "wh" and nxt.low not in ("what", "how", "why", "who"):
                return
            if subject is None and group.form != "ing":
                return
            end = self._object_end(j)
            if "o" not in frame.all and not any(
                t[k].quote is not None and k > j or t[k].low == "as" and k > j for k in range(j, end)
            ):
                return
            self.add(subject, cue, [(j, end)], "object", **{**more, "setting": "all", "clausal": False})

    def _relative_object(self, group, subject, cue, frame, j, more):
        s, t, n = self.s, self.t, self.n
        k = subject[0] - 1
        if (
            k < 0
            or subject[1] > cue[0]
            or t[k].low not in ("who", "whom", "which", "what", "that")
            or t[k].low == "that"
            and s.tag(k - 1) not in ("noun", "name", "pron")
        ):
            return False
        if t[k].low == "that" and s.tag(k - 1) in ("noun",) and t[k - 1].low in lx.CLAUSE_NOUNS:
            return False
        open_ended = (
            j >= n
            or t[j].tag in ("be", "modal", "have", "verb", "do", "punct", "coord", "prep", "to", "adv")
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
        if not (frame.statements or {"o", "a"} & frame.all) or frame.weak and not frame.statements:
            return False
        self.add(subject, cue, content, "relative", **{**more, "setting": "all"})
        return True

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
                and lemma not in _HEARER_VERBS
                and nxt.low not in _ADJUNCT_PREPS
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
            nxt.tag == "to"
            and "i" in frame.all
            or nxt.low in frame.preps
            and not done
            and nxt.low not in ("in", "on", "to", "at")
        ):
            return False
        following = self._quote_after(j, lemma)
        if following is not None and (
            t[following].quote is not None
            and self._capital(t[following])
            or t[s.trim_lead(0, left)].tag in ("sub", "prep", "verb", "adv", "wh")
            or t[s.trim_lead(0, left)].low in ("when", "as", "asked", "if")
            or not s.has_finite(0, left)
        ):
            return False
        if "n" not in frame.statements or frame.weak and lemma not in ("show", "find"):
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
        if (
            t[begin].tag in ("sub", "prep")
            and t[begin].low
            not in (
                "if",
                "when",
                "as",
                "while",
                "because",
                "in",
                "at",
                "on",
                "for",
                "to",
                "by",
                "without",
                "with",
                "under",
            )
            and not done
        ):
            return False
        if not (done or self._adjunct_only(j)):
            return False
        if (
            t[begin].low
            in ("as", "when", "while", "after", "before", "since", "although", "though", "if", "because")
            and t[begin].tag in ("sub", "prep", "wh")
            and not self._main_clause_between(begin, left)
        ):
            if (
                nxt is not None
                and nxt.text == ","
                and s._clause_follows(j + 1, n)
                and t[begin].low in ("while", "although", "though", "if", "because", "since")
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
            self.add(subject, cue, [(comma + 1, s.clause_end(comma + 1))], "postposed-clause", **more)
            return True
        content = self._before(None, left)
        if self._interrupts(comma) and not self._complete(begin, left):
            content.append((comma + 1, s.clause_end(comma + 1)))
        self.add(subject, cue, content, "postposed-clause", **more)
        return True

    def _capital(self, token):
        """Whether a quotation begins with a capital, as a sentence of its own does."""
        return token.quote.capital

    def _main_clause_between(self, begin, left):
        """After "When X did, ...": whether a main clause follows the opening subordinate one before ``left``."""
        commas = [k for k in range(begin, left) if self.t[k].text == ","]
        return any(self.s.has_finite(k, left) for k in commas)

    def _interrupts(self, j):
        """Whether ", X said," stands inside a clause that goes on after it."""
        t, n = self.t, self.n
        return (
            j + 2 < n
            and t[j].text in (",", "—", "–")
            and not (
                t[j + 1].tag in ("coord", "verb", "wh", "sub")
                or t[j + 1].low in ("adding", "citing", "referring", "according")
            )
        )

    def _complete(self, a, b):
        """Whether ``[a, b)`` already is a clause with a subject and a verb."""
        if self.t[a].tag in ("sub", "prep") or self.t[a].low in ("if", "when"):
            return self._main_clause_between(a, b)
        return self.s.has_finite(a, b)

    def _adjunct_only(self, j):
        """Whether nothing but times, places and hearers follows up to the end or a comma."""
        t, n = self.t, self.n
        k = j
        while k < n:
            token = t[k]
            if token.text in (".", ",", ";", "?", "!", ")", "—") and not self._dot_inside(k):
                return True
            if (
                token.quote is not None
                and token.quote.words <= 6
                and k > j
                and self.s.tag(k - 1) in ("gen", "prep", "det", "name")
            ):
                if token.quote.last in ".?!":
                    return True
                k += 1
                continue
            if (
                token.quote is not None
                or token.tag == "sub"
                and token.low == "that"
                or self.s.is_finite(k)
                and not (k > j and self._in_relative(j, k))
            ):
                return False
            if k == j and not (
                token.low in _ADJUNCT_PREPS
                or token.low in lx.TIME_WORDS
                or token.tag in ("adv", "det")
                and False
            ):
                if token.low not in (
                    "last",
                    "this",
                    "sunday",
                    "reporters",
                    "me",
                    "him",
                    "us",
                    "them",
                    "when",
                    "while",
                ):
                    return False
            k += 1
        return True

    def _dot_inside(self, k):
        """Whether the full stop at ``k`` belongs to an abbreviation inside its sentence."""
        return self.t[k].text == "." and 0 < k < self.n - 1 and self.t[k - 1].end == self.t[k].start

    def _in_relative(self, j, k):
        return any(
            self.t[x].low
            in ("when", "while", "who", "which", "where", "after", "before", "as", "if", "since")
            for x in range(j, k)
        )

    def _quote_after(self, j, lemma):
        """Position of a quotation the verb introduces: at once, after a comma or colon, or behind an adjunct."""
        t, n = self.t, self.n
        limit = min(n, j + 24)
        for k in range(j, limit):
            token = t[k]
            if token.quote is not None:
                if k in self.taken:
                    return None
                if k == j or t[k - 1].text in (",", ":", "—", "–", "-", "--"):
                    if k > j and t[k - 1].text == "," and token.quote.words < 2 and not token.quote.terminal:
                        return None
                    return k
                if (
                    token.quote.words >= 4
                    and token.quote.last in ",.?!…"
                    and t[k - 1].tag not in ("det", "poss", "adj", "prep", "gen")
                    and k - j <= 8
                    and not self._own_clause(j, k)
                ):
                    return k
                if (
                    k - j <= 5
                    and token.quote.words >= 3
                    and token.quote.terminal
                    and t[j].tag == "prep"
                    and t[k - 1].tag not in ("det", "adj", "gen", "poss")
                ):
                    return k
                return None
            if token.text == ":" and k + 1 < n:
                return k + 1 if k + 1 not in self.taken else None
            if (
                token.text in (".", ";")
                and not self._dot_inside(k)
                or token.tag == "sub"
                and token.low == "that"
                or self.s.is_finite(k)
                and not self._in_relative(j, k)
            ):
                return None
        return None

    def _own_clause(self, a, b):
        return self.s.has_finite(a, b) or any(self.t[k].low == "that" for k in range(a, b))

    def _that_after(self, j, lemma, frame):
        """Position of *that* after the verb, at once or behind a hearer or an adjunct."""
        s, t, n = self.s, self.t, self.n
        if t[j].low == "the" and s.low(j + 1) == "fact" and s.low(j + 2) == "that":
            return j + 2
        if t[j].low == "that":
            if (
                s.tag(j + 1) == "end"
                or s.low(j + 1) in (".", "?", "!", ":")
                or s.low(j + 1) == ","
                and not s.has_finite(j + 2, n)
                or s.is_finite(j + 1)
                and s.low(j + 1) in ("is", "was")
            ):
                return None
            return j
        hearer = lemma in _HEARER_VERBS
        if not (
            t[j].tag in ("prep", "to", "punct")
            and t[j].text not in (".", ";")
            or hearer
            or t[j].low in lx.TIME_WORDS
            or t[j].low in ("last", "this", "earlier", "early", "late")
        ):
            return None
        for k in range(j + 1, min(n, j + (26 if lemma == "tell" else 14))):
            if t[k].low == "that" and t[k].tag in ("sub", "det"):
                if (
                    s.tag(k + 1) in ("verb", "be", "modal", "have")
                    and t[k - 1].tag in ("noun", "name")
                    and t[k - 1].low not in lx.TIME_WORDS
                ):
                    return None  # a relative clause
                return k
            if (
                t[k].quote is not None
                or t[k].text in (".", ";", ":")
                and not self._dot_inside(k)
                or s.is_finite(k)
            ):
                return None
        return None

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
            if token.quote is not None or token.text in (".", ";") and not self._dot_inside(k):
                break
            if token.low in _WH_CLAUSE and token.tag in ("wh", "sub") and "r" in frame.all:
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
                self.add(
                    subject,
                    cue,
                    [(k, self._object_end(k))],
                    "hearer-to",
                    **{**more, "setting": "all", "clausal": False},
                )
                return True
            if (
                k == stop
                and token.low in ("of", "about", "for", "against", "not")
                and "r" in frame.all
                and k + 1 < n
                and k > j
            ):
                self.add(
                    subject,
                    cue,
                    [(k + 1 if token.low != "not" else k, self._object_end(k + 1))],
                    "hearer-about",
                    **{**more, "setting": "all", "clausal": False},
                )
                return True
            if token.text == ",":
                break
        if lemma in ("tell", "assure", "inform", "remind", "warn", "convince") and stop > j:
            k = stop
            while k < n and (t[k].low in lx.TIME_WORDS or t[k].tag == "adv"):
                k += 1
            if k < n and self._clause_like(k, strict=True):
                self.add(subject, cue, [(k, s.clause_end(k))], "hearer", **more)
                return True
            if lemma == "tell" and k < n and t[k].tag in ("det", "poss", "noun"):
                self.add(
                    subject,
                    cue,
                    [(k, self._object_end(k))],
                    "object",
                    **{**more, "setting": "all", "clausal": False},
                )
                return True
        if lemma in ("ask",) and t[j].low in ("for", "about", "if", "whether"):
            return False
        return lemma in _HEARER_VERBS - {"ask", "warn", "advise", "convince", "persuade"}

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

    def _skip_time(self, j):
        """ "said Tuesday he ...": the day is not content."""
        k = j
        while (
            k + 1 < self.n
            and self.t[k].low in lx.TIME_WORDS
            and self.t[k + 1].tag in ("pron", "det", "name", "poss", "noun", "adj", "sub")
        ):
            k += 1
        return k

    def _clause_like(self, j, strict):
        """Whether a clause may begin at ``j``; ``strict``: a finite verb must be seen before the next mark."""
        s, t, n = self.s, self.t, self.n
        if j >= n:
            return False
        token = t[j]
        if token.low in lx.TIME_WORDS and j + 1 < n:
            k = self._skip_time(j)
            if k == j:
                return False
            token, j = t[k], k
        if token.tag in ("prep",) and not strict:
            if token.low in ("like", "as"):
                return False
            # "said in an interview the plan ...": only if a subject and verb follow closely
            return (
                s.has_finite(j, min(n, j + 14))
                and token.low in ("in", "on", "at", "after", "with", "by", "under", "during")
                and any(
                    t[k].tag in ("pron", "det", "name") and s._clause_follows(k, n)
                    for k in range(j + 2, min(n, j + 10))
                )
            )
        if token.tag in ("verb", "to", "punct", "coord", "prep", "be", "have", "modal", "neg", "do", "adv"):
            return (
                not strict
                and (token.tag == "adv" or token.text in ("$", "[", "("))
                or token.tag == "verb"
                and token.low.endswith("ing")
                and s.has_finite(j + 1, min(n, j + 12))
            )
        if token.tag == "sub":
            return token.low in (
                "if",
                "when",
                "while",
                "because",
                "once",
                "unless",
                "although",
            ) and s.has_finite(j, n)
        if token.quote is not None:
            return not strict or s.has_finite(j, min(n, j + 10))
        if token.low in lx.OBJECT_PRONOUNS - {"it", "you", "her"}:
            return False
        limit = min(n, j + 26)
        for k in range(j + 1, limit):
            if (
                t[k].quote is not None
                and strict
                and t[k].quote.words >= 4
                and not t[k].quote.capital
                and t[k - 1].tag in ("noun", "name", "pron")
            ):
                return True
            if s.is_finite(k) and self._participle(k):
                continue
            if s.is_finite(k):
                # a relative clause inside an object is no clause of saying
                if any(
                    t[x].low
                    in (
                        "who",
                        "which",
                        "that",
                        "whose",
                        "as",
                        "when",
                        "because",
                        "after",
                        "before",
                        "while",
                        "if",
                    )
                    and t[x].tag != "det"
                    for x in range(j + 1, k)
                ):
                    return not strict and token.low in ("there",)
                if s.tag(k - 1) == "coord":
                    return False
                return True
            if t[k].text in (";", ".", ":") and k - j > 1 and not self._dot_inside(k):
                break
            if t[k].text in (",", "—") and strict and not s._apposition(k + 1, n):
                break
        return False

    def _participle(self, k):
        """Whether the past form at ``k`` is a participle after its noun: "a statement *read* by ..."."""
        group = self.s.groups[self.s.group_at[k]]
        return (
            group.form in ("past", "part")
            and not group.aux
            and self.s.tag(k - 1) in ("noun", "name")
            and (
                self.s.low(k + 1) in ("by", "against", "during")
                or self.s.low(k + 1) in ("in", "on", "at", "with", "of")
                and group.readings[0][0] not in _INVERTING
            )
        )

    def _object_end(self, a):
        """End of a noun phrase, prepositional or infinitive content with what hangs on it."""
        s, t, n = self.s, self.t, self.n
        i = a
        depth = 0
        while i < n:
            token = t[i]
            if token.text in ("(", "["):
                depth += 1
            elif token.text in (")", "]"):
                if depth == 0:
                    break
                depth -= 1
            elif (
                depth == 0
                and token.quote is not None
                and token.quote.last == ","
                and s.tag(i + 1) in ("verb", "coord", "pron", "sub", "wh")
            ):
                i += 1
                break
            elif depth == 0 and i > a and token.quote is None:
                if token.text in (";", ":", "—", "–", "--"):
                    break
                if token.text == ",":
                    if not self._list_goes_on(i):
                        break
                elif token.tag == "coord" and s._new_report(i + 1, a):
                    break
                elif token.tag == "coord" and s.group_at.get(i + 1) is not None:
                    group = s.groups[s.group_at[i + 1]]
                    if group.finite and not self._same_form_inside(a, i, group):
                        break
                    if (
                        s.tag(i + 1) == "verb"
                        and group.form == "ing"
                        and not any(x.low.endswith("ing") and x.tag == "verb" for x in t[a:i])
                    ):
                        break
                elif token.tag == "coord" and s._clause_follows(i + 1, n) and not token.low == "or":
                    break
                elif (
                    token.low
                    in (
                        "while",
                        "although",
                        "though",
                        "because",
                        "when",
                        "after",
                        "before",
                        "as",
                        "if",
                        "since",
                        "until",
                        "during",
                        "amid",
                        "despite",
                    )
                    and token.tag in ("sub", "prep", "wh")
                    and i > a + 1
                ):
                    if token.low == "as" and not s._clause_follows(i + 1, n):
                        i += 1
                        continue
                    if token.low in (
                        "when",
                        "while",
                        "after",
                        "before",
                        "as",
                        "because",
                        "if",
                        "since",
                        "although",
                        "though",
                        "amid",
                        "despite",
                        "during",
                    ):
                        break
                elif (
                    token.low in lx.TIME_WORDS
                    and s.tag(i - 1) not in ("prep", "det", "gen", "name", "adj")
                    and i > a
                    and token.text[0].isupper()
                ):
                    break
                elif token.low in ("on", "in", "at") and s.low(i + 1) in lx.TIME_WORDS:
                    break
            i += 1
        return s.trim_right(a, i)

    def _same_form_inside(self, a, b, group):
        """Whether a finite verb inside the content could be coordinated with ``group``."""
        return any(g.finite and a <= g.head < b and g.form == group.form for g in self.s.groups)

    def _list_goes_on(self, i):
        """Whether the comma at ``i`` joins items of a list or opens a relative clause inside the content."""
        s, t, n = self.s, self.t, self.n
        if i + 1 >= n:
            return False
        nxt = t[i + 1]
        if nxt.low in ("who", "which", "whose", "where"):
            return False
        if nxt.tag in ("verb", "sub", "pron", "adv", "prep", "to", "be", "have", "modal"):
            return nxt.tag == "to" or nxt.low == "including"
        if nxt.tag == "coord":
            number = s.group_at.get(i + 2)
            if number is not None:
                return False
            return not s._clause_follows(i + 2, n)
        if s._clause_follows(i + 1, n):
            return False
        return True

    # ---- passive, seeming, copula -----------------------------------------------------------

    def _passive(self, number, lemma, frame, stop):
        s, t, n = self.s, self.t, self.n
        group = s.groups[number]
        subject = s.subject_of(number)
        cue = (group.start, stop)
        more = dict(lemma=lemma, negated=group.negated)
        j = stop
        while j < n and t[j].tag == "adv":
            j += 1
        following = t[j].low if j < n else ""
        impersonal = subject is not None and subject[1] - subject[0] == 1 and t[subject[0]].low == "it"
        if impersonal and frame.statements & {"t", "w"}:
            for k in range(j, min(n, j + 12)):
                if (
                    t[k].low == "that"
                    or k == j
                    and t[k].low in _WH_CLAUSE
                    or k > j
                    and t[k - 1].tag == "noun"
                    and t[k].tag == "quote"
                ):
                    source = None
                    if k > j + 1 and following in ("in", "by"):
                        source = (j + 1, s.trim_right(j + 1, k))
                    self.add(source, cue, [(k, s.clause_end(k))], "impersonal", **more)
                    return
                if t[k].text in (".", ";") or s.is_finite(k):
                    break
            if j < n and self._clause_like(j, strict=True):
                self.add(None, cue, [(j, s.clause_end(j))], "impersonal", **more)
            return
        agent = self._agent(j)
        if agent is not None:
            content = (
                [(agent[1], self._object_end(agent[1]))]
                if agent[1] < n and t[agent[1]].low in ("as", "for", "of", "to")
                else []
            )
            between = [(j, agent[0] - 1)] if agent[0] - 1 > j else []
            if subject is not None and group.finite:
                self.add(
                    agent,
                    (cue[0], agent[0] if not between else cue[1]),
                    [subject, *between, *content],
                    "passive-by",
                    weak=frame.weak,
                    setting="all",
                    clausal=False,
                    **more,
                )
            return
        if (
            following == "to"
            and lemma in lx.RAISING
            and subject is not None
            and group.finite
            and s.tag(j + 1) in ("verb", "be", "have", "do", "adv", "neg")
        ):
            self.add(
                None,
                cue,
                [subject, (j, self._object_end(j))],
                "raising",
                setting="all",
                clausal=False,
                **more,
            )
            return
        if (
            subject is not None
            and group.finite
            and lemma in ("ask", "tell", "urge")
            and following == "to"
            and s.tag(j + 1) in ("verb", "be", "have", "do")
        ):
            self.add(
                None, cue, [(j, self._object_end(j))], "passive-told", setting="all", clausal=False, **more
            )
            return
        if (
            subject is not None
            and group.finite
            and "r" in frame.statements
            and (following in ("that", "about", "if", "whether", "how", "why", "what"))
        ):
            kind = "passive-told"
            k = j + 1 if following == "about" else j
            self.add(None, (cue[0], k), [(k, s.clause_end(k))], kind, setting="all", **more)
            return
        if (
            subject is not None
            and group.finite
            and following in ("as", "of", "for", "with")
            and lemma in _PASSIVE_AS
        ):
            self.add(
                None,
                (cue[0], j + 1 if following != "to" else cue[1]),
                [subject, (j + 1, self._object_end(j + 1))],
                "passive-as",
                setting="all",
                clausal=False,
                **more,
            )

    def _agent(self, j):
        """The noun phrase of "by X" near ``j``, or None."""
        s, t, n = self.s, self.t, self.n
        for k in range(j, min(n, j + 6)):
            if (
                t[k].low == "by"
                and k + 1 < n
                and t[k + 1].tag in ("name", "det", "poss", "noun", "adj", "num", "pron")
            ):
                stop = s.phrase_right(k + 1)
                if stop > k + 1 and t[stop - 1].low not in lx.TIME_WORDS and not t[k + 1].text[:1].isdigit():
                    return (k + 1, stop)
                return None
            if (
                t[k].text in (",", ".", ";")
                or s.is_finite(k)
                or t[k].tag in ("sub", "coord", "wh", "quote", "to")
            ):
                return None
        return None

    def _reduced_passive(self, number, lemma, frame):
        """ "a plan *backed* by X": the noun phrase before is the content."""
        s = self.s
        group = s.groups[number]
        agent = self._agent(group.end)
        if (
            agent is None
            or s.low(group.end) != "by"
            or frame.weak
            or not ("o" in frame.all or frame.statements)
        ):
            return
        end = group.start
        if s.low(end - 1) == ",":
            end -= 1
        a = s.phrase_left(end)
        if a is None:
            return
        self.add(
            agent,
            (group.start, group.end + 1),
            [(a, end)],
            "reduced-by",
            lemma=lemma,
            weak=frame.weak,
            setting="all",
            clausal=False,
        )

    def _seem(self, number, stop):
        """ "X *seemed* to ...", "it *appears* that ..."."""
        s, t, n = self.s, self.t, self.n
        group = s.groups[number]
        subject = s.subject_of(number)
        if subject is None or stop >= n:
            return
        nxt = t[stop]
        lemma = group.readings[0][0]
        if nxt.tag == "to" and number + 1 < len(s.groups):
            reported = [lx.VERBS[name] for name, _ in s.groups[number + 1].readings if name in lx.VERBS]
            if (
                any(f.statements or "o" in f.all and not f.weak for f in reported)
                and not s.groups[number + 1].passive
            ):
                return  # "seemed to suggest that": the cue is the verb after it
        if t[subject[0]].tag == "wh" or s.low(subject[0]) == "that":
            return
        if lemma in ("look", "sound", "feel") and not (nxt.low == "like" or nxt.tag == "adj"):
            return (
                self._contents(
                    group, subject, (group.start, stop), lemma, lx.VERBS[lemma], dict(lemma=lemma, weak=True)
                )
                if lemma in lx.VERBS
                else None
            )
        if t[subject[0]].low == "it" and nxt.low == "that":
            self.add(None, (group.start, stop), [(stop, s.clause_end(stop))], "seem", setting="all")
        elif nxt.tag in ("to", "adj", "verb", "adv", "prep") and not (
            nxt.tag == "prep"
            and nxt.low
            in ("in", "on", "at", "before", "after", "with", "for", "during", "alongside", "from", "by")
        ):
            self.add(
                None,
                (group.start, stop),
                [subject, (stop, self._object_end(stop))],
                "seem",
                setting="all",
                clausal=False,
            )

    def _copula(self, number):
        """ "X is *confident* that ...", "it is *clear* that ..."."""
        s, t, n = self.s, self.t, self.n
        group = s.groups[number]
        j = group.end
        while j < n and t[j].tag in ("adv", "neg"):
            j += 1
        if j >= n - 1 or t[j].low not in lx.CLAUSE_ADJECTIVES:
            return
        subject = s.subject_of(number)
        if subject is None or subject[1] > group.start and group.form != "ing":
            return
        k = j + 1
        nxt = t[k]
        impersonal = t[subject[0]].low == "it"
        if nxt.low in ("that", "whether", "how", "why", "what", "if") and nxt.tag in ("sub", "wh"):
            self.add(
                None if impersonal else subject,
                (group.start, k),
                [(k, s.clause_end(k))],
                "adjective-that",
                lemma=t[j].low,
                clausal=True,
            )
        elif not impersonal and nxt.tag == "to" and t[j].low in _ADJ_TO:
            self.add(
                subject,
                (group.start, k),
                [(k, self._object_end(k))],
                "adjective-to",
                lemma=t[j].low,
                setting="all",
                clausal=False,
            )
        elif (
            not impersonal
            and nxt.low in lx.ADJECTIVE_PREPS
            and k + 1 < n
            and t[j].low not in ("open", "careful", "blunt", "clear")
        ):
            self.add(
                subject,
                (group.start, k + 1),
                [(k + 1, self._object_end(k + 1))],
                "adjective-prep",
                lemma=t[j].low,
                setting="all",
                clausal=False,
            )
        elif (
            not impersonal
            and t[j].low
            in (
                "confident",
                "sure",
                "certain",
                "convinced",
                "worried",
                "afraid",
                "hopeful",
                "glad",
                "happy",
                "sorry",
                "proud",
                "concerned",
            )
            and self._clause_like(k, strict=True)
        ):
            self.add(subject, (group.start, k), [(k, s.clause_end(k))], "adjective-that", lemma=t[j].low)

    def _make_clear(self, number):
        """ "X made (it) clear that ..."."""
        s, t, n = self.s, self.t, self.n
        group = s.groups[number]
        k = group.end
        if k < n and t[k].low == "it":
            k += 1
        if k + 1 < n and t[k].low in ("clear", "plain", "known", "explicit", "obvious"):
            k += 1
            subject = s.subject_of(number)
            if subject is not None and (
                t[k].low in ("that", "how", "what", "why", "he", "she", "they", "it", "the")
                or self._clause_like(k, True)
            ):
                self.add(subject, (group.start, k), [(k, s.clause_end(k))], "that", lemma="make_clear")

    # ---- nouns ----------------------------------------------------------------------------

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
                    self.add(owner, cue, [(i + 1, self._noun_clause_end(i + 1))], "noun-that", lemma=base)
            elif (
                low in lx.OBJECT_NOUNS
                and nxt.low in lx.OBJECT_NOUNS[low].split()
                and nxt.tag in ("prep", "to")
                and i + 2 < n
            ):
                owner = self._owner(i, max(0, i - 12))
                if (
                    nxt.low == "to"
                    and base in _INFINITIVE_NOUNS
                    and s.tag(i + 2) not in ("verb", "be", "have", "adv", "neg")
                ):
                    continue
                if owner is None and nxt.tag == "prep":
                    light = self._light_verb(i)
                    number = s.group_at.get(light[1][0]) if light else None
                    if number is not None and any(name in _LIGHT for name, _ in s.groups[number].readings):
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
                start = i + 1 if nxt.tag == "to" and s.tag(i + 2) in ("verb", "be", "have") else i + 2
                self.add(
                    owner, (i, start), [(start, end)], "noun-object", lemma=base, setting="all", clausal=False
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
        if subject is None or subject[1] > s.groups[number].start and s.groups[number].form != "ing":
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
                if between[0].tag in ("prep", "det", "name", "noun", "adj", "poss") and s._clause_follows(
                    first.end, self.n
                ):
                    continue
                return second.start
        return s.clause_end(a)

    def _noun_object_end(self, a):
        """End of the content of a noun: its noun phrase or infinitive, before the sentence's own verb."""
        s, t, n = self.s, self.t, self.n
        end = self._object_end(a)
        for group in s.groups:
            if a < group.start < end and group.finite and not group.infinitive:
                if t[group.start - 1].low in ("who", "which", "that", "he", "she", "they", "it", "we", "i"):
                    continue
                return group.start
        return end


_FRAMES = {"postposed", "postposed-clause", "postposed-any", "inverted", "according"}
_OWN_CLAUSE = {
    "that",
    "bare",
    "quote",
    "hearer",
    "wh",
    "bare-strict",
    "hearer-to",
    "object",
    "prep",
    "infinitive",
    "gerund",
    "hearer-about",
}
_LIGHT = {"make", "give", "issue", "deliver", "offer", "have", "level", "launch", "hold", "show", "take"}
_HEADINGS = {
    "latest",
    "note",
    "notes",
    "update",
    "updates",
    "watch",
    "video",
    "photo",
    "photos",
    "exclusive",
    "breaking",
    "analysis",
    "opinion",
    "review",
    "name",
    "correction",
    "part",
    "contributing",
    "image",
    "source",
    "sources",
    "credit",
    "editor",
    "by",
    "related",
    "more",
    "read",
    "text",
    "abstract",
    "age",
    "city",
    "caption",
    "date",
    "time",
    "place",
    "results",
    "live",
}
_INVERTING = {
    "say",
    "write",
    "add",
    "ask",
    "explain",
    "report",
    "warn",
    "argue",
    "note",
    "tweet",
    "announce",
    "recall",
    "claim",
    "observe",
}
_TIME_NOUNS = {
    "year",
    "years",
    "month",
    "months",
    "week",
    "weeks",
    "day",
    "days",
    "hours",
    "time",
    "decades",
    "example",
    "instance",
    "now",
    "moment",
    "date",
    "reasons",
    "minutes",
    "part",
}
_PASSIVE_AS = {
    "accuse",
    "see",
    "know",
    "describe",
    "portray",
    "regard",
    "view",
    "consider",
    "cast",
    "identify",
    "charge",
    "blame",
    "criticize",
    "quote",
    "cite",
    "praise",
    "depict",
    "characterize",
    "recognize",
    "condemn",
    "convict",
    "mock",
    "hail",
    "credit",
}
_ADJ_TO = {
    "eager",
    "willing",
    "unwilling",
    "reluctant",
    "ready",
    "determined",
    "happy",
    "afraid",
    "proud",
    "hesitant",
    "loath",
    "anxious",
    "opposed",
    "keen",
    "glad",
    "sorry",
    "pleased",
    "resigned",
    "committed",
    "open",
    "delighted",
}
_INFINITIVE_NOUNS = {
    "plan",
    "promise",
    "pledge",
    "vow",
    "threat",
    "refusal",
    "decision",
    "desire",
    "willingness",
    "reluctance",
    "intention",
    "hope",
    "wish",
    "proposal",
    "request",
    "bid",
    "invitation",
    "offer",
}

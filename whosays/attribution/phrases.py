"""Verb groups, noun phrases and the ends of clauses, over one tagged sentence."""

from . import lexicon as lx
from .tokens import outside_brackets

_AUX = {"modal", "be", "have", "do"}
_NOMINAL = {"noun", "name", "num", "adj", "det", "poss", "gen", "pron"}
_HEAD = {"noun", "name", "num", "pron"}


#: furthest a subject is looked for, in tokens
REACH = 40


class Group:
    """A verb group: auxiliaries, adverbs and its head verb, as token positions."""

    __slots__ = (
        "aux",
        "end",
        "form",
        "head",
        "known",
        "negated",
        "passive",
        "readings",
        "start",
        "subject",
    )

    def __init__(self, start, head, readings, form, passive, aux, negated):
        self.start, self.head, self.end = start, head, head + 1
        self.readings, self.form, self.passive, self.aux, self.negated = (
            readings,
            form,
            passive,
            aux,
            negated,
        )
        self.subject, self.known = None, False

    @property
    def finite(self):
        return self.form in ("past", "s", "base") and "to" not in self.aux[:1]

    @property
    def infinitive(self):
        return "to" in self.aux[:1]


class Sentence:
    """A tagged sentence with its verb groups."""

    def __init__(self, tokens, headline):
        self.tokens = tokens
        self.headline = headline
        self.groups = _groups(tokens)
        self.group_at = {}
        for number, group in enumerate(self.groups):
            for i in range(group.start, group.end):
                self.group_at[i] = number

    # ---- small questions ------------------------------------------------------------------

    def low(self, i):
        return self.tokens[i].low if 0 <= i < len(self.tokens) else ""

    def tag(self, i):
        return self.tokens[i].tag if 0 <= i < len(self.tokens) else "end"

    def is_finite(self, i):
        """Whether token ``i`` belongs to a finite verb group."""
        number = self.group_at.get(i)
        return number is not None and self.groups[number].finite

    def has_finite(self, a, b):
        """Whether a finite verb group has its head in ``[a, b)``."""
        return any(g.finite and a <= g.head < b for g in self.groups)

    def main_clause(self, a, b):
        """Whether a finite verb stands in ``[a, b)`` outside relative and subordinate clauses."""
        for group in self.groups:
            if group.finite and a <= group.head < b:
                opener = group.start - 1
                while opener > a and self.tag(opener) in _NOMINAL:
                    opener -= 1
                if not (
                    (self.tag(opener) in ("wh", "sub") and opener >= a)
                    or self.tag(group.start - 1) in ("wh", "sub")
                ):
                    return True
        return False

    # ---- noun phrases ---------------------------------------------------------------------

    def phrase_left(self, end, low=0):
        """Start of the noun phrase that ends before ``end``; None where there is none."""
        tokens = self.tokens
        i = end - 1
        if i < low:
            return None
        if tokens[i].tag in ("wh", "pron") and tokens[i].low not in (
            "others",
            "many",
            "some",
            "one",
            "all",
            "both",
        ):
            if tokens[i].low in lx.OBJECT_PRONOUNS and (
                self.tag(i - 1) in ("prep", "verb", "to")
                or tokens[i].low not in ("it", "you", "her")
            ):
                jump = self._relative_left(end, max(low, end - REACH))
                return self.phrase_left(jump + 1, low) if jump is not None else None
            return i
        if tokens[i].tag not in _HEAD | {"adj", "gen", "det"} and not (
            tokens[i].quote
            and tokens[i].quote.words <= 6
            and tokens[i].quote.last != ","
            and self.tag(i - 1) in _NOMINAL
        ):
            return None
        floor = max(low, end - REACH)
        crossed_and = False
        while i >= floor:
            token = tokens[i]
            tag = token.tag
            if tag == "pron" and token.low not in lx.INDEFINITES:
                # a pronoun ends a clause of its own, unless it is the object in a relative clause
                jump = self._relative_left(i + 1, floor)
                if jump is None:
                    break
                i = jump
                continue
            if tag in _NOMINAL:
                i -= 1
            elif tag == "quote":
                if (
                    token.quote.words > 6
                    or token.quote.terminal
                    or token.quote.last == ","
                    or i == 0
                    or self.tag(i + 1) in ("pron", "det", "poss")
                    or tokens[i - 1].tag not in _NOMINAL | {"prep"}
                ):
                    break
                i -= 1
            elif tag == "adv":
                if (
                    i + 1 < end
                    and tokens[i + 1].tag in ("adj", "num", "prep")
                    and self.tag(i - 1) in _NOMINAL
                ):
                    i -= 1
                else:
                    break
            elif tag == "prep":
                if token.low in lx.CLAUSE_PREPOSITIONS:
                    break
                if i - 1 < floor or (
                    self.tag(i - 1) not in _NOMINAL | {"quote"} and not self._reduced(i - 1, end)
                ):
                    if self.tag(i - 1) == "verb" and self.is_finite(i - 1):
                        break
                    i -= 1
                    break
                i -= 1
            elif tag == "coord" and token.low in ("and", "or", "&"):
                if self.tag(i - 1) in _NOMINAL | {"quote"} or self.low(i - 1) in (",", ")"):
                    if self.low(i - 1) == "," and self.tag(i - 2) not in _NOMINAL:
                        break
                    if (
                        any(self.is_finite(k) for k in range(max(low, i - 14), i))
                        and not crossed_and
                    ):
                        if not self._listed(i, floor):
                            break
                    crossed_and = True
                    i -= 2 if self.low(i - 1) == "," else 1
                else:
                    break
            elif (
                (token.text == "," and crossed_and and self._listed(i, floor))
                or (
                    token.text == "."
                    and i > floor
                    and (tokens[i - 1].low in lx.ABBREVIATIONS or len(tokens[i - 1].text) == 1)
                )
                or token.text in ("-", "/", "'", "$", "#", "@", "&")
            ):
                i -= 1
            elif token.text in (")", "]"):
                k = i - 1
                while k > floor and tokens[k].text not in ("(", "["):
                    k -= 1
                i = k - 1
            elif tag == "verb":
                if self._reduced(i, end):
                    i -= 1
                    continue
                jump = self._relative_left(i + 1, floor)
                if jump is None:
                    break
                i = jump
            elif tag in ("be", "have", "modal", "do"):
                jump = self._relative_left(i + 1, floor)
                if jump is None:
                    break
                i = jump
            elif tag == "to" and self.tag(i - 1) in ("noun", "name"):
                i -= 1
            else:
                break
        return self._trim_left(max(floor, i + 1), end)

    def _listed(self, i, floor):
        """Whether the comma or *and* at ``i`` joins names: "A, B and C"."""
        return self.tag(i + 1) in ("name",) and self.tag(i - 1) in ("name",) and i - 1 >= floor

    def _reduced(self, i, end):
        """Whether the verb at ``i`` is a reduced relative inside a noun phrase: "people familiar
        *accused* of".
        """
        if i < 1 or self.tag(i) != "verb":
            return False
        group = self.groups[self.group_at[i]] if i in self.group_at else None
        if group is None or group.aux or self.tag(group.start - 1) not in ("noun", "name", "pron"):
            return False
        if group.form == "ing":
            return True
        return group.form in ("past", "part") and (
            i + 1 >= end or self.tag(i + 1) in ("prep", "to", "num")
        )

    def _relative_left(self, stop, floor):
        """If a relative clause ends before ``stop``, the position of the last word before *who*,
        *which*, *that*.
        """
        for k in range(stop - 1, max(floor, stop - 24), -1):
            token = self.tokens[k]
            if token.tag == "punct" and token.text not in ("-", "'", "."):
                return None
            if (
                token.low in lx.RELATIVES_WITH_THAT
                and self.tag(k - 1) in ("noun", "name")
                and k - 1 >= floor
            ):
                # "said that X": the word before must not be a cue verb, which its tag already tells
                return k - 1
        return None

    def _trim_left(self, a, end):
        """Drop adverbs, conjunctions and a leading prepositional phrase from ``[a, end)``."""
        tokens = self.tokens
        while a < end:
            token = tokens[a]
            if (
                (token.tag in ("coord", "adv", "sub", "neg") and end - a > 1)
                or (token.tag == "punct" and token.text not in ("$", "#", "@"))
            ) or (token.low in lx.LEADING and end - a > 1 and token.tag not in ("name", "noun")):
                a += 1
            elif token.tag == "prep" and any(t.text == "," for t in tokens[a:end]):
                a = next(k for k in range(a, end) if tokens[k].text == ",") + 1
            elif token.tag == "prep":
                split = None
                for k in range(a + 2, end):
                    left, right = tokens[k - 1], tokens[k]
                    if left.tag in ("noun", "name", "num", "pron") and (
                        right.tag in ("det", "poss", "pron")
                        or (right.tag == "name" and left.tag in ("noun", "num"))
                        or (left.low in lx.TIME_WORDS and right.tag in ("name", "noun", "adj"))
                    ):
                        split = k
                if split is None:
                    return None
                a = split
            elif (
                token.low in lx.TIME_WORDS
                and end - a > 1
                and tokens[a + 1].tag in ("det", "name", "noun", "adj", "poss", "pron")
            ):
                a += 1
            else:
                break
        return a if a < end else None

    def phrase_right(self, start, limit=None):
        """End of the noun phrase that begins at ``start``, with its appositions ("Mr. X, a
        farmer").

        Relative clauses and what follows time words stay out.
        """
        tokens = self.tokens
        limit = len(tokens) if limit is None else limit
        limit = min(limit, start + REACH)
        if start < limit and tokens[start].tag in ("pron", "wh"):
            if tokens[start].low not in lx.SUBJECT_PRONOUNS - lx.PERSONAL_SUBJECTS:
                return start + 1
        i = start
        while i < limit:
            token = tokens[i]
            tag = token.tag
            if tag == "quote":
                if token.quote.words > 8 or (token.quote.terminal and i + 1 < limit):
                    break
                i += 1
            elif tag in _NOMINAL or (
                tag == "adv" and self.tag(i + 1) in ("adj", "num") and i > start
            ):
                if i > start and token.low in lx.TIME_WORDS and self.tag(i - 1) != "prep":
                    break
                if tag == "pron" and i > start and self.tag(i - 1) != "prep":
                    break
                i += 1
            elif token.text in ("(", "["):
                k = next(
                    (k for k in range(i, min(limit, i + 14)) if tokens[k].text in (")", "]")), None
                )
                if k is None:
                    break
                i = k + 1
            elif token.text == ".":
                if (
                    i > start
                    and tokens[i - 1].end == token.start
                    and (tokens[i - 1].low in lx.ABBREVIATIONS or len(tokens[i - 1].text) == 1)
                    and i + 1 < limit
                ):
                    i += 1
                else:
                    break
            elif token.text == ",":
                if self._apposition(i + 1, limit):
                    i += 1
                else:
                    break
            elif tag == "prep":
                if i == start or not self._postmodifier(i, start, limit):
                    break
                i += 1
            elif tag == "coord" and token.low in ("and", "or", "&"):
                if self.tag(i + 1) in (
                    "name",
                    "det",
                    "poss",
                    "noun",
                    "adj",
                    "num",
                ) and not self._clause_follows(i + 1, limit):
                    i += 1
                else:
                    break
            elif (
                token.text in ("-", "/", "&", "'", "$", "#", "@", "%")
                or (
                    tag == "verb"
                    and i > start
                    and token.low.endswith(("ed", "ing", "wn", "en"))
                    and self.tag(i - 1) in ("noun", "name")
                    and self.tag(i + 1) in ("prep",)
                    and i in self.group_at
                    and not self.groups[self.group_at[i]].aux
                )
                or (
                    tag == "verb"
                    and i > start
                    and self.tag(i - 1) == "prep"
                    and token.low.endswith("ing")
                )
            ):
                i += 1
            else:
                break
        while (
            i > start
            and tokens[i - 1].tag in ("punct", "prep", "coord")
            and tokens[i - 1].text not in (")", "]", ".", "'", "%")
        ):
            i -= 1
        return i

    def _postmodifier(self, i, start, limit):
        low = self.tokens[i].low
        nxt = self.tokens[i + 1] if i + 1 < limit else None
        if nxt is None or nxt.low in lx.TIME_WORDS:
            return False
        if low == "of":
            return True
        if low in lx.POSTMODIFIERS:
            if nxt.low in lx.OWNERS and any(
                self.low(k) in lx.OCCASIONS for k in range(i + 2, min(limit, i + 7))
            ):
                return False
            if (nxt.text[:1].isdigit() and len(nxt.text) == 4) or nxt.tag == "verb":
                return False
            if low in lx.PLACE_PREPOSITIONS:
                # after a common noun ("the leader in the House") or an apposition; "said Smith in
                # Iowa" is a place of speaking
                return self.tags_include(start, i, "det", "noun") and nxt.tag in (
                    "det",
                    "name",
                    "poss",
                    "noun",
                    "adj",
                )
            return True
        return False

    def is_claim(self, i):
        """Whether "a charge ..." begins at ``i``: a word for what was told before."""
        return self.tag(i) == "det" and self.low(i + 1) in lx.CLAIM_NOUNS

    def tags_include(self, a, b, *wanted):
        return any(self.tokens[k].tag in wanted for k in range(a, b))

    def _apposition(self, i, limit):
        """Whether an apposition, an age or a place begins at ``i``, after a comma."""
        if i >= limit:
            return False
        token = self.tokens[i]
        if token.quote is not None or token.tag in (
            "wh",
            "coord",
            "sub",
            "verb",
            "pron",
            "be",
            "have",
            "modal",
            "to",
            "neg",
        ):
            return False
        if token.low in lx.TIME_WORDS or token.low in ("speaking", "referring"):
            return False
        if token.text.isdigit() and len(token.text) <= 3 and self.low(i + 1) in (",", ".", ""):
            return self._apposition(i + 2, limit) if self.low(i + 1) == "," else False
        stop = i
        while (
            stop < limit
            and self.tokens[stop].text not in (",", ";", ".", ":", "—", "–", "--")
            and self.tokens[stop].quote is None
        ):
            stop += 1
        if self.has_finite(i, stop) and not any(
            self.tokens[k].low in ("who", "which", "that", "whose") for k in range(i, stop)
        ):
            return False
        if token.tag in ("det", "poss"):
            return True
        if token.tag in ("adj", "noun", "name", "num", "adv"):
            window = [self.tokens[k].low for k in range(i, min(limit, i + 8))]
            if any(w in lx.TITLES or w.rstrip("s") in lx.TITLES for w in window):
                return True
            if token.low[:2] in ("r-", "d-", "i-") or token.low in lx.SUFFIXES_OF_NAMES:
                return True
            if token.tag == "name" and stop - i <= 3 and self.low(stop) in (",", "."):
                return True  # a place: "Skokie, Ill."
            return False
        return False

    def _clause_follows(self, i, limit):
        """Whether a subject and its finite verb begin at ``i``."""
        k = i
        while k < min(limit, i + 10) and self.tokens[k].tag in _NOMINAL | {"prep", "adv"}:
            k += 1
        return k < len(self.tokens) and self.is_finite(k)

    # ---- subjects -------------------------------------------------------------------------

    def subject_of(self, number):
        """Token range ``(a, b)`` of the subject of group ``number``; None if it is not found."""
        group = self.groups[number]
        if not group.known:
            group.known = True
            group.subject = self._find_subject(number)
        return group.subject

    def _find_subject(self, number):
        group = self.groups[number]
        if group.infinitive:
            return self._earlier_subject(number)
        start = group.start
        if group.form == "ing" and not group.aux:
            before = self.tag(start - 1)
            if self.low(start - 1) == "as" and number and self.groups[number - 1].end < start:
                a = self.phrase_left(start - 1, self.groups[number - 1].end)
                if a is not None:
                    return a, start - 1  # "quoted a doctor as saying"
            if before in ("noun", "name") and self.low(start - 1) not in lx.TIME_WORDS:
                a = self.phrase_left(start)
                previous = self._earlier_group(number)
                if (
                    previous is not None
                    and a is not None
                    and self.groups[previous].end <= a
                    and self.low(a - 1) != "with"
                    and any(
                        (f := lx.VERBS.get(name)) is not None and "q" in f.statements
                        for name, _ in group.readings
                    )
                ):
                    # "put out a statement saying": whoever put it out speaks
                    return self._earlier_subject(number) or (a, start)
                if a is None:
                    # "with one poster writing"
                    opener = next(
                        (
                            k
                            for k in range(start - 2, max(-1, start - 10), -1)
                            if self.low(k) == "with"
                        ),
                        None,
                    )
                    if opener is not None and not any(
                        self.tag(k) in ("punct", "verb") for k in range(opener, start)
                    ):
                        return opener + 1, start
                return (a, start) if a is not None else self._earlier_subject(number)
            found = self._earlier_subject(number)
            return found if found is not None else self._later_subject(number)
        if start == 0:
            return self._later_subject(number) if group.form in ("past", "part") else None
        before = self.tokens[start - 1]
        if before.tag == "coord" or (before.text == "," and self.tag(start - 2) == "coord"):
            return self._earlier_subject(number, same=True)
        return self._subject_ending(start, number, 0)

    def _subject_ending(self, end, number, depth):
        """Subject that ends right before ``end``, stepping over parentheticals between commas,
        dashes, brackets.
        """
        if depth > 4 or end <= 0:
            return None
        tokens = self.tokens
        before = tokens[end - 1]
        titled = (
            before.quote is not None
            and before.quote.last == ","
            and before.quote.words <= 7
            and self.tag(end - 2) in ("gen", "prep", "noun", "name", "det")
        )
        if titled or before.text in (",", "—", "–", "--"):
            mark = "," if titled else before.text
            fallback, tried, seen = None, 0, False
            for k in range(end - 2, max(-1, end - REACH), -1):
                token = tokens[k]
                if token.text in (";", ":") or (token.quote is not None and token.quote.words > 8):
                    break
                if token.text != mark:
                    continue
                seen = True
                if k == 0 or tried == 4:
                    break
                tried += 1
                found = self._beside(k, end, titled, mark, number, depth)
                if found is None:
                    continue
                left = found[0] - 1
                if (
                    left < 0
                    or tokens[left].tag in ("quote", "coord", "sub")
                    or tokens[left].text != ","
                ):
                    return found
                fallback = fallback or found
            if fallback is not None:
                return fallback
            if not seen and not depth and mark == ",":
                a = self.phrase_left(end - 1)
                return (
                    (a, end - 1)
                    if a is not None and self._trim_left(0, end - 1) == a and self.tag(a) != "pron"
                    else None
                )
            if not seen or depth or mark != ",":
                return None
            # "..., X did this, said that" without a conjunction
            return self._earlier_subject(number, same=True)
        if before.text in (")", "]"):
            k = end - 2
            while k > 0 and tokens[k].text not in ("(", "["):
                k -= 1
            found = self._subject_ending(k, number, depth + 1)
            return (found[0], end) if found is not None else None
        if before.tag in ("sub", "wh") and before.low not in ("who", "which", "that", "what"):
            return None
        if before.low in ("who", "which"):
            return end - 1, end
        if before.low == "that":
            return (end - 1, end) if self.tag(end - 2) in ("noun", "name", "pron") else None
        if before.tag == "verb" and not depth:
            # "the men that the army had held said"
            jump = self._relative_left(end, max(0, end - REACH))
            a = self.phrase_left(jump + 1) if jump is not None else None
            return (a, end) if a is not None else None
        if before.tag == "verb" and self._reduced(end - 1, end):
            return self._subject_ending(end - 1, number, depth + 1)
        trimmed = self._without_time(end)
        if trimmed < end:
            return self._subject_ending(trimmed, number, depth + 1)
        a = self.phrase_left(end)
        if (
            a is not None
            and a > 1
            and tokens[a - 1].text == ","
            and tokens[a].tag in ("det", "poss")
            and self.tag(a - 2) in ("name", "punct")
        ):
            # an apposition without its second comma: "Sen. Smith, a supporter of X told ..."
            name = self.phrase_left(a - 1) if self.tag(a - 2) == "name" else None
            if (
                name is not None
                and tokens[name].tag == "name"
                and (name == 0 or self.tag(name - 1) in ("punct", "coord"))
            ):
                return name, end
        return (a, end) if a is not None else None

    def _beside(self, opening, end, titled, mark, number, depth):
        """The subject before a parenthetical that runs from the mark at ``opening`` to ``end``;
        with it if it is an apposition.
        """
        tokens = self.tokens
        a, b = opening + 1, end if titled else end - 1
        if a >= b:
            return None
        head = tokens[a]
        if (
            self.main_clause(a, b)
            and head.low not in lx.RELATIVES
            and head.tag not in ("sub", "prep", "verb", "adv")
        ):
            return None
        found = self._subject_ending(opening, number, depth + 1)
        if found is None:
            return None
        if head.low in lx.RELATIVES:
            return found
        if (
            head.tag in ("verb", "prep", "adv", "sub", "to", "coord", "num", "pron")
            or head.low in lx.TIME_WORDS
            or mark != ","
        ):
            return found
        return found[0], b

    def _without_time(self, end):
        """Step back over a time between subject and verb: "the report *on Wednesday* said"."""
        low = self.low(end - 1)
        if low in lx.DAY_PARTS and self.low(end - 2) in lx.TIME_WORDS:
            end -= 1
            low = self.low(end - 1)
        if low in lx.TIME_WORDS:
            k = end - 1
            if self.low(k - 1) in lx.BEFORE_TIMES and k - 1 > 0:
                return k - 1
            if self.tag(k - 1) in ("name", "noun", "pron") and self.tokens[k].text != "May":
                return k
        if low in lx.SPANS_OF_TIME and self.low(end - 2) in ("last", "this", "past") and end > 2:
            return end - 2
        return end

    def _earlier_group(self, number):
        for k in range(number - 1, -1, -1):
            if self.groups[k].finite:
                return k
        return None

    def _embedded(self, number):
        """Whether a finite group stands in a clause inside another: behind *that*, *who*, *as*, or
        a bare report.
        """
        group = self.groups[number]
        subject = self.subject_of(number)
        if subject is None:
            return True
        a = subject[0]
        if self.tag(a) == "wh" or self.low(a) in ("that", "which", "who"):
            return True
        before = a - 1
        while before >= 0 and self.tag(before) == "adv":
            before -= 1
        if self.tag(before) in ("sub", "wh") or self.low(before) in (
            "as",
            "after",
            "before",
            "since",
            "until",
            "for",
            "than",
        ):
            return True
        if number and subject[1] <= group.start:
            previous = self.groups[number - 1]
            gap = [self.tokens[k] for k in range(previous.end, max(previous.end, a))]
            if (
                previous.end <= a
                and not any(t.tag in ("punct", "coord", "quote") for t in gap)
                and len(gap) <= 4
            ):
                return True  # "he said [on Monday] there was"
        return False

    def _earlier_subject(self, number, same=False):
        """Subject of the finite group before ``number`` that it can share.

        A main clause is preferred over an embedded one; ``same``: its verb must have the same form
        if one has.
        """
        group = self.groups[number]
        embedded = main = None
        for k in range(number - 1, max(-1, number - 12), -1):
            other = self.groups[k]
            if not other.finite or self.subject_of(k) is None:
                continue
            if same and not (
                other.form == group.form
                and (bool(other.aux) == bool(group.aux) or other.form == "past")
            ):
                embedded = embedded or self.subject_of(k)
                continue
            if self._embedded(k):
                embedded = embedded or self.subject_of(k)
                continue
            main = self.subject_of(k)
            break
        return main or embedded

    def _later_subject(self, number):
        """For a participle at the head of a sentence: the subject of the main clause after it."""
        for k in range(number + 1, min(len(self.groups), number + 8)):
            group = self.groups[k]
            if group.finite and any(
                self.tokens[j].text == "," for j in range(self.groups[number].end, group.start)
            ):
                found = self.subject_of(k)
                if found is not None and self.low(found[0] - 1) in (",", "and", "then", "also"):
                    return found
        return None

    # ---- ends of clauses ------------------------------------------------------------------

    def clause_end(self, start, cue_lemmas=(), stop_at_participle=True):
        """Where the content that begins at ``start`` ends (exclusive).

        It runs to the end of the sentence, except where a new clause of the reporting
        sentence begins: ", adding ...", ", while ...", "and said ...", ", according to ...".
        """
        i = start
        for i, token in outside_brackets(self.tokens, start):
            if token is None:
                break
            if token.quote is not None:
                if token.quote.last in ",.?!" and self._breaks_after_comma(
                    i, start, stop_at_participle
                ):
                    i += 1
                    break
            elif i > start:
                if token.low == "before" and self.low(i + 1) in lx.REPORTING_ING:
                    break
                if token.text == ";":
                    break
                if token.text in (",", "—", "–", "--"):
                    if self._breaks_after_comma(i, start, stop_at_participle):
                        break
                elif token.tag == "coord" and self._new_report(i + 1, start):
                    break
        return self.trim_right(start, i)

    def _breaks_after_comma(self, i, start, stop_at_participle):
        low, tag = self.low(i + 1), self.tag(i + 1)
        if self.is_claim(i + 1) and any(
            name in lx.DENYING
            for group in self.groups
            if i < group.head < i + 14
            for name, _ in group.readings
        ):
            return True
        if low in ("according",) and self.low(i + 2) == "to":
            return True
        if low in lx.REPORTING_ING:
            return stop_at_participle
        if low in lx.CLAUSE_BREAKS and i > start + 1:
            return True
        if low == "but":
            return True
        if low in ("and", "or") and (
            self._new_report(i + 2, start) or self._reporter_follows(i + 2)
        ):
            return True
        return low in ("and",) and tag == "coord" and self._new_report(i + 2, start)

    def _reporter_follows(self, i):
        """Whether a named speaker and a strong reporting verb begin at ``i``: "and *Ms. Smith
        said*".
        """
        if self.tag(i) != "name":
            return False
        k = i
        while k < min(len(self.tokens), i + 8) and (
            self.tag(k) in ("name", "adv") or self.tokens[k].text == "."
        ):
            k += 1
        return k < len(self.tokens) and self._new_report(k, i)

    def _new_report(self, i, start):
        """Whether a reporting verb without its own subject begins at ``i``: "and *said* ..."."""
        while self.tag(i) == "adv":
            i += 1
        number = self.group_at.get(i)
        if number is None:
            return False
        group = self.groups[number]
        if group.infinitive or (
            group.form not in ("past", "s")
            and not (group.aux and group.aux[0] in ("have", "modal"))
        ):
            return False
        inner = [g for g in self.groups if g.finite and start <= g.head < i]
        # "he said it would rain and praised her": the plain past does not go with "would"
        apart = (
            bool(inner)
            and group.form == "past"
            and not group.aux
            and (inner[-1].aux or inner[-1].form != "past")
        )
        for lemma, _ in group.readings:
            frame = lx.VERBS.get(lemma)
            if (
                frame is not None
                and not frame.weak
                and (frame.statements or (apart and "o" in frame.all))
            ):
                # "he said he went there and told them": the finite verb inside may own it
                return True
        return False

    def trim_right(self, a, b):
        while (
            b > a
            and self.tokens[b - 1].quote is None
            and (
                self.tokens[b - 1].text
                in (".", ",", ";", ":", "—", "–", "--", "-", "(", "[", "•", "|")
                or self.tokens[b - 1].tag == "coord"
            )
        ):
            if (
                self.tokens[b - 1].text == "."
                and b - 2 >= a
                and self.tokens[b - 2].end == self.tokens[b - 1].start
                and self.tokens[b - 2].low + "." in ("mr.", "u.s.")
            ):
                break
            b -= 1
        return b

    def trim_lead(self, a, b):
        """Skip conjunctions, marks and adverbs at the head of ``[a, b)``."""
        while a < b and self.tokens[a].quote is None:
            token = self.tokens[a]
            if (
                token.tag == "coord"
                or (token.tag == "punct" and token.text not in ("$", "#", "@", "(", "["))
            ) or token.low in lx.OPENERS:
                a += 1
            else:
                break
        return a


def _groups(tokens):
    groups, i, count = [], 0, len(tokens)
    while i < count:
        tag = tokens[i].tag
        if tag not in _AUX and tag != "verb" and tag != "to":
            i += 1
            continue
        aux, negated, j, head = [], False, i, None
        while j < count:
            tag = tokens[j].tag
            if tag in _AUX:
                aux.append((tag, j))
            elif tag == "to":
                if j != i and not (aux and aux[-1][0] in ("have", "be", "modal")):
                    break
                if j != i and self_contained(tokens, j):
                    break
                aux.append(("to", j))
            elif tag == "neg":
                negated = True
            elif tag == "verb":
                head = j
                break
            elif tag != "adv":
                break
            j += 1
        if head is None:
            mains = [(kind, k) for kind, k in aux if kind in ("be", "have", "do")]
            if not mains:
                i += 1
                continue
            kind, head = mains[-1]
            low = tokens[head].low
            lemma = {"be": "be", "have": "have", "do": "do"}[kind]
            aux = [a for a in aux if a[1] < head]
            form = (
                "ing"
                if low.endswith("ing")
                else "base"
                if aux
                else "past"
                if low in ("was", "were", "had", "did")
                else "s"
            )
            readings = ((lemma, frozenset((form,))),)
            passive = False
        else:
            readings = tokens[head].verbs
            kinds = frozenset().union(*(k for _, k in readings))
            passive = False
            last = aux[-1][0] if aux else None
            if last == "be":
                if "ing" in kinds:
                    form = "s"
                elif kinds & {"part", "past"}:
                    form, passive = "s", True
                else:
                    form = "base"
            elif last == "have":
                form = "past"
                if tokens[aux[-1][1]].low == "having":
                    form = "ing"
            elif last in ("modal", "do", "to"):
                form = "base"
            elif "past" in kinds:
                form = "past"
            elif "part" in kinds:
                form = "part"
            elif "ing" in kinds:
                form = "ing"
            elif "s" in kinds:
                form = "s"
            else:
                form = "base"
            if passive and tokens[aux[-1][1]].low == "being" and len(aux) == 1:
                form = "ing"
        start = i
        while start > 0 and tokens[start - 1].tag in ("adv", "neg") and start - 1 != 0:
            start -= 1
            if tokens[start].tag == "neg":
                negated = True
        if groups and start < groups[-1].end:
            start = groups[-1].end
        names = tuple(kind for kind, _ in aux)
        groups.append(Group(start, head, readings, form, passive, names, negated))
        i = head + 1
    return groups


def self_contained(tokens, j):
    """Whether *to* at ``j`` is a preposition ("has to the")."""
    following = tokens[j + 1] if j + 1 < len(tokens) else None
    return following is None or following.tag not in ("verb", "be", "have", "do", "adv", "neg")

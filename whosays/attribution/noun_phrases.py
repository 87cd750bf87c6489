"""Noun phrases over one tagged sentence: where they begin and where they end."""

from . import lexicon as lx
from .groups import groups
from .tokens import BREAKS

NOMINAL = frozenset(("noun", "name", "num", "adj", "det", "poss", "gen", "pron"))
#: furthest a subject is looked for, in tokens
REACH = 40
_LAST = ("noun", "name", "num", "pron", "adj", "gen", "det")
_SIGNS = ("-", "/", "'", "$", "#", "@", "&", "%")
_NO_APPOSITION = ("wh", "coord", "sub", "verb", "pron", "be", "have", "modal", "to", "neg")
_MARKS = (*BREAKS, ";", ".", ":")
#: parts of speech that do not belong to a phrase they stand before
_LEADING = ("punct", "coord", "adv", "sub", "neg")
_JOINING = ("and", "or", "&")


class NounPhrases:
    """A tagged sentence, its verb groups, and the noun phrases around a place.

    A phrase is walked over token by token; each part of speech goes on with the walk or ends it.
    """

    def __init__(self, tokens, headline):
        self.tokens = tokens
        self.words = {token.low for token in tokens}
        self.quotes = [token for token in tokens if token.quote is not None]
        self.headline = headline
        self.groups = groups(tokens)
        self.group_at = {
            i: number
            for number, group in enumerate(self.groups)
            for i in range(group.start, group.end)
        }

    def low(self, i: int) -> str:
        return self.tokens[i].low if 0 <= i < len(self.tokens) else ""

    def tag(self, i: int) -> str:
        return self.tokens[i].tag if 0 <= i < len(self.tokens) else "end"

    def is_finite(self, i: int) -> bool:
        """Whether token ``i`` belongs to a finite verb group."""
        number = self.group_at.get(i)
        return number is not None and self.groups[number].finite

    def has_finite(self, a: int, b: int) -> bool:
        """Whether a finite verb group has its head in ``[a, b)``."""
        return any(g.finite and a <= g.head < b for g in self.groups)

    def clause_follows(self, i: int, limit: int) -> bool:
        """Whether a subject and its finite verb begin at ``i``."""
        k = i
        while k < min(limit, i + 10) and (self.tag(k) in NOMINAL or self.tag(k) in ("prep", "adv")):
            k += 1
        return self.is_finite(k)

    def is_claim(self, i: int) -> bool:
        """Whether "a charge ..." begins at ``i``: a word for what was told before."""
        return self.tag(i) == "det" and self.low(i + 1) in lx.CLAIM_NOUNS

    # ---- from the right end ---------------------------------------------------------------

    def phrase_left(self, end: int, low: int = 0) -> int | None:
        """Start of the noun phrase that ends before ``end``; None where there is none."""
        i = end - 1
        if i < low:
            return None
        token, floor = self.tokens[i], max(low, end - REACH)
        if token.tag in ("wh", "pron") and token.low not in lx.INDEFINITES:
            if token.low in lx.OBJECT_PRONOUNS and self.tag(i - 1) in ("prep", "verb", "to"):
                jump = self.relative_left(end, floor)
                return self.phrase_left(jump + 1, low) if jump is not None else None
            return i
        named = token.quote and self.tag(i - 1) in NOMINAL  # the paper "Echo"
        if token.tag not in _LAST and not named:
            return None
        while i >= floor:
            left = self._step_left(i, end, floor)
            if left is None:
                break
            i = left
        return self.trim_left(max(floor, i + 1), end)

    def _step_left(self, i, end, floor):
        """The place to go on from to the left of ``i``, or None where the phrase begins."""
        token, before = self.tokens[i], self.tag(i - 1)
        match token.tag:
            case tag if tag in NOMINAL and (tag != "pron" or token.low in lx.INDEFINITES):
                inside = True
            case "verb" if self.reduced(i, end):
                inside = True
            case "verb" | "pron" | "be" | "have" | "modal" | "do":
                return self.relative_left(i + 1, floor)  # another clause, unless a relative one
            case "quote":
                inside = (before in NOMINAL or before == "prep") and token.quote.last != ","
            case "adv":
                inside = self.tag(i + 1) in ("adj", "num", "prep") and before in NOMINAL
            case "prep":
                stops = before == "verb" and self.is_finite(i - 1) and not self.reduced(i - 1, end)
                if stops:
                    return self.relative_left(i, floor)  # "officials *who spoke with* the paper"
                inside = token.low not in lx.CLAUSE_PREPOSITIONS
            case "to":
                inside = before in ("noun", "name")
            case "coord":
                return self._left_conjunction(i)
            case "punct":
                return self._left_mark(i, end, floor)
            case _:
                inside = False
        return i - 1 if inside else None

    def _left_conjunction(self, i):
        comma = self.low(i - 1) == ","
        joined = self.tag(i - 2) if comma else self.tag(i - 1)
        if self.low(i) not in _JOINING or not (
            joined in NOMINAL or (not comma and (joined == "quote" or self.low(i - 1) == ")"))
        ):
            return None
        clause = any(self.is_finite(k) for k in range(max(0, i - 14), i))
        if clause and not self._joins_names(i):
            return None
        return i - 2 if comma else i - 1

    def _left_mark(self, i, end, floor):
        text = self.tokens[i].text
        if text in (")", "]"):
            return next((k - 1 for k in range(i, floor, -1) if self.low(k) in ("(", "[")), None)
        listed = text == "," and self._joins_names(i)
        listed = listed and any(self.low(k) in _JOINING for k in range(i + 1, end))
        return i - 1 if listed or text in _SIGNS or self._abbreviates(i) else None

    def _joins_names(self, i):
        """Whether the comma or *and* at ``i`` joins names: "A, B and C"."""
        return self.tag(i + 1) == "name" and self.tag(i - 1) == "name"

    def _abbreviates(self, i):
        before = self.tokens[i - 1]
        return self.low(i) == "." and (before.low in lx.ABBREVIATIONS or len(before.text) == 1)

    def reduced(self, i: int, end: int) -> bool:
        """Whether the verb at ``i`` is a participle in a noun phrase: "the man *accused* of"."""
        if self.tag(i) != "verb":
            return False
        group = self.groups[self.group_at[i]]
        if group.aux or self.tag(group.start - 1) not in ("noun", "name", "pron"):
            return False
        behind = i + 1 >= end or self.tag(i + 1) in ("prep", "to", "num")
        return group.form == "ing" or (group.form in ("past", "part") and behind)

    def relative_left(self, stop: int, floor: int) -> None:
        """If a relative clause ends before ``stop``, the place before *who*, *which*, *that*."""
        for k in range(stop - 1, max(floor, stop - 24), -1):
            token = self.tokens[k]
            if token.tag == "punct" and token.text not in ("-", "'", "."):
                return None
            if token.low in lx.RELATIVES_WITH_THAT and self.tag(k - 1) in ("noun", "name"):
                return k - 1
        return None

    def trim_left(self, a: int, end: int) -> int:
        """Drop adverbs, conjunctions and a leading prepositional phrase from ``[a, end)``."""
        while a is not None and a < end:
            if self.tag(a) == "prep":
                a = self._after_adjunct(a, end)
            elif self.tag(a) in _LEADING:
                a += 1
            else:
                return a
        return None

    def _after_adjunct(self, a, end):
        """Where a phrase begins behind the adjunct that opens at ``a``, or None."""
        begins = None
        for k in range(a + 2, end):
            left, right = self.tokens[k - 1].tag, self.tokens[k].tag
            if left in ("noun", "name", "num", "pron") and (
                right in ("det", "poss", "pron") or (right == "name" and left in ("noun", "num"))
            ):
                begins = k
        return begins

    # ---- from the left end ----------------------------------------------------------------

    def phrase_right(self, start: int) -> int:
        """End of the noun phrase that begins at ``start``, with appositions ("Mr. X, a farmer").

        Relative clauses and what follows time words stay out.
        """
        limit = min(len(self.tokens), start + REACH)
        counts = self.low(start) == "one" and self.tag(start + 1) in ("noun", "adj")
        if self.tag(start) in ("pron", "wh") and not counts:
            return start + 1
        i = start
        while i < limit:
            right = self._step_right(i, start, limit)
            if right is None:
                break
            i = right
        while i > start and (
            self.tokens[i - 1].tag in ("prep", "coord")
            or (self.tokens[i - 1].tag == "punct" and self.tokens[i - 1].text not in ")].'%")
        ):
            i -= 1
        return i

    def _step_right(self, i, start, limit):
        """The place to go on from behind ``i``, or None where the phrase ends."""
        token, before, after = self.tokens[i], self.tag(i - 1), self.tag(i + 1)
        match token.tag:
            case tag if tag in NOMINAL:
                apart = token.low in lx.TIME_WORDS or tag == "pron"
                inside = not apart or i == start or before == "prep"
            case "quote":
                inside = token.quote.words <= 8
            case "coord":
                inside = after in NOMINAL and not self.clause_follows(i + 1, limit)
            case "verb":
                inside = after == "prep" and token.low.endswith(("ed", "ing", "wn", "en"))
            case "prep":
                inside = i + 1 < limit and self._postmodifies(i, start)
            case "punct":
                return self._right_mark(i, limit)
            case _:
                inside = False
        return i + 1 if inside else None

    def _right_mark(self, i, limit):
        text = self.tokens[i].text
        if text in ("(", "["):
            span = range(i, min(limit, i + 14))
            return next((k + 1 for k in span if self.tokens[k].text in (")", "]")), None)
        if text == ",":
            return i + 1 if self.apposition(i + 1, limit) else None
        return i + 1 if text in _SIGNS or (self._abbreviates(i) and i + 1 < limit) else None

    def _postmodifies(self, i, start):
        """Whether the preposition at ``i`` goes on with the phrase that began at ``start``."""
        low, after = self.low(i), self.tokens[i + 1]
        if after.low in lx.TIME_WORDS:
            return False
        if low == "of":
            return True
        if low not in lx.POSTMODIFIERS or after.tag == "verb":
            return False
        # after a common noun ("the leader in the House") or an apposition; "said Smith in Iowa"
        # is a place of speaking
        common = any(self.tokens[k].tag in ("det", "noun") for k in range(start, i))
        placed = common and after.tag in ("det", "name", "poss", "noun", "adj")
        return placed or low not in lx.PLACE_PREPOSITIONS

    def apposition(self, i: int, limit: int) -> bool:
        """Whether an apposition, an age or a place begins at ``i``, after a comma."""
        if i >= limit:
            return False
        token = self.tokens[i]
        if token.quote is not None or token.tag in _NO_APPOSITION:
            return False
        ends = (k for k in range(i, limit) if self.tag(k) == "quote" or self.low(k) in _MARKS)
        stop = next(ends, limit)
        if self.has_finite(i, stop) and not any(
            self.low(k) in ("who", "which", "that", "whose") for k in range(i, stop)
        ):
            return False
        if token.tag in ("det", "poss"):
            return True
        if token.tag not in ("adj", "noun", "name", "num", "adv"):
            return False
        return (
            any(self.low(k).rstrip("s") in lx.TITLES for k in range(i, min(limit, i + 8)))
            or (token.tag == "name" and stop - i <= 3 and self.low(stop) in (",", "."))  # "Ill."
        )

"""A tagged sentence: its noun phrases, its subjects, and the ends of its clauses."""

from . import lexicon as lx
from .subjects import Subjects
from .tokens import BREAKS, frames, outside_brackets

_TRAILING = (*BREAKS, ".", ";", ":", "-", "(", "[", "•", "|")
_LEADING_SIGNS = ("$", "#", "@", "(", "[")


class ParsedSentence(Subjects):
    """See :class:`~whosays.attribution.noun_phrases.NounPhrases` for what it is made of."""

    def clause_end(self, start: int) -> int:
        """Where the content that begins at ``start`` ends (exclusive).

        It runs to the end of the sentence, except where a new clause of the reporting
        sentence begins: ", adding ...", ", while ...", "and said ...", ", according to ...".
        """
        i = start
        for i, token in outside_brackets(self.tokens, start):
            if token is None or (i > start and token.text == ";"):
                break
            if token.quote is not None:
                if token.quote.last in ",.?!" and self._breaks_after(i):
                    i += 1
                    break
            elif i > start and token.text in BREAKS:
                if self.low(i + 1) == "according" and self.low(i - 1) == "that":
                    continue  # "claimed that, according to X, it was late"
                if self._breaks_after(i):
                    break
            elif i > start and token.tag == "coord" and self.new_report(i + 1):
                break
        return self.trim_right(start, i)

    def _breaks_after(self, i):
        """Whether a clause of the reporter's own begins behind the mark at ``i``."""
        low = self.low(i + 1)
        if low in ("according", "but") or low in lx.REPORTING_ING | lx.CLAUSE_BREAKS:
            return True
        if low in ("and", "or"):
            return self.new_report(i + 2)
        return self.is_claim(i + 1)

    def new_report(self, i: int) -> bool:
        """Whether a reporting verb without its own subject begins at ``i``: "and *said* ..."."""
        while self.tag(i) == "adv":
            i += 1
        number = self.group_at.get(i)
        if number is None:
            return False
        group = self.groups[number]
        helped = group.aux and group.aux[0] in ("have", "modal")
        if group.form not in ("past", "s") and not helped:
            return False
        return any(not frame.weak and frame.statements for frame in frames(group.readings))

    def trim_right(self, a: int, b: int) -> int:
        """Drop marks and conjunctions at the end of ``[a, b)``."""
        while b > a and self.tokens[b - 1].quote is None:
            token = self.tokens[b - 1]
            if token.tag != "coord" and token.text not in _TRAILING:
                break
            b -= 1
        return b

    def trim_lead(self, a: int, b: int) -> int:
        """Skip conjunctions, marks and adverbs at the head of ``[a, b)``."""
        while a < b and self.tokens[a].quote is None:
            token = self.tokens[a]
            mark = token.tag == "punct" and token.text not in _LEADING_SIGNS
            if not mark and token.tag != "coord" and token.low not in lx.OPENERS:
                break
            a += 1
        return a

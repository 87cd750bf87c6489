"""Whose verb it is: the subject of each verb group of a tagged sentence."""

from . import lexicon as lx
from .noun_phrases import NOMINAL, REACH, NounPhrases
from .tokens import BREAKS, frames

_EMBEDDING = ("as", "after", "before", "since", "until", "for", "than")
#: parts of speech that begin a parenthetical which is no apposition
_NO_NAME = ("verb", "prep", "adv", "sub", "to", "coord", "num", "pron")


class Subjects(NounPhrases):
    """The subjects of a sentence; a subject is a token range ``(a, b)``."""

    def subject_of(self, number: int) -> tuple[int, int] | None:
        """The subject of the group ``number``; None if it is not found."""
        group = self.groups[number]
        if not group.known:
            group.known = True
            group.subject = self._find(number, group)
        return group.subject

    def _find(self, number, group):
        if group.infinitive:
            return self._earlier(number)
        if group.form == "ing" and not group.aux:
            return self._of_participle(number, group)
        if group.start == 0:
            return self._later(number) if group.form in ("past", "part") else None
        if self.tag(group.start - 1) == "coord":
            return self._earlier(number, same=True)
        return self._ending(group.start, number, 0)

    def _of_participle(self, number, group):
        """The subject of a form in *-ing* without an auxiliary."""
        start = group.start
        if self.low(start - 1) == "as" and number:
            a = self.phrase_left(start - 1, self.groups[number - 1].end)
            if a is not None:
                return a, start - 1  # "quoted a doctor as saying"
        if self.tag(start - 1) not in ("noun", "name") or self.low(start - 1) in lx.TIME_WORDS:
            return self._earlier(number) or self._later(number)
        a = self.phrase_left(start)
        if a is None:
            floor = max(-1, start - 10)  # "with one poster writing"
            opener = next((k for k in range(start - 2, floor, -1) if self.low(k) == "with"), None)
            return self._earlier(number) if opener is None else (opener + 1, start)
        previous = next((g for g in reversed(self.groups[:number]) if g.finite), None)
        speaks = any("q" in frame.statements for frame in frames(group.readings))
        if speaks and previous is not None and previous.end <= a and self.low(a - 1) != "with":
            return self._earlier(number) or (a, start)  # who "put out a statement saying"
        return a, start

    # ---- right before the verb ------------------------------------------------------------

    def _ending(self, end, number, depth):
        """Subject that ends right before ``end``, stepping over what stands between commas."""
        if end <= 0:
            return None
        before = self.tokens[end - 1]
        if before.text in BREAKS:
            return self._over_parenthetical(end, number, depth)
        if before.text in (")", "]"):
            k = end - 2
            while k > 0 and self.tokens[k].text not in ("(", "["):
                k -= 1
            subject = self._ending(k, number, depth + 1)
            return (subject[0], end) if subject is not None else None
        if before.tag in ("sub", "wh") and before.low != "what":
            after_noun = self.tag(end - 2) in ("noun", "name", "pron")
            heads = before.low in ("who", "which") or (before.low == "that" and after_noun)
            return (end - 1, end) if heads else None
        if before.tag == "verb":
            # "the men that the army *had held* said"
            jump = self.relative_left(end, max(0, end - REACH))
            a = self.phrase_left(jump + 1) if jump is not None else None
            return (a, end) if a is not None else None
        trimmed = self._without_time(end)
        if trimmed < end:
            return self._ending(trimmed, number, depth + 1)
        return self._phrase_ending(end)

    def _phrase_ending(self, end):
        a = self.phrase_left(end)
        if a is None:
            return None
        if self.low(a - 1) == "," and self.tag(a) in ("det", "poss") and self.tag(a - 2) == "name":
            # an apposition without its second comma: "Sen. Smith, a supporter of X told ..."
            name = self.phrase_left(a - 1)
            opens = name is not None and self.tag(name - 1) in ("end", "punct", "coord")
            if opens and self.tag(name) == "name":
                return name, end
        if self.low(a - 1) == "," and self.tag(a) == "name" and self.tag(a - 2) == "noun":
            # ... and one that stands first: "'...,' another friend, Ada Roe told the paper"
            friend = self.phrase_left(a - 1)
            if friend is not None and self.tag(friend - 1) == "quote":
                return friend, end
        return a, end

    def _over_parenthetical(self, end, number, depth):
        """The subject before a parenthetical that ends in the mark before ``end``."""
        mark = self.tokens[end - 1].text
        fallback, tried = None, 0
        for k in range(end - 2, max(-1, end - REACH), -1):
            token = self.tokens[k]
            if token.text != mark:
                continue
            tried += 1
            if tried > 4:
                break
            subject = self._beside(k, end, mark, number, depth)
            if subject is not None:
                if self.low(subject[0] - 1) != ",":
                    return subject
                fallback = fallback or subject
        if fallback is not None or depth or mark != ",":
            return fallback
        if tried:
            return self._earlier(number, same=True)  # "..., X did this, said that"
        a = self.phrase_left(end - 1)
        return (a, end - 1) if a is not None and self.trim_left(0, end - 1) == a else None

    def _beside(self, opening, end, mark, number, depth):
        """The subject before a parenthetical, with it if that is an apposition."""
        a, b = opening + 1, end - 1
        head = self.tokens[a]
        relative = head.low in lx.RELATIVES
        adjunct = relative or head.tag in ("sub", "prep", "verb", "adv")
        if not adjunct and self._main_clause(a, b):
            return None
        subject = self._ending(opening, number, depth + 1)
        if subject is None or relative or head.tag in _NO_NAME or mark != ",":
            return subject
        return subject[0], b

    def _main_clause(self, a, b):
        """Whether a finite verb stands in ``[a, b)`` outside relative and subordinate clauses."""
        for group in self.groups:
            if group.finite and a <= group.head < b:
                opener = group.start - 1
                while opener > a and self.tag(opener) in NOMINAL:
                    opener -= 1
                if self.tag(opener) not in ("wh", "sub"):
                    return True
        return False

    def _without_time(self, end):
        """Step back over a time between subject and verb: "the report *on Wednesday* said"."""
        low, low_before = self.low(end - 1), self.low(end - 2)
        if low in lx.TIME_WORDS:
            if low_before in lx.BEFORE_TIMES and end > 2:
                return end - 2
            if self.reduced(end - 2, end - 1):
                return end - 2  # "a report *published Wednesday*"
            return end - 1 if self.tag(end - 2) in ("name", "noun", "pron") else end
        if low in lx.SPANS_OF_TIME and low_before in ("last", "this", "past") and end > 2:
            return end - 2
        return end

    # ---- shared with another verb ---------------------------------------------------------

    def _earlier(self, number, same=False):
        """Subject of the finite group before ``number`` that it can share.

        A main clause is preferred over an embedded one; ``same``: its verb must have the same form
        if one has.
        """
        group, embedded = self.groups[number], None
        for k in range(number - 1, max(-1, number - 12), -1):
            other = self.groups[k]
            if not other.finite or self.subject_of(k) is None:
                continue
            alike = other.form == group.form and (
                bool(other.aux) == bool(group.aux) or other.form == "past"
            )
            if self.embedded(k) or (same and not alike):
                embedded = embedded or self.subject_of(k)
            else:
                return self.subject_of(k)
        return embedded

    def embedded(self, number: int) -> bool:
        """Whether a clause stands inside another: behind *that*, *who*, *as*, or a bare report."""
        a = self.subject_of(number)[0]
        before = a - 1
        while self.tag(before) == "adv":
            before -= 1
        if (
            self.tag(a) == "wh"
            or self.low(a) == "that"
            or self.tag(before) in ("sub", "wh")
            or self.low(before) in _EMBEDDING
        ):
            return True
        end = self.groups[number - 1].end if number else a + 1
        gap = [token.tag for token in self.tokens[end:a]]
        # "he said [on Monday] there was"
        return end <= a and len(gap) <= 4 and not {"punct", "coord", "quote"} & set(gap)

    def _later(self, number):
        """For a participle at the head of a sentence: the subject of the main clause after it."""
        end = self.groups[number].end
        for k in range(number + 1, min(len(self.groups), number + 8)):
            group = self.groups[k]
            if group.finite and any(token.text == "," for token in self.tokens[end : group.start]):
                subject = self.subject_of(k)
                if subject is not None and self.low(subject[0] - 1) in (",", "and", "then", "also"):
                    return subject
        return None

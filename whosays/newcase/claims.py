"""When two texts assert one claim: by the words they share, by their numbers, under one sign."""

from collections import Counter

from ..figures import find_figures
from ..text.fold import words as fold_words
from .names import slug
from .words import WORDS

#: two contents assert one claim when so much of the shorter and of the longer is the same runs of
#: three words
SAME_SHORT, SAME_LONG = 0.5, 0.4
#: or when they give the same numbers, and so much of the telling words of the shorter stands in the
#: longer
SAME_TELLING = 0.6
_STOP = set(WORDS["english"]["stop"].split())
#: what stands before a claim that a source denies or does not make: it never joins tellings
SIGNS = ("Denied: ", "Not said: ", "")


def sign_of(attribution) -> str:
    """One of :data:`SIGNS`."""
    node = attribution
    while node is not None and not node.denied and not node.negated:
        node = node.parent
    return "" if node is None else SIGNS[0] if node.denied else SIGNS[1]


class Content:
    """What is said, to be compared: its runs of three words, its telling words, its numbers."""

    def __init__(self, words, numbers=None):
        folded = [w.text for w in fold_words(words)]
        self.runs = (
            {tuple(folded[i : i + 3]) for i in range(max(1, len(folded) - 2))} if folded else set()
        )
        self.telling = {w for w in folded if w not in _STOP and not w.isdigit()}
        figures = find_figures(words) if numbers is None else numbers
        self.all_numbers = {(q.value, q.unit) for q in figures}
        # small numbers are shared by chance
        self.numbers = {(value, unit) for value, unit in self.all_numbers if value > 12}

    def nearness(self, other: "Content") -> float:
        """How much of the telling words of the shorter stands in the other, from 0 to 1.

        Numbers that differ keep two contents apart; less than three words are near to nothing.
        """
        if self.numbers and other.numbers and not self.numbers & other.numbers:
            return 0.0
        least = min(len(self.telling), len(other.telling))
        return len(self.telling & other.telling) / least if least >= 3 else 0.0

    def same(self, other: "Content", both: int | None = None) -> bool:
        """Whether two contents assert one claim: by shared runs, or by shared numbers.

        ``both`` is how many runs they share, where that is counted already. Numbers that
        differ keep two contents apart, small ones too: two officers are not twelve.
        """
        if self.all_numbers and other.all_numbers and not self.all_numbers & other.all_numbers:
            return False
        both = len(self.runs & other.runs) if both is None else both
        short, long = sorted((len(self.runs), len(other.runs)))
        if both and both >= SAME_SHORT * short and both >= SAME_LONG * long:
            return True
        numbers = self.numbers & other.numbers
        if not numbers or len(numbers) < max(len(self.numbers), len(other.numbers)):
            return False
        return len(self.telling & other.telling) >= SAME_TELLING * min(
            len(self.telling), len(other.telling)
        )


class Leaders:
    """The first content of each claim, found again by what it shares with another."""

    def __init__(self):
        self.all, self.holders = [], {}

    def add(self, claim: str, content: Content, sign: str) -> None:
        """Put the first content of a claim among the leaders."""
        for one in content.runs | content.numbers:
            self.holders.setdefault(one, []).append(len(self.all))
        self.all.append((claim, content, sign))

    def same(self, content: Content, sign: str) -> str | None:
        """The first claim that says the same under the same sign, or None."""
        both = Counter(n for run in content.runs for n in self.holders.get(run, ()))
        near = {n for number in content.numbers for n in self.holders.get(number, ())}
        for n in sorted(near.union(both)):
            claim, other, its = self.all[n]
            if its == sign and content.same(other, both[n]):
                return claim
        return None


def claim_id(words: str) -> str:
    """A short name for a claim, from its first telling words."""
    content_words = [w.text for w in fold_words(words) if w.text not in _STOP]
    return slug(" ".join(content_words[:6]), otherwise="claim")

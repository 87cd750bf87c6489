"""The passages that two texts share.

What a passage is, and whether it is copied, is decided by :mod:`whosays.reuse.decide`, as
everywhere in the kit. What is not copied is called a set phrase, or too short to tell.
"""

from dataclasses import dataclass, field

from ..reuse import decide
from .sides import N, SideText

LEAST = 5  # words in the shortest passage shown unless the reader says otherwise
QUOTED = 0.8  # share of a passage's words in quotation marks from which it is a quotation


@dataclass(frozen=True)
class Pair:
    """A passage that stands in both texts."""

    number: int  # from 1, in the order of the left text
    kind: str  # ``verbatim``, ``edited`` or ``set_phrase``
    # word numbers in each text, end exclusive
    a: tuple[int, int]
    b: tuple[int, int]
    words: int  # words that agree
    longest: int  # words of the longest run without a change
    score: float  # bits over chance: see :mod:`whosays.reuse.decide`
    # the unchanged runs: first word in a, first word in b, words
    runs: tuple[tuple[int, int, int], ...]
    # why it counts as copied or does not, in words. Quotation marks are told of only where the
    # wording is known, so this is no part of what makes two pairs equal.
    why: str = field(compare=False)

    @property
    def changes(self) -> int:
        """How many places were changed between the unchanged runs."""
        return len(self.runs) - 1


def pairs(
    a: SideText,
    b: SideText,
    among=(),
    least: int = LEAST,
    quotations: bool = True,
    set_phrases: bool = False,
) -> list[Pair]:
    """The passages that two texts share; the same text twice shows what it repeats of itself.

    Parameters
    ----------
    among : collection of SideText
        All the texts that are compared with each other. Default: these two.
    least : int
        Fewest words that agree.
    quotations : bool
        Whether words known to stand in quotation marks count.
    set_phrases : bool
        Whether passages too short or too common to be called copying are kept.
    """
    itself = a.name == b.name and a.fingerprint.sha256 == b.fingerprint.sha256
    runs = decide.shared(a.fingerprint.grams[N], b.fingerprint.grams[N], itself)
    if itself:  # "la la la la" runs on into its own repetition
        runs = [(i, j, min(words, j - i)) for i, j, words in runs if j - i >= N]
    if not quotations:
        runs = [piece for run in runs for piece in _outside_quotations(a, b, run)]
    out = []
    weights = a.fingerprint.weights, b.fingerprint.weights
    among = among or (a, b)
    words = sum(text.words for text in among)
    for p in decide.between(runs, *weights, len(among), itself, a.held, words):
        kind = ("verbatim" if len(p.runs) == 1 else "edited") if p.copied else "set_phrase"
        if p.words >= least and (p.copied or set_phrases):
            quoted = all(_in_quotation(t, at) for t, at in ((a, p.a), (b, p.b)))
            out.append((p, kind, p.why(quoted)))
    return [
        Pair(number, kind, p.a, p.b, p.words, p.longest, round(p.score, 3), p.runs, why)
        for number, (p, kind, why) in enumerate(out, 1)
    ]


def _in_quotation(text, at):
    """Whether nearly all of a stretch of words is known to stand in quotation marks."""
    return sum(text.quoted[slice(*at)]) >= QUOTED * (at[1] - at[0])


def _outside_quotations(a, b, run):
    """The parts of a run that stand outside quotation marks in both texts."""
    i, j, words = run
    begin = None
    for k in range(words + 1):
        inside = k == words or a.quoted[i + k] or b.quoted[j + k]
        if not inside and begin is None:
            begin = k
        elif inside and begin is not None:
            if k - begin >= N:
                yield i + begin, j + begin, k - begin
            begin = None

"""A reading beside a gold reading: which relations are the same, and what a learner earns for them.

The one-to-one match of relations follows the practice of Pareti et al. 2013 and Newell et al. 2018;
chains are compared by longest common subsequence.
People agree least on where a cue begins and ends (alpha .67 on PolNeAR, against .79 for sources
and .83 for content), so cue boundaries weigh least and never decide whether a relation counts.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial

from .model import ROLES

_TRIM = " \t\r\n\u00a0.,;:\u2014\u2013-'\"\u201c\u201d\u2018\u2019`()[]"
#: share of the union that two contents must have in common to get full marks
FULL_MARKS = 0.8
WEIGHTS = {"content": 0.4, "source": 0.3, "mode": 0.15, "chain": 0.1, "cue": 0.05}


@dataclass(frozen=True)
class Measure:
    """Precision, recall and F1, with the counts behind them."""

    right: int
    answered: int
    expected: int
    #: right as counted over what was expected, where that differs from ``right``
    found: int | None = None

    @property
    def precision(self) -> float:
        return self.right / self.answered if self.answered else 0.0

    @property
    def recall(self) -> float:
        hits = self.right if self.found is None else self.found
        return hits / self.expected if self.expected else 0.0

    @property
    def f1(self) -> float:
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


@dataclass(frozen=True)
class ScoredRelation:
    """What is compared: spans of each role as ``(start, end)`` pairs, accepted modes, chain."""

    source: tuple = ()
    cue: tuple = ()
    content: tuple = ()
    modes: frozenset = frozenset()
    chain: tuple = ()
    optional: bool = False
    of: object = field(default=None, compare=False, repr=False)


@dataclass(frozen=True)
class ReaderScore:
    """The outcome of :func:`score`.

    Attributes
    ----------
    relations : Measure
        One-to-one: contents overlap, and sources overlap or both are missing.
    grade : float
        0 to 1: what a learner earns, see ``WEIGHTS``. Optional relations neither earn nor cost.
    pairs, missed, extra : list
        Matched (gold, answer) relations; gold ones not found; answered ones not in the gold.
    """

    relations: Measure
    grade: float
    pairs: list
    missed: list
    extra: list


def as_relation(item, text: str | None = None) -> ScoredRelation:
    """A :class:`ScoredRelation` from an attribution, a row of ``assertions``, or plain JSON.

    Parameters
    ----------
    item : Attribution or mapping
        A mapping holds ``source``, ``cue``, ``content`` (or ``source_spans`` ...) as lists of
        ``(start, end)`` or of objects with ``start`` and ``end``; ``mode`` or ``modes_accepted``;
        ``chain`` as a list of agents or steps; ``optional``.
    text : str, optional
        The text; with it, marks and white space at the edges of a span do not count.

    Raises
    ------
    ValueError
        If a span is not a pair of whole numbers with start before end.
    """
    get = item.get if isinstance(item, Mapping) else partial(getattr, item)
    roles = {}
    for role in ROLES:
        spans = get(role, None)
        if spans is None or isinstance(spans, str):
            spans = get(f"{role}_spans", None)
        roles[role] = tuple(sorted({_pair(span, role, text) for span in spans or ()}))
    modes = {m for m in (get("mode", None), *(get("modes_accepted", None) or ())) if m}
    chain = tuple(_agent(step) for step in get("chain", None) or ())
    optional = bool(get("optional", False))
    return ScoredRelation(**roles, modes=frozenset(modes), chain=chain, optional=optional, of=item)


def _pair(span, role, text):
    """The offsets of a span, checked; without the marks at its edges if the text is given."""
    try:
        if hasattr(span, "start"):
            span = span.start, span.end
        elif isinstance(span, Mapping):
            span = span["start"], span["end"]
        start, end = map(int, span)
    except (TypeError, ValueError, KeyError) as error:
        raise ValueError(
            f"{role}: {span!r} is no span; give a pair (start, end) of offsets"
        ) from error
    if not 0 <= start < end or (text is not None and end > len(text)):
        raise ValueError(
            f"{role}: the span {start}-{end} does not lie in the text; start must come before end"
        )
    words = text[start:end].strip(_TRIM) if text is not None else ""
    if not words:
        return start, end
    a = start + text[start:end].index(words)
    return a, a + len(words)


def _agent(step):
    if not isinstance(step, str):
        step = step.get("agent") if isinstance(step, Mapping) else step[0]
    return str(step).casefold().split(":")[0].strip()


def score(gold, answer, text: str | None = None) -> ReaderScore:
    """Compare an answer with a gold reading.

    Parameters
    ----------
    gold, answer : iterable of Attribution or mapping
        See :func:`as_relation`.
    text : str, optional
        The text both read; with it, quotation marks, punctuation and white space at the edges of a
        span do not count.

    Returns
    -------
    ReaderScore
    """
    gold = [as_relation(item, text) for item in gold]
    answer = [as_relation(item, text) for item in answer]
    gold = [g for g in gold if g.content]
    answer = [a for a in answer if a.content]
    pairs = _match(gold, answer)
    taken = {id(a) for _, a in pairs}
    # what matches an optional relation, or repeats a matched one in pieces, neither earns nor costs
    counted_gold = [g for g in gold if not g.optional]
    counted_pairs = [(g, a) for g, a in pairs if not g.optional]
    extra = [
        a
        for a in answer
        if id(a) not in taken and not any(g.optional and _lenient(g, a) for g in gold)
    ]
    matched = {id(g) for g, _ in pairs}
    missed = [g for g in counted_gold if id(g) not in matched]
    # the mean worth of the relations asked for, less what was added wrongly
    earned = sum(_worth(g, a) for g, a in counted_pairs)
    cost = len(counted_gold) + 0.5 * len(extra)
    grade = earned / cost if counted_gold else float(not extra)
    return ReaderScore(
        relations=Measure(len(counted_pairs), len(counted_pairs) + len(extra), len(counted_gold)),
        grade=grade,
        pairs=[(g.of, a.of) for g, a in counted_pairs],
        missed=[g.of for g in missed],
        extra=[a.of for a in extra],
    )


def common(left, right) -> int:
    """Length of the longest common subsequence of two sequences."""
    row = [0] * (len(right) + 1)
    for item in left:
        previous = 0
        for j, other in enumerate(right):
            previous, row[j + 1] = (
                row[j + 1],
                previous + 1 if item == other else max(row[j], row[j + 1]),
            )
    return row[-1]


def shared(left, right) -> int:
    """Number of code points that two lists of spans have in common."""
    return sum(max(0, min(b, d) - max(a, c)) for a, b in left for c, d in right)


def overlap(left, right) -> float:
    """Intersection over union of two lists of spans, 0 to 1; two empty lists agree fully."""
    if not left and not right:
        return 1.0
    both = shared(left, right)
    union = sum(b - a for a, b in left) + sum(b - a for a, b in right) - both
    return both / union if union else 0.0


def _lenient(gold, answer):
    if not shared(gold.content, answer.content):
        return False
    return bool(shared(gold.source, answer.source)) or (not gold.source and not answer.source)


def _match(gold, answer):
    """Best one-to-one pairs: by cues that meet, then sources, then the longest shared content."""
    candidates = []
    for i, g in enumerate(gold):
        for j, a in enumerate(answer):
            if _lenient(g, a):
                meets = bool(shared(g.cue, a.cue)), bool(shared(g.source, a.source))
                candidates.append((*meets, not g.optional, overlap(g.content, a.content), -i, -j))
    pairs, used_gold, used_answer = [], set(), set()
    for *_, i, j in sorted(candidates, reverse=True):
        if i not in used_gold and j not in used_answer:
            used_gold.add(i)
            used_answer.add(j)
            pairs.append((gold[-i], answer[-j]))
    return pairs


def _worth(gold, answer):
    marks = {
        "content": min(1.0, overlap(gold.content, answer.content) / FULL_MARKS),
        "source": min(1.0, overlap(gold.source, answer.source) / FULL_MARKS),
        # any touch of the cue is enough; its edges are not graded
        "cue": float(bool(shared(gold.cue, answer.cue) or not gold.cue)),
    }
    if gold.modes:
        marks["mode"] = float(bool(gold.modes & answer.modes))
    if gold.chain:
        longest = max(len(gold.chain), len(answer.chain))
        marks["chain"] = common(gold.chain, answer.chain) / longest
    earned = sum(WEIGHTS[name] * value for name, value in marks.items())
    return earned / sum(WEIGHTS[name] for name in marks)

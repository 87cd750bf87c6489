"""A figure: a number together with what it counts, who counted, as of when and how.

A number without its definition cannot be compared. So a :class:`Figure` refuses: comparing or
adding figures that count different things raises :class:`DifferentThings`, and its message says
which difference is in the way and what to do instead. The parts of a definition (unit counted,
inclusion rule, date, counter, method) follow the recording practice of the *Standards for
Casualty Recording* (Every Casualty Counts, 2016).
"""

import re
from dataclasses import dataclass, field
from functools import lru_cache, total_ordering
from itertools import permutations

from ..view.grave import marked, told

_QUALIFIED = {
    "about": "about ",
    "at_least": "at least ",
    "more_than": "more than ",
    "up_to": "up to ",
    "nearly": "nearly ",
}


class DifferentThings(ValueError):
    """Two figures that do not count the same thing were compared or added.

    ``figures`` are the two, ``differences`` the parts of the definition that differ: ``unit``,
    ``counts``, ``as_of``, ``part and whole``.
    """

    def __init__(self, message, figures, differences):
        super().__init__(message)
        self.figures, self.differences = tuple(figures), tuple(differences)


@total_ordering
@dataclass(frozen=True)
class Figure:
    """A number somebody gives, with its definition."""

    value: float
    unit: str  # ``people``, ``bodies``, ``percent``, ...
    counts: str  # what is counted, in words: the definition
    value_max: float | None = None  # the upper end of a range
    # ``exact``, ``about``, ``at_least``, ``more_than``, ``up_to``, ``nearly``, ``range``
    qualifier: str = "exact"
    as_of: str | None = None  # ISO date
    # agents: who counted; whom the text gives it to, None for nobody; outer to inner
    counted_by: str | None = None
    credited_to: str | None = None
    relayed_by: tuple = ()
    method: str | None = None
    label: str | None = None
    note: str | None = None
    # where it stands in a case: its row and the rows that it refers to
    id: str | None = None
    claim: str | None = None
    part_of: str | None = None
    source: str | None = None
    item: str | None = None
    passage: str | None = None
    account: str | None = None
    origin: str | None = None
    # the number expression in the document, code points
    start: int | None = None
    end: int | None = None
    published: str | None = field(default=None, repr=False)

    @property
    def cite(self) -> str:
        """How its row is cited, or an empty text."""
        return f"figures/{self.id}" if self.id else ""

    @property
    def interval(self) -> tuple[int | None, int | None]:
        """(low, high) of the values it allows; None where it is open."""
        if self.value_max is not None:
            return self.value, self.value_max
        if self.qualifier in {"at_least", "more_than"}:
            return self.value, None
        if self.qualifier in {"up_to", "nearly"}:
            return None, self.value
        return self.value, self.value

    def shown(self) -> str:
        """The number as a reader writes it: "at least 161", "500 to 1,000", "20 percent"."""
        unit = " percent" if self.unit == "percent" else ""
        if self.value_max is not None:
            return f"{plain(self.value)} to {plain(self.value_max)}{unit}"
        return f"{_QUALIFIED.get(self.qualifier, '')}{plain(self.value)}{unit}"

    def __str__(self):
        when = f", as of {self.as_of}" if self.as_of else ""
        who = f", counted by {self.counted_by}" if self.counted_by else ""
        told_already = self.unit == "percent" or self.unit in words_of(self.counts)
        unit = "" if told_already else f" {self.unit}"
        return f"{self.shown()}{unit}: {told(self.counts)}{when}{who}"

    def _key(self):
        return (self.value, self.value_max if self.value_max is not None else self.value)

    def __lt__(self, other):
        if not isinstance(other, Figure):
            return NotImplemented
        same_definition(self, other)
        return self._key() < other._key()

    def __add__(self, other):
        if not isinstance(other, Figure):
            return NotImplemented
        return add([self, other])


def plain(value) -> str:
    """A number with its thousands separated by commas, without a useless ``.0``."""
    return f"{int(value):,}" if float(value).is_integer() else f"{value:,}"


@lru_cache(4096)
def words_of(text: str) -> frozenset[str]:
    """The words of a definition, folded for comparing."""
    return frozenset(re.findall(r"[^\W_]+", text.casefold()))


# Words that carry no part of a definition: "children among the dead" and "the children killed"
# still differ, by their nouns and verbs.
_EMPTY = frozenset("the a an of in on at by to for with and or that who which all".split())


def differences(a: Figure, b: Figure) -> list[str]:
    """The parts of the definition in which two figures differ: of ``unit``, ``counts``, ``as_of``.

    Empty when they count the same thing. Who counted and how may differ: two counts of one thing
    are what one wants to compare.
    """
    out = []
    if a.unit != b.unit:
        out.append("unit")
    if words_of(a.counts) - _EMPTY != words_of(b.counts) - _EMPTY:
        out.append("counts")
    if a.as_of and b.as_of and not (a.as_of.startswith(b.as_of) or b.as_of.startswith(a.as_of)):
        out.append("as_of")
    return out


def same_definition(a: Figure, b: Figure, because: str | None = None) -> None:
    """DifferentThings for two figures that do not count the same thing.

    ``because`` is a reason, in words, to take them as the same: then nothing is refused.
    """
    unlike = differences(a, b)
    if unlike and not (because or "").strip():
        raise _refused(a, b, unlike, "compare")


_SAYS = {
    "unit": "One is in {a.unit}, the other in {b.unit}.",
    "counts": "One counts “{a.counts}”, the other “{b.counts}”.",
    "as_of": "One is as of {a.as_of}, the other as of {b.as_of}.",
}
_INSTEAD = {
    "compare": (
        "A larger number is not a contradiction when it counts something else, and a smaller one "
        "is no correction. "
        "Set them side by side with line_up([a, b]), each with its definition; or, if you can "
        "show that both mean the "
        'same, say why: compare(a, b, because="...").'
    ),
    "add": (
        "Ask first whether one is inside the other, and whether anybody could be in both. "
        "Parts of one whole with the same counter can be added: see sums([...])."
    ),
}


def _refused(a, b, found, doing):
    """The error that says what is in the way and what to do instead."""
    says = " ".join(_SAYS[d].format(a=a, b=b) for d in found)
    done = {"compare": "compared", "add": "added"}[doing]
    message = (
        f"{_named(a)} and {_named(b)} do not count the same thing and cannot be {done}. "
        f"{says} {_INSTEAD[doing]}"
    )
    return DifferentThings(message, (a, b), found)


def _named(figure):
    return f"{figure.shown()} [{figure.cite}]" if figure.id else figure.shown()


def compare(a: Figure, b: Figure, because: str | None = None) -> str:
    """Whether two figures of the same thing agree, could both be true, or disagree: a sentence.

    ``because`` is your reason to take two definitions as one; it is repeated in the answer.

    Raises
    ------
    DifferentThings
        When they count different things and no reason is given.
    """
    same_definition(a, b, because)
    (a_low, a_high), (b_low, b_high) = a.interval, b.interval
    apart = (a_high is not None and b_low is not None and a_high < b_low) or (
        b_high is not None and a_low is not None and b_high < a_low
    )
    if a._key() == b._key() and a.qualifier == b.qualifier:
        sentence = f"Both say {a.shown()}"
    elif apart:
        sentence = f"{a.shown()} and {b.shown()} disagree"
    else:
        sentence = f"{a.shown()} and {b.shown()} can both be true"
    reason = (because or "").strip()
    taken = f", if they are taken as the same because {reason}" if reason else ""
    return f"{sentence}{taken}."


def add(figures) -> Figure:
    """Add parts of one whole: figures with the same ``part_of``.

    The sum is ``up_to`` where somebody could be in two of the parts, ``exact`` otherwise; its
    ``note`` says what was added. Figures of one definition that come from different places and
    share nobody: name them as parts of a whole first.

    Raises
    ------
    DifferentThings
        When they are no parts of one whole, or one is the whole of another, or units differ.
    ValueError
        For fewer than two figures.
    """
    figures = list(figures)
    if len(figures) < 2:
        raise ValueError("Adding takes two figures or more.")
    first = figures[0]
    for other in figures[1:]:
        if first.unit != other.unit:
            raise _refused(first, other, ["unit"], "add")
    for a, b in permutations(figures, 2):
        if a.part_of and a.part_of == b.id:
            message = (
                f"{_named(a)} ({a.counts}) is inside {_named(b)} ({b.counts}): adding them "
                "would count the same ones twice. A part and its whole are told as “including”, "
                "never as “and”."
            )
            raise DifferentThings(message, (a, b), ["part and whole"])
    apart = [f for f in figures[1:] if f.part_of != first.part_of]
    if apart or first.part_of is None:
        other = apart[0] if apart else figures[1]
        raise _refused(first, other, differences(first, other) or ["counts"], "add")
    total = sum(f.value for f in figures)
    qualifiers = {f.qualifier for f in figures}
    doubtful = may_overlap(figures) and qualifiers == {"exact"}
    return Figure(
        value=total,
        unit=first.unit,
        counts=" + ".join(f.counts for f in figures),
        qualifier="up_to" if doubtful else _joint(qualifiers),
        as_of=first.as_of,
        counted_by=first.counted_by if len({f.counted_by for f in figures}) == 1 else None,
        part_of=first.part_of,
        note=" + ".join(plain(f.value) for f in figures) + f" = {plain(total)}",
    )


def _joint(qualifiers):
    """The qualifier of a sum: a floor if only floors and exact numbers are in it, else about."""
    if qualifiers <= {"exact"}:
        return "exact"
    if qualifiers <= {"exact", "at_least", "more_than"}:
        return "at_least"
    return "up_to" if qualifiers <= {"exact", "up_to", "nearly"} else "about"


# Kinds of people that one person can belong to at once: by sex, and by age.
BY_SEX = frozenset("women woman men man female male girls boys".split())
BY_AGE = frozenset("children child minors elderly old adults infants babies schoolchildren".split())


def may_overlap(figures) -> bool:
    """Whether one person could be in two of these parts: one is told by sex and another by age.

    "106 women" and "70 elderly people" may share old women; "63 children" and "106 women" may not,
    since whoever counts women and children apart means grown women.
    """
    sexes = [words_of(f.counts) & BY_SEX for f in figures]
    ages = [words_of(f.counts) & BY_AGE for f in figures]
    by_sex_only = any(s and not a for s, a in zip(sexes, ages, strict=True))
    old = any(a & {"elderly", "old"} and not s for s, a in zip(sexes, ages, strict=True))
    return by_sex_only and old


#: what a figure has from the columns of that name, and from those with ``_id`` behind it
_AS_IN_THE_ROW = (
    "value", "unit", "value_max", "qualifier", "as_of", "counted_by", "method", "label", "note",
    "part_of", "start", "end",
)  # fmt: skip
_NAMED_IN_THE_ROW = ("claim", "source", "passage", "account", "origin")


def from_row(case, row) -> Figure:
    """The figure of a row of the table ``figures``.

    Its ``credited_to`` is the innermost voice of the attribution that asserts the same claim in the
    same passage (None where the text leaves it without a source), ``published`` the date of the
    item.
    """
    passage = case.passages[row.passage_id] if row.passage_id else None
    item = case.items[passage.item_id] if passage else None
    source = case.sources[row.source_id] if row.source_id else None
    account = case.accounts[row.account_id] if row.account_id else None
    dated = next((x for x in (item, source, account) if x and x.published), None)
    return Figure(
        counts=marked(row, row.counts),
        credited_to=_credited(case, row),
        relayed_by=row.relayed_by or (),
        id=row.figure_id,
        item=passage.item_id if passage else None,
        published=dated.published if dated else None,
        **{name: row[name] for name in _AS_IN_THE_ROW},
        **{name: row[f"{name}_id"] for name in _NAMED_IN_THE_ROW},
    )


_NO_SOURCE = {"unattributed", "passive_no_source"}


@lru_cache(maxsize=4)
def _asserted(case):
    """The assertions of a case by passage and claim: hundreds of figures ask for theirs."""
    fields = {}
    for row in case.assertions:
        fields.setdefault((row.passage_id, row.claim_id), []).append(row)
    return fields


def _credited(case, row):
    if not row.passage_id:
        return row.counted_by
    asserted = _asserted(case).get((row.passage_id, row.claim_id), ())
    # A release that gives its own count without "we say" is its own source.
    named = [a for a in asserted if a.mode not in _NO_SOURCE or a.agent == row.counted_by]
    return named[-1].agent if named else None


def figures_of(case, **cells) -> list[Figure]:
    """The figures of a case.

    ``cells`` are columns of their table with the value wanted (``claim_id="toll-613"``).
    """
    return [from_row(case, row) for row in (case.figures.where(**cells) if cells else case.figures)]


def figure(case, figure_id: str) -> Figure:
    """One figure of a case by its id (or its citation ``figures/id``)."""
    return from_row(case, case.figures[figure_id.strip("[] ").removeprefix("figures/")])

"""Figures set beside each other: line-up, drift, sums.

None of these says which number is right. A line-up shows what each counts; drift shows what
changed on the way; sums show what adds up and what is left over.
"""

from dataclasses import dataclass
from itertools import combinations

from ..view.show import TableView
from ..view.view import View, folded
from .figure import (
    BY_AGE,
    BY_SEX,
    Figure,
    add,
    differences,
    figures_of,
    may_overlap,
    plain,
    words_of,
)
from .lineup_picture import lineup_svg


def _agent(case, agent_id):
    """The name of an agent, or nobody; the id itself without a case."""
    if agent_id is None:
        return None
    return case.agents[agent_id].name if case else agent_id


def _where(figure, case):
    """Where a figure stands, for a reader: outlet and date, or the account."""
    if figure.account:
        return case.accounts[figure.account].title if case else figure.account
    if figure.source:
        return _agent(case, case.sources[figure.source].outlet) if case else figure.source
    return ""


def _in_order(figures):
    """By date of publication, then as given; a year alone after its days, undated last."""
    return sorted(figures, key=lambda f: (f.published or "~").ljust(10, "~"))


# -- line-up --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Definition:
    """One thing that is counted, and every figure for it in the order of publication."""

    counts: str
    unit: str
    figures: tuple[Figure, ...]

    def distinct(self) -> list[tuple[Figure, list[Figure]]]:
        """One figure for each number and counter, with all that give it."""
        definitions = {}
        for figure in self.figures:
            definitions.setdefault((figure.shown(), figure.counted_by, figure.as_of), []).append(
                figure
            )
        return [(same[0], same) for same in definitions.values()]


class LineUp(View):
    """Figures side by side, one row a definition; a case gives agents and sources their names."""

    def __init__(self, figures, case=None):
        self.case = case
        self.figures = tuple(figures)
        groups = []
        for figure in _in_order(self.figures):
            for group in groups:
                if not differences(group[0], figure):
                    group.append(figure)
                    break
            else:
                groups.append([figure])
        groups.sort(key=lambda g: (g[0].unit, min(f.value for f in g)))
        self.definitions = [Definition(g[0].counts, g[0].unit, tuple(g)) for g in groups]

    def __len__(self):
        return len(self.definitions)

    @property
    def caption(self) -> str:
        n, d = len(self.figures), len(self.definitions)
        figures, things = ("figure", "figures")[n != 1], ("thing", "things")[d != 1]
        return f"{n} {figures} for {d} different {things}"

    def rows(self) -> list[dict]:
        """The table behind the picture, as mappings: one for each number of each definition."""
        return [
            self._row(definition, figure, same)
            for definition in self.definitions
            for figure, same in definition.distinct()
        ]

    def table(self) -> TableView:
        """The same as a captioned table."""
        columns = (
            "counts", "number", "unit", "as_of", "counted_by", "method", "given_in", "times",
            "label", "row",
        )  # fmt: skip
        headings = {"counts": "what is counted", "method": "how"}
        return TableView(self.rows(), columns, self.caption, **headings)

    def _row(self, definition, figure, same):
        places = (_where(f, self.case) for f in same)
        return {
            "counts": definition.counts,
            "number": figure.shown(),
            "unit": definition.unit,
            "as_of": figure.as_of,
            "counted_by": _agent(self.case, figure.counted_by) or "not said",
            "method": figure.method,
            "given_in": "; ".join(dict.fromkeys(filter(None, places))),
            "times": len(same),
            "label": figure.label,
            "row": "; ".join(f.cite for f in same if f.id),
        }

    def svg(self) -> str:
        """The picture: a scale of its own for each definition, never one for different things."""
        return lineup_svg(
            self.definitions,
            lambda f: _agent(self.case, f.counted_by) or "counter not said",
            self.caption,
        )

    def html(self) -> str:
        return self.svg() + folded("The table behind the picture", self.table().whole())


def line_up(figures, case=None) -> LineUp:
    """Set figures side by side, each with its definition; a case gives the names."""
    return LineUp(figures, case)


def family(case, figure_id: str) -> list[Figure]:
    """The figures that belong with one, itself among them, in the order of publication.

    Those with the definition of a figure that shares claim or number with it, and the other way
    round. 63 children, 83 children: where the one is told as *children among the dead*, the other
    is, too. So they belong together by whichever of the two one begins. Equal numbers belong
    together from ten on when they are in the same unit, from a hundred on in any: two threes are a
    coincidence.
    """
    figures = figures_of(case)
    chosen = next((f for f in figures if f.id == figure_id.removeprefix("figures/")), None)
    if chosen is None:
        case.figures[figure_id]  # raises with what is near
    told = [f for f in figures if _told_alike(f, chosen)]
    defined = [f for f in figures if not differences(f, chosen)]
    return _in_order(
        f
        for f in figures
        if any(not differences(f, other) for other in told)
        or any(_told_alike(f, other) for other in defined)
    )


def _told_alike(a, b):
    """The same claim, or the same number."""
    same_number = a.value == b.value and (a.value >= 100 or (a.value >= 10 and a.unit == b.unit))
    return a is b or bool(a.claim and a.claim == b.claim) or same_number


# -- drift ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Change:
    """One part of a figure that is not what it was."""

    part: str  # ``value``, ``unit``, ``definition`` or ``attribution``
    # in the order of their dates; where that is not known, what the first figure has and the other
    was: str
    now: str
    dated: bool = True  # whether the order is known

    def __str__(self):
        # later, and not "became": the dates show an order, and not who had it from whom
        return (
            f"{self.part}: {self.was}, later {self.now}"
            if self.dated
            else f"{self.part} differs: {self.was} and {self.now}"
        )


@dataclass(frozen=True)
class FigureStep:
    """A later figure with what changed against the first one."""

    figure: Figure
    changes: tuple


class Drift(View):
    """How a number changed on its way.

    ``first`` is the figure that the others are held against. ``steps`` has a :class:`FigureStep`
    for every other telling, in order; its ``changes`` are empty where nothing changed. ``others``
    are counts made by somebody else: those are no drift, and stand in a line-up.
    """

    def __init__(self, first, steps, others=(), case=None):
        self.first, self.steps, self.others, self.case = first, steps, list(others), case

    def table(self) -> TableView:
        """One row for each figure that differs, with what changed."""
        rows = [
            {
                "number": (
                    f"{s.figure.shown()} "
                    f"{'' if s.figure.unit == 'percent' else s.figure.unit}".strip()
                ),
                "where": _where(s.figure, self.case),
                "date": s.figure.published,
                "changes": "; ".join(map(str, s.changes)),
                "row": s.figure.cite,
            }
            for s in self.steps
            if s.changes
        ]
        same = len(self.steps) - len(rows)
        caption = (
            f"Held against {self.first.shown()}, {self.first.counts} "
            f"({_where(self.first, self.case) or 'first'}, {self.first.published or 'no date'}): "
            f"{len(rows)} {'differs' if len(rows) == 1 else 'differ'}, {same} "
            f"{'does' if same == 1 else 'do'} not"
        )
        if self.others:
            n = len(self.others)
            caption += (
                f". {n} {'count' if n == 1 else 'counts'} by somebody else left out: "
                "another count is no change of this one"
            )
        columns = ("number", "where", "date", "changes", "row")
        return TableView(rows, columns, caption, changes="what changed")


def drift(figures, case=None, first: Figure | None = None) -> Drift:
    """What changed between a figure and its later tellings.

    A figure that somebody else counted is not among the steps: that a prosecutor's file has another
    number than a brochure is no change on the way.

    Parameters
    ----------
    figures : iterable of Figure
        Figures of one number that travels, for example from :func:`family`.
    case : Case, optional
        Gives the agents their names.
    first : Figure, optional
        What the others are held against; else the earliest published one of the counter that most
        of them have. The earliest in the case need not be the earliest there is.
    """
    figures = _in_order(figures)
    if not figures:
        raise ValueError("There is no figure to follow: give one or more.")
    if first is None:
        counters = [f.counted_by for f in figures if f.counted_by]
        usual = max(counters, key=counters.count) if counters else None
        first = next(f for f in figures if f.counted_by == usual)
    rest = [f for f in figures if f is not first and (f.id is None or f.id != first.id)]
    # where the first one names no counter, whoever counted the same number elsewhere stands in
    alike = [f.counted_by for f in figures if (f.value, f.unit) == (first.value, first.unit)]
    counters = {first.counted_by} if first.counted_by else set(alike) - {None}
    others = [f for f in rest if counters and f.counted_by and f.counted_by not in counters]
    steps = [FigureStep(f, tuple(_changes(first, f, case))) for f in rest if f not in others]
    return Drift(first, steps, others, case)


def _changes(a, b, case):
    first, second = _days(a, b)
    if first > second:
        a, b = b, a
    dated = first != second
    if a.shown() != b.shown():
        yield Change("value", a.shown(), b.shown(), dated)
    unlike = differences(a, b)
    if "unit" in unlike:
        yield Change("unit", a.unit, b.unit, dated)
    if "counts" in unlike:
        yield Change("definition", f"“{a.counts}”", f"“{b.counts}”", dated)
    if a.credited_to != b.credited_to:
        was, now = (_agent(case, f.credited_to) or "nobody" for f in (a, b))
        yield Change("attribution", was, now, dated)


def _days(a, b):
    """Both dates as far as both are known; equal where that does not tell which is older."""
    if not (a.published and b.published):
        return "", ""
    both = min(len(a.published), len(b.published))
    return a.published[:both], b.published[:both]


# -- sums -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Sum:
    """One check of arithmetic."""

    kind: str  # one of :data:`KINDS`
    says: str  # the finding in a sentence
    whole: Figure | None
    parts: tuple[Figure, ...]
    # the sum of the parts, and what is left of the whole
    total: float | None = None
    rest: float | None = None

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Every figure it rests on."""
        return ((self.whole,) if self.whole else ()) + self.parts


KINDS = {
    "adds_up": "adds up",
    "leaves_over": "leaves some over",
    "too_much": "more than the whole",
    "inside": "a part of it",
    "told_together": "parts told as one",  # 169 is 63 and 106
    "inside_or_beside": "inside here, beside there",
    "percent_right": "share is right",
    "percent_wrong": "share is wrong",
}


class Sums(View):
    """Checks of arithmetic, one row each."""

    def __init__(self, sums):
        self.sums = list(sums)

    def __iter__(self):
        return iter(self.sums)

    def __len__(self):
        return len(self.sums)

    def of(self, kind: str) -> list[Sum]:
        """The checks of one kind."""
        return [s for s in self.sums if s.kind == kind]

    def table(self) -> TableView:
        """One row a check."""
        rows = [
            {
                "kind": KINDS[s.kind],
                "says": s.says,
                "rows": "; ".join(f.cite for f in s.figures if f.id),
            }
            for s in self.sums
        ]
        n = len(rows)
        caption = (
            f"{n} {'sum' if n == 1 else 'sums'} checked: a sum that adds up shows care, not truth"
        )
        columns = {"kind": "result", "says": "what was found", "rows": "rows"}
        return TableView(rows, columns, caption)


def sums(figures, case=None) -> Sums:
    """Check the arithmetic of figures: parts and wholes, parts told as one, shares.

    Wholes that the figures are part of and that are not among them are fetched from the case.
    """
    figures = list(figures)
    known = {f.id: f for f in figures if f.id}
    if case:
        for figure in figures_of(case):
            if figure.id in {f.part_of for f in figures}:
                known.setdefault(figure.id, figure)
    out = []
    for whole_id, parts in _by(figures, lambda f: f.part_of).items():
        whole = known.get(whole_id)
        if whole is not None:
            out += _parts_of(whole, parts)
    out += _told_together(figures, known)
    out += _inside_or_beside(figures, known)
    out += _percents(figures, known)
    return Sums(out)


def _by(figures, key):
    groups = {}
    for figure in figures:
        value = key(figure)
        if value is not None:
            groups.setdefault(value, []).append(figure)
    return groups


_SPLIT_WORDS = BY_SEX | BY_AGE - {"schoolchildren"}


def _parts_of(whole, parts):
    """Sets of parts that add up to a whole, then what is left, by place and kind of split."""
    left = [p for p in parts if p.unit == whole.unit]
    for size in range(2, min(len(left), 8) + 1):
        for some in combinations(list(left), size):
            if all(p in left for p in some) and sum(p.value for p in some) == whole.value:
                left = [p for p in left if p not in some]
                says = f"{_sum_of(some)}, as the text says ({whole.counts})."
                yield Sum("adds_up", says, whole, some, whole.value, 0)
    groups = _by(
        left, lambda p: (p.passage or p.account or "", bool(words_of(p.counts) & _SPLIT_WORDS))
    )
    for some in (apart for together in groups.values() for apart in _by_counter(together)):
        total = sum(p.value for p in some)
        rest = whole.value - total
        if len(some) == 1:
            kind, part = "inside", f"{some[0].shown()} ({some[0].counts})"
            says = f"{part} is inside {whole.shown()} ({whole.counts}) and not to be added to it."
            if rest < 0:
                kind, says = (
                    "too_much",
                    f"{part} is more than its whole, {whole.shown()} ({whole.counts}).",
                )
        elif rest > 0:
            kind = "leaves_over"
            says = f"{_sum_of(some)} of {whole.shown()}: {plain(rest)} are in none of these groups."
            if may_overlap(some):
                says += " More, if somebody is in two of these groups."
        else:
            kind = "too_much"
            says = (
                f"{_sum_of(some)}, {plain(-rest)} more than the whole of {whole.shown()}: the "
                "parts share some, or a number is wrong."
            )
        yield Sum(kind, says, whole, tuple(some), total, rest)


def _by_counter(parts):
    """Parts that one counter gives; two counts of the same thing are not added."""
    if any(p.counted_by is None for p in parts):
        return [parts]
    return list(_by(parts, lambda p: p.counted_by).values())


def _sum_of(parts):
    return " + ".join(plain(p.value) for p in parts) + f" is {plain(add(parts).value)}"


def _told_together(figures, known):
    """A number that sums parts told apart elsewhere: 169 women and children is 63 and 106."""
    done = set()
    for figure in figures:
        whole = known.get(figure.part_of)
        named = words_of(figure.counts) & _SPLIT_WORDS
        if whole is None or len(named) < 2 or (figure.value, whole.value) in done:
            continue
        for others in _by(
            figures,
            lambda f, own=figure.part_of: (f.part_of, f.passage) if f.part_of != own else None,
        ).values():
            other_whole = known.get(others[0].part_of)
            if other_whole is None or other_whole.value != whole.value:
                continue
            for some in combinations(others, len(named)):
                told = frozenset().union(*(words_of(p.counts) & _SPLIT_WORDS for p in some))
                if sum(p.value for p in some) == figure.value and told == named:
                    done.add((figure.value, whole.value))
                    says = (
                        f"{figure.shown()} ({figure.counts}) is "
                        f"{' + '.join(plain(p.value) for p in some)}, "
                        f"told as one number: parts of the same {whole.shown()}, no further count."
                    )
                    yield Sum("told_together", says, figure, tuple(some), figure.value, 0)
                    break
            if (figure.value, whole.value) in done:
                break


def _inside_or_beside(figures, known):
    """The same number told as a part in one text and beside the whole in another."""
    for _value, same in _by(figures, lambda f: (f.value, f.unit) if f.value >= 2 else None).items():
        inside = [f for f in same if f.part_of in known]
        for whole_value in dict.fromkeys(known[f.part_of].value for f in inside):
            within = [f for f in inside if known[f.part_of].value == whole_value]
            beside = [
                f
                for f in same
                if f.part_of is None
                and f.item not in {w.item for w in within}
                and any(
                    o is not f
                    and o.value == whole_value
                    and (o.passage or o.account)
                    and _near(o, f)
                    for o in figures
                )
                and words_of(f.counts) & words_of(within[0].counts) - _THIN
            ]
            if beside:
                whole = known[within[0].part_of]
                says = (
                    f"{within[0].shown()} ({within[0].counts}) is inside {plain(whole_value)} in "
                    f"{_times(len(within))} and beside it in {_times(len(beside))}: "
                    f"together they are {plain(whole_value)} or "
                    f"{plain(whole_value + within[0].value)}."
                )
                told = tuple(within + beside)
                yield Sum("inside_or_beside", says, whole, told, whole_value + within[0].value)


_THIN = frozenset("the of and is in a an whose not people other given".split())


def _near(a, b):
    """In one passage or account, or in one item: told together."""
    if a.account or b.account:
        return a.account == b.account
    return a.item == b.item


def _times(n):
    return "one place" if n == 1 else f"{n} places"


def _percents(figures, known):
    """ "26 of 968, or 4 per cent": a share held against the count beside it."""
    for figure in figures:
        if figure.unit != "percent" or figure.passage is None:
            continue
        near = [
            f
            for f in figures
            if (f.passage, f.claim) == (figure.passage, figure.claim)
            and f.part_of in known
            and f.unit != "percent"
            and None not in (f.start, figure.start)
            and abs(f.start - figure.start) < 80
        ]
        if not near:
            continue
        part = min(near, key=lambda f: abs(f.start - figure.start))
        whole = known[part.part_of]
        share = 100 * part.value / whole.value
        right = _fits(share, figure)
        word = f"{share:.1f}".removesuffix(".0")
        says = (
            f"{plain(part.value)} of {plain(whole.value)} is {word} percent; the text has "
            f"{figure.shown()}" + (", which fits." if right else ", which does not fit.")
        )
        kind = "percent_right" if right else "percent_wrong"
        yield Sum(kind, says, whole, (part, figure), share)


def _fits(share, figure):
    if figure.qualifier in {"up_to", "nearly"}:
        return share <= figure.value and (
            figure.qualifier == "up_to" or share >= 0.85 * figure.value
        )
    if figure.qualifier in {"at_least", "more_than"}:
        return share >= figure.value
    # A share printed without decimals is rounded; "about" gets two points.
    return abs(share - figure.value) <= (2.5 if figure.qualifier == "about" else 0.5 + 1e-9)

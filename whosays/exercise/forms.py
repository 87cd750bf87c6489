"""Before and after: who takes which form first, what a class has gained, how single items did.

Three forms of one task are given before, after and some weeks later, each learner in one of three
orders. A form that is harder than another then weighs as much on the first side as on the second,
and falls out of the mean (a Latin square; Hills and Armitage 1979, "The two-period cross-over
clinical trial").
"""

import random
from dataclasses import dataclass
from math import atanh, sqrt, tanh
from statistics import NormalDist, correlation, mean, variance

FORMS = ("90", "91", "92")
ORDERS = (("90", "91", "92"), ("91", "92", "90"), ("92", "90", "91"))
TIMES = ("before", "after", "weeks later")
_Z = NormalDist().inv_cdf(0.975)


def draw(name: str, learners: int) -> list[tuple[str, str, str]]:
    """Which form each learner of a class, numbered from 1, takes before, after and weeks later.

    The same name of a class always draws the same. Each of the three orders of :data:`FORMS` occurs
    equally often, but for one or two learners.
    """
    orders = [ORDERS[i % len(ORDERS)] for i in range(learners)]
    random.Random(f"whosays/forms/{name.strip().casefold()}").shuffle(orders)
    return orders


@dataclass(frozen=True)
class Gain:
    """What a class has gained from one time to another, in points."""

    mean: float  # of the orders, each with the same weight
    # The 95 % interval of the mean, by Student's t with Welch's degrees of freedom. None where all
    # have gained the same, or where fewer than three degrees of freedom are left: so few learners
    # say too little of how far a class is spread.
    low: float | None
    high: float | None
    learners: int  # who have both scores
    orders: int  # with fewer than two, how hard the forms are is not apart from what was learnt


def gain(pairs: list[tuple[str, float, float]]) -> Gain | None:
    """The gain of a class that took its forms in several orders.

    ``pairs`` has for each learner the order (any name), the points before and the points after.
    None where no order has two learners, so that nothing can be said of the spread.
    """
    by_order = {}
    for order, before, after in pairs:
        by_order.setdefault(order, []).append(after - before)
    groups = [group for group in by_order.values() if len(group) > 1]
    if not groups:
        return None
    gains, learners = mean(map(mean, groups)), sum(map(len, groups))
    parts = [variance(group) / len(group) / len(groups) ** 2 for group in groups]
    weights = [part**2 / (len(group) - 1) for part, group in zip(parts, groups, strict=True)]
    freedom = sum(parts) ** 2 / sum(weights) if any(weights) else 0
    if freedom < 3 - 1e-9:  # rounding must not take the interval from four learners of one order
        return Gain(gains, None, None, learners, len(groups))
    reach = _student(freedom) * sqrt(sum(parts))
    return Gain(gains, gains - reach, gains + reach, learners, len(groups))


def _student(n):
    """The 97.5 % point of Student's t with n degrees of freedom, 3 or more.

    Cornish and Fisher's expansion; 5 % short at 3, within 2 % from 4 on.
    """
    z = _Z
    first, second = (z**3 + z) / 4, (5 * z**5 + 16 * z**3 + 3 * z) / 96
    third = (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384
    return z + first / n + second / n**2 + third / n**3


@dataclass(frozen=True)
class Item:
    """How one item did in a class, with 95 % intervals."""

    name: str
    learners: int
    share: float  # mean share of its points: 1 is easy, 0 is hard
    low: float  # Wilson's interval
    high: float
    # Correlation with the rest of the points. Below 0.2 the item may ask something else than the
    # others do, or may be read in two ways. None where nobody or everybody is right.
    with_rest: float | None = None
    rest_low: float | None = None  # by Fisher's z
    rest_high: float | None = None


def items(answers: list[dict[str, float]]) -> list[Item]:
    """Difficulty and discrimination of each item, from a teacher's own class.

    ``answers`` has for each learner the share of the points, from 0 to 1, by item. What a learner
    left out counts as 0.
    """
    statistics, n = [], len(answers)
    for name in dict.fromkeys(name for one in answers for name in one):
        own = [one.get(name, 0.0) for one in answers]
        rest = [sum(one.values()) - mine for one, mine in zip(answers, own, strict=True)]
        share, wide = mean(own), 1 + _Z**2 / n
        centre = (share + _Z**2 / (2 * n)) / wide
        reach = _Z * sqrt(share * (1 - share) / n + _Z**2 / (4 * n**2)) / wide
        varied = n > 3 and len(set(own)) > 1 and len(set(rest)) > 1
        alike = correlation(own, rest) if varied else None
        ends = (None, None)
        if alike is not None:
            middle, step = atanh(max(-0.999, min(0.999, alike))), _Z / sqrt(n - 3)
            ends = tanh(middle - step), tanh(middle + step)
        statistics.append(Item(name, n, share, centre - reach, centre + reach, alike, *ends))
    return statistics

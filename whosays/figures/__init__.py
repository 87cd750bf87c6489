"""Figures: numbers with what they count, who counted, as of when and how.

``find_figures`` reads quantities from text; ``figures_of`` and ``figure`` take them from a case;
``line_up``, ``drift`` and ``sums`` set them side by side. Comparing or adding figures that count
different things raises :class:`DifferentThings`, whose message says why.
"""

from .figure import DifferentThings, Figure, add, compare, differences, figure, figures_of, from_row
from .finder import Quantity, find_figures
from .lineup import Change, Drift, LineUp, Sum, Sums, drift, family, line_up, sums
from .outcome import Outcome, outcome

__all__ = [
    "Change",
    "DifferentThings",
    "Drift",
    "Figure",
    "LineUp",
    "Outcome",
    "Quantity",
    "Sum",
    "Sums",
    "add",
    "compare",
    "differences",
    "drift",
    "family",
    "figure",
    "figures_of",
    "find_figures",
    "from_row",
    "line_up",
    "outcome",
    "sums",
]

"""Comparing and adding as a lesson shows it: the answer, or the refusal as a message to read.

In code a refusal is an exception, :class:`whosays.figures.DifferentThings`, so that nobody adds by
mistake. A learner who tries it in a cell should read why, and go on: that is what this is for.
"""

import html
import re

from ..view.view import View
from .figure import DifferentThings, Figure, add, compare


class Outcome(View):
    """What came of comparing or adding (``doing``): ``says`` it in a sentence.

    ``allowed`` is False when the figures count different things; then it says why.
    """

    def __init__(self, doing, figures, allowed, says):
        self.doing, self.figures, self.allowed, self.says = doing, tuple(figures), allowed, says

    @property
    def head(self) -> str:
        """One line: what was tried, and whether it can be done."""
        tried = f" {'and' if self.doing == 'compare' else '+'} ".join(
            f.shown() for f in self.figures
        )
        done = {"compare": "compared", "add": "added"}[self.doing]
        return f"{tried}: {'can' if self.allowed else 'cannot'} be {done}."

    def html(self) -> str:
        # on a screen a number is known by its value; the text twin names its row
        says = re.sub(r" \[(?:[a-z0-9-]+:)?figures/[a-z0-9-]+\]", "", self.says)
        return f"<p><strong>{html.escape(self.head)}</strong></p><p>{html.escape(says)}</p>"

    def text(self) -> str:
        return f"{self.head}\n{self.says}"


def outcome(doing: str, *figures: Figure, because: str | None = None) -> Outcome:
    """Try to compare or to add figures, and read what comes of it.

    ``doing`` is ``compare`` (two figures; ``because`` is your reason to take two definitions as
    one) or ``add`` (two or more parts of one whole). Where :func:`whosays.figures.compare` or
    :func:`whosays.figures.add` raises :class:`DifferentThings`, ``says`` is its message.

    Raises
    ------
    ValueError
        For another verb, for fewer than two figures, or for more than two to compare.
    """
    if doing not in {"compare", "add"}:
        raise ValueError(f"doing is {doing!r}: write 'compare' or 'add'.")
    if len(figures) < 2 or (doing == "compare" and len(figures) > 2):
        raise ValueError(f"{len(figures)} given: compare takes two figures, add takes two or more.")
    try:
        if doing == "compare":
            says = compare(*figures, because=because)
        else:
            total = add(list(figures))
            loosely = "" if total.qualifier == "exact" else f" ({total.shown()})"
            says = f"{total.note}{loosely}: {total.counts}."
    except DifferentThings as refusal:
        return Outcome(doing, figures, False, str(refusal))
    return Outcome(doing, figures, True, says)

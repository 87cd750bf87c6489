"""A chain of voices as nested frames: the paper around the agency around whoever spoke."""

import textwrap

from ..view.caveats import claim_words
from ..view.grave import Grave, fold, grave_passage, told
from ..view.pictures import BLUE, GREY, svg, text
from ..view.show import TableView
from ..view.view import View, folded
from .ledger_step import HOW

_WIDTH, _INSET, _HEAD, _LINE = 660, 14, 30, 20


class Frames(View):
    """The chain of one statement of a case, by the id of its assertion.

    ``voices`` are pairs of a name and how it is known in words, the outermost first; ``words``, in
    the middle, what is said, or what it is about.
    """

    title = "Whose words, through whom"

    def __init__(self, case, assertion_id):
        row = case.assertions[assertion_id]
        self.voices = [(case.agents[step.agent].name, HOW[step.how]) for step in row.chain]
        words = case.stretch(row.source_id, row.content_spans[0][0], row.content_spans[-1][1])
        bare = (words or "").strip('“”"')
        words = f"“{bare}”" if words else claim_words(case, case.claims[row.claim_id])
        self.words = Grave(words) if grave_passage(case, row) else words

    def svg(self) -> str:
        """The frames as inline SVG."""
        n = len(self.voices)
        inside = _WIDTH - 2 * _INSET * n
        lines = textwrap.wrap(self.words, max(24, int(inside / 8)))[:5]
        middle = _LINE * len(lines) + 16
        tall = n * (_HEAD + _INSET) + middle
        body = []
        for level, (name, how) in enumerate(self.voices):
            x, y = _INSET * level + 1, _HEAD * level + 1
            body.append(
                f'<rect x="{x}" y="{y}" width="{_WIDTH - 2 * x}"'
                f' height="{tall - y - _INSET * level}" rx="6" fill="{GREY}" fill-opacity=".06"'
                f' stroke="{BLUE}" stroke-width="2"/>'
            )
            body.append(text(x + 12, y + 21, f"{name} ({how})", 15, weight=700 if level else 600))
        x, y = _INSET * n + 12, _HEAD * n + 18
        body += [text(x, y + _LINE * i, line, 15) for i, line in enumerate(lines)]
        alternative = "; inside it ".join(f"{name}, {how}" for name, how in self.voices)
        return svg(
            body, _WIDTH, tall + 2, self.title, f"{alternative}. In the middle: {self.words}"
        )

    def table(self) -> TableView:
        """The same as a table: voice and how it is known, from the outside in."""
        rows = [{"voice": name, "how": how} for name, how in self.voices]
        return TableView(rows, {"voice": "voice", "how": "how it is known"}, self.title)

    def html(self) -> str:
        drawn = fold(self.svg()) if isinstance(self.words, Grave) else self.svg()
        return drawn + folded("The same as a table", self.table().whole())

    def text(self) -> str:
        return f"{self.table().text()}\n  {told(self.words)}"


frames = Frames

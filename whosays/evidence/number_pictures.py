"""Numbers on their way: when each was said and what it counts, and who had one number from whom."""

import itertools
import textwrap

from ..figures import figure
from ..view.pictures import BLUE, GREY, ORANGE, Picture, svg, text
from ..view.show import TableView

_WIDTH, _LEFT = 620, 186
_FLOW = 800  # five columns of names do not fit in less
# of a number that is not exact; a floor, a ceiling, an "about" and a range look different
_SIGNS = {"at_least": "→", "more_than": "→", "up_to": "←", "range": "↔"}
_SIGNS |= {"about": "○", "nearly": "○"}


class TimeLanes(Picture):
    """When each number was said, in lanes by what it counts.

    No axis has a length: a longer bar would look like a better number. A sign before each number
    tells a floor, a range and an *about* from an exact one. ``lanes`` has what a lane counts, in
    words, and the ids of its figures.
    """

    title = "When each number was said, and what it counts"

    def __init__(self, case, lanes):
        self.case = case
        self.lanes = {
            name: [figure(case, one) for one in figures] for name, figures in lanes.items()
        }
        self.years = sorted({_year(f) for figures in self.lanes.values() for f in figures})

    def _who(self, one):
        agent = one.counted_by or (one.relayed_by[-1] if one.relayed_by else None)
        name = self.case.agents[agent].name if agent else "not said"
        return name if one.counted_by else f"given by {name}"

    def svg(self) -> str:
        """The picture as inline SVG."""
        step = (_WIDTH - _LEFT) / len(self.years)
        body = [
            text(_LEFT + step * (n + 0.5), 18, year, 14, "middle", 600)
            for n, year in enumerate(self.years)
        ]
        y = 34.0
        for name, figures in self.lanes.items():
            by_year = [[f for f in figures if _year(f) == year] for year in self.years]
            label = textwrap.wrap(name, 22)
            tall = max(20 * len(label), 40 * max(1, *map(len, by_year))) + 16
            body.append(
                f'<rect x="0" y="{y:.0f}" width="{_WIDTH}" height="{tall:.0f}" fill="{GREY}" '
                f'fill-opacity=".1"/><path d="M0 {y:.0f}H{_WIDTH}" stroke="{GREY}"/>'
            )
            body += [text(8, y + 22 + 19 * n, line, 14, weight=600) for n, line in enumerate(label)]
            for column, told in enumerate(by_year):
                x = _LEFT + step * (column + 0.5)
                for n, one in enumerate(told):
                    number = f"{_SIGNS.get(one.qualifier, '●')} {one.value:,.0f}"
                    number += f"–{one.value_max:,.0f}" if one.value_max else ""
                    body.append(text(x, y + 22 + 40 * n, number, 16, "middle", 700))
            y += tall
        key = "● exact   ○ about   → at least   ↔ from, to"
        body.append(text(8, y + 22, key, 14))
        alternative = " ".join(
            f"{row['number']}: {row['counts']}, {row['who']}." for row in self._rows()
        )
        return svg(body, _WIDTH, y + 34, self.title, alternative)

    def _rows(self):
        return [
            {
                "number": one.shown(),
                "counts": one.counts,
                "who": self._who(one),
                "when": str(one.as_of or "not said"),
            }
            for figures in self.lanes.values()
            for one in figures
        ]

    def table(self) -> TableView:
        """The same as a table: number, what it counts, who counted or gave it, as of when."""
        headings = {"counts": "what is counted", "who": "counted by", "when": "as of"}
        return TableView(self._rows(), ("number", *headings), self.title, **headings)


def _year(figure):
    return str(figure.as_of)[:4] if figure.as_of else "no year"


class Flow(Picture):
    """Who had a claim from whom: each voice once, arrows from where a thing was taken."""

    title = "Who had it from whom"

    def __init__(self, case, claim_id: str):
        self.case = case
        steps = []
        for assertion in case.assertions.where(claim_id=claim_id):
            voices = [step.agent for step in assertion.chain][::-1]
            steps += list(itertools.pairwise(voices))
            steps += [(voices[0], None)] if len(voices) == 1 else []
        self.arrows = list(dict.fromkeys((a, b) for a, b in steps if b))
        voices = dict.fromkeys(one for step in steps for one in step if one)
        self.depth = {voice: self._depth(voice, ()) for voice in voices}

    def _depth(self, voice, seen):
        """How many steps a voice stands from where its telling begins."""
        before = [a for a, b in self.arrows if b == voice and a not in seen]
        return 1 + max(self._depth(a, (*seen, voice)) for a in before) if before else 0

    def _name(self, voice):
        return self.case.agents[voice].name

    def svg(self) -> str:
        """The picture as inline SVG."""
        columns = {}
        for voice, depth in self.depth.items():
            columns.setdefault(depth, []).append(voice)
        width = _FLOW / max(1, len(columns))
        room = width - 30
        boxes, y_of, tallest = [], {}, 0
        for depth, voices in sorted(columns.items()):
            y = 8.0
            for voice in voices:
                lines = textwrap.wrap(self._name(voice), max(8, int((room - 14) / 8.4)))
                tall = 18 * len(lines) + 14
                x = depth * width + 2
                start = depth == 0
                boxes.append(
                    f'<rect x="{x:.0f}" y="{y:.0f}" width="{room:.0f}" height="{tall}" rx="4"'
                    f' fill="var(--jp-layout-color0,#fff)" stroke="{ORANGE if start else BLUE}"'
                    f' stroke-width="{3 if start else 1.5}"/>'
                )
                boxes += [
                    text(x + 8, y + 20 + 18 * n, line, 14, weight=700 if start else 400)
                    for n, line in enumerate(lines)
                ]
                y_of[voice] = (x, y + tall / 2)
                y += tall + 14
            tallest = max(tallest, y)
        lines = []
        for a, b in self.arrows:
            (xa, ya), (xb, yb) = y_of[a], y_of[b]
            if xb > xa:
                xa += room
                lines.append(
                    f'<path d="M{xa:.0f} {ya:.0f}C{xa + 16:.0f} {ya:.0f} {xb - 20:.0f} {yb:.0f}'
                    f' {xb - 5:.0f} {yb:.0f}" fill="none" stroke="{GREY}" stroke-width="2"/><path'
                    f' d="M{xb - 9:.0f} {yb - 5:.0f}L{xb:.0f} {yb:.0f}L{xb - 9:.0f} {yb + 5:.0f}Z"'
                    f' fill="{GREY}"/>'
                )
        key = "Thick frame: where a telling begins, as far as the texts say. Arrows: from, to."
        boxes.append(text(2, tallest + 16, key, 14))
        alternative = " ".join(
            f"{self._name(b)} has it from {self._name(a)}." for a, b in self.arrows
        )
        return svg([*lines, *boxes], _FLOW, tallest + 28, self.title, alternative)

    def table(self) -> TableView:
        """The same as a table: who has it, from whom."""
        rows = [{"from": self._name(a), "to": self._name(b)} for a, b in self.arrows]
        return TableView(rows, {"to": "who has it", "from": "from whom"}, self.title)


time_lanes, flow = TimeLanes, Flow

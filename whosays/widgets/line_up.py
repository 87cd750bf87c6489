"""A desk for the figures of a line-up: choose two, compare or add them, read what comes of it.

The same in code: ``line_up([a, b], case)`` and ``outcome("compare", a, b)``.
"""

import html
import textwrap

import ipywidgets as w

from ..figures import line_up, outcome
from .box import Box
from .fields import button, framed, line, menu, watch


class LineUpBox(Box):
    """Two menus of the figures of a line-up, two buttons, and the picture of the two chosen."""

    def __init__(self, shown):
        self.lined_up = shown
        figures = [figure for definition in shown.definitions for figure in definition.figures]
        self.figures = {str(number): figure for number, figure in enumerate(figures)}
        options = [(_label(figure), key) for key, figure in self.figures.items()]
        self.first = menu("One number:", options, "100%")
        self.second = menu("Another number:", options, "100%")
        self.reason = line("They count the same because (if you can show it):", "100%")
        compare, add = "Is one larger? Do they agree?", "Can they be added up?"
        self.buttons = {
            "compare": button("Compare", lambda: self.try_it("compare"), True, compare),
            "add": button("Add", lambda: self.try_it("add"), tooltip=add),
        }
        self.picture = w.HTML()
        watch(self._draw, self.first, self.second)
        pressed = w.HBox(list(self.buttons.values()))
        fields = (self.first, self.second, self.reason)
        super().__init__(shown, *fields, pressed, self.status, self.picture)

    @property
    def chosen(self) -> list:
        """The figures that are chosen, each once."""
        keys = dict.fromkeys((self.first.value, self.second.value))
        return [self.figures[key] for key in keys if key]

    def _draw(self):
        """The chosen ones, each definition with a scale of its own; an older answer goes."""
        self.status.say("", asked=False)
        chosen = self.chosen
        self.picture.value = framed(chosen and line_up(chosen, self.lined_up.case).html())

    def try_it(self, doing: str):
        """What the buttons do, ``compare`` or ``add``; None while there are no two numbers."""
        if len(self.chosen) < 2:
            self.status.say("Choose two different numbers first.")
            return None
        result = outcome(doing, *self.chosen, because=self.reason.value)
        self.status.say(result.head, framed(f"<p>{html.escape(result.says)}</p>"))
        return result


def _label(figure):
    words = textwrap.shorten(f"{figure.shown()}: {figure.counts}", 80, placeholder=" …")
    return f"{words} [{figure.cite}]" if figure.id else words

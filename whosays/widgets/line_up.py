"""A desk for the figures of a line-up: choose two, compare or add them, read what comes of it.

The same in code: ``line_up([a, b], case)`` and ``outcome("compare", a, b)``.
"""

import html
import textwrap

import ipywidgets as w

from ..figures import line_up, outcome
from .box import Box
from .fields import LOOK, line, menu
from .guard import KeyGuard, StatusLine


class LineUpBox(Box):
    """Two menus of figures, two buttons, and the picture of the two that are chosen.

    Parameters
    ----------
    shown : LineUp
        Where the figures and the names of their counters come from.
    """

    def __init__(self, shown):
        self.lined_up = shown
        figures = [figure for definition in shown.definitions for figure in definition.figures]
        self.figures = {str(number): figure for number, figure in enumerate(figures)}
        options = [(_label(figure), key) for key, figure in self.figures.items()]
        self.first = menu("One number:", options, "100%")
        self.second = menu("Another number:", options, "100%")
        self.reason = line("They count the same because (if you can show it):", "100%")
        self.buttons = {
            "compare": w.Button(
                description="Compare",
                button_style="primary",
                tooltip="Is one larger? Do they agree?",
            ),
            "add": w.Button(description="Add", tooltip="Can they be added up?"),
        }
        for doing, button in self.buttons.items():
            button.on_click(lambda _, doing=doing: self.try_it(doing))
        self.picture = w.HTML()
        self.status = StatusLine()
        for field in (self.first, self.second):
            field.observe(lambda _: self._draw(), names="value")
        super().__init__(
            [w.HTML(LOOK), self.first, self.second, self.reason, w.HBox(list(self.buttons.values())), self.status,
             self.picture, KeyGuard()]
        )  # fmt: skip
        self.add_class("ws-question")

    @property
    def chosen(self):
        """The figures that are chosen, each once."""
        return [
            self.figures[key] for key in dict.fromkeys((self.first.value, self.second.value)) if key
        ]

    def _draw(self):
        """The chosen ones, each definition with a scale of its own; an answer to an earlier pair is
        taken away.
        """
        self.status.say("", asked=False)
        self.picture.value = (
            f'<div class="ws">{line_up(self.chosen, self.lined_up.case).html()}</div>'
            if self.chosen
            else ""
        )

    def try_it(self, doing):
        """What the buttons do.

        Parameters
        ----------
        doing : str
            ``compare`` or ``add``.

        Returns
        -------
        Outcome or None
            None while fewer than two numbers are chosen.
        """
        if len(self.chosen) < 2:
            self.status.say("Choose two different numbers first.")
            return None
        made = outcome(doing, *self.chosen, because=self.reason.value)
        self.status.say(made.head, f'<div class="ws"><p>{html.escape(made.says)}</p></div>')
        return made

    def __repr__(self):
        return repr(self.lined_up)


def _label(figure):
    words = textwrap.shorten(f"{figure.shown()}: {figure.counts}", 80, placeholder=" …")
    return f"{words} [{figure.cite}]" if figure.id else words

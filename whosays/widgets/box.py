"""The box that holds a widget's parts; where widgets cannot be shown, its words stand as text."""

from functools import cached_property

import ipywidgets as w

from .fields import LOOK, AsText
from .guard import KeyGuard, StatusLine


class Box(AsText, w.VBox):
    """A column of parts in the kit's look, whose keys are kept away from the notebook.

    The twin does the same in code; its words stand where widgets cannot be shown. ``status`` is the
    box's line that is read out, if it is among the parts.
    """

    status = cached_property(lambda _: StatusLine())

    checked = False  # whether the status line tells of what the fields hold now

    def __init__(self, twin, *parts):
        self.twin = twin
        super().__init__([w.HTML(LOOK), *parts, KeyGuard()])
        self.add_class("ws-question")

    def after_change(self, problem: str) -> None:
        """What is said when a field was filled in: why it was not kept, or that a check is old."""
        if problem:
            self.status.say(problem, asked=False)
        elif self.checked:
            self.checked = False
            self.status.say("Changed since the last check.", asked=False)

    def __repr__(self):
        return repr(self.twin)

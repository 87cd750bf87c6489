"""The leave-the-page log as a form; ``visit_log("01").add(...)`` does the same in code."""

import ipywidgets as w

from ..learner.visits import FIELDS
from .box import Box
from .fields import LOOK, line
from .guard import KeyGuard, StatusLine


class VisitForm(Box):
    """Four fields, a button and the visits noted so far."""

    def __init__(self, visits):
        self.visits = visits
        self.inputs = {name: line(ask, "100%", look="ws-cell") for name, ask in FIELDS.items()}
        self.note_button = w.Button(
            description="Note this visit",
            button_style="primary",
            tooltip="Keep it in the log",
            layout={"align_self": "flex-start"},
        )
        self.note_button.on_click(lambda _: self.note())
        self.status = StatusLine()
        super().__init__(
            [w.HTML(LOOK), *self.inputs.values(), self.note_button, self.status, KeyGuard()]
        )
        self.add_class("ws-question")
        self._show("", asked=False)

    def _show(self, said, asked=True):
        self.visits.said = ""
        self.status.say(
            said, f'<div class="ws">{self.visits.html()}</div>' if self.visits.mine else "", asked
        )

    def note(self):
        """What the button does: keep the visit, or say what is still empty."""
        said = self.visits.add(**{name: field.value for name, field in self.inputs.items()}).said
        if said == "Noted.":
            for field in self.inputs.values():
                field.value = ""
        self._show(said)

    def __repr__(self):
        return repr(self.visits)

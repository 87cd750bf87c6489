"""The leave-the-page log as a form; ``visit_log("01").add(...)`` does the same in code."""

from ..learner.visits import FIELDS
from .box import Box
from .fields import button, framed, line


class VisitForm(Box):
    """Four fields, a button and the visits noted so far."""

    def __init__(self, visits):
        self.visits = visits
        self.inputs = {name: line(ask, "100%", look="ws-cell") for name, ask in FIELDS.items()}
        self.note_button = button("Note this visit", self.note, True, "Keep it in the log")
        super().__init__(visits, *self.inputs.values(), self.note_button, self.status)
        self._show("", asked=False)

    def _show(self, said, asked=True):
        self.visits.said = ""
        self.status.say(said, framed(self.visits.mine and self.visits.html()), asked)

    def note(self) -> None:
        """What the button does: keep the visit, or say what is still empty."""
        message = self.visits.add(**{name: field.value for name, field in self.inputs.items()}).said
        if message == "Noted.":
            for field in self.inputs.values():
                field.value = ""
        self._show(message)

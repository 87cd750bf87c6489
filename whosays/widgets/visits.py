"""The leave-the-page log as a form; ``visit_log("01").add(...)`` does the same in code."""

import ipywidgets as w

from .fields import LOOK
from .guard import KeyGuard, StatusLine


class VisitForm(w.VBox):
    """Four fields, a button and the visits noted so far."""

    def __init__(self, log):
        from ..visits import FIELDS

        self.log = log
        self.inputs = {
            name: w.Text(description=ask, layout=w.Layout(width="100%", max_width="60em"), style={"description_width": "24em"})
            for name, ask in FIELDS.items()
        }
        self.note_button = w.Button(description="Note this visit", button_style="primary", tooltip="Keep it in the log")
        self.note_button.on_click(lambda _: self.note())
        self.status = StatusLine()
        super().__init__([w.HTML(LOOK), *self.inputs.values(), self.note_button, self.status, KeyGuard()])
        self.add_class("ws-question")
        self._show("")

    def _show(self, said):
        self.log.said = ""
        self.status.say(said, f'<div class="ws">{self.log.html()}</div>' if self.log.mine else "")

    def note(self):
        """What the button does: keep the visit, or say what is still empty."""
        said = self.log.add(**{name: field.value for name, field in self.inputs.items()}).said
        if said == "Noted.":
            for field in self.inputs.values():
                field.value = ""
        self._show(said)

    def __repr__(self):
        return repr(self.log)

    def _repr_mimebundle_(self, **kwargs):
        return {**super()._repr_mimebundle_(**kwargs), "text/plain": repr(self)}

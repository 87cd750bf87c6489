"""Two helpers for every widget: keys and presses in good order, and a line that is read out.

In JupyterLab a key pressed on a button or a drop-down still reaches the notebook's shortcuts:
``a`` inserts a cell, ``d d`` deletes the one with the widget, an arrow leaves it
(jupyter-widgets/ipywidgets issue 3912). ``KeyGuard`` stops that. ``StatusLine`` is made of stock
widgets, which a guard beside it makes a polite live region.

Why not a widget of its own for the line: anywidget 0.11 gives a widget two seconds to start, and
hears nothing from Python ever after if it takes longer. On a slow computer a page of thirty
questions takes longer, and whoever pressed *Check* saw nothing happen.
"""

import html

import anywidget
import ipywidgets as w

from .fields import esm


class KeyGuard(anywidget.AnyWidget):
    """Put it anywhere in a widget: keys pressed in that output no longer reach the notebook.

    Escape, Shift+Enter and everything with Ctrl, Alt or Meta still do, so nobody is trapped. It
    also makes the radio buttons of one question one group, which stock ipywidgets leave undone:
    read out as a group with its label, and one stop for Tab.

    And a button pressed right after a field was filled in waits for the field: a field whose last
    message is still on its way keeps the next one back, a button does not, so that on a slow line
    (Binder) *Check* would judge the answer before last. Where the kernel's answer does not come, it
    waits no longer than four seconds.

    And it makes each :class:`StatusLine` in that output a live region, and brings an answer that
    somebody asked for into sight.
    """

    _esm = esm("guard")

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        # answered after every message that came before it, which is all that the page wants to know
        self.on_msg(lambda _, content, buffers: self.send({"heard": content.get("ask")}))


class StatusLine(w.VBox):
    """A line that screen readers read out when it changes, with more below it for the eye.

    ``text`` is the line, plain text; ``details`` HTML of our own making below it (everything from
    outside already escaped); ``asked`` goes up with every line that somebody asked for: then it is
    brought into sight.
    """

    def __init__(self):
        self.text, self.details, self.asked = "", "", 0
        self._line, self._more = w.HTML(), w.HTML().add_class("ws-details")
        super().__init__([self._line, self._more])
        self.add_class("ws-says")

    def say(self, text: str, details: str = "", asked: bool = True, plain: bool = False) -> None:
        """Show and announce a line; the same line twice is announced twice.

        ``asked`` says that it answers the press of a button, so that the page may scroll to it;
        while somebody fills in a field it must not move. ``plain`` says that the line is
        a sentence to read and no heading.
        """
        # a live region stays silent when nothing changes, so a repeated line gets an invisible mark
        self.text = text if text != self.text else text + "\u2060"
        self.details = details
        self.asked += asked
        self._more.value = details
        look = ' class="ws-plain"' if plain else ""
        shown = f'<span data-asked="{self.asked}"{look}>{html.escape(self.text)}</span>'
        self._line.value = shown if text else ""

"""What a table to fill in has in common, whatever it asks: kept at each change, checked, shown
after a try.
"""

import ipywidgets as w

from . import fields
from .box import Box
from .guard import KeyGuard, StatusLine


class CheckedBox(Box):
    """Menus, *Check*, a second button that shows the answers after a try, and a line that is read
    out.

    A class made from it has ``filled`` (what the menus hold), ``check()`` and ``reveal()``.

    Parameters
    ----------
    twin : object
        Does the same in code: ``keep(filled)`` saves, its words stand where widgets cannot be
        shown.
    title : str
        HTML, everything from outside escaped.
    rows : iterable of ipywidgets.Widget
    menus : mapping of Dropdown
        By part; those that are watched.
    check, show : (str, str)
        What the tooltip of *Check* says; name and tooltip of the second button.
    """

    def __init__(self, twin, title, rows, menus, check, show):
        self.twin, self.menus = twin, menus
        self.checked = False  # whether the status line tells of what the menus hold now
        self.status = StatusLine()
        self.check_button = w.Button(description="Check", button_style="primary", tooltip=check)
        self.show_button = w.Button(description=show[0], tooltip=show[1])
        self.check_button.on_click(lambda _: self.check())
        self.show_button.on_click(lambda _: self.reveal())
        buttons = w.HBox(
            [self.check_button, self.show_button], layout=w.Layout(margin="0.5em 0 0 0")
        )
        super().__init__([w.HTML(fields.LOOK + title), *rows, buttons, self.status, KeyGuard()])
        self.add_class("ws-question")
        for menu in self.menus.values():
            menu.observe(lambda _: self._keep(), names="value")

    def _keep(self):
        problem = self.twin.keep(self.filled)
        if problem:
            self.status.say(problem, asked=False)
        elif self.checked:
            self.checked = False
            self.no_longer_checked()
            self.status.say("Changed since the last check.", asked=False)

    def no_longer_checked(self):
        """Take away what the last check has left beside the menus."""

    def say_checked(self, result, details):
        """Say what a check found; returns it."""
        self.status.say(result.summary(), f'<div class="ws">{details}</div>' if details else "")
        self.checked = True
        return result

    def show_after_a_try(self, empty, words, view):
        """Show the answers, but not to somebody who has filled in nothing: nobody reads before
        thinking.
        """
        if self.filled:
            self.status.say(words, f'<div class="ws">{view.html()}</div>')
        else:
            self.status.say(f"Fill in at least one {empty} first. A guess is fine.")

    def __repr__(self):
        return repr(self.twin)

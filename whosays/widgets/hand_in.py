"""The button that writes :mod:`whosays.learner.hand_in`'s file, and a link to download it."""

import base64
import html

import ipywidgets as w

from .. import __version__
from ..learner import hand_in
from .box import Box
from .fields import LOOK, line
from .guard import KeyGuard, StatusLine

MOST_LINKED = 8_000_000  # bytes that are put into the page; a larger file is taken from its folder


class HandInBox(Box):
    """A field for the name, *Hand in*, where the file lies and a link to it."""

    def __init__(self, view):
        self.view = view
        self.name = line("Your name or pseudonym:", width="30em", look="ws-cell")
        self.button = w.Button(
            description="Hand in", button_style="primary", tooltip="Write one file for my teacher"
        )
        self.button.on_click(lambda _: self.write())
        self.button.layout.align_self = "flex-start"
        self.status = StatusLine()
        self.link = w.HTML()
        how = w.HTML(f"<p>{html.escape(hand_in.HOW)}</p>")
        super().__init__(
            [w.HTML(LOOK), self.name, self.button, self.status, self.link, how, KeyGuard()]
        )
        self.add_class("ws-question")

    def write(self):
        """What the button does; returns the :class:`whosays.learner.hand_in.HandedIn`."""
        made = hand_in.write(self.name.value, __version__)
        self.link.value = _link(made.path) if made.path else ""
        self.status.say(made.words())
        return made

    def __repr__(self):
        return repr(self.view)


def _link(path):
    if path.stat().st_size > MOST_LINKED:
        return ""
    data = base64.b64encode(path.read_bytes()).decode("ascii")
    name = html.escape(path.name)
    return (
        f'<p><a download="{name}" href="data:application/zip;base64,{data}">Download {name}</a></p>'
    )

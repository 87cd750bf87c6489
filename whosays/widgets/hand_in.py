"""The button that writes :mod:`whosays.learner.hand_in`'s file, and a link to download it."""

import base64
import html

import ipywidgets as w

from .. import __version__
from ..learner import hand_in
from .box import Box
from .fields import button, line

MOST_LINKED = 8_000_000  # bytes that are put into the page; a larger file is taken from its folder


class HandInBox(Box):
    """A field for the name, *Hand in*, where the file lies and a link to it."""

    def __init__(self, view):
        self.name = line("Your name or pseudonym:", width="30em", look="ws-cell")
        self.button = button("Hand in", self.write, True, "Write one file for my teacher")
        self.link = w.HTML()
        how = w.HTML(f"<p>{html.escape(hand_in.HOW)}</p>")
        super().__init__(view, self.name, self.button, self.status, self.link, how)

    def write(self):
        """What the button does; returns the :class:`whosays.learner.hand_in.HandedIn`."""
        path = hand_in.write(self.name.value, __version__)
        self.link.value = _link(path.path) if path.path else ""
        self.status.say(path.words())
        return path


def _link(path):
    if path.stat().st_size > MOST_LINKED:
        return ""
    data = base64.b64encode(path.read_bytes()).decode("ascii")
    name = html.escape(path.name)
    address = f"data:application/zip;base64,{data}"
    return f'<p><a download="{name}" href="{address}">Download {name}</a></p>'

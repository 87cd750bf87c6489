"""Several views behind one menu; ``show.row(case, name)`` shows any of them in code."""

import ipywidgets as w

from .box import Box
from .fields import framed, shape, watch


class PagesBox(Box):
    """A menu of names and the view that is chosen; the first one to begin with."""

    def __init__(self, pages):
        self.pages = pages
        options = [(pages.titles[name], name) for name in pages.pages]
        first = options[0][1]
        self.menu = w.Dropdown(options=options, value=first, description="Open:", **shape())
        self.shown = w.HTML()
        watch(self._show, self.menu)
        super().__init__(pages, self.menu, self.shown)
        self._show()

    def _show(self):
        self.shown.value = framed(self.pages.pages[self.menu.value].html())

"""Something to look at, and the one door from it to its fields and buttons.

A view knows nothing of widgets, so that it works in a test, on paper and where no widget can be
shown. ``whosays.widgets`` knows which face belongs to which view.
"""

import html
import textwrap
from importlib import import_module, resources

from .grave import shown


def style(package, name):
    """A style sheet that lies in a package, as HTML."""
    return f"<style>{resources.files(package).joinpath(name).read_text('utf-8')}</style>"


# the look of every view, in each output: a notebook has no other place for it
STYLE = style(__package__, "look.css")


class Faced:
    """Something that ``whosays.widgets`` has a face for."""

    def widget(self, *args, **kwargs):
        """The same with fields and buttons: an ipywidgets.Widget.

        What its face takes besides the view stands in its own docstring in ``whosays.widgets``.

        Raises
        ------
        TypeError
            When no face is registered for a view of this class.
        """
        # The only upward step of the house: by name, when somebody asks for it.
        widgets = import_module("whosays.widgets")
        return widgets.warned(self, widgets.face(self)(self, *args, **kwargs))


def folded(summary: str, inner: str) -> str:
    """HTML that opens by mouse and keyboard, without a script."""
    return f"<details><summary>{html.escape(summary)}</summary>{inner}</details>"


def facts(pairs, cell=shown) -> str:
    """Names and values as a list of definitions in HTML; ``cell`` makes HTML of a value."""
    rows = "".join(f"<dt>{html.escape(name)}</dt><dd>{cell(value)}</dd>" for name, value in pairs)
    return f"<dl>{rows}</dl>"


def wrapped(words: str, indent: str = "  ", hang: str = "") -> str:
    """Words as plain text in lines that fit a screen; ``hang`` indents all but the first more."""
    return textwrap.fill(words, 96, initial_indent=indent, subsequent_indent=indent + hang)


class View(Faced):
    """Something to look at: HTML where there is a display, text where there is none.

    A view that is a table has only ``table()``; any other has an ``html()`` and a ``text()`` of its
    own.
    """

    def table(self):
        raise NotImplementedError

    def html(self) -> str:
        return self.table().html()

    def text(self) -> str:
        return self.table().text()

    def frame(self):
        """The rows of its table as a pandas DataFrame."""
        return self.table().frame()

    def _repr_html_(self):
        return f'{STYLE}<div class="ws">{self.warning()}{self.html()}</div>'

    def warning(self) -> str:
        """That the case behind a view is not finished, as HTML; empty where it is."""
        words = getattr(getattr(self, "case", None), "unfinished", "")
        return f"<p><strong>⚠ {words}</strong></p>" if words else ""

    def __repr__(self):
        return self.text()


class Sentence(View):
    """One sentence to the reader."""

    def __init__(self, words):
        self.words = words

    def html(self):
        return f"<p>{html.escape(self.words)}</p>"

    def text(self) -> str:
        return self.words

    def widget(self) -> "Sentence":
        return self

"""Something to look at, and the one door from it to its fields and buttons.

A view knows nothing of widgets, so that it works in a test, on paper and where no widget can be
shown. ``whosays.widgets`` knows which face belongs to which view.
"""

import html
import textwrap
from importlib import import_module

from .grave import shown

# One look for every table of the kit: the theme's own colours, sized relative to the reader's
# font, so that it works in a dark theme, on a projector and at 200 % zoom.
STYLE = (
    "<style>.ws{font-family:var(--jp-content-font-family,system-ui,sans-serif);font-size:1em;line-height:1.5;color:var(--jp-content-font-color1,#1a1a1a);max-width:70em}.ws"
    " table.ws-t{table-layout:auto;border-collapse:collapse;font-size:1em;margin:.5em 0"
    " 1em;width:100%}.ws table.ws-t caption{text-align:left;font-weight:600;padding:.3em"
    " 0;color:inherit}.ws table.ws-t th,.ws table.ws-t"
    " td{text-align:left;vertical-align:top;padding:.4em .7em;white-space:normal;border-bottom:1px"
    " solid var(--jp-border-color1,#8a8a8a);color:inherit;background:transparent}.ws table.ws-t"
    " thead th{border-bottom-width:2px}.ws .ws-date{white-space:nowrap}.ws table.ws-t a,.ws dl"
    " a{overflow-wrap:anywhere}.ws table.ws-t tbody th{font-weight:600}.ws blockquote{margin:.5em"
    " 0;padding:.3em 1em;border-left:.3em solid"
    " var(--jp-border-color1,#8a8a8a);color:inherit;background:transparent}.ws .ws-where{margin:.2em 0 .6em;font-size:.9em}.ws"
    " dl{display:grid;grid-template-columns:minmax(8em,max-content) 1fr;gap:.3em 1.2em;margin:.5em"
    " 0}.ws dl dt{font-weight:600;float:none;width:auto;margin:0}.ws dl dd{float:none;width:auto;margin:0;padding:0}.ws"
    " figure{margin:.4em 0 .8em}.ws-picture{overflow-x:auto}@media screen{.ws-picture"
    " svg{min-width:var(--least)}}.ws"
    " code{background:transparent;color:inherit;font-size:.95em}"
    # A sentence where a widget is asleep: JupyterLab leaves such a place without any element in it.
    ".jp-OutputArea-output.jupyter-widgets:not(:has(*)){font-size:0}"
    ".jp-OutputArea-output.jupyter-widgets:not(:has(*))::after{padding:.5em 0;display:block;"
    "font-size:var(--jp-content-font-size1,1rem);content:'This part is asleep, because Python has"
    " been started anew. Choose Run, then Run All Cells: your answers come back.'}</style>"
)


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


def folded(summary, inner):
    """HTML that opens by mouse and keyboard, without a script."""
    return f"<details><summary>{html.escape(summary)}</summary>{inner}</details>"


def facts(pairs, cell=shown):
    """Names and values as a list of definitions in HTML; ``cell`` makes HTML of a value."""
    made = "".join(f"<dt>{html.escape(name)}</dt><dd>{cell(value)}</dd>" for name, value in pairs)
    return f"<dl>{made}</dl>"


def wrapped(words, indent="  ", hang=""):
    """Words as plain text in lines that fit a screen; ``hang`` indents all but the first more."""
    return textwrap.fill(words, 96, initial_indent=indent, subsequent_indent=indent + hang)


class View(Faced):
    """Something to look at: HTML where there is a display, text where there is none.

    A view that is a table has only ``table()``; any other has an ``html()`` and a ``text()`` of its
    own.
    """

    def table(self):
        raise NotImplementedError

    def html(self):
        return self.table().html()

    def text(self):
        return self.table().text()

    def frame(self):
        """The rows of its table as a pandas DataFrame."""
        return self.table().frame()

    def _repr_html_(self):
        return f'{STYLE}<div class="ws">{self.warning()}{self.html()}</div>'

    def warning(self):
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

    def text(self):
        return self.words

    def widget(self):
        return self

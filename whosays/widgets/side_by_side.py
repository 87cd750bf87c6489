"""Faces of :mod:`whosays.evidence.side_by_side`; each has a plain-function twin there."""

import anywidget
import ipywidgets as w
import traitlets

from ..evidence import side_by_side
from ..view.show import TableView
from .box import Box
from .fields import STATIC, button, esm, framed, shape
from .guard import KeyGuard


class Columns(anywidget.AnyWidget):
    """Two columns, filters and the list of passages; filtered in Python, drawn in the browser.

    ``least`` is the fewest words that agree in a passage, ``view`` what is drawn
    (:meth:`whosays.evidence.side_by_side.SideBySide.view`).
    """

    _esm = esm("side_by_side")
    _css = STATIC / "side_by_side.css"

    least = traitlets.Int(side_by_side.LEAST).tag(sync=True)
    ignore_quotations = traitlets.Bool(False).tag(sync=True)
    ignore_set_phrases = traitlets.Bool(True).tag(sync=True)
    show = traitlets.Enum(("shared", "changed"), "shared").tag(sync=True)
    shape = traitlets.Enum(("columns", "list"), "columns").tag(sync=True)
    view = traitlets.Dict().tag(sync=True)

    def __init__(self, beside):
        self.beside = beside
        settings = beside.settings
        super().__init__(
            least=settings["least"],
            ignore_quotations=not settings["quotations"],
            ignore_set_phrases=not settings["set_phrases"],
            view=beside.view(),
        )
        # answered after every change that came before it, so that silence can be told
        self.on_msg(lambda _, content, __: self.send({"heard": content.get("ask")}))
        self.observe(self._again, names=["least", "ignore_quotations", "ignore_set_phrases"])

    def _again(self, _):
        self.beside = self.beside.only(
            least=self.least,
            quotations=not self.ignore_quotations,
            set_phrases=not self.ignore_set_phrases,
        )
        self.view = self.beside.view()


class SideBySideBox(Box):
    """Two texts side by side, with keys kept away from the notebook.

    ``columns`` is the :class:`Columns`; ``columns.beside`` what it shows now.
    """

    def __init__(self, beside):
        self.columns = Columns(beside)
        w.VBox.__init__(self, [self.columns, KeyGuard()])  # it has a look of its own

    def __repr__(self):
        return repr(self.columns.beside)


class PasteBox(Box):
    """A field for a text, and which passages of the case it reuses."""

    def __init__(self, view):
        self.case = view.case
        self.area = w.Textarea(description="A text:", rows=6, **shape("100%"))
        asked = "Which passages does it share?"
        self.button = button("Look for it in the case", self.look, True, asked)
        super().__init__(view, self.area, self.button, self.status)

    def look(self) -> TableView:
        """What the button does; returns the :class:`whosays.view.show.TableView`."""
        result = side_by_side.reused(self.case, self.area.value)
        # the caption is in the line that is read out already
        listed = TableView(result.rows, result.columns, "The passages, the longest first").html()
        self.status.say(result.caption, framed(len(result) and listed))
        return result

    def __repr__(self):
        return f"side_by_side.reused(case, {self.area.value[:40]!r})"

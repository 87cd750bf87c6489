"""Widgets, each loaded when it is first used: one file a widget, and a plain function that does the same."""

from ..base.lazy import lazy

# public name -> module that defines it
__getattr__, __dir__, __all__ = lazy(
    globals(),
    {
        "KeyGuard": "whosays.widgets.guard",
        "StatusLine": "whosays.widgets.guard",
        "SideBySideBox": "whosays.widgets.side_by_side",
        "question_widget": "whosays.widgets.question",
    },
)

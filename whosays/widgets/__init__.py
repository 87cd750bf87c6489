"""Widgets, each loaded when it is first used: one file a widget, and a plain function that does the same."""

from importlib import import_module

# public name -> module that defines it
_PUBLIC = {
    "KeyGuard": "whosays.widgets.guard",
    "StatusLine": "whosays.widgets.guard",
    "question_widget": "whosays.widgets.question",
}

__all__ = sorted(_PUBLIC)


def __getattr__(name):
    try:
        module = _PUBLIC[name]
    except KeyError:
        raise AttributeError(f"module 'whosays.widgets' has no attribute {name!r}") from None
    return getattr(import_module(module), name)


def __dir__():
    return sorted([*globals(), *_PUBLIC])

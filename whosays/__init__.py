"""Who Says?: a Jupyter teaching kit on source evaluation.

Importing this package is cheap on purpose (under 50 ms): everything below is
loaded when it is first used, and pandas only where a table is drawn.
"""

from importlib import import_module

__version__ = "0.1.0"

# public name -> module that defines it
_PUBLIC = {
    "load_case": "whosays.case",
    "Case": "whosays.case",
    "question": "whosays.exercise",
    "question_set": "whosays.exercise",
    "source_card": "whosays.cards",
    "visit_log": "whosays.visits",
}

__all__ = sorted(_PUBLIC)


def __getattr__(name):
    try:
        module = _PUBLIC[name]
    except KeyError:
        raise AttributeError(f"module 'whosays' has no attribute {name!r}") from None
    return getattr(import_module(module), name)


def __dir__():
    return sorted([*globals(), *_PUBLIC])

"""The kinds of question, one file each.

A new kind is a module here with one subclass of :class:`whosays.exercise.kind.Kind`, imported and
named below; its fields on the screen in ``whosays.widgets.question``; its entries in TOML in
``whosays.exercise.spec``, and the names of those that a learner may see in
``whosays.exercise.key``; how robots answer it in ``whosays.exercise.robots``; a question in the
demo set of the tests, and how it is filled in ``tests/browser/test_exercise_sheets.py`` and
``test_keyboard_only.py``.
"""

from .choice import Choice
from .choices import Choices
from .mapping import Mapping
from .number import Number
from .ordering import Ordering
from .spans import Spans
from .table import TableKind
from .text import TextKind

KINDS = {
    kind.name: kind()
    for kind in (Choice, Choices, Mapping, Number, Ordering, TableKind, Spans, TextKind)
}


def kind_of(spec: dict):
    """The kind of a question that passed :func:`..spec.check`, or of one in the checks."""
    return KINDS[spec["kind"]]

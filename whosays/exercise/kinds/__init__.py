"""The kinds of question, one file each.

A new kind is a module here with one subclass of :class:`whosays.exercise.kind.Kind`, imported and
named below; its fields on the screen in ``whosays.widgets.question``; the names of its TOML fields
that a learner may see in ``whosays.exercise.key``; a question in the demo set of the tests.
"""

from .choice import Choice
from .choices import Choices
from .mapping import Mapping
from .number import Number
from .ordering import Ordering
from .spans import Spans
from .table import Table
from .text import Text

KINDS = {
    kind.name: kind() for kind in (Choice, Choices, Mapping, Number, Ordering, Table, Spans, Text)
}


def kind_of(spec: dict):
    """The kind of a question that passed :func:`..spec.check`, or of one in the checks."""
    return KINDS[spec["kind"]]

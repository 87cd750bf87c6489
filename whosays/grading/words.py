"""What the grader says."""

from ..base.words import words_of

WORDS = words_of(__package__)


def said(name: str, /, **filled) -> str:
    """A sentence of the table ``said``, by its name, filled in."""
    return WORDS["said"][name].format(**filled)

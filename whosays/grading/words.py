"""What the grader says, in ``words.toml``, where an editor mends it."""

from ..exercise.words import read_words

WORDS = read_words(__package__)


def said(name: str, /, **filled) -> str:
    """A sentence of the table ``said``, by its name, filled in."""
    return WORDS["said"][name].format(**filled)

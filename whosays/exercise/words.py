"""What is said to authors of questions."""

from ..base.words import words_of


def wrong_words(problem: str, **filled) -> tuple[str, str]:
    """What is wrong and what to do, by the problem's name in the table ``problems``."""
    what, remedy = words_of(__package__)["problems"][problem]
    return what.format(**filled), remedy.format(**filled)

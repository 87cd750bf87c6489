"""What is said to authors, and lists of words, in ``words.toml``, where an editor mends them."""

import tomllib
from functools import cache
from importlib import resources


@cache
def read_words(package: str) -> dict:
    """The file ``words.toml`` of a package as ``tomllib`` reads it; a learner seldom needs it."""
    return tomllib.loads(resources.files(package).joinpath("words.toml").read_text("utf-8"))


def wrong_words(problem: str, **filled) -> tuple[str, str]:
    """What is wrong and what to do, by the problem's name in the table ``problems``."""
    what, remedy = read_words(__package__)["problems"][problem]
    return what.format(**filled), remedy.format(**filled)

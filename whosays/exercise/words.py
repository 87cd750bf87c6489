"""What is said to authors, and lists of words, in ``words.toml``, where an editor mends them."""

import tomllib
from importlib import resources


def read_words(package: str) -> dict:
    """The file ``words.toml`` of a package as ``tomllib`` reads it."""
    return tomllib.loads(resources.files(package).joinpath("words.toml").read_text("utf-8"))


WORDS = read_words(__package__)


def wrong_words(problem: str, **filled) -> tuple[str, str]:
    """What is wrong and what to do, by the problem's name in the table ``problems``."""
    what, remedy = WORDS["problems"][problem]
    return what.format(**filled), remedy.format(**filled)

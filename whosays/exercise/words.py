"""What is said to authors, and lists of words, in ``words.toml``, where an editor mends them.

``WORDS`` is the file as ``tomllib`` reads it.
"""

import tomllib
from importlib import resources

WORDS = tomllib.loads(resources.files(__package__).joinpath("words.toml").read_text("utf-8"))


def wrong_words(problem: str, **filled) -> tuple[str, str]:
    """What is wrong and what to do, by the problem's name in the table ``problems``."""
    what, remedy = WORDS["problems"][problem]
    return what.format(**filled), remedy.format(**filled)

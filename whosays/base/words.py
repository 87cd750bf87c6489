"""The words of a package in its ``words.toml``, where an editor mends them."""

import tomllib
from functools import cache
from importlib import resources


@cache
def words_of(package: str, name: str = "words.toml") -> dict:
    """A file of words as ``tomllib`` reads it; ``package`` is the one that it lies in."""
    return tomllib.loads(resources.files(package).joinpath(name).read_text(encoding="utf-8"))

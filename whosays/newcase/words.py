"""The words of exercise, lesson, list and files, in ``words.toml``, where an editor mends them.

``WORDS`` is the file as ``tomllib`` reads it.
"""

import tomllib
from importlib import resources

WORDS = tomllib.loads(resources.files(__package__).joinpath("words.toml").read_text("utf-8"))

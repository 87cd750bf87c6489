"""The words of exercise, lesson and list, in ``words.toml``, where an editor can mend them.

``WORDS`` is the file as ``tomllib`` reads it.
"""

import tomllib
from importlib import resources

WORDS = tomllib.loads(resources.files(__package__).joinpath("words.toml").read_text("utf-8"))

"""The words of exercise, desk, lesson, list and files, in ``words.toml``."""

from ..base.words import words_of

WORDS = words_of(__package__)

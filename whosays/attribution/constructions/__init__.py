"""The ways English hangs a claim on its source, a module for each family of them.

Each adds :class:`Draft` relations, whose parts are pairs of token positions in one sentence. The
kinds are those of ``confidence`` in ``lexicon.toml``.
"""

from .draft import Draft, is_reporting
from .finder import Finder

__all__ = ["Draft", "Finder", "is_reporting"]

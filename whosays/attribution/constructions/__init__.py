"""The ways English hangs a claim on its source, a module for each family of them.

Each adds a :class:`RelationDraft`, whose parts are pairs of token positions in one sentence. The
kinds are those of ``confidence`` in ``lexicon.toml``.
"""

from .draft import RelationDraft, is_reporting
from .finder import Finder

__all__ = ["Finder", "RelationDraft", "is_reporting"]

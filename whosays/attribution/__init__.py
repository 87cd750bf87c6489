"""Attribution: who says so.

``read`` is a first-pass reader by rules, ``relay_chain`` follows a claim back to whoever made it,
``score`` compares a reading with a gold reading. Files in and out are in
``whosays.attribution.interchange``.
"""

from .chain import Document, relay_chain
from .model import MODES, ROLES, SETTINGS, Attribution, Stretch
from .reader import read
from .score import score

__all__ = [
    "MODES",
    "ROLES",
    "SETTINGS",
    "Attribution",
    "Document",
    "Stretch",
    "read",
    "relay_chain",
    "score",
]

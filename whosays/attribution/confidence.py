"""How far each construction can be trusted: the shares stand in ``lexicon.toml``."""

from . import lexicon as lx

WEAK = 0.7
#: readings less sure than this are not given at all
LEAST = 0.5


def confidence(kind, weak):
    """The confidence of a construction; ``weak``: its verb often reports nothing."""
    value = lx.CONFIDENCE.get(kind, 0.5)
    return round(value * WEAK, 2) if weak else value

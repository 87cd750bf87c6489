"""One step of a relay chain: whose voice it is, and how a reader knows."""

from typing import NamedTuple


class Step(NamedTuple):
    """One step of a relay chain: a voice and how the reader knows it."""

    agent: str
    how: str

    def __str__(self):
        return f"{self.agent}:{self.how}"

"""Attribution: who says so. A first-pass reader, relay chains, scoring and interchange."""

from .model import MODES, Attribution
from .reader import read

__all__ = ["MODES", "Attribution", "read"]

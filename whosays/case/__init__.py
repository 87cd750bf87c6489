"""A case: the tables of a pack, read without trust, checked by rules, with their texts."""

from ..base.lazy import lazy

__getattr__, __dir__, __all__ = lazy(
    globals(), {"Case": ".case", "CaseError": ".case", "load_case": ".case", "check_case": ".check"}
)

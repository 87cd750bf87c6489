"""The copy detector: which passages do texts share, what was changed, who had them first.

``compare(a, b)`` reads two texts closely; ``find_reuse(documents)`` searches a corpus. Nothing
heavy is imported until one of them is called.
"""

from ..base.lazy import lazy

# public name -> module that defines it
__getattr__, __dir__, __all__ = lazy(
    globals(),
    {
        "compare": ".close",
        "find_reuse": ".search",
        "stretches": ".edits",
        "cluster": ".clusters",
        "credits": ".clusters",
        "earliest_witness": ".clusters",
        "stamped": ".clusters",
        "DocumentsError": ".documents",
        "shared_shingles": ".sql",
        "to_passim": ".passim",
        "from_passim": ".passim",
    },
)

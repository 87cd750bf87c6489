"""The copy detector: which passages do texts share, what was changed, who had them first.

``compare(a, b)`` reads two texts closely; ``find_reuse(documents)`` searches a corpus. Nothing
heavy is imported until one of them is called.
"""

from importlib import import_module

# public name -> module that defines it
_PUBLIC = {
    "compare": ".close",
    "find_reuse": ".search",
    "stretches": ".edits",
    "cluster": ".clusters",
    "credits": ".clusters",
    "earliest_witness": ".clusters",
    "DocumentsError": ".documents",
    "shared_shingles": ".sql",
    "to_passim": ".passim",
    "from_passim": ".passim",
}

__all__ = sorted(_PUBLIC)


def __getattr__(name):
    try:
        module = _PUBLIC[name]
    except KeyError:
        raise AttributeError(f"module 'whosays.reuse' has no attribute {name!r}") from None
    return getattr(import_module(module, __name__), name)


def __dir__():
    return sorted([*globals(), *_PUBLIC])

"""Public names that are loaded when they are first used, so that importing a package costs nothing."""

from importlib import import_module


def lazy(package, public):
    """The ``__getattr__``, ``__dir__`` and ``__all__`` of a package (PEP 562).

    Parameters
    ----------
    package : dict
        The package's ``globals()``.
    public : dict of str to str
        Public name -> the module that defines it, absolute or relative to the package.

    Returns
    -------
    tuple
        ``(__getattr__, __dir__, __all__)``.
    """
    name = package["__name__"]

    def getattr_(wanted):
        if wanted not in public:
            raise AttributeError(f"module {name!r} has no attribute {wanted!r}")
        return getattr(import_module(public[wanted], name), wanted)

    return getattr_, lambda: sorted({*package, *public}), sorted(public)

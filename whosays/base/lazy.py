"""Public names that are loaded when they are first used, so that importing a package costs nothing."""

from importlib import import_module


def lazy(package, public, modules=()):
    """The ``__getattr__``, ``__dir__`` and ``__all__`` of a package (PEP 562).

    Parameters
    ----------
    package : dict
        The package's ``globals()``.
    public : dict of str to str
        Public name -> the module that defines it, absolute or relative to the package.
    modules : collection of str
        The public names that stand for the module itself, not for something in it.

    Returns
    -------
    tuple
        ``(__getattr__, __dir__, __all__)``.
    """
    name = package["__name__"]

    def getattr_(wanted):
        if wanted not in public:
            raise AttributeError(f"module {name!r} has no attribute {wanted!r}")
        module = import_module(public[wanted], name)
        return module if wanted in modules else getattr(module, wanted)

    return getattr_, lambda: sorted({*package, *public}), sorted(public)

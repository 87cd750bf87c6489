"""Public names that are loaded when they are first used, so that importing a package costs nothing."""

from importlib import import_module


def lazy(package: dict, public: dict[str, str], modules=()) -> tuple:
    """The ``__getattr__``, ``__dir__`` and ``__all__`` of a package (PEP 562).

    ``package`` is its ``globals()``. ``public`` has by public name the module that defines it,
    absolute or relative to the package; ``modules`` are the names that stand for the module itself.
    """
    name = package["__name__"]

    def getattr_(wanted):
        if wanted not in public:
            raise AttributeError(f"module {name!r} has no attribute {wanted!r}")
        module = import_module(public[wanted], name)
        return module if wanted in modules else getattr(module, wanted)

    return getattr_, lambda: sorted({*package, *public}), sorted(public)

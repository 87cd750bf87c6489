"""How the kernels are compiled: with Numba, whose cache keeps the machine code for later runs."""

from functools import cache
from hashlib import blake2b
from pathlib import Path

HERE = Path(__file__).parent
SOURCES = ("decide", "ends", "folding", "jit", "kernels", "plain")
MARK = HERE / "__pycache__" / "kernels.sources"


@cache
def digest() -> str:
    """What the machine code is made of."""
    sources = ((HERE / f"{name}.py").read_bytes() for name in SOURCES)
    return blake2b(b"\0".join(sources), digest_size=16).hexdigest()


def is_kept() -> bool:
    """Whether the machine code of the kernels as they are now is kept."""
    return _is_of_today() and any(MARK.parent.glob("kernels.block-*.nbi"))


def _is_of_today():
    try:
        return MARK.read_text(encoding="ascii") == digest()
    except OSError:
        return False


@cache
def _keep():
    """Whether Numba may keep the machine code; what it kept of other sources is taken away.

    Its cache looks at the one file of a function, and the functions of `kernels` hold others, of
    the files beside it.
    """
    try:
        if not _is_of_today():
            MARK.parent.mkdir(exist_ok=True)
            for compiled in MARK.parent.glob("*.nb[ic]"):
                compiled.unlink(missing_ok=True)
            MARK.write_text(digest(), encoding="ascii")
    except OSError:
        return False
    return True


OPTIONS = {"nogil": True, "_nrt": False, "error_model": "numpy"}


def jit(function):
    """Compile a function when it is first called."""
    from numba import njit

    return njit(cache=_keep(), **OPTIONS)(function)


def jit_inside(function):
    """Let compiled functions call this one, which stays as it is for others."""
    from numba.extending import register_jitable

    register_jitable(**OPTIONS)(function)

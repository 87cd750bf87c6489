"""How the kernels are compiled: with Numba, whose cache keeps the machine code for later runs."""

import os
from pathlib import Path

from numba import njit


def _cache_holds():
    """Whether Numba may keep the machine code.

    Its cache watches the file of a function, and the functions of `kernels` hold others of files
    beside it: so where one of those was changed later, that file is marked as changed too.
    """
    kernels = Path(__file__).with_name("kernels.py")
    others = [kernels.with_name(f"{name}.py") for name in ("decide", "ends", "folding", "jit")]
    try:
        if max(other.stat().st_mtime for other in others) > kernels.stat().st_mtime:
            os.utime(kernels)
    except OSError:
        return False
    return True


jit = njit(nogil=True, _nrt=False, error_model="numpy", cache=_cache_holds())

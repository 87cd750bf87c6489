"""Numba's machine code, kept: a later run loads it and need not import Numba.

Importing Numba and its first call take half a second and 60 MB, as much as searching ten thousand articles.
Its own cache saves the compiling but not that. So on Linux a kernel's object code is kept beside this
file, or in the user's cache folder, and loaded with llvmlite, on which Numba stands. Elsewhere, or where a
kernel turns out to need anything of Numba's when it runs, Numba calls it and caches it as it does.
"""

import ctypes
import os
import sys
import threading
from functools import cache
from hashlib import blake2b
from importlib.util import find_spec
from pathlib import Path

import numpy as np

_FROM_LIBC = {"memcpy", "memset", "memmove"}
_DIGEST = 16
_lock = threading.RLock()
_engines = []  # what was loaded stays loaded


@cache
def keeps():
    """Whether machine code is kept here: on Linux, where this was tried, and with an llvmlite that can."""
    if not sys.platform.startswith("linux"):
        return False
    import llvmlite.binding as llvm

    return hasattr(getattr(llvm, "ModulePassManager", None), "add_global_dead_code_eliminate_pass")


class Kernel:
    """A function of `kernels`, compiled or loaded when first called.

    Parameters
    ----------
    name : str
        The function takes C-contiguous arrays and whole numbers, and gives whole numbers or nothing.
    """

    def __init__(self, name):
        self.name = name
        self._made = {}

    def __call__(self, *args):
        kinds = tuple(_kind(a) for a in args)
        if kinds not in self._made:
            with _lock:
                if kinds not in self._made:
                    self._made[kinds] = _kept(self.name, kinds) if keeps() else _numbas(self.name)
        return self._made[kinds](*args)


def _kind(arg):
    if not isinstance(arg, np.ndarray):
        return "int"
    if not arg.flags.c_contiguous:
        raise ValueError("a kernel takes C-contiguous arrays only")
    return f"{arg.dtype.str}{arg.ndim}"


def _numbas(name):
    from . import kernels

    return getattr(kernels, name)


def _kept(name, kinds):
    """The kernel from its file, which is written first when there is none."""
    which = blake2b(" ".join(kinds).encode(), digest_size=6).hexdigest()
    for folder in _folders():
        try:
            data = (folder / f"{name}-{which}.o").read_bytes()
        except OSError:
            continue
        if _digest(data[_DIGEST:]) == data[:_DIGEST]:  # a file cut short would end the process
            return _load(data[_DIGEST:], len(kinds))
    code = _compile(name, kinds)
    if code is None:
        return _numbas(name)
    for folder in _folders():
        try:
            folder.mkdir(parents=True, exist_ok=True)
            aside = folder / f"{name}-{which}.{os.getpid()}"
            aside.write_bytes(_digest(code) + code)
            os.replace(aside, folder / f"{name}-{which}.o")
            break
        except OSError:
            continue
    return _load(code, len(kinds))


def _digest(data):
    return blake2b(data, digest_size=_DIGEST).digest()


@cache
def _folders():
    """Where kernels are kept, for these sources, this Numba and this processor."""
    import llvmlite
    import llvmlite.binding as llvm

    here = Path(__file__)
    sign = blake2b(digest_size=10)
    for name in ("ahead", "kernels", "pairwise", "plain", "folding"):
        sign.update(here.with_name(f"{name}.py").read_bytes())
    sign.update(Path(find_spec("numba").origin).with_name("_version.py").read_bytes())
    machine = (
        llvmlite.__version__,
        llvm.get_host_cpu_name(),
        llvm.get_host_cpu_features().flatten(),
    )
    sign.update(repr((machine, sys.platform)).encode())
    users = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "whosays"
    return tuple(
        base / f"kernels-{sign.hexdigest()}" for base in (here.with_name("__pycache__"), users)
    )


def _machine():
    import llvmlite.binding as llvm

    llvm.initialize_native_target()
    llvm.initialize_native_asmprinter()
    return llvm.Target.from_default_triple().create_target_machine(
        cpu=llvm.get_host_cpu_name(),
        features=llvm.get_host_cpu_features().flatten(),
        opt=3,
        reloc="default",
        codemodel="jitdefault",
        jit=True,
    )


def _compile(name, kinds):
    """A kernel's object code after a byte that says how many numbers it gives; None when it needs Numba to run."""
    import llvmlite.binding as llvm
    from numba import from_dtype, types

    def numbas(kind):
        if kind == "int":
            return types.int64
        return types.Array(from_dtype(np.dtype(kind[:-1])), int(kind[-1]), "C")

    function = _numbas(name)
    signature = tuple(map(numbas, kinds))
    function.compile(signature)
    made = function.overloads[signature]
    gives = made.signature.return_type
    returns = 0 if gives == types.none else len(gives)
    if returns and gives != types.UniTuple(types.int64, returns):
        return None
    module = llvm.parse_assembly(made.library.get_llvm_str())
    entry = made.fndesc.llvm_func_name
    for part in (*module.functions, *module.global_variables):
        if not part.is_declaration and part.name != entry:
            part.linkage = "internal"
    machine = _machine()
    passes = llvm.create_new_module_pass_manager()
    passes.add_global_dead_code_eliminate_pass()
    passes.run(module, llvm.create_pass_builder(machine, llvm.create_pipeline_tuning_options()))
    parts = (*module.functions, *module.global_variables)
    needs = {p.name for p in parts if p.is_declaration and not p.name.startswith("llvm.")}
    if needs - _FROM_LIBC:
        return None
    module.get_function(entry).name = "kernel"
    return bytes([returns]) + machine.emit_object(module)


def _load(code, parameters):
    import llvmlite.binding as llvm

    returns, code = code[0], code[1:]
    engine = llvm.create_mcjit_compiler(llvm.parse_assembly(""), _machine())
    engine.add_object_file(llvm.ObjectFileRef.from_data(code))
    engine.finalize_object()
    _engines.append(engine)
    # Numba's calling convention: where results go, where an exception would go, then each argument, an
    # array as its seven or more numbers. ctypes lets go of the interpreter while a function runs.
    function = ctypes.CFUNCTYPE(ctypes.c_int32)(engine.get_function_address("kernel"))

    def call(*args):
        out, problem = (ctypes.c_int64 * 8)(), ctypes.c_int64()
        flat = [ctypes.c_int64(ctypes.addressof(out)), ctypes.c_int64(ctypes.addressof(problem))]
        for a in args:
            if isinstance(a, np.ndarray):
                numbers = (0, 0, a.size, a.itemsize, a.ctypes.data, *a.shape, *a.strides)
                flat.extend(map(ctypes.c_int64, numbers))
            else:
                flat.append(ctypes.c_int64(a))
        status = function(*flat)
        if status not in (0, -2):  # done, or done with nothing to give
            raise RuntimeError(f"a compiled kernel ended with status {status}")
        return tuple(out[:returns]) if returns else None

    return call

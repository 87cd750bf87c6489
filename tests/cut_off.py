"""Run Python where no network is: ``python cut_off.py [-m MODULE | SCRIPT] [ARGUMENT ...]``.

In a network of its own (Linux, ``unshare``) that has a loopback and nothing else, so that a server, its kernels and
a browser find each other and nobody else. ``command`` says how to start it; ``allowed`` whether this machine lets.
"""

import runpy
import shutil
import socket
import struct
import subprocess
import sys
from pathlib import Path

SIOCSIFFLAGS, UP_AND_RUNNING = 0x8914, 0x41  # linux/sockios.h, linux/if.h


def allowed():
    """Whether this machine gives out networks of one's own: Linux does, some containers do not."""
    return bool(shutil.which("unshare")) and _works(_unshare())


def command(*arguments, python=sys.executable):
    """The command that runs a Python with these arguments, cut off."""
    return [*_unshare(), str(python), __file__, *map(str, arguments)]


def _unshare():
    """Within a user namespace anybody may; where those are switched off, root still may."""
    as_anybody, as_root = ["unshare", "--user", "--map-root-user", "--net"], ["unshare", "--net"]
    return as_anybody if _works(as_anybody) else as_root


def _works(unshare):
    return subprocess.run([*unshare, "true"], capture_output=True).returncode == 0


def _loopback_up():
    import fcntl  # not on Windows, where this is never called

    with socket.socket() as any_socket:
        fcntl.ioctl(any_socket, SIOCSIFFLAGS, struct.pack("16sh14x", b"lo", UP_AND_RUNNING))


if __name__ == "__main__":
    if [name for _, name in socket.if_nameindex()] != ["lo"]:
        sys.exit("cut_off.py: this machine's own network is here")
    _loopback_up()
    del sys.argv[0]
    if sys.argv[0] == "-m":
        del sys.argv[0]
        runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
    else:
        sys.path[0] = str(Path(sys.argv[0]).parent)
        runpy.run_path(sys.argv[0], run_name="__main__")

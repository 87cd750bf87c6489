"""A small system-call filter, as the bytes that bubblewrap takes.

It is a second wall: no sockets but pairs and local ones, no new namespaces, no tracing, and none of
the ways to hold memory or files that belong to no process and so are seen by no watchdog (memfd,
System V shared memory, files sent through a socket, larger pipes), nor leases and flags on files
that can be read. Made for x86-64 and arm64; elsewhere there is none.
"""

import platform
import struct

# AUDIT_ARCH constants of <linux/audit.h>
_ARCH = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}

# system call: (number on x86-64, number on arm64)
_DENIED = {
    "ptrace": (101, 117), "process_vm_readv": (310, 270), "process_vm_writev": (311, 271),
    "pidfd_getfd": (438, 438), "memfd_create": (319, 279), "memfd_secret": (447, 447),
    "shmget": (29, 194), "msgget": (68, 186), "semget": (64, 190), "mq_open": (240, 180),
    "io_uring_setup": (425, 425), "bpf": (321, 280), "perf_event_open": (298, 241),
    "userfaultfd": (323, 282), "keyctl": (250, 219), "add_key": (248, 217),
    "request_key": (249, 218),
    "unshare": (272, 97), "setns": (308, 268), "mount": (165, 40), "umount2": (166, 39),
    "pivot_root": (155, 41), "chroot": (161, 51), "fsopen": (430, 430), "open_tree": (428, 428),
    "open_tree_attr": (467, 467),
    "move_mount": (429, 429), "mount_setattr": (442, 442), "init_module": (175, 105),
    "finit_module": (313, 273), "name_to_handle_at": (303, 264), "open_by_handle_at": (304, 265),
    "fanotify_init": (300, 262), "acct": (163, 89), "swapon": (167, 224), "reboot": (169, 142),
    "sendmsg": (46, 211), "sendmmsg": (307, 269),
}  # fmt: skip
_CLONE, _CLONE3, _SOCKET, _SOCKETPAIR = (56, 220), (435, 435), (41, 198), (53, 199)
_PRCTL, _SETSOCKOPT = (157, 167), (54, 208)
_FCNTL, _IOCTL = (72, 25), (16, 29)

_LOAD, _JEQ, _JGE, _JSET, _AND, _RET = 0x20, 0x15, 0x35, 0x45, 0x54, 0x06
# offsets in struct seccomp_data, little-endian
_NR, _ARCHITECTURE, _ARG0, _ARG1, _ARG2 = 0, 4, 16, 24, 32
_ALLOW, _KILL, _ERROR, _ENOSYS = 0x7FFF0000, 0x80000000, 0x00050000, 38
_EPERM = _ERROR | 1
_NEW_NAMESPACES = 0x7E020000  # CLONE_NEWNS, -CGROUP, -UTS, -IPC, -USER, -PID, -NET
_AF_UNIX, _SOCK_STREAM, _PR_SET_DUMPABLE, _SO_SNDBUF = 1, 1, 4, 7
_F_SETLEASE, _F_NOTIFY, _F_SETPIPE_SZ = 1024, 1026, 1031
# FS_IOC_SETFLAGS (two sizes), _SETVERSION, _FSSETXATTR, _ENABLE_VERITY, _SET_ENCRYPTION_POLICY
_ON_FILES = (0x40086602, 0x40046602, 0x40087602, 0x401C5820, 0x40806685, 0x800C6613)
_ON_TERMINALS = (0x5412, 0x541C)  # TIOCSTI types into one, TIOCLINUX pastes into a console


def program(machine: str | None = None) -> bytes | None:
    """The filter as an array of ``struct sock_filter``.

    The machine is as :func:`platform.machine` says, this one's when left out; None where its
    system-call numbers are not known here.
    """
    machine = {"amd64": "x86_64", "arm64": "aarch64"}.get(
        name := (machine or platform.machine()).lower(), name
    )
    if machine not in _ARCH:
        return None
    which = 0 if machine == "x86_64" else 1
    code = [
        (_LOAD, 0, 0, _ARCHITECTURE),
        (_JEQ, 1, 0, _ARCH[machine]),
        (_RET, 0, 0, _KILL),
        (_LOAD, 0, 0, _NR),
    ]
    if which == 0:  # the x32 numbers would walk around the list
        code += [(_JGE, 0, 1, 0x40000000), (_RET, 0, 0, _EPERM)]
    for numbers in _DENIED.values():
        code += [(_JEQ, 0, 1, numbers[which]), (_RET, 0, 0, _EPERM)]
    # glibc falls back to clone, whose flags can be looked at
    code += [(_JEQ, 0, 1, _CLONE3[which]), (_RET, 0, 0, _ERROR | _ENOSYS)]
    code += _looked_at(_CLONE[which], [(_LOAD, 0, 0, _ARG0), (_JSET, 0, 1, _NEW_NAMESPACES)])
    # a process that cannot be dumped hides its open files from the watchdog
    code += _looked_at(_PRCTL[which], _among(_ARG0, _PR_SET_DUMPABLE))
    # what a socket or a pipe can hold is counted from outside, so it must not grow
    code += _looked_at(_SETSOCKOPT[which], _among(_ARG2, _SO_SNDBUF))
    code += _looked_at(_FCNTL[which], _among(_ARG1, _F_SETLEASE, _F_NOTIFY, _F_SETPIPE_SZ))
    code += _looked_at(_IOCTL[which], _among(_ARG1, *_ON_FILES, *_ON_TERMINALS))
    code += _looked_at(_SOCKET[which], [(_LOAD, 0, 0, _ARG0), (_JEQ, 1, 0, _AF_UNIX)])
    # datagrams of a pair could be sent to a path all the same
    kind = [(_LOAD, 0, 0, _ARG1), (_AND, 0, 0, 0xF), (_JEQ, 1, 0, _SOCK_STREAM)]
    code += _looked_at(_SOCKETPAIR[which], kind)
    code += [(_RET, 0, 0, _ALLOW)]
    return b"".join(struct.pack("<HBBI", *step) for step in code)


def _among(argument, *values):
    """Steps that go on to a refusal when an argument is one of some values."""
    last = len(values) - 1
    tests = [(_JEQ, last - n, n == last, value) for n, value in enumerate(values)]
    return [(_LOAD, 0, 0, argument), *tests]


def _looked_at(number, steps):
    """Refuse a call when the last of the steps goes on to the next, allow it when it jumps."""
    return [(_JEQ, 0, len(steps) + 2, number), *steps, (_RET, 0, 0, _EPERM), (_RET, 0, 0, _ALLOW)]

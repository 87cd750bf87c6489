"""A small system-call filter, as the bytes that bubblewrap and ``prctl`` take.

It is a second wall: no sockets but local ones, no new namespaces, no tracing, and none of the ways
to hold memory that belongs to no process (memfd, System V shared memory), which a watchdog that
adds up processes would not see. Made for x86-64 and arm64; elsewhere there is none.
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
    "userfaultfd": (323, 282), "keyctl": (250, 219), "add_key": (248, 217), "request_key": (249, 218),
    "unshare": (272, 97), "setns": (308, 268), "mount": (165, 40), "umount2": (166, 39),
    "pivot_root": (155, 41), "chroot": (161, 51), "fsopen": (430, 430), "open_tree": (428, 428),
    "move_mount": (429, 429), "mount_setattr": (442, 442), "init_module": (175, 105),
    "finit_module": (313, 273), "name_to_handle_at": (303, 264), "open_by_handle_at": (304, 265),
    "fanotify_init": (300, 262), "acct": (163, 89), "swapon": (167, 224), "reboot": (169, 142),
}  # fmt: skip
_SIGNALS = {
    "kill": (62, 129), "tkill": (200, 130), "tgkill": (234, 131), "rt_sigqueueinfo": (129, 138),
    "rt_tgsigqueueinfo": (297, 240), "pidfd_send_signal": (424, 424),
}  # fmt: skip
_CLONE, _CLONE3, _SOCKET = (56, 220), (435, 435), (41, 198)

_LOAD, _JEQ, _JGE, _JSET, _RET = 0x20, 0x15, 0x35, 0x45, 0x06
_NR, _ARCHITECTURE, _ARG0 = 0, 4, 16  # offsets in struct seccomp_data, little-endian
_ALLOW, _KILL, _EPERM, _ENOSYS = 0x7FFF0000, 0x80000000, 0x00050000 | 1, 0x00050000 | 38
_NEW_NAMESPACES = 0x7E020000  # CLONE_NEWNS, -CGROUP, -UTS, -IPC, -USER, -PID, -NET
_AF_UNIX = 1


def program(machine=None, signals=True):
    """The filter as an array of ``struct sock_filter``.

    Parameters
    ----------
    machine : str, optional
        As :func:`platform.machine` says; this one's when left out.
    signals : bool
        Whether signals may be sent. Where no process namespace hides the other processes and the
        kernel cannot scope signals, they may not.

    Returns
    -------
    bytes or None
        None on a machine whose system-call numbers are not known here.
    """
    machine = {"amd64": "x86_64", "arm64": "aarch64"}.get(
        name := (machine or platform.machine()).lower(), name
    )
    if machine not in _ARCH:
        return None
    which = 0 if machine == "x86_64" else 1
    denied = [numbers[which] for numbers in (_DENIED | ({} if signals else _SIGNALS)).values()]
    code = [
        (_LOAD, 0, 0, _ARCHITECTURE),
        (_JEQ, 1, 0, _ARCH[machine]),
        (_RET, 0, 0, _KILL),
        (_LOAD, 0, 0, _NR),
    ]
    if which == 0:  # the x32 numbers would walk around the list
        code += [(_JGE, 0, 1, 0x40000000), (_RET, 0, 0, _EPERM)]
    for number in denied:
        code += [(_JEQ, 0, 1, number), (_RET, 0, 0, _EPERM)]
    # glibc falls back to clone, whose flags can be looked at
    code += [(_JEQ, 0, 1, _CLONE3[which]), (_RET, 0, 0, _ENOSYS)]
    code += [(_JEQ, 0, 4, _CLONE[which]), (_LOAD, 0, 0, _ARG0), (_JSET, 0, 1, _NEW_NAMESPACES)]
    code += [(_RET, 0, 0, _EPERM), (_RET, 0, 0, _ALLOW)]
    code += [(_JEQ, 0, 3, _SOCKET[which]), (_LOAD, 0, 0, _ARG0), (_JEQ, 1, 0, _AF_UNIX)]
    code += [(_RET, 0, 0, _EPERM), (_RET, 0, 0, _ALLOW)]
    return b"".join(struct.pack("<HBBI", *step) for step in code)

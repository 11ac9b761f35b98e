"""The kernel's own list of calls that the child may never make again, as a program for seccomp.

Written by hand from linux/seccomp.h and linux/filter.h: no library, the same in a container that forbids namespaces.
It refuses the network, new processes and programs, writing to named files, and touching other processes.
"""

import platform
import struct
from collections.abc import Iterator, Sequence

REFUSED = 0x0005_0001  # SECCOMP_RET_ERRNO with EPERM
NOT_THERE = 0x0005_0026  # with ENOSYS: the C library then takes the older call, which is looked at
ALLOWED = 0x7FFF_0000
KILLED = 0x8000_0000  # the whole process
WRITING = 0x1 | 0x2 | 0x40 | 0x200  # O_WRONLY, O_RDWR, O_CREAT, O_TRUNC
X32 = 0x4000_0000  # calls of a second numbering on x86-64, never used by an honest program

# Machine -> (AUDIT_ARCH, calls refused, calls said not to be there, (call, which argument holds the flags of opening)).
# Numbers: asm/unistd_64.h of x86-64, asm-generic/unistd.h of arm64.
MACHINES: dict[str, tuple[int, tuple[int, ...], tuple[int, ...], tuple[tuple[int, int], ...]]] = {
    "x86_64": (
        0xC000_003E,
        (41, 42, 49, 53)  # socket connect bind socketpair
        + (56, 57, 58, 59, 322)  # clone fork vfork execve execveat
        + (62, 200, 234, 101, 310, 311, 434, 438)  # kill tkill tgkill ptrace process_vm_* pidfd_open pidfd_getfd
        + (76, 82, 83, 85, 86, 87, 88, 90, 133, 258, 259, 263, 264, 265, 266, 268, 316)  # files made, moved, removed
        + (29, 68, 240, 248, 250, 165, 272, 308, 298, 304, 321, 323, 425),  # shared memory, keys, mount, unshare, bpf
        (435, 437),  # clone3 openat2
        ((2, 1), (257, 2)),  # open openat
    ),
    "aarch64": (
        0xC000_00B7,
        (198, 203, 200, 199)
        + (220, 221, 281)
        + (129, 130, 131, 117, 270, 271, 434, 438)
        + (45, 33, 34, 35, 36, 37, 38, 53, 276)
        + (194, 186, 180, 217, 219, 40, 97, 268, 241, 265, 280, 282, 425),
        (435, 437),
        ((56, 2),),
    ),
}
LOAD, EQUAL, AT_LEAST, ANY_BIT, RETURN = 0x20, 0x15, 0x35, 0x45, 0x06  # BPF_LD|W|ABS, BPF_JMP|JEQ …|K, BPF_RET
NUMBER, ARCH, ARGUMENTS = 0, 4, 16  # offsets in struct seccomp_data; each argument has eight bytes, low half first


def program(machine: str | None = None) -> bytes:
    """The program as an array of `struct sock_filter`; empty where the machine's numbers are not known here.

    >>> len(program("x86_64")) % 8, program("an unknown machine")
    (0, b'')
    """
    known = MACHINES.get(machine or platform.machine())
    if known is None:
        return b""
    arch, refused, not_there, opening = known
    steps = [
        _step(LOAD, ARCH),
        _step(EQUAL, arch, 1, 0),
        _step(RETURN, KILLED),
        _step(LOAD, NUMBER),
        _step(AT_LEAST, X32, 0, 1),
        _step(RETURN, REFUSED),
        *_each(refused, REFUSED),
        *_each(not_there, NOT_THERE),
    ]
    for call, argument in opening:
        steps += [
            _step(EQUAL, call, 0, 4),
            _step(LOAD, ARGUMENTS + 8 * argument),
            _step(ANY_BIT, WRITING, 0, 1),
            _step(RETURN, REFUSED),
            _step(RETURN, ALLOWED),
        ]
    return b"".join([*steps, _step(RETURN, ALLOWED)])


def _each(calls: Sequence[int], verdict: int) -> Iterator[bytes]:
    for call in calls:
        yield _step(EQUAL, call, 0, 1)
        yield _step(RETURN, verdict)


def _step(code: int, value: int, if_so: int = 0, if_not: int = 0) -> bytes:
    return struct.pack("=HBBI", code, if_so, if_not, value)

"""What the child that parses strangers' files gives up before it reads a byte, and what it could still do after.

Limits come from setrlimit; seccomp and Landlock are asked for where the kernel has them. Whether they hold is never
assumed: `still_possible` tries each thing out, and the parent is told.
"""

import contextlib
import ctypes
import os
import resource
import struct
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from lodged.page.filter import program
from lodged.page.limits import Limits

FILES_OPEN = 32
# sys/prctl.h, linux/seccomp.h, linux/landlock.h
NO_NEW_PRIVILEGES, SET_SECCOMP, SECCOMP_FILTER = 38, 22, 2
CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446  # the same numbers on every machine
PATH_BENEATH = 1
EVERY_ACCESS = (1 << 13) - 1  # the thirteen rights of Landlock's first version
READING, LISTING = 1 << 2, 1 << 3
LIBRARIES = ("/lib", "/lib64", "/usr/lib", "/usr/lib64")
CHANCE = "/dev/urandom"  # qpdf opens it for an encrypted file
NOWHERE = struct.pack("=H", 2) + struct.pack(">H", 9) + bytes((192, 0, 2, 1)) + bytes(8)  # RFC 5737: nobody's address
UNREACHABLE = 101  # ENETUNREACH
NOT_ALLOWED = 1  # EPERM


def give_up_rights(limits: Limits) -> None:
    """Memory, time, sizes and processes are capped by the kernel; no network, no writing, no reading beyond Python's own."""
    _cap(limits)
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    _read_nothing_but(libc, _readable())
    _refuse_calls(libc)


def _cap(limits: Limits) -> None:
    caps = {
        resource.RLIMIT_AS: limits.memory,
        resource.RLIMIT_CPU: max(1, limits.seconds),
        resource.RLIMIT_FSIZE: limits.written,
        resource.RLIMIT_NOFILE: FILES_OPEN,
        resource.RLIMIT_NPROC: 0,
        resource.RLIMIT_CORE: 0,
    }
    for what, most in caps.items():
        _, hard = resource.getrlimit(what)
        value = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (value, value))


def _readable() -> Iterator[str]:
    """Where modules that are loaded late, and the libraries beneath them, may lie."""
    yield from (place for place in sys.path if place)
    yield from (*LIBRARIES, CHANCE)


def _read_nothing_but(libc: ctypes.CDLL, places: Iterator[str]) -> None:
    """Landlock: no file outside `places` can be opened, and none anywhere be written. Older kernels do not know it."""
    size = ctypes.c_size_t(8)
    rules = libc.syscall(CREATE_RULESET, ctypes.c_char_p(struct.pack("=Q", EVERY_ACCESS)), size, 0)
    if rules < 0:
        return
    for place in places:
        with contextlib.suppress(OSError):
            beneath = os.open(place, os.O_PATH | os.O_CLOEXEC)
            right = READING | LISTING if os.path.isdir(place) else READING
            libc.syscall(ADD_RULE, rules, PATH_BENEATH, ctypes.c_char_p(struct.pack("=Qi", right, beneath)), 0)
            os.close(beneath)
    libc.syscall(RESTRICT_SELF, rules, 0)
    os.close(rules)


def _refuse_calls(libc: ctypes.CDLL) -> None:
    """seccomp; a machine whose numbers are not known here goes without."""
    steps = program()
    if steps:
        kept = ctypes.create_string_buffer(steps, len(steps))
        head = struct.pack("@HP", len(steps) // 8, ctypes.addressof(kept))
        libc.prctl(SET_SECCOMP, SECCOMP_FILTER, ctypes.c_char_p(head), 0, 0)


def still_possible() -> list[str]:
    """Which of the things that were given up can be done all the same, each by its name in `walls.POSSIBLE`."""
    trials: dict[str, Callable[[], bool]] = {
        "network": _network,
        "files": _files,
        "writing": _writing,
        "processes": _processes,
        "programs": _programs,
    }
    return [name for name, trial in trials.items() if trial()]


def _network() -> bool:
    libc = ctypes.CDLL(None, use_errno=True)
    line = libc.socket(2, 1 | os.O_NONBLOCK, 0)
    if line < 0:
        return False
    reached = libc.connect(line, ctypes.c_char_p(NOWHERE), len(NOWHERE)) == 0 or ctypes.get_errno() != UNREACHABLE
    os.close(line)
    return reached


def _files() -> bool:
    try:
        return bool(Path("/etc/passwd").read_bytes())
    except OSError:
        return False


def _writing() -> bool:
    name = f"/tmp/lodged-{os.getpid()}"  # noqa: S108  (made only to see that it cannot be, and removed at once)
    try:
        os.close(os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    except OSError:
        return False
    os.unlink(name)
    return True


def _processes() -> bool:
    try:
        child = os.fork()
    except OSError:
        return False
    if child == 0:
        os._exit(0)
    os.waitpid(child, 0)
    return True


def _programs() -> bool:
    try:
        os.execv("/nothing/of/this/name", ["nothing"])  # noqa: S606  (there is no such program)
    except OSError as error:
        return error.errno != NOT_ALLOWED

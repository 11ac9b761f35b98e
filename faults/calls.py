"""The calls that one deed makes to the disk, recorded by strace: which, on which file, with which bytes."""

import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

CHANGING = ("write", "pwrite64", "fsync", "fdatasync", "rename", "link", "unlink", "ftruncate", "mkdir")
FOLLOWED = (*CHANGING, "openat", "lseek", "close")
LONGEST = 1 << 26  # bytes of one call that are recorded
_CALL = re.compile(r"^\d+ +(\w+)\((.*)\) += (-?\d+|\?)")
_TEXT = r'"((?:\\x[0-9a-f]{2})*)"'
_OPEN = re.compile(r"^(\d+|AT_FDCWD)<([^<>]*)>")
_QUOTED = re.compile(_TEXT)


@dataclass(frozen=True, slots=True)
class Call:
    """One call. `place`: the how-manyth of its name, from 1, in the whole process.

    `path`: the file it is about; `other`: the new name of a rename or link. `handle`: the open file's number.
    `numbers`: the arguments that are plain numbers. `given`: what it returned.
    """

    name: str
    place: int
    path: str
    other: str
    handle: int
    content: bytes
    flags: str
    numbers: tuple[int, ...]
    given: int


def attach(process: int, log: Path, *options: str) -> "subprocess.Popen[str]":
    """strace, holding on to a stopped process before this returns; needs the right to trace it (root, mostly)."""
    command = ["strace", "-f", "-y", "-xx", "-s", str(LONGEST), "-o", str(log), *options, "-p", str(process)]
    tracer = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    assert tracer.stderr is not None
    if "attached" not in (said := tracer.stderr.readline()):
        raise RuntimeError(f"strace could not get hold of a process: {said.strip()}")
    return tracer


def record(process: int, log: Path) -> "subprocess.Popen[str]":
    """strace that writes down every call that `recorded` reads."""
    return attach(process, log, "-e", f"trace={','.join(FOLLOWED)}")


def inject(process: int, log: Path, name: str, place: int, fault: str) -> "subprocess.Popen[str]":
    """strace that makes one fault (`error=EIO`, `signal=KILL`) in the `place`-th call of a name."""
    return attach(process, log, "-e", f"trace={name}", "-e", f"inject={name}:{fault}:when={place}")


def recorded(log: Path) -> Iterator[Call]:
    """The calls of a log in their order. Raises ValueError for a line that was torn by another thread's."""
    count: dict[str, int] = {}
    for line in log.read_text(encoding="ascii").splitlines():
        if "unfinished ..." in line or "resumed>" in line:
            raise ValueError(f"two threads called at once: {line[:80]}")
        if not (found := _CALL.match(line)):
            continue  # a signal, an exit
        name, arguments, given = found.groups()
        count[name] = count.get(name, 0) + 1
        yield _call(name, count[name], arguments, -1 if given == "?" else int(given))


def _call(name: str, place: int, arguments: str, given: int) -> Call:
    opened = _OPEN.match(arguments)
    quoted = [_bytes(text) for text in _QUOTED.findall(arguments)]
    tail = _QUOTED.sub("", arguments[opened.end() :] if opened else arguments)
    by_handle = opened is not None and opened[1] != "AT_FDCWD"
    names = [] if by_handle else [text.decode() for text in quoted]
    path = _path(opened[2]) if by_handle and opened else (names or [""])[0]
    return Call(
        name=name,
        place=place,
        path=path,
        other=names[1] if len(names) > 1 else "",
        handle=int(opened[1]) if by_handle and opened else -1,
        content=quoted[0] if by_handle and quoted else b"",
        flags=tail,
        numbers=tuple(int(number) for number in re.findall(r"(?<![\w.])\d+(?!\w)", tail)),
        given=given,
    )


def _path(text: str) -> str:
    """What an open file is called: a path in hex, or `pipe:[7]` as it is."""
    return _bytes(text).decode() if text.startswith("\\x") else text


def _bytes(text: str) -> bytes:
    return bytes.fromhex(text.replace("\\x", ""))

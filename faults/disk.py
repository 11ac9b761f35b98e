"""What would be on the disk if power failed: only what was synced, or that and a part of what was not.

A model that is harsher than common file systems: a file's bytes are there once it was synced, its name once its folder
was, and a folder's own name once the one above it was. Of what was not synced nothing is there, or, in torn images, some
sectors of some writes and the first few names.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from faults.calls import Call

SECTOR = 512
NOT_KEPT = "-shm"  # SQLite's shared memory is made anew from the log at each start
Chosen = Callable[[], bool]


@dataclass(slots=True)
class File:
    """The bytes of one file: on the disk, as programs see them, and the writes in between, as (offset, bytes or None to cut)."""

    durable: bytes = b""
    seen: bytearray = field(default_factory=bytearray)
    waiting: list[tuple[int, bytes | None]] = field(default_factory=list)
    folder: bool = False

    def write(self, offset: int, content: bytes) -> None:
        _put(self.seen, offset, content)
        self.waiting.append((offset, content))

    def cut(self, size: int) -> None:
        _cut(self.seen, size)
        self.waiting.append((size, None))

    def sync(self) -> None:
        self.durable = bytes(self.seen)
        self.waiting.clear()

    def torn(self, chosen: Chosen) -> bytes:
        """What was synced and some sectors of what was not."""
        content = bytearray(self.durable)
        for offset, written in self.waiting:
            if written is None:
                if chosen():
                    _cut(content, offset)
                continue
            for start in range(0, len(written), SECTOR):
                if chosen():
                    _put(content, offset + start, written[start : start + SECTOR])
        return bytes(content)


@dataclass(slots=True)
class Disk:
    """The files of one folder through the calls of a process. Paths are full."""

    folder: str
    durable: dict[str, File] = field(default_factory=dict)
    seen: dict[str, File] = field(default_factory=dict)
    waiting: list[tuple[str, File | None]] = field(default_factory=list)  # names made or taken away, not yet synced
    offsets: dict[int, int] = field(default_factory=dict)
    told: bool = False  # whether the process has told anything yet, as a receipt is handed out

    @classmethod
    def of(cls, folder: Path) -> "Disk":
        """Everything that lies in a folder, long since synced."""
        disk = cls(str(folder))
        for path in sorted(folder.rglob("*")):
            content = b"" if path.is_dir() else path.read_bytes()
            disk.seen[str(path)] = File(content, bytearray(content), folder=path.is_dir())
        disk.durable = dict(disk.seen)
        return disk

    def follow(self, call: Call) -> None:
        """Do what a call did. Calls that failed did nothing."""
        if call.given < 0:
            return
        if call.name == "openat":
            self.offsets[call.given] = 0
            if "O_CREAT" in call.flags or "O_TRUNC" in call.flags:
                self._open(call)
        elif call.name == "lseek":
            self.offsets[call.handle] = call.given
        elif call.path.startswith("pipe:"):
            self.told = True
        elif call.path.startswith(self.folder):
            self._change(call)

    def _open(self, call: Call) -> None:
        if not call.path.startswith(self.folder):
            return
        if call.path not in self.seen:
            self._name(call.path, File())
        elif "O_TRUNC" in call.flags:
            self.seen[call.path].cut(0)

    def _change(self, call: Call) -> None:
        match call.name:
            case "write":
                at = self.offsets.get(call.handle, 0)
                self.seen[call.path].write(at, call.content[: call.given])
                self.offsets[call.handle] = at + call.given
            case "pwrite64":
                self.seen[call.path].write(call.numbers[-1], call.content[: call.given])
            case "ftruncate":
                self.seen[call.path].cut(call.numbers[-1])
            case "rename":
                file = self.seen[call.path]
                self._name(call.path, None)
                self._name(call.other, file)
            case "mkdir":
                self._name(call.path, File(folder=True))
            case "link":
                self._name(call.other, self.seen[call.path])
            case "unlink":
                self._name(call.path, None)
            case "fsync" | "fdatasync":
                self._sync(call.path)

    def _name(self, path: str, file: File | None) -> None:
        _apply(self.seen, path, file)
        self.waiting.append((path, file))

    def _sync(self, path: str) -> None:
        if path in self.seen and not self.seen[path].folder:
            self.seen[path].sync()
            return
        for name, file in self.waiting:
            if str(PurePosixPath(name).parent) == path:
                _apply(self.durable, name, file)
        self.waiting = [(name, file) for name, file in self.waiting if str(PurePosixPath(name).parent) != path]

    def least(self) -> dict[str, bytes]:
        """What is surely there: names and bytes that were synced."""
        return {path: self.durable[path].durable for path in self._reached(self.durable)}

    def torn(self, chosen: Chosen) -> dict[str, bytes]:
        """That, and some of what was not synced."""
        names = dict(self.durable)
        for path, file in self.waiting:
            if not chosen():
                break
            _apply(names, path, file)
        return {path: names[path].torn(chosen) for path in self._reached(names)}

    def _reached(self, names: Mapping[str, File]) -> Iterator[str]:
        """The files that can be found: every folder above them has its own name on the disk."""
        for path, file in names.items():
            above = PurePosixPath(path).relative_to(self.folder).parents
            folders = [f"{self.folder}/{one}" for one in above if str(one) != "."]
            if not file.folder and not path.endswith(NOT_KEPT) and all(one in names for one in folders):
                yield path


def lay_out(image: dict[str, bytes], folder: str, to: Path) -> None:
    """Write an image of a folder into another, empty one."""
    for path, content in image.items():
        place = to / PurePosixPath(path).relative_to(folder)
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        place.write_bytes(content)
        place.chmod(0o600)


def images(start: Disk, calls: Iterable[Call], chosen: Chosen) -> Iterator[tuple[Call, dict[str, bytes], bool]]:
    """Each image that a power cut after some call could leave, and whether anything was told by then; each pair once."""
    known: set[int] = set()
    for call in calls:
        start.follow(call)
        for image in (start.least(), start.torn(chosen)):
            mark = hash((frozenset(image.items()), start.told))
            if mark not in known:
                known.add(mark)
                yield call, image, start.told


def _apply(names: dict[str, File], path: str, file: File | None) -> None:
    if file is None:
        names.pop(path, None)
    else:
        names[path] = file


def _put(content: bytearray, offset: int, written: bytes) -> None:
    if len(content) < offset:
        content.extend(bytes(offset - len(content)))
    content[offset : offset + len(written)] = written


def _cut(content: bytearray, size: int) -> None:
    del content[size:]
    content.extend(bytes(size - len(content)))

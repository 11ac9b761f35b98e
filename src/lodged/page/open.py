"""Opening a stranger's file: only ever in a child process, under limits, and never with an exception.

What a file is, its parser decides; its name and the sender's word for it do not count.
"""

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import IO, Any

from lodged.page.raster import Raster, RasterError, png_of

CHILD = "lodged.page.child"
HEADER_BYTES = 65_536  # a header line is a few hundred bytes; longer is not ours


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost: measured bombs need 1 GiB or more, honest faxes a fiftieth of it."""

    bytes: int = 40_000_000
    pages: int = 60
    pixels: int = 40_000_000
    points: int = 2_000
    seconds: int = 20
    memory: int = 1_500 * 2**20
    written: int = 300_000_000


DEFAULT = Limits()


@dataclass(frozen=True, slots=True)
class Opened:
    """What could be opened: `kind` is `tiff`, `pdf`, `png`, `jpeg` or None; the pages that could be read.

    `trouble` says in plain words what stopped the reading, None when nothing did; pages read before stay.
    `notes` are things a person should know though nothing stopped (JavaScript, attached files).
    """

    kind: str | None
    pages: tuple[Raster, ...]
    trouble: str | None
    notes: tuple[str, ...] = ()


def open_document(data: bytes, limits: Limits = DEFAULT) -> Opened:
    """The pages of `data`, whatever it is. Never raises for what is in the file.

    >>> open_document(b"")
    Opened(kind=None, pages=(), trouble='the file is empty', notes=())
    """
    if not data:
        return Opened(None, (), "the file is empty")
    if len(data) > limits.bytes:
        return Opened(None, (), f"larger than {limits.bytes / 1e6:.0f} MB")
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as made:
        given.write(data)
        given.seek(0)
        end = _run_child(given, made, limits)
        made.seek(0)
        return _opened(made, end, limits)


def _run_child(given: IO[bytes], made: IO[bytes], limits: Limits) -> int | None:
    """The child's exit code, None when its time ran out. It sets its own limits before it reads a byte."""
    kept = {name: os.environ[name] for name in ("PATH", "PYTHONPATH", "LANG") if name in os.environ}
    child = subprocess.Popen(  # noqa: S603  (our own interpreter and module; nothing of the file is in it)
        [sys.executable, "-P", "-B", "-m", CHILD, json.dumps(asdict(limits))],
        stdin=given,
        stdout=made,
        stderr=subprocess.DEVNULL,
        env=kept | {"OMP_NUM_THREADS": "1"},
        start_new_session=True,
    )
    try:
        return child.wait(limits.seconds)
    except subprocess.TimeoutExpired:
        return None
    finally:
        if child.poll() is None:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()


def _opened(made: IO[bytes], end: int | None, limits: Limits) -> Opened:
    """What the child wrote down, and, when it did not come to its own end, what that means."""
    pages: list[Raster] = []
    kind: str | None = None
    try:
        for message in _messages(made):
            kind = message["kind"] or kind
            if "trouble" in message:
                return Opened(kind, tuple(pages), message["trouble"], tuple(message["notes"]))
            pages.append(_raster(message, len(pages) + 1, limits))
    except (RasterError, ValueError, KeyError, TypeError):
        return Opened(kind, tuple(pages), f"page {len(pages) + 1} could not be taken over whole")
    why = f"did not finish within {limits.seconds} seconds" if end is None else "needed more than it may have"
    return Opened(kind, tuple(pages), f"page {len(pages) + 1} {why}")


def _messages(made: IO[bytes]) -> Iterator[dict[str, Any]]:
    while line := made.readline(HEADER_BYTES):
        message: dict[str, Any] = json.loads(line)
        if "length" in message:
            message["packed"] = made.read(int(message["length"]))
        yield message


def _raster(message: dict[str, Any], number: int, limits: Limits) -> Raster:
    width, height, bits = int(message["width"]), int(message["height"]), int(message["bits"])
    dpi = (float(message["dpi"][0]), float(message["dpi"][1]))
    if width * height > limits.pixels:
        raise RasterError(f"{width} x {height} is larger than allowed")
    return Raster(number, width, height, dpi, png_of(width, height, bits, dpi, message["packed"]))

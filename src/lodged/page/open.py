"""Opening a stranger's file: only ever in a child process that is shut in, under limits, and never with an exception.

What a file is, its parser decides; its name and the sender's word for it do not count.
"""

import os
import signal
import subprocess
import tempfile
from dataclasses import dataclass
from typing import IO

from lodged.page import sandbox
from lodged.page.limits import DEFAULT, Limits
from lodged.page.raster import Raster
from lodged.page.taken import Taken, take_over
from lodged.page.walls import BUBBLEWRAP, LIMITS, Walls

WHY_LETTERS = 120
_last: dict[str, Walls] = {}


@dataclass(frozen=True, slots=True)
class Opened:
    """What could be opened: `kind` is `tiff`, `pdf`, `png`, `jpeg` or None; the pages that could be read.

    `trouble` says in plain words what stopped the reading, None when nothing did; pages read before stay.
    `notes` are sentences a person should know though nothing stopped (JavaScript, attached files).
    `entries` are the fields filled in electronically, name and value, as the file has them and not the page.
    `walls` says how the child was shut in; None when none was needed or none came to its first word.
    """

    kind: str | None
    pages: tuple[Raster, ...]
    trouble: str | None
    notes: tuple[str, ...] = ()
    entries: tuple[tuple[str, str], ...] = ()
    walls: Walls | None = None


def open_document(data: bytes, limits: Limits = DEFAULT, way: str | None = None) -> Opened:
    """The pages of `data`, whatever it is. Never raises for what is in the file.

    `way` is one of `sandbox.ways()`; without it the strongest that runs on this machine.

    >>> open_document(b"").trouble
    'the file is empty'
    """
    if not data:
        return Opened(None, (), "the file is empty")
    if len(data) > limits.bytes:
        return Opened(None, (), f"larger than {limits.bytes / 1e6:.0f} MB")
    for each in [way] if way else sandbox.ways():
        opened = _open_within(each, data, limits)
        if opened is not None:
            return opened
    return Opened(None, (), "the reader of files could not be started on this machine")


def walls_here() -> Walls | None:
    """How files are shut in on this machine: as the last was, else found by opening one that holds nothing.

    None where none can be opened.
    """
    return _last.get("walls") or open_document(b"\0").walls


def _open_within(way: str, data: bytes, limits: Limits) -> Opened | None:
    """The file opened in one way; None when the child ended before it had read a byte, so that the way does not run."""
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as made, tempfile.TemporaryFile() as said:
        given.write(data)
        given.seek(0)
        end = _run_child(way, limits, given, made, said)
        made.seek(0)
        taken = take_over(made, limits.pages, limits.pixels)
        if taken.possible is None and end is not None:
            said.seek(0)
            sandbox.give_up(way, _last_line(said.read(4096)))
            return None
    return _opened(taken, way, end, limits)


def _run_child(way: str, limits: Limits, given: IO[bytes], made: IO[bytes], said: IO[bytes]) -> int | None:
    """The child's exit code, None when its time ran out. It gives up its rights before it reads a byte."""
    child = subprocess.Popen(  # noqa: S603  (our own interpreter and module; nothing of the file is in it)
        sandbox.command(way, limits),
        stdin=given,
        stdout=made,
        stderr=said,
        env=sandbox.environment(),
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


def _last_line(said: bytes) -> str:
    lines = said.decode("utf-8", "replace").strip().splitlines()
    return lines[-1][:WHY_LETTERS] if lines else "it ended without a word"


def _opened(taken: Taken, way: str, end: int | None, limits: Limits) -> Opened:
    """What was taken over, and, when the child did not come to its own end, what that means."""
    trouble = taken.trouble
    if not taken.ended:
        why = f"did not finish within {limits.seconds} seconds" if end is None else "needed more than it may have"
        trouble = f"page {len(taken.pages) + 1} {why}"
    walls = (
        None
        if taken.possible is None
        else Walls(way, taken.possible, sandbox.why_not(BUBBLEWRAP) if way == LIMITS else "")
    )
    if walls is not None:
        _last["walls"] = walls
    return Opened(
        taken.kind,
        tuple(taken.pages),
        trouble,
        tuple(found.words() for found in taken.found),
        tuple(taken.entries),
        walls,
    )

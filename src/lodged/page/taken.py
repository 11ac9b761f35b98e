"""What the child wrote down, taken over with suspicion: it may be anything once a file has got hold of the child.

A line of JSON a message, then as many bytes as it says. First `possible` (what the child could do all the same), then
`found` and `entries`, then a page each, at the end `trouble`. A child that comes to no such end was stopped.
"""

import json
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO, Any

from lodged.page.found import Found
from lodged.page.raster import Raster, RasterError, png_of
from lodged.page.walls import POSSIBLE

HEADER_BYTES = 262_144  # two hundred filled-in fields of three hundred letters; longer is not ours
TROUBLE_LETTERS, ENTRY_LETTERS, MOST_ENTRIES, MOST_FOUND = 200, 300, 200, 20
KINDS = frozenset(("tiff", "pdf", "png", "jpeg"))
# What a line can do to us when it is none of ours: all of it is told as one thing.
NOT_OURS = (RasterError, ValueError, KeyError, TypeError, IndexError, OverflowError, RecursionError, struct.error)


@dataclass(slots=True)
class Taken:
    """What could be taken over: `possible` is None until the child has said what it can do; `ended` at its own end."""

    possible: tuple[str, ...] | None = None
    kind: str | None = None
    found: list[Found] = field(default_factory=list)
    entries: list[tuple[str, str]] = field(default_factory=list)
    pages: list[Raster] = field(default_factory=list)
    trouble: str | None = None
    ended: bool = False


def take_over(made: IO[bytes], most_pages: int, most_pixels: int) -> Taken:
    """Everything up to the first line that is not ours; never raises for what the child wrote."""
    taken = Taken()
    try:
        for message in _messages(made):
            _take(taken, message, most_pages, most_pixels)
            if taken.ended:
                break
    except NOT_OURS:
        taken.trouble = f"page {len(taken.pages) + 1} could not be taken over whole"
        taken.ended = True
    return taken


def _messages(made: IO[bytes]) -> Iterator[dict[str, Any]]:
    while line := made.readline(HEADER_BYTES):
        message: dict[str, Any] = json.loads(line)
        if "length" in message:
            message["packed"] = made.read(max(0, int(message["length"])))
        yield message


def _take(taken: Taken, message: dict[str, Any], most_pages: int, most_pixels: int) -> None:
    if "possible" in message:
        taken.possible = tuple(name for name in POSSIBLE if name in message["possible"])
    elif "found" in message:
        taken.found = [*taken.found, *(Found(str(code), int(count)) for code, count in message["found"])][:MOST_FOUND]
        taken.entries = [(_line(name), _line(said)) for name, said in message["entries"][:MOST_ENTRIES]]
    elif "trouble" in message:
        taken.trouble = None if message["trouble"] is None else _line(message["trouble"])[:TROUBLE_LETTERS]
        taken.ended = True
    elif len(taken.pages) < most_pages:
        taken.pages.append(_raster(message, len(taken.pages) + 1, most_pixels))
    if message.get("kind") in KINDS:
        taken.kind = message["kind"]


def _line(said: object) -> str:
    """A line of text that can be shown and kept: no control characters, no more than is ever sent."""
    return "".join(letter for letter in str(said)[:ENTRY_LETTERS] if letter.isprintable())


def _raster(message: dict[str, Any], number: int, most_pixels: int) -> Raster:
    width, height, bits = int(message["width"]), int(message["height"]), int(message["bits"])
    dpi = (float(message["dpi"][0]), float(message["dpi"][1]))
    if width < 1 or height < 1 or width * height > most_pixels:
        raise RasterError(f"{width} x {height} is no size of a page")
    return Raster(number, width, height, dpi, png_of(width, height, bits, dpi, message["packed"]))

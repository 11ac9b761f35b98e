"""A file in a fax server's queue of received papers: its pages counted without decoding one, and whether it is whole.

Tags are those of TIFF 6.0 and TIFF-F (RFC 2306); HylaFAX writes sender and call ids into `ImageDescription`.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

MAGIC = {b"II*\0": "<", b"MM\0*": ">"}
WIDTH, LENGTH, STRIP_OFFSETS, STRIP_SIZES = 256, 257, 273, 279
DESCRIPTION, DATE, HOST = 270, 306, 316
BAD_LINES, CONSECUTIVE = 326, 328  # RFC 2306 §2.2.4
DCS = 34911
SIZES = {1: ("B", 1), 2: ("c", 1), 3: ("H", 2), 4: ("I", 4)}
MOST_PAGES = 2_000
MOST_VALUES = 100_000

Tags = dict[int, list[Any]]  # numbers, or single bytes of a text


@dataclass(frozen=True, slots=True)
class Frame:
    """One page: its lines, and how many of them came damaged, in all and at most in a row."""

    width: int
    lines: int
    bad_lines: int = 0
    bad_in_a_row: int = 0


@dataclass(frozen=True, slots=True)
class Received:
    """A received file. `trouble` says why it is not whole, None when every page's bytes are there and the chain ends.

    `at` is the server's clock at its first page. `call_ids` are name, number and the rest, as in the log's rows. `dcs`
    is what was agreed for the session (T.30), in hex.
    """

    name: str
    sha256: str
    size: int
    frames: tuple[Frame, ...]
    trouble: str | None
    sender_id: str = ""
    call_ids: tuple[str, ...] = ()
    at: datetime | None = None
    dcs: str = ""

    @property
    def whole(self) -> bool:
        """Whether every page that the file begins is there to its end."""
        return self.trouble is None and bool(self.frames)


class _DamageError(Exception):
    """The file cannot be followed further."""


def read_received(data: bytes, name: str) -> Received:
    """The pages of a received file; a cut or empty one gives the pages that are there and says what is wrong."""
    frames: list[Frame] = []
    first: Tags = {}
    trouble: str | None = None
    try:
        for tags in _directories(data):
            first = first or tags
            frames.append(_frame(tags, data, len(frames) + 1))
    except _DamageError as error:
        trouble = str(error)
    if not frames and trouble is None:
        trouble = "it holds no page"
    told = _text(first, DESCRIPTION).split("\n")
    return Received(
        name=name,
        sha256=sha256(data).hexdigest(),
        size=len(data),
        frames=tuple(frames),
        trouble=trouble,
        sender_id=told[0].strip(),
        call_ids=_call_ids(told[1:]),
        at=_moment(_text(first, DATE)),
        dcs=_text(first, DCS),
    )


def _directories(data: bytes) -> Iterator[Tags]:
    """The tags of each page in turn; raises `_DamageError` where the chain leaves the file or turns back."""
    order = MAGIC.get(data[:4])
    if order is None:
        raise _DamageError("it is not a TIFF file" if data.strip(b"\0") else "it is empty")
    at = int(_unpack(order + "I", data, 4, 0)[0])
    seen: set[int] = set()
    while at:
        if at in seen or len(seen) == MOST_PAGES:
            raise _DamageError(f"its pages run in a circle after page {len(seen)}")
        seen.add(at)
        tags, at = _directory(data, at, order, len(seen))
        yield tags


def _directory(data: bytes, at: int, order: str, page: int) -> tuple[Tags, int]:
    """The tags of the directory at `at`, and where the next one lies."""
    (count,) = _unpack(order + "H", data, at, page)
    tags: Tags = {}
    for entry in range(at + 2, at + 2 + 12 * count, 12):
        tag, kind, many = _unpack(order + "HHI", data, entry, page)
        if kind in SIZES and many <= MOST_VALUES:
            code, width = SIZES[kind]
            place = entry + 8 if many * width <= 4 else _unpack(order + "I", data, entry + 8, page)[0]
            tags[tag] = list(_unpack(f"{order}{many}{code}", data, place, page))
    return tags, int(_unpack(order + "I", data, at + 2 + 12 * count, page)[0])


def _unpack(code: str, data: bytes, at: int, page: int) -> tuple[Any, ...]:
    try:
        return struct.unpack_from(code, data, at)
    except struct.error:
        raise _DamageError(f"it breaks off in page {page}" if page > 1 else "it breaks off in its first page") from None


def _frame(tags: Tags, data: bytes, page: int) -> Frame:
    offsets, sizes = _numbers(tags, STRIP_OFFSETS), _numbers(tags, STRIP_SIZES)
    if not offsets or len(offsets) != len(sizes) or not any(sizes):
        raise _DamageError(f"page {page} holds no picture")
    if any(offset + size > len(data) for offset, size in zip(offsets, sizes, strict=True)):
        raise _DamageError(f"it breaks off in page {page}")
    return Frame(*(_number(tags, tag) for tag in (WIDTH, LENGTH, BAD_LINES, CONSECUTIVE)))


def _number(tags: Tags, tag: int) -> int:
    return next(iter(_numbers(tags, tag)), 0)


def _numbers(tags: Tags, tag: int) -> list[int]:
    """The values of a tag that holds numbers; none where it holds text, whatever it should hold."""
    return [one for one in tags.get(tag, []) if isinstance(one, int)]


def _text(tags: Tags, tag: int) -> str:
    return b"".join(one for one in tags.get(tag, []) if isinstance(one, bytes)).decode("utf-8", "replace").rstrip("\0")


def _call_ids(told: list[str]) -> tuple[str, ...]:
    """As the log has them: name before number; the file says the number first."""
    told = ["" if one.strip() == "<NONE>" else one.strip() for one in told]
    return (told[1], told[0], *told[2:]) if len(told) > 1 else tuple(told)


def _moment(text: str) -> datetime | None:
    day, _, hour = text[:19].partition(" ")
    try:
        return datetime.fromisoformat(f"{day.replace(':', '-')}T{hour}")
    except ValueError:
        return None

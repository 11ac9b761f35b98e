"""A TIFF as a fax server writes it: how many whole pages it holds, and what the server noted in it of the call."""

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

STRIP_OFFSETS, STRIP_BYTES = 273, 279
DESCRIPTION, STAMPED, DCS = 270, 306, 34911  # HylaFAX: sender's id and call ids, one a line; local time; T.30 DCS
SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 7: 1}  # TIFF 6.0, section 2: bytes of a value of each type
MOST_PAGES = 2_000  # HylaFAX ends a call at `MaxRecvPages`, 200 as it is installed


class CutError(Exception):
    """The file ends before its last page does, or is no TIFF at all."""


@dataclass(frozen=True, slots=True)
class FaxFile:
    """What a received file says of itself: whole pages, and what the receiving server wrote into its first page.

    `station` is the sender's own id (TSI); `calls` are the call ids in the order of the server's configuration;
    `stamped` is the server's local time, without a zone.
    """

    pages: int
    station: str = ""
    calls: tuple[str, ...] = ()
    stamped: str = ""
    dcs: str = ""


def fax_file(document: bytes) -> FaxFile:
    """Walk every page to its end; raises CutError where one is not all there."""
    pages = list(_pages(document))
    if not pages:
        raise CutError("it holds no page yet")
    first = pages[0]
    station, *calls = _text(first, DESCRIPTION).split("\n")
    return FaxFile(len(pages), station, tuple(calls), _text(first, STAMPED), _text(first, DCS))


def _pages(document: bytes) -> Iterator[dict[int, tuple[int, bytes]]]:
    """The tags of each page as (type, bytes of the values), each page proved to lie inside the file."""
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(document[:4])
    if order is None:
        raise CutError("it does not begin as a TIFF does")
    place, seen = _whole(document, 4, 4, order), set[int]()
    while place:
        if place in seen or len(seen) == MOST_PAGES:
            raise CutError("its pages run in a circle")
        seen.add(place)
        tags, place = _page(document, place, order)
        starts, lengths = (_numbers(tags, tag, order) for tag in (STRIP_OFFSETS, STRIP_BYTES))
        if not starts or len(starts) != len(lengths):
            raise CutError(f"page {len(seen)} has no picture")
        if any(start + length > len(document) for start, length in zip(starts, lengths, strict=True)):
            raise CutError(f"page {len(seen)} ends beyond the end of the file")
        yield tags


def _page(document: bytes, place: int, order: str) -> tuple[dict[int, tuple[int, bytes]], int]:
    """The tags of the page that begins at `place`, and where the next one begins (0: there is none)."""
    count = _whole(document, place, 2, order)
    tags: dict[int, tuple[int, bytes]] = {}
    for at in range(place + 2, place + 2 + 12 * count, 12):
        tag, kind = _whole(document, at, 2, order), _whole(document, at + 2, 2, order)
        length = _whole(document, at + 4, 4, order) * SIZES.get(kind, 0)
        start = at + 8 if length <= 4 else _whole(document, at + 8, 4, order)
        if start + length > len(document):
            raise CutError("what describes a page ends beyond the end of the file")
        tags[tag] = (kind, document[start : start + length])
    return tags, _whole(document, place + 2 + 12 * count, 4, order)


def _whole(document: bytes, at: int, length: int, order: str) -> int:
    if at + length > len(document):
        raise CutError("what describes a page ends beyond the end of the file")
    number: int = struct.unpack_from(order + {2: "H", 4: "I"}[length], document, at)[0]
    return number


def _numbers(tags: Mapping[int, tuple[int, bytes]], tag: int, order: str) -> tuple[int, ...]:
    kind, values = tags.get(tag, (4, b""))
    letter = {3: "H", 4: "I"}.get(kind)
    if letter is None:
        return ()
    return struct.unpack(f"{order}{len(values) // SIZES[kind]}{letter}", values)


def _text(tags: Mapping[int, tuple[int, bytes]], tag: int) -> str:
    return tags.get(tag, (2, b""))[1].rstrip(b"\0").decode("ascii", "replace")

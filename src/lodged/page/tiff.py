"""Pages of a TIFF file, one fax page a frame; the chain of frames is walked before anything is decoded."""

import io
import struct
from collections.abc import Iterator
from dataclasses import dataclass

from PIL import Image

from lodged.page.limits import Limits
from lodged.page.sheet import Sheet, Tell, UnreadableError, believable_dpi, black_on_white, check_sheet, check_size

MAGIC = (b"II*\x00", b"MM\x00*", b"II+\x00", b"MM\x00+")
WIDTH, LENGTH = 256, 257  # TIFF 6.0, section 3
SHORT, LONG, LONG8 = 3, 4, 16


@dataclass(frozen=True, slots=True)
class Chain:
    """The frames' sizes in order, and what is wrong where the chain stops (None: it ends as it should)."""

    sizes: tuple[tuple[int, int], ...]
    trouble: str | None


def pages(data: bytes, limits: Limits, _tell: Tell) -> Iterator[Sheet]:
    """Every frame as a sheet. Raises `UnreadableError` at the first that cannot be read."""
    chain = walk(data, limits.pages)
    if not chain.sizes:
        raise UnreadableError(chain.trouble or "the TIFF has no pages")
    check_size(1, *chain.sizes[0], limits.pixels)
    with Image.open(io.BytesIO(data), formats=["TIFF"]) as image:
        for index, size in enumerate(chain.sizes):
            check_size(index + 1, *size, limits.pixels)
            yield _frame(image, index, limits)
    if chain.trouble:
        raise UnreadableError(chain.trouble)


def _frame(image: Image.Image, index: int, limits: Limits) -> Sheet:
    image.seek(index)
    dpi = believable_dpi(image.info.get("dpi"), *image.size)
    check_sheet(index + 1, *image.size, dpi, limits.pixels)
    image.load()
    return Sheet(black_on_white(image).copy(), dpi)


def walk(data: bytes, most: int) -> Chain:
    """The chain of frames, read by hand: it sees circles and sizes that a decoder meets too late."""
    order = "<" if data[:2] == b"II" else ">"
    big = data[2:4] in (b"+\x00", b"\x00+")
    sizes: list[tuple[int, int]] = []
    seen: set[int] = set()
    try:
        at = int(struct.unpack_from(order + ("Q" if big else "I"), data, 8 if big else 4)[0])
        while at:
            if at in seen:
                return Chain(tuple(sizes), f"the pages run in a circle after page {len(sizes)}")
            if len(sizes) == most:
                return Chain(tuple(sizes), f"more than {most} pages; the first {most} were read")
            seen.add(at)
            size, at = _directory(data, at, order, big)
            sizes.append(size)
    except struct.error:
        return Chain(tuple(sizes), f"damaged after page {len(sizes)}" if sizes else "damaged: no page could be read")
    return Chain(tuple(sizes), None)


def _directory(data: bytes, at: int, order: str, big: bool) -> tuple[tuple[int, int], int]:
    """The size named in the directory at `at`, and where the next one lies."""
    count_code, entry_size, next_code = ("Q", 20, "Q") if big else ("H", 12, "I")
    (count,) = struct.unpack_from(order + count_code, data, at)
    first = at + struct.calcsize(order + count_code)
    if first + count * entry_size > len(data):
        raise struct.error("the directory runs past the end of the file")
    found = {WIDTH: 0, LENGTH: 0}
    for entry in range(first, first + count * entry_size, entry_size):
        tag, kind = struct.unpack_from(order + "HH", data, entry)
        if tag in found:
            found[tag] = _number(data, entry + (12 if big else 8), order, kind)
    (following,) = struct.unpack_from(order + next_code, data, first + count * entry_size)
    return (found[WIDTH], found[LENGTH]), int(following)


def _number(data: bytes, at: int, order: str, kind: int) -> int:
    code = {SHORT: "H", LONG: "I", LONG8: "Q"}.get(kind)
    return 0 if code is None else int(struct.unpack_from(order + code, data, at)[0])

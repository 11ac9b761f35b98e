"""TIFFs that mean harm: sizes, circles, codes and counts that no fax has."""

import struct
import zlib
from collections.abc import Iterator

from tests.page import files

Case = tuple[str, bytes]
USUAL = {256: 600, 257: 700, 258: 1, 259: 1, 262: 0, 273: 8, 277: 1, 278: 700, 279: 52_500}
# Compression: TIFF 6.0, and what libtiff has added since
CODES = (
    *range(9), 32_766, 32_771, 32_773, 32_809, 32_908, 32_946, 34_661, 34_676, 34_712, 34_887, 34_925, 50_000, 50_001, 65_535,
)  # fmt: skip


def written(
    changed: dict[int, int], pixels: bytes = bytes(1_000), following: int = 0, count: int | None = None
) -> bytes:
    """A TIFF of one frame with these tags laid over the usual ones."""
    tags = sorted({**USUAL, **changed}.items())
    head = b"II*\0" + struct.pack("<I", 8 + len(pixels)) + pixels
    rows = b"".join(struct.pack("<HHII", tag, 4, 1, value % 2**32) for tag, value in tags)
    return head + struct.pack("<H", len(tags) if count is None else count) + rows + struct.pack("<I", following)


def all_tiffs() -> Iterator[Case]:
    """Every one, with its name."""
    noise = bytes(range(256)) * 40
    for code in CODES:
        yield f"a TIFF of noise, compression {code}", written({259: code, 279: len(noise)}, noise)
    lies: dict[str, dict[int, int]] = {
        "no width": {256: 0}, "no height": {257: 0}, "all the width there is": {256: 2**32 - 1},
        "60,000 x 60,000": {256: 60_000, 257: 60_000}, "no bits": {258: 0}, "65,535 bits": {258: 65_535},
        "65,535 samples": {277: 65_535}, "no rows a strip": {278: 0}, "all the rows there are": {278: 2**32 - 1},
        "pixels beyond the end": {273: 10**9}, "pixels in its own head": {273: 0}, "no pixels": {279: 0},
        "four gigabytes of pixels": {279: 2**32 - 1}, "an unheard-of colour": {262: 65_535}, "a palette without colours": {262: 3},
        "planes": {284: 2}, "a predictor": {317: 3, 259: 8}, "orientation 9": {274: 9}, "tiles of nothing": {322: 0, 323: 0},
        "tiles of milliards": {322: 2**31, 323: 2**31, 324: 8, 325: 1_000}, "ten million dots an inch": {282: 8, 283: 8},
        "a frame within itself": {330: 8}, "a camera's notes in its own head": {34_665: 8}, "a place in its own head": {34_853: 8},
        "a sample format of its own": {339: 99}, "floating point": {339: 3, 258: 32}, "sixteen bits": {258: 16},
        "fax options of all ones": {259: 3, 292: 2**32 - 1}, "bits from the other end": {259: 4, 266: 2},
        "a profile of four gigabytes": {34_675: 8},
    }  # fmt: skip
    for name, changed in lies.items():
        yield f"a TIFF with {name}", written(changed)
    bomb = zlib.compress(bytes(39_000_000 // 8), 9)
    yield (
        "a TIFF of 39 million white pixels",
        written({256: 6_000, 257: 6_500, 278: 6_500, 259: 8, 279: len(bomb)}, bomb),
    )
    yield "a TIFF whose frames run in a circle", files.tiff_in_a_circle()
    yield "a TIFF that follows itself", written({}, following=1_008)
    yield "a TIFF that goes on in its pixels", written({}, following=10)
    yield "a TIFF of 65,535 tags", written({}, count=65_535)
    yield "a TIFF of no tags", written({}, count=0)
    yield "a TIFF of twenty thousand frames", _many(20_000)
    yield "a TIFF broken on page two", files.tiff_broken_on_page_two()
    for share in range(1, 8):
        yield f"{share} eighths of a fax", files.DETAINER.read_bytes()[: len(files.DETAINER.read_bytes()) * share // 8]
    yield "a large TIFF of nothing", b"II+\0" + struct.pack("<HHQ", 8, 0, 16) + bytes(100)
    yield "a large TIFF of all the tags there are", b"II+\0" + struct.pack("<HHQQ", 8, 0, 16, 2**64 - 1)
    yield "a large TIFF in a circle", b"II+\0" + struct.pack("<HHQQQ", 8, 0, 16, 0, 16)
    yield "a TIFF read from the wrong end", b"MM\0*" + files.DETAINER.read_bytes()[4:]


def _many(count: int) -> bytes:
    one = written({}, b"")[8:]
    frames = b"".join(one[:-4] + struct.pack("<I", 8 + len(one) * (number + 1)) for number in range(count - 1))
    return b"II*\0" + struct.pack("<I", 8) + frames + one

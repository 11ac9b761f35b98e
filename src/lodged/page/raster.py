"""One page as a picture in true proportions, and the PNG that shows it.

The picture is written as PNG here, by hand, from bare pixels: the process that parsed a stranger's file
never gets to hand us a file format of its own making.
"""

import struct
import zlib
from dataclasses import dataclass

PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
GREYSCALE = 0  # PNG (ISO/IEC 15948) table 11.1
MILLIMETRES_PER_INCH = 25.4


class RasterError(ValueError):
    """The pixels do not fit the size they claim."""


@dataclass(frozen=True, slots=True)
class Raster:
    """A page: `width` x `height` pixels, `png` one bit or eight bits grey, black on white.

    `dpi` is the grid it was scanned on (a fax: 204 x 196 or 204 x 98). The picture is square-ish: rows or
    columns of the coarser axis were repeated, never mixed, so the scanner's own pixels can be had back.
    """

    number: int
    width: int
    height: int
    dpi: tuple[float, float]
    png: bytes


def true_size(width: int, height: int, dpi: tuple[float, float]) -> tuple[int, int]:
    """The size in square pixels: the coarser axis is stretched, nothing shrinks.

    >>> true_size(1728, 1078, (204, 98))
    (1728, 2244)
    """
    across, down = dpi
    if across >= down:
        return width, max(1, round(height * across / down))
    return max(1, round(width * down / across)), height


def scanned_size(width: int, height: int, dpi: tuple[float, float]) -> tuple[int, int]:
    """The scanner's own grid of a picture stretched by `true_size`.

    >>> scanned_size(1728, 2244, (204, 98))
    (1728, 1078)
    """
    across, down = dpi
    if across >= down:
        return width, max(1, round(height * down / across))
    return max(1, round(width * across / down)), height


def stride(width: int, bits: int) -> int:
    """Bytes in one PNG row, its filter byte included."""
    return 1 + (width * bits + 7) // 8


def png_of(width: int, height: int, bits: int, dpi: tuple[float, float], packed: bytes) -> bytes:
    """A grey PNG of `packed`: zlib over rows, each a zero byte and its pixels (white is 1 or 255).

    Raises `RasterError` when the stream holds anything but exactly those rows.
    """
    if bits not in (1, 8) or width < 1 or height < 1:
        raise RasterError(f"{width} x {height} at {bits} bits is no picture")
    _check_rows(packed, height, stride(width, bits))
    header = struct.pack(">IIBBBBB", width, height, bits, GREYSCALE, 0, 0, 0)
    per_metre = [max(1, round(value / MILLIMETRES_PER_INCH * 1000)) for value in square(dpi)]
    size = struct.pack(">IIB", *per_metre, 1)
    return PNG_SIGNATURE + _chunk(b"IHDR", header) + _chunk(b"pHYs", size) + _chunk(b"IDAT", packed) + _chunk(b"IEND")


def square(dpi: tuple[float, float]) -> tuple[float, float]:
    """The resolution of the stretched picture.

    >>> square((204, 98))
    (204, 204)
    """
    return max(dpi), max(dpi)


def _check_rows(packed: bytes, height: int, row: int) -> None:
    unpacker = zlib.decompressobj()
    try:
        rows = unpacker.decompress(packed, height * row + 1)
    except zlib.error as error:
        raise RasterError("the pixels are damaged") from error
    if len(rows) != height * row or not unpacker.eof or unpacker.unused_data or any(rows[::row]):
        raise RasterError("the pixels do not fit the size")


def _chunk(name: bytes, body: bytes = b"") -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

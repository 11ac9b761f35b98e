"""PNGs and JPEGs that mean harm."""

import io
import struct
import zlib
from collections.abc import Iterator

from PIL import Image
from tests.page import files

Case = tuple[str, bytes]
SIGNATURE = b"\x89PNG\r\n\x1a\n"


def chunk(name: bytes, body: bytes, right: bool = True) -> bytes:
    """A chunk of a PNG, its sum right or wrong."""
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body) if right else 0)


def png(
    width: int, height: int, bits: int = 8, colour: int = 0, rows: bytes = b"", more: bytes = b"", woven: int = 0
) -> bytes:
    """A PNG that says what it is told to say."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, bits, colour, 0, 0, woven))
    return SIGNATURE + head + more + chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b"")


def all_pictures() -> Iterator[Case]:
    """Every one, with its name."""
    yield from _pngs()
    yield from _jpegs()


def _pngs() -> Iterator[Case]:
    for width, height in ((40_000, 40_000), (2**31 - 1, 1), (0, 0), (2**32 - 1, 2**32 - 1), (39_000_000, 1)):
        yield f"a PNG that says {width} x {height}", png(width, height)
    for bits, colour in ((3, 0), (16, 3), (8, 1), (255, 255), (1, 3), (16, 6)):
        yield f"a PNG of {bits} bits and colour {colour}", png(9, 9, bits, colour, bytes(999))
    yield "a PNG of 39 million white pixels", png(6_000, 6_500, 1, 0, bytes(751 * 6_500))
    yield "a PNG with far more pixels than it says", png(9, 9, rows=bytes(50_000_000))
    yield "a PNG woven", png(6_000, 6_000, rows=bytes(99), woven=1)
    bomb = zlib.compress(bytes(200_000_000), 9)
    yield "a PNG with a profile of 200 MB", png(9, 9, rows=bytes(99), more=chunk(b"iCCP", b"a\0\0" + bomb))
    yield "a PNG with words of 200 MB", png(9, 9, rows=bytes(99), more=chunk(b"zTXt", b"a\0\0" + bomb))
    yield "a PNG with a hundred thousand chunks", png(9, 9, rows=bytes(99), more=chunk(b"tEXt", b"a\0b") * 100_000)
    yield "a PNG of wrong sums", png(9, 9, rows=bytes(99), more=chunk(b"gAMA", bytes(4), right=False))
    yield "a PNG that never ends", png(9, 9, rows=bytes(99))[:-20]
    yield (
        "a PNG of two heads",
        png(9, 9, rows=bytes(99), more=chunk(b"IHDR", struct.pack(">IIBBBBB", 9**9, 9**9, 8, 0, 0, 0, 0))),
    )
    moving = chunk(b"acTL", struct.pack(">II", 2**31 - 1, 0)) + chunk(b"fcTL", bytes(26)) * 1_000
    yield "a PNG of a thousand moving pictures", png(9, 9, rows=bytes(99), more=moving)


def _jpegs() -> Iterator[Case]:
    good = files.encoded(Image.new("L", (64, 64), 200), "JPEG")
    frame = good.index(b"\xff\xc0")
    yield "a JPEG that says 65,535 x 65,535", good[: frame + 5] + b"\xff\xff\xff\xff" + good[frame + 9 :]
    yield "a JPEG of no height", good[: frame + 5] + b"\0\0" + good[frame + 7 :]
    for marker in (0xC1, 0xC2, 0xC3, 0xC9, 0xCF):
        yield f"a JPEG of frame {marker:x}", good[: frame + 1] + bytes([marker]) + good[frame + 2 :]
    yield "half a JPEG", good[: len(good) // 2]
    yield "a JPEG of heads", b"\xff\xd8" * 100_000
    yield "a JPEG of a hundred thousand comments", good[:2] + b"\xff\xfe\0\x04ab" * 100_000 + good[2:]
    stepped = io.BytesIO()
    Image.new("L", (2_000, 2_000), 200).save(stepped, "JPEG", progressive=True)
    scan = stepped.getvalue().rindex(b"\xff\xda")
    yield "a JPEG of ten thousand scans", stepped.getvalue()[:scan] + stepped.getvalue()[scan:-2] * 10_000 + b"\xff\xd9"
    circle = b"Exif\0\0II*\0" + struct.pack("<IHHHIII", 8, 1, 0x8769, 4, 1, 8, 8)
    notes = b"\xff\xe1" + struct.pack(">H", len(circle) + 2) + circle
    yield "a JPEG with notes in a circle", good[:2] + notes + good[2:]
    turned = Image.Exif()
    turned[0x0112] = 99
    yield "a JPEG turned by nobody's measure", files.encoded(Image.new("L", (64, 64)), "JPEG", exif=turned)
    yield "a JPEG of four inks", files.encoded(Image.new("CMYK", (64, 64)), "JPEG")

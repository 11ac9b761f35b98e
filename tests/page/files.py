"""Files that mean harm or are broken, built by hand, and the papers they are built from."""

import io
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import pikepdf
from PIL import Image

SAMPLES = Path(__file__).parents[2] / "src" / "lodged" / "samples" / "faxes"
PAGES = Path(__file__).parent / "pages"
DETAINER = SAMPLES / "detainer-with-warrant.tif"


def detainer_picture(frame: int = 0) -> Image.Image:
    """A page of the sample detainer, one bit, on the fax's own grid (204 x 196)."""
    with Image.open(DETAINER) as image:
        image.seek(frame)
        return Image.frombytes("1", image.size, image.tobytes())


def encoded(picture: Image.Image, kind: str, **options: object) -> bytes:
    """The picture as a file."""
    made = io.BytesIO()
    picture.save(made, kind, **options)
    return made.getvalue()


def tiff_claiming(width: int, height: int) -> bytes:
    """A Group 4 TIFF of a thousand zero bytes that claims a size."""
    strip = bytes(1000)
    entries = [
        (256, 4, width), (257, 4, height), (258, 3, 1), (259, 3, 4), (262, 3, 0),
        (273, 4, 8), (277, 3, 1), (278, 4, height), (279, 4, len(strip)),
    ]  # fmt: skip
    directory = struct.pack("<H", len(entries))
    directory += b"".join(struct.pack("<HHII", tag, kind, 1, value) for tag, kind, value in entries)
    return b"II*\x00" + struct.pack("<I", 8 + len(strip)) + strip + directory + struct.pack("<I", 0)


def tiff_in_a_circle() -> bytes:
    """The sample detainer, its last page pointing back at its first."""
    data = bytearray(DETAINER.read_bytes())
    first = at = struct.unpack_from("<I", data, 4)[0]
    while True:
        following = at + 2 + 12 * struct.unpack_from("<H", data, at)[0]
        at = struct.unpack_from("<I", data, following)[0]
        if at == 0:
            struct.pack_into("<I", data, following, first)
            return bytes(data)


def tiff_broken_on_page_two() -> bytes:
    """The sample detainer with the second page's pixels cut off and its directory kept."""
    data = bytearray(DETAINER.read_bytes())
    first = struct.unpack_from("<I", data, 4)[0]
    second = struct.unpack_from("<I", data, first + 2 + 12 * struct.unpack_from("<H", data, first)[0])[0]
    for entry in range(second + 2, second + 2 + 12 * struct.unpack_from("<H", data, second)[0], 12):
        if struct.unpack_from("<H", data, entry)[0] == 273:  # strip offsets
            struct.pack_into("<I", data, entry + 8, len(data) + 10_000)
    return bytes(data)


def png_claiming(width: int, height: int) -> bytes:
    """A PNG of a few bytes that claims a size."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = chunk(b"IDAT", zlib.compress(bytes(100)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + pixels + chunk(b"IEND", b"")


def pdf(fill: Callable[[pikepdf.Pdf], object], **options: object) -> bytes:
    """A PDF of one blank page, as `fill` leaves it."""
    made = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page(page_size=(612, 792))
        fill(document)
        document.save(made, **options)
    return made.getvalue()


def with_content_bomb(document: pikepdf.Pdf) -> None:
    """A second page whose drawing orders unfold from one megabyte to a thousand."""
    packer = zlib.compressobj(9, wbits=-15)
    block = packer.compress(b"q Q " * 2**18) + packer.flush(zlib.Z_FULL_FLUSH)  # stands alone: may be repeated
    packed = b"\x78\xda" + block * 1024 + b"\x03\x00"
    document.add_blank_page(page_size=(612, 792))
    stream = pikepdf.Stream(document, b"")
    stream.write(packed, filter=pikepdf.Name.FlateDecode)
    document.pages[1].Contents = stream


def with_picture_bomb(document: pikepdf.Pdf) -> None:
    """A picture of 40,000 x 40,000 in a few kilobytes."""
    picture = pikepdf.Stream(document, b"")
    picture.write(zlib.compress(bytes(5_000), 9), filter=pikepdf.Name.FlateDecode)
    picture.Type, picture.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
    picture.Width = picture.Height = 40_000
    picture.BitsPerComponent, picture.ColorSpace = 1, pikepdf.Name.DeviceGray
    document.pages[0].Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(I=picture))
    document.pages[0].Contents = document.make_stream(b"q 612 0 0 792 0 0 cm /I Do Q")


def with_a_page_in_its_own_tree(document: pikepdf.Pdf) -> None:
    """The page tree holds itself."""
    tree = document.pages[0].obj.Parent
    tree.Kids.append(tree)


def with_script_and_attachment(document: pikepdf.Pdf) -> None:
    """Runs a script when opened, carries a program."""
    document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
    document.attachments["invoice.exe"] = b"MZ"


def with_an_endless_page(document: pikepdf.Pdf) -> None:
    """A page fifty metres long."""
    document.pages[0].MediaBox = [0, 0, 612, 144_000]

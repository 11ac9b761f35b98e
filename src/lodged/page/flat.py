"""A copy for looking at: a PDF of page pictures and nothing else, written by hand from our own PNGs.

No script, no link, no font, no form: whatever the document as it came may carry, none of it is in the copy.
"""

import struct
from collections.abc import Sequence

from lodged.page.raster import MILLIMETRES_PER_INCH, PNG_SIGNATURE

POINTS_PER_INCH = 72.0


def flat_pdf(pages: Sequence[bytes]) -> bytes:
    """The pages, each a PNG of `raster.png_of`, as a PDF; their packed rows are taken over as they are (PDF 1.7, 7.4.4.4).

    >>> flat_pdf([])[:8]
    b'%PDF-1.7'
    """
    numbers = range(len(pages))
    kids = " ".join(f"{3 + 3 * number} 0 R" for number in numbers)
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode()]
    for number in numbers:
        objects += _page(pages[number], 3 + 3 * number)
    return _file(objects)


def _page(png: bytes, number: int) -> tuple[bytes, bytes, bytes]:
    """The page, its one order to draw, its picture: the objects `number` and the two after it."""
    width, height, bits, dpi, rows = _parts(png)
    across, down = (round(side / dpi * POINTS_PER_INCH, 2) for side in (width, height))
    page = (
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {across} {down}] /Contents {number + 1} 0 R "
        f"/Resources << /XObject << /P {number + 2} 0 R >> >> >>"
    )
    order = f"q {across} 0 0 {down} 0 0 cm /P Do Q".encode()
    picture = (
        f"<< /Type /XObject /Subtype /Image /Width {width} /Height {height} /ColorSpace /DeviceGray "
        f"/BitsPerComponent {bits} /Filter /FlateDecode "
        f"/DecodeParms << /Predictor 15 /Columns {width} /BitsPerComponent {bits} >> /Length {len(rows)} >>"
    )
    drawn = f"<< /Length {len(order)} >>".encode()
    return page.encode(), _stream(drawn, order), _stream(picture.encode(), rows)


def _stream(head: bytes, body: bytes) -> bytes:
    return head + b"\nstream\n" + body + b"\nendstream"


def _parts(png: bytes) -> tuple[int, int, int, float, bytes]:
    """Width, height, bits, dots an inch and the packed rows of one of our own pictures."""
    width = height = bits = 0
    dpi, rows, at = 204.0, b"", len(PNG_SIGNATURE)
    while at + 8 <= len(png):
        length, name = struct.unpack_from(">I4s", png, at)
        body = png[at + 8 : at + 8 + length]
        match name:
            case b"IHDR":
                width, height, bits = struct.unpack_from(">IIB", body)
            case b"pHYs":
                dpi = struct.unpack_from(">I", body)[0] * MILLIMETRES_PER_INCH / 1000
            case b"IDAT":
                rows += body
        at += 12 + length
    return width, height, bits, dpi, rows


def _file(objects: Sequence[bytes]) -> bytes:
    made = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
    places = []
    for number, each in enumerate(objects, start=1):
        places.append(len(made))
        made += f"{number} 0 obj\n".encode() + each + b"\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    size = len(objects) + 1
    end = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{len(made)}\n%%EOF\n"
    return made + end.encode()

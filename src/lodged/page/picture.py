"""The one page of a PNG or a JPEG file."""

import io
from collections.abc import Iterator

from PIL import Image, ImageOps

from lodged.page.limits import Limits
from lodged.page.sheet import Sheet, Tell, believable_dpi, black_on_white, check_sheet

MAGIC = {b"\x89PNG\r\n\x1a\n": "png", b"\xff\xd8\xff": "jpeg"}


def pages(data: bytes, limits: Limits, _tell: Tell) -> Iterator[Sheet]:
    """The picture, turned as its camera says. Raises `UnreadableError` for its size, Pillow's errors for damage."""
    with Image.open(io.BytesIO(data), formats=[kind.upper() for kind in MAGIC.values()]) as image:
        dpi = believable_dpi(image.info.get("dpi"), *image.size)
        check_sheet(1, *image.size, dpi, limits.pixels)
        image.load()
        turned = ImageOps.exif_transpose(image)
        swapped = turned.size != image.size
        yield Sheet(black_on_white(turned).copy(), (dpi[1], dpi[0]) if swapped else dpi)

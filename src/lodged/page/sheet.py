"""A page as a parser hands it on, inside the child that opens files."""

from collections.abc import Callable
from dataclasses import dataclass

from PIL import Image

from lodged.page.found import Found
from lodged.page.raster import true_size

FAX_WIDTHS = (1728, 2048, 2432)  # ITU-T T.4: A4, B4, A3 at 204 dpi
STANDARD_LINES = range(1_000, 1_200)  # a letter or A4 page at 98 lines an inch
USUAL_DPI = (200.0, 200.0)

# Hears what a file carries besides its pages, and its fields filled in electronically as name and value.
Tell = Callable[[list[Found], list[tuple[str, str]]], None]


class UnreadableError(Exception):
    """The file cannot be read further; the message is for a person."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """Pixels (mode `1` or `L`) on the scanner's own grid of `dpi`."""

    picture: Image.Image
    dpi: tuple[float, float]


def check_size(number: int, width: int, height: int, pixels: int) -> None:
    """Raise `UnreadableError` when a page would be larger than `pixels`, before anything is decoded."""
    if width < 1 or height < 1:
        raise UnreadableError(f"page {number} has no size")
    if width * height > pixels:
        raise UnreadableError(f"page {number} would be {max(1, round(width * height / 1e6)):,} million pixels")


def check_sheet(number: int, width: int, height: int, dpi: tuple[float, float], pixels: int) -> None:
    """`check_size` for the page as scanned and as shown in true proportions."""
    check_size(number, width, height, pixels)
    check_size(number, *true_size(width, height, dpi), pixels)


def believable_dpi(said: object, width: int, height: int) -> tuple[float, float]:
    """The grid a file claims, or the likeliest one when the claim is missing or absurd.

    >>> believable_dpi(None, 1728, 1078)
    (204.0, 98.0)
    """
    match said:
        case (across, down) if _sane(across, down):
            return float(str(across)), float(str(down))
    if width in FAX_WIDTHS:
        return 204.0, (98.0 if height in STANDARD_LINES else 196.0)
    return USUAL_DPI


def _sane(across: object, down: object) -> bool:
    try:
        first, second = float(str(across)), float(str(down))
    except ValueError:
        return False
    return 50 <= first <= 2400 and 50 <= second <= 2400 and 0.2 <= first / second <= 5


def black_on_white(picture: Image.Image) -> Image.Image:
    """One bit stays one bit; everything else becomes grey on white paper."""
    if picture.mode in ("1", "L"):
        return picture
    if picture.mode in ("I;16", "I", "F"):
        return picture.convert("F").point(lambda value: value / 256).convert("L")
    if "A" in picture.getbands() or "transparency" in picture.info:
        coloured = picture.convert("RGBA")
        paper = Image.new("RGBA", coloured.size, "white")
        return Image.alpha_composite(paper, coloured).convert("L")
    return picture.convert("L")

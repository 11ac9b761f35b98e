"""Pages of a PDF file: the fax's own pixels when a page is one picture, else drawn at 204 dpi.

`qpdf --check` says nothing about bombs or JavaScript, so sizes are looked at here before anything is drawn, and the
limits and the sandbox are what keeps us safe. Nothing in a PDF is ever run.
"""

import io
import itertools
from collections.abc import Iterator

import pikepdf
import pypdfium2
from PIL import Image, ImageChops, ImageStat

from lodged.page.carried import entries, look_around
from lodged.page.found import Found
from lodged.page.limits import Limits
from lodged.page.sheet import Sheet, Tell, UnreadableError, black_on_white, check_sheet, check_size

DRAWN_DPI = 204.0
POINTS_PER_INCH = 72.0
LEAST_DPI, MOST_DPI = 72.0, 1_200.0
FILLS = 0.9
THUMBNAIL_DPI, ALIKE = 36.0, 25.0  # grey levels of 255


def pages(data: bytes, limits: Limits, tell: Tell) -> Iterator[Sheet]:
    """Every page as a sheet; `tell` hears first what else the file carries. Raises `UnreadableError` where it stops."""
    try:
        document = pikepdf.open(io.BytesIO(data))
    except pikepdf.PasswordError as error:
        raise UnreadableError("the PDF is encrypted") from error
    with document:
        filled_in = entries(document)
        tell([*look_around(document), *([Found("entries", len(filled_in))] if filled_in else [])], filled_in)
        count = len(document.pages)
        drawing = _Drawing(data, document)
        for index in range(min(count, limits.pages)):
            page = document.pages[index]
            _check_box(index + 1, page, limits)
            _check_pictures(index + 1, page, limits)
            yield drawing.sheet(index, limits)
        if not count:
            raise UnreadableError("the PDF has no pages")
        if count > limits.pages:
            raise UnreadableError(f"has {count:,} pages; the first {limits.pages} were read")


def _check_box(number: int, page: pikepdf.Page, limits: Limits) -> None:
    left, bottom, right, top = (float(value) for value in page.mediabox)
    longest = max(abs(right - left), abs(top - bottom))
    if longest > limits.points:
        raise UnreadableError(f"page {number} is {longest:,.0f} points long; the most is {limits.points:,}")


def _check_pictures(number: int, page: pikepdf.Page, limits: Limits) -> None:
    """A picture in a page may unfold to far more than the page itself."""
    for picture in page.get_images().values():
        check_size(number, int(picture.get("/Width", 1)), int(picture.get("/Height", 1)), limits.pixels)


class _Drawing:
    """Pages drawn by pdfium, opened at the first page that needs it; mended first if pdfium refuses it."""

    def __init__(self, data: bytes, document: pikepdf.Pdf) -> None:
        self._data = data
        self._document = document
        self._opened: pypdfium2.PdfDocument | None = None

    def sheet(self, index: int, limits: Limits) -> Sheet:
        """One page: its picture's own pixels if it is nothing but a picture, else as drawn."""
        page = self._pdfium()[index]
        return _own_pixels(index + 1, page, limits) or _drawn(index + 1, page, limits)

    def _pdfium(self) -> pypdfium2.PdfDocument:
        if self._opened is None:
            try:
                self._opened = pypdfium2.PdfDocument(self._data)
            except pypdfium2.PdfiumError:
                mended = io.BytesIO()
                self._document.save(mended)
                self._opened = pypdfium2.PdfDocument(mended.getvalue())
        return self._opened


def _drawn(number: int, page: pypdfium2.PdfPage, limits: Limits) -> Sheet:
    width, height = (round(points * DRAWN_DPI / POINTS_PER_INCH) for points in page.get_size())
    check_size(number, width, height, limits.pixels)
    drawn = page.render(scale=DRAWN_DPI / POINTS_PER_INCH, grayscale=True).to_pil()
    return Sheet(black_on_white(drawn).copy(), (DRAWN_DPI, DRAWN_DPI))


def _own_pixels(number: int, page: pypdfium2.PdfPage, limits: Limits) -> Sheet | None:
    """The picture that fills the page, on its own grid; None when the page is anything more than that."""
    things = list(itertools.islice(page.get_objects(), 2))
    if len(things) != 1 or not isinstance(things[0], pypdfium2.PdfImage) or page.get_rotation():
        return None
    picture, matrix = things[0], things[0].get_matrix()
    if matrix.b or matrix.c or matrix.a <= 0 or matrix.d <= 0 or not _fills(matrix.a, matrix.d, page.get_size()):
        return None
    width, height = picture.get_px_size()
    dpi = (width / matrix.a * POINTS_PER_INCH, height / matrix.d * POINTS_PER_INCH)
    if not all(LEAST_DPI <= value <= MOST_DPI for value in dpi):
        return None
    check_sheet(number, width, height, dpi, limits.pixels)
    pixels = _two_coloured(black_on_white(picture.get_bitmap(render=False).to_pil()).copy())
    return Sheet(pixels, dpi) if _looks_like(pixels, page) else None


def _fills(width: float, height: float, page: tuple[float, float]) -> bool:
    return width >= FILLS * page[0] and height >= FILLS * page[1]


def _two_coloured(picture: Image.Image) -> Image.Image:
    """A fax's picture as one bit again."""
    colours = picture.getcolors(2) if picture.mode == "L" else None
    return picture.convert("1", dither=Image.Dither.NONE) if colours else picture


def _looks_like(pixels: Image.Image, page: pypdfium2.PdfPage) -> bool:
    """Whether the picture alone looks like the page as drawn: a mask or a colour table can turn it inside out."""
    drawn = page.render(scale=THUMBNAIL_DPI / POINTS_PER_INCH, grayscale=True).to_pil().convert("L")
    alone = pixels.convert("L").resize(drawn.size, Image.Resampling.BOX)
    return sum(ImageStat.Stat(ImageChops.difference(drawn, alone)).mean) < ALIKE

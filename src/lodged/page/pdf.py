"""Pages of a PDF file: the fax's own pixels when a page is one picture, else drawn at 204 dpi.

`qpdf --check` says nothing about bombs or JavaScript, so the structure is looked at here and the limits
are what keeps us safe. Nothing in a PDF is ever run.
"""

import io
import itertools
from collections.abc import Iterator

import pikepdf
import pypdfium2
from PIL import Image, ImageChops, ImageStat

from lodged.page.open import Limits
from lodged.page.sheet import Sheet, UnreadableError, black_on_white, check_sheet, check_size

MAGIC = b"%PDF-"
MAGIC_WITHIN = 1024  # PDF 1.7, annex H.3.4.1: viewers take the header within the first 1024 bytes
DRAWN_DPI = 204.0
POINTS_PER_INCH = 72.0
LEAST_DPI, MOST_DPI = 72.0, 1_200.0
FILLS = 0.9
THUMBNAIL_DPI, ALIKE = 36.0, 25.0  # grey levels of 255


def pages(data: bytes, limits: Limits, notes: list[str]) -> Iterator[Sheet]:
    """Every page as a sheet; `notes` gains what a person should know. Raises `UnreadableError` where it stops."""
    if not data.startswith(MAGIC):
        notes.append("other bytes stand before the PDF")
    try:
        document = pikepdf.open(io.BytesIO(data))
    except pikepdf.PasswordError as error:
        raise UnreadableError("the PDF is encrypted") from error
    with document:
        notes.extend(look_around(document))
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


def look_around(document: pikepdf.Pdf) -> list[str]:
    """What else is in the file: encryption, scripts, attached files, filled-in electronic fields."""
    root = document.Root
    names = root.get("/Names", pikepdf.Dictionary())
    notes = []
    if document.is_encrypted:
        notes.append("the PDF is encrypted, but opens without a password")
    if "/JavaScript" in names or "/AA" in root or _is_script(root.get("/OpenAction")):
        notes.append("contains JavaScript or an action, which was not run")
    if attached := len(document.attachments):
        notes.append(f"{attached} attached {'file was' if attached == 1 else 'files were'} not opened")
    if "/AcroForm" in root and len(root.AcroForm.get("/Fields", [])):
        notes.append("has electronic form fields; only what is drawn on the page was read")
    return notes


def _is_script(action: object) -> bool:
    return isinstance(action, pikepdf.Dictionary) and action.get("/S") in ("/JavaScript", "/Launch")


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

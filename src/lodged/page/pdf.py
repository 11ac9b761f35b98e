"""Pages of a PDF file: the fax's own pixels when a page is one picture, else drawn at 204 dpi.

`qpdf --check` says nothing about bombs or JavaScript, so the structure is looked at here and the limits
are what keeps us safe. Nothing in a PDF is ever run.
"""

import io
from collections.abc import Iterator

import pikepdf
import pypdfium2
from PIL import Image

from lodged.page.open import Limits
from lodged.page.sheet import Sheet, UnreadableError, black_on_white, check_sheet, check_size

MAGIC = b"%PDF-"
MAGIC_WITHIN = 1024  # PDF 1.7, annex H.3.4.1: viewers take the header within the first 1024 bytes
DRAWN_DPI = 204.0
POINTS_PER_INCH = 72.0
SHORT_CONTENT = 4_096  # a page that only places one picture needs a hundred bytes


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
            yield _own_pixels(index + 1, page, limits) or drawing.draw(index, limits)
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
    for picture in page.images.values():
        check_size(number, int(picture.get("/Width", 1)), int(picture.get("/Height", 1)), limits.pixels)


def _own_pixels(number: int, page: pikepdf.Page, limits: Limits) -> Sheet | None:
    """The picture that fills the page, on its own grid; None when the page is anything more than that."""
    placed = _placed_picture(page)
    if placed is None:
        return None
    picture, across_points, down_points = placed
    width, height = int(picture.Width), int(picture.Height)
    dpi = (width / across_points * POINTS_PER_INCH, height / down_points * POINTS_PER_INCH)
    if min(dpi) < 72 or max(dpi) > 1200:
        return None
    check_sheet(number, width, height, dpi, limits.pixels)
    try:
        return Sheet(black_on_white(pikepdf.PdfImage(picture).as_pil_image()), dpi)
    except (pikepdf.PdfError, NotImplementedError, ValueError, OSError):
        return None  # a filter pikepdf does not decode (JBIG2): drawn instead


def _placed_picture(page: pikepdf.Page) -> tuple[pikepdf.Object, float, float] | None:
    pictures = list(page.images.values())
    if len(pictures) != 1 or page.obj.get("/Annots") or int(page.obj.get("/Rotate", 0)) % 360:
        return None
    contents = page.obj.get("/Contents")
    if not isinstance(contents, pikepdf.Stream) or int(contents.get("/Length", SHORT_CONTENT + 1)) > SHORT_CONTENT:
        return None
    size = _placing(contents)
    return None if size is None else (pictures[0], *size)


def _placing(contents: pikepdf.Stream) -> tuple[float, float] | None:
    """Width and height in points of a page that says no more than `q w 0 0 h x y cm /Im Do Q`."""
    size = None
    for operands, operator in pikepdf.parse_content_stream(contents):
        match str(operator):
            case "q" | "Q" | "Do":
                continue
            case "cm" if size is None:
                a, b, c, d = (float(value) for value in list(operands)[:4])
                if a <= 0 or d <= 0 or b or c:
                    return None
                size = (a, d)
            case _:
                return None
    return size


class _Drawing:
    """Pages drawn by pdfium, opened at the first page that needs it; mended first if pdfium refuses it."""

    def __init__(self, data: bytes, document: pikepdf.Pdf) -> None:
        self._data = data
        self._document = document
        self._opened: pypdfium2.PdfDocument | None = None

    def draw(self, index: int, limits: Limits) -> Sheet:
        page = self._pdfium()[index]
        width, height = (round(points * DRAWN_DPI / POINTS_PER_INCH) for points in page.get_size())
        check_size(index + 1, width, height, limits.pixels)
        drawn = page.render(scale=DRAWN_DPI / POINTS_PER_INCH, grayscale=True).to_pil()
        picture: Image.Image = black_on_white(drawn)
        return Sheet(picture.copy(), (DRAWN_DPI, DRAWN_DPI))

    def _pdfium(self) -> pypdfium2.PdfDocument:
        if self._opened is None:
            try:
                self._opened = pypdfium2.PdfDocument(self._data)
            except pypdfium2.PdfiumError:
                mended = io.BytesIO()
                self._document.save(mended)
                self._opened = pypdfium2.PdfDocument(mended.getvalue())
        return self._opened

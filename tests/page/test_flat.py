"""The copy for looking at: the same pixels as the page pictures, and nothing a reader could run, follow or fill in."""

import io

import pikepdf
from PIL import Image
from tests.page import files

from lodged.page import open_document
from lodged.page.flat import flat_pdf


def test_the_copy_has_the_very_pixels_of_the_pages() -> None:
    pages = open_document(files.DETAINER.read_bytes()).pages
    again = open_document(flat_pdf([page.png for page in pages]))
    assert (again.kind, again.trouble, again.notes) == ("pdf", None, ())
    for first, second in zip(pages, again.pages, strict=True):
        with Image.open(io.BytesIO(first.png)) as one, Image.open(io.BytesIO(second.png)) as other:
            assert one.size == other.size
            assert one.convert("1").tobytes() == other.convert("1").tobytes()


def test_a_grey_page_keeps_its_greys_and_its_size_on_paper() -> None:
    (page,) = open_document(files.encoded(Image.linear_gradient("L"), "PNG", dpi=(100, 100))).pages
    with pikepdf.open(io.BytesIO(flat_pdf([page.png]))) as document:
        assert [round(float(side)) for side in document.pages[0].mediabox] == [0, 0, 184, 184]
        picture = pikepdf.PdfImage(document.pages[0].get_images()["/P"]).as_pil_image()
    assert picture.tobytes() == Image.linear_gradient("L").tobytes()


def test_whoever_checks_the_copy_finds_nothing_wrong() -> None:
    pages = open_document(files.DETAINER.read_bytes()).pages
    with pikepdf.open(io.BytesIO(flat_pdf([page.png for page in pages])), attempt_recovery=False) as document:
        assert document.check_pdf_syntax() == []
        assert set(document.Root.keys()) == {"/Type", "/Pages"}

"""Opening files: whatever the bytes are, pages or a plain reason come back, and nothing is raised."""

import io

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from tests.page import files

from lodged.page import Limits, open_document
from lodged.page.found import Found

FAX = files.DETAINER.read_bytes()
HOSTILE = {
    "an empty file": (b"", "the file is empty"),
    "text": (b"Dear Sheriff, please hold.", "not a TIFF, PDF, PNG or JPEG file"),
    "a program": (b"MZ" + bytes(2_000), "not a TIFF, PDF, PNG or JPEG file"),
    "a TIFF head and nothing more": (b"II*\x00", "damaged: no page could be read"),
    "a TIFF head before noise": (b"II*\x00" + bytes(range(8, 256)) * 3, "damaged: no page could be read"),
    "a TIFF cut short": (FAX[:20_000], "damaged: no page could be read"),
    "a TIFF of 60,000 x 60,000": (files.tiff_claiming(60_000, 60_000), "page 1 would be 3,600 million pixels"),
    "a TIFF as large as numbers go": (files.tiff_claiming(2**32 - 1, 2**32 - 1), "million pixels"),
    "a TIFF without size": (files.tiff_claiming(0, 0), "page 1 has no size"),
    "a TIFF of rubbish pixels": (files.tiff_claiming(1728, 2000), "damaged: no page could be read"),
    "a PNG of 60,000 x 60,000": (files.png_claiming(60_000, 60_000), "page 1 would be 3,600 million pixels"),
    "a PNG cut short": (files.png_claiming(500, 500), "damaged: no page could be read"),
    "a JPEG head and nothing more": (b"\xff\xd8\xff\xe0" + bytes(50), "damaged: no page could be read"),
    "a PDF that is locked": (
        files.pdf(lambda document: None, encryption=pikepdf.Encryption(user="a", owner="b")),
        "the PDF is encrypted",
    ),
    "a PDF page fifty metres long": (files.pdf(files.with_an_endless_page), "144,000 points long"),
    "a PDF picture of 1,600 million pixels": (files.pdf(files.with_picture_bomb), "page 1 would be 1,600 million"),
    "a PDF whose page tree holds itself": (files.pdf(files.with_a_page_in_its_own_tree), "damaged"),
    "HTML that names PDF": (b"<html>%PDF-1.4<script>alert(1)</script></html>", "damaged: no page could be read"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_comes_back_as_a_plain_reason(name: str) -> None:
    data, reason = HOSTILE[name]
    opened = open_document(data)
    assert opened.pages == ()
    assert opened.trouble is not None
    assert reason in opened.trouble


def test_a_fax_keeps_its_pages_in_true_proportions() -> None:
    opened = open_document(FAX)
    assert (opened.kind, opened.trouble, opened.notes) == ("tiff", None, ())
    assert [(page.number, page.width, page.height, page.dpi) for page in opened.pages] == [
        (1, 1728, 2244, (204.0, 196.0)),
        (2, 1728, 2244, (204.0, 196.0)),
    ]


def test_a_fax_in_standard_mode_is_stretched_and_none_of_its_pixels_is_changed() -> None:
    opened = open_document((files.SAMPLES / "noisy-line.tif").read_bytes())
    with Image.open(files.SAMPLES / "noisy-line.tif") as own, Image.open(io.BytesIO(opened.pages[0].png)) as shown:
        assert own.size == (1728, 1076)
        assert shown.size == (1728, 2240)
        assert shown.mode == "1"
        assert shown.resize(own.size, Image.Resampling.NEAREST).tobytes() == own.tobytes()


def test_the_pages_before_the_damage_are_kept() -> None:
    opened = open_document(files.tiff_broken_on_page_two())
    assert len(opened.pages) == 1
    assert opened.trouble == "damaged after page 1"


def test_pages_that_run_in_a_circle_are_read_once() -> None:
    opened = open_document(files.tiff_in_a_circle())
    assert len(opened.pages) == 2
    assert opened.trouble == "the pages run in a circle after page 2"


def test_a_drawing_that_unfolds_without_end_costs_its_page_only() -> None:
    opened = open_document(files.pdf(files.with_content_bomb, compress_streams=False))
    assert len(opened.pages) == 1
    assert opened.trouble is not None
    assert opened.trouble.startswith("page 2 ")


def test_a_script_is_named_and_not_run() -> None:
    opened = open_document(files.pdf(files.with_script_and_attachment))
    assert len(opened.pages) == 1
    assert set(opened.notes) == {Found("script").words(), Found("attached").words()}


def test_a_pdf_locked_for_its_owner_only_is_read_and_said_to_be_encrypted() -> None:
    opened = open_document(files.pdf(lambda document: None, encryption=pikepdf.Encryption(user="", owner="b")))
    assert len(opened.pages) == 1
    assert opened.notes == (Found("encrypted").words(),)


def test_a_pdf_behind_other_bytes_is_opened_and_said_to_be_so() -> None:
    opened = open_document(b"<html><!-- " + files.pdf(lambda document: None))
    assert opened.kind == "pdf"
    assert opened.notes == (Found("before").words(),)


def test_the_parser_decides_what_a_file_is_not_the_pdf_inside_it() -> None:
    opened = open_document(FAX + files.pdf(lambda document: None))
    assert (opened.kind, len(opened.pages)) == ("tiff", 2)
    assert opened.notes == (Found("pdf").words(),)


def test_a_fax_in_a_pdf_keeps_its_own_grid() -> None:
    picture = files.detainer_picture()
    opened = open_document(files.encoded(picture, "PDF", resolution=204))
    (page,) = opened.pages
    assert page.dpi == pytest.approx((204, 204))
    with Image.open(io.BytesIO(page.png)) as shown:
        assert shown.tobytes() == picture.tobytes()


def test_a_drawn_pdf_page_is_drawn_at_the_resolution_of_a_fax() -> None:
    (page,) = open_document(files.pdf(lambda document: None)).pages
    assert (page.width, page.height, page.dpi) == (1734, 2244, (204.0, 204.0))


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_picture_is_one_page(kind: str) -> None:
    opened = open_document(files.encoded(Image.new("RGB", (600, 800), "white"), kind))
    assert (opened.kind, len(opened.pages), opened.trouble) == (kind.lower(), 1, None)


def test_what_is_transparent_is_paper() -> None:
    (page,) = open_document(files.encoded(Image.new("RGBA", (60, 80), (0, 0, 0, 0)), "PNG")).pages
    with Image.open(io.BytesIO(page.png)) as shown:
        assert shown.getextrema() == (255, 255)


def test_limits_are_kept() -> None:
    assert open_document(FAX, Limits(bytes=1_000)).trouble == "larger than 0 MB"
    one = open_document(FAX, Limits(pages=1))
    assert (len(one.pages), one.trouble) == (1, "more than 1 pages; the first 1 were read")
    small = open_document(FAX, Limits(pixels=1_000_000))
    assert (len(small.pages), small.trouble) == (0, "page 1 would be 4 million pixels")


def test_time_is_kept() -> None:
    opened = open_document(FAX, Limits(seconds=0))
    assert opened.pages == ()
    assert opened.trouble is not None


@settings(max_examples=6, deadline=None)
@given(st.data())
def test_a_fax_with_bytes_overwritten_never_raises(data: st.DataObject) -> None:
    broken = bytearray(FAX)
    for _ in range(data.draw(st.integers(1, 30))):
        broken[data.draw(st.integers(4, len(FAX) - 1))] = data.draw(st.integers(0, 255))
    opened = open_document(bytes(broken))
    assert opened.pages or opened.trouble

"""The kind of a file by its own first bytes, as its parser will want them; and what else its bytes show it to be."""

from lodged.page.found import Found
from lodged.page.picture import MAGIC as PICTURES
from lodged.page.tiff import MAGIC as TIFF

PDF = b"%PDF-"
PDF_WITHIN = 1024  # PDF 1.7, annex H.3.4.1: viewers take the header within the first 1024 bytes
ARCHIVE, ARCHIVE_WITHIN = (
    b"PK\x05\x06",
    65_557,
)  # the end of a ZIP's directory (APPNOTE 4.3.16) with its longest comment


def kind_of(data: bytes) -> str | None:
    """`tiff`, `png`, `jpeg`, `pdf`, or None.

    >>> kind_of(b"II*\\0"), kind_of(b"<html>%PDF-1.4"), kind_of(b"MZ")
    ('tiff', 'pdf', None)
    """
    if data.startswith(TIFF):
        return "tiff"
    for magic, kind in PICTURES.items():
        if data.startswith(magic):
            return kind
    return "pdf" if PDF in data[:PDF_WITHIN] else None


def beside(data: bytes, kind: str | None) -> list[Found]:
    """What the bytes show without a parser: a file that is two kinds at once.

    >>> beside(b"II*\\0 %PDF-1.4", "tiff")
    [Found(code='pdf', count=1)]
    """
    if kind is None:
        return []
    two_kinds = Found("before") if kind == "pdf" else Found("pdf")
    honest = data.startswith(PDF) if kind == "pdf" else PDF not in data
    archive = [Found("archive")] if ARCHIVE in data[-ARCHIVE_WITHIN:] else []
    return archive if honest else [two_kinds, *archive]

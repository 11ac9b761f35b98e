"""What a PDF carries besides its pages is named, wherever it is hidden, in words for a clerk."""

import io
from collections.abc import Callable

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name
from tests.page import files

from lodged.page import open_document
from lodged.page.carried import MOST_ENTRIES, MOST_THINGS, entries, look_around
from lodged.page.found import Found

SCRIPT = Dictionary(S=Name.JavaScript, JS="app.alert(1)")


def annotation(document: pikepdf.Pdf, **parts: object) -> None:
    """An annotation on the page."""
    made = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], **parts)
    document.pages[0].obj.Annots = Array([document.make_indirect(made)])


def form(document: pikepdf.Pdf, *fields: Dictionary, **more: object) -> None:
    """An electronic form."""
    document.Root.AcroForm = Dictionary(Fields=Array([document.make_indirect(field) for field in fields]), **more)


CARRIED: dict[str, tuple[Callable[[pikepdf.Pdf], object], str]] = {
    "a script run at opening": (lambda pdf: setattr(pdf.Root, "OpenAction", SCRIPT), "script"),
    "a script among the names": (
        lambda pdf: setattr(pdf.Root, "Names", Dictionary(JavaScript=Dictionary(Names=["a", SCRIPT]))), "script",
    ),
    "a script at the turn of a page": (lambda pdf: setattr(pdf.pages[0].obj, "AA", Dictionary(O=SCRIPT)), "script"),
    "a script under a link": (lambda pdf: annotation(pdf, A=SCRIPT), "script"),
    "a script after a harmless order": (
        lambda pdf: annotation(pdf, A=Dictionary(S=Name.Named, N=Name.NextPage, Next=Array([SCRIPT]))), "script",
    ),
    "a script of a field": (lambda pdf: form(pdf, Dictionary(T="a", AA=Dictionary(K=SCRIPT))), "script"),
    "a script in an object that nothing names": (lambda pdf: pdf.Root.__setitem__("/X", pdf.make_indirect(SCRIPT)), "script"),
    "an order to start a program": (lambda pdf: annotation(pdf, A=Dictionary(S=Name.Launch, F="cmd.exe")), "launch"),
    "a link into the world": (lambda pdf: annotation(pdf, A=Dictionary(S=Name.URI, URI="http://x.example")), "action"),
    "an order to send the form": (lambda pdf: annotation(pdf, A=Dictionary(S=Name.SubmitForm, F="http://x.example")), "action"),
    "a film": (lambda pdf: annotation(pdf, AP=Dictionary(Subtype=Name.RichMedia)), "media"),
    "a second form": (lambda pdf: form(pdf, XFA=pikepdf.Stream(pdf, b"<xdp/>")), "xfa"),
    "layers": (lambda pdf: setattr(pdf.Root, "OCProperties", Dictionary(OCGs=Array([]))), "layers"),
    "a signature": (lambda pdf: form(pdf, Dictionary(T="s", FT=Name.Sig, V=Dictionary(Filter=Name("/A")))), "signature"),
    "content that lies in another file": (
        lambda pdf: setattr(pdf.pages[0].obj, "Contents", pikepdf.Stream(pdf, b"", F="/etc/passwd")), "action",
    ),
    "an attached file": (lambda pdf: pdf.attachments.__setitem__("a.exe", b"MZ"), "attached"),
    "a field that was filled in": (lambda pdf: form(pdf, Dictionary(T="Name", FT=Name.Tx, V="A. N. Invented")), "entries"),
}  # fmt: skip


@pytest.mark.parametrize("name", CARRIED)
def test_it_is_found_and_told(name: str) -> None:
    fill, code = CARRIED[name]
    with pikepdf.open(io.BytesIO(files.pdf(fill))) as document:
        told = [found.code for found in look_around(document)]
        assert code in told or (code == "entries" and entries(document))


def test_a_plain_page_carries_nothing() -> None:
    with pikepdf.open(io.BytesIO(files.pdf(lambda document: None))) as document:
        assert look_around(document) == []
        assert entries(document) == []


def test_fields_stand_beside_the_page_with_what_they_say() -> None:
    def fill(document: pikepdf.Pdf) -> None:
        kid = Dictionary(T="First", FT=Name.Tx, V="ODALIS")
        form(
            document,
            Dictionary(T="Subject", Kids=Array([document.make_indirect(kid)])),
            Dictionary(T="Agree", FT=Name.Btn, V=Name.Yes),
            Dictionary(T="Not", FT=Name.Btn, V=Name.Off),
            Dictionary(T="Empty", FT=Name.Tx),
            Dictionary(T="Chosen", FT=Name.Ch, V=Array(["a", "b"])),
        )

    opened = open_document(files.pdf(fill))
    assert opened.entries == (("Subject.First", "ODALIS"), ("Agree", "Yes"), ("Chosen", "a, b"))
    assert Found("entries", 3).words() in opened.notes
    assert len(opened.pages) == 1


def test_fields_that_hold_themselves_or_come_without_end_are_bounded() -> None:
    def fill(document: pikepdf.Pdf) -> None:
        many = [Dictionary(T=f"f{number}", V="x") for number in range(MOST_ENTRIES + 50)]
        form(document, *many)
        first = document.Root.AcroForm.Fields[0]
        first.Kids = Array([first, first])

    opened = open_document(files.pdf(fill))
    assert len(opened.entries) == MOST_ENTRIES


def test_a_file_too_large_to_be_looked_through_says_so() -> None:
    def fill(document: pikepdf.Pdf) -> None:
        document.Root.X = Array([document.make_indirect(Dictionary(A=1)) for _ in range(MOST_THINGS)])

    with pikepdf.open(io.BytesIO(files.pdf(fill))) as document:
        assert look_around(document) == [Found("unswept")]


def test_what_a_file_carries_is_told_even_where_the_drawing_ends_the_child() -> None:
    def fill(document: pikepdf.Pdf) -> None:
        files.with_script_and_attachment(document)
        files.with_content_bomb(document)
        del document.pages[0]

    opened = open_document(files.pdf(fill, compress_streams=False))
    assert opened.trouble is not None
    assert Found("script").words() in opened.notes
    assert Found("attached").words() in opened.notes

"""A file with a script, an attachment, fields of its own: the clerk is told, takes home a flat copy, is warned of the rest."""

import io
from collections.abc import Callable

import pikepdf
import pytest
from django.test import Client
from django.urls import reverse
from pikepdf import Array, Dictionary, Name
from pytest_django import Settings
from tests.page import files
from tests.web.conftest import Office

from lodged.office.arrivals import shelf
from lodged.office.arrivals.acts import Delivery, receive
from lodged.office.arrivals.models import Arrival
from lodged.office.desk.rounds import Round
from lodged.page import open_document

Visit = Callable[[str], Client]


def hostile(document: pikepdf.Pdf) -> None:
    """A script, an attached program, a field that says what the page does not."""
    files.with_script_and_attachment(document)
    field = Dictionary(T="Subject", FT=Name.Tx, V="ODALIS MARTILLO")
    document.Root.AcroForm = Dictionary(Fields=Array([document.make_indirect(field)]))


@pytest.fixture
def arrival(office: Office) -> Arrival:
    """Such a file, taken in and read."""
    made = receive(Delivery(files.pdf(hostile), "us-ny-nyc/doc", "counter", "a.pdf"), office.at)
    Round(office.at).advance(made)
    return made


def test_the_paper_says_in_sentences_what_the_file_carries(arrival: Arrival, visit: Visit) -> None:
    html = visit("clerk").get(reverse("paper", args=[arrival.number, 1])).content.decode()
    assert "The file carries more than its pages" in html
    assert "It holds a script (JavaScript). It was not run here." in html
    assert "A file is attached to it. The attached file was not opened." in html
    assert "ODALIS MARTILLO" in html
    assert reverse("copy", args=[arrival.number]) in html


def test_the_file_itself_is_given_only_after_a_warning_and_never_shown(arrival: Arrival, visit: Visit) -> None:
    client = visit("clerk")
    where = reverse("original", args=[arrival.number])
    warning = client.get(where)
    assert "Do not open this file on this computer" in warning.content.decode()
    given = client.get(where, {"knowing": "1"})
    assert given.content == shelf.take(arrival.sha256)
    assert given.headers["Content-Type"] == "application/octet-stream"
    assert given.headers["Content-Disposition"].startswith("attachment;")
    assert given.headers["X-Content-Type-Options"] == "nosniff"
    assert given.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_a_file_that_carries_nothing_is_given_at_once(office: Office, visit: Visit) -> None:
    given = visit("clerk").get(reverse("original", args=[office.paper().number]))
    assert given.headers["Content-Type"] == "application/octet-stream"
    assert given.headers["X-Content-Type-Options"] == "nosniff"


def test_the_copy_is_pictures_and_nothing_else(arrival: Arrival, visit: Visit) -> None:
    given = visit("clerk").get(reverse("copy", args=[arrival.number]))
    assert given.headers["Content-Disposition"].startswith("attachment;")
    assert given.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    opened = open_document(given.content)
    assert (len(opened.pages), opened.notes, opened.entries, opened.trouble) == (1, (), (), None)
    with pikepdf.open(io.BytesIO(given.content)) as document:
        kinds = {
            str(thing.get("/Type")) for thing in document.objects if isinstance(thing, Dictionary | pikepdf.Stream)
        }
    assert kinds <= {"/Catalog", "/Pages", "/Page", "/XObject", "None"}


def test_a_page_is_shown_as_a_picture_that_can_do_nothing(arrival: Arrival, visit: Visit) -> None:
    shown = visit("clerk").get(reverse("page_picture", args=[arrival.number, 1]))
    assert shown.headers["Content-Type"] == "image/png"
    assert shown.headers["X-Content-Type-Options"] == "nosniff"
    assert shown.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_what_a_broken_file_carries_is_told_too(office: Office, visit: Visit) -> None:
    def fill(document: pikepdf.Pdf) -> None:
        hostile(document)
        files.with_an_endless_page(document)

    made = receive(Delivery(files.pdf(fill), "us-ny-nyc/doc", "counter", "a.pdf"), office.at)
    Round(office.at).advance(made)
    html = visit("clerk").get(reverse("paper", args=[made.number, 1])).content.decode()
    assert "This paper could not be read" in html
    assert "It holds a script (JavaScript)." in html


def test_the_administrator_sees_what_stands_guard(office: Office, visit: Visit, settings: Settings) -> None:
    settings.LODGED_CLAMAV = "/nowhere/clamd.ctl"
    html = visit("admin").get(reverse("safety")).content.decode()
    assert "A file that means harm cannot reach the network." in html
    assert "The virus scanner does not answer" in html
    assert "40 MB" in html

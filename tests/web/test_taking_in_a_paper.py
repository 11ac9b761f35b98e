"""The counter: whatever is handed over has its number and its receipt before anybody has read a word."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.web.conftest import Office

from lodged.office.arrivals.models import Arrival
from lodged.office.desk.pages import take_in
from lodged.page import DEFAULT, Limits, open_document

Visit = Callable[[str], Client]


def hand_over(client: Client, document: bytes, **headers: str) -> Arrival | None:
    """Post a file as the counter's form does; gives the arrival it made, if it made one."""
    told = {"document": SimpleUploadedFile("scan.tif", document), "brought_by": "a process server"}
    response = client.post(reverse("take_in"), told, headers=headers)
    if response.status_code == 422:
        return None
    arrival = Arrival.objects.latest("id")
    where = reverse("arrival", args=[arrival.number])
    assert response.headers.get("HX-Redirect", response.headers.get("Location")) == where
    return arrival


def test_the_receipt_is_there_before_the_paper_is_read(office: Office, visit: Visit) -> None:
    client = visit("clerk")
    arrival = hand_over(client, b"not a document at all")
    assert arrival is not None
    assert arrival.taken_in_by == office.staff["clerk"]
    assert arrival.claims == {"brought_by": "a process server"}
    page = client.get(reverse("arrival", args=[arrival.number])).content.decode()
    assert "Reading it" in page
    assert reverse("receipt", args=[arrival.number]) in page
    receipt = client.get(reverse("receipt", args=[arrival.number]))
    assert receipt.content.startswith(b"%PDF")
    assert client.get(reverse("receipt", args=[arrival.number])).content == receipt.content


def test_a_file_nobody_can_open_lands_on_its_paper_with_the_reason(office: Office, visit: Visit) -> None:
    client = visit("clerk")
    arrival = hand_over(client, b"not a document at all")
    assert arrival is not None
    done = client.post(reverse("advance", args=[arrival.number]), follow=True)
    assert done.request["PATH_INFO"] == reverse("paper", args=[arrival.number, 1])
    assert "This paper could not be read" in done.content.decode()


def test_the_page_that_waits_is_told_when_it_is_done(office: Office, visit: Visit) -> None:
    client = visit("clerk")
    arrival = hand_over(client, b"junk", HX_Request="true")
    assert arrival is not None
    doing = reverse("doing", args=[arrival.number])
    assert "Waiting for its turn" in client.get(doing).content.decode()
    asked = client.post(reverse("advance", args=[arrival.number]), headers={"HX-Request": "true"})
    assert asked.headers["HX-Redirect"] == reverse("arrival", args=[arrival.number])
    assert client.get(doing).headers["HX-Redirect"] == reverse("arrival", args=[arrival.number])


def test_asked_twice_at_once_it_is_read_once(office: Office, visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    client = visit("clerk")
    arrival = hand_over(client, b"junk")
    assert arrival is not None
    monkeypatch.setitem(take_in._doing, arrival.number, "reading page 1 of 2")
    assert client.post(reverse("advance", args=[arrival.number])).status_code == 204
    assert not arrival.papers.exists()
    assert "Reading page 1 of 2" in client.get(reverse("doing", args=[arrival.number])).content.decode()


def test_an_empty_file_is_sent_back_with_what_to_do(office: Office, visit: Visit) -> None:
    client = visit("clerk")
    assert hand_over(client, b"") is None
    told = {"document": SimpleUploadedFile("scan.tif", b""), "brought_by": ""}
    assert "Scan the paper again" in client.post(reverse("take_in"), told).content.decode()
    assert "This field is required" in client.post(reverse("take_in"), {}).content.decode()


def test_a_file_too_large_to_keep_is_refused_in_words(
    office: Office, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(take_in, "DEFAULT", Limits(bytes=2**20))
    told = {"document": SimpleUploadedFile("scan.tif", bytes(2**20 + 1)), "brought_by": ""}
    assert "larger than 1 MB" in visit("clerk").post(reverse("take_in"), told).content.decode()
    assert DEFAULT.bytes > 2**20


def test_how_large_a_file_may_be_is_said_before_it_is_sent_and_by_the_same_figure(office: Office, visit: Visit) -> None:
    page = visit("clerk").get(reverse("take_in")).content.decode()
    assert f"up to {take_in.megabytes()} MB" in page
    trouble = open_document(bytes(DEFAULT.bytes + 1)).trouble
    assert trouble == f"larger than {take_in.megabytes()} MB"

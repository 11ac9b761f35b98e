"""A document that the virus scanner knows: sealed and receipted like any other, not opened, released by a person or kept shut."""

import socket
import threading
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from lodged.office.arrivals import clamav
from lodged.office.arrivals.acts import Delivery, receive
from lodged.office.arrivals.models import Arrival
from lodged.office.desk.pages.lines import lines
from lodged.office.desk.rounds import Round
from lodged.office.home import Home
from lodged.office.readings import pictures, quarantine
from lodged.office.readings.finds import newest
from lodged.office.readings.models import Quarantine
from lodged.office.seals.models import Entry
from lodged.office.staff.models import User
from lodged.problem import ProblemsError
from tests.office.clamd import EICAR, KNOWN_AS, STREAM_MEGABYTES, clamd
from tests.office.conftest import JAIL, fax


@pytest.fixture(scope="module")
def scanner(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A real clamd for these tests."""
    with clamd(tmp_path_factory.mktemp("clamd")) as line:
        yield line


@pytest.fixture(autouse=True)
def asked(scanner: Path, settings: Settings) -> None:
    """The office asks it."""
    settings.LODGED_CLAMAV = str(scanner)


def came(document: bytes, at: datetime) -> Arrival:
    """A document that came and was taken as far as a machine may."""
    arrival = receive(Delivery(document, JAIL, "counter", "a.pdf"), at)
    Round(at).advance(arrival)
    return arrival


def test_it_is_sealed_and_receipted_and_not_opened(home: Home, at: datetime) -> None:
    arrival = came(EICAR, at)
    assert arrival.seal.receipt.body
    assert Quarantine.objects.get(arrival=arrival).known_as == KNOWN_AS
    assert Entry.objects.filter(kind="DocumentQuarantined").count() == 1
    assert not arrival.papers.exists()
    assert pictures.picture(arrival, 1) is None


def test_however_often_the_porter_comes_round_it_is_held_once(home: Home, at: datetime) -> None:
    arrival = came(EICAR, at)
    Round(at).everything()
    assert Quarantine.objects.filter(arrival=arrival).count() == 1
    assert not arrival.papers.exists()


def test_the_desk_and_its_page_say_so(staff: dict[str, User], at: datetime) -> None:
    arrival = came(EICAR, at)
    (line,) = lines()
    assert line.need.alarm
    assert KNOWN_AS in line.need.words
    client = Client()
    client.force_login(staff["clerk"], backend="django.contrib.auth.backends.ModelBackend")
    html = client.get(reverse("arrival", args=[arrival.number])).content.decode()
    assert "Held back, not opened" in html
    assert KNOWN_AS in html
    assert reverse("receipt", args=[arrival.number]) in html
    assert "hx-trigger" not in html
    assert "Do not open this file" in client.get(reverse("original", args=[arrival.number])).content.decode()
    assert client.get(reverse("copy", args=[arrival.number])).status_code == 404


def test_a_person_releases_it_with_a_reason_and_it_is_read(staff: dict[str, User], at: datetime) -> None:
    arrival = came(EICAR, at)
    client = Client()
    client.force_login(staff["clerk"], backend="django.contrib.auth.backends.ModelBackend")
    where = reverse("quarantine", args=[arrival.number])
    client.post(where, {"opens": "", "reason": " "})
    assert not arrival.papers.exists()
    client.post(where, {"opens": "", "reason": "the sender telephoned: it is a test of the scanner"})
    reading = newest(arrival.papers.get())
    assert reading.trouble == "not a TIFF, PDF, PNG or JPEG file"
    assert reading.body["scanned"] == "released by a person"
    assert Entry.objects.filter(kind="DocumentReleased").count() == 1


def test_kept_shut_it_leaves_the_desk_and_can_still_be_released(staff: dict[str, User], at: datetime) -> None:
    arrival = came(EICAR, at)
    held = Quarantine.objects.get(arrival=arrival)
    quarantine.answer(held, False, "the sender brought the paper by hand", staff["clerk"], at)
    Round(at).everything()
    assert not arrival.papers.exists()
    assert lines() == []
    quarantine.answer(held, True, "the scanner's signature was withdrawn", staff["counsel"], at)
    Round(at).everything()
    assert arrival.papers.exists()


def test_an_answer_without_a_reason_is_none(staff: dict[str, User], at: datetime) -> None:
    held = Quarantine.objects.get(arrival=came(EICAR, at))
    with pytest.raises(ProblemsError, match="nothing is written here"):
        quarantine.answer(held, True, "  ", staff["clerk"], at)
    assert not held.is_released()


def test_what_the_scanner_does_not_know_is_read_and_says_so(home: Home, at: datetime) -> None:
    arrival = came(fax("detainer-with-warrant.tif"), at)
    assert newest(arrival.papers.get()).body["scanned"] == quarantine.NOTHING_FOUND


def test_a_scanner_that_does_not_answer_stops_no_paper_and_is_told(
    home: Home, at: datetime, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.LODGED_CLAMAV = str(home.folder / "nobody")
    arrival = came(b"junk", at)
    assert newest(arrival.papers.get()).body["scanned"] == "not scanned: the scanner gave no verdict"
    assert f"{arrival.number} was not scanned" in caplog.text


def test_a_document_longer_than_the_scanner_takes_has_no_verdict() -> None:
    with pytest.raises(clamav.ScannerError, match="limit exceeded"):
        clamav.scan(bytes(STREAM_MEGABYTES * 3 * 2**20))


def test_the_scanner_tells_what_it_is() -> None:
    assert clamav.version().startswith("ClamAV ")


@pytest.mark.parametrize("said", [b"", b"stream: \xff\xfe FOUNDLING\0", b"A" * 100_000])
def test_words_that_are_no_verdict_are_none(said: bytes, settings: Settings) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        settings.LODGED_CLAMAV = f"127.0.0.1:{server.getsockname()[1]}"

        def answer() -> None:
            line, _ = server.accept()
            with line, suppress(OSError):
                line.recv(10)
                line.sendall(said)
                line.shutdown(socket.SHUT_WR)
                while line.recv(65_536):
                    pass

        thread = threading.Thread(target=answer)
        thread.start()
        with pytest.raises(clamav.ScannerError):
            clamav.scan(b"a document")
        thread.join()

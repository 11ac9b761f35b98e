"""Twenty hostile files: each is taken in, sealed and receipted before anybody opens it, and waits on the desk like any paper."""

from datetime import datetime

import pytest

from lodged.log.receipt import check
from lodged.office.arrivals import recheck
from lodged.office.arrivals.acts import Delivery, receive
from lodged.office.arrivals.models import Arrival
from lodged.office.desk.rounds import Round
from lodged.office.home import Home
from lodged.office.readings import acts
from lodged.office.readings.finds import newest
from lodged.page import Limits, Opened, open_document
from tests.office.conftest import JAIL
from tests.page.test_hostile import all_files

SAMPLE = 20


@pytest.fixture(autouse=True)
def three_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    """No file has longer than three seconds here; nothing else is changed."""

    def bounded(document: bytes) -> Opened:
        return open_document(document, Limits(seconds=3))

    monkeypatch.setattr(acts, "open_document", bounded)


def sample(first: int) -> list[tuple[str, bytes]]:
    """A spread of the hostile files."""
    every = all_files()
    return list(every[first :: len(every) // SAMPLE])[:SAMPLE]


def test_each_has_its_place_and_its_receipt_before_it_is_opened(home: Home, at: datetime) -> None:
    for name, document in sample(3):
        arrival = receive(Delivery(document, JAIL, "fax", name), at)
        receipt = Round(at).receipt(arrival)
        verdict = check(bytes(receipt.body), document, None)
        assert (verdict.ok, verdict.document_matches) == (True, True), name
        assert not arrival.papers.exists()
    assert list(recheck.recheck()) == []


@pytest.mark.hostile
def test_each_becomes_a_paper_that_waits_for_somebody(home: Home, at: datetime) -> None:
    for name, document in sample(7):
        arrival = receive(Delivery(document, JAIL, "fax", name), at)
        Round(at).advance(arrival)
        paper = arrival.papers.first()
        assert paper is not None, name
        reading = newest(paper)
        assert reading.trouble or paper.pages, name
    assert Arrival.objects.filter(papers__isnull=True).count() == 0
    assert list(recheck.recheck()) == []

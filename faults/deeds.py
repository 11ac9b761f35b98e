"""What is done in an office under test: take a paper in, and check it. Imported once Django is set up."""

import os
import stat
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from django.db import connection

from faults.office import CUSTODIAN, Expected, Tell
from lodged.log import check, trust
from lodged.office.arrivals import shelf
from lodged.office.arrivals.acts import Delivery, receive
from lodged.office.arrivals.models import Arrival
from lodged.office.arrivals.recheck import recheck as recheck_arrivals
from lodged.office.desk.rounds import Round
from lodged.office.seals import heads
from lodged.office.seals.models import Receipt
from lodged.office.seals.recheck import recheck as recheck_log


def take_in(document: bytes, tell: Tell) -> None:
    """Start the log, take one paper in, and hand its receipt out: the number and SHA-256 of it are told."""
    at = datetime.now(UTC)
    heads.start(at)
    arrival = receive(Delivery(document, CUSTODIAN, "fax", "fax000000001.tif"), at)
    receipt = Round(at).receipt(arrival)
    tell({"number": receipt.number, "sha256": receipt.sha256})
    connection.close()


def take_in_carelessly(document: bytes, tell: Tell) -> None:
    """The same, with nothing ever synced: what the checks must notice."""
    os.fsync = _nothing
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous = OFF")
    take_in(document, tell)


def take_in_without_folders(document: bytes, tell: Tell) -> None:
    """The same, with files synced and folders not: what the checks must notice too."""
    synced = os.fsync

    def files_alone(fd: Any) -> None:
        if not stat.S_ISDIR(os.fstat(fd).st_mode):
            synced(fd)

    os.fsync = files_alone
    take_in(document, tell)


def _nothing(fd: object) -> None:
    """Sync nothing."""


def opened_again(expected: Expected, next_paper: bytes, tell: Tell) -> None:
    """Start the log after a fault and tell everything that is wrong, as `{"wrong": …}`; tells `{"whole": "yes"}` at the end."""
    at = datetime.now(UTC)
    heads.start(at)
    for arrival in Arrival.objects.filter(seal__receipt__isnull=True):  # as every start does
        Round(at).receipt(arrival)
    for what in (*_faults(), *_lost(expected)):
        tell({"wrong": what})
    take_in(next_paper, lambda _: None)
    for what in (*_faults(), *_lost(expected)):
        tell({"wrong": f"after the next paper: {what}"})
    tell({"whole": "yes"})


def _faults() -> Iterator[str]:
    for fault in (*recheck_log(), *recheck_arrivals()):
        yield f"{fault.where}: {fault.what}"


def _lost(expected: Expected) -> Iterator[str]:
    """Receipts that were handed out and are not there, or do not prove their documents."""
    for number, digest in expected.items():
        receipt = Receipt.objects.select_related("entry__arrival").filter(number=number, sha256=digest).first()
        if receipt is None:
            yield f"receipt {number} was handed out and is lost"
            continue
        document = shelf.take(receipt.entry.arrival.sha256)
        verdict = check(bytes(receipt.body), document, trust(heads.key().vkey))
        if not (verdict.trusted and verdict.document_matches):
            yield f"receipt {number} proves nothing: {verdict.why}"

"""A document that the virus scanner knows is held back: kept, sealed and receipted, and not opened until a person says so."""

import logging
from dataclasses import dataclass
from datetime import datetime

from lodged.office.arrivals import clamav
from lodged.office.arrivals.models import Arrival
from lodged.office.readings.models import Quarantine, QuarantineAnswer
from lodged.office.seals.acts import Sealed, enter
from lodged.office.seals.docket import docket
from lodged.office.staff.models import User
from lodged.problem import Problem, ProblemsError

LOG = logging.getLogger("lodged.readings")
NOTHING_FOUND = "nothing found"


@dataclass(frozen=True, slots=True)
class Scanned:
    """What the scanner said: `known_as` is empty for nothing; `words` say it, empty where there is no scanner."""

    known_as: str
    words: str


def quarantine_of(arrival: Arrival) -> Quarantine | None:
    """The quarantine of an arrival, whatever was answered since."""
    return Quarantine.objects.filter(arrival=arrival).first()


def is_held(arrival: Arrival) -> bool:
    """Whether the document must not be opened."""
    found = quarantine_of(arrival)
    return found is not None and not found.is_released()


def scan(arrival: Arrival, document: bytes) -> Scanned:
    """Ask the scanner, where there is one. A scanner that does not answer stops no paper: the sandbox holds, and it is said."""
    if not clamav.address():
        return Scanned("", "")
    if quarantine_of(arrival) is not None:
        return Scanned("", "released by a person")
    try:
        known_as = clamav.scan(document)
    except clamav.ScannerError as error:
        LOG.warning("%s was not scanned for viruses: %s", arrival.number, error)
        return Scanned("", "not scanned: the scanner gave no verdict")
    return Scanned(known_as, known_as or NOTHING_FOUND)


def put_in(arrival: Arrival, known_as: str, at: datetime) -> Quarantine:
    """Hold a document back under the name that the scanner gave."""
    LOG.warning("%s is held back: the virus scanner knows it", arrival.number)
    with docket(at):
        entry = enter(
            Sealed(
                kind="DocumentQuarantined",
                custodian=arrival.custodian,
                number=arrival.number,
                facts={"scanner": "ClamAV"},
                private={"known_as": known_as},
            ),
            at,
        )
        return Quarantine.objects.create(arrival=arrival, known_as=known_as, at=at, seal=entry)


def answer(held: Quarantine, opens: bool, reason: str, by: User, at: datetime) -> QuarantineAnswer:
    """A person says that the document is to be opened all the same, or stays shut; raises ProblemsError without a reason."""
    if not reason.strip():
        raise ProblemsError([Problem("reason", "nothing is written here", "say how you know")])
    arrival = held.arrival
    with docket(at):
        entry = enter(
            Sealed(
                kind="DocumentReleased" if opens else "DocumentKeptShut",
                custodian=arrival.custodian,
                number=arrival.number,
                facts={"by": by.username},
                private={"reason": reason.strip()},
            ),
            at,
        )
        return QuarantineAnswer.objects.create(
            quarantine=held, opens=opens, reason=reason.strip(), by=by, at=at, seal=entry
        )

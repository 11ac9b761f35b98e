"""Everything of ours that a claim is held against: the spools, the docket, the log's own signs of life, our numbers."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings

from lodged.dispute import Arrival as Filed
from lodged.dispute import OurNumbers, Records, Sheet, read_numbers, records
from lodged.dispute.hear import BytesOf
from lodged.dispute.match import claimed
from lodged.fax import Spool, read_spool
from lodged.law.custodians import CUSTODIANS
from lodged.log.entry import Event, parse_event
from lodged.office.arrivals import shelf
from lodged.office.arrivals.models import Arrival, Channel
from lodged.office.custodians import custodian as with_id
from lodged.office.seals.models import Entry
from lodged.problem import ProblemsError

AROUND = timedelta(days=2)
LARGEST = 60_000_000


def spools() -> list[tuple[Path, Spool]]:
    """The spools of our fax servers that can be read now."""
    found = []
    for folder in settings.LODGED_SPOOLS:
        try:
            found.append((folder, read_spool(folder)))
        except ProblemsError:
            continue  # named by `unread`: a finding says which spool could not be read
    return found


def unread() -> list[str]:
    """The spools that are set and cannot be read."""
    readable = {folder for folder, _ in spools()}
    return [str(folder) for folder in settings.LODGED_SPOOLS if folder not in readable]


def numbers() -> OurNumbers:
    """The list of our numbers and mailboxes; empty, and so said, where none is set or it cannot be read."""
    if settings.LODGED_NUMBERS is None:
        return OurNumbers()
    try:
        return read_numbers(settings.LODGED_NUMBERS.read_text(encoding="utf-8"), str(settings.LODGED_NUMBERS))
    except (OSError, ProblemsError):
        return OurNumbers()


def ours(custodian: str, sheets: Iterable[Sheet]) -> Records:
    """Our records around the hours that the sheets claim."""
    zone = with_id(custodian).zone
    hours = [found for sheet in sheets if (found := claimed(sheet, zone))]
    since = min((first for first, _ in hours), default=datetime.max.replace(tzinfo=UTC))
    until = max((last for _, last in hours), default=datetime.min.replace(tzinfo=UTC))
    around = (since - AROUND, until + AROUND) if hours else (until, until)
    read = [spool for _, spool in spools()]
    return records(read, numbers(), zone, _events(*around), _docket(custodian, *around))


def _events(since: datetime, until: datetime) -> list[Event]:
    entries = Entry.objects.filter(at__gte=since, at__lte=until).values_list("event", flat=True)
    return [parse_event(bytes(event)) for event in entries]


def _docket(custodian: str, since: datetime, until: datetime) -> list[Filed]:
    """Faxes of the docket; one that lies with another custodian is here, and not where it belongs."""
    arrivals = Arrival.objects.filter(channel=Channel.FAX, received_at__gte=since, received_at__lte=until + AROUND)
    return [
        Filed(
            number=arrival.number,
            received_at=arrival.received_at,
            sha256=arrival.sha256,
            pages=_pages(arrival),
            called=arrival.claims.get("called"),
            filed=arrival.custodian == custodian,
            filed_under=arrival.custodian,
        )
        for arrival in arrivals
    ]


def _pages(arrival: Arrival) -> int | None:
    folder = settings.HOME.pages / arrival.number
    return len(list(folder.glob("*.png"))) or None if folder.is_dir() else None


def bytes_of() -> BytesOf:
    """The bytes of a received file by its hash, from the spools or from the shelf."""
    places = {file.sha256: folder / file.name for folder, spool in spools() for file in spool.received}

    def read(sha256: str) -> bytes | None:
        try:
            if shelf.place(sha256).exists():
                return shelf.take(sha256)
            with places[sha256].open("rb") as stream:
                return stream.read(LARGEST)
        except (KeyError, OSError, shelf.ShelfError):
            return None

    return read


def to_search(custodian: str) -> list[str]:
    """Every place that must be searched before anybody says that nothing came (safeguard 5).

    Every number, every spool, every mailbox, and every custodian of the same place.
    """
    lines = numbers().lines
    places = [f"mailbox {line}" if "@" in line else f"number {line}" for line in sorted(lines)]
    places += [f"fax server {name}" for name in dict.fromkeys(folder.name for folder in settings.LODGED_SPOOLS)]
    places += [f"custodian {CUSTODIANS[one].name}" for one in siblings(custodian)]
    return places


def siblings(custodian: str) -> list[str]:
    """Other custodians of the same place: a paper meant for one is often sent to another."""
    place = custodian.split("/")[0]
    return [one for one in CUSTODIANS if one != custodian and one.split("/")[0] == place]

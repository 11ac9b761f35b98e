"""A sweep of a fax server's spool: a whole paper that the server's own log has no row of becomes an arrival by itself.

A receiver that is killed after it has confirmed the last page leaves a whole file, no row, and calls no hook; an
intake that trusts the hook would honestly deny a paper it holds. What is not whole is left where it is, and named.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from lodged.dispute.sides import Call, calls_of
from lodged.fax import Received, Spool, read_spool
from lodged.office.arrivals.acts import Delivery, receive
from lodged.office.arrivals.finds import same_document
from lodged.office.arrivals.models import Arrival, Channel
from lodged.office.custodians import custodian as with_id
from lodged.office.seals import receipts

QUIET = timedelta(minutes=2)  # a normal call writes its row within seconds of its last page
QUIET_UNTRACED = timedelta(minutes=15)  # longer than any call measured: without a trace nothing tells that it ended
LARGEST = 60_000_000


@dataclass(frozen=True, slots=True)
class Left:
    """A file that was not taken in, and why."""

    file: str
    why: str


@dataclass(frozen=True, slots=True)
class Swept:
    """What a sweep did: papers taken in, files that the docket has already, files left where they are."""

    spool: str
    taken: tuple[Arrival, ...]
    known: int
    left: tuple[Left, ...]


def sweep(folder: Path, custodian: str, at: datetime, with_rows: bool = False) -> Swept:
    """Sweep one spool; done twice, nothing is taken in twice. Raises `ProblemsError` where there is no spool.

    `with_rows` takes in also what the server's log has a row of and nobody handed over: a hook that failed.
    """
    spool = read_spool(folder)
    zone = with_id(custodian).zone
    taken: list[Arrival] = []
    left: list[Left] = []
    known = 0
    for call in calls_of(spool, zone):
        for file in call.files:
            why = _why_not(call, file, at, with_rows)
            if same_document(file.sha256).exists():
                known += 1
            elif why:
                left.append(Left(file.name, why))
            else:
                taken += _take_in(folder, call, file, custodian, at, left)
    return Swept(spool.name, tuple(taken), known, tuple(left))


def waiting(spool: Spool, custodian: str, at: datetime) -> Iterator[Received]:
    """The files that a sweep would take in now."""
    for call in calls_of(spool, with_id(custodian).zone):
        for file in call.files:
            if not _why_not(call, file, at, with_rows=False) and not same_document(file.sha256).exists():
                yield file


def _why_not(call: Call, file: Received, at: datetime, with_rows: bool) -> str:
    """Why a file is left; empty for one that is whole and that nobody wrote down."""
    if not file.whole:
        return file.trouble or "it holds no page"
    if call.has_document_row:
        return "" if with_rows and call.complete else "the fax server's log has a row of it"
    quiet = QUIET if call.trace and call.final else QUIET_UNTRACED
    ended = call.ended or call.started
    if ended and at - ended < quiet:
        return "it may still be coming"
    if call.trace and call.confirmed is not None and not call.final:
        return f"only {call.confirmed} of its pages were confirmed: the call broke off"
    return ""


def _take_in(
    folder: Path, call: Call, file: Received, custodian: str, at: datetime, left: list[Left]
) -> Iterator[Arrival]:
    try:
        with (folder / file.name).open("rb") as stream:
            document = stream.read(LARGEST)
    except OSError as error:
        left.append(Left(file.name, (error.strerror or "it cannot be read").lower()))
        return
    arrival = receive(Delivery(document, custodian, Channel.FAX, file.name, _claims(call)), at)
    receipts.issue(receipts.Received(arrival.custodian, arrival.seal, bytes(arrival.salt)), at)
    yield arrival


def _claims(call: Call) -> dict[str, str]:
    """What the server kept of the call; who the caller says it is can be set by anybody."""
    told = {
        "station": call.station_id,
        "caller": call.caller or "",
        "called": call.called or "",
        "call": call.commid,
        "server_time": call.started.astimezone(UTC).isoformat(timespec="seconds") if call.started else "",
        "found_by": "sweep of the fax server",
    }
    return {name: value for name, value in told.items() if value}

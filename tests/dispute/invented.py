"""A fax server that never was: rows, traces and files made to order, for the boundaries that no real call hits."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

from lodged.dispute import OurNumbers, Printed, Records, Result, Sheet, records
from lodged.fax import Frame, Received, Row, Spool, Trace
from lodged.log.entry import Clocks, Event

REAL = Path(__file__).parent / "data"
PUBLISHED, OTHER, STRANGER, SENDER = "+15125550199", "+15125550198", "+15125550169", "+15125550100"
NUMBERS = OurNumbers({PUBLISHED: "for process", OTHER: "another"}, frozenset({PUBLISHED}), given=True)
HOUR = datetime(2026, 11, 24, 15, 30, 20)
STATION = "ERO FIELD 5125550100"
IDS = ("ERO FIELD", "15125550100", "", PUBLISHED[1:])


def rows(
    commid: str = "000000007", pages: int = 2, length: int = 57, at: datetime = HOUR, called: str = PUBLISHED, reason: str = "",
    station: str = STATION, document: bool = True,
) -> tuple[Row, ...]:  # fmt: skip
    """The rows of one call; no RECV row without a document."""
    ids = (*IDS[:3], called[1:])
    minute = at.replace(second=0)
    call = Row("CALL", minute, commid, "ttyS0", "", PUBLISHED, "", 0, length, length, reason, ids)
    name = f"recvq/fax{commid}.tif"
    recv = Row("RECV", minute, commid, "ttyS0", name, PUBLISHED, station, pages, length, length, reason, ids)
    return (recv, call) if document else (call,)


def trace(
    commid: str = "000000007", confirmed: int | None = 2, final: bool = True, length: float = 57, at: datetime = HOUR,
    ended: bool = True, called: str = PUBLISHED, refused: str = "", process: str = "100", station: str = STATION,
) -> Trace:  # fmt: skip
    """The session trace of one call."""
    return Trace(
        commid, at, at + timedelta(seconds=length), ended, process, True, PUBLISHED, (*IDS[:3], called[1:]), station, confirmed,
        final, False, refused, "", (f"recvq/fax{commid}.tif",) if ended else (),
    )  # fmt: skip


def file(commid: str = "000000007", pages: int = 2, at: datetime | None = HOUR, trouble: str | None = None) -> Received:
    """A received file."""
    name = f"recvq/fax{commid}.tif"
    return Received(
        name, sha256(name.encode()).hexdigest(), 1000, (Frame(1728, 2156),) * pages, trouble, STATION, IDS, at
    )


def spool(
    rows: Sequence[Row] = (), traces: Sequence[Trace] = (), files: Sequence[Received] = (), next_call: int | None = None
) -> Spool:
    """A spool of these."""
    return Spool("spool", tuple(rows), tuple(traces), tuple(files), next_call=next_call)


def alive(
    since: datetime = HOUR - timedelta(hours=2), hours: int = 4, without: Sequence[int] = (), line: str = "up"
) -> list[Event]:
    """Heartbeats every fifteen minutes, without some of them."""
    at = [since + timedelta(minutes=15 * place) for place in range(4 * hours + 1) if place not in without]
    return [Event("Heartbeat", "Alder", Clocks(f"{moment.isoformat()}+00:00"), facts={"line": line}) for moment in at]


def watched(*spools: Spool, numbers: OurNumbers = NUMBERS) -> Records:
    """Records with a log that was alive all the time."""
    return records(spools, numbers, UTC, alive())


def sheet(
    result: Result = Result.OK, pages: int | None = 2, total: int | None = None, at: datetime | None = HOUR, within: int = 1,
    length: int | None = 57, dialled: str | None = PUBLISHED, station: str = STATION, **more: object,
) -> Sheet:  # fmt: skip
    """A sender's claim."""
    started = None if at is None else Printed(at, within)
    return Sheet(
        "typed", dialled, dialled or "", started, duration_s=length, pages=pages, pages_in_document=total, result=result,
        station_id=station, **more,  # type: ignore[arg-type]
    )  # fmt: skip

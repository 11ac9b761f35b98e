"""Our side of a call: what rows, trace, received file and docket say of it, brought together under one number."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, tzinfo

from lodged.dispute.numbers import number
from lodged.fax import Carried, Received, Row, Spool, Trace
from lodged.fax.calls import in_order, number_called

HUNDREDTH, MINUTE = 0.01, 60.0
BEFORE_RECEIVING_S = 15  # a RECV row tells when receiving began: ringing and training lie before it
FILE_AFTER_S = (
    120  # a page's time is written when it begins: within the call, or at most so long after its last trace line
)


@dataclass(frozen=True, slots=True)
class Arrival:
    """A paper in the docket. `filed` is false where it lies in another queue or case than it belongs in."""

    number: str
    received_at: datetime
    sha256: str = ""
    pages: int | None = None
    called: str | None = None
    channel: str = "fax"
    filed: bool = True
    filed_under: str = ""


@dataclass(frozen=True, slots=True)
class Call:
    """One call to us. Moments are in UTC; `within_s` tells how exactly `started` is known.

    `lengths_s` are the durations that our records give it, which differ by seconds on a perfect call.
    """

    spool: str
    commid: str
    started: datetime | None
    within_s: float
    ended: datetime | None
    lengths_s: tuple[float, ...]
    called: str | None
    line: str | None
    caller: str | None
    station_id: str
    rows: tuple[Row, ...] = ()
    trace: Trace | None = None
    files: tuple[Received, ...] = ()
    arrivals: tuple[Arrival, ...] = ()

    @property
    def has_document_row(self) -> bool:
        """Whether the server wrote that it received a document in this call."""
        return any(row.kind in ("RECV", "POLL") for row in self.rows)

    @property
    def reason(self) -> str:
        """What the server says went wrong, empty for nothing."""
        told = [row.reason for row in self.rows if row.reason]
        return told[0] if told else (self.trace.reason if self.trace else "")

    @property
    def pages_by_row(self) -> int:
        """Pages that the rows count, a page that was never confirmed included."""
        return sum(row.pages for row in self.rows if row.kind in ("RECV", "POLL"))

    @property
    def frames(self) -> int:
        """Pages that lie in whole files."""
        return sum(len(file.frames) for file in self.files)

    @property
    def files_whole(self) -> bool:
        """Whether there are files and each is whole."""
        return bool(self.files) and all(file.whole for file in self.files)

    @property
    def confirmed(self) -> int | None:
        """Pages that we confirmed to the caller, None where no trace tells."""
        return self.trace.confirmed if self.trace else None

    @property
    def final(self) -> bool:
        """Whether the last page, after which the caller had no more, was confirmed."""
        return bool(self.trace and self.trace.final)

    @property
    def held(self) -> int:
        """Whole pages that we hold: in files (or, with none left, by the rows), less one kept without confirmation."""
        pages = self.frames if self.files else self.pages_by_row
        if not self.files and not self.has_document_row:
            return max((arrival.pages or 1 for arrival in self.arrivals), default=0)
        if self.confirmed is not None and self.confirmed < pages and not self.final:
            return self.confirmed
        return pages

    @property
    def counted(self) -> bool:
        """Whether anything of ours counts the pages; a paper known to the docket alone may not be counted yet."""
        return bool(self.files) or self.has_document_row or any(arrival.pages for arrival in self.arrivals)

    @property
    def complete(self) -> bool:
        """Whether, by our own records, the caller had said all: the last page confirmed, or a row without a fault."""
        if self.trace and self.trace.confirmed is not None and self.trace.incoming is not False:
            if self.final:
                return True
            return self.has_document_row and not self.reason and not self.trace.last_page_unconfirmed
        alone = not self.rows and (self.files_whole or bool(self.arrivals))
        return (self.has_document_row and not self.reason) or alone

    @property
    def orphaned(self) -> bool:
        """Pages are here and neither the server's log nor the docket knows of them."""
        return bool(self.files) and not self.has_document_row and not self.arrivals


def calls_of(spool: Spool, zone: tzinfo, arrivals: Sequence[Arrival] = ()) -> tuple[Call, ...]:
    """Every incoming call of a spool, in the order of their numbers. The server's clock runs in `zone`.

    A file belongs to the call whose row or trace names it, else to the one in whose time its first page began.
    """
    spool = _each_once(spool)
    rows: dict[str, list[Row]] = {}
    for row in spool.rows:
        if row.kind in ("RECV", "CALL"):
            rows.setdefault(row.commid, []).append(row)
    traces = {
        trace.commid: trace for trace in spool.traces if trace.incoming is not False and _incoming(trace, rows, spool)
    }
    owners = _owners(spool, rows, traces)
    files: dict[str, list[Received]] = {}
    for file in spool.received:
        files.setdefault(owners.get(file.name) or f"file {file.name}", []).append(file)
    found = [
        _call(spool.name, commid, rows.get(commid, []), traces.get(commid), files.get(commid, []), zone)
        for commid in sorted({*rows, *traces, *files})
    ]
    return tuple(_with_arrivals(call, arrivals) for call in found)


def _each_once(spool: Spool) -> Spool:
    """The spool with everything in one order, and said once."""
    return replace(
        spool,
        rows=in_order(set(spool.rows)),
        traces=tuple(sorted(set(spool.traces), key=lambda trace: (trace.commid, trace.began, repr(trace)))),
        received=tuple(sorted(set(spool.received), key=lambda file: (file.name, file.sha256))),
    )


def _incoming(trace: Trace, rows: dict[str, list[Row]], spool: Spool) -> bool:
    """A trace that does not say which way it went is ours to hear unless a row says that we sent."""
    if trace.incoming or trace.commid in rows:
        return True
    return all(row.commid != trace.commid for row in spool.rows)


def _owners(spool: Spool, rows: dict[str, list[Row]], traces: dict[str, Trace]) -> dict[str, str]:
    owners = {row.file: commid for commid, told in rows.items() for row in told if row.file}
    owners |= {name: trace.commid for trace in traces.values() for name in trace.files}
    loose = [file for file in spool.received if file.name not in owners and file.at]
    for file in loose:
        fitting = [trace for trace in traces.values() if _in_time(file, trace)]
        same = [trace for trace in fitting if trace.remote_id == file.sender_id] or fitting
        if same:
            owners[file.name] = max(same, key=lambda trace: trace.began).commid
    return owners


def _in_time(file: Received, trace: Trace) -> bool:
    if file.at is None:
        return False
    return trace.began - timedelta(seconds=1) <= file.at <= trace.last + timedelta(seconds=FILE_AFTER_S)


def _call(
    spool: str, commid: str, rows: Sequence[Row], trace: Trace | None, files: Sequence[Received], zone: tzinfo
) -> Call:
    started, within = _start(rows, trace, files, zone)
    ids = next((row.call_ids for row in rows if any(row.call_ids)), ()) or (trace.call_ids if trace else ())
    ids = ids or next((file.call_ids for file in files), ())
    lengths = [float(row.line_s) for row in rows if row.line_s is not None]
    lengths += [trace.length_s] if trace and (trace.ended or trace.final) else []
    called = number_called(ids)
    line = next((row.number for row in rows if row.number), trace.local_number if trace else "")
    return Call(
        spool=spool,
        commid=commid if not commid.startswith("file ") else "",
        started=started,
        within_s=within,
        ended=_aware(trace.last, zone)
        if trace
        else (started + timedelta(seconds=max(lengths)) if started and lengths else None),
        lengths_s=tuple(sorted(set(lengths))),
        called=number(called) if called else None,
        line=number(line),
        caller=number(ids[1]) if len(ids) > 1 and ids[1] else None,
        station_id=next((row.remote_id for row in rows if row.remote_id), "")
        or (trace.remote_id if trace else "")
        or next((file.sender_id for file in files), ""),
        rows=tuple(rows),
        trace=trace,
        files=tuple(files),
    )


def _start(
    rows: Sequence[Row], trace: Trace | None, files: Sequence[Received], zone: tzinfo
) -> tuple[datetime | None, float]:
    """When the call came, and within how many seconds that is known: by the trace, the rows, or the file alone."""
    if trace:
        return _aware(trace.began, zone), HUNDREDTH
    answered = [row.at for row in rows if row.kind == "CALL"]
    if answered:
        return _aware(min(answered), zone), MINUTE
    if rows:
        first = _aware(min(row.at for row in rows), zone)
        return first - timedelta(seconds=BEFORE_RECEIVING_S), MINUTE + BEFORE_RECEIVING_S
    dated = [file.at for file in files if file.at]
    if dated:
        return _aware(min(dated), zone) - timedelta(seconds=MINUTE / 2), MINUTE / 2
    return None, 0.0


def _aware(moment: datetime, zone: tzinfo) -> datetime:
    return moment.replace(tzinfo=zone).astimezone(UTC)


def _with_arrivals(call: Call, arrivals: Iterable[Arrival]) -> Call:
    hashes = {file.sha256 for file in call.files}
    same = tuple(arrival for arrival in arrivals if arrival.sha256 and arrival.sha256 in hashes)
    return replace(call, arrivals=same) if same else call


def calls_alone(arrivals: Iterable[Arrival], calls: Iterable[Call]) -> Iterator[Call]:
    """Papers of the docket that no call of a spool accounts for, each as a call of its own: the hour is the docket's."""
    known = {arrival.number for call in calls for arrival in call.arrivals}
    for arrival in arrivals:
        if arrival.number not in known:
            started = arrival.received_at.astimezone(UTC)
            yield Call(
                "docket",
                "",
                started - timedelta(minutes=10),
                600.0,
                started,
                (),
                arrival.called,
                None,
                None,
                "",
                arrivals=(arrival,),
            )


def carried_ours(spools: Iterable[Spool]) -> tuple[Carried, ...]:
    """Everything that providers say they took for us."""
    return tuple(sorted({one for spool in spools for one in spool.carried}, key=lambda one: (one.at, one.id)))

"""One received call, put together from the file, its row and its trace: what the sender said, what our server wrote."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from lodged.fax import Received, Row, read_received
from lodged.fax.calls import NONE
from lodged.office.arrivals.channels.fax.spool import Kept, Spool

CLAIMED = ("station", "caller", "caller_name")  # whoever calls can set these
NO_ROW = "none when it was taken in"
NOT_THE_LAST = "the trace ends before a last page was confirmed"


@dataclass(frozen=True, slots=True)
class Call:
    """A document as the server wrote it, with everything known of its call; texts, as they were written.

    `claims` come from the sender's side (station id, caller's number and name: anybody can set them), `evidence` from
    our own server; `trace` holds the bytes of the session's trace, kept beside the document.
    """

    document: bytes
    name: str
    claims: Mapping[str, str] = field(default_factory=dict)
    evidence: Mapping[str, str] = field(default_factory=dict)
    trace: bytes = b""

    @property
    def commid(self) -> str:
        """The server's number of the call; empty where nobody knows it."""
        return self.evidence.get("commid", "")


def call(document: bytes, file: str, spool: Spool | None, told: Mapping[str, str]) -> Call:
    """Put a call together; `told` is what the hook was told and goes before what is found.

    `file` is the name as the server writes it (`recvq/fax000000001.tif`). A file that is cut is a call all the same.
    """
    fax = read_received(document, file)
    row = spool.row_of(file) if spool else None
    trace = _trace(spool, told.get("commid") or (row.commid if row else ""), fax)
    found = _from_file(fax) | _from_row(row) | ({"commid": trace.commid} if trace else {})
    known = _said(found) | _said(told)
    claims: dict[str, str] = {name: known.pop(name) for name in CLAIMED if name in known}
    evidence = {"file": file, **known, **(_without_row(trace) if spool and not row else {})}
    return Call(document, file, claims, evidence, trace.content if trace else b"")


def _said(values: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in values.items() if value}


def _trace(spool: Spool | None, commid: str, fax: Received) -> Kept | None:
    if spool is None:
        return None
    return spool.trace(commid) if commid else spool.trace_of(fax)


def _from_file(fax: Received) -> dict[str, str]:
    """What a whole file says of its call; a cut one is not asked."""
    if not fax.whole:
        return {}
    told = _from_ids(fax.sender_id, fax.call_ids) | {"called": fax.call_ids[3] if len(fax.call_ids) > 3 else ""}
    stamped = fax.at.isoformat(sep=" ") if fax.at else ""
    return told | {"pages": str(len(fax.frames)), "stamped": stamped, "dcs": fax.dcs}


def _from_ids(station: str, call_ids: tuple[str, ...]) -> dict[str, str]:
    """HylaFAX keeps the call ids as configured; the stock order is caller, caller's name, redirected, called."""
    name, number, *_ = (*call_ids, "", "")
    return {"station": "" if station == NONE else station, "caller": number, "caller_name": name}


def _without_row(trace: Kept | None) -> dict[str, str]:
    """What stands in the place of a row; where no last page was confirmed, the paper is only the part that came."""
    read = trace.read if trace else None
    broke_off = read is not None and bool(read.confirmed) and not read.final
    return {"row": NO_ROW} | ({"error": NOT_THE_LAST} if broke_off else {})


def _from_row(row: Row | None) -> dict[str, str]:
    if row is None:
        return {}
    return _said(_from_ids(row.remote_id, row.call_ids)) | {
        "commid": row.commid,
        "device": row.modem,
        "pages_logged": str(row.pages),
        "line_s": str(row.line_s) if row.line_s is not None else "",
        "error": row.reason,
        "dcs": row.dcs,
        "row": row.text,
    }

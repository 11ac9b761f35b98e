"""One received call, put together from the file, its row and its trace: what the sender said, what our server wrote."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from lodged.office.arrivals.channels.fax.spool import Row, Spool, Trace
from lodged.office.arrivals.channels.fax.tiff import CutError, FaxFile, fax_file

CLAIMED = ("station", "caller", "caller_name")  # whoever calls can set these
NO_ROW = "none when it was taken in"
MORE_ANNOUNCED = "the trace stops after a page that more pages were to follow"


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
    fax = _fax_file(document)
    row = spool.row_of(file) if spool else None
    trace = _trace(spool, told.get("commid") or (row.commid if row else ""), fax)
    found = _from_file(fax) | _from_row(row) | ({"commid": trace.commid} if trace else {})
    known = _said(found) | _said(told)
    claims: dict[str, str] = {name: known.pop(name) for name in CLAIMED if name in known}
    evidence = {"file": file, **known, **(_without_row(trace) if spool and not row else {})}
    return Call(document, file, claims, evidence, trace.content if trace else b"")


def _said(values: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in values.items() if value}


def _fax_file(document: bytes) -> FaxFile | None:
    try:
        return fax_file(document)
    except CutError:
        return None


def _trace(spool: Spool | None, commid: str, fax: FaxFile | None) -> Trace | None:
    if spool is None:
        return None
    if commid:
        return spool.trace(commid)
    return spool.trace_of(fax) if fax else None


def _from_file(fax: FaxFile | None) -> dict[str, str]:
    """HylaFAX writes the call ids as configured; the stock order is caller, caller's name, redirected, called."""
    if fax is None:
        return {}
    ids = [one if one != "<NONE>" else "" for one in (*fax.calls, "", "", "", "")]
    told = {"station": fax.station, "caller": ids[0], "caller_name": ids[1], "called": ids[3]}
    return told | {"pages": str(fax.pages), "stamped": fax.stamped, "dcs": fax.dcs}


def _without_row(trace: Trace | None) -> dict[str, str]:
    """What stands in the place of a row; where more pages had been announced, the paper is only the part that came."""
    signals = re.findall(rb"recv (MPS|EOM|EOP) \(", trace.content) if trace else []
    return {"row": NO_ROW} | ({"error": MORE_ANNOUNCED} if signals and signals[-1] == b"MPS" else {})


def _from_row(row: Row | None) -> dict[str, str]:
    if row is None:
        return {}
    told = {"station": row.station, "caller": row.caller, "caller_name": row.caller_name}
    kept = {name: value for name, value in told.items() if value and value != "<NONE>"}
    return kept | {
        "commid": row.commid,
        "device": row.device,
        "pages_logged": row.pages,
        "duration": row.duration,
        "error": row.error,
        "dcs": row.dcs,
        "row": row.text,
    }

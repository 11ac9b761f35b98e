"""A received fax becomes an arrival; what the machine of the sender says of itself is kept as a claim."""

from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256

from lodged.office.arrivals import shelf
from lodged.office.arrivals.acts import Delivery, receive
from lodged.office.arrivals.channels.fax.call import Call
from lodged.office.arrivals.finds import same_document
from lodged.office.arrivals.models import Arrival, Channel
from lodged.office.seals.docket import docket


def from_fax(document: bytes, name: str, custodian: str, at: datetime, station: str = "") -> Arrival:
    """Take in a fax file as the server wrote it; `station` is the sender's own id, which anybody can set."""
    claims = {"station": station} if station else {}
    return receive(Delivery(document, custodian, Channel.FAX, name, claims), at)


def from_call(call: Call, custodian: str, at: datetime) -> tuple[Arrival, bool]:
    """Take in a call once: its arrival, and whether it is new. Hook and sweep may come at the same moment.

    The same bytes under the same number of the server are the same call; the same bytes under another are another.
    """
    evidence = dict(call.evidence)
    if call.trace:
        digest = sha256(call.trace).hexdigest()
        shelf.put(digest, call.trace)
        evidence["trace_sha256"] = digest
    with docket(at):
        known = taken_in(call)
        if known is not None:
            return known, False
        return receive(
            Delivery(call.document, custodian, Channel.FAX, call.name, call.claims, None, evidence), at
        ), True


def taken_in(call: Call) -> Arrival | None:
    """The arrival of this very call, if it has been taken in."""
    same = same_document(sha256(call.document).hexdigest()).filter(channel=Channel.FAX)
    return next((one for one in same if _same_call(one.evidence, call)), None)


def _same_call(kept: Mapping[str, str], call: Call) -> bool:
    """Same number, or same place in the spool where the number of one of the two is not known."""
    numbers = kept.get("commid", ""), call.commid
    return numbers[0] == numbers[1] if all(numbers) else kept.get("file") == call.evidence["file"]

"""Every arrival held against its entry and its documents: what is kept of it must be what was sealed."""

from collections.abc import Iterator

from lodged.log import LogError
from lodged.log.entry import Event, open_document, open_value, parse_event
from lodged.office.arrivals import shelf
from lodged.office.arrivals.acts import private
from lodged.office.arrivals.models import Arrival
from lodged.office.arrivals.shelf import ShelfError
from lodged.office.seals.acts import exact
from lodged.office.seals.expunging import expunged
from lodged.office.seals.models import Entry, Receipt
from lodged.office.seals.recheck import Fault

KIND = "ContentConsignment"
TRACE = "trace_sha256"


def recheck() -> Iterator[Fault]:
    """Every fault of an arrival: gone with its receipt, another document, another number, hour or claim than the sealed one.

    Of one that was expunged by order, document and values are gone as they should be, and only the rest is compared.
    """
    closed = expunged()
    known = set(Arrival.objects.values_list("seal", flat=True))
    receipted = set(Receipt.objects.values_list("entry", flat=True))
    for entry in Entry.objects.filter(kind=KIND).order_by("index").iterator():
        if entry.index not in known:
            yield Fault(f"entry {entry.index}", "the arrival that it sealed is missing")
        elif entry.index not in receipted:
            yield Fault(f"entry {entry.index}", "no receipt was issued for it; the next start makes one")
    for arrival in Arrival.objects.select_related("seal").order_by("id").iterator():
        try:
            event = parse_event(bytes(arrival.seal.event))
        except LogError:
            continue  # the entry's own fault, told by the log
        where = f"arrival {arrival.number}"
        yield from (Fault(where, what) for what in _said(arrival, event))
        if arrival.seal.index not in closed:
            yield from (Fault(where, what) for what in (*_documents(arrival, event), *_values(arrival, event)))


def _said(arrival: Arrival, event: Event) -> Iterator[str]:
    kept = (arrival.number, arrival.channel, arrival.custodian, arrival.received_at, arrival.size)
    sealed = (event.number, event.channel, event.facts.get("custodian"), arrival.seal.at, event.facts.get("bytes"))
    for name, mine, theirs in zip(("number", "channel", "custodian", "hour", "size"), kept, sealed, strict=True):
        if mine != theirs:
            yield f"its {name} is kept as `{mine}`, and `{theirs}` was sealed"


def _documents(arrival: Arrival, event: Event) -> Iterator[str]:
    try:
        open_document(shelf.take(arrival.sha256), bytes(arrival.salt), event.document or "")
        if TRACE in arrival.evidence:
            shelf.take(arrival.evidence[TRACE])
    except (ShelfError, LogError) as error:
        yield str(error)


def _values(arrival: Arrival, event: Event) -> Iterator[str]:
    """Every sealed value must open with its salt, and nothing may stand beside it that was never sealed."""
    kept = private(arrival.name, arrival.claims, arrival.evidence)
    for name in kept.keys() - event.sealed.keys():
        yield f"its `{name}` was never sealed"
    for name, commitment in event.sealed.items():
        try:
            open_value(exact(kept.get(name)), bytes.fromhex(arrival.seal.openings.get(name, "")), commitment)
        except (LogError, ValueError):
            yield f"its `{name}` is not what was sealed, or its salt is gone without an order"

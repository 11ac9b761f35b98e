"""Every arrival held against its entry and its document: what is kept of it must be what was sealed."""

from collections.abc import Iterator

from lodged.log import LogError
from lodged.log.entry import Event, open_document, open_value, parse_event
from lodged.office.arrivals import shelf
from lodged.office.arrivals.models import Arrival
from lodged.office.arrivals.shelf import ShelfError
from lodged.office.seals.acts import exact
from lodged.office.seals.recheck import Fault


def recheck() -> Iterator[Fault]:
    """Every fault of an arrival: another document, another number, hour or claim than the sealed one."""
    for arrival in Arrival.objects.select_related("seal").order_by("id").iterator():
        try:
            event = parse_event(bytes(arrival.seal.event))
        except LogError:
            continue  # the entry's own fault, told by the log
        for what in _faults(arrival, event):
            yield Fault(f"arrival {arrival.number}", what)


def _faults(arrival: Arrival, event: Event) -> Iterator[str]:
    try:
        open_document(shelf.take(arrival.sha256), bytes(arrival.salt), event.document or "")
    except (ShelfError, LogError) as error:
        yield str(error)
    kept = (arrival.number, arrival.channel, arrival.custodian, arrival.received_at, arrival.size)
    sealed = (event.number, event.channel, event.facts.get("custodian"), arrival.seal.at, event.facts.get("bytes"))
    for name, mine, theirs in zip(("number", "channel", "custodian", "hour", "size"), kept, sealed, strict=True):
        if mine != theirs:
            yield f"its {name} is kept as `{mine}`, and `{theirs}` was sealed"
    if arrival.seal.at.isoformat(timespec="seconds") != event.clocks.host:
        yield f"its entry is kept as of {arrival.seal.at.isoformat()}, and {event.clocks.host} was sealed"
    claims = {f"claim.{key}": value for key, value in arrival.claims.items()}
    evidence = {f"evidence.{key}": value for key, value in arrival.evidence.items()}
    private = {"name": arrival.name, **claims, **evidence}
    for name, commitment in event.sealed.items():
        if salt := arrival.seal.openings.get(name):
            try:
                open_value(exact(private.get(name)), bytes.fromhex(salt), commitment)
            except LogError:
                yield f"its `{name}` is not what was sealed"

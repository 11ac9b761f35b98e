"""An event gets its place in the log, inside the transaction of the record it is about."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from lodged.log.canonical import Json
from lodged.log.entry import Clocks, Event, document_commitment, leaf, sealed_value
from lodged.log.tree import append, leaf_hash
from lodged.office.letterheads import letterhead
from lodged.office.seals import tree, witnesses
from lodged.office.seals.models import Entry, Node


@dataclass(frozen=True, slots=True)
class Sealed:
    """What is to be entered: `facts` may be read by whoever the entry is opened to, `private` is salted value by value.

    `document` is the SHA-256 of a document (32 bytes) with the salt of its commitment.
    """

    kind: str
    custodian: str
    number: str | None = None
    channel: str | None = None
    document: tuple[bytes, bytes] | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    private: Mapping[str, Any] = field(default_factory=dict)
    sender_clock: str | None = None


def enter(sealed: Sealed, at: datetime) -> Entry:
    """Write one entry and grow the tree by it; call it last in the docket's transaction."""
    private = exact_values(sealed.private)
    salts = {name: secrets.token_bytes(32) for name in private}
    event = Event(
        kind=sealed.kind,
        custodian=letterhead(sealed.custodian).name,
        clocks=Clocks(at.isoformat(timespec="seconds"), sender=sealed.sender_clock),
        number=sealed.number,
        channel=sealed.channel,
        document=document_commitment(*sealed.document) if sealed.document else None,
        sealed={name: sealed_value(value, salts[name]) for name, value in private.items()},
        facts=exact_values({"custodian": sealed.custodian, **sealed.facts}),
        cosigned=witnesses.last_seen(),
    ).text()
    salt = secrets.token_bytes(32)
    commitment = leaf(event, salt)
    index = tree.size()
    entry = Entry.objects.create(
        index=index,
        kind=sealed.kind,
        at=at,
        event=event,
        salt=salt,
        leaf=commitment,
        openings={name: value.hex() for name, value in salts.items()},
    )
    nodes = append(index, leaf_hash(commitment), tree.read_node)
    Node.objects.bulk_create([Node(level=node.level, index=node.index, hash=node.hash) for node in nodes])
    return entry


def exact_values(values: Mapping[str, Any]) -> dict[str, Json]:
    """Each value made exact, by its name."""
    return {name: exact(value) for name, value in values.items()}


def exact(value: Any) -> Json:
    """The value with its fractions written as text: canonical JSON of the log knows no floating point.

    >>> exact({"doubt": 0.25, "page": 1})
    {'doubt': '0.25', 'page': 1}
    """
    if isinstance(value, float):
        return repr(value)
    if isinstance(value, dict):
        return {str(key): exact(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [exact(inner) for inner in value]
    found: Json = value
    return found

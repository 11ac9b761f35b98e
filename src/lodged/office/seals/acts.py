"""Events get their places in the log, inside the transaction of the records they are about."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from lodged.log.canonical import Json
from lodged.log.entry import Clocks, Event, document_commitment, leaf, sealed_value
from lodged.log.tree import Node, append, leaf_hash
from lodged.office.letterheads import letterhead
from lodged.office.seals import tree, witnesses
from lodged.office.seals.models import Entry


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
    return enter_many([sealed], at)[0]


def enter_many(sealed: Sequence[Sealed], at: datetime) -> list[Entry]:
    """Write entries in their order and grow the tree by all of them: for a sweep or an import, in one transaction."""
    first, cosigned = tree.size(), witnesses.last_seen()
    names = {one: letterhead(one).name for one in {one.custodian for one in sealed}}
    entries = [_entry(one, names[one.custodian], cosigned, first + place, at) for place, one in enumerate(sealed)]
    tree.keep_entries(entries)
    tree.keep_nodes(_grown(first, [bytes(entry.leaf) for entry in entries]))
    return entries


def _entry(sealed: Sealed, custodian: str, cosigned: str | None, index: int, at: datetime) -> Entry:
    """What will stand in the table; every salt is fresh."""
    private = exact_values(sealed.private)
    salts = {name: secrets.token_bytes(32) for name in private}
    event = Event(
        kind=sealed.kind,
        custodian=custodian,
        clocks=Clocks(at.isoformat(timespec="seconds"), sender=sealed.sender_clock),
        number=sealed.number,
        channel=sealed.channel,
        document=document_commitment(*sealed.document) if sealed.document else None,
        sealed={name: sealed_value(value, salts[name]) for name, value in private.items()},
        facts=exact_values({"custodian": sealed.custodian, **sealed.facts}),
        cosigned=cosigned,
    ).text()
    salt = secrets.token_bytes(32)
    return Entry(
        index=index,
        kind=sealed.kind,
        at=at,
        event=event,
        salt=salt,
        leaf=leaf(event, salt),
        openings={name: value.hex() for name, value in salts.items()},
    )


def _grown(size: int, leaves: Sequence[bytes]) -> list[Node]:
    """The nodes that leaves add to a tree of `size` entries; those made on the way are not in the table yet."""
    made: dict[tuple[int, int], bytes] = {}

    def read_node(level: int, index: int) -> bytes:
        return made.get((level, index)) or tree.read_node(level, index)

    nodes: list[Node] = []
    for place, one in enumerate(leaves):
        new = append(size + place, leaf_hash(one), read_node)
        made.update({(node.level, node.index): node.hash for node in new})
        nodes += new
    return nodes


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

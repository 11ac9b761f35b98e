"""A paper is taken in: its bytes on disk first, then its record and its entry, then its receipt."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256

from lodged.office.arrivals import shelf
from lodged.office.arrivals.models import Arrival, Withdrawal
from lodged.office.numbers import next_number
from lodged.office.seals.acts import Sealed, enter
from lodged.office.seals.docket import docket
from lodged.office.staff.models import User


@dataclass(frozen=True, slots=True)
class Delivery:
    """What a channel hands over: the document as it came, and what was said about it.

    `claims` is the sender's own word (station id, caller number, stated time): kept, never relied upon.
    `evidence` is what our own end of the channel wrote down of it (a fax server's row, its trace's hash).
    """

    document: bytes
    custodian: str
    channel: str
    name: str = ""
    claims: Mapping[str, str] = field(default_factory=dict)
    taken_in_by: User | None = None
    evidence: Mapping[str, str] = field(default_factory=dict)


def receive(delivery: Delivery, at: datetime) -> Arrival:
    """Take the document in, whatever it is; when this returns it cannot be lost and has its place in the log."""
    digest = sha256(delivery.document)
    shelf.put(digest.hexdigest(), delivery.document)
    salt = secrets.token_bytes(32)
    with docket(at):
        number = next_number("L", Arrival, at)
        entry = enter(
            Sealed(
                kind="ContentConsignment",
                custodian=delivery.custodian,
                number=number,
                channel=delivery.channel,
                document=(digest.digest(), salt),
                facts={"bytes": len(delivery.document)},
                private=private(delivery.name, delivery.claims, delivery.evidence),
                sender_clock=delivery.claims.get("sent_at"),
            ),
            at,
        )
        return Arrival.objects.create(
            number=number,
            custodian=delivery.custodian,
            channel=delivery.channel,
            received_at=at,
            name=delivery.name,
            size=len(delivery.document),
            sha256=digest.hexdigest(),
            salt=salt,
            claims=dict(delivery.claims),
            evidence=dict(delivery.evidence),
            taken_in_by=delivery.taken_in_by,
            seal=entry,
        )


def withdraw(arrival: Arrival, notice: Delivery, at: datetime) -> Withdrawal:
    """The sender takes a paper back: the notice arrives like any paper, and an entry links the two; nothing is deleted.

    Said a second time, the first withdrawal is given again.
    """
    with docket(at):
        said = Withdrawal.objects.filter(arrival=arrival).select_related("notice__seal").first()
        if said is not None:
            return said
        came = receive(notice, at)
        facts = {"notice": came.number}
        entry = enter(Sealed("PaperWithdrawn", arrival.custodian, number=arrival.number, facts=facts), at)
        return Withdrawal.objects.create(arrival=arrival, notice=came, at=at, seal=entry)


def private(name: str, claims: Mapping[str, str], evidence: Mapping[str, str]) -> dict[str, str]:
    """What the entry commits to value by value, so that each can be shown or kept back on its own."""
    said = {f"claim.{key}": value for key, value in claims.items()}
    return {"name": name, **said, **{f"evidence.{key}": value for key, value in evidence.items()}}

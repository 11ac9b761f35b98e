"""A paper sent through the portal becomes an arrival; what its sender says of it is kept as a claim."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from lodged.office.arrivals.acts import Delivery, receive, withdraw
from lodged.office.arrivals.models import Arrival, Channel, Withdrawal


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sends, as the portal knows it: the custodian it may send to, its agency and the key it showed."""

    custodian: str
    agency: str
    key: str
    idempotency_key: str = ""

    def evidence(self) -> dict[str, str]:
        """What our own end writes down of it."""
        known = {"agency": self.agency, "key": self.key, "idempotency_key": self.idempotency_key}
        return {name: value for name, value in known.items() if value}


def from_portal(document: bytes, name: str, sender: Sender, claims: Mapping[str, str], at: datetime) -> Arrival:
    """Take in a file that an agency submitted."""
    return receive(Delivery(document, sender.custodian, Channel.PORTAL, name, claims, None, sender.evidence()), at)


def withdrawn(arrival: Arrival, sender: Sender, reason: str, at: datetime) -> Withdrawal:
    """Take in the sender's word that a paper is withdrawn, as a short text that gets its own number and receipt."""
    claims = {"withdraws": arrival.number} | ({"reason": reason} if reason else {})
    document = notice(arrival, sender, reason, at).encode()
    evidence = sender.evidence()
    return withdraw(
        arrival,
        Delivery(document, arrival.custodian, Channel.PORTAL, "withdrawal.txt", claims, None, evidence),
        at,
    )


def notice(arrival: Arrival, sender: Sender, reason: str, at: datetime) -> str:
    """The words of a withdrawal: what is withdrawn, by whom, when, and why."""
    lines = [
        f"Paper {arrival.number} is withdrawn by its sender.",
        f"Agency: {sender.agency}",
        f"By key: {sender.key}",
        f"At: {at.isoformat(timespec='seconds')}",
        f"Reason: {reason or 'none was given'}",
    ]
    return "\n".join(lines) + "\n"

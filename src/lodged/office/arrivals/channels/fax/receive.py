"""A received fax becomes an arrival; what the machine of the sender says of itself is kept as a claim."""

from datetime import datetime

from lodged.office.arrivals.acts import Delivery, receive
from lodged.office.arrivals.models import Arrival, Channel


def from_fax(document: bytes, name: str, custodian: str, at: datetime, station: str = "") -> Arrival:
    """Take in a fax file as the server wrote it; `station` is the sender's own id, which anybody can set."""
    claims = {"station": station} if station else {}
    return receive(Delivery(document, custodian, Channel.FAX, name, claims), at)

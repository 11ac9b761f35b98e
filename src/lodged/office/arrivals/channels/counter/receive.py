"""A paper handed over at the counter becomes an arrival, with who brought it and who took it in."""

from datetime import datetime

from lodged.office.arrivals.acts import Delivery, receive
from lodged.office.arrivals.models import Arrival, Channel
from lodged.office.staff.models import User


def from_counter(
    document: bytes, name: str, custodian: str, at: datetime, brought_by: str, taken_in_by: User
) -> Arrival:
    """Take in a scan; `brought_by` is what the bearer says of themselves."""
    claims = {"brought_by": brought_by} if brought_by else {}
    return receive(Delivery(document, custodian, Channel.COUNTER, name, claims, taken_in_by), at)

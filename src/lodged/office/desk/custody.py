"""Whose desk this is: the custodian that the settings name, and the zone in which a custodian's papers tell the time."""

from zoneinfo import ZoneInfo

from django.conf import settings

from lodged.letter import Custodian
from lodged.office.custodians import custodian as with_id
from lodged.office.letterheads import letterhead


def house() -> Custodian:
    """The custodian at whose desk the pages are read, as its own paper is headed."""
    return letterhead(settings.LODGED_CUSTODIAN)


def zone_of(custodian_id: str) -> ZoneInfo:
    """The zone of a custodian."""
    return with_id(custodian_id).zone


def zone() -> ZoneInfo:
    """The zone of the house."""
    return zone_of(settings.LODGED_CUSTODIAN)

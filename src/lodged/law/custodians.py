"""The custodians this program knows: each one's name, its time zone, the places whose law binds it."""

from collections.abc import Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Custodian:
    """Somebody who holds people. `places` run from the widest to the custodian itself; a pack binds any of them."""

    id: str
    name: str
    zone_name: str
    places: tuple[str, ...]

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which this custodian's days begin."""
        return ZoneInfo(self.zone_name)


def _custodian(id_: str, name: str, zone: str) -> Custodian:
    place = id_.split("/")[0]
    parts = place.split("-")
    places = ["-".join(parts[: length + 1]) for length in range(len(parts))]
    return Custodian(id_, name, zone, (*places, id_))


_EAST, _CENTRAL, _MOUNTAIN, _PACIFIC = "America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles"

CUSTODIANS: Mapping[str, Custodian] = {
    custodian.id: custodian
    for custodian in (
        _custodian("us-ny-nyc/doc", "New York City Department of Correction", _EAST),
        _custodian("us-ny-nyc/nypd", "New York City Police Department", _EAST),
        _custodian("us-ny-nyc/probation", "New York City Department of Probation", _EAST),
        _custodian("us-ny/sheriff", "a sheriff in New York State outside New York City", _EAST),
        _custodian("us-co-denver/sheriff", "Denver Sheriff Department", _MOUNTAIN),
        _custodian("us-co/sheriff", "a sheriff in Colorado", _MOUNTAIN),
        _custodian("us-co/probation", "a probation department in Colorado", _MOUNTAIN),
        _custodian("us-ca/sheriff", "a sheriff in California", _PACIFIC),
        _custodian("us-tx/sheriff", "a sheriff in Texas", _CENTRAL),
        _custodian("us-fl/sheriff", "a sheriff in Florida", _EAST),
        _custodian("us-il/sheriff", "a sheriff in Illinois", _CENTRAL),
        _custodian("us-ct/police", "a police department in Connecticut", _EAST),
        _custodian("us-wa/sheriff", "a sheriff in Washington State", _PACIFIC),
        _custodian("us-ma/sheriff", "a sheriff in Massachusetts", _EAST),
        # Federal law alone has no zone of its own; it counts in New York time (ruling 16).
        _custodian("us/custodian", "a custodian under federal law alone", _EAST),
    )
}

PLACES = frozenset(place for custodian in CUSTODIANS.values() for place in custodian.places)

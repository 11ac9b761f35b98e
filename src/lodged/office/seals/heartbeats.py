"""A heartbeat: an entry every quarter of an hour that says the office is up, so that silence becomes a gap one can see."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings

from lodged.log.gaps import BEAT as KIND
from lodged.log.gaps import HEARTBEAT
from lodged.office.seals.acts import Sealed, enter
from lodged.office.seals.docket import docket
from lodged.office.seals.models import Entry


@dataclass(frozen=True, slots=True)
class Pulse:
    """What the office knows of itself.

    `queue` papers that no step has finished; `lines` the state of each line by its name, `up` or in the line's own
    words; `clock_offset_s` our clock against somebody else's, None where nobody told; `sequence` the last number
    that each line counted, as the line writes it.
    """

    queue: int
    lines: Mapping[str, str] = field(default_factory=dict)
    clock_offset_s: int | None = None
    sequence: Mapping[str, str] = field(default_factory=dict)


def is_due(at: datetime) -> bool:
    """Whether a quarter of an hour has passed since the last heartbeat, or the clock went back behind it."""
    last = Entry.objects.filter(kind=KIND).order_by("-index").values_list("at", flat=True).first()
    return last is None or not last <= at < last + HEARTBEAT


def beat(pulse: Pulse, at: datetime) -> Entry:
    """Enter a heartbeat."""
    with docket(at):
        last = Entry.objects.order_by("-index").values_list("index", flat=True).first()
        facts = {
            "queue": pulse.queue,
            "lines": dict(pulse.lines),
            "clock_offset_s": pulse.clock_offset_s,
            "sequence": dict(pulse.sequence),
            "last_entry": last,
        }
        return enter(Sealed(KIND, settings.LODGED_CUSTODIAN, facts=facts), at)

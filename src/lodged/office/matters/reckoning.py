"""Which deadlines a paper starts, each by the rule that governs it."""

from dataclasses import dataclass
from datetime import datetime, time
from zoneinfo import ZoneInfo

from lodged.office.custodians import custodian
from lodged.office.readings.body import day, value
from lodged.office.readings.models import Reading
from lodged.when.due import Deadline, due
from lodged.when.holidays import calendar

DETAINERS = ("i-247", "i-247a", "i-247d", "i-247x")
IF_RELEASED_NOW = (
    "runs only if the law allows a hold, and from the moment the person would otherwise be released: here, from receipt"
)


@dataclass(frozen=True, slots=True)
class Reckoned:
    """One deadline with its working; `conditional` says what must happen for it to run at all."""

    what: str
    due: datetime
    day_only: bool
    rule: str
    cite: str
    working: tuple[str, ...]
    conditional: str = ""


def deadlines(reading: Reading) -> list[Reckoned]:
    """The deadlines of a paper as read: a hold's two clocks for a detainer, the return date for a subpoena."""
    arrival = reading.paper.arrival
    zone = custodian(arrival.custodian).zone
    if reading.form in DETAINERS:
        return hold_clocks(arrival.received_at.astimezone(zone))
    if reading.form == "i-138":
        return return_day(reading, zone)
    return []


def hold_clocks(release: datetime) -> list[Reckoned]:
    """Both ways of counting a hold's 48 hours; which of them governs is a question for the law (Q1)."""
    regulation = _reckoned(
        "end of a hold, as the regulation counts", due("8cfr287.7:48h", release, calendar("us-federal"))
    )
    form = _reckoned("end of a hold, as the form counts", due("i-247a:48h", release, calendar("us-federal")))
    return sorted([regulation, form], key=lambda found: found.due)


def return_day(reading: Reading, zone: ZoneInfo) -> list[Reckoned]:
    """The day the subpoena itself names; nothing where it cannot be read."""
    named = day(reading.body, "fields.due_date")
    if named is None:
        return []
    moment = datetime.combine(named, time(23, 59, 59), zone)
    hour = value(reading.body, "fields.due_time") or ""
    working = (f"the subpoena itself names {named:%A} {named.day} {named:%B %Y}" + (f", {hour}" if hour else ""),)
    return [Reckoned("return of the subpoena", moment, True, "face", "the date on the paper's face", working)]


def _reckoned(what: str, found: Deadline) -> Reckoned:
    if not isinstance(found.due, datetime):
        raise TypeError("a hold ends at a moment, not on a day")
    return Reckoned(what, found.due, False, found.rule.id, found.rule.cite, found.working, IF_RELEASED_NOW)

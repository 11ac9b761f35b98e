"""Local days and counted hours of instants, by quarters of an hour, so that a table of them answers for millions.

Every offset of the custodians' zones since 1900 is a whole number of quarters, so within one quarter the local day, the
offset and whether the day counts stay the same; each quarter is worked out by the same zones and calendars as `decide` uses.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from lodged.when import calendar

QUARTER = 900_000_000  # microseconds
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Wall:
    """A quarter as clocks show it: how far they are ahead of UTC, in microseconds; `odd`: shown never, or twice."""

    ahead: int
    odd: bool


@dataclass(frozen=True, slots=True)
class Counted:
    """A quarter of UTC on one calendar: the microseconds that count before it, and 1 where its own count, else 0."""

    before: int
    rate: int


def wall(zone: ZoneInfo, quarter: int) -> Wall:
    """What the clocks of a zone mean by a quarter they show.

    >>> wall(ZoneInfo("America/New_York"), 0).ahead // 3_600_000_000
    -5
    """
    shown = (_EPOCH + timedelta(microseconds=quarter * QUARTER)).replace(tzinfo=zone)
    first, second = shown.utcoffset(), shown.replace(fold=1).utcoffset()
    assert first is not None
    return Wall(first // _MICROSECOND, first != second)


def local_day(zone: ZoneInfo, quarter: int) -> date:
    """The local day of a quarter of UTC."""
    return (_EPOCH + timedelta(microseconds=quarter * QUARTER)).astimezone(zone).date()


def counted(zone: ZoneInfo, calendar_id: str, quarter: int) -> Counted | None:
    """How the hours of a quarter of UTC count; None outside the calendar's years."""
    days = _days(zone, calendar_id)
    found = days.get(local_day(zone, quarter))
    if found is None:
        return None
    before, midnight, counts = found
    return Counted(before + (quarter * QUARTER - midnight if counts else 0), int(counts))


@cache
def _days(zone: ZoneInfo, calendar_id: str) -> dict[date, tuple[int, int, bool]]:
    """Each day of a calendar: what counted before it, its midnight, whether it counts."""
    found: dict[date, tuple[int, int, bool]] = {}
    known = calendar(calendar_id)
    total, day = 0, date(known.first_year, 1, 1)
    midnight = _midnight(day, zone)
    while day.year <= known.last_year:
        counts = known.counts(day)
        found[day] = (total, midnight, counts)
        day += timedelta(days=1)
        following = _midnight(day, zone)
        total += following - midnight if counts else 0
        midnight = following
    return found


def _midnight(day: date, zone: ZoneInfo) -> int:
    return (datetime(day.year, day.month, day.day, tzinfo=zone) - _EPOCH) // _MICROSECOND


def as_moment(microseconds: int) -> datetime:
    """An instant of UTC as a moment.

    >>> as_moment(0).isoformat()
    '1970-01-01T00:00:00+00:00'
    """
    return _EPOCH + timedelta(microseconds=microseconds)


def as_instant(microseconds: int, bare: bool, zone: ZoneInfo) -> int | None:
    """An instant in UTC of one that may be as clocks showed it; None where they showed it never, or twice."""
    if not bare:
        return microseconds
    shown = wall(zone, microseconds // QUARTER)
    return None if shown.odd else microseconds - shown.ahead


def quarters_of(bare: Wall | None, quarter: int) -> set[int]:
    """The quarters of UTC in which the instants of a quarter can lie; `bare`: how clocks showed it."""
    ahead = bare.ahead if bare else 0
    first = quarter - -(-ahead // QUARTER)
    return {first} if ahead % QUARTER == 0 else {first, first + 1}


def quarters_before(quarter: int, seconds: int) -> set[int]:
    """The quarters in which instants lie that are so many seconds before those of a quarter.

    >>> quarters_before(10, 60) == {9, 10}, quarters_before(10, 900) == {9}
    (True, True)
    """
    back, rest = divmod(-seconds * 1_000_000, QUARTER)
    return {quarter + back} if rest == 0 else {quarter + back, quarter + back + 1}

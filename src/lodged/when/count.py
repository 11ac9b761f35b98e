"""Counting hours and days, by each of the ways the law counts them.

Three ways that must never be mixed:
- 8 C.F.R. § 287.7(d) leaves Saturdays, Sundays and holidays out, hour by hour: `add_hours`, `hours_counted`.
- A form's own 48 hours leave nothing out: the same two functions with `None` for the calendar.
- Fed. R. Civ. P. 6(a) counts everything, then moves the end: `add_days_frcp`, `add_hours_frcp`; never a hold's end.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from lodged.when.holidays import Calendar

_ONE_DAY = timedelta(days=1)
_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Stretch:
    """The part of one local day that lies in a period, its ends in UTC; `why_not` says why its hours do not count."""

    day: date
    start: datetime
    end: datetime
    why_not: str | None

    @property
    def length(self) -> timedelta:
        """Its real length, whether it counts or not: 23 or 25 hours on a whole day when the clocks change."""
        return self.end - self.start


def add_hours(start: datetime, hours: float, zone: tzinfo, calendar: Calendar | None) -> datetime:
    """The first moment at which `hours` real hours that count have passed since `start`, on the clocks of `zone`.

    With a calendar, hours of days that do not count are left out, from midnight to midnight in `zone`; without one
    every hour counts. Raises UnknownYearError past the calendar's years, ValueError when `hours` is negative.

    >>> from zoneinfo import ZoneInfo
    >>> from lodged.when.holidays import calendar
    >>> new_york, friday = ZoneInfo("America/New_York"), datetime.fromisoformat("2026-11-13T15:00-05:00")
    >>> str(add_hours(friday, 48, new_york, calendar("us-federal")))  # 8 C.F.R. § 287.7(d)
    '2026-11-17 15:00:00-05:00'
    >>> str(add_hours(friday, 48, new_york, None))  # the form's own clock
    '2026-11-15 15:00:00-05:00'
    """
    if hours < 0:
        raise ValueError(f"`{hours}` hours cannot be added")
    start = _in_utc(start)
    left = timedelta(hours=hours)
    if calendar is None or not left:
        return (start + left).astimezone(zone)
    days = (stretch for stretch in _days_from(start, zone, calendar) if stretch.why_not is None)
    stretch = next(days)
    while left > stretch.length:
        left -= stretch.length
        stretch = next(days)
    return (stretch.start + left).astimezone(zone)


def hours_counted(start: datetime, end: datetime, zone: tzinfo, calendar: Calendar | None) -> float:
    """Real hours from `start` to `end` that count; negative when `end` is the earlier.

    >>> from lodged.when.holidays import calendar
    >>> from zoneinfo import ZoneInfo
    >>> friday, monday = (
    ...     datetime.fromisoformat("2026-11-13T15:00-05:00"),
    ...     datetime.fromisoformat("2026-11-16T09:00-05:00"),
    ... )
    >>> hours_counted(friday, monday, ZoneInfo("America/New_York"), calendar("us-federal"))
    18.0
    """
    start, end = _in_utc(start), _in_utc(end)
    if end < start:
        return -hours_counted(end, start, zone, calendar)
    if calendar is None:
        return (end - start) / _HOUR
    counted = (stretch.length for stretch in stretches(start, end, zone, calendar) if stretch.why_not is None)
    return sum(counted, timedelta()) / _HOUR


def stretches(start: datetime, end: datetime, zone: tzinfo, calendar: Calendar) -> list[Stretch]:
    """The period cut at local midnights, each part saying whether its day counts."""
    start, end = _in_utc(start), _in_utc(end)
    if start == end:
        return []
    days = _days_from(start, zone, calendar)
    parts = [next(days)]
    while parts[-1].end < end:
        parts.append(next(days))
    return [*parts[:-1], replace(parts[-1], end=end)]


def court_days(start: date, days: int, calendar: Calendar) -> date:
    """The `days`-th day that counts after `start`, or before it when negative; `start` itself is never counted.

    >>> from lodged.when.holidays import calendar
    >>> court_days(date(2026, 7, 2), 5, calendar("us-federal"))  # 3 July is kept as the holiday
    datetime.date(2026, 7, 10)
    """
    if days == 0:
        raise ValueError("0 court days is no period")
    step = _ONE_DAY if days > 0 else -_ONE_DAY
    day = start
    for _ in range(abs(days)):
        day = _to_a_day_that_counts(day + step, step, calendar)
    return day


def add_days_frcp(start: date, days: int, calendar: Calendar) -> date:
    """The last day of a period of days after `start`, or before it when negative (Fed. R. Civ. P. 6(a)(1), (5)).

    The day of the event is left out, every day is counted, and a last day that does not count moves on: forward after
    the event, backward before it.

    >>> from lodged.when.holidays import calendar
    >>> add_days_frcp(date(2020, 1, 13), 14, calendar("us-federal"))  # 20 January is a holiday, and counts
    datetime.date(2020, 1, 27)
    """
    if days == 0:
        raise ValueError("0 days is no period")
    step = _ONE_DAY if days > 0 else -_ONE_DAY
    return _to_a_day_that_counts(start + timedelta(days=days), step, calendar)


def add_hours_frcp(start: datetime, hours: float, zone: tzinfo, calendar: Calendar) -> datetime:
    """The end of a period of hours after `start`, or before it when negative (Fed. R. Civ. P. 6(a)(2), (5)).

    Every real hour counts; an end on a day that does not count moves to the same time of the next day that does. A time
    that the clocks skip on that day becomes the moment they jump to.

    >>> from lodged.when.holidays import calendar
    >>> from zoneinfo import ZoneInfo
    >>> friday = datetime.fromisoformat("2007-11-02T10:23-04:00")  # the committee's own example, note of 2009
    >>> str(add_hours_frcp(friday, 72, ZoneInfo("America/New_York"), calendar("us-federal")))
    '2007-11-05 09:23:00-05:00'
    """
    if hours == 0:
        raise ValueError("0 hours is no period")
    end = (_in_utc(start) + timedelta(hours=hours)).astimezone(zone)
    day = _to_a_day_that_counts(end.date(), _ONE_DAY if hours > 0 else -_ONE_DAY, calendar)
    if day == end.date():
        return end
    moved = datetime.combine(day, end.time().replace(fold=0), zone)
    return _in_utc(moved).astimezone(zone)


def _days_from(start: datetime, zone: tzinfo, calendar: Calendar) -> Iterator[Stretch]:
    """The local days from `start` on, without end, the first one from `start` only."""
    day = start.astimezone(zone).date()
    beginning = start
    while True:
        end = _in_utc(datetime.combine(day + _ONE_DAY, time(), zone))
        if end > beginning:
            yield Stretch(day, beginning, end, calendar.why_not(day))
            beginning = end
        day += _ONE_DAY


def _to_a_day_that_counts(day: date, step: timedelta, calendar: Calendar) -> date:
    while not calendar.counts(day):
        day += step
    return day


def _in_utc(moment: datetime) -> datetime:
    """The same moment in UTC, where subtraction gives real hours; a moment without a zone is refused."""
    if moment.utcoffset() is None:
        raise ValueError(f"`{moment}` does not say in which time zone")
    return moment.astimezone(UTC)

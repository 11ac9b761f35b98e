"""Days and moments as people write them, read or refused."""

import re
from datetime import date, datetime, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from lodged.problem import Problem

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_MEND_DAY = "write it as YYYY-MM-DD, as in 2026-11-24"
_MEND_MOMENT = "write it with its offset, as in 2026-11-24T16:52:10-05:00"


def years_before(day: date, years: int) -> date:
    """The first day of a look-back of `years` years that ends on `day`; that first day is inside the look-back.

    The same calendar day, `years` years earlier. 29 February always counts as 28 February, as start and as end: in New
    York the added day of a leap year and the day before it are one day (N.Y. Gen. Constr. Law § 58).

    >>> years_before(date(2020, 2, 3), 5)
    datetime.date(2015, 2, 3)
    >>> years_before(date(2020, 2, 29), 5)
    datetime.date(2015, 2, 28)
    """
    if years < 0:
        raise ValueError(f"a look-back of {years} years does not look back")
    if (day.month, day.day) == (2, 29):
        day = day.replace(day=28)
    return day.replace(year=day.year - years)


def parse_day(text: str, where: str) -> date | Problem:
    """A day written `YYYY-MM-DD`, or what is wrong with it; `where` is the place the reader can go to.

    >>> parse_day("2020-01-13", "--from")
    datetime.date(2020, 1, 13)
    >>> print(parse_day("13 Jan", "--from"))
    --from: `13 Jan` is not a date
      write it as YYYY-MM-DD, as in 2026-11-24
    """
    written = text.strip()
    if not _DAY.fullmatch(written):
        return Problem(where, f"`{written}` is not a date", _MEND_DAY)
    try:
        return date.fromisoformat(written)
    except ValueError:
        return Problem(where, f"`{written}` is not a day of the calendar", _MEND_DAY)


def parse_moment(text: str, where: str, zone: tzinfo | None = None) -> datetime | Problem:
    """A moment in ISO 8601 with its offset, or what is wrong with it.

    With `zone`, the moment is given as the clocks of that zone show it, and one written without an offset is taken as
    their time; a time those clocks skip or show twice is a problem, never a guess.

    >>> parse_moment("2026-11-24T16:52:10-05:00", "--from").isoformat()
    '2026-11-24T16:52:10-05:00'
    >>> print(parse_moment("2026-11-24T16:52", "--from"))
    --from: `2026-11-24T16:52` does not say in which time zone
      write it with its offset, as in 2026-11-24T16:52:10-05:00
    """
    written = text.strip()
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        return Problem(where, f"`{written}` is not a moment", _MEND_MOMENT)
    if _DAY.fullmatch(written):
        return Problem(where, f"`{written}` has no hour", _MEND_MOMENT)
    if moment.tzinfo is None and zone is None:
        return Problem(where, f"`{written}` does not say in which time zone", _MEND_MOMENT)
    try:
        return _on_clocks(moment, written, where, zone)
    except OverflowError:
        return Problem(where, f"`{written}` is at the edge of the calendar", "give a year between 2 and 9998")


def _on_clocks(moment: datetime, written: str, where: str, zone: tzinfo | None) -> datetime | Problem:
    """The moment as the zone's clocks show it; a bare time must be shown by them exactly once."""
    if zone is None:
        return moment
    if moment.tzinfo is not None:
        return moment.astimezone(zone)
    first, second = moment.replace(tzinfo=zone), moment.replace(tzinfo=zone, fold=1)
    if first.utcoffset() != second.utcoffset():
        return Problem(where, f"`{written}` is skipped or shown twice when the clocks change in `{zone}`", _MEND_MOMENT)
    return first


def parse_zone(text: str, where: str) -> ZoneInfo | Problem:
    """A time zone by its name in the IANA database, or what is wrong with it.

    >>> parse_zone("America/New_York", "--zone").key
    'America/New_York'
    """
    try:
        return ZoneInfo(text.strip())
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return Problem(where, f"`{text}` is not a time zone", "use its IANA name, as in America/New_York")


def spoken_day(day: date, *, with_year: bool = True) -> str:
    """A day as the workings say it.

    >>> spoken_day(date(2020, 1, 13))
    'Mon 13 Jan 2020'
    """
    return f"{weekday(day)[:3]} {day.day} {_MONTHS[day.month - 1]}" + (f" {day.year}" if with_year else "")


def spoken_moment(moment: datetime) -> str:
    """A moment as the workings say it, with its offset.

    >>> spoken_moment(datetime.fromisoformat("2026-11-20T15:00:00-05:00"))
    'Fri 20 Nov 2026 15:00 (UTC-05:00)'
    """
    hour = moment.strftime("%H:%M:%S").removesuffix(":00")
    return f"{spoken_day(moment.date())} {hour} ({_offset(moment)})"


def _offset(moment: datetime) -> str:
    written = moment.strftime("%z")
    return f"UTC{written[:3]}:{written[3:5]}"


def weekday(day: date) -> str:
    """The name of the day of the week, in English whatever the machine's language.

    >>> weekday(date(2026, 11, 26))
    'Thursday'
    """
    return _WEEKDAYS[day.weekday()]


_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

"""How a day, an hour, a number and a long figure are written out for a reader."""

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

# Not `strftime("%B")`: that follows the machine's locale, and a letter must come out the same everywhere.
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def day_said(day: date) -> str:
    """A day as a letter dates itself.

    >>> day_said(date(2026, 11, 24))
    'November 24, 2026'
    """
    return f"{MONTHS[day.month - 1]} {day.day}, {day.year}"


def hour_said(moment: datetime, place: bool = True) -> str:
    """A moment to the second, on the clock it carries, with the zone's name and, if asked, the zone's place.

    >>> hour_said(datetime(2026, 11, 24, 16, 45, 10, tzinfo=ZoneInfo("America/New_York")))
    'November 24, 2026, 16:45:10 EST (America/New_York)'
    """
    if moment.tzinfo is None:
        raise ValueError("an hour without a zone cannot be told to anybody")
    said = f"{day_said(moment)}, {moment:%H:%M:%S} {moment.tzname()}"
    zone = moment.tzinfo.key if place and isinstance(moment.tzinfo, ZoneInfo) else "UTC"
    return said if zone == "UTC" else f"{said} ({zone})"


def count_said(number: int, thing: str, things: str = "") -> str:
    """A count with its noun in the right number.

    >>> count_said(1, "page"), count_said(1204, "entry", "entries")
    ('1 page', '1,204 entries')
    """
    return f"{number:,} {thing if number == 1 else things or thing + 's'}"


def groups(figure: bytes, columns: int = 4, size: int = 8) -> Sequence[str]:
    """Hexadecimal digits in groups an eye can keep, `columns` groups of `size` digits a line.

    >>> groups(bytes(range(12)), columns=2)
    ['00010203 04050607', '08090a0b']
    """
    digits = figure.hex()
    parts = [digits[i : i + size] for i in range(0, len(digits), size)]
    return [" ".join(parts[i : i + columns]) for i in range(0, len(parts), columns)]

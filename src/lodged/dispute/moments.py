"""Times as fax machines print them, with how exactly they tell."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

DAY, MINUTE, SECOND = 86_400, 60, 1
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?P<name>[a-z]{3})[a-z]*"
_YEAR = r"(?P<year>\d{4}|'?\d{2})(?!:)"
_DAYS = (
    re.compile(r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})"),
    re.compile(rf"(?P<month>\d{{1,2}})[-/](?P<day>\d{{1,2}})[-/]{_YEAR}\b"),
    re.compile(rf"(?P<day>\d{{1,2}})\.(?P<month>\d{{1,2}})\.{_YEAR}\b"),
    re.compile(
        rf"{_MONTH}[. \-,/]*(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[, \-/.]+(?:\d\d:\d\d(?::\d\d)? )?{_YEAR}\b", re.I
    ),
    re.compile(rf"(?P<day>\d{{1,2}})[. \-/]*{_MONTH}[., \-/]*{_YEAR}\b", re.I),
)
_DAY_ALONE = (
    re.compile(r"(?P<month>\d{1,2})[-/](?P<day>\d{1,2})\b"),
    re.compile(rf"{_MONTH}[. \-]*(?P<day>\d{{1,2}})\b", re.I),
)
_HOUR = re.compile(
    r"(?<![\d:])(?P<hour>\d{1,2})[:.](?P<minute>\d\d)(?:[:.](?P<second>\d\d))?\s*(?P<half>[ap]\.?m?\.?\b)?(?![\d:])",
    re.I,
)


_RUN_TOGETHER = re.compile(r"((?:19|20)\d\d)(?=\d\d:\d\d)")  # a recogniser drops a narrow space


@dataclass(frozen=True, slots=True)
class Printed:
    """A time as printed: its first instant, without a zone, and for how many seconds it may stand."""

    at: datetime
    within_s: int

    @property
    def until(self) -> datetime:
        """The first instant for which it no longer stands."""
        return self.at + timedelta(seconds=self.within_s)


def read_printed(text: str, year: int | None = None) -> Printed | None:
    """A day with or without its hour, however a machine spells it; `year` stands in where none is printed.

    >>> read_printed("NOV.24 2026 03:33:52")
    Printed(at=datetime.datetime(2026, 11, 24, 3, 33, 52), within_s=1)
    >>> read_printed("Nov 24 2026 03:35PM").at.isoformat(), read_printed("24.11.2026").within_s
    ('2026-11-24T15:35:00', 86400)
    """
    found = _day(_RUN_TOGETHER.sub(r"\1 ", text), year)
    if found is None:
        return None
    day, rest = found
    hour = _HOUR.search(rest)
    if hour is None:
        return Printed(day, DAY)
    return _at(day, hour)


def _at(day: datetime, hour: re.Match[str]) -> Printed | None:
    half = (hour["half"] or "").lower()
    clock = int(hour["hour"])
    if half:
        clock = clock % 12 + (12 if half.startswith("p") else 0)
    try:
        at = day.replace(hour=clock, minute=int(hour["minute"]), second=int(hour["second"] or 0))
    except ValueError:
        return None
    return Printed(at, SECOND if hour["second"] else MINUTE)


def _day(text: str, year: int | None) -> tuple[datetime, str] | None:
    """The day, and the text without it."""
    for pattern in _DAYS:
        for found in pattern.finditer(text):
            day = _moment(found.groupdict(), None)
            if day:
                return day, _without(text, found)
    if year is None:
        return None
    for pattern in _DAY_ALONE:
        for found in pattern.finditer(text):
            day = _moment(found.groupdict(), year)
            if day:
                return day, _without(text, found)
    return None


def _without(text: str, found: re.Match[str]) -> str:
    """What is left to hold the hour; an hour that stood between day and year is kept."""
    inner = _HOUR.search(found[0]) if ":" in found[0] else None
    return f"{text[: found.start()]} {inner[0] if inner else ''} {text[found.end() :]}"


def _moment(part: dict[str, str | None], year: int | None) -> datetime | None:
    name = (part.get("name") or "").lower()
    if name and name not in _MONTHS:
        return None
    month = _MONTHS.index(name) + 1 if name else int(part.get("month") or 0)
    day = int(part.get("day") or 0)
    if month > 12 and day <= 12:
        month, day = day, month
    told = (part.get("year") or str(year)).lstrip("'")
    full = int(told) + (2000 if len(told) == 2 else 0)
    try:
        return datetime.fromisoformat(f"{full:04}-{month:02}-{day:02}T00:00:00")
    except ValueError:
        return None

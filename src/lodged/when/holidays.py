"""Days that do not count, kept as data with their source and the years they are known for."""

import csv
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType

from lodged.when.day import weekday
from lodged.when.errors import UnknownCalendarError, UnknownYearError

_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Calendar:
    """Saturdays, Sundays and listed holidays, from 1 January of `first_year` to 31 December of `last_year`.

    `leaves_out` names the days it cannot know. Asked about any other year it raises UnknownYearError.
    """

    id: str
    name: str
    source: str
    first_year: int
    last_year: int
    leaves_out: tuple[str, ...] = ()
    holidays: Mapping[date, str] = field(default_factory=dict, repr=False, hash=False)

    def holiday(self, day: date) -> str | None:
        """The name of the holiday kept on this day; None when it is none."""
        if not self.first_year <= day.year <= self.last_year:
            raise UnknownYearError(self.id, day.year, self.first_year, self.last_year)
        return self.holidays.get(day)

    def counts(self, day: date) -> bool:
        """False on Saturdays, Sundays and holidays."""
        return self.why_not(day) is None

    def why_not(self, day: date) -> str | None:
        """Why the day does not count: the holiday's name, else `Saturday` or `Sunday`; None when it counts."""
        name = self.holiday(day)
        if name is None and day.weekday() >= _SATURDAY:
            return weekday(day)
        return name


@cache
def calendar(calendar_id: str) -> Calendar:
    """The calendar of this id, as delivered with lodged; raises UnknownCalendarError.

    >>> us_federal = calendar("us-federal")
    >>> us_federal.holiday(date(2020, 1, 20)), us_federal.counts(date(2020, 1, 21))
    ('Birthday of Martin Luther King, Jr.', True)
    >>> us_federal.counts(date(2040, 1, 2))
    Traceback (most recent call last):
    lodged.when.errors.UnknownYearError: the calendar `us-federal` lists the years 2005 to 2035, not `2040`
    """
    if calendar_id not in calendar_ids():
        raise UnknownCalendarError(calendar_id, calendar_ids())
    about = tomllib.loads((_folder() / f"{calendar_id}.toml").read_text("utf-8"))
    return Calendar(
        id=calendar_id,
        name=about["name"],
        source=about["source"],
        first_year=about["first_year"],
        last_year=about["last_year"],
        leaves_out=tuple(about["leaves_out"]),
        holidays=_listed((_folder() / f"{calendar_id}.csv").read_text("utf-8")),
    )


@cache
def calendar_ids() -> tuple[str, ...]:
    """The ids of the calendars there are."""
    names = (entry.name for entry in _folder().iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml")))


def _folder() -> Path:
    return Path(__file__).with_name("calendars")


def _listed(text: str) -> Mapping[date, str]:
    """The holidays of a CSV with the columns `date` and `name`; others are its sources' and are not read."""
    rows = csv.DictReader(text.splitlines())
    return MappingProxyType({date.fromisoformat(row["date"]): row["name"] for row in rows})

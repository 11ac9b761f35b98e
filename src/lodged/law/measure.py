"""Amounts, days, look-backs compared the way statutes do."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import date, timedelta

from lodged.when import years_before


def compare(op: str, value: float, number: float) -> bool:
    """Does an amount stand to a number as `op` says?

    >>> compare("at most", 48, 48)
    True
    """
    match op:
        case "more than":
            return value > number
        case "less than":
            return value < number
        case "at least":
            return value >= number
    return value <= number


def in_order(op: str, a: date, b: date) -> bool:
    """Does one day stand to another as `op` says?"""
    match op:
        case "before":
            return a < b
        case "after":
            return a > b
        case "not before":
            return a >= b
    return a <= b


def looks_back(years: int, leap: bool, start: object, end: object, further: object = 0) -> bool:
    """Does `start` lie in the N calendar years before `end`, that first day included, reaching `further` days back?

    `leap`: 29 February counts as 28 February, as start and as end (N.Y. Gen. Constr. Law § 58). Years first, then days.

    >>> looks_back(5, True, date(2015, 2, 28), date(2020, 2, 29))
    True
    """
    first, last = as_day(start), as_day(end)
    return first <= last and _reach(years, leap, last, further) <= (_as_28th(first) if leap else first)


def looking_back(
    years: int, leap: bool, values: Sequence[object], open_at: int, cells: Sequence[object]
) -> tuple[int, int]:
    """Which of some cells make a look-back hold: always a run of them, given by its first and the one after its last.

    `values` are start, end, further days; that at `open_at` takes each of `cells`, which ascend. A later start is
    reached sooner until it passes the end; a later end reaches less far; more days reach further.

    >>> looking_back(5, False, (None, date(2020, 1, 15)), 0, (date(2015, 1, 14), date(2015, 1, 15), date(2020, 1, 16)))
    (1, 2)
    """

    start, end, further = (*values, 0) if len(values) == 2 else values

    match open_at:
        case 0:
            last = as_day(end)
            reach = _reach(years, leap, last, further)
            first = bisect_left(cells, reach, key=lambda cell: _as_28th(as_day(cell)) if leap else as_day(cell))
            return first, max(first, bisect_right(cells, last, key=as_day))
        case 1:
            first = bisect_left(cells, as_day(start), key=as_day)
            passed = bisect_left(
                cells, True, lo=first, key=lambda cell: not looks_back(years, leap, start, cell, further)
            )
            return first, passed
    return bisect_left(cells, True, key=lambda cell: looks_back(years, leap, start, end, cell)), len(cells)


def _reach(years: int, leap: bool, end: date, further: object = 0) -> date:
    """The first day that a look-back from `end` reaches."""
    days = int(as_number(further))
    reach = years_before(_as_28th(end) if leap else end, years)
    reach = reach - timedelta(days=days) if (reach - date.min).days > days else date.min
    return _as_28th(reach) if leap else reach


def years_after(day: date, years: int) -> date:
    """The same calendar day N years later, 29 February to the 28th."""
    year = min(day.year + years, date.max.year)
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, day=28)


def _as_28th(day: date) -> date:
    return day.replace(day=28) if (day.month, day.day) == (2, 29) else day


def as_number(value: object) -> float:
    return float(value) if isinstance(value, int | float) else 0.0


def as_day(value: object) -> date:
    assert isinstance(value, date)
    return value


def section_of(text: str, named: tuple[str, ...]) -> bool:
    """Is a text one of those named, or a subdivision of one?

    >>> section_of("245(a)(1)", ("245", "246"))
    True
    """
    plain = text.strip()
    return any(plain == name or plain.startswith(f"{name}(") for name in named)

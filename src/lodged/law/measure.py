"""Amounts, days, look-backs compared the way statutes do."""

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
    counted, end_day = (_as_28th(first), _as_28th(last)) if leap else (first, last)
    days = int(as_number(further))
    reach = years_before(end_day, years)
    reach = reach - timedelta(days=days) if (reach - date.min).days > days else date.min
    return (_as_28th(reach) if leap else reach) <= counted and first <= last


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

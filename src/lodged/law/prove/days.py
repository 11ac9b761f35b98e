"""Calendar days in the prover's integers: their order, and look-backs of whole years with 29 February as statutes have it."""

from dataclasses import dataclass
from datetime import date

from lodged.law.prove.door import Term, z3
from lodged.law.prove.terms import every, implies

FIRST, LAST = date(1900, 1, 1), date(2199, 12, 31)  # the years in which a fact may lie (`fact.in_our_time`)
_BEFORE_MONTH = (0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334)
_LONG = (1, 3, 5, 7, 8, 10, 12)


@dataclass(frozen=True, slots=True)
class Day:
    """A day as year, month, day of the month; `ordinal` counts days as Python's `date.toordinal` does."""

    year: Term
    month: Term
    day: Term
    ordinal: Term

    @property
    def leaps(self) -> Term:
        """Is it 29 February?"""
        return every([self.month == 2, self.day == 29])


def known(day: date) -> Day:
    """A day that is given."""
    return Day(z3.IntVal(day.year), z3.IntVal(day.month), z3.IntVal(day.day), z3.IntVal(day.toordinal()))


def free(name: str, ordinal: Term) -> tuple[Day, list[Term]]:
    """A day that is not known, with what makes its year, month and day those of `ordinal`."""
    year, month, day = (z3.Int(f"{part} of {name}") for part in ("year", "month", "day"))
    thirty_one = z3.Or(*(month == long for long in _LONG))
    bounds = [
        year >= FIRST.year,
        year <= LAST.year,
        month >= 1,
        month <= 12,
        day >= 1,
        day <= z3.If(thirty_one, 31, z3.If(month == 2, z3.If(_is_leap(year), 29, 28), 30)),
        ordinal == _ordinal(year, month, day),
    ]
    return Day(year, month, day, ordinal), bounds


def in_our_time(ordinal: Term) -> list[Term]:
    """Bounds of a day that a paper or a person can have."""
    return [ordinal >= FIRST.toordinal(), ordinal <= LAST.toordinal()]


def looks_back(years: int, leap: bool, start: Day, end: Day, further: Term) -> Term:
    """Does `start` lie in the `years` calendar years before `end`, that first day included, reaching `further` days back?

    The same day so many years earlier, where 29 February always counts as the 28th; then days. With `leap`, 29 February
    counts as 28 February at both ends too (N.Y. Gen. Constr. Law § 58).
    """
    counted = z3.If(start.leaps, start.ordinal - 1, start.ordinal) if leap else start.ordinal
    same_day = z3.If(end.leaps, 28, end.day)
    reach = _ordinal(end.year - years, end.month, same_day) - z3.ToInt(further)
    inside = reach <= counted
    if leap:  # a reach that ends on 29 February ends on the 28th: then the 28th lies inside, too
        on_28th = every([start.month == 2, _is_leap(start.year), z3.Or(start.day == 28, start.day == 29)])
        inside = z3.Or(inside, every([on_28th, reach == counted + 1]))
    return every([inside, start.ordinal <= end.ordinal])


def _is_leap(year: Term) -> Term:
    """Within 1900 to 2199 (and some years before, which look-backs reach) only whole centuries but 2000 break the four."""
    return every([year % 4 == 0, implies(year % 100 == 0, year % 400 == 0)])


def _ordinal(year: Term, month: Term, day: Term) -> Term:
    before = year - 1
    months: Term = z3.IntVal(_BEFORE_MONTH[0])
    for number, days in enumerate(_BEFORE_MONTH[1:], start=2):
        months = z3.If(month >= number, days, months)
    leap_day = z3.If(every([month > 2, _is_leap(year)]), 1, 0)
    return 365 * before + before / 4 - before / 100 + before / 400 + months + leap_day + day

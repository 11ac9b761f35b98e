"""Cuts the values of a fact not known into cells: sets of values that no test in the law tells apart.

One value stands for each cell. Dates and numbers are cut where a test can turn; hours held are reckoned on each clock.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from itertools import combinations
from typing import TypeVar

from lodged.law.fact import Fact
from lodged.law.measure import compare, years_after
from lodged.law.probe import Tests
from lodged.when import years_before

T = TypeVar("T")
FIRST, LAST = date(1900, 1, 1), date(2200, 1, 1)
Hours = dict[str, float]


def signs(tests: Tests, key: str, fact: Fact, value: object) -> tuple[bool, ...]:
    """How the tests of the law see a value of a fact: two values with the same signs are in the same cell."""
    match fact.type:
        case "yes-no":
            return (value is True,)
        case "number":
            return tuple(compare(op, float(str(value)), cut) for op, cut in tests.amounts.get(key, ()))
    chosen = sorted(tests.chosen.get(key, ()), key=sorted)
    return tuple(bool(t & value) if isinstance(value, frozenset) else value in t for t in chosen)


def fixed_cells(tests: Tests, key: str, fact: Fact) -> tuple[object, ...] | None:
    """The cells of a fact where they hang on the law alone; None for days, and for numbers of days that look back."""
    match fact.type:
        case "yes-no":
            return (False, True)
        case "one-of" | "text":
            named = sorted(frozenset().union(*tests.chosen.get(key, ())))
            return _grouped(fact.choices or (*named, "other words"), lambda value: signs(tests, key, fact, value))
        case "set-of":
            named = sorted(frozenset().union(*tests.chosen.get(key, ())))
            sets = [frozenset(some) for size in range(len(named) + 1) for some in combinations(named, size)]
            return _grouped(sets, lambda value: signs(tests, key, fact, value))
        case "number" if key not in tests.counts:
            cuts = {cut for _, cut in tests.amounts.get(key, ())}
            found = _cuts_first(_near(cuts) or [0], cuts)
            return tuple(sorted(_grouped(found, lambda value: signs(tests, key, fact, value)), key=str))
    return None


def counts(tests: Tests, key: str, known: Iterable[date]) -> tuple[object, ...]:
    """Cells of a number of days by which a look-back reaches further, and which other tests may compare as well.

    Where only one `any … where` reaches further with them, more days can only make it hold: none and all suffice.
    """
    cuts = {cut for _, cut in tests.amounts.get(key, ())}
    turns = day_counts(known, tests.years) if len(tests.further) > 1 else set()
    return tuple(sorted({0, (LAST - date.min).days, *_near(cuts | turns)}))


def days(known: Iterable[date], shifts: Iterable[int], years: Iterable[int]) -> list[date]:
    """Days around which a test between two days can turn: near known days, and N years before and after them.

    `shifts` are numbers of days by which a look-back may reach further.
    """
    found: set[date] = {FIRST, LAST}
    for day in known:
        found |= _around(day, 1)
        for count in years:
            found |= {near for shift in shifts for near in _around(years_before(day, count), 2, -shift)}
            found |= {near for shift in shifts for near in _around(years_after(day, count), 2, shift)}
    return sorted(found)


def day_counts(known: Iterable[date], years: Iterable[int]) -> set[float]:
    """Numbers of days at which a look-back between two known days can turn."""
    known = list(known)
    back = {years_before(day, count) for day in known for count in years}
    return {float((a - b).days) for a in back for b in known if a > b}


def hour_cells(
    tests: Tests, at: datetime | None, calendars: Mapping[str, str], counted: Callable[[datetime, str], float]
) -> list[Hours]:
    """Hours held on each clock, one reckoning for each cell.

    `calendars` names each clock's calendar, empty where every hour counts; `counted` counts from a moment to `at`.
    """
    clocks = sorted({clock for _, _, clock in tests.spans})
    cuts = {hours for _, hours, _ in tests.spans}
    even = [dict.fromkeys(clocks, amount) for amount in _cuts_first(_near(cuts), cuts)]
    uneven = _splits(clocks, sorted(cuts), at, calendars, counted)
    cells = _grouped([*even, *uneven], lambda cell: hour_signs(tests, cell))
    return sorted(cells, key=lambda cell: sorted(cell.items()))


def hour_signs(tests: Tests, cell: Mapping[str, float]) -> tuple[bool, ...]:
    """How the tests of the law see hours held."""
    return tuple(compare(op, cell[clock], hours) for op, hours, clock in sorted(tests.spans))


def _splits(
    clocks: list[str],
    cuts: list[float],
    at: datetime | None,
    calendars: Mapping[str, str],
    counted: Callable[[datetime, str], float],
) -> Iterator[Hours]:
    """Cells in which the clocks stand on two sides of a number of hours; only those that `at` allows."""
    whole = [clock for clock in clocks if not calendars[clock]]
    part = [clock for clock in clocks if calendars[clock]]
    if at is None or not whole or not part:
        return
    for hours in cuts:
        release = at.astimezone(UTC) - timedelta(hours=hours, minutes=1)  # hours that passed, also where clocks change
        ran = {clock: counted(release, clock) for clock in part}
        if any(amount <= hours for amount in ran.values()):
            yield {**dict.fromkeys(whole, hours + 1 / 60), **ran}


def _around(day: date, reach: int, shift: int = 0) -> set[date]:
    moved = min(max(day.toordinal() + shift, FIRST.toordinal() + reach), LAST.toordinal() - reach)
    return {date.fromordinal(moved + step) for step in range(-reach, reach + 1)}


def _near(cuts: Iterable[float]) -> list[float]:
    """Numbers at, between and beyond the cuts, none negative.

    >>> _near({48})
    [47, 48, 49]
    """
    found: set[float] = set()
    ordered = sorted(cuts)
    for cut in ordered:
        found |= {cut - 1, cut, cut + 1} if cut >= 1 else {0, cut, cut + 1}
    found |= {(a + b) / 2 for a, b in zip(ordered, ordered[1:], strict=False)}
    return sorted(int(f) if float(f).is_integer() else f for f in found)


def _cuts_first(values: Iterable[float], cuts: set[float]) -> list[float]:
    """The numbers that the law names stand for their cells: a reader knows 48, not 47."""
    return sorted(values, key=lambda value: (value not in cuts, value))


def _grouped(values: Iterable[T], seen: Callable[[T], object]) -> tuple[T, ...]:
    """The first value of each group that looks alike."""
    groups: dict[object, T] = {}
    for value in values:
        groups.setdefault(seen(value), value)
    return tuple(groups.values())

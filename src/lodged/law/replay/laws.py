"""Which law stands for a custodian's act over the years: the days on which it turns, and the laws between them."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from lodged.law.custodians import CUSTODIANS
from lodged.law.fact import DUTIES_WITH
from lodged.law.packs import Packs
from lodged.law.standing import Standing, standing
from lodged.law.tree import Challenge, Define, Pack, Rule, Span, Unencoded


@dataclass(frozen=True, slots=True)
class Law:
    """What stands for one custodian and act, the duties that come with the act included, while nothing turns.

    `days` are the first days of the periods in which just this law stands.
    """

    custodian: str
    act: str
    standings: tuple[Standing, ...]
    days: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class Other:
    """The law to hold a case against: another day's, or another custodian's on that day."""

    day: date
    custodian: str = ""


Pair = tuple[str, str]


@dataclass(frozen=True, eq=False)
class Laws:
    """The law of each custodian and act through all its periods; numbered in the order of these pairs and of days."""

    packs: Packs
    pairs: tuple[Pair, ...]
    drafts: frozenset[str] = frozenset()

    @cached_property
    def all(self) -> tuple[Law, ...]:
        """Every law, each once."""
        return tuple(law for pair in self.pairs for law in self._periods[pair][1])

    @cached_property
    def _periods(self) -> dict[Pair, tuple[tuple[tuple[date, int], ...], tuple[Law, ...]]]:
        found = {}
        first = 0
        for custodian, act in self.pairs:
            starts, laws = _periods(self.packs, custodian, act, self.drafts)
            found[custodian, act] = (tuple((day, first + law) for day, law in starts), laws)
            first += len(laws)
        return found

    def periods(self, pair: Pair) -> tuple[tuple[date, int], ...]:
        """The first day of each period with the number of the law that stands in it, oldest first."""
        return self._periods[pair][0]

    def number(self, pair: Pair, day: date) -> int:
        """The number of the law that stands on a day."""
        periods = self.periods(pair)
        return periods[bisect_right([start for start, _ in periods], day) - 1][1]


def turning_days(packs: Packs, custodian: str) -> tuple[date, ...]:
    """The days on which the law of a custodian can turn, the first day there is before them.

    >>> from lodged.law.packs import load
    >>> date(2018, 11, 14) in turning_days(load(), "us-ny/sheriff")
    True
    """
    places = set(CUSTODIANS[custodian].places)
    found = {date.min}
    for pack in packs.packs:
        if set(pack.binds) & places:
            for seen in packs.reach(pack):
                found |= {day for span in _spans(seen) for day in (span.start, span.end) if day}
    return tuple(sorted(found))


def _spans(pack: Pack) -> Iterator[Span]:
    yield pack.span
    for statement in pack.statements:
        if isinstance(statement, Rule | Define | Challenge):
            yield statement.span
        elif isinstance(statement, Unencoded):
            yield Span(statement.day)


def _periods(
    packs: Packs, custodian: str, act: str, drafts: frozenset[str]
) -> tuple[tuple[tuple[date, int], ...], tuple[Law, ...]]:
    """Each period's first day and law; periods in which the same rules stand share one."""
    numbers: dict[object, int] = {}
    found: list[tuple[tuple[Standing, ...], list[date]]] = []
    starts: list[tuple[date, int]] = []
    acts = (act, *(duty for duty, acts in DUTIES_WITH.items() if act in acts))
    for day in turning_days(packs, custodian):
        stands = tuple(standing(packs, CUSTODIANS[custodian], day, asked, drafts) for asked in acts)
        number = numbers.setdefault(tuple(_signature(one) for one in stands), len(found))
        if number == len(found):
            found.append((stands, []))
        found[number][1].append(day)
        if not starts or starts[-1][1] != number:
            starts.append((day, number))
    return tuple(starts), tuple(Law(custodian, act, stands, tuple(days)) for stands, days in found)


def _signature(stands: Standing) -> object:
    """All of a standing law that does not change while nothing turns."""
    packs = (*stands.packs, *stands.drafts)
    defined = tuple(
        (pack.id, seen.id, statement.name, statement.span)
        for pack in packs
        for seen in stands.library.reach(pack)
        for statement in seen.statements
        if isinstance(statement, Define) and statement.span.covers(stands.day)
    )
    return (
        tuple(pack.id for pack in stands.packs),
        tuple(pack.id for pack in stands.drafts),
        tuple((pack.id, statement) for pack, statement in stands.unencoded),
        tuple((pack.id, rule) for pack in packs for rule in stands.rules(pack)),
        tuple((pack.id, statement) for statement, pack in stands.challenges),
        defined,
    )

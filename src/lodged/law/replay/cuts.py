"""How days and amounts of a case stand to each other, as far as the law can tell: truths, and orders of turning points.

A test between two known days is a truth. Where a day is *not known*, the law still sees in which order its tests would
turn along that day's axis, since that says which truths can come together. So the order is part of the state as well.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from lodged.law.fact import DATE
from lodged.law.probe import FIELD_FALLS_BACK_TO
from lodged.law.replay.calendar_sql import counted_from, first_reached, last_holding
from lodged.law.replay.looks import DayTest, Looks, is_fact
from lodged.law.replay.slots import Slot

TODAY = "today"


@dataclass(frozen=True, slots=True)
class Instance:
    """A day test between terms of one case; a term is a slot's name, `today` or a day."""

    test: DayTest
    first: str
    other: str
    plus: str = ""

    @property
    def terms(self) -> tuple[str, str]:
        """Both days."""
        return self.first, self.other


@dataclass(frozen=True, slots=True)
class Cut:
    """A turning point on the axis of a day not known: its tests differ for days up to `sql` and days after it."""

    sql: str
    instance: Instance
    partner: str


def instances(tests: Sequence[DayTest], slots: Mapping[str, Sequence[Slot]]) -> list[Instance]:
    """Every day test with the slots of the case put in; the fields of one test are those of one element.

    `slots` are the case's slots by key.
    """
    found = []
    for test in tests:
        keys = [key for key in (test.first, test.other) if is_fact(key)]
        places = sorted({slot.place for key in keys for slot in slots.get(key, ()) if slot.list_name}) or [-1]
        for place in places:
            first, other = _at(test.first, place, slots), _at(test.other, place, slots)
            if first and other:
                found.append(Instance(test, first, other, _plus(test.plus, place, slots)))
    return found


def _at(key: str, place: int, slots: Mapping[str, Sequence[Slot]]) -> str:
    if not is_fact(key):
        return key
    return next((slot.name for slot in slots.get(key, ()) if not slot.list_name or slot.place == place), "")


def _plus(key: str, place: int, slots: Mapping[str, Sequence[Slot]]) -> str:
    """Where the days further back stand; without a slot of their own, where they fall back to."""
    return _at(key, place, slots) or FIELD_FALLS_BACK_TO.get(key, key) if key else ""


class Axis:
    """The day tests of one law over one shape of case, as SQL of small whole numbers (sql, how many there can be)."""

    def __init__(
        self, looks: Looks, found: Sequence[Instance], values: Mapping[str, str], slots: Mapping[str, Slot]
    ) -> None:
        self.looks, self.instances, self.values, self.slots = looks, tuple(found), values, slots

    def value(self, term: str) -> str:
        """A term as SQL: a column, or a day."""
        if term in self.values:
            return self.values[term]
        return f"DATE '{term}'" if term[:1].isdigit() else "NULL::DATE"

    def amount(self, name: str) -> str:
        """A number of days as SQL; NULL where the case has no place for it."""
        return self.values.get(name, "NULL::DOUBLE")

    # ---- known days

    def truths(self) -> Iterator[tuple[str, int]]:
        """How each test stands where its days are known: 0 not known; of a look-back 1 after it, 2 inside, 3 before it."""
        for one in self.instances:
            a, b = (self.value(term) for term in one.terms)
            if one.test.op != "within":
                yield (
                    f"CASE WHEN {a} IS NULL OR {b} IS NULL THEN 0 WHEN {_ordered(one.test.op, a, b)} THEN 2 ELSE 1 END",
                    3,
                )
                continue
            reached = first_reached(b, one.test.years, one.test.leap, self.amount(one.plus) if one.plus else "")
            counted = f"as_28th({a})" if one.test.leap else a
            yield (
                f"CASE WHEN {a} IS NULL OR {b} IS NULL THEN 0 WHEN {a} > {b} THEN 1 WHEN {reached} <= {counted} THEN 2 ELSE 3 END",
                4,
            )

    # ---- days not known

    def orders(self) -> Iterator[tuple[str, int]]:
        """For each day that may be missing: in which order its tests would turn."""
        for name in self.days:
            cuts = [cut for one in self.instances if name in one.terms for cut in self.cuts(name, one)]
            for a, b in combinations(cuts, 2):
                if not _fixed(a, b):
                    yield self._when_missing(name, f"side(in_our_time({a.sql}), in_our_time({b.sql}))"), 4
            yield from self._starts(name)

    def _starts(self, name: str) -> Iterator[tuple[str, int]]:
        """Where look-backs end on a missing day and reach further by days not known, the order of their first days."""
        back = [one for one in self.instances if one.other == name and one.plus]
        for a, b in combinations(back, 2):
            first, second = (counted_from(self.value(one.first), one.test.leap) for one in (a, b))
            yield self._when_missing(name, f"side({first}, {second})"), 4

    def _when_missing(self, name: str, sql: str) -> str:
        return f"CASE WHEN {self.value(name)} IS NULL THEN {sql} ELSE 0 END"

    @property
    def days(self) -> list[str]:
        """The slots of days that some test looks at."""
        return sorted({term for one in self.instances for term in one.terms if self._is_day(term)})

    def _is_day(self, term: str) -> bool:
        return term in self.slots and self.slots[term].fact.type == DATE

    def cuts(self, name: str, one: Instance) -> list[Cut]:
        """Where one test turns along the axis of a day."""
        partner = one.other if name == one.first else one.first
        other = self.value(partner)
        plus = self.amount(one.plus) if one.plus else ""
        if one.test.op == "within":
            years, leap = one.test.years, one.test.leap
            if name == one.first:
                points = [other, f"{first_reached(other, years, leap, plus)} - 1"]
            else:
                points = [f"{other} - 1", last_holding(other, years, leap, plus)]
        elif name == one.first:
            points = [other if one.test.op in ("after", "not after") else f"{other} - 1"]
        else:
            points = [other if one.test.op in ("before", "not before") else f"{other} - 1"]
        return [Cut(point, one, partner) for point in points]

    # ---- days further back that are not known

    def reaches(self) -> Iterator[tuple[str, int]]:
        """Where the days further back are not known: in which order more of them would turn the look-backs."""
        plus = [one for one in self.instances if one.plus]
        for a, b in combinations(plus, 2):
            missing = f"{self.amount(a.plus)} IS NULL AND {self.amount(b.plus)} IS NULL"
            yield f"CASE WHEN {missing} THEN side({self._needed(a)}, {self._needed(b)}) ELSE 0 END", 4
        for one in plus:
            for number in sorted(self._amounts(one.test.plus)):
                missing = f"{self.amount(one.plus)} IS NULL"
                yield f"CASE WHEN {missing} THEN side({self._needed(one)}, {number}) ELSE 0 END", 4

    def _amounts(self, key: str) -> set[float]:
        """The numbers that other tests hold these days against, by their own name or the one they fall back to."""
        keys = (key, FIELD_FALLS_BACK_TO.get(key, key))
        return {number for one in keys for number, _ in self.looks.amounts.get(one, ())}

    def _needed(self, one: Instance) -> str:
        """How many days further back a look-back must reach to hold its day; never fewer than none."""
        a, b = (self.value(term) for term in one.terms)
        return f"greatest(0, years_before({b}, {one.test.years}) - {counted_from(a, one.test.leap)})"

    # ---- what cannot be reduced

    def exact(self) -> Iterator[str]:
        """Days that stay as they are, as SQL: where two days not known hang together and each on others as well, or
        where days further back are not known and several kinds of tests count with them."""
        for a, b in combinations(self.days, 2):
            if self._chained(a, b):
                missing = f"{self.value(a)} IS NULL AND {self.value(b)} IS NULL"
                yield from self._kept(missing, self._component(a))
        kinds: dict[str, set[DayTest]] = {}
        for one in self.instances:
            if one.plus:
                kinds.setdefault(one.plus, set()).add(one.test)
        for plus, tests in kinds.items():
            if len(tests) > 1 or any(self._amounts(test.plus) for test in tests):
                terms = {term for one in self.instances if one.plus == plus for term in one.terms}
                yield from self._kept(f"{self.amount(plus)} IS NULL", terms)

    def _chained(self, a: str, b: str) -> bool:
        together = any({a, b} == set(one.terms) for one in self.instances)
        return together and bool(self._partners(a) - {b}) and bool(self._partners(b) - {a})

    def _partners(self, name: str) -> set[str]:
        return {term for one in self.instances if name in one.terms for term in one.terms if term != name}

    def _component(self, name: str) -> set[str]:
        found, waiting = {name}, [name]
        while waiting:
            for term in self._partners(waiting.pop()) - found:
                found.add(term)
                if self._is_day(term):
                    waiting.append(term)
        return found

    def _kept(self, missing: str, terms: set[str]) -> Iterator[str]:
        for term in sorted(terms):
            if term in self.values:
                yield f"CASE WHEN {missing} THEN {self.values[term]} END"


def _ordered(op: str, a: str, b: str) -> str:
    return f"{a} {({'before': '<', 'after': '>', 'not before': '>=', 'not after': '<='})[op]} {b}"


def _fixed(a: Cut, b: Cut) -> bool:
    """Do two turning points always stand in the same order?"""
    if a.instance == b.instance:
        return True
    return a.partner == b.partner and not a.instance.plus and not b.instance.plus

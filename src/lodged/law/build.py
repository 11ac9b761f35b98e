"""Turns conditions into diagrams: what is given becomes constant, what is not known becomes a variable with its cells.

A cell is a set of values that no test in the law tells apart; one value stands for it. Dates and numbers are cut where
a test can turn. An unknown list is one variable whose cells say which `any … where` hold; a missing field of a given
element is a variable of its own, named like `person.convictions[0].on`.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import combinations

from lodged.law.diagram import Diagrams, Node, Rank
from lodged.law.fact import ORDER, Fact
from lodged.law.measure import as_day, as_number, compare, in_order, looks_back, section_of, years_after
from lodged.law.probe import Tests, key_of, list_cells, parts_of
from lodged.law.standing import Standing
from lodged.law.tree import (
    All,
    Condition,
    Either,
    Has,
    Held,
    Is,
    Measure,
    Name,
    Not,
    Order,
    Pack,
    Some,
    Within,
)
from lodged.when import calendar, hours_counted, years_before

Bound = tuple[tuple[str, str, int], ...]
Predicate = Callable[[object], bool]
# Which variables a diagram asks first: facts, then fields of listed elements (they hang on facts), open laws, readings.
ELEMENTS, LAWS, READINGS = 500_000, 1_000_000, 2_000_000
FIRST, LAST = date(1900, 1, 1), date(2200, 1, 1)
# A conviction's own days go before the person's (ruling 16).
FIELD_FALLS_BACK_TO = {"person.convictions.days_incarcerated": "person.days_incarcerated"}
OPEN_FIELD = "violent_or_serious"


@dataclass(frozen=True, slots=True)
class Variable:
    """Something not known: the facts whose answer it is, or an open question or law; `cells` are values for show."""

    rank: Rank
    facts: tuple[str, ...]
    cells: tuple[object, ...]
    kind: str = "fact"
    name: str = ""


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a value of a fact is looked up: its display name, its declaration, its value when given."""

    name: str
    fact: Fact
    rank: Rank
    value: object = None
    key: str = ""
    pack: Pack | None = None


class Builder:
    """Builds diagrams for one standing law and the facts given; keeps the variables it had to make."""

    def __init__(
        self,
        standing: Standing,
        diagrams: Diagrams,
        facts: Mapping[str, object],
        at: datetime | None,
        tests: Tests,
        *,
        implied: bool = True,
    ) -> None:
        self.implied = implied
        self.standing = standing
        self.diagrams = diagrams
        self.facts = facts
        self.at = at
        self.variables: dict[Rank, Variable] = {}
        self.clocks_used: set[str] = set()
        self.touched: set[str] = set()
        self._memo: dict[tuple[Condition, str, Bound], Node] = {}
        self._cells: dict[str, tuple[object, ...]] = {}
        self._busy: set[str] = set()
        self.tests = tests

    # ---- conditions

    def condition(self, condition: Condition, pack: Pack, bound: Bound = ()) -> Node:
        """The diagram that is true where the condition holds."""
        key = (condition, pack.id, bound)
        if key in self._memo:
            return self._memo[key]
        node = self._condition(condition, pack, bound)
        if not self._busy:  # while a default is worked out, its own fact stands free
            self._memo[key] = node
        return node

    def _condition(self, condition: Condition, pack: Pack, bound: Bound) -> Node:
        match condition:
            case Not(part):
                return self.diagrams.negation(self.condition(part, pack, bound))
            case All(parts):
                return self._until(parts, self.diagrams.no, pack, bound, self.diagrams.every)
            case Either(parts):
                return self._until(parts, self.diagrams.yes, pack, bound, self.diagrams.either)
            case Some():
                return self._some(condition, pack)
            case Held(op, hours, clock):
                return self._held(op, hours, clock)
            case _:
                return self._leaf(condition, pack, bound)

    def _until(
        self,
        parts: Sequence[Condition],
        settled: Node,
        pack: Pack,
        bound: Bound,
        join: Callable[[Sequence[Node]], Node],
    ) -> Node:
        """Joins parts one by one and stops where the rest cannot matter."""
        found: Node = join(())
        for part in parts:
            found = join((found, self.condition(part, pack, bound)))
            if found == settled:
                return found
        return found

    def _leaf(self, leaf: Name | Is | Has | Measure | Order | Within, pack: Pack, bound: Bound) -> Node:
        match leaf:
            case Is(ref, values) if ref in self.standing.library.questions:
                return self.reading(ref, values)
            case Name(ref) if not self._is_fact(ref, bound):
                found = self.standing.definition(pack, ref)
                return self.condition(found[0].means, found[1]) if found else self.diagrams.no
            case Name(ref):
                return self._test(self._slot(ref, bound, pack), lambda value: value is True)
            case Is(ref, values):
                slot = self._slot(ref, bound, pack)
                if slot.fact.type == "text":
                    return self._test(slot, lambda value: section_of(str(value), values))
                return self._test(slot, lambda value: value in values)
            case Has(ref, values):
                return self._test(self._slot(ref, bound, pack), lambda value: bool(set(values) & _members(value)))
            case Measure(ref, op, number):
                return self._test(self._slot(ref, bound, pack), lambda value: compare(op, as_number(value), number))
            case Order(ref, op, other):
                slots = [self._slot(ref, bound, pack), self._instant(other, bound, pack)]
                return self._joint(slots, lambda a, b: in_order(op, as_day(a), as_day(b)))
            case Within(ref, years, other, plus, leap):
                slots = [self._slot(ref, bound, pack), self._instant(other, bound, pack)]
                slots += [self._slot(plus, bound, pack)] if plus else []
                return self._joint(slots, lambda *values: looks_back(years, leap, *values))

    def _is_fact(self, ref: str, bound: Bound) -> bool:
        return ref in self.standing.facts or any(ref.startswith(f"{var}.") for var, _, _ in bound)

    def reading(self, question: str, choices: tuple[str, ...]) -> Node:
        """True where the question is read in one of these ways; constant where an authority settled it."""
        if question in self.standing.settled:
            return self.diagrams.leaf(self.standing.settled[question] in choices)
        known = tuple(reading.choice for reading in self.standing.library.questions[question].readings)
        return self.open(question, known, [choice in choices for choice in known], "reading", READINGS)

    def open(self, name: str, cells: tuple[object, ...], values: Iterable[object], kind: str, order: int) -> Node:
        """A variable that is no fact: an open question, or a law that is not (yet) encoded."""
        rank: Rank = (order, name)
        self.variables[rank] = Variable(rank, (), cells, kind, name)
        return self.diagrams.choose(rank, [self.diagrams.leaf(value) for value in values])

    # ---- facts

    def _slot(self, ref: str, bound: Bound, pack: Pack) -> Slot:
        var, _, name = ref.partition(".")
        for bound_var, list_name, place in bound:
            if bound_var == var:
                return self._element_slot(list_name, place, name, pack)
        return self._fact_slot(ref)

    def _fact_slot(self, ref: str) -> Slot:
        fact = self.standing.facts[ref]
        self.touched.add(ref)
        return Slot(ref, fact, _rank(ref), self.facts.get(ref), ref)

    def _element_slot(self, list_name: str, place: int, name: str, pack: Pack) -> Slot:
        elements = self.facts[list_name]
        assert isinstance(elements, tuple)
        self.touched.add(list_name)
        fields = self.standing.facts[list_name].fields
        index = next(at for at, declared in enumerate(fields) if declared.name == name)
        value = elements[place].get(name)
        key = f"{list_name}.{name}"
        if value is None and key in FIELD_FALLS_BACK_TO:
            return self._fact_slot(FIELD_FALLS_BACK_TO[key])
        rank = (ELEMENTS, *_rank(list_name), place, index)
        return Slot(f"{list_name}[{place}].{name}", fields[index], rank, value, key, pack)

    def _instant(self, ref: str, bound: Bound, pack: Pack) -> Slot:
        if ref == "today":
            return Slot("today", _TODAY, (), self.standing.day)
        if ref[:1].isdigit():
            return Slot(ref, _TODAY, (), date.fromisoformat(ref))
        return self._slot(ref, bound, pack)

    def _test(self, slot: Slot, holds: Predicate) -> Node:
        if slot.value is not None:
            return self.diagrams.leaf(holds(slot.value))
        return self._implied(slot, holds, self._vary(slot, lambda value: self.diagrams.leaf(holds(value))))

    def _vary(self, slot: Slot, follow: Callable[[object], Node]) -> Node:
        cells = self.cells(slot)
        self.variables[slot.rank] = Variable(slot.rank, (slot.name,), cells)
        return self.diagrams.choose(slot.rank, [follow(cell) for cell in cells])

    def _implied(self, slot: Slot, holds: Predicate, otherwise: Node) -> Node:
        """Under the pack's defaults: what is implied where one applies, else what stands free."""
        if not self.implied:
            return otherwise
        if slot.key.endswith("." + OPEN_FIELD) and slot.name != slot.key:
            return self._by_table(slot, holds, otherwise)
        if slot.key in self._busy:
            return otherwise
        self._busy.add(slot.key)
        for default, pack in reversed(self.standing.defaults.get(slot.key, ())):
            value = _implied_value(slot.fact, default.values)
            when = self.condition(default.when, pack)
            otherwise = self.diagrams.if_(when, self.diagrams.leaf(holds(value)), otherwise)
        self._busy.discard(slot.key)
        return otherwise

    def _by_table(self, slot: Slot, holds: Predicate, otherwise: Node) -> Node:
        """A conviction nobody reviewed: as the offence table of the pack has it, where the table settles it."""
        list_name, place = slot.key.rsplit(".", 1)[0], slot.rank[2]
        elements = self.facts[list_name]
        table = self.standing.library.table(slot.pack) if slot.pack else None
        assert isinstance(elements, tuple)
        assert isinstance(place, int)
        assert slot.pack
        listed = table.lists(elements[place]) if table else None
        if listed is None:
            return otherwise
        if isinstance(listed, bool):
            return self.diagrams.leaf(holds(listed))
        return self._unlisted([self._element_slot(list_name, place, name, slot.pack) for name in listed], holds)

    def _unlisted(self, missing: list[Slot], holds: Predicate) -> Node:
        """Each missing field is on the table or off it; the conviction counts when all are on it."""
        node, off = self.diagrams.leaf(holds(True)), self.diagrams.leaf(holds(False))
        for slot in reversed(missing):
            cells = (f"a {slot.fact.name} off the table", f"a {slot.fact.name} on the table")
            self.variables[slot.rank] = Variable(slot.rank, (slot.name,), cells)
            node = self.diagrams.choose(slot.rank, [off, node])
        return node

    def _joint(self, slots: list[Slot], holds: Callable[..., bool]) -> Node:
        """A test over several facts: every cell of each that is not known."""
        values = [slot.value for slot in slots]
        free = sorted({at for at, slot in enumerate(slots) if slot.value is None}, key=lambda at: slots[at].rank)

        def follow(rest: list[int]) -> Node:
            if not rest:
                return self.diagrams.leaf(holds(*values))
            at, *others = rest

            def take(value: object) -> Node:
                values[at] = value
                return follow(others)

            return self._vary(slots[at], take)

        return follow(free)

    # ---- cells

    def cells(self, slot: Slot) -> tuple[object, ...]:
        """Values of a fact, one for each cell."""
        if slot.name not in self._cells:
            self._cells[slot.name] = tuple(self._cut(slot))
        return self._cells[slot.name]

    def _cut(self, slot: Slot) -> Iterable[object]:
        match slot.fact.type:
            case "yes-no":
                return (False, True)
            case "one-of" | "text":
                tests = sorted(self.tests.chosen.get(slot.key, ()), key=sorted)
                choices = slot.fact.choices or (*sorted(frozenset().union(*tests)), "other words")
                return _grouped(choices, [lambda value, t=t: value in t for t in tests])
            case "set-of":
                tests = sorted(self.tests.chosen.get(slot.key, ()), key=sorted)
                named = sorted(frozenset().union(*tests))
                sets = [frozenset(some) for size in range(len(named) + 1) for some in combinations(named, size)]
                return _grouped(sets, [lambda value, t=t: bool(value & t) for t in tests])
            case "number":
                return _amounts(self.tests.numbers.get(slot.key, set()) | self._day_counts())
        return self._days()

    def _known_days(self) -> set[date]:
        days = {self.standing.day, *self.tests.days}
        for value in self.facts.values():
            if isinstance(value, date) and not isinstance(value, datetime):
                days.add(value)
            elif isinstance(value, tuple):
                days |= {day for element in value for day in element.values() if isinstance(day, date)}
        return days

    def _known_amounts(self) -> set[int]:
        found = {0}
        for value in self.facts.values():
            if isinstance(value, tuple):
                found |= {int(e["days_incarcerated"]) for e in value if "days_incarcerated" in e}
        given = self.facts.get("person.days_incarcerated")
        return found | ({int(given)} if isinstance(given, int | float) else set())

    def _day_counts(self) -> set[float]:
        """Numbers of days at which a look-back between two known days can turn.

        Where only one `any … where` reaches further with them, more days can only make it hold: none and all suffice.
        """
        if not self.tests.years:
            return set()
        if len(self.tests.further) <= 1:
            return {0.0, float((LAST - date.min).days)}
        days = self._known_days()
        back = {years_before(day, years) for day in days for years in self.tests.years}
        return {float((a - b).days) for a in back for b in days if a > b}

    def _days(self) -> list[date]:
        found: set[date] = {FIRST, LAST}
        shifts = self._known_amounts()
        for day in self._known_days():
            found |= _around(day, 1)
            for years in self.tests.years:
                found |= {near for shift in shifts for near in _around(years_before(day, years), 2, -shift)}
                found |= {near for shift in shifts for near in _around(years_after(day, years), 2, shift)}
        return sorted(found)

    def cell_of(self, variable: Variable, whole: "Builder") -> int | None:
        """Which cell of `whole`'s variable the facts given here fall into; None where they leave it open."""
        name = variable.facts[0]
        if name == "person.release_moment":
            return self._hours_cell(whole)
        fact = self.standing.facts[name]
        if fact.type == "list":
            return self._list_cell(fact, whole)
        slot = Slot(name, fact, variable.rank, None, name)
        value = self.facts.get(name)
        if value is None or fact.type in ("date", "moment"):
            return None
        signs = [self._signs(slot, cell) for cell in whole.cells(slot)]
        mine = self._signs(slot, value)
        return signs.index(mine) if mine in signs else None

    def _signs(self, slot: Slot, value: object) -> tuple[object, ...]:
        """How the tests of the law see a value."""
        if slot.fact.type == "yes-no":
            return (value,)
        if slot.fact.type == "number":
            return tuple(_side(as_number(value), cut) for cut in sorted(self.tests.numbers.get(slot.key, ())))
        tests = sorted(self.tests.chosen.get(slot.key, ()), key=sorted)
        return tuple(bool(t & value) if isinstance(value, frozenset) else value in t for t in tests)

    def _hours_cell(self, whole: "Builder") -> int | None:
        seen = {clock: self.hours(clock) for _, clock in self.tests.held}
        if None in seen.values():
            return None
        for place, cell in enumerate(whole.hour_cells()):
            if all(_side(seen[clock], hours) == _side(cell[clock], hours) for hours, clock in self.tests.held):
                return place
        return None

    def _list_cell(self, fact: Fact, whole: "Builder") -> int | None:
        known = self.tests.listed.get(fact.name, {})
        nodes = [self.condition(*known[key]) for key in sorted(known)]
        if fact.name not in self.facts or not all(self.diagrams.is_leaf(node) for node in nodes):
            return None
        mine = tuple(self.diagrams.value(node) is True for node in nodes)
        cells = list_cells([parts_of(self.standing, *known[key]) for key in sorted(known)])
        return cells.index(mine) if mine in cells else None

    # ---- lists

    def _some(self, some: Some, pack: Pack) -> Node:
        fact = next(fact for fact in self.standing.facts.values() if fact.kind == some.kind)
        elements = self.facts.get(fact.name)
        self.touched.add(fact.name)
        if isinstance(elements, tuple):
            parts = [self.condition(some.where, pack, ((some.var, fact.name, at),)) for at in range(len(elements))]
            return self.diagrams.either(parts)
        known = self.tests.listed.get(fact.name, {})
        keys = sorted(known)
        here = keys.index(key_of(self.standing, some, pack))
        cells = list_cells([parts_of(self.standing, *known[key]) for key in keys])
        rank = _rank(fact.name)
        names = tuple(
            _list_words(fact, [self._called(key) for key, on in zip(keys, cell, strict=True) if on]) for cell in cells
        )
        self.variables[rank] = Variable(rank, (fact.name,), names)
        return self.diagrams.choose(rank, [self.diagrams.leaf(cell[here]) for cell in cells])

    def _called(self, key: str) -> str:
        return self.tests.names.get(key, key)

    # ---- hours held

    def _held(self, op: str, hours: float, clock: str) -> Node:
        self.touched |= {"hold.hours", "person.release_moment"}
        self.clocks_used.add(clock)
        counted = self.hours(clock)
        if counted is not None:
            return self.diagrams.leaf(compare(op, counted, hours))
        rank = _rank("person.release_moment")
        cells = self.hour_cells()
        shown = tuple(_hour_words(cell) for cell in cells)
        self.variables[rank] = Variable(rank, ("person.release_moment", "hold.hours"), shown)
        return self.diagrams.choose(rank, [self.diagrams.leaf(compare(op, cell[clock], hours)) for cell in cells])

    def hours(self, clock: str) -> float | None:
        """Hours held so far on a clock: counted from the moment of release where that is known, else as given."""
        release, given = self.facts.get("person.release_moment"), self.facts.get("hold.hours")
        if isinstance(release, datetime) and self.at is not None:
            return self._counted(release, clock)
        return float(given) if isinstance(given, int | float) else None

    def _counted(self, release: datetime, clock: str) -> float:
        assert self.at is not None
        if release >= self.at:
            return 0.0
        name = self.standing.clocks[clock].calendar
        days = calendar(name) if name else None
        return hours_counted(release, self.at, self.standing.custodian.zone, days)

    def hour_cells(self) -> list[dict[str, float]]:
        """Hours held on each clock, one reckoning for each cell."""
        clocks = sorted({clock for _, clock in self.tests.held})
        amounts = _amounts({hours for hours, _ in self.tests.held})
        cells = [dict.fromkeys(clocks, amount) for amount in amounts]
        return cells + list(self._splits(clocks))

    def _splits(self, clocks: list[str]) -> Iterator[dict[str, float]]:
        """Cells in which the clocks stand on two sides of a number of hours; only those that `at` allows."""
        whole = [clock for clock in clocks if not self.standing.clocks[clock].calendar]
        part = [clock for clock in clocks if self.standing.clocks[clock].calendar]
        if self.at is None or not whole or not part:
            return
        for hours in sorted({hours for hours, _ in self.tests.held}):
            release = self.at - timedelta(hours=hours, minutes=1)
            counted = {clock: self._counted(release, clock) for clock in part}
            if any(amount <= hours for amount in counted.values()):
                yield {**dict.fromkeys(whole, hours + 1 / 60), **counted}


_TODAY = Fact("today", "date", "")


def in_order_of_facts(rank: Rank) -> Rank:
    """The place of a variable in the order in which facts are declared; a field stands with its list.

    >>> in_order_of_facts((ELEMENTS, 21, 0, 5))
    (21, 0, 5)
    """
    return rank[1:] if rank[0] == ELEMENTS else rank


def _rank(name: str) -> Rank:
    return (ORDER[name],) if name in ORDER else (len(ORDER), name)


def _around(day: date, reach: int, shift: int = 0) -> set[date]:
    moved = min(max(day.toordinal() + shift, FIRST.toordinal() + reach), LAST.toordinal() - reach)
    return {date.fromordinal(moved + step) for step in range(-reach, reach + 1)}


def _members(value: object) -> frozenset[str]:
    return value if isinstance(value, frozenset) else frozenset()


def _implied_value(fact: Fact, values: tuple[str, ...]) -> object:
    if fact.type == "yes-no":
        return values == ("yes",)
    return frozenset(values) if fact.type == "set-of" else values[0]


def _grouped(values: Iterable[object], tests: list[Callable[..., bool]]) -> list[object]:
    """The first value of each group that the tests tell apart."""
    groups: dict[tuple[bool, ...], object] = {}
    for value in values:
        groups.setdefault(tuple(test(value) for test in tests), value)
    return list(groups.values())


def _amounts(cuts: set[float]) -> list[float]:
    """Numbers at, between and beyond the cuts, none negative.

    >>> _amounts({48})
    [47, 48, 49]
    """
    found: set[float] = set()
    for cut in cuts:
        found |= {cut - 1, cut, cut + 1} if cut >= 1 else {0, cut, cut + 1}
    ordered = sorted(cuts)
    found |= {(a + b) / 2 for a, b in zip(ordered, ordered[1:], strict=False)}
    return sorted(int(f) if float(f).is_integer() else f for f in found) or [0, 1]


def _side(value: float | None, cut: float) -> int:
    """Below, at or above a number."""
    return 0 if value is None else (value > cut) - (value < cut)


def _hour_words(cell: dict[str, float]) -> object:
    amounts = set(cell.values())
    if len(amounts) == 1:
        return amounts.pop()
    return ", ".join(f"{amount:g} hours by {clock}" for clock, amount in sorted(cell.items()))


def _list_words(fact: Fact, texts: list[str]) -> str:
    return f"such that: {', '.join(texts)}" if texts else f"no {fact.kind} that counts"

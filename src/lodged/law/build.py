"""Turns conditions into diagrams: what is given becomes constant, what is not known becomes a variable with its cells.

A cell is a set of values that no test in the law tells apart (`cells.py`). An unknown list is one variable whose cells
say which `any … where` hold; a missing field of a given element is a variable of its own, named like
`person.convictions[0].on`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from lodged.law.cells import Hours, counts, days, hour_cells, hour_signs, signs
from lodged.law.compiled import ELEMENTS, READINGS, Compiled, Variable, rank_of
from lodged.law.diagram import Diagrams, Node, Rank
from lodged.law.fact import Fact
from lodged.law.measure import as_day, as_number, compare, in_order, looking_back, looks_back, section_of
from lodged.law.probe import FIELD_FALLS_BACK_TO, key_of, list_cells, parts_of
from lodged.law.tree import All, Condition, Either, Has, Held, Is, Measure, Name, Not, Order, Pack, Some, Within
from lodged.when import calendar, hours_counted

Bound = tuple[tuple[str, str, int], ...]
Predicate = Callable[[object], bool]
OPEN_FIELD = "violent_or_serious"


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
    """Puts the facts given into one law; keeps the variables it had to make of those not known.

    `explicit` names facts that no default of a pack may fill: they were given, and could have been given otherwise.
    `diagrams` may be a store that others of the same law fill as well.
    """

    def __init__(
        self,
        law: Compiled,
        facts: Mapping[str, object],
        day: date,
        at: datetime | None,
        *,
        implied: bool = True,
        explicit: frozenset[str] = frozenset(),
        diagrams: Diagrams | None = None,
    ) -> None:
        self.law, self.standing, self.tests = law, law.standing, law.tests
        self.implied, self.explicit = implied, explicit
        self.diagrams = diagrams or Diagrams()
        self.facts = facts
        self.day, self.at = day, at
        self.variables: dict[Rank, Variable] = dict(law.variables)
        self.clocks_used: set[str] = set()
        self._put: dict[Node, Node] = {}
        self._tests: dict[Rank, Node] = {}
        self._memo: dict[tuple[Condition, str, Bound], Node] = {}
        self._cells: dict[str, tuple[object, ...]] = {}
        self._hours: list[Hours] = []
        self._days: list[date] = []
        self._busy: set[str] = set()

    # ---- the law's own diagrams

    def put(self, node: Node) -> Node:
        """A diagram of the law with what is known put into it."""
        if node not in self._put:
            self._put[node] = self._putting(node)
        return self._put[node]

    def _putting(self, node: Node) -> Node:
        law, diagrams = self.law.diagrams, self.diagrams
        if law.is_leaf(node):
            return diagrams.leaf(law.value(node))
        rank, children = law.rank(node), law.children(node)
        if rank not in self.law.tests_at:
            return diagrams.choose(rank, [self.put(child) for child in children])
        test = self.test(rank)
        if test == diagrams.yes:
            return self.put(children[1])
        if test == diagrams.no:
            return self.put(children[0])
        return diagrams.if_(test, self.put(children[1]), self.put(children[0]))

    def test(self, rank: Rank) -> Node:
        """The diagram of the test behind a variable of the law."""
        if rank not in self._tests:
            self._tests[rank] = self.condition(*self.law.tests_at[rank])
        return self._tests[rank]

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
                return self._reading(ref, values)
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
                return self._order(slots, op)
            case Within(ref, years, other, plus, leap):
                slots = [self._slot(ref, bound, pack), self._instant(other, bound, pack)]
                slots += [self._slot(plus, bound, pack)] if plus else []
                return self._look_back(slots, years, leap)

    def _is_fact(self, ref: str, bound: Bound) -> bool:
        return ref in self.standing.facts or any(ref.startswith(f"{var}.") for var, _, _ in bound)

    def _reading(self, question: str, choices: tuple[str, ...]) -> Node:
        values = self.law.reading(question, choices)
        if isinstance(values, bool):
            return self.diagrams.leaf(values)
        rank: Rank = (READINGS, question)
        self.variables[rank] = self.law.question(question)
        return self.diagrams.choose(rank, [self.diagrams.leaf(value) for value in values])

    # ---- facts

    def _slot(self, ref: str, bound: Bound, pack: Pack) -> Slot:
        var, _, name = ref.partition(".")
        for bound_var, list_name, place in bound:
            if bound_var == var:
                return self._element_slot(list_name, place, name, pack)
        return self._fact_slot(ref)

    def _fact_slot(self, ref: str) -> Slot:
        return Slot(ref, self.standing.facts[ref], rank_of(ref), self.facts.get(ref), ref)

    def _element_slot(self, list_name: str, place: int, name: str, pack: Pack) -> Slot:
        elements = self.facts[list_name]
        assert isinstance(elements, tuple)
        fields = self.standing.facts[list_name].fields
        index = next(at for at, declared in enumerate(fields) if declared.name == name)
        value = elements[place].get(name)
        key = f"{list_name}.{name}"
        if value is None and key in FIELD_FALLS_BACK_TO:
            return self._fact_slot(FIELD_FALLS_BACK_TO[key])
        rank = (ELEMENTS, *rank_of(list_name), place, index)
        return Slot(f"{list_name}[{place}].{name}", fields[index], rank, value, key, pack)

    def _instant(self, ref: str, bound: Bound, pack: Pack) -> Slot:
        if ref == "today":
            return Slot("today", _TODAY, (), self.day)
        if ref[:1].isdigit():
            return Slot(ref, _TODAY, (), date.fromisoformat(ref))
        return self._slot(ref, bound, pack)

    def _test(self, slot: Slot, holds: Predicate) -> Node:
        if slot.value is not None:
            return self.diagrams.leaf(holds(slot.value))
        return self._implied(slot, holds, self._vary(slot, lambda value: self.diagrams.leaf(holds(value))))

    def _vary(self, slot: Slot, follow: Callable[[object], Node]) -> Node:
        return self.diagrams.choose(slot.rank, [follow(cell) for cell in self._varied(slot)])

    def _varied(self, slot: Slot) -> tuple[object, ...]:
        """The cells of a fact not known, which is kept as a variable from now on."""
        cells = self.cells(slot)
        if slot.rank not in self.variables:
            self.variables[slot.rank] = Variable(slot.rank, (slot.name,), cells)
        return cells

    def _implied(self, slot: Slot, holds: Predicate, otherwise: Node) -> Node:
        """Under the pack's defaults: what is implied where one applies, else what stands free."""
        if not self.implied or slot.key in self.explicit:
            return otherwise
        if slot.key.endswith("." + OPEN_FIELD) and slot.name != slot.key:
            return self._by_table(slot, holds, otherwise)
        if slot.key in self._busy or slot.key not in self.standing.defaults:
            return otherwise
        self._busy.add(slot.key)
        for default, pack in reversed(self.standing.defaults[slot.key]):
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

    def _joint(self, slots: list[Slot], free: Sequence[int], then: Callable[..., Node]) -> Node:
        """A test over several facts: every cell of those that are free, one within another."""
        return self._varying(slots, [slot.value for slot in slots], free, then)

    def _varying(self, slots: list[Slot], values: list[object], free: Sequence[int], then: Callable[..., Node]) -> Node:
        if not free:
            return then(*values)
        at, *others = free

        def take(value: object) -> Node:
            return self._varying(slots, [*values[:at], value, *values[at + 1 :]], others, then)

        return self._vary(slots[at], take)

    def _order(self, slots: list[Slot], op: str) -> Node:
        """One day against another; where only one is not known, its cells are compared without more ado."""
        free, leaf = _free(slots), self.diagrams.leaf
        if len(free) != 1:
            return self._joint(slots, free, lambda a, b: leaf(in_order(op, as_day(a), as_day(b))))
        slot, known = slots[free[0]], as_day(slots[1 - free[0]].value)
        days = [as_day(cell) for cell in self._varied(slot)]
        held = [in_order(op, known, day) if free[0] else in_order(op, day, known) for day in days]
        return self.diagrams.choose(slot.rank, [self.diagrams.yes if one else self.diagrams.no for one in held])

    def _look_back(self, slots: list[Slot], years: int, leap: bool) -> Node:
        """A look-back over several facts; of the one asked last, the cells that hold are found by halving."""
        free = _free(slots)
        if not free:
            return self.diagrams.leaf(looks_back(years, leap, *(slot.value for slot in slots)))
        *outer, last = free
        runs: dict[tuple[int, int], Node] = {}
        no, yes, cells = self.diagrams.no, self.diagrams.yes, self._varied(slots[last])

        def run(*values: object) -> Node:
            held = first, end = looking_back(years, leap, values, last, cells)
            if held not in runs:
                children = [no] * first + [yes] * (end - first) + [no] * (len(cells) - end)
                runs[held] = self.diagrams.choose(slots[last].rank, children)
            return runs[held]

        return self._joint(slots, outer, run)

    # ---- cells

    def cells(self, slot: Slot) -> tuple[object, ...]:
        """Values of a fact, one for each cell."""
        if slot.name not in self._cells:
            fixed = self.law.cells(slot.key, slot.fact)
            self._cells[slot.name] = fixed if fixed is not None else self._cut(slot)
        return self._cells[slot.name]

    def values(self, name: str) -> tuple[object, ...]:
        """Values of a fact by its name, one for each cell."""
        return self.cells(self._fact_slot(name))

    def _cut(self, slot: Slot) -> tuple[object, ...]:
        if slot.fact.type == "number":
            return counts(self.tests, slot.key, self._known_days())
        if not self._days:
            self._days = days(self._known_days(), self._known_counts(), self.tests.years)
        return tuple(self._days)

    def _known_days(self) -> set[date]:
        found = {self.day, *self.tests.days}
        for value in self.facts.values():
            if isinstance(value, date) and not isinstance(value, datetime):
                found.add(value)
            elif isinstance(value, tuple):
                found |= {day for element in value for day in element.values() if isinstance(day, date)}
        return found

    def _known_counts(self) -> set[int]:
        found = {0}
        for value in self.facts.values():
            if isinstance(value, tuple):
                found |= {int(e["days_incarcerated"]) for e in value if "days_incarcerated" in e}
        given = self.facts.get("person.days_incarcerated")
        return found | ({int(given)} if isinstance(given, int | float) else set())

    def cell_of(self, variable: Variable, whole: "Builder") -> int | None:
        """Which cell of `whole`'s variable the facts given here fall into; None where they leave it open."""
        name = variable.facts[0]
        if name == "person.release_moment":
            return self._hours_cell(whole)
        fact = self.standing.facts[name]
        if fact.type == "list":
            return self._list_cell(fact)
        value = self.facts.get(name)
        if value is None or fact.type in ("date", "moment") or name in self.tests.counts:
            return None
        return self.law.places(name, fact).get(signs(self.tests, name, fact, value))

    def _hours_cell(self, whole: "Builder") -> int | None:
        ran = {clock: self.hours(clock) for _, _, clock in self.tests.spans}
        known = {clock: hours for clock, hours in ran.items() if hours is not None}
        if len(known) < len(ran):
            return None
        mine = hour_signs(self.tests, known)
        places = [place for place, cell in enumerate(whole.hour_cells()) if hour_signs(self.tests, cell) == mine]
        return places[0] if places else None

    def _list_cell(self, fact: Fact) -> int | None:
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
        if isinstance(elements, tuple):
            parts = [self.condition(some.where, pack, ((some.var, fact.name, at),)) for at in range(len(elements))]
            return self.diagrams.either(parts)
        known = self.tests.listed.get(fact.name, {})
        keys = sorted(known)
        here = keys.index(key_of(self.standing, some, pack))
        cells = list_cells([parts_of(self.standing, *known[key]) for key in keys])
        rank = rank_of(fact.name)
        names = tuple(
            _list_words(fact, [self._called(key) for key, on in zip(keys, cell, strict=True) if on]) for cell in cells
        )
        self.variables[rank] = Variable(rank, (fact.name,), names)
        return self.diagrams.choose(rank, [self.diagrams.leaf(cell[here]) for cell in cells])

    def _called(self, key: str) -> str:
        return self.tests.names.get(key, key)

    # ---- hours held

    def _held(self, op: str, hours: float, clock: str) -> Node:
        self.clocks_used.add(clock)
        ran = self.hours(clock)
        if ran is not None:
            return self.diagrams.leaf(compare(op, ran, hours))
        rank = rank_of("person.release_moment")
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
        counting = calendar(name) if name else None
        return hours_counted(release, self.at, self.standing.custodian.zone, counting)

    def hour_cells(self) -> list[Hours]:
        """Hours held on each clock, one reckoning for each cell."""
        if not self._hours:
            calendars = {clock.name: clock.calendar for clock in self.standing.clocks.values()}
            self._hours = hour_cells(self.tests, self.at, calendars, self._counted)
        return self._hours


def _free(slots: Sequence[Slot]) -> list[int]:
    """The places of those not known, in the order in which a diagram asks."""
    return sorted((at for at, slot in enumerate(slots) if slot.value is None), key=lambda at: slots[at].rank)


_TODAY = Fact("today", "date", "")


def _members(value: object) -> frozenset[str]:
    return value if isinstance(value, frozenset) else frozenset()


def _implied_value(fact: Fact, values: tuple[str, ...]) -> object:
    if fact.type == "yes-no":
        return values == ("yes",)
    return frozenset(values) if fact.type == "set-of" else values[0]


def _hour_words(cell: Hours) -> object:
    amounts = set(cell.values())
    if len(amounts) == 1:
        return amounts.pop()
    return ", ".join(f"{amount:g} hours by {clock}" for clock, amount in sorted(cell.items()))


def _list_words(fact: Fact, texts: list[str]) -> str:
    return f"such that: {', '.join(texts)}" if texts else f"no {fact.kind} that counts"

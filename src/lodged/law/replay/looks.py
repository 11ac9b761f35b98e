"""What a law looks at in a case: every test it can make of every fact, and nothing else."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from lodged.law.standing import Standing
from lodged.law.tree import (
    Condition,
    Has,
    Held,
    Is,
    Leaf,
    Measure,
    Name,
    Order,
    Pack,
    Some,
    Within,
    leaves,
)

OPEN_FIELD = "violent_or_serious"
TABLE_FIELDS = ("state", "class", "code", "section")  # what an offence table reads of a conviction


@dataclass(frozen=True, slots=True, order=True)
class DayTest:
    """One day held against another: `op` an order, or `within` `years` before `other`, `plus` days further back."""

    first: str
    op: str
    other: str
    years: int = 0
    leap: bool = False
    plus: str = ""


@dataclass(slots=True)
class Looks:
    """The tests of a law by fact. A field of a listed element is named like `person.convictions.on`.

    `yes_no`: facts asked bare. `chosen`: the sets of values asked for. `amounts`: `(number, beyond)`: more than the
    number where `beyond`, else at least it. `held`: hours by clock. `lists`: lists asked `any … where`. `tabled`: lists
    whose elements an offence table answers for. `calendars`: the calendar of each clock, empty where every hour counts.
    """

    yes_no: set[str] = field(default_factory=set)
    chosen: dict[str, set[frozenset[str]]] = field(default_factory=dict)
    amounts: dict[str, set[tuple[float, bool]]] = field(default_factory=dict)
    days: set[DayTest] = field(default_factory=set)
    held: dict[str, set[float]] = field(default_factory=dict)
    calendars: dict[str, str] = field(default_factory=dict)
    lists: set[str] = field(default_factory=set)
    tabled: set[str] = field(default_factory=set)

    @property
    def facts(self) -> set[str]:
        """The name of every fact, or field of a listed element, that some test looks at."""
        dated = {ref for test in self.days for ref in (test.first, test.other, test.plus) if is_fact(ref)}
        hours = {"hold.hours", "person.release_moment"} if self.held else set()
        fields = {f"{name}.{part}" for name in self.tabled for part in TABLE_FIELDS}
        return self.yes_no | {*self.chosen} | {*self.amounts} | dated | hours | self.lists | fields


def is_fact(ref: str) -> bool:
    """Does a day test's word name a fact, and not `today`, a day, or nothing?"""
    return ref not in ("", "today") and not ref[:1].isdigit()


def looks_of(standings: Iterable[Standing]) -> Looks:
    """What several laws that stand together look at.

    >>> from datetime import date
    >>> from lodged.law.custodians import CUSTODIANS
    >>> from lodged.law.packs import load
    >>> from lodged.law.standing import standing
    >>> law = standing(load(), CUSTODIANS["us-ny-nyc/doc"], date(2020, 1, 17), "hold", frozenset())
    >>> sorted(test.first for test in looks_of([law]).days)
    ['person.arrested_on', 'person.convictions.on']
    """
    found = Looks()
    for stands in standings:
        _Walk(stands, found).all()
    return found


class _Walk:
    """Goes through the conditions of one standing law and notes each test."""

    def __init__(self, stands: Standing, found: Looks) -> None:
        self.stands, self.found = stands, found
        self.kinds = {fact.kind: fact.name for fact in stands.facts.values() if fact.kind}
        self.done: set[tuple[Condition, str]] = set()

    def all(self) -> None:
        """Every condition; a default counts where its fact is looked at, which may show further defaults."""
        for condition, pack in self._conditions():
            self._note(condition, pack, {})
        waiting = set(self.stands.defaults)
        while ready := waiting & self.found.facts:
            waiting -= ready
            for default, pack in (one for fact in ready for one in self.stands.defaults[fact]):
                self._note(default.when, pack, {})

    def _conditions(self) -> Iterator[tuple[Condition, Pack]]:
        for pack in (*self.stands.packs, *self.stands.drafts):
            for rule in self.stands.rules(pack):
                yield rule.when, pack
                yield rule.unless, pack
        for challenge, pack in self.stands.challenges:
            yield challenge.when, pack
        for constraint, pack in self.stands.constraints:
            yield constraint.given, pack
            yield constraint.then, pack

    def _note(self, condition: Condition, pack: Pack, names: Mapping[str, str]) -> None:
        if not names and (condition, pack.id) in self.done:
            return
        self.done.add((condition, pack.id))
        for leaf in leaves(condition):
            self._leaf(leaf, pack, names)

    def _leaf(self, leaf: Leaf, pack: Pack, names: Mapping[str, str]) -> None:
        found = self.found
        match leaf:
            case Some(kind, var, where):
                found.lists.add(self.kinds[kind])
                self._note(where, pack, {**names, var: self.kinds[kind]})
            case Name(ref):
                self._name(ref, pack, names)
            case Is(ref) if ref in self.stands.library.questions:
                pass
            case Is(ref, values) | Has(ref, values):
                found.chosen.setdefault(_full(ref, names), set()).add(frozenset(values))
            case Measure(ref, op, number):
                cut = (float(number), op in ("more than", "at most"))
                found.amounts.setdefault(_full(ref, names), set()).add(cut)
            case Held(_, hours, clock):
                found.held.setdefault(clock, set()).add(float(hours))
                found.calendars[clock] = self.stands.clocks[clock].calendar
            case Order(ref, op, other):
                found.days.add(DayTest(_full(ref, names), op, _full(other, names)))
            case Within(ref, years, other, plus, leap):
                first, last, days = (_full(word, names) for word in (ref, other, plus))
                found.days.add(DayTest(first, "within", last, years, leap, days))

    def _name(self, ref: str, pack: Pack, names: Mapping[str, str]) -> None:
        full = _full(ref, names)
        if full != ref or ref in self.stands.facts:
            self.found.yes_no.add(full)
            if full != ref and full.endswith(f".{OPEN_FIELD}") and self.stands.library.table(pack):
                self.found.tabled.add(full.removesuffix(f".{OPEN_FIELD}"))
        elif definition := self.stands.definition(pack, ref):
            self._note(definition[0].means, definition[1], names)


def _full(ref: str, names: Mapping[str, str]) -> str:
    var, _, rest = ref.partition(".")
    return f"{names[var]}.{rest}" if var in names else ref

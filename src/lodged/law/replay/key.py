"""The state of a case as SQL: what the law that stands can tell apart of it, packed into a few whole numbers."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from lodged.law.fact import NUMBER
from lodged.law.probe import FIELD_FALLS_BACK_TO
from lodged.law.replay.cuts import TODAY, Axis, instances
from lodged.law.replay.laws import Laws
from lodged.law.replay.looks import OPEN_FIELD, TABLE_FIELDS, Looks, looks_of
from lodged.law.replay.signs import Tests, ladder, signs
from lodged.law.replay.slots import Slot, elements

HOURS, RELEASE = "hold.hours", "person.release_moment"
_ROOM = 1 << 62  # a packed column is a 64-bit integer with a sign
_HOUR = 3_600_000_000.0  # microseconds
_NOTHING = {"BIGINT": "0", "DOUBLE": "-1.0", "DATE": "DATE '1800-01-01'"}  # values that no case can have


@dataclass(slots=True)
class Key:
    """The state's parts: `small` whole numbers with how many there can be, `exact` values that could not be reduced;
    each with the laws that look at it. `signed` are the signs that each slot must show, by the name of its column.
    """

    laws: int
    small: dict[str, tuple[int, set[int]]] = field(default_factory=dict)
    exact: dict[str, tuple[str, set[int]]] = field(default_factory=dict)
    signed: dict[tuple[str, Tests], str] = field(default_factory=dict)

    def add(self, law: int, sql: str, many: int) -> None:
        """A part of the state under one law."""
        self.small.setdefault(sql, (many, set()))[1].add(law)

    def keep(self, law: int, sql: str, kind: str) -> None:
        """A value that stays as it is, with its type in SQL; it may be NULL."""
        self.exact.setdefault(f"coalesce({sql}, {_NOTHING[kind]})", (kind, set()))[1].add(law)

    def sign(self, slot: Slot, number: int, tests: Tests) -> str:
        """The column in which a slot shows how some tests see it."""
        return self.signed.setdefault((slot.name, tests), f"s{number}_{len(self.signed)}")

    @property
    def columns(self) -> list[tuple[str, str]]:
        """The key's columns as SQL with their types, none of them ever NULL; the law's own number is part of it."""
        packed: list[str] = []
        terms, room = ["law::BIGINT"], self.laws
        for sql, (many, laws) in self.small.items():
            if room * many >= _ROOM:
                packed.append(" + ".join(terms))
                terms, room = [], 1
            terms.append(f"({self._masked(sql, laws, '0')})::BIGINT * {room}")
            room *= many
        packed.append(" + ".join(terms))
        kept = [(self._masked(sql, laws, _NOTHING[kind]), kind) for sql, (kind, laws) in self.exact.items()]
        return [*((sql, "BIGINT") for sql in packed), *kept]

    def _masked(self, sql: str, laws: set[int], nothing: str) -> str:
        """A part of the state, left out under laws that do not look at it."""
        if len(laws) == self.laws:
            return sql
        return f"CASE WHEN law IN ({', '.join(map(str, sorted(laws)))}) THEN {sql} ELSE {nothing} END"


def key_of(laws: Laws, slots: Iterable[Slot], *, one_moment: bool = False) -> Key:
    """The state that a case with these slots has under some laws; `one_moment`: each custodian is asked at one moment."""
    shape = Shape(tuple(slots))
    key = Key(len(laws.all))
    for number, law in enumerate(laws.all):
        _Part(key, number, looks_of(law.standings), shape).all(one_moment=one_moment)
    return key


@dataclass(frozen=True, slots=True)
class Shape:
    """The slots of a case. Columns: `v3` is the value of the fourth slot (date, number, microseconds of an instant),
    `x3` its number in its dictionary, `s3_7` its sign, `l_NAME` which elements a list has.
    """

    slots: tuple[Slot, ...]

    def place(self, name: str) -> int | None:
        """The slot's number."""
        return next((at for at, slot in enumerate(self.slots) if slot.name == name), None)

    def column(self, name: str, kind: str = "DOUBLE") -> str:
        """A slot's value as SQL, NULL where the case has no such slot."""
        place = self.place(name)
        return f"NULL::{kind}" if place is None else f"v{place}"

    def value(self, slot: Slot) -> str:
        """A value as the law reads it: an element's days go before the person's."""
        own = self.column(slot.name)
        back = FIELD_FALLS_BACK_TO.get(slot.key)
        return f"coalesce({own}, {self.column(back)})" if back and self.place(back) is not None else own

    @property
    def lists(self) -> list[str]:
        """The lists that are given element by element."""
        return sorted({slot.list_name for slot in self.slots if slot.list_name})


def list_column(name: str) -> str:
    """The column that says which elements of a list a case has: 0 not known, else 1 and a bit for each element."""
    return "l_" + name.replace(".", "_")


class _Part:
    """One law's part of the key."""

    def __init__(self, key: Key, law: int, looks: Looks, shape: Shape) -> None:
        self.key, self.law, self.looks, self.shape = key, law, looks, shape

    def all(self, *, one_moment: bool) -> None:
        """Every part of the state that this law looks at."""
        for place, slot in enumerate(self.shape.slots):
            if slot.key in self.looks.facts:
                self._slot(place, slot)
        for name in self.shape.lists:
            if name in self.looks.lists:
                many = 1 << (1 + max(elements(self.shape.slots, name)))
                self.key.add(self.law, list_column(name), many + 1)
        for name in self.looks.tabled:
            self._tabled(name)
        self._days()
        for sql, many in held(self.looks, self.shape, one_moment=one_moment):
            self.key.add(self.law, sql, many)

    def _slot(self, place: int, slot: Slot) -> None:
        if slot.fact.type == "list":
            self._whole_list(place, slot)
        elif slot.is_listed:
            tests = frozenset(self.looks.chosen.get(slot.key, ()))
            if tests or slot.key in self.looks.yes_no:
                column = self.key.sign(slot, place, tests)
                self.key.add(self.law, column, signs(slot.fact, tests))
        elif slot.fact.type == NUMBER:
            self.key.add(self.law, *ladder(self.shape.value(slot), self.looks.amounts.get(slot.key, ())))
        else:
            self.key.add(self.law, f"(v{place} IS NULL)::INTEGER", 2)

    def _whole_list(self, place: int, slot: Slot) -> None:
        """A list given as one text stays as it is; so do the days that tests hold its elements against."""
        self.key.keep(self.law, f"x{place}::BIGINT", "BIGINT")
        prefix = f"{slot.name}."
        terms = {
            term
            for test in self.looks.days
            for term in (test.first, test.other, test.plus)
            if any(ref.startswith(prefix) for ref in (test.first, test.other))
        }
        back = {FIELD_FALLS_BACK_TO[term] for term in terms if term in FIELD_FALLS_BACK_TO}
        for term in sorted(terms | back):
            at = self.shape.place(term)
            if term == TODAY or at is not None:
                kind = "DOUBLE" if at is not None and self.shape.slots[at].fact.type == NUMBER else "DATE"
                value = TODAY if at is None else f"v{at}"
                self.key.keep(self.law, f"CASE WHEN x{place} > 0 THEN {value} END", kind)

    def _tabled(self, name: str) -> None:
        """What an offence table reads of a conviction that nobody reviewed."""
        for fields in elements(self.shape.slots, name).values():
            open_ = fields.get(OPEN_FIELD)
            for field_name in TABLE_FIELDS:
                if field_name in fields:
                    sql = f"x{self.shape.place(fields[field_name].name)}"
                    if open_:
                        place = self.shape.place(open_.name)
                        assert place is not None
                        sql = f"CASE WHEN {self.key.sign(open_, place, frozenset())} = 0 THEN {sql} ELSE 0 END"
                    self.key.keep(self.law, f"({sql})::BIGINT", "BIGINT")

    def _days(self) -> None:
        by_key: dict[str, list[Slot]] = {}
        for slot in self.shape.slots:
            by_key.setdefault(slot.key, []).append(slot)
        found = instances(sorted(self.looks.days), by_key)
        values = {slot.name: self.shape.value(slot) for slot in self.shape.slots} | {TODAY: TODAY}
        axis = Axis(self.looks, found, values, {slot.name: slot for slot in self.shape.slots})
        for parts in (axis.truths(), axis.orders(), axis.reaches()):
            for sql, many in parts:
                self.key.add(self.law, sql, many)
        for sql in axis.exact():
            self.key.keep(self.law, sql, "DATE")


# ---- hours held


def held(looks: Looks, shape: Shape, *, one_moment: bool) -> Iterator[tuple[str, int]]:
    """The hours held by each clock: on which side of every number of hours; where not known, how the clocks can split."""
    hours, release = shape.column(HOURS), shape.column(RELEASE, "BIGINT")
    cuts = sorted({cut for found in looks.held.values() for cut in found})
    for clock in sorted(looks.held):
        counted = (
            f"CASE WHEN {release} >= at_us THEN 0.0 ELSE {_between(release, 'release', looks.calendars[clock])} END"
        )
        if shape.place(RELEASE) is None:
            counted = "NULL::DOUBLE"
        sides, many = _sides(f"(CASE WHEN {release} IS NULL THEN {hours} ELSE {counted} END)", cuts)
        yield f"CASE WHEN {release} IS NULL AND {hours} IS NULL THEN 0 ELSE coalesce({sides}, {many}) END", many + 1
        apart = f"coalesce((abs({counted} - {hours}) >= 1)::INTEGER, 2)"
        yield f"CASE WHEN {release} IS NULL OR {hours} IS NULL THEN 0 ELSE 1 + {apart} END", 4
    for name in [] if one_moment else _part_calendars(looks):
        for cut in cuts:
            sides, many = _sides(_between("", back_column(cut), name), cuts)
            yield f"CASE WHEN {release} IS NULL AND {hours} IS NULL THEN coalesce({sides}, {many}) ELSE 0 END", many + 1


def _part_calendars(looks: Looks) -> list[str]:
    """The calendars of clocks that can split from one that counts every hour."""
    calendars = sorted({name for name in looks.calendars.values() if name})
    return calendars if "" in looks.calendars.values() else []


def back_column(hours: float) -> str:
    """The name of the instant at which a hold of just over so many hours would have begun."""
    return "back_" + str(hours).replace(".", "_")


def counted_column(instant: str, calendar: str) -> str:
    """The column with the microseconds that count on a calendar from its first day to an instant."""
    return f"c_{instant}_{calendar.replace('-', '_')}"


def _between(start: str, instant: str, calendar: str) -> str:
    if not calendar:
        return f"(at_us - {start}) / {_HOUR}"
    return f"({counted_column('at', calendar)} - {counted_column(instant, calendar)}) / {_HOUR}"


def _sides(value: str, cuts: Iterable[float]) -> tuple[str, int]:
    """Below, at or above each number; and one more than there can be."""
    cuts = list(cuts)
    steps = "".join(f" + ({value} >= {cut})::INTEGER + ({value} > {cut})::INTEGER" for cut in cuts)
    return f"1{steps}", 2 * len(cuts) + 2


@dataclass(frozen=True, slots=True)
class Hours:
    """What laws need to count hours held: calendars; and the numbers of hours at which clocks can split."""

    calendars: frozenset[str] = frozenset()
    splits: frozenset[float] = frozenset()
    counted: bool = False


def hours_needed(laws: Laws) -> Hours:
    """What some laws need to count hours held."""
    calendars: set[str] = set()
    splits: set[float] = set()
    counted = False
    for law in laws.all:
        looks = looks_of(law.standings)
        counted = counted or bool(looks.held)
        calendars |= {name for name in looks.calendars.values() if name}
        if _part_calendars(looks):
            splits |= {cut for numbers in looks.held.values() for cut in numbers}
    return Hours(frozenset(calendars), frozenset(splits), counted)

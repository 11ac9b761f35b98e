"""One law at one moment as a table: decisions by look-up, each made by `decide` when its state first occurs.

`Table.decide` remembers whole decisions by the values of the facts that the law looks at. `Table.decide_all` takes columns,
puts each case into its state, and gathers the effects; `explain` gives the whole decision of a state.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lodged.law.ask import Question
from lodged.law.check import declared_facts
from lodged.law.decide import decide
from lodged.law.decision import EFFECTS, Decision
from lodged.law.fact import DATE, LIST, MOMENT, NUMBER, ORDER, SET_OF, TEXT, YES_NO, Fact, nearest
from lodged.law.packs import Packs
from lodged.law.replay.laws import Laws
from lodged.law.replay.looks import Looks, looks_of
from lodged.law.replay.signs import Tests, sign
from lodged.problem import Problem, ProblemsError

CONTRADICTION = len(EFFECTS)  # the effect's code where the facts of a state cannot be true together
DENSE = 1 << 20  # up to this many states, a state's number is its place among all that there can be
_NOT_YET = 255
_HOURS = "hold.hours"
_ROOM = 1 << 62

Codes = NDArray[Any]


@dataclass(frozen=True, slots=True)
class Axis:
    """One fact as states see it. `values`: the value of each code, 0 not known; `cells`: the cell of each code.

    Of a number, `cuts` part the cells: `(number, beyond)`, more than it where `beyond`, else at least it.
    """

    fact: Fact
    values: tuple[object, ...]
    cells: tuple[int, ...]
    cuts: tuple[tuple[float, bool], ...] = ()

    @property
    def width(self) -> int:
        """How many cells there are, the one for not known included."""
        return max(self.cells) + 1

    def stands_for(self, cell: int) -> object:
        """The value that stands for a cell."""
        return self.values[self.cells.index(cell)]


@dataclass(eq=False)
class Table:
    """The law for one custodian's act at one moment. Raises ProblemsError for an unknown custodian, act or draft.

    Codes of a column: 0 is not known; else the place in `values(fact)`. A column of booleans is a yes-no fact that is
    always known; of a number, the numbers themselves, NaN or below 0 where it is not known.

    >>> from datetime import UTC
    >>> from lodged.law.packs import load
    >>> table = Table(load(), "us-ca/sheriff", "hold", datetime(2020, 1, 17, 12, tzinfo=UTC))
    >>> table.decide({"paper.form": "i-247a", "warrant.signed_by": "none"}).effect
    'forbidden'
    """

    packs: Packs
    custodian: str
    act: str
    at: datetime
    adopted: frozenset[str] = frozenset()
    with_draft: frozenset[str] = frozenset()
    facts: tuple[str, ...] = field(init=False)
    _axes: dict[str, Axis] = field(init=False, default_factory=dict)
    _seen: dict[tuple[object, ...], Decision] = field(init=False, default_factory=dict)
    _states: dict[tuple[int, ...], int] = field(init=False, default_factory=dict)
    _cells: list[tuple[int, ...]] = field(init=False, default_factory=list)
    _decided: dict[int, Decision | ProblemsError] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._declared = declared_facts(self.packs.packs)
        item = {"inquiry.item": "other"} if self.act == "disclose" else {}
        asked = Question(self.custodian, self.act, self.at, item, self._declared)
        self._decide(item)  # an unknown draft is told now
        laws = Laws(self.packs, ((self.custodian, self.act),), self.with_draft)
        law = laws.all[laws.number((self.custodian, self.act), asked.day)]
        self._looks = looks_of(law.standings)
        names = {name for name in self._looks.facts if name in self._declared}
        if any(self.packs.table(pack) for stands in law.standings for pack in stands.packs):
            names.add("person.convictions")  # a decision notes where a reviewer and the table differ
        self.facts = tuple(sorted(names, key=lambda name: (ORDER.get(name, len(ORDER)), name)))
        for name in self.facts:
            if axis := _axis(self._declared[name], self._looks):
                self._axes[name] = axis
        widths = [axis.width for axis in self._axes.values()]
        self._strides = [int(np.prod(widths[:at], dtype=object)) for at in range(len(widths))]
        self.size = int(np.prod(widths, dtype=object)) if widths else 1
        self.dense = self.size <= DENSE
        self._effects = np.full(self.size if self.dense else 0, _NOT_YET, np.uint8)

    def _decide(self, facts: Mapping[str, object]) -> Decision:
        question = Question(self.custodian, self.act, self.at, facts, self._declared)
        return decide(self.packs, question, self.adopted, self.with_draft)

    # ---- one case

    def decide(self, facts: Mapping[str, object]) -> Decision:
        """The decision for some facts, as `decide` gives it; looked up where the same facts were asked before.

        Raises ProblemsError as `decide` does; facts that the law does not look at are checked too.
        """
        given = facts.values()
        key = (*facts, *given, *map(type, given))  # True equals 1, and only one of them is a yes
        try:
            return self._seen[key]
        except KeyError:
            return self._seen.setdefault(key, self._decide(facts))
        except TypeError:  # a list is no key
            return self._decide(facts)

    # ---- many cases

    def values(self, fact: str) -> tuple[object, ...]:
        """The value of each code of a fact's column; the first, None, is not known. Of a number: what stands for a cell."""
        return self._known(fact).values

    def encoded(self, fact: str, values: Iterable[object]) -> Codes:
        """Values of a fact as a column: codes, or of a number the numbers themselves. None is not known."""
        axis = self._known(fact)
        if axis.cuts or axis.fact.type == NUMBER:
            return np.array([np.nan if value is None else value for value in values], float)
        code = {value: place for place, value in enumerate(axis.values)}
        return np.array([code[self._grouped(axis, value)] for value in values], np.int32)

    def _grouped(self, axis: Axis, value: object) -> object:
        """A text as the word that stands for its cell; any other value as it is."""
        if value is None or axis.fact.type != TEXT:
            return value
        tests = frozenset(self._looks.chosen.get(axis.fact.name, ()))
        mine = sign(axis.fact, tests, value)
        return next(one for one in axis.values[1:] if sign(axis.fact, tests, one) == mine)

    def decide_all(self, columns: Mapping[str, Codes]) -> tuple[Codes, NDArray[np.uint8]]:
        """The state of each case and the code of its effect, its place in `EFFECTS`.

        `columns` hold one value for each case; a fact without a column is not known. CONTRADICTION is the code where
        the facts cannot be true together. Raises ProblemsError for a column that no table can hold.
        """
        known = {name: np.asarray(column) for name, column in columns.items() if self._wanted(name)}
        rows = len(next(iter(columns.values()), ()))
        if any(len(column) != rows for column in columns.values()):
            raise ProblemsError([Problem("columns", "the columns are not of one length", "give a value for each case")])
        if self.dense:
            return self._by_place(known, rows)
        return self._by_search(known, rows)

    def explain(self, state: int) -> Decision:
        """The whole decision of a state, with the values that stand for it. Raises ProblemsError for a contradiction."""
        found = self._outcome(int(state))
        if isinstance(found, ProblemsError):
            raise found
        return found

    def facts_of(self, state: int) -> dict[str, object]:
        """The facts that stand for a state; those not known are left out."""
        cells = self._places(int(state)) if self.dense else self._cells[int(state)]
        shown = ((name, axis.stands_for(cell)) for (name, axis), cell in zip(self._axes.items(), cells, strict=True))
        return {name: value for name, value in shown if value is not None}

    def _places(self, state: int) -> tuple[int, ...]:
        return tuple(state // s % a.width for s, a in zip(self._strides, self._axes.values(), strict=True))

    def _outcome(self, state: int) -> Decision | ProblemsError:
        if state not in self._decided:
            try:
                self._decided[state] = self._decide(self.facts_of(state))
            except ProblemsError as error:
                self._decided[state] = error
        return self._decided[state]

    def _code(self, state: int) -> int:
        found = self._outcome(state)
        return CONTRADICTION if isinstance(found, ProblemsError) else EFFECTS.index(found.effect)

    # ---- states

    def _by_place(self, known: Mapping[str, Codes], rows: int) -> tuple[Codes, NDArray[np.uint8]]:
        kind: Any = np.uint8 if self.size <= 1 << 8 else np.uint16 if self.size <= 1 << 16 else np.uint32
        states: NDArray[np.unsignedinteger[Any]] = np.zeros(rows, kind)
        for (name, axis), stride in zip(self._axes.items(), self._strides, strict=True):
            if name in known:
                _add(states, axis, stride, known[name])
        effects = self._effects.take(states)
        if rows and effects.max() == _NOT_YET:
            counted = np.bincount(states, minlength=self.size)
            for state in np.flatnonzero((counted > 0) & (self._effects == _NOT_YET)):
                self._effects[state] = self._code(int(state))
            effects = self._effects.take(states)
        return states, effects

    def _by_search(self, known: Mapping[str, Codes], rows: int) -> tuple[Codes, NDArray[np.uint8]]:
        """Where there could be too many states: those that occur are found by sorting."""
        groups, room = np.zeros(rows, np.int64), 1
        for name, axis in self._axes.items():
            if name in known:
                if room * axis.width >= _ROOM:
                    found, groups = np.unique(groups, return_inverse=True)
                    room = len(found)
                groups = groups * axis.width + _cells_of(axis, known[name])
                room *= axis.width
        _, first, inverse = np.unique(groups, return_index=True, return_inverse=True)
        numbers = np.array([self._numbered(known, int(row)) for row in first], np.int64)
        codes = np.array([self._code(int(number)) for number in numbers], np.uint8)
        return numbers[inverse] if rows else groups, codes[inverse] if rows else np.zeros(0, np.uint8)

    def _numbered(self, known: Mapping[str, Codes], row: int) -> int:
        """The number of the state in which one row is, a new one where it never occurred."""
        cells = tuple(
            int(_cells_of(axis, known[name][row : row + 1])[0]) if name in known else 0
            for name, axis in self._axes.items()
        )
        if cells not in self._states:
            self._states[cells] = len(self._cells)
            self._cells.append(cells)
        return self._states[cells]

    # ---- problems

    def _wanted(self, name: str) -> bool:
        """Does this column matter? Raises ProblemsError where it does and no table can hold it."""
        if name not in self._declared:
            raise ProblemsError([Problem("columns", f"`{name}` is not a declared fact", nearest(name, self._declared))])
        if name in self.facts and name not in self._axes:
            raise ProblemsError([_no_column(name, self._declared[name])])
        return name in self._axes

    def _known(self, fact: str) -> Axis:
        if not self._wanted(fact):
            mend = f"it looks at: {', '.join(self._axes)}"
            raise ProblemsError([Problem("columns", f"the law does not look at `{fact}`", mend)])
        return self._axes[fact]


def _no_column(name: str, fact: Fact) -> Problem:
    what = f"`{name}`, a {fact.type}, cannot be a column of a table: what the law sees of it hangs on other facts"
    return Problem("columns", what, "ask case by case, or replay a file")


# ---- axes


def _axis(fact: Fact, looks: Looks) -> Axis | None:
    """How states see a fact; None where that hangs on other facts as well."""
    tests = frozenset(looks.chosen.get(fact.name, ()))
    match fact.type:
        case kind if kind in (LIST, MOMENT, DATE):
            return None
        case kind if kind == NUMBER:
            return _of_amounts(fact, looks)
        case kind if kind == YES_NO:
            return Axis(fact, (None, False, True), (0, 1, 2))
        case kind if kind == SET_OF:
            sets = (frozenset(some) for n in range(len(fact.choices) + 1) for some in combinations(fact.choices, n))
            return _of_words(fact, tests, list(sets))
        case kind if kind == TEXT:
            return _of_words(fact, tests, [*sorted(frozenset().union(*tests)), "other words"])
    return _of_words(fact, tests, list(fact.choices))


def _of_words(fact: Fact, tests: Tests, values: Sequence[object]) -> Axis:
    seen = [sign(fact, tests, value) for value in values]
    cells = {one: place for place, one in enumerate(dict.fromkeys(seen), 1)}
    return Axis(fact, (None, *values), (0, *(cells[one] for one in seen)))


def _of_amounts(fact: Fact, looks: Looks) -> Axis | None:
    if any(test.plus == fact.name for test in looks.days):
        return None
    cuts = set(looks.amounts.get(fact.name, ()))
    if fact.name == _HOURS:
        cuts |= {(hours, beyond) for found in looks.held.values() for hours in found for beyond in (False, True)}
    ordered = tuple(sorted(cuts))
    return Axis(fact, (None, *_between(ordered)), tuple(range(len(ordered) + 2)), ordered)


def _between(cuts: Sequence[tuple[float, bool]]) -> list[float]:
    """A number for each cell that the cuts make, none negative: below all, then past each.

    >>> _between([(48.0, False), (48.0, True)])
    [47, 48, 49]
    """
    found: list[float] = [max(0.0, cuts[0][0] - 1) if cuts else 0.0]
    for place, (number, beyond) in enumerate(cuts):
        following = cuts[place + 1][0] if place + 1 < len(cuts) else number + 2
        found.append((number + following) / 2 if beyond else number)
    return [int(number) if number == int(number) else number for number in found]


def _cells_of(axis: Axis, column: Codes) -> Codes:
    """The cell of each value of a column."""
    if axis.fact.type == NUMBER:
        known = column >= 0  # NaN is not
        cells = known.astype(np.int64)
        for number, beyond in axis.cuts:
            cells += (column > number if beyond else column >= number) & known
        return cells
    codes = column.astype(np.int64) + 1 if column.dtype == np.bool_ else column
    return np.array(axis.cells, np.int64)[_in_range(axis, codes)]


def _in_range(axis: Axis, codes: Codes) -> Codes:
    if len(codes) and (codes.min() < 0 or codes.max() >= len(axis.cells)):
        what = f"`{axis.fact.name}` has a code outside 0 to {len(axis.cells) - 1}"
        raise ProblemsError([Problem("columns", what, "give the place of each value in `values`, 0 for not known")])
    return codes


def _add(states: Codes, axis: Axis, stride: int, column: Codes) -> None:
    """Adds a column's part to the numbers of states, in as few passes over memory as its type allows."""
    kind = states.dtype.type
    if column.dtype == np.bool_:
        states += column.view(np.uint8) * kind(stride) + kind(stride)
    elif axis.fact.type == NUMBER:
        _add_amount(states, axis, kind(stride), column)
    else:
        parts = np.array([cell * stride for cell in axis.cells], kind)
        states += parts.take(_in_range(axis, column))


def _add_amount(states: Codes, axis: Axis, stride: Any, column: Codes) -> None:
    states += (column >= 0).view(np.uint8) * stride
    for number, beyond in axis.cuts:
        past: Callable[[Codes, float], Codes] = np.greater if beyond else np.greater_equal
        states += past(column, number).view(np.uint8) * stride

"""One law made ready: every rule, weighed against the others, as a diagram over the tests it makes, before any fact.

A test (`warrant.signed_by is none`, `held more than 48 hours by form`) is a variable with two cells; an open question or
law is one with a cell for each way. Putting facts into such a diagram (`build.py`) is all that a question then costs.
"""

import functools
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from lodged.law.cells import fixed_cells, signs
from lodged.law.diagram import Diagrams, Node, Rank
from lodged.law.fact import ORDER, Fact
from lodged.law.probe import Tests, refs_of, tests_of
from lodged.law.standing import Standing
from lodged.law.tree import (
    All,
    Challenge,
    Condition,
    Constraint,
    Either,
    Held,
    Is,
    Leaf,
    Name,
    Not,
    Pack,
    Some,
    leaves,
)

# What a diagram asks after the facts: fields of listed elements (they hang on facts), open laws, readings.
ELEMENTS, LAWS, READINGS = 500_000, 1_000_000, 2_000_000


@dataclass(frozen=True, slots=True)
class Variable:
    """Something not known: the facts whose answer it is, or an open question or law; `cells` are values for show."""

    rank: Rank
    facts: tuple[str, ...]
    cells: tuple[object, ...]
    kind: str = "fact"
    name: str = ""


@dataclass(frozen=True, slots=True)
class Tie:
    """A constraint: what is given, what follows, and where it is kept."""

    constraint: Constraint
    pack: Pack
    node: Node


class Compiled:
    """A law as diagrams: `condition` compiles, `tests_at` gives the test behind a variable with the pack it stands in."""

    def __init__(self, standing: Standing) -> None:
        self.standing = standing
        self.tests: Tests = tests_of(standing)
        self.diagrams = Diagrams()
        self.variables: dict[Rank, Variable] = {}
        self.tests_at: dict[Rank, tuple[Leaf, Pack]] = {}
        self._ranks: dict[tuple[Leaf, str], Rank] = {}
        self._memo: dict[tuple[Condition, str], Node] = {}
        self._cells: dict[str, tuple[object, ...] | None] = {}
        self._facts_at: dict[Rank, frozenset[str]] = {}
        self._implied_by: dict[str, frozenset[str]] = {}
        self._places: dict[str, Mapping[tuple[bool, ...], int]] = {}

    def ties(self) -> tuple[Tie, ...]:
        """The constraints, each true where it is kept."""
        return tuple(
            Tie(constraint, pack, self._tie(constraint, pack)) for constraint, pack in self.standing.constraints
        )

    def _tie(self, constraint: Constraint, pack: Pack) -> Node:
        given, then = self.condition(constraint.given, pack), self.condition(constraint.then, pack)
        return self.diagrams.either((self.diagrams.negation(given), then))

    def challenges(self) -> tuple[tuple[Challenge, Node], ...]:
        """The open arguments, each true where it arises."""
        return tuple((challenge, self.condition(challenge.when, pack)) for challenge, pack in self.standing.challenges)

    # ---- conditions

    def condition(self, condition: Condition, pack: Pack) -> Node:
        """The diagram that is true where the condition holds."""
        key = (condition, pack.id)
        if key not in self._memo:
            self._memo[key] = self._condition(condition, pack)
        return self._memo[key]

    def _condition(self, condition: Condition, pack: Pack) -> Node:
        match condition:
            case Not(part):
                return self.diagrams.negation(self.condition(part, pack))
            case All(parts):
                return self._until(parts, self.diagrams.no, pack, self.diagrams.every)
            case Either(parts):
                return self._until(parts, self.diagrams.yes, pack, self.diagrams.either)
            case Is(ref, values) if ref in self.standing.library.questions:
                return self._read(ref, values)
            case Name(ref) if ref not in self.standing.facts:
                found = self.standing.definition(pack, ref)
                return self.condition(found[0].means, found[1]) if found else self.diagrams.no
        return self._test(condition, pack)

    def _until(
        self, parts: Sequence[Condition], settled: Node, pack: Pack, join: Callable[[Sequence[Node]], Node]
    ) -> Node:
        """Joins parts one by one and stops where the rest cannot matter."""
        found: Node = join(())
        for part in parts:
            found = join((found, self.condition(part, pack)))
            if found == settled:
                return found
        return found

    def _test(self, leaf: Leaf, pack: Pack) -> Node:
        key = (leaf, pack.id if isinstance(leaf, Some) else "")
        if key not in self._ranks:
            first = rank_of(self._first_fact(leaf))
            rank: Rank = (*first[:1], len(self._ranks))
            self._ranks[key] = rank
            self.tests_at[rank] = (leaf, pack)
        return self.diagrams.choose(self._ranks[key], (self.diagrams.no, self.diagrams.yes))

    def _first_fact(self, leaf: Leaf) -> str:
        match leaf:
            case Held():
                return "person.release_moment"
            case Some(kind):
                return next(fact.name for fact in self.standing.facts.values() if fact.kind == kind)
        return leaf.ref

    # ---- open questions and laws

    def reading(self, question: str, choices: tuple[str, ...]) -> bool | list[bool]:
        """Whether a question is read in one of these ways: settled by an authority, else for each reading of it."""
        if question in self.standing.settled:
            return self.standing.settled[question] in choices
        return [choice in choices for choice in self.question(question).cells]

    def question(self, name: str) -> Variable:
        """The variable of an open question."""
        known = tuple(reading.choice for reading in self.standing.library.questions[name].readings)
        return Variable((READINGS, name), (), known, "reading", name)

    def _read(self, question: str, choices: tuple[str, ...]) -> Node:
        values = self.reading(question, choices)
        if isinstance(values, bool):
            return self.diagrams.leaf(values)
        return self.open(question, self.question(question).cells, values, "reading", READINGS)

    def open(self, name: str, cells: tuple[object, ...], values: Iterable[object], kind: str, order: int) -> Node:
        """A variable that is no fact: an open question, or a law that is not (yet) encoded."""
        rank: Rank = (order, name)
        self.variables[rank] = Variable(rank, (), cells, kind, name)
        return self.diagrams.choose(rank, [self.diagrams.leaf(value) for value in values])

    # ---- facts

    def cells(self, key: str, fact: Fact) -> tuple[object, ...] | None:
        """The cells of a fact where they hang on the law alone, worked out once."""
        if key not in self._cells:
            self._cells[key] = fixed_cells(self.tests, key, fact)
        return self._cells[key]

    def places(self, key: str, fact: Fact) -> Mapping[tuple[bool, ...], int]:
        """The place of each cell of a fact by how the tests of the law see its values; only where cells stand still."""
        if key not in self._places:
            cells = [signs(self.tests, key, fact, cell) for cell in self.cells(key, fact) or ()]
            self._places[key] = {seen: place for place, seen in reversed(list(enumerate(cells)))}
        return self._places[key]

    def stands_still(self, name: str) -> bool:
        """Do the cells of a fact hang on the law alone, whatever the days of a question?"""
        fact = self.standing.facts.get(name)
        return fact is None or name == "hold.hours" or fact.type == "list" or self.cells(name, fact) is not None

    def facts_at(self, rank: Rank) -> frozenset[str]:
        """The facts that the test behind a variable looks at."""
        if rank not in self._facts_at:
            self._facts_at[rank] = self._looked_at(*self.tests_at[rank])
        return self._facts_at[rank]

    @functools.cached_property
    def dated(self) -> tuple[str, ...]:
        """The days, and the numbers of days that move them, which tests outside lists compare."""
        compared = {name for leaf in self.tests.dated for name in refs_of(leaf)}
        return tuple(sorted(name for name in compared if name in self.standing.facts))

    def implied_by(self, fact: str) -> frozenset[str]:
        """The facts that the defaults of a fact look at."""
        if fact not in self._implied_by:
            self._implied_by[fact] = self._worked_out(fact)
        return self._implied_by[fact]

    def _worked_out(self, fact: str) -> frozenset[str]:
        found: set[str] = set()
        for default, pack in self.standing.defaults.get(fact, ()):
            node = self.condition(default.when, pack)
            for rank in self.diagrams.support(node) & set(self.tests_at):
                found |= self.facts_at(rank)
        return frozenset(found)

    def _looked_at(self, leaf: Leaf, pack: Pack) -> frozenset[str]:
        if isinstance(leaf, Held):
            return frozenset({"hold.hours", "person.release_moment"})
        if isinstance(leaf, Some):
            found = {self._first_fact(leaf)}
            for part in leaves(leaf.where):
                found |= self._in_element(part, pack)
            return frozenset(found)
        return frozenset(name for name in refs_of(leaf) if name in self.standing.facts)

    def _in_element(self, leaf: Leaf, pack: Pack) -> frozenset[str]:
        if isinstance(leaf, Name) and "." not in leaf.ref and (found := self.standing.definition(pack, leaf.ref)):
            define, home = found
            return frozenset().union(*(self._in_element(part, home) for part in leaves(define.means)))
        names = self._looked_at(leaf, pack)
        return names | {"person.days_incarcerated"} if getattr(leaf, "plus", "") else names


def rank_of(name: str) -> Rank:
    """The place of a fact among the variables: the order in which facts are declared."""
    return (ORDER[name],) if name in ORDER else (len(ORDER), name)


def in_order_of_facts(rank: Rank) -> Rank:
    """The place of a variable in the order in which facts are declared; a field stands with its list.

    >>> in_order_of_facts((ELEMENTS, 21, 0, 5))
    (21, 0, 5)
    """
    return rank[1:] if rank[0] == ELEMENTS else rank

"""What matters among the things not known: the effect's outcome, which facts it hangs on, which to ask first."""

import functools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from lodged.law.compiled import LAWS, READINGS, Variable, in_order_of_facts
from lodged.law.diagram import Diagrams, Node, Rank

FORBIDDEN, REQUIRED, PERMITTED, CONTESTED, NOT_KNOWN = "forbidden", "required", "permitted", "contested", "not_known"


@dataclass(frozen=True, slots=True)
class Outcome:
    """An effect in words, with the ranks of the variables that matter: facts and laws first, then readings."""

    effect: str
    facts: tuple[Rank, ...]
    readings: tuple[Rank, ...]


class Completions:
    """An effect in every completion, and which completions are admissible.

    `counted` is the effect where a completion is admissible and None elsewhere: a diagram hangs on a variable exactly
    where two of its values differ, so what no constraint ties matters if `counted` hangs on it.
    """

    def __init__(
        self, diagrams: Diagrams, effect: Node, admissible: Node, ties: Sequence[frozenset[Rank]] = ()
    ) -> None:
        self.diagrams = diagrams
        self.effect = diagrams.apply(_spoken, effect)
        self.admissible = admissible
        self.ties = tuple(ties)

    @functools.cached_property
    def counted(self) -> Node:
        """The effect where a completion is admissible, None elsewhere."""
        return self.diagrams.if_(self.admissible, self.effect, self.diagrams.leaf(None))

    def where(self, cells: Mapping[Rank, int]) -> "Completions":
        """The completions in which some variables have taken their cells."""
        restrict = self.diagrams.restrict
        return Completions(self.diagrams, restrict(self.effect, cells), restrict(self.admissible, cells), self.ties)

    @property
    def possible(self) -> bool:
        """Is there an admissible completion at all?"""
        return self.admissible != self.diagrams.no

    def effects(self) -> set[str]:
        """The effects that admissible completions have."""
        return {str(value) for value in self.diagrams.values(self.counted) if value is not None}

    def outcome(self) -> Outcome:
        """One effect where all completions agree; else `contested` over readings only, or `not_known`."""
        effects = self.effects()
        if len(effects) == 1 and "open" not in effects:
            return Outcome(effects.pop(), (), ())
        support = sorted(self.diagrams.support(self.effect), key=in_order_of_facts)
        matter = set(self.mattering(support))
        facts = tuple(rank for rank in support if rank in matter and not is_reading(rank))
        readings = tuple(rank for rank in support if rank in matter and is_reading(rank))
        if not matter:  # constraints tie everything: then every fact is named rather than none
            facts = tuple(rank for rank in support if not is_reading(rank))
        return Outcome(NOT_KNOWN if facts or not readings else CONTESTED, facts, readings)

    def settled(self) -> bool:
        """Does no fact, and no open law, matter any more?"""
        if len(self.effects()) == 1:
            return True
        facts = [rank for rank in self.diagrams.support(self.effect) if not is_reading(rank)]
        return not any(self.mattering(facts))

    # ---- one variable

    def mattering(self, ranks: Iterable[Rank]) -> Iterable[Rank]:
        """Those of some variables that matter; what no constraint touches is seen at a glance, and comes first."""
        touched = self.diagrams.support(self.admissible)
        hangs = self.diagrams.support(self.counted)
        ranks = list(ranks)
        yield from (rank for rank in ranks if rank not in touched and rank in hangs)
        yield from (rank for rank in ranks if rank in touched and self.matters(rank))

    def matters(self, rank: Rank) -> bool:
        """Do two admissible completions that differ only in this (and in what constraints force with it) differ?"""
        parts = self._parts(rank)
        alone = any(self._differ(a, b) for a, b in combinations(parts, 2))
        return alone or any(self._forced(rank, parts, others) for others in self._tied(rank))

    def _parts(self, rank: Rank) -> list["Completions"]:
        """What is left for each answer; answers that leave the same are taken once."""
        cells = self.diagrams.distinct((self.effect, self.admissible), rank)
        return list(
            {(part.effect, part.admissible): part for part in (self.where({rank: cell}) for cell in cells)}.values()
        )

    def _differ(self, a: "Completions", b: "Completions", apart: Node | None = None) -> bool:
        diagrams = self.diagrams
        if a.effect == b.effect:
            return False
        both = diagrams.every((a.admissible, b.admissible, diagrams.yes if apart is None else apart))
        if both == diagrams.no:
            return False
        return diagrams.every((both, diagrams.apply(_unlike, a.effect, b.effect))) != diagrams.no

    def _tied(self, rank: Rank) -> list[tuple[Rank, ...]]:
        """Sets of one or two other variables that share a constraint with this one."""
        near = sorted({other for tie in self.ties if rank in tie for other in tie} - {rank})
        near = [other for other in near if other in self.diagrams.support(self.admissible)]
        return [*((one,) for one in near), *combinations(near, 2)]

    def _forced(self, rank: Rank, parts: list["Completions"], others: tuple[Rank, ...]) -> bool:
        """A change of this variable that is admissible only with a change of `others`, no fewer, and turns the effect."""
        for a, b in ((a, b) for a in parts for b in parts if a is not b):
            for before in _cells(self, others):
                here, moved = a.where(before), b.where(before)
                if not here.possible:
                    continue
                apart = self.diagrams.negation(moved.admissible)
                for after in _cells(self, others):
                    if all(after[other] != before[other] for other in others):
                        blocked = self.diagrams.every((apart, self._fewer(b, before, after)))
                        if self._differ(here, b.where(after), blocked):
                            return True
        return False

    def _fewer(self, b: "Completions", before: Mapping[Rank, int], after: Mapping[Rank, int]) -> Node:
        """Where no smaller change of the tied variables would have been admissible."""
        if len(before) < 2:
            return self.diagrams.yes
        fewer = [b.where({**before, other: after[other]}).admissible for other in before]
        return self.diagrams.negation(self.diagrams.either(fewer))

    # ---- asking

    def ask_first(self, facts: Sequence[Rank]) -> Rank | None:
        """The fact whose answer settles most: the largest share of its answers after which no fact matters."""
        best: tuple[float, Rank] | None = None
        for rank in sorted((rank for rank in facts if not is_law(rank)), key=in_order_of_facts):
            answers = [part for part in self._parts(rank) if part.possible]
            share = sum(part.settled() for part in answers) / len(answers) if answers else 0.0
            if best is None or share > best[0]:
                best = (share, rank)
        return best[1] if best else None

    def by_reading(self, variable: Variable) -> dict[str, str]:
        """The effect under each reading of one question."""
        found = {}
        for cell, choice in enumerate(variable.cells):
            part = self.where({variable.rank: cell})
            if part.possible:
                found[str(choice)] = part.outcome().effect
        return found


def is_reading(rank: Rank) -> bool:
    """Is this variable an open question of law?"""
    return rank[0] == READINGS


def is_law(rank: Rank) -> bool:
    """Is this variable a law that is a draft, or that no pack holds?"""
    return rank[0] == LAWS


def _cells(within: Completions, ranks: tuple[Rank, ...]) -> list[dict[Rank, int]]:
    found: list[dict[Rank, int]] = [{}]
    nodes = (within.effect, within.admissible)
    for rank in ranks:
        found = [{**cells, rank: cell} for cells in found for cell in within.diagrams.distinct(nodes, rank)]
    return found


def _spoken(effect: object) -> object:
    return PERMITTED if effect == "silent" else effect


def _unlike(a: object, b: object) -> bool:
    return a != b

"""What would change a decision: the fewest facts, none to spare, that lead to another decided effect."""

import heapq
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, count

from lodged.law.build import LAWS, READINGS, Variable
from lodged.law.diagram import Diagrams, Node, Rank
from lodged.law.matter import FORBIDDEN, PERMITTED, REQUIRED, Completions

ALTERNATIVES = 3
_THE_PAPER = frozenset({"paper.form", "paper.box", "paper.asks"})  # another paper is another question
# Facts whose change is a less telling answer: they are named where nothing plainer does.
_DEARER = frozenset({"paper.asks", "paper.form", "paper.box", "person.convictions"})
# A paper that its issuer withdraws is no way to an act about it; it is named only where it alone decides.
_DEAREST = frozenset({"paper.cancelled"})
_TRIES = 60  # paths looked at for each effect before giving up: enough for every pack that comes with the program
_SMALL = 6  # up to this many changes every proper subset is tried


@dataclass(frozen=True, slots=True)
class Change:
    """Cells that variables would have to take, and the effect that follows."""

    cells: Mapping[Rank, int]
    effect: str


def changes(
    whole: Completions, variables: Mapping[Rank, Variable], current: Mapping[Rank, int], effect: str
) -> list[Change]:
    """At most three alternatives, fewest changes first.

    `whole` knows no fact at all; `current` gives the cell of every fact that is known now. Facts not known now and named
    in a change have to be learnt; those not named may stay unknown.
    """
    found: list[Change] = []
    for goal in (PERMITTED, FORBIDDEN, REQUIRED):
        if goal != effect:
            found += list(_towards(whole, variables, current, goal))
    found.sort(key=lambda change: sum(_price(variables[rank]) for rank in change.cells))
    return _told_apart(found)[:ALTERNATIVES]


def _told_apart(found: list[Change]) -> list[Change]:
    """One change for each set of facts and effect: the same facts with other hours tell a reader nothing new."""
    first: dict[tuple[frozenset[Rank], str], Change] = {}
    for change in found:
        first.setdefault((frozenset(change.cells), change.effect), change)
    return list(first.values())


def _towards(
    whole: Completions, variables: Mapping[Rank, Variable], current: Mapping[Rank, int], goal: str
) -> Iterator[Change]:
    goals = _Goal(whole, goal)
    seen: list[dict[Rank, int]] = []
    for tries, cells in enumerate(_paths(whole.diagrams, goals.target, current, variables)):
        if tries >= _TRIES or len(seen) >= ALTERNATIVES:
            return
        cells = goals.least(cells, current)
        if cells and not any(set(old) <= set(cells) for old in seen):
            seen.append(cells)
            yield Change(cells, goal)


class _Goal:
    """Where an effect is reached under every reading and every open law."""

    def __init__(self, whole: Completions, goal: str) -> None:
        self.diagrams = diagrams = whole.diagrams
        reached = diagrams.apply(_GOALS[goal], whole.admissible, whole.effect)
        self.reached = diagrams.fold(reached, _is_open, diagrams.every)
        self.admissible = diagrams.fold(whole.admissible, _is_open, diagrams.either)
        self.target = diagrams.every((self.reached, self.admissible))

    def holds(self, cells: Mapping[Rank, int]) -> bool:
        """Do all admissible completions with these cells reach the effect, and is there one?"""
        restrict = self.diagrams.restrict
        reached = restrict(self.reached, cells) == self.diagrams.yes
        return reached and restrict(self.admissible, cells) != self.diagrams.no

    def least(self, cells: dict[Rank, int], current: Mapping[Rank, int]) -> dict[Rank, int]:
        """The smallest part of some changes that still does; nothing where not even all of them do."""
        if not self.holds({**current, **cells}):
            return {}
        if len(cells) <= _SMALL:
            for size in range(1, len(cells)):
                for names in combinations(sorted(cells), size):
                    part = {name: cells[name] for name in names}
                    if self.holds({**current, **part}):
                        return part
            return cells
        for name in sorted(cells):
            fewer = {other: cell for other, cell in cells.items() if other != name}
            if self.holds({**current, **fewer}):
                return self.least(fewer, current)
        return cells


class _Reaches:
    """True where a completion does not count, or has the effect."""

    def __init__(self, goal: str) -> None:
        self.goal = goal

    def __call__(self, admissible: object, effect: object) -> bool:
        return not admissible or effect == self.goal


_GOALS = {goal: _Reaches(goal) for goal in (PERMITTED, FORBIDDEN, REQUIRED)}


def _price(variable: Variable) -> float:
    if not _DEAREST.isdisjoint(variable.facts):
        return 6.0
    return 1.0 if _DEARER.isdisjoint(variable.facts) else 2.5


def _is_open(rank: Rank) -> bool:
    return rank[0] in (READINGS, LAWS)


def _paths(
    diagrams: Diagrams, target: Node, current: Mapping[Rank, int], variables: Mapping[Rank, Variable]
) -> Iterator[dict[Rank, int]]:
    """Ways through a diagram to yes, the cheapest first; a step costs where it is not the current cell."""
    memo: dict[Node, float] = {diagrams.yes: 0.0, diagrams.no: float("inf")}

    def steps(node: Node) -> list[tuple[float, int, Node]]:
        rank, children = diagrams.rank(node), diagrams.children(node)
        now = current.get(rank)
        if now is not None and set(variables[rank].facts) & _THE_PAPER:
            return [(0.0, now, children[now])]
        price = _price(variables[rank])
        return [(0.0 if cell == now else price, cell, child) for cell, child in enumerate(children)]

    def least(node: Node) -> float:
        if node not in memo:
            memo[node] = min(cost + least(child) for cost, _, child in steps(node))
        return memo[node]

    order = count()
    heap: list[tuple[float, int, float, Node, dict[Rank, int]]] = [(least(target), next(order), 0.0, target, {})]
    while heap:
        best, _, spent, node, taken = heapq.heappop(heap)
        if best == float("inf"):
            return
        if node == diagrams.yes:
            yield taken
            continue
        for cost, cell, child in steps(node):
            left = least(child)
            if left != float("inf"):
                now = {**taken, diagrams.rank(node): cell} if cost else taken
                heapq.heappush(heap, (spent + cost + left, next(order), spent + cost, child, now))

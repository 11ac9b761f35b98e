"""What would change a decision: the fewest facts, none to spare, that lead to another decided effect."""

import heapq
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from operator import add

from lodged.law.asked import Asked, admissible
from lodged.law.build import Builder
from lodged.law.compiled import LAWS, READINGS
from lodged.law.dated import Dated
from lodged.law.decision import WouldChange
from lodged.law.diagram import Diagrams, Node, Rank
from lodged.law.fact import as_json
from lodged.law.matter import FORBIDDEN, PERMITTED, REQUIRED, Completions
from lodged.law.weigh import Weighed

ALTERNATIVES = 3
GOALS = (PERMITTED, FORBIDDEN, REQUIRED)
Cells = Mapping[Rank, int]
_Taken = tuple["_Taken | None", Rank, int]  # steps of a way that cost something: those before, then the last
_NEVER = float("inf")
# Another paper is another question; what can still come is a warrant, a signature, service.
_THE_PAPER = frozenset({"paper.form", "paper.box", "paper.asks", "paper.edition", "paper.cancelled"})
# Facts whose change is a less telling answer: they are named where nothing plainer does.
_DEARER = frozenset({"paper.asks", "paper.form", "paper.box", "person.convictions"})
# A paper withdrawn, or not signed, is no way to an act about it: named only where it alone decides.
_DEAREST = {"paper.cancelled": True, "paper.signed": False, "paper.attached_signed": False}
_TRIES = 12  # paths looked at for each effect before giving up: enough for every pack that comes with the program
_KEPT = 256  # laws without facts that are kept ready: one for each set of facts that were given against a default

_LOOKED_AT = 128  # how many states of the facts are remembered for each of them


def would_change(asked: Asked) -> tuple[WouldChange, ...]:
    """At most three alternatives, fewest changes first.

    Facts not known now and named in an alternative have to be learnt; those not named may stay unknown.
    """
    if asked.law.silent:
        return ()
    dated = Dated(asked.law.law, asked.question.facts, asked.question.day)
    whole = _whole(asked, dated)
    current = whole.current(asked.builder)
    found = whole.changes(current, asked.outcome.effect)
    sure = _told_apart([c for change in found if (c := _told(asked, whole, change, dated)).cells])
    return tuple(WouldChange(whole.shown(change.cells, dated), change.effect) for change in sure[:ALTERNATIVES])


@dataclass(frozen=True, slots=True)
class Change:
    """Cells that variables would have to take, and the effect that follows."""

    cells: Cells
    effect: str


def _told(asked: Asked, whole: "Whole", change: Change, dated: Dated) -> Change:
    """The change once it is told: no default fills a fact that it names, so others may no longer be needed."""
    defaults = asked.law.law.standing.defaults
    named = {whole.variables[rank].facts[0] for rank in change.cells}
    if not any(name in defaults and name not in asked.question.facts for name in named):
        return change
    told = _whole(asked, dated, named)
    return Change(told.goals[change.effect].least(change.cells, told.current(asked.builder)), change.effect)


def _told_apart(found: list[Change]) -> list[Change]:
    """One change for each set of facts and effect: the same facts with other hours tell a reader nothing new."""
    first: dict[tuple[frozenset[Rank], str], Change] = {}
    for change in found:
        first.setdefault((frozenset(change.cells), change.effect), change)
    return list(first.values())


# ---- the law with no fact known


class Whole:
    """A law's effect with no fact known, the days alone as they stand to each other.

    Facts in `explicit` were given, so no default fills them.
    """

    def __init__(self, weighed: Weighed, dated: Dated, explicit: frozenset[str], diagrams: Diagrams) -> None:
        law, given, day = weighed.law, dated.given, dated.day
        self.builder = builder = Builder(law, given, day, None, explicit=explicit, diagrams=diagrams)
        ties = [builder.put(tie.node) for tie in weighed.ties]
        effect = builder.put(weighed.effect)
        self.diagrams: Diagrams = builder.diagrams
        self.goals = {goal: Goal(admissible(builder.diagrams, effect, ties, whole=True), goal) for goal in GOALS}
        self.variables = builder.variables
        self._changes: dict[object, Sequence[Change]] = {}
        self._prices: dict[Rank, tuple[float, ...]] = {}
        self.ranks = sorted(
            {r for goal in self.goals.values() for r in goal.support if self.variables[r].kind == "fact"}
        )

    def current(self, given: Builder) -> dict[Rank, int]:
        """The cell of every variable whose value is settled by the facts given."""
        found = {rank: given.cell_of(self.variables[rank], self.builder) for rank in self.ranks}
        return {rank: cell for rank, cell in found.items() if cell is not None}

    def changes(self, current: Cells, effect: str) -> Sequence["Change"]:
        """The changes that lead away from an effect, the cheapest first; the same cells are looked at once."""
        key = (effect, *current.items())
        if key not in self._changes:
            if len(self._changes) >= _LOOKED_AT:
                self._changes.clear()
            found = [change for goal in GOALS if goal != effect for change in _towards(self, current, goal)]
            found.sort(key=lambda change: self.price(change.cells))
            self._changes[key] = _told_apart(found)
        return self._changes[key]

    def price(self, cells: Cells) -> float:
        """How much some changes ask of a reader."""
        return sum(self.prices(rank)[cell] for rank, cell in cells.items())

    def prices(self, rank: Rank) -> tuple[float, ...]:
        """How much a change of one variable asks, for each cell it can change to."""
        if rank not in self._prices:
            variable = self.variables[rank]
            plain, dearest = 1.0 if _DEARER.isdisjoint(variable.facts) else 2.5, _DEAREST.get(variable.facts[0])
            self._prices[rank] = tuple(6.0 if cell is dearest else plain for cell in variable.cells)
        return self._prices[rank]

    def shown(self, cells: Cells, dated: Dated) -> dict[str, object]:
        """Changes as facts with their values; days and numbers of days as the question at hand cuts them."""
        found = {}
        for rank, cell in sorted(cells.items()):
            variable, name = self.variables[rank], self.variables[rank].facts[-1]
            values = variable.cells if self.builder.law.stands_still(name) else dated.values(name)
            found[name] = as_json(values[cell])
        return found

    def fixed(self, current: Cells) -> dict[Rank, int]:
        """What is known of the paper itself, which no change alters."""
        return {rank: cell for rank, cell in current.items() if self.variables[rank].facts[0] in _THE_PAPER}


def _whole(asked: Asked, dated: Dated, named: Iterable[str] = ()) -> Whole:
    """Worked out once for each law, each way in which its days can stand, each set of facts that are given (or `named`)
    although a default could fill them.
    """
    standing, told = asked.law.law.standing, {*asked.question.facts, *named}
    explicit = frozenset(name for name in standing.defaults if name in told and name in asked.law.looked_at)
    key = (explicit, dated.stance)
    kept = asked.law.kept
    if key not in kept:
        if len(kept) >= _KEPT:
            kept.clear()  # with their diagrams, so that these cannot grow for ever
        kept[key] = Whole(asked.law, dated, explicit, kept.setdefault("diagrams", Diagrams()))
    whole: Whole = kept[key]
    return whole


class Goal:
    """Where an effect is reached under every reading and every open law."""

    def __init__(self, whole: Completions, goal: str) -> None:
        self.diagrams = diagrams = whole.diagrams
        reached = diagrams.if_(whole.admissible, diagrams.equal(whole.effect, goal), diagrams.yes)
        self.reached = diagrams.fold(reached, _is_open, diagrams.every)
        self.admissible = diagrams.fold(whole.admissible, _is_open, diagrams.either)
        self.target = diagrams.every((self.reached, self.admissible))
        self.support = diagrams.support(self.reached) | diagrams.support(self.admissible)

    def least(self, cells: Cells, current: Cells) -> Cells:
        """The smallest part of some changes that still leads here; nothing where not even all of them do.

        A part leads here where every admissible completion with it has the effect, and where there is one.
        """
        diagrams = self.diagrams
        rest = {rank: cell for rank, cell in current.items() if rank not in cells}
        reached = diagrams.fold(diagrams.restrict(self.reached, rest), lambda r: r not in cells, diagrams.every)
        allowed = diagrams.fold(diagrams.restrict(self.admissible, rest), lambda r: r not in cells, diagrams.either)
        part = _Parts(diagrams, cells, current).least(0, reached, allowed)
        return {rank: cells[rank] for rank in part} if part else {}


class _Parts:
    """The parts of some changes, change by change: each is taken, or left as it is now, or free where that is not known."""

    def __init__(self, diagrams: Diagrams, cells: Cells, current: Cells) -> None:
        self._diagrams, self._cells, self._current = diagrams, cells, current
        self._ranks = sorted(cells)
        self._memo: dict[tuple[int, Node, Node], tuple[Rank, ...] | None] = {}

    def least(self, at: int, reached: Node, allowed: Node) -> tuple[Rank, ...] | None:
        """The smallest part of the changes from `at` on after which nothing can fail; of two the one told first."""
        if self._diagrams.no in (reached, allowed):
            return None
        if at == len(self._ranks):
            return () if reached == self._diagrams.yes else None
        key = (at, reached, allowed)
        if key not in self._memo:
            rank = self._ranks[at]
            left = self.least(at + 1, *self._left(rank, reached, allowed))
            taken = self.least(at + 1, *(self._at(rank, node, self._cells[rank]) for node in (reached, allowed)))
            found = [left] if left is not None else []
            found += [(rank, *taken)] if taken is not None else []
            self._memo[key] = min(found, key=lambda part: (len(part), part), default=None)
        return self._memo[key]

    def _at(self, rank: Rank, node: Node, cell: int) -> Node:
        return self._diagrams.children(node)[cell] if self._diagrams.rank(node) == rank else node

    def _left(self, rank: Rank, reached: Node, allowed: Node) -> tuple[Node, Node]:
        """Without a change: as it is now; where that is not known, whatever it is and if it can be at all."""
        if rank in self._current:
            now = self._current[rank]
            return self._at(rank, reached, now), self._at(rank, allowed, now)
        diagrams = self._diagrams
        if diagrams.rank(reached) == rank:
            reached = diagrams.every(diagrams.children(reached))
        if diagrams.rank(allowed) == rank:
            allowed = diagrams.either(diagrams.children(allowed))
        return reached, allowed


def _is_open(rank: Rank) -> bool:
    return rank[0] in (READINGS, LAWS)


# ---- the way there


def _towards(whole: Whole, current: Cells, effect: str) -> Iterator[Change]:
    goal = whole.goals[effect]
    target = whole.diagrams.restrict(goal.target, whole.fixed(current))
    seen: list[Cells] = []
    for tries, cells in enumerate(_paths(whole, target, current)):
        if tries >= _TRIES or len(seen) >= ALTERNATIVES:
            return
        if any(set(old) <= set(cells) for old in seen):
            continue
        least = goal.least(cells, current)
        if least and not any(set(old) <= set(least) for old in seen):
            seen.append(least)
            yield Change(least, effect)


def _paths(whole: Whole, target: Node, current: Cells) -> Iterator[dict[Rank, int]]:
    """Ways through a diagram to yes, the cheapest first; a step costs where it is not the current cell."""
    diagrams, ways = whole.diagrams, _Ways(whole, current)
    order = count()
    heap: list[tuple[float, int, float, Node, _Taken | None]] = [(ways.least(target), next(order), 0.0, target, None)]
    while heap:
        best, _, spent, node, taken = heapq.heappop(heap)
        if best == _NEVER:
            return
        if node == diagrams.yes:
            yield _unrolled(taken)
            continue
        rank = diagrams.rank(node)
        for cell, (cost, child) in enumerate(zip(ways.costs(rank), diagrams.children(node), strict=True)):
            left = ways.least(child)
            if left != _NEVER:
                now = (taken, rank, cell) if cost else taken
                heapq.heappush(heap, (spent + cost + left, next(order), spent + cost, child, now))


def _unrolled(taken: _Taken | None) -> dict[Rank, int]:
    """The cells taken on a way, the first step first."""
    found = []
    while taken is not None:
        taken, rank, cell = taken
        found.append((rank, cell))
    return dict(reversed(found))


class _Ways:
    """What it costs at least to come from a node to yes, when some variables stand in their current cells."""

    def __init__(self, whole: Whole, current: Cells) -> None:
        self._whole, self._current = whole, current
        self._least: dict[Node, float] = {whole.diagrams.yes: 0.0, whole.diagrams.no: _NEVER}
        self._costs: dict[Rank, Sequence[float]] = {}

    def costs(self, rank: Rank) -> Sequence[float]:
        """The cost of each cell of a variable."""
        if rank not in self._costs:
            costs = [*self._whole.prices(rank)]
            if rank in self._current:
                costs[self._current[rank]] = 0.0
            self._costs[rank] = costs
        return self._costs[rank]

    def least(self, node: Node) -> float:
        """The least cost of the ways from a node; endless where there is none."""
        found = self._least.get(node)
        if found is None:
            diagrams = self._whole.diagrams
            left = map(self.least, diagrams.children(node))
            self._least[node] = found = min(map(add, self.costs(diagrams.rank(node)), left))
        return found

"""A case as the analysis shows it: conditions in the language of the packs, facts that meet them, what the law answers."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby

from lodged.law.decision import Decision
from lodged.law.fact import as_json
from lodged.law.prove.least import Literal, Search
from lodged.law.tree import Condition, Has, Held, Is, Measure, Not, Order
from lodged.law.written import said

_TURNED = {"at most": "more than", "less than": "at least", "not after": "after", "before": "not before"}


@dataclass(frozen=True, slots=True)
class Case:
    """Least conditions, and facts that meet them. `readings`: how open questions must be read besides.

    `further` names facts that are given only so that `decide` can answer; the conditions do not hang on them.
    """

    conditions: tuple[Condition, ...]
    facts: Mapping[str, object]
    readings: tuple[Condition, ...] = ()
    further: tuple[str, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """The conditions, and the readings, as a pack would say them."""
        return tuple(said(condition) for condition in (*self.conditions, *self.readings))

    def to_json(self) -> dict[str, object]:
        """As plain JSON; `facts` are as `lodged law decide` takes them."""
        facts = {name: as_json(value) for name, value in self.facts.items()}
        return {"when": list(self.words), "facts": facts, "further": list(self.further)}


@dataclass(frozen=True, slots=True)
class Answer:
    """What `decide` said of a case on one side. `replayed`: it said what the prover expected."""

    side: str
    expected: str
    decision: Decision | None
    problem: str = field(default="")

    @property
    def replayed(self) -> bool:
        """Did `decide` say the same?"""
        return self.decision is not None and self.decision.effect == self.expected

    @property
    def cites(self) -> tuple[str, ...]:
        """The citations of the rules that lead to the effect; of those that could, where it is not decided."""
        if self.decision is None:
            return ()
        return self.decision.citations or tuple(dict.fromkeys(reason.cite for reason in self.decision.reasons))

    def to_json(self) -> dict[str, object]:
        """As plain JSON."""
        decision = self.decision
        return {
            "side": self.side,
            "effect": self.expected,
            "basis": decision.basis if decision else None,
            "cites": list(self.cites),
            "readings": [r.id for r in decision.readings] if decision else [],
            "laws": list(decision.laws) if decision else [],
            "replayed": self.replayed,
            **({"problem": self.problem} if self.problem else {}),
        }


def conditions(search: Search, literals: Iterable[Literal]) -> Iterator[Condition]:
    """Literals as conditions, one fact after another in the order in which facts are declared."""
    facts = list(search.laws[0].standing.facts)
    ordered = sorted(literals, key=lambda literal: (_place(literal, facts), literal.atom.fact))
    for _, group in groupby(ordered, key=lambda literal: literal.atom.fact):
        yield from _of_fact(search, list(group))


def _place(literal: Literal, facts: list[str]) -> int:
    return facts.index(literal.atom.fact) if literal.atom.fact in facts else len(facts)


def _of_fact(search: Search, literals: list[Literal]) -> Iterator[Condition]:
    name = literals[0].atom.fact
    if name in search.vocabulary.choices:
        yield _choice(name, search.vocabulary.choices[name].fact.choices, literals)
    elif name in search.vocabulary.questions:
        yield _choice(name, tuple(search.vocabulary.questions[name]), literals)
    elif name in search.vocabulary.members:
        yield from (literal.atom.means for literal in literals if literal.holds)
        barred = tuple(sorted(literal.atom.value for literal in literals if not literal.holds))
        if barred:
            yield Not(Has(name, barred))
    else:
        yield from (_either_way(literal) for literal in literals)


def _choice(name: str, choices: tuple[str, ...], literals: list[Literal]) -> Condition:
    """Which values are left, or which are not, whichever is shorter."""
    barred: set[str] = set()
    for literal in literals:
        if isinstance(literal.atom.means, Is):
            barred |= set(literal.atom.means.values)
    left = tuple(value for value in choices if value not in barred)
    out = tuple(value for value in choices if value in barred)
    return Not(Is(name, out)) if len(out) < len(left) else Is(name, left)


def _either_way(literal: Literal) -> Condition:
    if literal.holds:
        return literal.atom.means
    match literal.atom.means:
        case Measure(ref, op, number) if op in _TURNED:
            return Measure(ref, _TURNED[op], number)
        case Order(ref, op, other) if op in _TURNED:
            return Order(ref, _TURNED[op], other)
        case Held(op, hours, clock) if op in _TURNED:
            return Held(_TURNED[op], hours, clock)
    return Not(literal.atom.means)

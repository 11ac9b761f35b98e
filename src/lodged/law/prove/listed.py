"""`any … where (…)` over a list that is not known: which of them hold together, and a list that shows it.

A list is free: any set of elements may stand in it. So a number of `any … where` hold together exactly where each finds an
element of its own, and no element meets one that is to fail.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import permutations

from lodged.law.prove.terms import implies
from lodged.law.prove.vocabulary import Vocabulary
from lodged.law.standing import Standing
from lodged.law.tree import All, Condition, Either, Has, Is, Measure, Name, Not, Order, Pack, Some, Within
from lodged.law.written import said

IT = "it"


@dataclass(frozen=True, slots=True)
class Listed:
    """One `any … where`: the list it looks through, and its condition with definitions opened and days filled in."""

    key: str
    fact: str
    where: Condition
    parts: frozenset[str]
    shown: Condition


def listed(standing: Standing, some: Some, pack: Pack, shown: Condition) -> Listed:
    """What an `any … where` asks on this day; two that ask the same have the same key. `shown` is how the law says it."""
    fact = next(fact for fact in standing.facts.values() if fact.kind == some.kind)
    where = opened(standing, some.where, pack, some.var)
    parts = frozenset(said(part) for part in (where.parts if isinstance(where, All) else (where,)))
    return Listed(f"any {some.kind}: {' and '.join(sorted(parts))}", fact.name, where, parts, shown)


def tied(vocabulary: Vocabulary, known: Mapping[str, Listed]) -> None:
    """One with more conditions implies one with fewer of the same."""
    for a, b in permutations(known.values(), 2):
        if a.fact == b.fact and a.parts > b.parts:
            vocabulary.also(implies(vocabulary.atoms[a.key].term, vocabulary.atoms[b.key].term))


def opened(standing: Standing, condition: Condition, pack: Pack, var: str) -> Condition:
    """The condition with its definitions opened, the element called `it`, and `today` the day it is."""
    match condition:
        case Not(part):
            return Not(opened(standing, part, pack, var))
        case All(parts):
            inner = [opened(standing, part, pack, var) for part in parts]
            return All(tuple(p for o in inner for p in (o.parts if isinstance(o, All) else (o,))))
        case Either(parts):
            return Either(tuple(opened(standing, part, pack, var) for part in parts))
        case Name(ref) if "." not in ref and (found := standing.definition(pack, ref)):
            return opened(standing, found[0].means, found[1], var)
        case Name(ref):
            return Name(_it(ref, var))
        case Is(ref, values):
            return Is(_it(ref, var), tuple(sorted(values)))
        case Has(ref, values):
            return Has(_it(ref, var), tuple(sorted(values)))
        case Measure(ref, op, number):
            return Measure(_it(ref, var), op, number)
        case Order(ref, op, other):
            return Order(_it(ref, var), op, _day(standing, other, var))
        case Within(ref, years, other, plus, leap):
            return Within(_it(ref, var), years, _day(standing, other, var), _it(plus, var), leap)
    return condition


def _it(ref: str, var: str) -> str:
    return f"{IT}{ref[len(var) :]}" if ref.startswith(f"{var}.") else ref


def _day(standing: Standing, ref: str, var: str) -> str:
    return standing.day.isoformat() if ref == "today" else _it(ref, var)

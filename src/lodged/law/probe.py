"""What the law at hand tests of each fact: where the values of a fact not known are cut into cells."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import product

from lodged.law.standing import Standing
from lodged.law.tree import (
    All,
    Condition,
    Either,
    Has,
    Held,
    Is,
    Leaf,
    Measure,
    Name,
    Not,
    Order,
    Pack,
    Some,
    Within,
    leaves,
)
from lodged.law.written import said

# A conviction's own days go before the person's (ruling 16).
FIELD_FALLS_BACK_TO = {"person.convictions.days_incarcerated": "person.days_incarcerated"}


@dataclass(slots=True)
class Tests:
    """Every test that the law at hand makes of each fact: where cells are cut.

    `chosen`: sets of values asked for; `amounts`: comparisons with a number; `spans`: comparisons of hours held on a
    clock; `years`, `days`: look-backs and named days; `listed`: the `any … where` of each list; `further`: those of them
    whose look-back a number of days can lengthen; `counts`: those numbers of days; `dated`: tests that turn on days and
    on no listed element, each with a pack it stands in.
    """

    chosen: dict[str, set[frozenset[str]]] = field(default_factory=dict)
    years: set[int] = field(default_factory=set)
    days: set[date] = field(default_factory=set)
    amounts: dict[str, set[tuple[str, float]]] = field(default_factory=dict)
    spans: set[tuple[str, float, str]] = field(default_factory=set)
    listed: dict[str, dict[str, tuple[Some, Pack]]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    further: set[str] = field(default_factory=set)
    counts: set[str] = field(default_factory=set)
    dated: dict[Leaf, Pack] = field(default_factory=dict)


def list_cells(parts: list[frozenset[str]]) -> list[tuple[bool, ...]]:
    """Which `any … where` can hold together: one with more conditions implies one with fewer of the same."""
    implies = [(a, b) for a in range(len(parts)) for b in range(len(parts)) if a != b and parts[a] >= parts[b]]
    cells = product((False, True), repeat=len(parts))
    return [cell for cell in cells if all(cell[b] or not cell[a] for a, b in implies)]


def parts_of(standing: Standing, some: Some, pack: Pack) -> frozenset[str]:
    where = _inlined(standing, some.where, pack, some.var)
    return frozenset(said(part) for part in (where.parts if isinstance(where, All) else (where,)))


def key_of(standing: Standing, some: Some, pack: Pack) -> str:
    return " and ".join(sorted(parts_of(standing, some, pack)))


def _inlined(standing: Standing, condition: Condition, pack: Pack, var: str) -> Condition:
    """The condition with its definitions opened and the element called `it`."""
    match condition:
        case Not(part):
            return Not(_inlined(standing, part, pack, var))
        case All(parts):
            opened = [_inlined(standing, part, pack, var) for part in parts]
            return All(tuple(p for o in opened for p in (o.parts if isinstance(o, All) else (o,))))
        case Either(parts):
            return Either(tuple(_inlined(standing, part, pack, var) for part in parts))
        case Name(ref) if "." not in ref and (found := standing.definition(pack, ref)):
            return _inlined(standing, found[0].means, found[1], var)
        case Name(ref):
            return Name(_it(ref, var))
        case Is(ref, values):
            return Is(_it(ref, var), tuple(sorted(values)))
        case Has(ref, values):
            return Has(_it(ref, var), tuple(sorted(values)))
        case Measure(ref, op, number):
            return Measure(_it(ref, var), op, number)
        case Order(ref, op, other):
            return Order(_it(ref, var), op, _it(other, var))
        case Within(ref, years, other, plus, leap):
            return Within(_it(ref, var), years, _it(other, var), _it(plus, var), leap)
    return condition


def _it(ref: str, var: str) -> str:
    return f"it{ref[len(var) :]}" if ref.startswith(f"{var}.") else ref


def tests_of(standing: Standing) -> Tests:
    """Every test that the law standing can make, definitions, defaults, constraints included."""
    tests = Tests()
    done: set[tuple[Condition, str]] = set()
    for condition, pack in _conditions(standing):
        _collect(standing, condition, pack, {}, tests, done)
    tests.dated = {leaf: pack for leaf, pack in tests.dated.items() if _turns_on_days(leaf, tests)}
    return tests


def _turns_on_days(leaf: Leaf, tests: Tests) -> bool:
    return leaf.ref in tests.counts if isinstance(leaf, Measure) else isinstance(leaf, Order | Within)


def _conditions(standing: Standing) -> Iterator[tuple[Condition, Pack]]:
    for pack in (*standing.packs, *standing.drafts):
        for rule in standing.rules(pack):
            yield rule.when, pack
            yield rule.unless, pack
    for challenge, pack in standing.challenges:
        yield challenge.when, pack
    for constraint, pack in standing.constraints:
        yield constraint.given, pack
        yield constraint.then, pack
    for defaults in standing.defaults.values():
        for default, pack in defaults:
            yield default.when, pack


def _collect(
    standing: Standing,
    condition: Condition,
    pack: Pack,
    names: Mapping[str, str],
    tests: Tests,
    done: set[tuple[Condition, str]],
) -> None:
    if not names and (condition, pack.id) in done:
        return
    done.add((condition, pack.id))
    for leaf in leaves(condition):
        if isinstance(leaf, Name) and "." not in leaf.ref and leaf.ref not in standing.facts:
            found = standing.definition(pack, leaf.ref)
            if found:
                if isinstance(found[0].means, Some):
                    tests.names[key_of(standing, found[0].means, found[1])] = found[0].name
                _collect(standing, found[0].means, found[1], names, tests, done)
        elif isinstance(leaf, Some):
            fact = next(fact for fact in standing.facts.values() if fact.kind == leaf.kind)
            key = key_of(standing, leaf, pack)
            tests.listed.setdefault(fact.name, {})[key] = (leaf, pack)
            tests.further |= _reaching_further(key, leaf.where)
            _collect(standing, leaf.where, pack, {**names, leaf.var: fact.name}, tests, done)
        else:
            _note(leaf, names, tests)
            if not any(ref.partition(".")[0] in names for ref in refs_of(leaf)):
                tests.dated.setdefault(leaf, pack)


def refs_of(leaf: Leaf) -> tuple[str, ...]:
    """The names that a test compares: facts, fields of an element, `today`, days; "" where it takes none."""
    return (getattr(leaf, "ref", ""), getattr(leaf, "other", ""), getattr(leaf, "plus", ""))


def _reaching_further(key: str, where: Condition) -> set[str]:
    """The `any … where` whose look-back a number of days can lengthen; twice where that could also make it fail."""
    found = {key for leaf in leaves(where) if isinstance(leaf, Within) and leaf.plus}
    return found | {f"not {key}"} if found and _has_not(where) else found


def _has_not(condition: Condition) -> bool:
    match condition:
        case Not(part):
            return any(isinstance(leaf, Within) for leaf in leaves(part))
        case All(parts) | Either(parts):
            return any(_has_not(part) for part in parts)
    return False


def _note(leaf: Leaf, names: Mapping[str, str], tests: Tests) -> None:
    match leaf:
        case Is(ref, values) | Has(ref, values):
            tests.chosen.setdefault(_full(ref, names), set()).add(frozenset(values))
        case Measure(ref, op, number):
            tests.amounts.setdefault(_full(ref, names), set()).add((op, number))
        case Held(op, hours, clock):
            tests.spans.add((op, hours, clock))
        case Order(_, _, other) if other[:1].isdigit():
            tests.days.add(date.fromisoformat(other))
        case Within(_, years, _, plus):
            tests.years.add(years)
            if plus:
                key = _full(plus, names)
                tests.counts |= {key, FIELD_FALLS_BACK_TO.get(key, key)}


def _full(ref: str, names: Mapping[str, str]) -> str:
    var, _, rest = ref.partition(".")
    return f"{names[var]}.{rest}" if var in names else ref

"""A second, slow law engine for tests: it tries every completion one by one, with no diagram and no shortcut."""

from itertools import combinations, product

from lodged.law.tree import (
    All,
    Condition,
    Either,
    Has,
    Is,
    Measure,
    Name,
    Not,
    Pack,
    Prevails,
    Question,
    Rule,
    Unencoded,
)
from lodged.law.written import written_pack

DOMAINS = {
    "person.registrant": [False, True],
    "person.charge_serious": [False, True],
    "person.in_custody": [False, True],
    "paper.box": ["1", "2", "both", "neither"],
    "person.days_incarcerated": [24, 25, 49],
    "paper.attached": [frozenset(), frozenset({"i-200"}), frozenset({"i-205"})],
}


def true(condition: Condition, world: dict) -> bool:
    match condition:
        case Not(part):
            return not true(part, world)
        case All(parts):
            return all(true(part, world) for part in parts)
        case Either(parts):
            return any(true(part, world) for part in parts)
        case Name(ref):
            return world[ref] is True
        case Is(ref, values):
            return world[ref] in values
        case Has(ref, values):
            return bool(world[ref] & set(values))
        case Measure(ref, "more than", number):
            return world[ref] > number
        case Measure(ref, "at most", number):
            return world[ref] <= number
    raise AssertionError(condition)


def _rules(pack: Pack, act: str) -> list[Rule]:
    return [s for s in pack.statements if isinstance(s, Rule) and act in s.acts]


def _says(pack: Pack, act: str, world: dict) -> set[tuple[str, str]]:
    """(says, rule) of one pack in one world, its own overrides applied."""
    found = set()
    for rule in _rules(pack, act):
        if true(rule.when, world):
            if not true(rule.unless, world):
                found.add((rule.effect, rule.name))
            elif rule.effect == "forbid":
                found.add(("permit", rule.name))
    over = {
        target
        for rule in _rules(pack, act)
        if (rule.effect, rule.name) in found
        for names, _ in rule.overrides
        for target in names
    }
    return {(says, name) for says, name in found if says == "permit" or name not in over}


def _before(pack: Pack, other: Pack, act: str) -> bool:
    def names(statement: Prevails, target: Pack) -> bool:
        return act in statement.acts and (target.id in statement.over or target.level in statement.over)

    own = any(isinstance(s, Prevails) and not s.turned and names(s, other) for s in pack.statements)
    return own or any(isinstance(s, Prevails) and s.turned and names(s, pack) for s in other.statements)


def _standing(packs: list[Pack], act: str, world: dict) -> list[tuple[Pack, str]]:
    said = {pack.id: {says for says, _ in _says(pack, act, world)} for pack in packs}
    left = []
    for pack in packs:
        for says in said[pack.id]:
            beaten_by = {"forbid": {"require", "permit"}, "require": {"forbid"}}.get(says, set())
            if not any(o.id != pack.id and _before(o, pack, act) and said[o.id] & beaten_by for o in packs):
                left.append((pack, says))
    return left


def _weighed(packs: list[Pack], act: str, world: dict) -> str:
    left = _standing(packs, act, world)
    requires = sorted(pack.id for pack, says in left if says == "require")
    forbids = sorted(pack.id for pack, says in left if says == "forbid")
    if requires and forbids:
        pairs = sorted(f"conflict:{r}/{f}" for r in requires for f in forbids)
        return "required" if world[pairs[0]] == "A" else "forbidden"
    if forbids:
        return "forbidden"
    if requires:
        return "required"
    return "permitted" if any(says == "permit" for _, says in left) else "silent"


def effect_in(packs: list[Pack], act: str, world: dict) -> str:
    """The effect in one world, in which facts, readings, open laws all have their value."""
    confirmed = [pack for pack in packs if pack.status == "confirmed"]
    effect = _weighed(confirmed, act, world)
    left = _standing(confirmed, act, world)
    for pack in sorted((p for p in packs if p.status == "draft"), key=lambda p: p.id):
        firm = any(not _before(pack, other, act) for other, _ in left)
        if _says(pack, act, world) and not firm and world[f"law:{pack.id} (draft)"]:
            would = _weighed([*confirmed, pack], act, world)
            effect = "open" if effect == "silent" else would
    return effect


def variables(packs: list[Pack], act: str, given: dict) -> dict[str, list]:
    """Everything that is free, with its values."""
    said = "\n".join(written_pack(pack) for pack in packs)
    found = {name: domain for name, domain in DOMAINS.items() if name not in given and name in said}
    for pack in packs:
        for statement in pack.statements:
            if isinstance(statement, Question) and f" {statement.name} is" in said.replace("(", " "):
                found[statement.name] = [reading.choice for reading in statement.readings]
        if pack.status == "draft":
            found[f"law:{pack.id} (draft)"] = [False, True]
    ids = sorted(pack.id for pack in packs)
    found |= {f"conflict:{a}/{b}": ["A", "B"] for a in ids for b in ids if _clash(packs, a, b, act)}
    return found


def _clash(packs: list[Pack], a: str, b: str, act: str) -> bool:
    effects = {pack.id: {rule.effect for rule in _rules(pack, act)} for pack in packs}
    return "require" in effects[a] and "forbid" in effects[b]


def judge(packs: list[Pack], act: str, given: dict, constraints: list) -> tuple[str, set[str], set[str]]:
    """The effect, the facts and laws that matter, the readings that matter, by the words of the design."""
    free = variables(packs, act, given)
    names = list(free)
    worlds = {}
    for values in product(*free.values()):
        world = {**given, **dict(zip(names, values, strict=True))}
        worlds[values] = effect_in(packs, act, world).replace("silent", "permitted")
    support = [n for at, n in enumerate(names) if _hangs(worlds, free, at, names)]
    projected: dict[tuple, str] = {}
    for values, effect in worlds.items():
        world = {**given, **dict(zip(names, values, strict=True))}
        if all(not true(c.given, world) or true(c.then, world) for c in constraints):
            projected[tuple(world[name] for name in support)] = effect
    effects = set(projected.values())
    if len(effects) <= 1:
        return (effects.pop() if effects else "impossible"), set(), set()
    everything = {tuple(dict(zip(names, v, strict=True))[n] for n in support): e for v, e in worlds.items()}
    ties = _ties(constraints, given, support)
    matter = {name for at, name in enumerate(support) if _matters(at, support, free, projected, everything, ties)}
    readings = {name for name in matter if name in free and not name.startswith("law:") and name not in DOMAINS}
    facts = matter - readings
    if not matter:
        facts = {name for name in support if name in DOMAINS or name.startswith("law:")}
    return ("not_known" if facts or not readings else "contested"), facts, readings


def _hangs(worlds: dict, free: dict, at: int, names: list[str]) -> bool:
    return any(
        worlds[values] != worlds[values[:at] + (other,) + values[at + 1 :]]
        for values in worlds
        for other in free[names[at]]
    )


def _ties(constraints: list, given: dict, support: list[str]) -> list[set[str]]:
    groups = []
    for constraint in constraints:
        facts = {_ref(constraint.given), _ref(constraint.then)} - set(given)
        if len(facts) == 2:
            groups.append(facts)
    merged: list[set[str]] = []
    for group in groups:
        joined = [other for other in merged if (other & group) - set(support)]
        merged = [other for other in merged if other not in joined] + [group.union(*joined)]
    return [group & set(support) for group in merged]


def _ref(condition: Condition) -> str:
    return _ref(condition.part) if isinstance(condition, Not) else condition.ref


def _matters(at: int, support: list[str], free: dict, admissible: dict, effects: dict, ties: list[set[str]]) -> bool:
    for values, effect in admissible.items():
        for other in free[support[at]]:
            moved = values[:at] + (other,) + values[at + 1 :]
            if moved in admissible:
                if admissible[moved] != effect:
                    return True
            elif _forced(at, support, free, admissible, moved, effect, ties):
                return True
    return False


def _forced(at: int, support: list[str], free: dict, admissible: dict, moved: tuple, effect: str, ties: list) -> bool:
    near = sorted({n for tie in ties if support[at] in tie for n in tie} - {support[at]})
    places = [support.index(name) for name in near]
    reached: list[set[int]] = []
    for size in (1, 2):
        for some in combinations(places, size):
            for values in product(*(free[support[p]] for p in some)):
                changed = list(moved)
                for place, value in zip(some, values, strict=True):
                    changed[place] = value
                if any(changed[p] == moved[p] for p in some) or tuple(changed) not in admissible:
                    continue
                if size == 2 and _smaller(moved, changed, some, admissible):
                    continue
                if admissible[tuple(changed)] != effect:
                    return True
                reached.append(set(some))
    return False


def _smaller(moved: tuple, changed: list, some: tuple, admissible: dict) -> bool:
    for place in some:
        one = list(moved)
        one[place] = changed[place]
        if tuple(one) in admissible:
            return True
    return False


__all__ = ["DOMAINS", "Unencoded", "effect_in", "judge", "true"]

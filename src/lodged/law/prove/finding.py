"""Rules that never apply, say what another says already, or are always overridden."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from lodged.law.check import ALL_ACTS
from lodged.law.prove.door import Term, z3
from lodged.law.prove.effect import CONFLICT, FORBIDDEN, PERMITTED, REQUIRED, Speech
from lodged.law.prove.least import Search
from lodged.law.prove.named import Named, named
from lodged.law.prove.side import ActLaw, Side
from lodged.law.prove.terms import either, negation
from lodged.law.tree import Pack, Rule

VACUOUS, REDUNDANT, SHADOWED, OVERRIDDEN_PERMIT, OVERRIDDEN = (
    "vacuous",
    "redundant",
    "shadowed",
    "overridden permit",
    "overridden",
)
KINDS = (VACUOUS, REDUNDANT, SHADOWED, OVERRIDDEN_PERMIT, OVERRIDDEN)
_EFFECT = {"forbid": FORBIDDEN, "require": REQUIRED, "permit": PERMITTED}


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule that makes no difference to some acts, for every custodian that was looked at and that it binds.

    `vacuous`: no facts meet its conditions. `redundant`: another rule of its pack says the same in the same cases.
    `shadowed`: other rules of its pack say the same in all its cases, and in more. `overridden permit`: whatever it permits,
    others forbid or require. `overridden`: what it forbids or requires, others always lift. `by` names those others.
    """

    kind: str
    rule: Named
    says: str
    acts: tuple[str, ...]
    sides: tuple[str, ...]
    by: tuple[Named, ...]

    def to_json(self) -> dict[str, object]:
        """As plain JSON."""
        by = [rule.to_json() for rule in self.by]
        kept = {"kind": self.kind, "rule": self.rule.to_json(), "says": self.says}
        return {**kept, "acts": list(self.acts), "sides": list(self.sides), "by": by}


@dataclass(frozen=True, slots=True)
class _Seen:
    """What one rule came to for one act on one side; no kind where it makes a difference."""

    act: str
    side: str
    kind: str
    by: tuple[Named, ...]


def findings(sides: Iterable[Side], acts: Sequence[str] = ALL_ACTS) -> list[Finding]:
    """What is found of every rule in force on the sides, for acts on which it makes no difference on any of them."""
    seen: dict[Named, list[_Seen]] = {}
    says: dict[Named, str] = {}
    for side in sides:
        for act in acts:
            for pack, rule, found in _of_act(side, act):
                name = named(side.packs, pack, rule)
                says[name] = rule.effect
                seen.setdefault(name, []).append(found)
    return [finding for name in sorted(seen, key=_place) for finding in _joined(name, says[name], seen[name])]


def _place(name: Named) -> tuple[str, int]:
    return name.file, name.line


def _joined(rule: Named, says: str, seen: list[_Seen]) -> Iterator[Finding]:
    by_act: dict[str, list[_Seen]] = {}
    for found in seen:
        by_act.setdefault(found.act, []).append(found)
    alike: dict[tuple[str, tuple[Named, ...], tuple[str, ...]], list[str]] = {}
    for act, all_ in by_act.items():
        if all(found.kind for found in all_):
            kind = max((found.kind for found in all_), key=KINDS.index)
            by = tuple(dict.fromkeys(name for found in all_ for name in found.by))
            alike.setdefault((kind, by, tuple(found.side for found in all_)), []).append(act)
    for (kind, by, sides), acts in alike.items():
        yield Finding(kind, rule, says, tuple(acts), sides, by)


# ---- one act on one side


def _of_act(side: Side, act: str) -> Iterator[tuple[Pack, Rule, _Seen]]:
    search = Search((side,), act)
    standing = _law(search).standing
    for pack in standing.packs:
        for rule in standing.rules(pack):
            kind, by = _Rule(search, pack, rule).found()
            others = tuple(dict.fromkeys(named(side.packs, speech.pack, speech.rule) for speech in by))
            yield pack, rule, _Seen(act, str(side), kind, others)


def _law(search: Search) -> ActLaw:
    return search.laws[0]


class _Rule:
    """One rule among the others of one act."""

    def __init__(self, search: Search, pack: Pack, rule: Rule) -> None:
        self.search, self.pack, self.rule = search, pack, rule
        spoken = _law(search).spoken
        mine = [s for s in spoken if s.pack == pack and s.rule == rule and s.says == rule.effect]
        self.own: Term = either(speech.own for speech in mine)
        beside = [s for s in spoken if s.pack == pack and s.rule != rule and s.says == rule.effect]
        # Of rules that say the very same the first one stands, and the others are the redundant ones.
        self.alike = [s for s in beside if s.rule.line < rule.line or not self._same(s)]
        self.against = [s for s in spoken if s.says != rule.effect]

    def found(self) -> tuple[str, list[Speech]]:
        """The kind of finding, and the rules that make it so; an empty kind where the rule makes a difference."""
        if not self.search.may(self.own):
            return VACUOUS, []
        for other in self.alike:
            if self._covered([other]):
                return (REDUNDANT if self._same(other) else SHADOWED), [other]
        if self.alike and self._covered(self.alike):
            return SHADOWED, self._covering(self.alike)
        if not self.search.may(self.own, self._takes_effect()):
            kind = OVERRIDDEN_PERMIT if self.rule.effect == "permit" else OVERRIDDEN
            return kind, self._covering(self.against) or self._overlapping()
        return "", []

    def _same(self, other: Speech) -> bool:
        return self._covered([other]) and not self.search.may(other.own, negation(self.own))

    def _covered(self, others: Sequence[Speech]) -> bool:
        return not self.search.may(self.own, *(negation(other.own) for other in others))

    def _covering(self, others: Sequence[Speech]) -> list[Speech]:
        """Those of some rules that together speak wherever this one does; none where they do not."""
        names: Mapping[str, Speech] = {f"beside {at} of {id(self)}": other for at, other in enumerate(others)}
        solver = self.search.solver
        for name, other in names.items():
            solver.add(z3.Implies(z3.Bool(name), negation(other.own)))
        if solver.check(self.own, *map(z3.Bool, names)) != z3.unsat:
            return []
        return [names[str(term)] for term in solver.unsat_core() if str(term) in names]

    def _overlapping(self) -> list[Speech]:
        return [other for other in self.against if self.search.may(self.own, other.own)]

    def _takes_effect(self) -> Term:
        """Where the act has the effect that the rule says, or is in conflict over it."""
        codes = _law(self.search).codes
        wanted = [codes[_EFFECT[self.rule.effect]]]
        if self.rule.effect != "permit":
            wanted += [term for code, term in codes.items() if code.startswith(CONFLICT)]
        return either(wanted)

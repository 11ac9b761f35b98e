"""How authorities combine: what each rule says, what a cited precedence lifts, what effect is left."""

import functools
from dataclasses import dataclass, field, replace
from typing import Any

from lodged.law.compiled import LAWS, READINGS, Compiled, Tie
from lodged.law.diagram import Node
from lodged.law.standing import Standing
from lodged.law.tree import NEVER, Challenge, Pack, Prevails, Rule

FORBIDDEN, REQUIRED, PERMITTED, SILENT, OPEN = "forbidden", "required", "permitted", "silent", "open"


@dataclass(frozen=True, slots=True)
class Speech:
    """What one rule says and where: `own` by its own words, `node` once its pack's overrides are applied, `left` after
    precedence. `says` is forbid, require or permit.
    """

    pack: Pack
    rule: Rule
    says: str
    own: Node
    node: Node
    left: Node
    lifts: tuple[tuple[Pack, Prevails], ...] = ()


def speeches(law: Compiled, packs: tuple[Pack, ...]) -> tuple[Speech, ...]:
    """What every rule in force says of the act, after the cited precedences among `packs`."""
    raw = [speech for pack in packs for speech in _own(law, pack)]
    return tuple(_after_precedence(law, speech, raw) for speech in raw)


def _own(law: Compiled, pack: Pack) -> list[Speech]:
    """One pack's rules; a rule that overrides another silences it where it speaks itself."""
    diagrams = law.diagrams
    bases: list[tuple[Rule, str, Node]] = []
    for rule in law.standing.rules(pack):
        when = law.condition(rule.when, pack)
        if when == diagrams.no:
            continue
        unless = law.condition(rule.unless, pack)
        bases.append((rule, rule.effect, diagrams.every((when, diagrams.negation(unless)))))
        if rule.effect == "forbid" and rule.unless != NEVER:
            bases.append((rule, "permit", diagrams.every((when, unless))))
    silenced = {
        name: diagrams.either([n for r, s, n in bases if s == r.effect and name in _overridden(r)])
        for name in {name for rule, _, _ in bases for name in _overridden(rule)}
    }
    found = []
    for rule, says, own in bases:
        node = own
        if says != "permit" and rule.name in silenced:
            node = diagrams.every((own, diagrams.negation(silenced[rule.name])))
        if node != diagrams.no:
            found.append(Speech(pack, rule, says, own, node, node))
    return found


def _overridden(rule: Rule) -> set[str]:
    return {name for names, _ in rule.overrides for name in names}


def _after_precedence(law: Compiled, speech: Speech, raw: list[Speech]) -> Speech:
    """A forbid gives way to a require or permit that prevails over its pack; a require to such a forbid."""
    diagrams, stand = law.diagrams, law.standing
    against = {"forbid": ("require", "permit"), "require": ("forbid",)}.get(speech.says, ())
    over = {s.pack.id: stand.prevails(s.pack, speech.pack) for s in raw if s.pack != speech.pack}
    stronger = diagrams.either([s.node for s in raw if s.says in against and over.get(s.pack.id)])
    left = diagrams.every((speech.node, diagrams.negation(stronger)))
    weaker = {s.pack.id: s.pack for s in raw if s.pack != speech.pack}
    lifts = tuple((p, found) for p in weaker.values() if (found := stand.prevails(speech.pack, p)))
    return replace(speech, left=left, lifts=lifts)


def weighed(law: Compiled, spoken: tuple[Speech, ...]) -> Node:
    """The effect in every completion: `forbidden`, `required`, `permitted` by a rule, or `silent`."""
    diagrams = law.diagrams
    forbids, requires, permits = (
        diagrams.either([s.left for s in spoken if s.says == says]) for says in ("forbid", "require", "permit")
    )
    leaf = diagrams.leaf
    settled = diagrams.if_(permits, leaf(PERMITTED), leaf(SILENT))
    settled = diagrams.if_(requires, leaf(REQUIRED), settled)
    settled = diagrams.if_(forbids, leaf(FORBIDDEN), settled)
    for name, clash in sorted(_clashes(law, spoken).items(), reverse=True):
        undecided = law.open(name, ("A", "B"), (REQUIRED, FORBIDDEN), "reading", READINGS)
        settled = diagrams.if_(clash, undecided, settled)
    return settled


def _clashes(law: Compiled, spoken: tuple[Speech, ...]) -> dict[str, Node]:
    """Where a require and a forbid both stand, with no cited precedence between them."""
    found: dict[str, Node] = {}
    for require in spoken:
        for forbid in spoken:
            if require.says == "require" and forbid.says == "forbid":
                both = law.diagrams.every((require.left, forbid.left))
                if both != law.diagrams.no:
                    name = f"conflict:{require.pack.id}/{forbid.pack.id}"
                    found[name] = law.diagrams.either((found.get(name, law.diagrams.no), both))
    return found


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft pack that speaks of the act: where, and the effect if it had been law."""

    pack: Pack
    speaks: Node
    effect: Node


def with_open_laws(law: Compiled, spoken: tuple[Speech, ...]) -> tuple[Node, tuple[Draft, ...]]:
    """The effect, left open where only law that is a draft, or is not encoded, would have spoken."""
    diagrams = law.diagrams
    effect = weighed(law, spoken)
    drafts = []
    for pack in law.standing.drafts:
        own = _own(law, pack)
        speaks = diagrams.either([speech.node for speech in own])
        if speaks == diagrams.no:
            continue
        would = weighed(law, speeches(law, (*law.standing.packs, pack)))
        drafts.append(Draft(pack, speaks, would))
        would = diagrams.apply(_would, effect, would)
        effect = _left_open(law, effect, f"{pack.id} (draft)", would, speaks, _firm(law.standing, spoken, pack))
    for pack, statement in law.standing.unencoded:
        name = f"{pack.id} (not encoded before {statement.day})"
        firm = _firm(law.standing, spoken, pack)
        effect = _left_open(law, effect, name, diagrams.leaf(OPEN), diagrams.yes, firm)
    return effect, tuple(drafts)


def _would(effect: object, would: object) -> str:
    """Silence is no silence where a draft would speak, whatever it would say."""
    return OPEN if effect == SILENT else str(would)


def _firm(standing: Standing, spoken: tuple[Speech, ...], pack: Pack) -> list[Node]:
    """Where something stands that would not give way to `pack` by a cited statement."""
    return [speech.left for speech in spoken if not standing.prevails(pack, speech.pack)]


def _left_open(law: Compiled, effect: Node, name: str, would: Node, speaks: Node, firm: list[Node]) -> Node:
    diagrams = law.diagrams
    undecided = law.open(name, (False, True), (False, True), "law", LAWS)
    free = diagrams.every((speaks, diagrams.negation(diagrams.either(firm)), undecided))
    return diagrams.if_(free, would, effect)


@dataclass(frozen=True, eq=False)
class Weighed:
    """A law with its rules weighed against each other, for one act: all that a question needs, before any fact."""

    law: Compiled
    spoken: tuple[Speech, ...]
    effect: Node
    drafts: tuple[Draft, ...]
    ties: tuple[Tie, ...]
    challenges: tuple[tuple[Challenge, Node], ...]
    kept: dict[object, Any] = field(default_factory=dict, repr=False)

    @functools.cached_property
    def looked_at(self) -> frozenset[str]:
        """The facts that the effect hangs on, those that the defaults of these look at, and so on."""
        law = self.law
        ranks = law.diagrams.support(self.effect) & set(law.tests_at)
        found = set[str]().union(*(law.facts_at(rank) for rank in ranks))
        waiting = list(found)
        while waiting:
            further = law.implied_by(waiting.pop()) - found
            found |= further
            waiting += further
        return frozenset(found)

    @property
    def silent(self) -> bool:
        """Does no rule, no draft, no law that is not encoded speak of the act, whatever the facts?"""
        return self.effect == self.law.diagrams.leaf(SILENT)


def weigh(standing: Standing) -> Weighed:
    """The law that stands for one act, weighed."""
    law = Compiled(standing)
    spoken = speeches(law, standing.packs)
    effect, drafts = with_open_laws(law, spoken)
    return Weighed(law, spoken, effect, drafts, law.ties(), law.challenges())

"""Who speaks: the packs that bind a custodian on a day, what of them is in force, which go before which."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from lodged.law.check import declared_facts
from lodged.law.custodians import Custodian
from lodged.law.fact import Fact
from lodged.law.packs import Packs
from lodged.law.tree import (
    Challenge,
    Clock,
    Constraint,
    Default,
    Define,
    Pack,
    Prevails,
    Rule,
    Settles,
    Statement,
    Unencoded,
)
from lodged.law.written import written

T = TypeVar("T", bound=Statement)


@dataclass(frozen=True, eq=False)
class Standing:
    """The law that stands for one act of one custodian on one local day.

    `packs` decide; `drafts` would, had they been enacted; `unencoded` is law that was and that no pack holds.
    """

    library: Packs
    custodian: Custodian
    day: date
    act: str
    packs: tuple[Pack, ...]
    drafts: tuple[Pack, ...]
    unencoded: tuple[tuple[Pack, Unencoded], ...]
    facts: dict[str, Fact]
    settled: dict[str, str]
    defaults: dict[str, tuple[tuple[Default, Pack], ...]]
    constraints: tuple[tuple[Constraint, Pack], ...]
    challenges: tuple[tuple[Challenge, Pack], ...]
    clocks: dict[str, Clock]

    def rules(self, pack: Pack) -> Iterator[Rule]:
        """The pack's rules in force that speak of the act, each once, in an order that the text's order cannot change."""
        seen = {s for s in pack.statements if isinstance(s, Rule) and self.act in s.acts and s.span.covers(self.day)}
        yield from sorted(seen, key=lambda rule: (rule.name, written(rule)))

    def definition(self, pack: Pack, name: str) -> tuple[Define, Pack] | None:
        """What `name` means for `pack` on this day."""
        for define, home in self.library.definitions(pack, name):
            if define.span.covers(self.day):
                return define, home
        return None

    def prevails(self, pack: Pack, over: Pack) -> Prevails | None:
        """The cited statement by which `pack` goes before `over` for this act."""
        for statement in _of(pack, Prevails):
            if not statement.turned and self.act in statement.acts and _names(statement, over):
                return statement
        for statement in _of(over, Prevails):
            if statement.turned and self.act in statement.acts and _names(statement, pack):
                return statement
        return None


def _of(pack: Pack, kind: type[T]) -> list[T]:
    return [statement for statement in pack.statements if isinstance(statement, kind)]


def _names(statement: Prevails, pack: Pack) -> bool:
    return pack.id in statement.over or pack.level in statement.over


def standing(library: Packs, custodian: Custodian, day: date, act: str, with_draft: frozenset[str]) -> Standing:
    """The law that stands; a draft decides only when `with_draft` names it."""
    binding = sorted((p for p in library.packs if set(p.binds) & set(custodian.places)), key=lambda pack: pack.id)
    current = [pack for pack in binding if pack.span.covers(day)]
    packs = tuple(pack for pack in current if pack.status == "confirmed" or pack.id in with_draft)
    defaults: dict[str, list[tuple[Default, Pack]]] = {}
    for pack in packs:
        for default in sorted(_of(pack, Default), key=written):
            defaults.setdefault(default.fact, []).append((default, pack))
    return Standing(
        library,
        custodian,
        day,
        act,
        packs,
        tuple(pack for pack in current if pack not in packs),
        tuple((p, u) for p in binding for u in _of(p, Unencoded) if act in u.acts and day < u.day),
        declared_facts(library.packs),
        {s.question: s.choice for pack in packs for s in _of(pack, Settles)},
        {fact: tuple(found) for fact, found in defaults.items()},
        tuple((s, pack) for pack in packs for s in _of(pack, Constraint)),
        tuple((s, pack) for pack in packs for s in _of(pack, Challenge) if act in s.acts and s.span.covers(day)),
        {s.name: s for pack in binding for s in _of(pack, Clock)},
    )

"""Which rules, definitions and settled questions stand on one side of a comparison and not on the other."""

from collections.abc import Sequence
from dataclasses import dataclass

from lodged.law.prove.named import Named, named
from lodged.law.prove.side import Side
from lodged.law.standing import standing
from lodged.law.tree import Define, Settles
from lodged.law.written import written


@dataclass(frozen=True, slots=True)
class Stated:
    """A rule, a definition or a settled question of one side only.

    `says` is require, permit or forbid of a rule, `define` of a definition, `settles` of a question, whose reading stands in
    `reading`.
    """

    place: Named
    says: str
    acts: tuple[str, ...] = ()
    reading: str = ""

    def to_json(self) -> dict[str, object]:
        """As plain JSON."""
        return {**self.place.to_json(), "says": self.says, "acts": list(self.acts), "reading": self.reading}


def changed(old: Side, new: Side, acts: Sequence[str]) -> tuple[list[Stated], list[Stated]]:
    """What stands on the old side only, then what stands on the new side only; rules for these acts, as they are written."""
    before, after = _stated(old, acts), _stated(new, acts)
    return [before[key] for key in before if key not in after], [after[key] for key in after if key not in before]


def _stated(side: Side, acts: Sequence[str]) -> dict[tuple[str, str], Stated]:
    found: dict[tuple[str, str], Stated] = {}
    for act in acts:
        law = standing(side.packs, side.place, side.day, act, frozenset())
        for pack in law.packs:
            for rule in law.rules(pack):
                found[pack.id, written(rule)] = Stated(named(side.packs, pack, rule), rule.effect, rule.acts)
            for statement in pack.statements:
                if isinstance(statement, Settles | Define) and _stands(statement, side):
                    found[pack.id, written(statement)] = _stated_beside(side, pack.id, statement)
    return found


def _stands(statement: Settles | Define, side: Side) -> bool:
    return isinstance(statement, Settles) or statement.span.covers(side.day)


def _stated_beside(side: Side, pack: str, statement: Settles | Define) -> Stated:
    name = statement.question if isinstance(statement, Settles) else statement.name
    place = Named(pack, name, statement.cite, side.packs.files.get(pack, ""), statement.line)
    if isinstance(statement, Define):
        return Stated(place, "define")
    return Stated(place, "settles", reading=statement.choice)

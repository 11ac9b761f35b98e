"""Cases in which one rule requires what another forbids, and no cited precedence says which goes first."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from lodged.law.check import ALL_ACTS
from lodged.law.prove.case import Answer, Case
from lodged.law.prove.door import Term
from lodged.law.prove.effect import Speech
from lodged.law.prove.least import Search
from lodged.law.prove.named import Named, named
from lodged.law.prove.replayed import replayed
from lodged.law.prove.settle import CONTESTED, NOT_KNOWN
from lodged.law.prove.side import Side
from lodged.law.prove.terms import every


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two rules that command opposite acts in a least case; `decide` then says `contested`."""

    side: str
    act: str
    require: Named
    forbid: Named
    case: Case
    answer: Answer

    @property
    def replayed(self) -> bool:
        """Did `decide` find the effect unsettled, too?"""
        return self.answer.replayed

    def to_json(self) -> dict[str, object]:
        """As plain JSON."""
        rules = {"require": self.require.to_json(), "forbid": self.forbid.to_json()}
        answer = {"answer": self.answer.to_json(), "replayed": self.replayed}
        return {"side": self.side, "act": self.act, **rules, **self.case.to_json(), **answer}


def conflicts(sides: Iterable[Side], acts: Sequence[str] = ALL_ACTS) -> list[Conflict]:
    """Every pair of rules that conflict on a side, each with one least case."""
    return [found for side in sides for act in acts for found in _of_act(side, act)]


def _of_act(side: Side, act: str) -> Iterator[Conflict]:
    search = Search((side,), act)
    spoken = search.laws[0].spoken
    for require in (speech for speech in spoken if speech.says == "require"):
        for forbid in (speech for speech in spoken if speech.says == "forbid"):
            both = every([require.left, forbid.left])
            if search.may(both):
                yield from _conflict(search, both, require, forbid)


def _conflict(search: Search, both: Term, require: Speech, forbid: Speech) -> Iterator[Conflict]:
    law, side = search.laws[0], search.sides[0]
    for effect in (CONTESTED, NOT_KNOWN):
        goal = every([both, law.settled.effects[effect]])
        for least in search.least(goal, read=True) if search.may(goal) else ():
            if found := replayed(search, least, (effect,)):
                musts, must_nots = (named(side.packs, s.pack, s.rule) for s in (require, forbid))
                yield Conflict(str(side), search.act, musts, must_nots, found[0], found[1][0])
                return

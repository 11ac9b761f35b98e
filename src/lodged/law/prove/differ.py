"""What two laws answer differently: the changes of effect there are, and the least cases that show each."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lodged.law.check import ALL_ACTS
from lodged.law.prove.case import Answer, Case
from lodged.law.prove.least import Search
from lodged.law.prove.replayed import replayed
from lodged.law.prove.settle import CONTESTED, NOT_KNOWN
from lodged.law.prove.side import Side
from lodged.law.prove.terms import every
from lodged.problem import Problem, ProblemsError

MOST = 2  # cases shown of one change of one act
# The gravest change first: what must be done may not be, then what may be done may not, then what becomes unsure.
_ORDER = ("required", "forbidden", "permitted", CONTESTED, NOT_KNOWN)


@dataclass(frozen=True, slots=True)
class Difference:
    """One least case that two laws answer differently, and what `decide` said of it on both sides.

    `more`: the change from `old.expected` to `new.expected` has further cases than those that were asked for.
    """

    act: str
    case: Case
    old: Answer
    new: Answer
    more: bool = False

    @property
    def replayed(self) -> bool:
        """Did `decide` confirm it on both sides?"""
        return self.old.replayed and self.new.replayed

    @property
    def change(self) -> tuple[str, str]:
        """The effect before, the effect after."""
        return self.old.expected, self.new.expected

    def to_json(self) -> dict[str, object]:
        """As plain JSON."""
        sides = {"old": self.old.to_json(), "new": self.new.to_json()}
        return {"act": self.act, **self.case.to_json(), **sides, "replayed": self.replayed, "more": self.more}


def differences(old: Side, new: Side, acts: Sequence[str] = ALL_ACTS, most: int = MOST) -> list[Difference]:
    """Every change of effect between two laws, act by act, each with at most `most` least cases; empty where they agree.

    Effects are compared over all facts that both sides admit. Raises ProblemsError where a fact is declared differently.

    >>> from datetime import date
    >>> from lodged.law.packs import load
    >>> side = Side(load(), "us-ny/sheriff", date(2018, 11, 14))
    >>> differences(side, side, ["hold"])
    []
    """
    return [found for act in acts for found in _of_act(old, new, act, most)]


def _of_act(old: Side, new: Side, act: str, most: int) -> Iterator[Difference]:
    search = Search((old, new), act)
    _refuse_other_facts(search)
    before, after = (law.settled.effects for law in search.laws)
    for was in _ORDER:
        for is_ in _ORDER:
            goal = every([before[was], after[is_]])
            if was != is_ and search.may(goal):
                yield from _cases(search, goal, (was, is_), most)


def _cases(search: Search, goal: object, change: tuple[str, str], most: int) -> Iterator[Difference]:
    shown: list[Difference] = []
    for least in search.least(goal):
        found = replayed(search, least, change)
        if found is None:
            continue
        if len(shown) == most:
            last = shown.pop()
            shown.append(Difference(last.act, last.case, last.old, last.new, True))
            break
        case, (old, new) = found
        shown.append(Difference(search.act, case, old, new))
    yield from shown


def _refuse_other_facts(search: Search) -> None:
    old, new = (law.standing.facts for law in search.laws)
    other = [n for n in old if n in new and (old[n].type, old[n].choices) != (new[n].type, new[n].choices)]
    if other:
        what = "is declared differently on the two sides"
        raise ProblemsError([Problem("fact", f"`{name}` {what}", "give one of them another name") for name in other])

"""Whether a property holds for all facts: proved, or a least case that breaks it, or an open question it hangs on."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from lodged.law.prove.ask import Property, as_term
from lodged.law.prove.case import Answer, Case
from lodged.law.prove.door import Term
from lodged.law.prove.effect import CONFLICT, FORBIDDEN, OPEN, PERMITTED, REQUIRED, SILENT
from lodged.law.prove.least import Search
from lodged.law.prove.replayed import replayed
from lodged.law.prove.settle import CONTESTED, NOT_KNOWN
from lodged.law.prove.side import ActLaw, Side
from lodged.law.prove.terms import either, every, negation

HOLDS, BROKEN, UNSETTLED = "holds", "broken", "unsettled"
VERDICTS = (HOLDS, BROKEN, UNSETTLED)


@dataclass(frozen=True, slots=True)
class Proof:
    """What became of a property for one act of one custodian on one day.

    `holds`: for all facts, under every reading. `broken`: `case` breaks it whatever the reading, and `decide` says so.
    `unsettled`: nothing that is decided breaks it, but `case` would, under the readings it names.
    `idle`: it holds because the case it speaks of never comes up.
    """

    property: str
    side: str
    act: str
    verdict: str
    case: Case | None = None
    answer: Answer | None = None
    idle: bool = False

    def to_json(self) -> dict[str, object]:
        """As plain JSON."""
        shown: dict[str, object] = {"side": self.side, "act": self.act, "verdict": self.verdict, "idle": self.idle}
        if self.case and self.answer:
            shown |= {**self.case.to_json(), "answer": self.answer.to_json()}
        return shown


def prove(wanted: Property, sides: Iterable[Side]) -> list[Proof]:
    """The property for each of its acts on each side.

    >>> from datetime import date
    >>> from lodged.law.packs import load
    >>> from lodged.law.prove.ask import read_property
    >>> packs = load()
    >>> asked = read_property("always hold forbidden when not asks_for_hold and not warrant_for_custody", packs)
    >>> [proof.verdict for proof in prove(asked, [Side(packs, "us-fl/sheriff", date(2026, 6, 1))])]
    ['holds']
    """
    return [_proof(wanted, side, act) for side in sides for act in wanted.acts]


def _proof(wanted: Property, side: Side, act: str) -> Proof:
    search = Search((side,), act)
    asked = _Asked(wanted, search.laws[0])
    if not search.may(asked.may_break):
        return Proof(wanted.text, str(side), act, HOLDS, idle=not search.may(asked.comes_up))
    for verdict, goal in ((BROKEN, asked.breaks_everywhere()), (UNSETTLED, asked.may_break)):
        for effect, says in search.laws[0].settled.effects.items():
            both = every([goal, says])
            for least in search.least(both, read=verdict == UNSETTLED) if search.may(both) else ():
                if found := replayed(search, least, (effect,)):
                    return Proof(wanted.text, str(side), act, verdict, found[0], found[1][0])
    return Proof(wanted.text, str(side), act, HOLDS)


class _Asked:
    """A property over one law, as terms."""

    def __init__(self, wanted: Property, law: ActLaw) -> None:
        self.wanted, self.law = wanted, law
        self.guard = every([as_term(wanted.when, law), negation(as_term(wanted.unless, law))])
        may, must = _reaches(law, wanted.effects)
        self.may_break: Term = every([self.guard, negation(must) if wanted.always else may])
        self._breaks = every([self.guard, negation(may) if wanted.always else must])
        self.comes_up: Term = self.guard if wanted.always else may

    def breaks_everywhere(self) -> Term:
        """Where it is broken under every reading."""
        return self.law.settled.everywhere(self._breaks)


def _reaches(law: ActLaw, effects: Sequence[str]) -> tuple[Term, Term]:
    """Where the effect may be, and must be, one of some; where two packs conflict, it may be required or forbidden."""
    codes = {REQUIRED: (REQUIRED,), FORBIDDEN: (FORBIDDEN,), PERMITTED: (PERMITTED, SILENT), NOT_KNOWN: (OPEN,)}
    plain = list(_codes(law, [code for effect in effects for code in codes.get(effect, ())]))
    plain += [law.settled.effects[effect] for effect in effects if effect in (CONTESTED, NOT_KNOWN)]
    conflicts = either(term for code, term in law.codes.items() if code.startswith(CONFLICT))
    both = {REQUIRED, FORBIDDEN} & set(effects)
    may = either([*plain, conflicts] if both else plain)
    return may, either([*plain, conflicts] if len(both) == 2 else plain)


def _codes(law: ActLaw, names: Iterable[str]) -> Iterator[Term]:
    yield from (law.codes[name] for name in names if name in law.codes)

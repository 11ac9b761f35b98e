"""Cases of which no rule speaks, although the paper asks for the act."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from lodged.law.fact import ACTS
from lodged.law.prove.case import Answer, Case
from lodged.law.prove.door import Term
from lodged.law.prove.effect import SILENT
from lodged.law.prove.least import Search
from lodged.law.prove.replayed import replayed
from lodged.law.prove.side import ActLaw, Side
from lodged.law.prove.terms import every, negation
from lodged.law.tree import Has

ASKED = {act: {"disclose": "information", "answer": "produce"}.get(act, act) for act in ACTS}


@dataclass(frozen=True, slots=True)
class Gap:
    """An act on which the law is silent: `whole` whatever the facts are, else in a least case; silence permits.

    `decide` confirmed it where `replayed`: the act is permitted, and by silence.
    """

    side: str
    act: str
    whole: bool
    case: Case
    answer: Answer

    @property
    def replayed(self) -> bool:
        """Did `decide` find silence, too?"""
        decision = self.answer.decision
        return self.answer.replayed and decision is not None and decision.basis == "silence"

    def to_json(self) -> dict[str, object]:
        """As plain JSON."""
        shown = {"side": self.side, "act": self.act, "whole": self.whole, **self.case.to_json()}
        return {**shown, "replayed": self.replayed}


def gaps(sides: Iterable[Side], acts: Sequence[str] = ACTS) -> list[Gap]:
    """For each side and act the law is silent on, one gap: its least case, or the whole act.

    Only papers that ask for the act count (`paper.asks`): silence about what nobody asked is no gap. No draft, and no
    law that is not encoded, would speak there either.
    """
    return [gap for side in sides for act in acts for gap in _of_act(side, act)]


def _of_act(side: Side, act: str) -> Iterator[Gap]:
    search = Search((side,), act)
    law = search.laws[0]
    silent = law.settled.everywhere(law.codes[SILENT])
    asked = _asked(law)
    whole = not search.may(negation(silent))
    for least in search.least(every([silent, asked])):
        if found := replayed(search, least, ("permitted",)):
            yield Gap(str(side), act, whole, found[0], found[1][0])
            return


def _asked(law: ActLaw) -> Term:
    """The paper asks for the act; a duty is asked for by nobody, and any paper will do."""
    if law.act not in ASKED:
        return every([])
    return law.encoder.condition(Has("paper.asks", (ASKED[law.act],)), law.standing.library.packs[0])

"""Every way in which two laws answer differently about one act, proved over all facts; where the prover is at hand."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time

from django.utils.safestring import SafeString

from lodged.law import CUSTODIANS
from lodged.law.fact import as_json
from lodged.office.decisions.compared import Answer, Side
from lodged.office.decisions.own import law
from lodged.office.decisions.plain import Wording
from lodged.office.decisions.put import Put
from lodged.problem import Problem, ProblemsError

MISSING: Sequence[Problem] = ()
try:
    from lodged.law.prove.differ import Difference, differences
    from lodged.law.prove.side import Side as ProvedSide
except (
    ProblemsError
) as error:  # the prover is an optional extra: without it the rules are held side by side all the same
    MISSING = error.problems

MOST = 1  # least cases shown of one change of effect
NOON = time(12)


@dataclass(frozen=True, slots=True)
class Proved:
    """One change of effect with a least case that shows it, in words, confirmed by deciding it on both sides."""

    conditions: tuple[SafeString, ...]
    left: Answer
    right: Answer
    more: bool


def missing() -> str:
    """Why nothing can be proved here; empty where it can."""
    return "; ".join(f"{problem.what} ({problem.mend})" for problem in MISSING)


def proved(left: Side, right: Side, act: str) -> list[Proved]:
    """Every change of effect of one act; raises ProblemsError where the prover is missing or a fact is declared otherwise."""
    if MISSING:
        raise ProblemsError(MISSING)
    sides = [ProvedSide(law(one.custodian), one.custodian, one.day) for one in (left, right)]
    return [_shown(left, right, one) for one in differences(sides[0], sides[1], [act], MOST) if one.replayed]


def _shown(left: Side, right: Side, one: "Difference") -> Proved:
    wording = Wording()
    words = tuple(wording.words(condition) for condition in (*one.case.conditions, *one.case.readings))
    facts = {name: as_json(value) for name, value in one.case.facts.items()}
    answers = [
        Answer(told.expected, told.cites, _link(side, one.act, facts))
        for side, told in ((left, one.old), (right, one.new))
    ]
    return Proved(words, answers[0], answers[1], one.more)


def _link(side: Side, act: str, facts: dict[str, object]) -> str:
    return Put(side.custodian, act, datetime.combine(side.day, NOON, CUSTODIANS[side.custodian].zone), facts).link

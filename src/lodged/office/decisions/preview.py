"""Which answers about typical papers a reading or policy would change, before anybody signs it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time

from lodged.law import ACTS, CUSTODIANS, DUTIES, Packs
from lodged.office.decisions.consult import asked
from lodged.office.decisions.library import with_own
from lodged.office.decisions.local import POLICY, Proposal
from lodged.office.decisions.own import adopted, law, own_texts
from lodged.office.decisions.put import Put
from lodged.office.decisions.typical import PAPERS, facts_for
from lodged.problem import ProblemsError


@dataclass(frozen=True, slots=True)
class Changed:
    """One answer before and after."""

    act: str
    about: str
    before: str
    after: str


def changed_answers(said: Proposal, text: str) -> tuple[list[Changed], int]:
    """The answers that change on the first day it is in force, and how many were tried."""
    name = f"local/{said.custodian}/new"
    before, after = law(said.custodian), with_own((*own_texts(said.custodian), (name, text)))
    acts: Iterable[str] = [said.about] if said.kind == POLICY else (*ACTS, *DUTIES[:1])
    tried = [(act, paper) for act in acts for paper in PAPERS if act in paper.acts or act not in ACTS]
    found = []
    for act, paper in tried:
        at = datetime.combine(said.since, time(12), CUSTODIANS[said.custodian].zone)
        put = Put(said.custodian, act, at, facts_for(paper, act))
        one, other = _effect(before, put), _effect(after, put)
        if one != other:
            found.append(Changed(act, paper.words, one, other))
    return found, len(tried)


def _effect(library: Packs, put: Put) -> str:
    try:
        return asked(library, put.question(), adopted(put.custodian)).effect
    except ProblemsError:
        return "not_known"

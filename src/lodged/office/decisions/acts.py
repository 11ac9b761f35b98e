"""The law is asked about every act a paper asks for; counsel adopts packs; people answer open questions."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from lodged.law import Decision as LawDecision
from lodged.law import decide, outgoing
from lodged.law.written import written_pack
from lodged.office.custodians import custodian
from lodged.office.decisions import finds
from lodged.office.decisions.asks import Asked
from lodged.office.decisions.basis import Basis, basis
from lodged.office.decisions.consult import consult
from lodged.office.decisions.facts import FactRow
from lodged.office.decisions.library import packs, tables, with_own
from lodged.office.decisions.local import Proposal, law_text, local_day
from lodged.office.decisions.models import Adoption, Decision, FactAnswer, LocalLaw, Withdrawal
from lodged.office.decisions.own import law
from lodged.office.decisions.questions import question, questions
from lodged.office.matters.models import Matter
from lodged.office.people.models import Match
from lodged.office.seals.acts import Sealed, enter
from lodged.office.seals.docket import docket
from lodged.office.seals.models import Entry
from lodged.office.staff.models import User
from lodged.problem import Problem, ProblemsError


@dataclass(frozen=True, slots=True)
class Decided:
    """One act as the law decided it: the facts it was given, the decision as JSON, the citations that may leave."""

    act: Asked
    rows: list[FactRow]
    body: dict[str, Any]
    cites: list[str]


def ask_the_law(matter: Matter, at: datetime) -> list[Decision]:
    """Decide every act the paper asks for, at this hour, on the newest reading, match and answers.

    While nobody has confirmed the person, each decision is marked candidate and drives nothing. Where something below
    moved while the law was being asked nothing is kept, and the matter waits to be asked again: an empty list.
    """
    on = basis(matter)
    if on is None:
        return []
    decided = [_decided(matter, one, at) for one in questions(on, finds.answers(matter), at)]
    with docket(at):
        moved = basis(matter)
        if moved is None or moved.record() != on.record():
            return []
        version = finds.last_version(matter) + 1
        entry = enter(_sealed(matter, version, decided), at)
        return [_keep(matter, on, version, one, entry, at) for one in decided]


def answer_fact(matter: Matter, fact: str, value: Any, source: str, by: User, at: datetime) -> FactAnswer:
    """Somebody answers a fact and says how they know; raises ProblemsError where the value is not one of
    its kind, or contradicts what is known already.

    `None` takes an earlier answer back.
    """
    finds.check_value(fact, value)
    if value is None and not matter.fact_answers.filter(fact=fact).exists():
        raise ProblemsError([Problem("answer", "nothing is written here", "answer the question, or leave it open")])
    _try(matter, FactAnswer(fact=fact, value=value, source=source, by=by), at)
    with docket(at):
        entry = enter(
            Sealed(
                kind="FactAnswered",
                custodian=matter.paper.arrival.custodian,
                number=matter.paper.arrival.number,
                facts={"matter": matter.number, "by": by.username},
                private={"fact": fact, "value": value, "source": source},
            ),
            at,
        )
        return FactAnswer.objects.create(matter=matter, fact=fact, value=value, source=source, by=by, at=at, seal=entry)


def adopt(custodian_id: str, packs: dict[str, str], by: User, at: datetime, note: str = "") -> int:
    """Counsel adopts versions of packs (pack -> version) for a custodian, by name and date. Gives how many were new."""
    known = finds.adopted(custodian_id)
    new = {pack: version for pack, version in packs.items() if f"{pack}@{version}" not in known}
    if not new:
        return 0
    with docket(at):
        entry = enter(
            Sealed(kind="LawAdopted", custodian=custodian_id, facts={"packs": new, "by": by.username, "note": note}), at
        )
        Adoption.objects.bulk_create(
            [
                Adoption(
                    custodian=custodian_id,
                    pack=pack,
                    version=version,
                    by=by,
                    at=at,
                    note=note,
                    seal=entry,
                    **_kept(pack, version),
                )
                for pack, version in new.items()
            ]
        )
    return len(new)


def adopt_local(said: Proposal, by: User, at: datetime) -> LocalLaw:
    """Counsel adopts a reading or a local policy; raises ProblemsError where it would be no law beside the packs."""
    with docket(at):
        number = LocalLaw.objects.filter(custodian=said.custodian).count() + 1
        kept = LocalLaw(number=number, by=by, at=at, **asdict(said))
        text = law_text(said, kept.pack, local_day(said.custodian, at))
        with_own(((kept.pack, text),))
        kept.seal = enter(
            Sealed(
                kind="LocalLawAdopted",
                custodian=said.custodian,
                facts={"pack": kept.pack, "law": text, "by": by.username},
            ),
            at,
        )
        kept.save(force_insert=True)
    return kept


def withdraw_local(local: LocalLaw, reason: str, by: User, at: datetime) -> Withdrawal:
    """Counsel withdraws a reading or policy, with the reason: from that day on it is not in force."""
    if not reason:
        raise ProblemsError([Problem("reason", "a reason is missing", "say why it is withdrawn")])
    with docket(at):
        if Withdrawal.objects.filter(law=local).exists():
            raise ProblemsError([Problem("reason", "it was withdrawn before", "look at the list again")])
        facts = {"pack": local.pack, "reason": reason, "by": by.username}
        entry = enter(Sealed(kind="LocalLawWithdrawn", custodian=local.custodian, facts=facts), at)
        return Withdrawal.objects.create(law=local, reason=reason, by=by, at=at, seal=entry)


def _kept(pack: str, version: str) -> dict[str, Any]:
    """The text of an adopted version with its tables; nothing where it is not the one at hand."""
    if packs().versions.get(pack) != version:
        return {}
    return {"text": written_pack(packs().by_id[pack]), "tables": tables(pack)}


def _try(matter: Matter, answer: FactAnswer, at: datetime) -> None:
    """Ask the law with one answer more, keeping nothing: facts that contradict one another are a problem now, not later."""
    on = basis(matter)
    if on is not None:
        for act, rows in questions(on, [*finds.answers(matter), answer], at):
            decide(law(matter.paper.arrival.custodian), question(matter, act, rows, at))


def _decided(matter: Matter, one: tuple[Asked, list[FactRow]], at: datetime) -> Decided:
    """One act decided; facts that contradict one another leave it not known, and say so, rather than stop the desk."""
    act, rows = one
    try:
        found = consult(question(matter, act, rows, at))
    except ProblemsError as error:
        found = _contradicted(matter, act, rows, error, at)
    return Decided(act, rows, found.to_json(), list(outgoing(found).citations))


def _contradicted(matter: Matter, act: Asked, rows: list[FactRow], error: ProblemsError, at: datetime) -> LawDecision:
    place = matter.paper.arrival.custodian
    words = str(error)
    return LawDecision(
        custodian=place,
        act=act.act,
        effect="not_known",
        basis="rule",
        law_as_of=at.astimezone(custodian(place).zone).date(),
        draft_law_used=False,
        reasons=(),
        adopted=False,
        needs=tuple(row.fact for row in rows if f"`{row.fact}`" in words) or (rows[0].fact,),
        notes=tuple(f"{problem.what}; {problem.mend}".strip("; ") for problem in error.problems),
    )


def _keep(matter: Matter, on: Basis, version: int, one: Decided, entry: Entry, at: datetime) -> Decision:
    return Decision.objects.create(
        matter=matter,
        reading=on.reading,
        match=on.match,
        version=version,
        act=one.act.act,
        item=one.act.item,
        effect=one.body["effect"],
        candidate=on.match.state != Match.State.SAME,
        adopted=one.body["adopted"],
        facts=[asdict(row) for row in one.rows],
        body=one.body,
        cites=one.cites,
        basis=on.record(),
        at=at,
        seal=entry,
    )


def _sealed(matter: Matter, version: int, decided: list[Decided]) -> Sealed:
    return Sealed(
        kind="LawAsked",
        custodian=matter.paper.arrival.custodian,
        number=matter.paper.arrival.number,
        facts={"matter": matter.number, "decision": version, "acts": len(decided)},
        private={
            f"{one.act.act}{'.' + one.act.item if one.act.item else ''}": {
                "effect": one.body["effect"],
                "facts": [asdict(row) for row in one.rows],
                "cites": list(one.cites),
            }
            for one in decided
        },
    )

"""The law is asked about every act a paper asks for; counsel adopts packs; people answer open questions."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from lodged.law import Question, decide, outgoing
from lodged.office.custodians import custodian
from lodged.office.decisions import finds
from lodged.office.decisions.asks import Asked, asked
from lodged.office.decisions.facts import FactRow, facts
from lodged.office.decisions.models import Adoption, Decision, FactAnswer
from lodged.office.matters.finds import standing
from lodged.office.matters.models import Matter
from lodged.office.people.finds import candidate
from lodged.office.people.models import Match, Person
from lodged.office.seals.acts import Sealed, enter
from lodged.office.seals.docket import docket
from lodged.office.staff.models import User

Decided = tuple[Asked, list[FactRow], dict[str, Any], list[str]]


def ask_the_law(matter: Matter, at: datetime) -> list[Decision]:
    """Decide every act the paper asks for, at this hour, on the newest reading, match and answers.

    While nobody has confirmed the person, each decision is marked candidate and drives nothing.
    """
    reading, match = standing(matter)
    answers = list(finds.answers(matter))
    person = candidate(match)
    decided = [(act, rows, *_decide(matter, act, rows, at)) for act, rows in _questions(matter, answers, person)]
    version = finds.last_version(matter) + 1
    with docket(at):
        entry = enter(_sealed(matter, version, decided), at)
        return [
            Decision.objects.create(
                matter=matter,
                reading=reading,
                match=match,
                version=version,
                act=act.act,
                item=act.item,
                effect=body["effect"],
                candidate=match.state != Match.State.SAME,
                adopted=body["adopted"],
                facts=[asdict(row) for row in rows],
                body=body,
                cites=cites,
                at=at,
                seal=entry,
            )
            for act, rows, body, cites in decided
        ]


def answer_fact(matter: Matter, fact: str, value: Any, source: str, by: User, at: datetime) -> FactAnswer:
    """Somebody answers a fact and says how they know; raises ProblemsError where the value is not one of
    its kind, or contradicts what is known already.

    `None` takes an earlier answer back.
    """
    finds.check_value(fact, value)
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
                Adoption(custodian=custodian_id, pack=pack, version=version, by=by, at=at, note=note, seal=entry)
                for pack, version in new.items()
            ]
        )
    return len(new)


def _try(matter: Matter, answer: FactAnswer, at: datetime) -> None:
    """Ask the law with one answer more, keeping nothing: facts that contradict one another are a problem now, not later."""
    _, match = standing(matter)
    for act, rows in _questions(matter, [*finds.answers(matter), answer], candidate(match)):
        _decide(matter, act, rows, at)


def _questions(matter: Matter, answers: list[FactAnswer], person: Person | None) -> list[tuple[Asked, list[FactRow]]]:
    reading, _ = standing(matter)
    return [(act, facts(reading, person, act, answers)) for act in asked(reading)]


def _decide(matter: Matter, act: Asked, rows: list[FactRow], at: datetime) -> tuple[dict[str, Any], list[str]]:
    """The decision as JSON, and the citations that may leave with it."""
    place = matter.paper.arrival.custodian
    question = Question(
        custodian=place,
        act=act.act,
        at=at.astimezone(custodian(place).zone),
        facts={row.fact: row.value for row in rows},
        declared=finds.declared(),
    )
    decision = decide(finds.packs(), question, adopted=finds.adopted(place))
    return decision.to_json(), list(outgoing(decision).citations)


def _sealed(matter: Matter, version: int, decided: list[Decided]) -> Sealed:
    return Sealed(
        kind="LawAsked",
        custodian=matter.paper.arrival.custodian,
        number=matter.paper.arrival.number,
        facts={"matter": matter.number, "decision": version, "acts": len(decided)},
        private={
            f"{act.act}{'.' + act.item if act.item else ''}": {
                "effect": body["effect"],
                "facts": [asdict(row) for row in rows],
                "cites": [reason["cite"] for reason in body["reasons"]],
            }
            for act, rows, body, _ in decided
        },
    )

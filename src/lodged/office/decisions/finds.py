"""Decisions, the law they stand on, and what is still to be decided; nothing here writes."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Max, QuerySet

from lodged.law.fact import checked, nearest
from lodged.office.custodians import custodian as with_id
from lodged.office.decisions.asks import asked
from lodged.office.decisions.basis import basis
from lodged.office.decisions.library import declared, packs
from lodged.office.decisions.models import Decision, FactAnswer
from lodged.office.decisions.own import adopted as adopted
from lodged.office.matters.finds import standing
from lodged.office.matters.models import Matter
from lodged.office.people.models import Match
from lodged.problem import Problem, ProblemsError

# A hold's clock is counted in hours, so a decision about one is asked again after an hour at most.
STALE_AFTER = timedelta(hours=1)


def binding(custodian: str) -> dict[str, str]:
    """The confirmed packs that bind a custodian, each with its version: what counsel reads and adopts."""
    places = set(with_id(custodian).places)
    bound = (pack for pack in packs().packs if pack.status == "confirmed" and places & set(pack.binds))
    return {pack.id: packs().versions[pack.id] for pack in bound}


def answers(matter: Matter) -> QuerySet[FactAnswer]:
    """What people have answered about a matter, oldest first, so that a later one prevails."""
    return matter.fact_answers.select_related("by")


def last_version(matter: Matter) -> int:
    """The version of the newest decisions of a matter; 0 where the law was never asked."""
    last: int | None = matter.decisions.aggregate(last=Max("version"))["last"]
    return last or 0


def newest(matter: Matter) -> QuerySet[Decision]:
    """The decisions that count: one an act."""
    return matter.decisions.filter(version=last_version(matter)).select_related("seal", "reading", "match")


def stands(matter: Matter) -> bool:
    """Whether the newest decisions stand on the newest reading, match, answers, custody record and adopted law."""
    first = newest(matter).first()
    now = basis(matter)
    return first is not None and now is not None and first.basis == now.record()


def todo() -> list[Matter]:
    """Matters about which the law must be asked, or asked again, because something below has moved."""
    return [matter for matter in Matter.objects.select_related("paper__arrival") if waits(matter)]


def waits(matter: Matter) -> bool:
    """Whether the law must be asked about this matter: its paper asks for an act, and no decision stands on the newest."""
    reading, match = standing(matter)
    return match is not None and bool(asked(reading)) and not stands(matter)


def stale(matter: Matter, at: datetime) -> bool:
    """Whether the clock has moved so far since the law was asked that it should be asked again."""
    first = newest(matter).first()
    return first is not None and at - first.at > STALE_AFTER


def check_value(fact: str, value: Any) -> None:
    """Raise ProblemsError where a fact is not declared or the value is not one of its kind."""
    found = declared().get(fact)
    if found is None:
        raise ProblemsError([Problem("fact", f"`{fact}` is not a fact of the law", nearest(fact, declared()))])
    if value is not None and (problems := checked(found, value, found.question)[1]):
        raise ProblemsError(problems)


def confirmed(matter: Matter) -> bool:
    """Whether two people have said who the paper is about."""
    _, match = standing(matter)
    return match is not None and match.state == Match.State.SAME

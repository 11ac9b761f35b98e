"""A matter as questions to the law: one for each act its paper asks for, with every fact that is known."""

from collections.abc import Iterable
from datetime import datetime

from lodged.law import Question
from lodged.office.custodians import custodian
from lodged.office.decisions.asks import Asked, asked
from lodged.office.decisions.basis import Basis
from lodged.office.decisions.facts import FactRow, facts
from lodged.office.decisions.library import declared
from lodged.office.decisions.models import FactAnswer
from lodged.office.matters.models import Matter
from lodged.office.people.finds import candidate


def questions(on: Basis, answers: Iterable[FactAnswer], at: datetime) -> list[tuple[Asked, list[FactRow]]]:
    """Each act that is asked for, with the facts known for it."""
    person, known = candidate(on.match), list(answers)
    return [(act, facts(on.reading, person, act, known, at)) for act in asked(on.reading)]


def question(matter: Matter, act: Asked, rows: Iterable[FactRow], at: datetime) -> Question:
    """One of them as the law engine takes it; raises ProblemsError where a value is not one of its kind."""
    place = matter.paper.arrival.custodian
    return Question(
        custodian=place,
        act=act.act,
        at=at.astimezone(custodian(place).zone),
        facts={row.fact: row.value for row in rows},
        declared=declared(),
    )

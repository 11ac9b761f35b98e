"""The answer letter is drafted, made final once somebody agreed, and sent by a person's hand."""

from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256
from string import digits

from lodged.letter import answer_letter
from lodged.office.answers import finds, letters
from lodged.office.answers.models import Answer, Dispatch
from lodged.office.decisions.finds import last_version, stands
from lodged.office.matters.models import Matter
from lodged.office.readings.body import value
from lodged.office.readings.finds import newest
from lodged.office.reviews.models import Review
from lodged.office.seals.acts import Sealed, enter
from lodged.office.seals.docket import docket
from lodged.office.staff.models import User
from lodged.problem import Problem, ProblemsError

SHORTEST_NUMBER = 7


def write(matter: Matter, at: datetime) -> Answer | None:
    """The letter on the newest decisions: a draft, marked on every page, or, once somebody agreed, the final letter.

    Where something below it moved while it was being typeset nothing is kept: None, and the matter waits again.
    """
    version, review = last_version(matter), finds.agreed(matter)
    body = answer_letter(letters.letter(matter, review, at))
    with docket(at):
        if version != last_version(matter) or not stands(matter) or finds.agreed(matter) != review:
            return None
        return _keep(matter, version, review, body, at)


def address(answer: Answer, to: str, by: User, at: datetime) -> Answer:
    """Put the directory's address on the letter that was agreed to: the same letter again, its next version.

    Raises ProblemsError where nothing is written, where it is the number printed on the paper, and where the letter may
    not leave the house.
    """
    problems = [*_not_an_address(answer, to), *finds.obstacles(answer, by, at)]
    if problems:
        raise ProblemsError(problems)
    body = answer_letter(letters.letter(answer.matter, answer.review, at, to))
    with docket(at):
        if problems := finds.obstacles(answer, by, at):
            raise ProblemsError(problems)
        return _keep(answer.matter, answer.decision_version, answer.review, body, at, to.strip())


def send(answer: Answer, way: str, to: str, by: User, at: datetime) -> Dispatch:
    """Note that a person sent the letter, and how; raises ProblemsError where it may not leave the house."""
    problems = [*_said_wrongly(answer, way, to)]
    with docket(at):
        problems += finds.obstacles(answer, by, at)
        if problems:
            raise ProblemsError(problems)
        entry = enter(
            Sealed(
                kind="AnswerSent",
                custodian=answer.matter.paper.arrival.custodian,
                number=answer.matter.paper.arrival.number,
                facts={"matter": answer.matter.number, "letter": answer.version, "way": way, "by": by.username},
                private={"to": to.strip(), "sha256": answer.sha256},
            ),
            at,
        )
        return Dispatch.objects.create(answer=answer, way=way, to=to.strip(), by=by, at=at, seal=entry)


def _said_wrongly(answer: Answer, way: str, to: str) -> Iterator[Problem]:
    if way not in Dispatch.Way.values:
        yield Problem("way", f"`{way}` is not a way to send", "use one of " + ", ".join(Dispatch.Way.values))
    if way == Dispatch.Way.MAIL and not answer.addressed_to:
        yield Problem("way", "no address stands on this letter", "put the directory's address on it first")
    yield from _not_an_address(answer, to)


def _not_an_address(answer: Answer, to: str) -> Iterator[Problem]:
    if not to.strip():
        yield Problem("to", "nothing is written here", "give the directory's address or number, not the paper's")
    printed = _number(str(value(newest(answer.matter.paper).body, "fields.phone") or ""))
    if len(printed) >= SHORTEST_NUMBER and printed == _number(to):
        yield Problem(
            "to", "this is the number printed on the paper", "a paper can be forged: take it from the directory"
        )


def _number(text: str) -> str:
    """The last ten digits of a telephone number, however it is written.

    >>> _number("+1 (512) 555-0151"), _number("512.555.0151")
    ('5125550151', '5125550151')
    """
    return "".join(letter for letter in text if letter in digits)[-10:]


def _keep(
    matter: Matter, decided: int, review: Review | None, body: bytes, at: datetime, addressed_to: str = ""
) -> Answer:
    digest = sha256(body).hexdigest()
    version = matter.answers.count() + 1
    entry = enter(
        Sealed(
            kind="AnswerAddressed" if addressed_to else "AnswerAgreed" if review else "AnswerDrafted",
            custodian=matter.paper.arrival.custodian,
            number=matter.paper.arrival.number,
            facts={"matter": matter.number, "letter": version, "decision": decided},
            private={"sha256": digest, **({"to": addressed_to} if addressed_to else {})},
        ),
        at,
    )
    return Answer.objects.create(
        matter=matter,
        version=version,
        decision_version=decided,
        review=review,
        body=body,
        addressed_to=addressed_to,
        sha256=digest,
        at=at,
        seal=entry,
    )

"""The answer letter is drafted, made final once somebody agreed, and sent by a person's hand."""

from datetime import datetime
from hashlib import sha256

from lodged.letter import answer_letter
from lodged.office.answers import finds, letters
from lodged.office.answers.models import Answer, Dispatch
from lodged.office.decisions.finds import last_version
from lodged.office.matters.models import Matter
from lodged.office.reviews.models import Review
from lodged.office.seals.acts import Sealed, enter
from lodged.office.seals.docket import docket
from lodged.office.staff.models import User
from lodged.problem import Problem, ProblemsError


def draft(matter: Matter, at: datetime) -> Answer:
    """Draft the letter on the newest decisions; it is marked on every page and cannot be sent."""
    return _keep(matter, None, at)


def finish(matter: Matter, review: Review, at: datetime) -> Answer:
    """The letter as agreed, without a mark, with the reviewer's role under it."""
    return _keep(matter, review, at)


def send(answer: Answer, way: str, to: str, by: User, at: datetime) -> Dispatch:
    """Note that a person sent the letter, and how; raises ProblemsError where it may not leave the house."""
    problems = finds.obstacles(answer, by)
    if way not in Dispatch.Way.values:
        problems.append(Problem("way", f"`{way}` is not a way to send", "use one of " + ", ".join(Dispatch.Way.values)))
    if not to.strip():
        problems.append(
            Problem("to", "nothing is written here", "give the directory's address or number, not the paper's")
        )
    if problems:
        raise ProblemsError(problems)
    with docket(at):
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


def _keep(matter: Matter, review: Review | None, at: datetime) -> Answer:
    body = answer_letter(letters.letter(matter, review, at))
    digest = sha256(body).hexdigest()
    version = matter.answers.count() + 1
    with docket(at):
        entry = enter(
            Sealed(
                kind="AnswerAgreed" if review else "AnswerDrafted",
                custodian=matter.paper.arrival.custodian,
                number=matter.paper.arrival.number,
                facts={"matter": matter.number, "letter": version, "decision": last_version(matter)},
                private={"sha256": digest},
            ),
            at,
        )
        return Answer.objects.create(
            matter=matter,
            version=version,
            decision_version=last_version(matter),
            review=review,
            body=body,
            sha256=digest,
            at=at,
            seal=entry,
        )

"""A person agrees to the decisions and the draft that stands on them, or sends them back with a reason."""

from collections.abc import Mapping
from datetime import datetime

from lodged.office.matters.models import Matter
from lodged.office.reviews import finds
from lodged.office.reviews.models import Review
from lodged.office.seals.acts import Sealed, enter
from lodged.office.seals.docket import docket
from lodged.office.staff.models import User
from lodged.problem import Problem, ProblemsError


def agree(
    matter: Matter, version: int, by: User, at: datetime, choices: Mapping[str, bool] | None = None, note: str = ""
) -> Review:
    """Agree to the decisions of a version, the one the reviewer saw, and choose where the law leaves a choice.

    Raises ProblemsError with every reason why it cannot be.
    """
    chosen = dict(choices or {})
    with docket(at):
        problems = [*finds.obstacles(matter, by, at, version), *finds.unchosen(matter, chosen)]
        if problems:
            raise ProblemsError(problems)
        return _keep(matter, version, Review.Verdict.AGREED, chosen, note, by, at)


def send_back(matter: Matter, version: int, by: User, at: datetime, note: str) -> Review:
    """Send the matter back to the desk; the reason is required, since somebody has to act on it."""
    if not note.strip():
        raise ProblemsError([Problem("reason", "nothing is written here", "say what is to be looked at again")])
    with docket(at):
        if problems := finds.moved(matter, version):
            raise ProblemsError(problems)
        return _keep(matter, version, Review.Verdict.SENT_BACK, {}, note.strip(), by, at)


def _keep(
    matter: Matter, version: int, verdict: Review.Verdict, choices: dict[str, bool], note: str, by: User, at: datetime
) -> Review:
    entry = enter(
        Sealed(
            kind="DecisionReviewed",
            custodian=matter.paper.arrival.custodian,
            number=matter.paper.arrival.number,
            facts={"matter": matter.number, "decision": version, "by": by.username},
            private={"verdict": verdict.value, "choices": dict(choices), "note": note},
        ),
        at,
    )
    return Review.objects.create(
        matter=matter,
        decision_version=version,
        verdict=verdict,
        choices=choices,
        note=note,
        by=by,
        at=at,
        seal=entry,
    )

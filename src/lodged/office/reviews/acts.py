"""A person agrees to the decisions and the draft that stands on them, or sends them back with a reason."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from lodged.office.decisions.finds import newest
from lodged.office.matters.models import Matter
from lodged.office.reviews import finds
from lodged.office.reviews.models import CounselsAnswer, Review
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


@dataclass(frozen=True, slots=True)
class Chosen:
    """What counsel chooses where the law is contested: the act by its key, done or not, on which law, and why."""

    key: str
    does: bool
    cite: str
    note: str


def choose_contested(matter: Matter, version: int, chosen: Chosen, by: User, at: datetime) -> CounselsAnswer:
    """Counsel answers a contested act in this matter; the decision stays contested, the record says who chose.

    Raises ProblemsError without a citation or a note, for an act that is not contested, for anybody but counsel, and
    where the matter has been agreed to or has moved.
    """
    with docket(at):
        if problems := list(_not_counsels(matter, version, chosen, by)):
            raise ProblemsError(problems)
        decision = next(one for one in newest(matter) if finds.key(one) == chosen.key)
        entry = enter(
            Sealed(
                kind="CounselChose",
                custodian=matter.paper.arrival.custodian,
                number=matter.paper.arrival.number,
                facts={"matter": matter.number, "decision": version, "by": by.username},
                private={"act": chosen.key, "does": chosen.does, "cite": chosen.cite, "note": chosen.note},
            ),
            at,
        )
        return CounselsAnswer.objects.create(
            matter=matter,
            key=chosen.key,
            does=chosen.does,
            cite=chosen.cite.strip(),
            note=chosen.note.strip(),
            basis=decision.basis,
            by=by,
            at=at,
            seal=entry,
        )


def _not_counsels(matter: Matter, version: int, chosen: Chosen, by: User) -> Iterator[Problem]:
    where = f"matter {matter.number}"
    yield from finds.moved(matter, version)
    if not by.may("adopt law"):
        yield Problem(where, "only counsel chooses where the law is contested", "ask counsel")
    if not any(finds.key(one) == chosen.key and one.effect == "contested" for one in newest(matter)):
        yield Problem(where, f"the law is not contested about `{chosen.key}`", "look at the decision as it is now")
    if not chosen.cite.strip():
        yield Problem("citation", "nothing is written here", "name the law, the judgment or the policy you stand on")
    if not chosen.note.strip():
        yield Problem("note", "nothing is written here", "say why; it stays in the house")
    review = finds.standing(matter)
    if review is not None and review.verdict == Review.Verdict.AGREED:
        yield Problem(where, "it was agreed to already", "send it back first")


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

"""Letters, looked for, and what stands in the way of sending one; nothing here writes."""

from lodged.office.answers.models import Answer
from lodged.office.decisions.finds import last_version, stands
from lodged.office.matters.models import Matter
from lodged.office.reviews.finds import standing
from lodged.office.reviews.models import Review
from lodged.office.staff.models import User
from lodged.problem import Problem


def todo() -> list[Matter]:
    """Matters whose decisions stand and for which no letter was made on them, or none since somebody agreed."""
    return [matter for matter in Matter.objects.select_related("paper__arrival") if stands(matter) and lacks(matter)]


def lacks(matter: Matter) -> bool:
    """Whether a letter must be made: no draft on the newest decisions, or agreed and not finished."""
    last = newest(matter)
    if last is None or last.decision_version != last_version(matter):
        return True
    return agreed(matter) is not None and last.review != agreed(matter)


def agreed(matter: Matter) -> Review | None:
    """The review that agreed to the newest decisions, where it stands."""
    review = standing(matter)
    return review if review is not None and review.verdict == Review.Verdict.AGREED else None


def newest(matter: Matter) -> Answer | None:
    """The newest letter of a matter."""
    return matter.answers.select_related("review__by").order_by("-version").first()


def to_send() -> list[Answer]:
    """Letters that were agreed to, stand on everything newest, and have not gone out."""
    found = (newest(matter) for matter in Matter.objects.select_related("paper__arrival"))
    return [
        answer
        for answer in found
        if answer is not None and answer.review and not _gone(answer) and stands(answer.matter)
    ]


def corrected_after_sending() -> list[Answer]:
    """Letters that went out and no longer stand on what is newest below them, until a newer letter has gone out."""
    sent = Answer.objects.filter(dispatch__isnull=False).select_related("matter__paper__arrival", "dispatch")
    last = {answer.matter_id: answer for answer in sent.order_by("version")}
    return [one for one in last.values() if one.decision_version != last_version(one.matter) or not stands(one.matter)]


def obstacles(answer: Answer, by: User) -> list[Problem]:
    """Why a letter may not leave the house; empty where it may."""
    where = f"letter of {answer.matter.number}"
    found = []
    if answer.review is None:
        found.append(
            Problem(where, "this is a draft: nobody has agreed to it", "a release officer or counsel agrees first")
        )
    elif not stands(answer.matter) or answer.decision_version != last_version(answer.matter):
        found.append(
            Problem(where, "something below it has changed since it was agreed to", "review the new decision first")
        )
    if _gone(answer):
        found.append(Problem(where, "it was sent already", "open the matter's line of time to see when"))
    if not by.may("send answers"):
        found.append(Problem(where, "your role may not send answers", "ask the records desk"))
    return found


def _gone(answer: Answer) -> bool:
    return hasattr(answer, "dispatch")

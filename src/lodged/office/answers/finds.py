"""Letters, looked for, and what stands in the way of sending one; nothing here writes."""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Subquery

from lodged.office.answers.models import Answer
from lodged.office.decisions.finds import last_version, stands
from lodged.office.decisions.models import Decision, FactAnswer
from lodged.office.matters.models import Matter
from lodged.office.people.models import Match
from lodged.office.readings.models import Reading
from lodged.office.reviews.finds import standing
from lodged.office.reviews.models import Review
from lodged.office.staff.models import User
from lodged.problem import Problem

# A letter speaks of the law at an hour; a day later somebody looks again.
GOOD_FOR = timedelta(days=1)


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
    agreed_to = Matter.objects.filter(reviews__verdict=Review.Verdict.AGREED, answers__dispatch__isnull=True).distinct()
    found = (newest(matter) for matter in agreed_to.select_related("paper__arrival"))
    return [answer for answer in found if answer is not None and not _gone(answer) and _final(answer)]


def corrected_after_sending() -> list[Answer]:
    """Letters that went out although the paper was read, matched or answered about again since, and none has gone out later.

    One query, whatever the size of the docket. New law does not make an old letter wrong.
    """
    on = Decision.objects.filter(matter=OuterRef("matter"), version=OuterRef("decision_version"))
    sent = Answer.objects.filter(dispatch__isnull=False).annotate(
        reading=Subquery(on.values("reading_id")[:1]),
        match=Subquery(on.values("match_id")[:1]),
        asked=Subquery(on.values("at")[:1]),
    )
    later_reading = Reading.objects.filter(paper=OuterRef("matter__paper"), id__gt=OuterRef("reading"))
    later_match = Match.objects.filter(reading=OuterRef("reading"), id__gt=OuterRef("match"))
    later_answer = FactAnswer.objects.filter(matter=OuterRef("matter"), at__gt=OuterRef("asked"))
    later_letter = Answer.objects.filter(
        matter=OuterRef("matter"), version__gt=OuterRef("version"), dispatch__isnull=False
    )
    moved = sent.filter(Exists(later_reading) | Exists(later_match) | Exists(later_answer), ~Exists(later_letter))
    return list(moved.defer("body").select_related("matter__paper__arrival", "dispatch"))


def obstacles(answer: Answer, by: User, at: datetime) -> list[Problem]:
    """Why a letter may not leave the house now; empty where it may."""
    where = f"letter of {answer.matter.number}"
    found = []
    if answer.review is None:
        found.append(
            Problem(where, "this is a draft: nobody has agreed to it", "a release officer or counsel agrees first")
        )
    elif not _final(answer):
        what = "something below it has changed since it was agreed to, or it was sent back"
        found.append(Problem(where, what, "review the new decision first"))
    elif at - answer.review.at > GOOD_FOR:
        found.append(Problem(where, "it was agreed to more than a day ago", "ask the law again, and agree again"))
    if _gone(answer):
        found.append(Problem(where, "it was sent already", "open the matter's line of time to see when"))
    if not by.may("send answers"):
        found.append(Problem(where, "your role may not send answers", "ask the records desk"))
    return found


def _final(answer: Answer) -> bool:
    """Whether this is the matter's newest letter, under the review that stands on everything newest."""
    last = newest(answer.matter)
    return (
        last is not None
        and last.pk == answer.pk
        and answer.review is not None
        and agreed(answer.matter) == answer.review
    )


def _gone(answer: Answer) -> bool:
    return hasattr(answer, "dispatch")

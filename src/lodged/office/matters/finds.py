"""Matters and what is due, looked for; nothing here writes."""

from django.db.models import QuerySet

from lodged.office.matters.models import Closing, Deadline, Matter
from lodged.office.people.models import Match
from lodged.office.readings.finds import newest as newest_reading
from lodged.office.readings.finds import newest_of_all
from lodged.office.readings.models import Paper, Reading


def todo() -> list[Reading]:
    """Newest readings whose deadlines nobody has worked out: no matter yet, or one that stands on an older reading."""
    return [reading for reading in newest_of_all() if not hasattr(reading, "reckoning")]


def of_paper(paper: Paper) -> Matter | None:
    """The matter of a paper, if it was opened."""
    return Matter.objects.filter(paper=paper).first()


def with_number(number: str) -> Matter:
    """The matter of a docket number; raises Matter.DoesNotExist."""
    return Matter.objects.select_related("paper__arrival", "seal").get(number=number)


def deadlines(matter: Matter) -> QuerySet[Deadline]:
    """What is due as the newest reading has it, the next first."""
    return Deadline.objects.filter(reckoning__reading=newest_reading(matter.paper))


def closing(matter: Matter) -> Closing | None:
    """How a matter stands closed, if it does: the last step, unless that took it up again."""
    last = max(matter.closings.all(), key=lambda step: step.pk, default=None)
    return last if last is not None and last.closed else None


def standing(matter: Matter) -> tuple[Reading, Match | None]:
    """The newest reading and match, on which everything above must stand; no match while the roster is still searched."""
    reading = newest_reading(matter.paper)
    return reading, reading.matches.select_related("person", "by", "reading__paper__arrival").last()

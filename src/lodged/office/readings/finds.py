"""Papers and readings, looked for; nothing here writes."""

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from lodged.office.arrivals.models import Arrival
from lodged.office.readings.models import Paper, Quarantine, QuarantineAnswer, Reading


def todo() -> QuerySet[Arrival]:
    """Arrivals nobody has read yet, oldest first; not those that a person keeps shut for good."""
    last = QuarantineAnswer.objects.filter(quarantine__arrival=OuterRef("pk")).order_by("-id").values("opens")[:1]
    unread = Arrival.objects.filter(papers__isnull=True).annotate(opens=Subquery(last))
    return unread.filter(Q(opens__isnull=True) | Q(opens=True)).select_related("quarantine")


def carried(arrival: Arrival) -> list[str]:
    """What the file of an arrival carries besides its pages, each sentence once; the scanner's name for it first."""
    quarantine = Quarantine.objects.filter(arrival=arrival).first()
    told = [f"The virus scanner knows it as {quarantine.known_as}."] if quarantine is not None else []
    for body in Reading.objects.filter(paper__arrival=arrival, version=1).values_list("body", flat=True):
        told += body["notes"]
    return list(dict.fromkeys(told))


def newest(paper: Paper) -> Reading:
    """The reading that counts: the last one."""
    return paper.readings.select_related("paper__arrival", "by").latest("version")


def newest_of_all() -> QuerySet[Reading]:
    """The newest reading of every paper, oldest arrival first."""
    last = Reading.objects.filter(paper=OuterRef("paper")).order_by("-version").values("version")[:1]
    return (
        Reading.objects.annotate(last=Subquery(last))
        .filter(version=F("last"))
        .select_related("paper__arrival", "by")
        .order_by("paper__arrival__received_at", "paper__id")
    )


def as_form(paper: Paper, form: str) -> Reading | None:
    """The last reading that had this paper as this form, if any had."""
    return paper.readings.filter(form=form).order_by("-version").first()


def is_newest(reading: Reading) -> bool:
    """Whether no later reading of the same paper exists."""
    return not Reading.objects.filter(paper=reading.paper, version__gt=reading.version).exists()


def paper(number: str, position: int) -> Paper:
    """The paper at a position of an arrival; raises Paper.DoesNotExist."""
    return Paper.objects.select_related("arrival").get(arrival__number=number, position=position)

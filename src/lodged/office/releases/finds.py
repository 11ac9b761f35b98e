"""Papers about a person, orders, defaults and checks, looked for; nothing here writes."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import QuerySet

from lodged.office.matters.finds import closing, of_paper
from lodged.office.matters.models import Matter
from lodged.office.people.models import Match, Person
from lodged.office.readings.finds import newest as newest_reading
from lodged.office.readings.models import Paper
from lodged.office.releases.models import Check, ReleaseOrder, Sheet, StandingDefault, Try

OPEN_TOGETHER = timedelta(hours=24)  # checks further apart are not about one release
UNCONFIRMED = (Match.State.CANDIDATE, Match.State.CHOSEN, Match.State.DIFFER)


def confirmed(person: Person) -> list[Matter]:
    """The open matters of papers that two people said are about this person, oldest first."""
    matched = Match.objects.filter(person=person, state=Match.State.SAME).values("reading__paper")
    return [matter for match, matter in _live(Paper.objects.filter(pk__in=matched)) if _is(match, person)]


def possible(person: Person) -> list[Matter]:
    """The open matters of papers that may be about this person and that nobody, or not two people, confirmed."""
    papers = Paper.objects.filter(arrival__custodian=person.custodian)
    waiting = Match.objects.filter(reading__paper__in=papers, state__in=UNCONFIRMED).values("reading__paper")
    return [matter for match, matter in _live(papers.filter(pk__in=waiting)) if _names(match, person)]


def _live(papers: QuerySet[Paper]) -> Iterator[tuple[Match | None, Matter]]:
    """Each paper's newest match and its matter, where that is open."""
    for paper in papers.select_related("arrival").order_by("pk"):
        matter = of_paper(paper)
        if matter is not None and closing(matter) is None:
            yield newest_reading(paper).matches.order_by("version").last(), matter


def _is(match: Match | None, person: Person) -> bool:
    return match is not None and match.state == Match.State.SAME and match.person_id == person.pk


def _names(match: Match | None, person: Person) -> bool:
    """Whether an unconfirmed match has this person among those it may mean."""
    if match is None or match.state not in UNCONFIRMED:
        return False
    return match.person_id == person.pk or any(one["booking"] == person.booking_no for one in match.candidates)


def order(person: Person) -> ReleaseOrder | None:
    """The release order that stands for a booking: the last word, unless it was taken back."""
    last = person.release_orders.order_by("-id").first()
    return last if last is not None and last.ordered_at is not None else None


def default(custodian: str) -> StandingDefault | None:
    """What counsel signed beforehand; the last one counts."""
    return StandingDefault.objects.filter(custodian=custodian).order_by("-id").first()


def open_since(person: Person, at: datetime) -> datetime:
    """Since when a question about this release is open: the first of the checks without a closed one between; else now."""
    since = at
    for check in Check.objects.filter(person=person, at__gte=at - OPEN_TOGETHER).order_by("-id"):
        if not check.open:
            break
        since = check.at
    return since


def tries(matter: Matter, person: Person) -> list[Try]:
    """The tries to give notice in a matter, oldest first."""
    return list(matter.notice_tries.filter(person=person).select_related("by").order_by("id"))


def copies_out() -> QuerySet[Sheet]:
    """Outage sheets that were printed and not yet destroyed."""
    return Sheet.objects.filter(destroyed_at=None).select_related("by")

"""Papers about a person, orders, defaults and checks, looked for; nothing here writes."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from lodged.office.matters.finds import closing
from lodged.office.matters.models import Matter
from lodged.office.people.finds import identifiers_agreeing
from lodged.office.people.models import Match, Person
from lodged.office.readings.finds import newest_of_all
from lodged.office.releases.models import Check, ReleaseOrder, Sheet, StandingDefault, Try

ONE_RELEASE = timedelta(
    hours=24
)  # tries further back than this belong to another release, where no order says otherwise
UNCONFIRMED = (Match.State.CANDIDATE, Match.State.CHOSEN, Match.State.DIFFER)
NOBODY = (Match.State.NOBODY, Match.State.NOT_KNOWN)


def confirmed(person: Person) -> list[Matter]:
    """The open matters of papers that two people said are about this person, oldest first."""
    return list(_matters(_newest(person.custodian).filter(state=Match.State.SAME, person=person)))


def possible(person: Person) -> list[Matter]:
    """The open matters of papers that may be about this person, and that two people have not confirmed to this booking.

    Those that name the booking among their candidates; those confirmed to another booking of somebody with the same
    identifiers; those of which a clerk or the machine found nobody, and whose identifiers agree with this person's.
    """
    newest = _newest(person.custodian)
    named = newest.filter(Q(person=person) | Q(candidates__icontains=f'"{person.booking_no}"'), state__in=UNCONFIRMED)
    elsewhere = newest.filter(state=Match.State.SAME, person__in=_alike(person))
    unfound = [match for match in newest.filter(state__in=NOBODY) if identifiers_agreeing(match.reading, person)]
    found = {matter.pk: matter for matter in (*_matters(named), *_matters(elsewhere), *_matters(unfound))}
    return [found[key] for key in sorted(found)]


def _newest(custodian: str) -> QuerySet[Match]:
    """The match that counts for each paper of a custodian: the last one of its newest reading."""
    last = Match.objects.filter(reading=OuterRef("reading")).order_by("-version").values("version")[:1]
    readings = newest_of_all().filter(paper__arrival__custodian=custodian, paper__matter__isnull=False)
    return (
        Match.objects.annotate(last=Subquery(last))
        .filter(version=F("last"), reading__in=readings.values("pk"))
        .select_related("reading__paper__arrival", "reading__paper__matter", "person")
        .prefetch_related("reading__paper__matter__closings")
        .order_by("reading__paper__id")
    )


def _matters(matches: "QuerySet[Match] | list[Match]") -> Iterator[Matter]:
    """The matters of matches, where they are open."""
    for match in matches:
        matter = match.reading.paper.matter
        if closing(matter) is None:
            yield matter


def _alike(person: Person) -> QuerySet[Person]:
    """Other bookings of whoever has one of this person's numbers, or the same name and birth date."""
    same = Q()
    for name in ("a_number", "fbi", "state_id"):
        if number := getattr(person, name):
            same |= Q(**{name: number})
    if person.last and person.first and person.dob:
        same |= Q(last=person.last, first=person.first, dob=person.dob)
    if not same:
        return Person.objects.none()
    return Person.objects.filter(same, custodian=person.custodian).exclude(pk=person.pk)


def order(person: Person) -> ReleaseOrder | None:
    """The release order that stands for a booking: the last word, unless it was taken back."""
    last = person.release_orders.order_by("-id").first()
    return last if last is not None and last.ordered_at is not None else None


def earlier_order(person: Person) -> ReleaseOrder | None:
    """The earliest moment that was ever written down for this booking, where the last word is a later one or none."""
    last = order(person)
    first = person.release_orders.filter(ordered_at__isnull=False).order_by("ordered_at").first()
    if first is None or (last is not None and first.ordered_at == last.ordered_at):
        return None
    return first


def default(custodian: str) -> StandingDefault | None:
    """What counsel signed beforehand; the last one counts."""
    return StandingDefault.objects.filter(custodian=custodian).order_by("-id").first()


def open_since(person: Person, question: str, at: datetime) -> datetime:
    """Since when one question (`matter/act`) is open: the first of the checks in a row that showed it; else now."""
    since = at
    for check in Check.objects.filter(person=person, at__lte=at).order_by("-id").iterator():
        if question not in check.shown.get("open", ()):
            break
        since = check.at
    return since


def tries(matter: Matter, person: Person, standing: ReleaseOrder | None, at: datetime) -> list[Try]:
    """The tries to give notice in a matter for this release, oldest first: since its order, else in the last day."""
    since = standing.ordered_at if standing is not None and standing.ordered_at is not None else at - ONE_RELEASE
    return list(matter.notice_tries.filter(person=person, at__gte=since).select_related("by").order_by("id"))


def copies_out() -> QuerySet[Sheet]:
    """Outage sheets that were printed and not yet destroyed, the newest first."""
    return Sheet.objects.filter(destroyed_at=None).select_related("by").order_by("-number")

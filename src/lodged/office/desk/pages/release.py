"""The release desk: one box, one person, two lines; and what starts its clocks, answers its question, keeps its tries."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.utils.timezone import activate, make_aware
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lodged.office.decisions.acts import answer_fact
from lodged.office.decisions.library import declared
from lodged.office.desk.custody import zone_of
from lodged.office.desk.lexicon import sensitive
from lodged.office.desk.pages.asking import asking, read_answer, wrong_with
from lodged.office.desk.rounds import Round
from lodged.office.matters.models import Matter
from lodged.office.people.finds import newest_roster, numbered, wanted
from lodged.office.people.models import Person, Roster
from lodged.office.releases import acts, finds
from lodged.office.releases.lines import ROSTER_LIMIT, YES
from lodged.office.releases.models import Check
from lodged.office.releases.stand import Stand, moved, stand
from lodged.office.spoken import spoken
from lodged.office.staff.typed import typed
from lodged.office.staff.visits import for_those_who_may, hour, visitor
from lodged.problem import Problem, ProblemsError

MOST, SHORTEST = 20, 2


@for_those_who_may("see decisions")
@require_http_methods(["GET", "POST"])
def release(request: HttpRequest) -> HttpResponseBase:
    """One box. A number that only one booking has leads straight to its answer; a bar code reader types just that."""
    asked = " ".join(typed(request, "who", 120).split())
    exact = _numbered(asked)
    if len(exact) == 1:
        return redirect("release_checked", acts.check(exact[0], visitor(request), hour(request)).pk)
    found = list(dict.fromkeys([*exact, *_named(asked)]))[:MOST]
    context = {"asked_for": asked, "found": found, "most": MOST, "looked": len(asked) >= SHORTEST}
    return render(request, "desk/release.html", context | {"old_rosters": _old_rosters(found, hour(request))})


def _numbered(asked: str) -> list[Person]:
    """The bookings whose whole number this is, looked for by themselves so that no longer number hides them."""
    question = numbered(asked)
    return [] if question is None else list(Person.objects.filter(question).order_by("booking_no")[:MOST])


def _named(asked: str) -> list[Person]:
    if len(asked) < SHORTEST:
        return []
    return list(Person.objects.filter(wanted(asked)).order_by("last", "first", "booking_no")[:MOST])


def _old_rosters(found: list[Person], at: datetime) -> list[Roster]:
    """The rosters that are too old to say that somebody is not here: the house's own, and those of whoever was found."""
    custodians = dict.fromkeys([settings.LODGED_CUSTODIAN, *(person.custodian for person in found)])
    rosters = [newest_roster(custodian) for custodian in custodians]
    return [roster for roster in rosters if roster is not None and at - roster.at > ROSTER_LIMIT]


@for_those_who_may("see decisions")
@require_POST
def check(request: HttpRequest) -> HttpResponseBase:
    """Ask for one person now: kept, sealed, shown."""
    person = _person(request)
    return redirect("release_checked", acts.check(person, visitor(request), hour(request)).pk)


@for_those_who_may("see decisions")
@require_safe
def checked(request: HttpRequest, number: int) -> HttpResponse:
    """What was shown at one check; the newest of a person also has what can be done about it now."""
    found = get_object_or_404(Check.objects.select_related("person", "by", "seal"), pk=number)
    return render(request, "desk/checked.html", _context(request, found))


@for_those_who_may("answer questions")
@require_POST
def answered(request: HttpRequest, number: str) -> HttpResponseBase:
    """The one question is answered at the desk, the law asked again, and the person checked again."""
    matter, person = get_object_or_404(Matter, number=number), _person(request)
    fact = declared().get(request.POST.get("fact", ""))
    if fact is None:
        raise Http404("no such fact")
    if sensitive(fact.name) and not visitor(request).may("see sensitive facts"):
        raise PermissionDenied("your role may not answer this question")
    source = typed(request, "source")
    problems = wrong_with(fact, request.POST, source, hour(request).date())
    if not problems:
        try:
            acts.about(matter, person)
            answer_fact(matter, fact.name, read_answer(fact, request.POST), source, visitor(request), hour(request))
        except ProblemsError as error:
            problems = list(error.problems)
    if problems:
        last = Check.objects.filter(person=person).order_by("-id").first()
        if last is None:
            raise Http404("this person was not checked")
        return render(request, "desk/checked.html", _context(request, last, problems), status=422)
    Round(hour(request)).advance_paper(matter.paper)
    return redirect("release_checked", acts.check(person, visitor(request), hour(request)).pk)


@for_those_who_may("answer questions")
@require_POST
def ordered(request: HttpRequest) -> HttpResponseBase:
    """A release order is kept, or taken back; the clocks follow at once."""
    person, by, at = _person(request), visitor(request), hour(request)
    try:
        moment = None if "take_back" in request.POST else _moment(request, person)
        acts.order_release(person, moment, typed(request, "source"), by, at)
    except ProblemsError as error:
        _tell(request, error)
    return redirect("release_checked", acts.check(person, by, at).pk)


def _moment(request: HttpRequest, person: Person) -> datetime:
    """What was typed, in the custodian's zone; raises ProblemsError for what is no moment, or no single one."""
    text = typed(request, "moment")
    zone = zone_of(person.custodian)
    try:
        naive = datetime.fromisoformat(text)
    except ValueError:
        naive = None
    if naive is None or naive.tzinfo is not None or "T" not in text:
        raise ProblemsError([Problem("moment", f"`{text}` is no day with an hour", "write both, without a zone")])
    early, late = (naive.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    if early.utcoffset() != late.utcoffset():
        what = "at this moment the clocks are changed, and it came twice or never"
        raise ProblemsError([Problem("moment", what, "write the moment a little before or after")])
    return make_aware(naive, zone)


@for_those_who_may("answer questions")
@require_POST
def tried(request: HttpRequest, number: str) -> HttpResponseBase:
    """One try to give notice."""
    matter, person = get_object_or_404(Matter, number=number), _person(request)
    by, at = visitor(request), hour(request)
    try:
        acts.tried(matter, person, request.POST.get("reached") == "yes", typed(request, "how"), by, at)
    except ProblemsError as error:
        _tell(request, error)
    return redirect("release_checked", acts.check(person, by, at).pk)


def _person(request: HttpRequest) -> Person:
    """The person a form is about; from here on moments are read and told in that custodian's zone."""
    number = request.POST.get("person", "")
    person = get_object_or_404(Person, pk=int(number) if number.isdecimal() and len(number) < 10 else 0)
    activate(zone_of(person.custodian))
    return person


def _tell(request: HttpRequest, error: ProblemsError) -> None:
    for problem in error.problems:
        messages.error(request, spoken(problem))


def _context(request: HttpRequest, found: Check, problems: list[Problem] | None = None) -> dict[str, Any]:
    person, at, user = found.person, hour(request), visitor(request)
    activate(zone_of(person.custodian))
    newest = not Check.objects.filter(person=person, pk__gt=found.pk).exists()
    now = stand(person, at) if newest else None
    return {
        "check": found,
        "person": person,
        "newest": newest,
        "now": now,
        "moved": now is not None and moved(found.shown, now),
        "order": finds.order(person),
        "zone": zone_of(person.custodian).key,
        "tries": [(paper.matter, one) for paper in now.papers for one in paper.tries] if now else [],
        "to_be_told": [p for p in now.papers if p.notify and p.notify.effective in YES and not p.cancelled_by]
        if now
        else [],
        "asking": _asking(request, now, problems or []) if now else None,
        "answer_at": reverse("release_answer", args=[now.question[0].number]) if now and now.question else "",
        "matter": now.question[0] if now and now.question else None,
        "may_answer": user.may("answer questions"),
        "may_open": user.may("see the log"),
    }


def _asking(request: HttpRequest, now: Stand, problems: list[Problem]) -> dict[str, Any] | None:
    if now.question is None:
        return None
    told = request.POST if problems else MultiValueDict[str, str]()
    name = str(told.get("fact") or now.question[1]).partition("[")[0]
    if name not in declared():
        return None
    hidden = sensitive(name) and not visitor(request).may("see sensitive facts")
    return {**asking(declared()[name], told, problems), "hidden": hidden, "others": []}

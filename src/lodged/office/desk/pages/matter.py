"""A matter: the answer first, then why; what is due; the letter; one line of time."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.datastructures import MultiValueDict
from django.utils.timezone import activate
from django.views.decorators.http import require_POST, require_safe

from lodged.office.answers import acts as answer_acts
from lodged.office.answers import finds as answers
from lodged.office.answers.models import Answer, Dispatch
from lodged.office.decisions import acts, finds
from lodged.office.decisions.library import declared
from lodged.office.decisions.models import Decision
from lodged.office.desk.custody import zone_of
from lodged.office.desk.lexicon import sensitive
from lodged.office.desk.pages.asking import asking, read_answer, wrong_with
from lodged.office.desk.pages.explained import Explained, Reader, explained
from lodged.office.desk.pages.lines import elsewhere, need
from lodged.office.desk.pages.timeline import timeline
from lodged.office.desk.rounds import Round
from lodged.office.matters import finds as matters
from lodged.office.matters.models import Matter
from lodged.office.people.models import Match
from lodged.office.readings.addressee import addressed_elsewhere
from lodged.office.readings.body import value
from lodged.office.reviews import acts as review_acts
from lodged.office.reviews import finds as reviews
from lodged.office.spoken import spoken
from lodged.office.staff.models import User
from lodged.office.staff.typed import typed
from lodged.office.staff.visits import for_those_who_may, hour, visitor
from lodged.problem import Problem, ProblemsError

NOTE = 1000


@for_those_who_may("see decisions")
@require_safe
def matter(request: HttpRequest, number: str) -> HttpResponse:
    """Everything about one matter on one page."""
    found = _matter(number)
    return render(request, "desk/matter.html", _context(request, found))


@for_those_who_may("answer questions")
@require_POST
def answer(request: HttpRequest, number: str) -> HttpResponseBase:
    """Somebody answers a question of fact and says how they know; the law is asked again at once."""
    found = _matter(number)
    fact = declared().get(request.POST.get("fact", ""))
    if fact is None:
        raise Http404("no such fact")
    if sensitive(fact.name) and not visitor(request).may("see sensitive facts"):
        raise PermissionDenied("your role may not answer this question")
    source = typed(request, "source")
    if wrong := wrong_with(fact, request.POST, source, hour(request).date()):
        return _again(request, found, wrong)
    try:
        acts.answer_fact(found, fact.name, read_answer(fact, request.POST), source, visitor(request), hour(request))
    except ProblemsError as error:
        return _again(request, found, list(error.problems))
    Round(hour(request)).advance_paper(found.paper)
    messages.success(request, "Kept, and the law was asked again.")
    return redirect("matter", number)


def _again(request: HttpRequest, matter: Matter, problems: list[Problem]) -> HttpResponse:
    """The same page with what was typed still in its boxes, and what is wrong with it said."""
    return render(request, "desk/matter.html", _context(request, matter, problems), status=422)


@for_those_who_may("answer questions")
@require_POST
def ask_again(request: HttpRequest, number: str) -> HttpResponseBase:
    """The clock has moved: the law is asked again at this hour."""
    found = _matter(number)
    acts.ask_the_law(found, hour(request))
    Round(hour(request)).advance_paper(found.paper)
    messages.success(request, "The law was asked again.")
    return redirect("matter", number)


@for_those_who_may("review")
@require_POST
def review(request: HttpRequest, number: str) -> HttpResponseBase:
    """Agree, or send back with a reason."""
    found = _matter(number)
    seen = _seen(request)
    try:
        if request.POST.get("verdict") == "agree":
            note = typed(request, "note", NOTE)
            review_acts.agree(found, seen, visitor(request), hour(request), _choices(request), note)
            messages.success(request, "Agreed. The letter is final and waits to be sent.")
        else:
            review_acts.send_back(found, seen, visitor(request), hour(request), typed(request, "note", NOTE))
            messages.success(request, "Sent back to the desk with your reason.")
    except ProblemsError as error:
        _tell(request, error)
        return redirect("matter", number)
    Round(hour(request)).advance_paper(found.paper)
    return redirect("matter", number)


@for_those_who_may("adopt law")
@require_POST
def contested(request: HttpRequest, number: str) -> HttpResponseBase:
    """Counsel answers, in this matter, an act about which the law is not settled."""
    found, at = _matter(number), hour(request)
    does = {"yes": True, "no": False}.get(request.POST.get("does", ""))
    if does is None:
        messages.error(request, "Say whether it will be done or not.")
        return redirect("matter", number)
    chosen = review_acts.Chosen(typed(request, "act"), does, typed(request, "cite"), typed(request, "note", NOTE))
    try:
        review_acts.choose_contested(found, _seen(request), chosen, visitor(request), at)
        answer_acts.write(found, at)
        messages.success(request, "Kept: you chose. The law stays contested, and the record says that counsel chose.")
    except ProblemsError as error:
        _tell(request, error)
    return redirect("matter", number)


@for_those_who_may("send answers")
@require_POST
def address(request: HttpRequest, number: str, version: int) -> HttpResponseBase:
    """A person puts the directory's address on the letter that was agreed to."""
    found = _matter(number)
    letter = found.answers.filter(version=version).first()
    if letter is None:
        raise Http404("no such letter")
    try:
        answer_acts.address(letter, typed(request, "address", 500), visitor(request), hour(request))
        messages.success(request, "The address stands on the letter. Open the new version, and send that one.")
    except ProblemsError as error:
        _tell(request, error)
    return redirect("matter", number)


@for_those_who_may("send answers")
@require_POST
def sent(request: HttpRequest, number: str, version: int) -> HttpResponseBase:
    """A person says that the letter went out, how and to which address of the directory."""
    found = _matter(number)
    letter = found.answers.filter(version=version).first()
    if letter is None:
        raise Http404("no such letter")
    try:
        answer_acts.send(letter, request.POST.get("way", ""), typed(request, "to"), visitor(request), hour(request))
        messages.success(request, "Kept: the letter was sent.")
    except ProblemsError as error:
        _tell(request, error)
    return redirect("matter", number)


def _matter(number: str) -> Matter:
    try:
        found = matters.with_number(number)
    except Matter.DoesNotExist as gone:
        raise Http404("no such matter") from gone
    activate(zone_of(found.paper.arrival.custodian))
    return found


def _seen(request: HttpRequest) -> int:
    """The version of the decisions that the reviewer was looking at; none at all is an old one."""
    told = request.POST.get("version", "")
    return int(told) if told.isdecimal() and len(told) < 6 else 0


def _choices(request: HttpRequest) -> dict[str, bool]:
    chosen = {name.removeprefix("choice."): told for name, told in request.POST.items() if name.startswith("choice.")}
    return {name: told == "yes" for name, told in chosen.items() if told in {"yes", "no"}}


def _tell(request: HttpRequest, error: ProblemsError) -> None:
    for problem in error.problems:
        where = f"{problem.where}: " if problem.where.startswith("person.") else ""
        messages.error(request, where + spoken(problem))


def _context(request: HttpRequest, matter: Matter, problems: Sequence[Problem] = ()) -> dict[str, Any]:
    user, at = visitor(request), hour(request)
    reading, match = matters.standing(matter)
    choosing = match is not None and match.state == Match.State.CHOSEN and match.by != user
    reader = Reader(user.may("see sensitive facts"), choice=not choosing)
    decisions = [explained(decision, reader) for decision in finds.newest(matter)]
    first = decisions[0].decision if decisions else None
    return {
        "matter": matter,
        "paper": matter.paper,
        "arrival": matter.paper.arrival,
        "elsewhere": elsewhere(matter.paper.arrival),
        "reading": reading,
        "addressed": addressed_elsewhere(reading),
        "match": match,
        "about": value(reading.body, "fields.name") or "",
        "decisions": decisions,
        "first": first,
        "packs": _packs(decisions),
        "facts": _facts(decisions),
        "duties": _duties(decisions),
        "changes": [{"act": one.decision.act, "change": one.changes[0]} for one in decisions if one.changes],
        "candidate": match is None or match.state != Match.State.SAME,
        "stands": finds.stands(matter),
        "stale": finds.stale(matter, at),
        "asking": _asking(request, decisions, reader, problems),
        "need": need(reading),
        "deadlines": matters.deadlines(matter),
        "timeline": timeline(matter, reader),
        "may_open": user.may("see the log"),
        "may_answer": user.may("answer questions"),
        **_reviewing(matter, user, at, [one.decision for one in decisions]),
        **_sending(matter, user, at),
    }


def _packs(decisions: list[Explained]) -> dict[str, str]:
    """Every pack named in a reason, with the version that spoke."""
    found = {reason.pack: reason.version for one in decisions for reason in one.reasons}
    return dict(sorted(found.items()))


def _facts(decisions: list[Explained]) -> list[Any]:
    """Every fact used, once."""
    rows = {row.fact: row for one in decisions for row in one.facts}
    return [rows[name] for name in sorted(rows)]


def _duties(decisions: list[Explained]) -> list[dict[str, str]]:
    """Every duty that comes with an act, once."""
    found = {
        (duty["act"], duty["effect"], duty["cite"]): duty for one in decisions for duty in one.decision.body["duties"]
    }
    return list(found.values())


def _asking(
    request: HttpRequest, decisions: list[Explained], reader: Reader, problems: Sequence[Problem]
) -> dict[str, Any] | None:
    """The question on the page: the one that was answered wrongly or the address names, else the first that settles most."""
    needed = list(dict.fromkeys(name.partition("[")[0] for one in decisions for name in one.needs))
    told = request.POST if problems else MultiValueDict()
    wanted = told.get("fact") or request.GET.get("fact", "")
    first = next((one.question.name for one in decisions if one.question is not None), None)
    known = declared()
    name = wanted if wanted in known else first
    if name is None or name not in known:
        return None
    hidden = sensitive(name) and not reader.sensitive
    others = [one for one in needed if one != name and one in known]
    return {**asking(known[name], told, problems), "hidden": hidden, "others": others}


def _reviewing(matter: Matter, user: User, at: datetime, decisions: list[Decision]) -> dict[str, Any]:
    return {
        "may_review": user.may("review"),
        "review": reviews.standing(matter),
        "counsel": reviews.counsels_answers(matter),
        "may_choose": user.may("adopt law"),
        "contested": [(reviews.key(one), one) for one in decisions if one.effect == "contested"],
        "obstacles": [one for one in reviews.obstacles(matter, user, at) if "role" not in one.what],
        "choices": [(reviews.key(one), one) for one in decisions if one.effect == "permitted"],
    }


def _sending(matter: Matter, user: User, at: datetime) -> dict[str, Any]:
    letter: Answer | None = answers.newest(matter)
    return {
        "letter": letter,
        "sent": getattr(letter, "dispatch", None),
        "sent_before": Dispatch.objects.filter(answer__matter=matter).select_related("answer", "by").last(),
        "cannot_send": answers.obstacles(letter, user, at) if letter else [],
        "ways": Dispatch.Way.choices,
    }

"""A matter: the answer first, then why; what is due; the letter; one line of time."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.timezone import activate
from django.views.decorators.http import require_POST, require_safe

from lodged.law.fact import FACTS
from lodged.office.answers import acts as answer_acts
from lodged.office.answers import finds as answers
from lodged.office.answers.models import Answer, Dispatch
from lodged.office.decisions import acts, finds
from lodged.office.decisions.models import Decision
from lodged.office.desk.custody import zone_of
from lodged.office.desk.lexicon import sensitive
from lodged.office.desk.pages.asking import ROWS, read_answer
from lodged.office.desk.pages.explained import Explained, Reader, explained
from lodged.office.desk.pages.lines import elsewhere, need
from lodged.office.desk.pages.timeline import timeline
from lodged.office.desk.rounds import Round
from lodged.office.matters import finds as matters
from lodged.office.matters.models import Matter
from lodged.office.people.models import Match
from lodged.office.readings.body import value
from lodged.office.reviews import acts as review_acts
from lodged.office.reviews import finds as reviews
from lodged.office.staff.models import User
from lodged.office.staff.typed import typed
from lodged.office.staff.visits import for_those_who_may, hour, visitor
from lodged.problem import ProblemsError

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
    fact = FACTS.get(request.POST.get("fact", ""))
    if fact is None:
        raise Http404("no such fact")
    if sensitive(fact.name) and not visitor(request).may("see sensitive facts"):
        raise PermissionDenied("your role may not answer this question")
    source = typed(request, "source")
    if not source:
        messages.error(request, "Say how you know it: a file, a person, a record. Without that nobody can check it.")
        return redirect("matter", number)
    try:
        acts.answer_fact(found, fact.name, read_answer(fact, request.POST), source, visitor(request), hour(request))
    except ProblemsError as error:
        _tell(request, error)
        return redirect("matter", number)
    Round(hour(request)).advance_paper(found.paper)
    messages.success(request, "Kept, and the law was asked again.")
    return redirect("matter", number)


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
        text = f"{where}{problem.what}. {problem.mend}".strip(" .") + "."
        messages.error(request, text[:1].upper() + text[1:])


def _context(request: HttpRequest, matter: Matter) -> dict[str, Any]:
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
        "asking": _asking(request, decisions, reader),
        "rows": range(ROWS),
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


def _asking(request: HttpRequest, decisions: list[Explained], reader: Reader) -> dict[str, Any] | None:
    """The question on the page: the one the address names, else the first that settles most."""
    needed = list(dict.fromkeys(name.partition("[")[0] for one in decisions for name in one.needs))
    wanted = request.GET.get("fact", "")
    first = next((one.question.name for one in decisions if one.question is not None), None)
    name = wanted if wanted in FACTS else first
    if name is None or name not in FACTS:
        return None
    hidden = sensitive(name) and not reader.sensitive
    return {"fact": FACTS[name], "hidden": hidden, "others": [one for one in needed if one != name and one in FACTS]}


def _reviewing(matter: Matter, user: User, at: datetime, decisions: list[Decision]) -> dict[str, Any]:
    return {
        "may_review": user.may("review"),
        "review": reviews.standing(matter),
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

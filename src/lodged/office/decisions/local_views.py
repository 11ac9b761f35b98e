"""Counsel's own readings and policies: listed for everybody, adopted and withdrawn by counsel through a form."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from lodged.law import ACTS, CUSTODIANS, DUTIES
from lodged.law.tree import Question, Settles
from lodged.office.decisions.acts import adopt_local, withdraw_local
from lodged.office.decisions.library import packs
from lodged.office.decisions.local import EXCEPTIONS, Proposal, cited, law_text, local_day, of_record, proposal
from lodged.office.decisions.models import LocalLaw
from lodged.office.decisions.own import in_force, local_laws
from lodged.office.decisions.preview import Changed, changed_answers
from lodged.office.decisions.sentences import DO, SAYS
from lodged.office.decisions.views import binds, custodian_of, custodians
from lodged.office.staff.typed import typed, visible
from lodged.office.staff.visits import for_those_who_may, hour, visitor
from lodged.problem import Problem, ProblemsError

FEDERAL = "us/"
FIELDS = ("kind", "about", "answer", "unless", "citation", "since", "until")
SAID = {"forbid": "must not be done", "require": "must be done", "permit": "may be done"}


@dataclass(frozen=True, slots=True)
class Shown:
    """One reading or policy as it is listed."""

    law: LocalLaw
    says: str
    cite: str
    text: str
    stands: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What would be adopted: in words, in the language of packs, and which typical answers it changes."""

    says: str
    text: str
    changes: Sequence[Changed]
    tried: int


@for_those_who_may("see decisions")
@require_safe
def local_law(request: HttpRequest) -> HttpResponse:
    """The list; for counsel, the form below it."""
    return _page(request, custodian_of(request.GET.get("custodian", "")), {}, ())


@for_those_who_may("adopt law")
@require_POST
def adopt_local_law(request: HttpRequest) -> HttpResponseBase:
    """First shown, then adopted: what was filled in comes back with what it would change, and a button to sign."""
    custodian = custodian_of(request.POST.get("custodian", ""))
    filled = {name: visible(str(request.POST.get(name, "")))[:200] for name in FIELDS}
    try:
        said = proposal(custodian, _with_act(filled, request))
        preview = _preview(said, local_day(custodian, hour(request)))
        if "sign" not in request.POST or _lines(request.POST.get("shown", "")) != _lines(preview.text):
            return _page(request, custodian, filled, (), preview)
        kept = adopt_local(said, visitor(request), hour(request))
    except ProblemsError as error:
        return _page(request, custodian, filled, error.problems, status=400)
    messages.success(request, f"Adopted as {kept.pack}. Matters that stand on it are decided again.")
    return redirect(f"{reverse('local_law')}?custodian={custodian}#law-{kept.number}")


@for_those_who_may("adopt law")
@require_POST
def withdraw_local_law(request: HttpRequest, number: int) -> HttpResponseBase:
    """Counsel withdraws one, with the reason."""
    custodian = custodian_of(request.POST.get("custodian", ""))
    found = get_object_or_404(LocalLaw, custodian=custodian, number=number)
    try:
        withdraw_local(found, typed(request, "reason"), visitor(request), hour(request))
        messages.success(request, f"{found.pack} is withdrawn. Matters that stood on it are decided again.")
    except ProblemsError as error:
        messages.error(request, "; ".join(f"{problem.what}: {problem.mend}" for problem in error.problems).capitalize())
    return redirect(f"{reverse('local_law')}?custodian={custodian}#law-{number}")


def _lines(text: str) -> list[str]:
    """What was shown before signing; a form changed since then is shown again first."""
    return text.split()


def _with_act(filled: Mapping[str, str], request: HttpRequest) -> dict[str, str]:
    """The form has one box for a reading and two for a policy; the kind says which of them count."""
    told = dict(filled)
    if told["kind"] == LocalLaw.Kind.READING:
        told["answer"] = visible(str(request.POST.get("reading", "")))
    return told


def _preview(said: Proposal, today: date) -> Preview:
    text = law_text(said, f"local/{said.custodian}/new", today)
    changes, tried = changed_answers(said, text)
    return Preview(says(said), text, changes, tried)


def says(said: Proposal) -> str:
    """A reading or policy in one sentence."""
    if said.kind == LocalLaw.Kind.READING:
        question = packs().questions[said.about]
        words = next(reading.words for reading in question.readings if reading.choice == said.answer)
        return f"Question {said.about} ({question.words}) is read as {said.answer}: {words}."
    name = CUSTODIANS[said.custodian].name
    unless = f", {EXCEPTIONS[said.unless][0]}" if said.unless else ""
    return f"{name[:1].upper()}{name[1:]} {SAYS[said.answer]} {DO[said.about]}{unless}."


def _page(
    request: HttpRequest,
    custodian: str,
    filled: Mapping[str, str],
    problems: Sequence[Problem],
    preview: Preview | None = None,
    status: int = 200,
) -> HttpResponse:
    today = local_day(custodian, hour(request))
    context = {
        "custodian_id": custodian,
        "house": CUSTODIANS[custodian].name,
        "custodians": custodians(),
        "laws": [_shown(one, today) for one in local_laws(custodian)],
        "filled": {"since": today.isoformat(), **filled, "reading": str(request.POST.get("reading", ""))},
        "problems": problems,
        "preview": preview,
        "questions": _open_questions(custodian, today),
        "acts": (*ACTS, *DUTIES),
        "answers": SAID.items(),
        "exceptions": [(name, words) for name, (words, _) in EXCEPTIONS.items()],
        "may_adopt": visitor(request).may("adopt law"),
        "no_pack": not any(binds(pack, custodian) and not pack.id.startswith(FEDERAL) for pack in packs().packs),
    }
    return render(request, "decisions/local.html", context, status=status)


def _open_questions(custodian: str, today: date) -> list[Question]:
    """The questions that no pack in force settles for the custodian."""
    settled = {
        statement.question
        for pack in packs().packs
        if binds(pack, custodian) and pack.status == "confirmed" and pack.span.covers(today)
        for statement in pack.statements
        if isinstance(statement, Settles)
    }
    return [question for name, question in sorted(packs().questions.items()) if name not in settled]


def _shown(one: LocalLaw, today: date) -> Shown:
    said = of_record(one)
    adopted_on = local_day(one.custodian, one.at)
    text = law_text(said, one.pack, adopted_on) if said.since < said.until else ""
    return Shown(one, says(said), cited(said, adopted_on), text, _stands(one, said, today))


def _stands(one: LocalLaw, said: Proposal, today: date) -> str:
    if hasattr(one, "withdrawal"):
        return "withdrawn"
    if in_force(one, today):
        return "in force"
    return "not yet" if today < said.since else "expired"

"""The pages of disputes: what was claimed, both sides on one axis, the finding, the searches, the papers."""

from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from lodged.dispute.hear import read_claim
from lodged.dispute.listed import looks_like_list, read_list
from lodged.office.arrivals.channels.fax.sweep import sweep as sweep_spool
from lodged.office.disputes import acts, finds, ours
from lodged.office.disputes.exports import rows_as_csv
from lodged.office.disputes.forms import RESULTS, Claim, Paper, Searched
from lodged.office.disputes.models import Dispute, Draft, Finding, SendersList
from lodged.office.disputes.papers import claimed, entries
from lodged.office.disputes.release import at_release
from lodged.office.disputes.timeline import drawn
from lodged.office.spoken import spoken
from lodged.office.staff.visits import for_those_who_may, hour, visitor
from lodged.problem import ProblemsError

SHOWN = 100


@for_those_who_may("see disputes")
@require_safe
def disputes(request: HttpRequest) -> HttpResponse:
    """Every dispute, the newest first; lists; and the forms to hear another."""
    return _page(request)


def _page(request: HttpRequest, claim: Claim | None = None, paper: Paper | None = None) -> HttpResponse:
    found = list(finds.open_disputes()[:SHOWN])
    context = {
        "disputes": [(one, list(one.findings.all())[-1]) for one in found],
        "lists": SendersList.objects.order_by("-at")[:SHOWN],
        "claim": claim or Claim(),
        "paper": paper or Paper(),
        "results": RESULTS,
        "spools": [str(folder) for folder in settings.LODGED_SPOOLS],
        "unread": ours.unread(),
        "numbers": ours.numbers().lines,
        "today": hour(request),
    }
    wrong = bool((claim and claim.errors) or (paper and paper.errors))
    return render(request, "disputes/disputes.html", context, status=422 if wrong else 200)


@for_those_who_may("hear disputes")
@require_POST
def hear_paper(request: HttpRequest) -> HttpResponseBase:
    """Hear the sender's own paper: a sheet, a report, or a list."""
    form = Paper(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, paper=form)
    data = form.cleaned_data["paper"].read()
    at, by, custodian = hour(request), visitor(request), settings.LODGED_CUSTODIAN
    try:
        text = _text(data)
        if text is not None and looks_like_list(text):
            heard = acts.hear_senders_list(read_list(text, "list"), custodian, by, at, data)
            return redirect("senders_list", heard.number)
        return redirect("dispute", acts.hear(read_claim(data, "paper", at.year), custodian, by, at, data).number)
    except ProblemsError as error:
        for problem in error.problems:
            form.add_error("paper", spoken(problem))
        return _page(request, paper=form)


def _text(data: bytes) -> str | None:
    try:
        return None if b"\0" in data else data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None


@for_those_who_may("hear disputes")
@require_POST
def hear_claim(request: HttpRequest) -> HttpResponseBase:
    """Hear a claim that somebody typed in."""
    form = Claim(request.POST)
    if not form.is_valid():
        return _page(request, claim=form)
    heard = acts.hear(form.sheet(), settings.LODGED_CUSTODIAN, visitor(request), hour(request))
    return redirect("dispute", heard.number)


@for_those_who_may("see disputes")
@require_safe
def dispute(request: HttpRequest, number: str) -> HttpResponse:
    """One dispute: the finding first, then everything it stands on."""
    found = get_object_or_404(Dispute.objects.select_related("by", "seal"), number=number)
    finding = finds.newest(found)
    who = visitor(request)
    searches = {one.place: one for one in finding.searches.select_related("by", "seal")}
    context = {
        "dispute": found,
        "finding": finding,
        "body": finding.body,
        "earlier": found.findings.exclude(pk=finding.pk).order_by("-version"),
        "claimed": list(claimed(finding)),
        "drawing": drawn(finding),
        "entries": list(entries(finding)),
        "checklist": [(place, searches.get(place)) for place in finding.to_search],
        "missing": finds.missing(finding),
        "release": at_release(finding),
        "papers": [_paper(finding, kind, who.may("approve findings"), request) for kind in _kinds(finding)],
        "may_hear": who.may("hear disputes"),
        "may_approve": who.may("approve findings"),
        "may_open": who.may("see the log"),
    }
    return render(request, "disputes/dispute.html", context)


def _kinds(finding: Finding) -> list[Draft.Kind]:
    always = [Draft.Kind.LETTER, Draft.Kind.CERTIFICATE]
    return [*always, Draft.Kind.CORRECTION] if finding.reopens_id else always


def _paper(finding: Finding, kind: Draft.Kind, may_approve: bool, request: HttpRequest) -> dict[str, object]:
    drafted = finds.newest_draft(finding, kind)
    stops = [spoken(one) for one in finds.obstacles(finding, kind, visitor(request))] if may_approve and drafted else []
    return {"kind": kind, "label": kind.label, "draft": drafted, "stops": stops}


def _done(request: HttpRequest, number: str, deed: Callable[[Finding, datetime], str]) -> HttpResponseBase:
    """Do something about the newest finding of a dispute, and say what came of it."""
    found = get_object_or_404(Dispute, number=number)
    try:
        messages.success(request, deed(finds.newest(found), hour(request)))
    except ProblemsError as error:
        for problem in error.problems:
            messages.error(request, spoken(problem))
    return redirect("dispute", number)


@for_those_who_may("hear disputes")
@require_POST
def look_again(request: HttpRequest, number: str) -> HttpResponseBase:
    """Hold the claim against our records as they are now."""

    def deed(finding: Finding, at: datetime) -> str:
        newest = acts.look_again(finding.dispute, at)
        return (
            "Our records say the same as before."
            if newest == finding
            else "The finding was reopened: our records say something else now."
        )

    return _done(request, number, deed)


@for_those_who_may("hear disputes")
@require_POST
def search(request: HttpRequest, number: str) -> HttpResponseBase:
    """Somebody searched a place."""
    form = Searched(request.POST)

    def deed(finding: Finding, at: datetime) -> str:
        if not form.is_valid():
            return "Nothing was kept: say what was there and how you searched."
        told = form.cleaned_data
        acts.search(finding, told["place"], told["found"] == "yes", told["how"], visitor(request), at)
        return f"Kept: {told['place']} was searched."

    return _done(request, number, deed)


@for_those_who_may("hear disputes")
@require_POST
def draft(request: HttpRequest, number: str, kind: str) -> HttpResponseBase:
    """Draft one of the papers."""
    chosen = _kind(kind)
    return _done(request, number, lambda finding, at: f"{acts.draft(finding, chosen, at).get_kind_display()} drafted.")


@for_those_who_may("approve findings")
@require_POST
def approve(request: HttpRequest, number: str, kind: str) -> HttpResponseBase:
    """Approve what was drafted last."""
    chosen, who = _kind(kind), visitor(request)
    return _done(
        request, number, lambda finding, at: f"{acts.approve(finding, chosen, who, at).get_kind_display()} approved."
    )


def _kind(kind: str) -> Draft.Kind:
    if kind not in Draft.Kind.values:
        raise Http404("there is no such paper")
    return Draft.Kind(kind)


@for_those_who_may("see disputes")
@require_safe
def paper(request: HttpRequest, number: str, finding: int, kind: str, version: int) -> HttpResponse:
    """One version of a paper, as PDF."""
    found = get_object_or_404(
        Draft, finding__dispute__number=number, finding__version=finding, kind=_kind(kind), version=version
    )
    response = HttpResponse(bytes(found.body), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{kind}-{number}-{finding}-{version}.pdf"'
    response["Cache-Control"] = "no-store"
    return response


@for_those_who_may("see disputes")
@require_safe
def senders_list(request: HttpRequest, number: str) -> HttpResponse:
    """A list that was heard: its counts, and every row."""
    found = get_object_or_404(SendersList.objects.select_related("by", "seal"), number=number)
    context = {
        "list": found,
        "outcomes": found.totals["outcomes"].items(),
        "may_open": visitor(request).may("see the log"),
    }
    return render(request, "disputes/list.html", context)


@for_those_who_may("see disputes")
@require_safe
def senders_list_rows(request: HttpRequest, number: str, which: str) -> HttpResponse:
    """The agreed or the disputed rows of a list, for a spreadsheet."""
    if which not in ("agreed", "disputed"):
        raise Http404("rows are agreed or disputed")
    found = get_object_or_404(SendersList, number=number)
    response = HttpResponse(rows_as_csv(found, agreed=which == "agreed"), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{number}-{which}.csv"'
    response["Cache-Control"] = "no-store"
    return response


@for_those_who_may("take in papers")
@require_POST
def sweep(request: HttpRequest) -> HttpResponseBase:
    """Sweep every spool that is set, then look again at every dispute."""
    at = hour(request)
    if not settings.LODGED_SPOOLS:
        messages.error(request, "No fax server is set. Set LODGED_SPOOLS to its spool.")
    for folder in settings.LODGED_SPOOLS:
        try:
            swept = sweep_spool(folder, settings.LODGED_CUSTODIAN, at)
        except ProblemsError as error:
            messages.error(request, " ".join(spoken(problem) for problem in error.problems))
            continue
        taken = ", ".join(arrival.number for arrival in swept.taken_in)
        messages.success(request, f"{folder.name}: " + (f"taken in {taken}" if taken else "nothing new") + ".")
        for left in swept.left:
            messages.warning(request, f"{left.file} was left: {left.why}.")
    for reopened in acts.look_again_at_all(list(finds.open_disputes()), at):
        messages.warning(request, f"{reopened.dispute.number} was reopened: {reopened.sentence}")
    return redirect("disputes")

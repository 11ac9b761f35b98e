"""What is made ready before a night: counsel's standing default, and the numbered sheets for an outage."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lodged.office.people.models import Roster
from lodged.office.releases import acts, finds
from lodged.office.releases.models import Sheet, StandingDefault
from lodged.office.spoken import spoken
from lodged.office.staff.typed import typed
from lodged.office.staff.visits import for_those_who_may, hour, visitor
from lodged.problem import ProblemsError

KEPT = 20  # destroyed copies that are still listed; every copy that is out is


@for_those_who_may("see decisions")
@require_http_methods(["GET", "POST"])
def default(request: HttpRequest) -> HttpResponseBase:
    """Counsel's standing default: read by everybody at the desk, signed by counsel alone."""
    place = settings.LODGED_CUSTODIAN
    if request.method == "POST":
        if not visitor(request).may("adopt law"):
            raise PermissionDenied("only counsel signs a standing default")
        numbers = [typed(request, name) for name in ("minutes", "tries", "try_minutes")]
        minutes, tries, try_minutes = (int(text) if text.isdecimal() and len(text) < 5 else 0 for text in numbers)
        try:
            acts.sign_default(
                place, minutes, typed(request, "word"), tries, try_minutes, visitor(request), hour(request)
            )
        except ProblemsError as error:
            for problem in error.problems:
                messages.error(request, spoken(problem))
        else:
            messages.success(request, "Signed. The release desk shows it from now on.")
            return redirect("release_default")
    context = {
        "signed": finds.default(place),
        "words": StandingDefault.Word.choices,
        "may_sign": visitor(request).may("adopt law"),
        "told": request.POST,
    }
    return render(request, "desk/release_default.html", context)


@for_those_who_may("see decisions")
@require_http_methods(["GET", "POST"])
def sheets(request: HttpRequest) -> HttpResponseBase:
    """The numbered copies; a new one is made for each printing."""
    if request.method == "POST":
        sheet = acts.print_sheet(settings.LODGED_CUSTODIAN, visitor(request), hour(request))
        return redirect("release_sheet", sheet.number)
    gone = Sheet.objects.exclude(destroyed_at=None).select_related("by", "destroyed_by").order_by("-number")[:KEPT]
    return render(request, "desk/release_sheets.html", {"sheets": [*finds.copies_out(), *gone]})


@for_those_who_may("see decisions")
@require_safe
def sheet(request: HttpRequest, number: int) -> HttpResponse:
    """One copy, as it is printed."""
    found = get_object_or_404(Sheet.objects.select_related("by", "seal"), number=number)
    rosters = Roster.objects.filter(custodian=found.custodian, at__lte=found.at)
    return render(request, "desk/release_sheet.html", {"sheet": found, "roster": rosters.order_by("-id").first()})


@for_those_who_may("see decisions")
@require_POST
def destroyed(request: HttpRequest, number: int) -> HttpResponseBase:
    """A copy was destroyed."""
    try:
        acts.destroy_sheet(get_object_or_404(Sheet, number=number), visitor(request), hour(request))
    except ProblemsError as error:
        for problem in error.problems:
            messages.error(request, spoken(problem))
    return redirect("release_sheets")

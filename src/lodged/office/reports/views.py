"""The counts of a period, and the entries behind each."""

from datetime import date, datetime, time, timedelta

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import get_current_timezone
from django.views.decorators.http import require_http_methods, require_safe

from lodged.law.custodians import CUSTODIANS
from lodged.office.arrivals.models import Arrival
from lodged.office.letterheads import letterhead
from lodged.office.reports.acts import count
from lodged.office.reports.figures import Period, figures
from lodged.office.reports.models import Report
from lodged.office.spoken import spoken
from lodged.office.staff.visits import for_those_who_may, hour, visitor
from lodged.problem import ProblemsError


class Days(forms.Form):
    """The first and the last day that are counted, both whole."""

    since = forms.DateField()
    until = forms.DateField()
    custodian = forms.CharField()

    def clean_custodian(self) -> str:
        """One of the custodians this program knows."""
        told: str = self.cleaned_data["custodian"]
        if told not in CUSTODIANS:
            raise forms.ValidationError("This is not a custodian.")
        return told


@for_those_who_may("see reports")
@require_http_methods(["GET", "POST"])
def reports(request: HttpRequest) -> HttpResponseBase:
    """This month as it stands, the counts that were sealed, and a form to seal another."""
    at = hour(request)
    if request.method == "POST":
        made = _count(request, at)
        if made is not None:
            return redirect("report", made.pk)
    today = at.astimezone(get_current_timezone()).date()
    custodian = settings.LODGED_CUSTODIAN
    since = _start(today.replace(day=1))
    context = {
        "since": since,
        "until": at,
        "figures": [
            {"what": one.what, "count": one.count, "entries": one.entries}
            for one in figures(Period(custodian, since, at))
        ],
        "reports": [
            (one, one.until - timedelta(seconds=1), letterhead(one.custodian).name)
            for one in Report.objects.order_by("-at", "-id")[:100]
        ],
        "custodians": [(one, letterhead(one).name) for one in _known()],
        "house": letterhead(custodian).name,
        "chosen": custodian,
        "first": today.replace(day=1),
        "today": today,
        "may_open": visitor(request).may("see the log"),
    }
    return render(request, "reports/reports.html", context)


@for_those_who_may("see reports")
@require_safe
def report(request: HttpRequest, number: int) -> HttpResponseBase:
    """One sealed count."""
    found = get_object_or_404(Report.objects.select_related("seal"), pk=number)
    context = {
        "report": found,
        "house": letterhead(found.custodian).name,
        "last": found.until - timedelta(seconds=1),
        "figures": found.figures,
        "may_open": visitor(request).may("see the log"),
    }
    return render(request, "reports/report.html", context)


def _count(request: HttpRequest, at: datetime) -> Report | None:
    form = Days(request.POST)
    if not form.is_valid():
        messages.error(request, "Give a first and a last day, such as 11/01/2026.")
        return None
    told = form.cleaned_data
    until = min(_start(told["until"] + timedelta(days=1)), at)
    try:
        return count(Period(told["custodian"], _start(told["since"]), until), at)
    except ProblemsError as error:
        for problem in error.problems:
            messages.error(request, spoken(problem))
        return None


def _start(day: date) -> datetime:
    return datetime.combine(day, time(0), get_current_timezone())


def _known() -> list[str]:
    """The house first, then every custodian a paper was served on."""
    seen = Arrival.objects.order_by("custodian").values_list("custodian", flat=True).distinct()
    return list(dict.fromkeys((settings.LODGED_CUSTODIAN, *seen)))

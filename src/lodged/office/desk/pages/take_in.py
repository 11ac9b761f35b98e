"""A paper handed over at the counter is taken in; the receipt is offered before anybody has read a word."""

from collections.abc import Callable
from threading import Lock

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lodged.office.arrivals.channels.counter.receive import from_counter
from lodged.office.arrivals.models import Arrival
from lodged.office.desk.rounds import Round, Tell
from lodged.office.readings.quarantine import is_held, quarantine_of
from lodged.office.staff.visits import for_those_who_may, hour, visitor
from lodged.page import DEFAULT

# What is being done with an arrival in this process, for the page that waits.
_doing: dict[str, str] = {}
_lock = Lock()


def megabytes() -> int:
    """How large a file may be, as it is said everywhere: millions of bytes, as computers that scan count them."""
    return DEFAULT.bytes // 1_000_000


class HandedOver(forms.Form):
    """The scan, and who brought it."""

    document = forms.FileField(allow_empty_file=True)
    brought_by = forms.CharField(max_length=120, required=False)

    def clean_document(self) -> "UploadedFile[bytes]":
        """Only what could never be kept is refused here; what cannot be read is kept and said later."""
        document: UploadedFile[bytes] = self.cleaned_data["document"]
        if not document.size:
            raise forms.ValidationError("This file is empty. Scan the paper again.")
        if document.size > DEFAULT.bytes:
            raise forms.ValidationError(
                f"This file is larger than {megabytes()} MB. Scan fewer pages at a time, or with a coarser picture."
            )
        return document


@for_those_who_may("take in papers")
@require_http_methods(["GET", "POST"])
def take_in(request: HttpRequest) -> HttpResponseBase:
    """The form at the counter; the paper has its place in the log when this answers."""
    form = HandedOver(request.POST, request.FILES) if request.method == "POST" else HandedOver()
    if not form.is_valid():
        context = {"form": form, "megabytes": megabytes()}
        return render(request, "desk/take_in.html", context, status=200 if request.method == "GET" else 422)
    document = form.cleaned_data["document"]
    arrival = from_counter(
        document.read(),
        document.name or "",
        settings.LODGED_CUSTODIAN,
        hour(request),
        form.cleaned_data["brought_by"],
        visitor(request),
    )
    Round(hour(request)).receipt(arrival)
    return _go(request, reverse("arrival", args=[arrival.number]))


@for_those_who_may("see papers")
@require_safe
def arrival(request: HttpRequest, number: str) -> HttpResponseBase:
    """Where an arrival is until it is read; then its papers."""
    found = get_object_or_404(Arrival.objects.select_related("seal"), number=number)
    papers = list(found.papers.all())
    if len(papers) == 1:
        return redirect("paper", number, papers[0].position)
    context = {
        "arrival": found,
        "papers": papers,
        "doing": _doing.get(number),
        "held": quarantine_of(found) if is_held(found) else None,
        "may_correct": visitor(request).may("correct readings"),
    }
    return render(request, "desk/arrival.html", context)


@for_those_who_may("see papers")
@require_safe
def doing(request: HttpRequest, number: str) -> HttpResponse:
    """In words, what is being done with an arrival now."""
    found = get_object_or_404(Arrival, number=number)
    if number not in _doing and (found.papers.exists() or is_held(found)):
        return _told(reverse("arrival", args=[number]))
    return render(request, "desk/parts/doing.html", {"arrival": found, "doing": _doing.get(number)})


@for_those_who_may("take in papers")
@require_POST
def advance(request: HttpRequest, number: str) -> HttpResponseBase:
    """Take an arrival as far as the machine can; asked for twice, it is done once."""
    found = get_object_or_404(Arrival, number=number)
    if not alone(found, lambda tell: Round(hour(request), tell).advance(found)):
        return HttpResponse(status=204)
    return _go(request, reverse("arrival", args=[number]))


def alone(arrival: Arrival, deed: Callable[[Tell], None]) -> bool:
    """Do something with an arrival unless this process is at it already; whether it was done now."""
    number = arrival.number
    with _lock:
        taken = number in _doing
        _doing.setdefault(number, "opening the file")
    if taken:
        return False
    try:
        deed(lambda words: _doing.__setitem__(number, words))
    finally:
        del _doing[number]
    return True


def _go(request: HttpRequest, address: str) -> HttpResponseBase:
    return _told(address) if request.headers.get("HX-Request") else redirect(address)


def _told(address: str) -> HttpResponse:
    return HttpResponse(status=200, headers={"HX-Redirect": address})

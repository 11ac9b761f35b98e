"""How strangers' files are kept from doing harm: the warning before one is taken home, a quarantine answered, what stands guard."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from lodged.office.arrivals import clamav
from lodged.office.arrivals.models import Arrival
from lodged.office.arrivals.views import original as as_it_came
from lodged.office.desk.rounds import Round
from lodged.office.readings import quarantine as shut_away
from lodged.office.readings.finds import carried
from lodged.office.readings.models import Quarantine
from lodged.office.shut import shut
from lodged.office.spoken import spoken
from lodged.office.staff.typed import typed
from lodged.office.staff.visits import for_those_who_may, hour, visitor
from lodged.page import DEFAULT
from lodged.page.open import walls_here
from lodged.page.walls import POSSIBLE
from lodged.problem import ProblemsError


@dataclass(frozen=True, slots=True)
class Scanner:
    """The virus scanner: where it listens (empty: nowhere), whether it answers, what it said."""

    address: str
    answers: bool
    said: str


@for_those_who_may("see papers")
@require_safe
def original(request: HttpRequest, number: str) -> HttpResponseBase:
    """The very bytes, to be kept and never opened by the browser; after a warning where the file carries more than pages."""
    arrival = get_object_or_404(Arrival, number=number)
    told = carried(arrival)
    if told and "knowing" not in request.GET:
        context = {"arrival": arrival, "carried": told, "held": shut_away.is_held(arrival)}
        return render(request, "desk/original.html", context)
    return shut(as_it_came(request, number))


@for_those_who_may("correct readings")
@require_POST
def quarantine(request: HttpRequest, number: str) -> HttpResponseBase:
    """A person says whether a document that was held back is opened all the same, or stays shut."""
    held = get_object_or_404(Quarantine.objects.select_related("arrival"), arrival__number=number)
    if held.is_released():
        messages.warning(request, "Somebody has released it already.")
        return redirect("arrival", number)
    opens = "opens" in request.POST
    try:
        shut_away.answer(held, opens, typed(request, "reason", 500), visitor(request), hour(request))
    except ProblemsError as error:
        for problem in error.problems:
            messages.error(request, spoken(problem))
        return redirect("arrival", number)
    if opens:
        messages.success(request, "Released, with your reason. It was opened as every file is, shut in.")
        Round(hour(request)).advance(held.arrival)
    else:
        messages.success(request, "It stays shut, with your reason, and leaves the desk. Its receipt stands.")
    return redirect("arrival", number)


@for_those_who_may("see the log")
@require_safe
def safety(request: HttpRequest) -> HttpResponse:
    """What stands between a stranger's file and this machine, found by trying; what a file may cost."""
    walls = walls_here()
    context = {
        "walls": walls,
        "trials": [(words, name not in walls.lacks) for name, words in POSSIBLE.items()] if walls else [],
        "scanner": scanner_here(),
        "limits": DEFAULT,
        "megabytes": {
            "bytes": DEFAULT.bytes // 10**6,
            "memory": DEFAULT.memory // 2**20,
            "written": DEFAULT.written // 10**6,
        },
        "pixels": DEFAULT.pixels // 10**6,
    }
    return render(request, "desk/safety.html", context)


def scanner_here() -> Scanner:
    """Whether there is a virus scanner, asked now."""
    address = clamav.address()
    if not address:
        return Scanner("", False, "")
    try:
        return Scanner(address, True, clamav.version())
    except clamav.ScannerError as error:
        return Scanner(address, False, str(error))

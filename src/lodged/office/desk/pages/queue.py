"""The desk: what waits, oldest first."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from lodged.office.arrivals.models import Arrival
from lodged.office.desk.context import PLACES
from lodged.office.desk.pages.lines import STATIONS, Line, lines
from lodged.office.staff.visits import hour, visitor

A_PAGE = 50  # lines: as many as somebody looks down in one go; the counts above speak of all


@require_safe
def desk(request: HttpRequest) -> HttpResponseBase:
    """The queue with its counts; who has no papers to see is led to the first page that is theirs."""
    user = visitor(request)
    if not user.may("see papers"):
        return redirect(next(place.name for place in PLACES if user.may(place.deed)))
    return _queue(request)


def _queue(request: HttpRequest) -> HttpResponse:
    at = hour(request)
    waiting = lines()
    late = [line for line in waiting if line.due is not None and line.due < at]
    chosen = request.GET.get("station", "")
    shown = _chosen(waiting, late, chosen)
    page = Paginator(shown, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "counts": [(name, word, sum(line.need.station == name for line in waiting)) for name, word in STATIONS.items()],
        "late": len(late),
        "all": len(waiting),
        "lines": page.object_list,
        "page": page,
        "chosen": chosen,
        "chosen_word": "Late" if chosen == "late" else STATIONS.get(chosen, ""),
        "last": Arrival.objects.order_by("-received_at", "-id").first(),
    }
    return render(request, "desk/desk.html", context)


def _chosen(waiting: list[Line], late: list[Line], station: str) -> list[Line]:
    if station == "late":
        return late
    return [line for line in waiting if line.need.station == station] if station in STATIONS else waiting

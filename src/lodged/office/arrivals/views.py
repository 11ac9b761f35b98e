"""The document as it came."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from lodged.office.arrivals import shelf
from lodged.office.arrivals.models import Arrival
from lodged.office.staff.visits import for_those_who_may


@for_those_who_may("see papers")
@require_safe
def original(request: HttpRequest, number: str) -> HttpResponse:
    """The very bytes, to be kept and never opened by the browser itself: a hostile file stays a file."""
    arrival = get_object_or_404(Arrival, number=number)
    if not shelf.place(arrival.sha256).is_file():
        raise Http404("the document is not on the shelf")
    response = HttpResponse(shelf.take(arrival.sha256), content_type="application/octet-stream")
    response["Content-Disposition"] = f'attachment; filename="{arrival.number}.bin"'
    response["Cache-Control"] = "no-store"
    return response

"""The pages of a paper, as pictures."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from lodged.office.arrivals.models import Arrival
from lodged.office.readings import pictures
from lodged.office.shut import shut
from lodged.office.staff.visits import for_those_who_may
from lodged.page.flat import flat_pdf


@for_those_who_may("see papers")
@require_safe
def page_picture(request: HttpRequest, number: str, page: int) -> HttpResponse:
    """One page as PNG: what the machine read, and all that a browser is ever shown of a document."""
    found = pictures.picture(get_object_or_404(Arrival, number=number), page)
    if found is None:
        raise Http404("no such page")
    response = HttpResponse(found, content_type="image/png")
    response["Cache-Control"] = "private, max-age=3600"
    return shut(response)


@for_those_who_may("see papers")
@require_safe
def copy(request: HttpRequest, number: str) -> HttpResponse:
    """The pages as a PDF of pictures, to be kept, printed or passed on: nothing of what the file carries is in it."""
    pages = pictures.pages(get_object_or_404(Arrival, number=number))
    if not pages:
        raise Http404("no page can be shown")
    response = HttpResponse(flat_pdf(pages), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{number}-pages.pdf"'
    return shut(response)

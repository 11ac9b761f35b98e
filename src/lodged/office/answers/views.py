"""The letters, as they would leave or have left."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from lodged.office.answers.models import Answer
from lodged.office.staff.visits import for_those_who_may
from lodged.page import open_document


@for_those_who_may("see decisions")
@require_safe
def letter(request: HttpRequest, number: str, version: int) -> HttpResponse:
    """One version of a matter's letter; drafts and candidates say so on each page."""
    found = get_object_or_404(Answer, matter__number=number, version=version)
    response = HttpResponse(bytes(found.body), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="letter-{number}-{version}.pdf"'
    response["Cache-Control"] = "no-store"
    return response


@for_those_who_may("see decisions")
@require_safe
def letter_page(request: HttpRequest, number: str, version: int) -> HttpResponse:
    """The first page of a letter as a picture, for a look without leaving the matter."""
    found = get_object_or_404(Answer, matter__number=number, version=version)
    pages = open_document(bytes(found.body)).pages
    if not pages:
        raise Http404("the letter has no page that can be shown")
    response = HttpResponse(pages[0].png, content_type="image/png")
    response["Cache-Control"] = "private, max-age=3600"  # a version never changes
    return response

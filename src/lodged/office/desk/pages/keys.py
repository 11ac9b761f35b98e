"""The keys by which the desk is worked without a mouse."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def keys(request: HttpRequest) -> HttpResponse:
    """The list that `?` shows, as a page."""
    return render(request, "desk/keys.html")

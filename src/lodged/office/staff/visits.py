"""One visit to a page: who came, at which hour, and whether their role may do this."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Concatenate, ParamSpec

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

from lodged.office.staff.models import DEEDS, User

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def hour(request: HttpRequest) -> datetime:
    """The moment this request is answered for, handed down by the desk's middleware."""
    at = request.META["lodged.at"]
    if not isinstance(at, datetime):
        raise TypeError("the desk's middleware hands down a moment")
    return at


def visitor(request: HttpRequest) -> User:
    """The member of staff who is signed in."""
    if not isinstance(request.user, User):
        raise PermissionDenied("nobody is signed in")
    return request.user


def for_those_who_may(deed: str) -> Callable[[View[P]], View[P]]:
    """Let a view be reached by the roles that may do `deed`; everybody else is told so with status 403."""
    if deed not in DEEDS:
        raise KeyError(f"`{deed}` is not a deed of `staff.models.DEEDS`")

    def guard(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not visitor(request).may(deed):
                raise PermissionDenied(f"your role may not {deed}")
            return view(request, *args, **kwargs)

        guarded.deed = deed  # type: ignore[attr-defined]  # the test of roles reads it from each address
        return guarded

    return guard

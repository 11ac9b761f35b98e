"""A visit to the portal's pages: the key that was typed in opens them, until it is revoked or the visit ends.

Nobody from outside is ever a user of the office: a page of the house that somebody forgot to guard stays shut to them.
"""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from lodged.office.portal.finds import living_key
from lodged.office.portal.models import Key
from lodged.office.staff.visits import hour

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, Key, P], HttpResponseBase]
PLACE = "portal_key"


def begin(request: HttpRequest, key: Key) -> None:
    """Let a visit begin; whoever knew the session's name before does not know the new one."""
    request.session.cycle_key()
    request.session[PLACE] = key.pk


def end(request: HttpRequest) -> None:
    """End a visit."""
    request.session.pop(PLACE, None)
    request.session.cycle_key()


def key_of_visit(request: HttpRequest, at: datetime) -> Key | None:
    """The key of a visit, looked up anew for each page, so that one that is revoked ends the visit at once."""
    return living_key(request.session.get(PLACE), at)


def by_a_key(view: View[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Let a page be reached by whoever typed a key in; everybody else is led to where that is done."""

    @login_not_required
    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        key = key_of_visit(request, hour(request))
        return redirect("portal_sign_in") if key is None else view(request, key, *args, **kwargs)

    return guarded

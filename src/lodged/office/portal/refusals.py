"""Everything an agency's program can get wrong, answered in one shape: where, what, and what mends it."""

from collections.abc import Callable, Mapping
from typing import Any

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.http.multipartparser import MultiPartParserError
from django.http.request import UnreadablePostError
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from lodged.office.portal.errors import CapReachedError, UsedBeforeError
from lodged.problem import Problem

Handler = Callable[[HttpRequest, Any], HttpResponse]
NO_KEY = Problem("Authorization", "no key was shown, or one that opens nothing", "send `Authorization: Bearer KEY`")
NO_PAPER = Problem(
    "number", "there is no such paper among those you submitted", "take the number from the answer or receipt"
)


class RefusedError(Exception):
    """A request is answered by a status that begins with a 4."""

    def __init__(self, status: int, problem: Problem) -> None:
        self.status, self.problem = status, problem
        super().__init__(problem.what)


def refusal(status: int, *problems: Problem, headers: Mapping[str, str] | None = None) -> HttpResponse:
    """The answer to a request that cannot be done."""
    told = [{"where": one.where, "what": one.what, "mend": one.mend} for one in problems]
    return JsonResponse({"problems": told}, status=status, headers=headers)


def hear(api: NinjaAPI) -> None:
    """Let every refusal of an API have the one shape."""
    handlers: dict[type[Exception], Handler] = {
        RefusedError: lambda _, error: refusal(error.status, error.problem),
        AuthenticationError: lambda *_: refusal(401, NO_KEY, headers={"WWW-Authenticate": "Bearer"}),
        ValidationError: _invalid,
        HttpError: _unreadable,
        Http404: lambda *_: refusal(404, NO_PAPER),
        MultiPartParserError: _unreadable,
        SuspiciousOperation: _unreadable,
        UnreadablePostError: _unreadable,
        RequestDataTooBig: lambda *_: refusal(
            413, Problem("body", "the fields are larger than any field may be", "send the document as a file")
        ),
        UsedBeforeError: _used_before,
        CapReachedError: _too_much,
    }
    for kind, handler in handlers.items():
        api.add_exception_handler(kind, handler)


def in_shape(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A view whose refusal of a method has the one shape, too."""

    def shaped(request: HttpRequest, *args: Any, **parts: Any) -> HttpResponseBase:
        answer = view(request, *args, **parts)
        if answer.status_code != 405:
            return answer
        allowed = ", ".join(sorted(one.strip() for one in answer.headers.get("Allow", "").split(",")))
        problem = Problem("method", f"`{request.method}` is nothing that is done here", f"use {allowed}")
        return refusal(405, problem, headers={"Allow": allowed})

    return shaped


def _invalid(_: HttpRequest, error: ValidationError) -> HttpResponse:
    return refusal(422, *(_of_place(one) for one in error.errors))


def _of_place(error: Mapping[str, Any]) -> Problem:
    """One complaint of the reader of values: the last part of its place is the name that the sender knows."""
    place = [str(part) for part in error["loc"]]
    said = str(error["msg"])
    return Problem(place[-1] if place else "body", said[:1].lower() + said[1:], "see /api/v1/openapi.json")


def _unreadable(*_: Any) -> HttpResponse:
    return refusal(400, Problem("body", "the request cannot be read", "send what /api/v1/openapi.json describes"))


def _used_before(_: HttpRequest, error: UsedBeforeError) -> HttpResponse:
    what = f"`{error}` stands for another document or other fields already"
    return refusal(409, Problem("Idempotency-Key", what, "use a new one for each paper"))


def _too_much(_: HttpRequest, error: CapReachedError) -> HttpResponse:
    wait = str(error.wait_s)
    return refusal(429, Problem("key", str(error), f"wait {wait} seconds"), headers={"Retry-After": wait})

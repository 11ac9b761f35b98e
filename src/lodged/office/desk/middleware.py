"""Each request is handed its hour once, so that one page never shows two."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase
from django.utils.timezone import override

from lodged.office.desk import clock
from lodged.office.desk.custody import zone


class HourlessRequestError(RuntimeError):
    """A view was reached without the middleware that hands down the hour."""


def hand_down_the_hour(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Set `request.at`, the moment this request is answered for."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        request.META["lodged.at"] = clock.now()
        return get_response(request)

    return answer


def keep_the_custodians_time(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Tell the time in the custodian's own zone; a page about another custodian's paper activates that one's."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        with override(zone()):
            return get_response(request)

    return answer


def keep_pages_out_of_caches(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """A page leaves nothing behind on a shared computer, unless its view says that it may."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    return answer

"""An answer that carries something of a stranger's document: the browser may show or keep it, and do nothing else."""

from typing import TypeVar

from django.http import HttpResponseBase

R = TypeVar("R", bound=HttpResponseBase)


def shut(response: R) -> R:
    """The response with no right to run, load or embed anything, and its type not to be guessed at."""
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response

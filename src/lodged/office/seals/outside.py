"""What the log sends outside the house: a few bytes by POST, and whatever answer comes back, bounded in size and time."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from threading import Timer
from urllib.parse import urlsplit

from lodged.log.witness import Answer

LONGEST_ANSWER = 200_000  # bytes; a cosignature is about a hundred, a time stamp with its certificates some thousand
TIMEOUT_S = 10.0  # without a byte
LONGEST_S = 20.0  # for a whole answer
TEXT = "text/plain; charset=utf-8"


class UnreachableError(Exception):
    """Nobody answered at an address."""


def post(address: str, body: bytes, content_type: str = TEXT) -> Answer:
    """Send a body to an http or https address; raises `UnreachableError`. A redirection is an answer and not followed."""
    try:
        parts = urlsplit(address)
        connect = HTTPSConnection if parts.scheme == "https" else HTTPConnection
        connection = connect(parts.netloc, timeout=TIMEOUT_S)
        try:
            connection.connect()
            with cut_after(LONGEST_S, connection.sock):
                path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
                connection.request("POST", path, body, {"Content-Type": content_type})
                answer = connection.getresponse()
                content = answer.read(LONGEST_ANSWER + 1)
        finally:
            connection.close()
    except (OSError, HTTPException, ValueError) as error:
        raise UnreachableError(f"nobody answers at `{address}`: {error}") from error
    if len(content) > LONGEST_ANSWER:
        raise UnreachableError(f"the answer of `{address}` is longer than {LONGEST_ANSWER} bytes")
    return Answer(answer.status, answer.headers.get("Content-Type", ""), content)


@contextmanager
def cut_after(seconds: float, line: socket.socket) -> Iterator[None]:
    """Cut a line that sends a byte now and then: a timeout counts from each, and the porter has a heartbeat to enter."""

    def cut() -> None:
        with suppress(OSError):
            line.shutdown(socket.SHUT_RDWR)

    timer = Timer(seconds, cut)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()

"""What the log sends outside the house: a few bytes by POST, and whatever answer comes back, bounded in size and time."""

from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import urlsplit

from lodged.log.witness import Answer

LONGEST_ANSWER = 200_000  # bytes; a cosignature is about a hundred, a time stamp with its certificates some thousand
TIMEOUT_S = 10.0
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
            path = parts.path + (f"?{parts.query}" if parts.query else "")
            connection.request("POST", path or "/", body, {"Content-Type": content_type})
            answer = connection.getresponse()
            content = answer.read(LONGEST_ANSWER + 1)
        finally:
            connection.close()
    except (OSError, HTTPException, ValueError) as error:
        raise UnreachableError(f"nobody answers at `{address}`: {error}") from error
    if len(content) > LONGEST_ANSWER:
        raise UnreachableError(f"the answer of `{address}` is longer than {LONGEST_ANSWER} bytes")
    return Answer(answer.status, answer.headers.get("Content-Type", ""), content)

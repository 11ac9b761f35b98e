"""A virus scanner asked over its socket: clamd's own words (clamd(8): INSTREAM, VERSION), nothing installed for it."""

import socket
import struct
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from django.conf import settings

USUAL = ("/run/clamav/clamd.ctl", "/run/clamd.scan/clamd.sock", "/var/run/clamav/clamd.ctl")  # Debian, Fedora, older
CHUNK = 1 << 16
SECONDS = 30.0
MOST_SAID = 4096


class ScannerError(Exception):
    """The scanner is there, but gave no verdict."""


def address() -> str:
    """Where the scanner listens: `LODGED_CLAMAV` (a socket's path, or `host:port`), else a usual place; empty for nowhere."""
    told: str = settings.LODGED_CLAMAV
    return told or next((place for place in USUAL if Path(place).is_socket()), "")


def scan(document: bytes) -> str:
    """The name of what the scanner knows the document as, empty for nothing; raises ScannerError without a verdict."""
    with _line() as line:
        with suppress(BrokenPipeError):  # it hangs up on a stream longer than it takes, after saying so
            line.sendall(b"zINSTREAM\0")
            for at in range(0, len(document), CHUNK):
                chunk = document[at : at + CHUNK]
                line.sendall(struct.pack(">I", len(chunk)) + chunk)
            line.sendall(struct.pack(">I", 0))
        said = _said(line)
    verdict = said.removeprefix("stream: ")
    if verdict == "OK":
        return ""
    if verdict.endswith(" FOUND"):
        return verdict.removesuffix(" FOUND")[:200]
    raise ScannerError(f"the scanner said `{said[:120]}`")


def version() -> str:
    """What the scanner calls itself, with the day of its signatures; raises ScannerError where it does not answer."""
    with _line() as line:
        line.sendall(b"zVERSION\0")
        return _said(line)[:120]


@contextmanager
def _line() -> Iterator[socket.socket]:
    where = address()
    host, _, port = where.rpartition(":")
    local = "/" in where or not port.isdecimal()
    line = socket.socket(socket.AF_UNIX if local else socket.AF_INET)
    try:
        line.settimeout(SECONDS)
        line.connect(where if local else (host, int(port)))
        yield line
    except OSError as error:
        raise ScannerError(f"the scanner at `{where}` does not answer: {error.strerror or error}") from error
    finally:
        line.close()


def _said(line: socket.socket) -> str:
    said = b""
    while not said.endswith(b"\0") and len(said) < MOST_SAID:
        more = line.recv(MOST_SAID)
        if not more:
            break
        said += more
    return said.rstrip(b"\0\n").decode("utf-8", "replace")

"""One POST to an address of an agency, which never reaches a machine of this house and never follows a redirect.

The name is looked up once and the connection goes to the very address that was looked at: a name that answers
differently a moment later (DNS rebinding) changes nothing.
"""

import socket
import ssl
from collections.abc import Mapping
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import SplitResult, urlsplit

from django.conf import settings

from lodged.office.portal.errors import NotTakenError, RefusedAddressError
from lodged.office.seals.outside import cut_after

TIMEOUT_S = 5.0  # without a byte
LONGEST_S = 10.0  # for a whole answer; the porter has a heartbeat to enter
MOST_READ = 4096  # bytes of an answer that is looked at by nobody
LONGEST_URL = 300

# Addresses that carry an IPv4 address inside: what they lead to is not seen from outside (RFC 6052, 8215, 3056, 4380).
CARRIERS = tuple(ip_network(one) for one in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32"))


def check_address(url: str) -> SplitResult:
    """The parts of an address that may be told something; raises RefusedAddressError for any other."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise RefusedAddressError(f"`{url}` is not an address: {error}") from error
    if len(url) > LONGEST_URL or not url.isascii() or not url.isprintable() or " " in url:
        raise RefusedAddressError(f"an address has at most {LONGEST_URL} plain characters and no space")
    if parts.scheme != "https" and not (settings.LODGED_HOOKS_ANYWHERE and parts.scheme == "http"):
        raise RefusedAddressError("the address must begin with `https://`")
    if not parts.hostname or port == 0 or parts.username is not None or parts.fragment:
        raise RefusedAddressError("the address must be a host and a path, without a user name and without `#`")
    return parts


def post(url: str, body: bytes, headers: Mapping[str, str]) -> None:
    """Send `body`; returns where it was taken with a status of 2xx, and raises NotTakenError or RefusedAddressError."""
    parts = check_address(url)
    try:
        status = _exchange(parts, body, headers)
    except (OSError, HTTPException, ValueError) as error:
        raise NotTakenError(f"nobody answers: {type(error).__name__}") from error
    if 300 <= status < 400:
        raise NotTakenError(f"it answered {status}, and a redirect is not followed")
    if not 200 <= status < 300:
        raise NotTakenError(f"it answered {status}")


def look_up(host: str, port: int) -> str:
    """The address of a host; raises RefusedAddressError where any of its addresses is not out in the world."""
    try:
        found = {str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}
    except (OSError, UnicodeError) as error:
        raise NotTakenError(f"`{host}` has no address") from error
    for one in sorted(found):
        if not settings.LODGED_HOOKS_ANYWHERE and not out_in_the_world(ip_address(one.partition("%")[0])):
            raise RefusedAddressError(f"`{host}` is not an address out in the world")
    return sorted(found, key=lambda one: (":" in one, one))[0]


def out_in_the_world(address: IPv4Address | IPv6Address) -> bool:
    """Whether an address belongs to no private, local, shared, reserved or multicast network (the IANA registries).

    >>> [out_in_the_world(ip_address(one)) for one in ("127.0.0.1", "10.1.2.3", "169.254.169.254", "::1", "fe80::1")]
    [False, False, False, False, False]
    >>> [out_in_the_world(ip_address(one)) for one in ("::ffff:10.0.0.1", "64:ff9b::a00:1", "224.0.0.1", "8.8.8.8")]
    [False, False, False, True]
    """
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped is not None:
            return out_in_the_world(address.ipv4_mapped)
        if any(address in network for network in CARRIERS):
            return False
    return address.is_global and not address.is_multicast and not address.is_reserved


def _line(host: str, port: int, opened: socket.socket, secure: bool) -> HTTPConnection:
    """A connection that is known by the name and goes through a socket that is open already."""

    def connect(*_: object) -> socket.socket:
        return opened

    line = (
        HTTPSConnection(host, port, timeout=TIMEOUT_S, context=ssl.create_default_context())
        if secure
        else HTTPConnection(host, port, timeout=TIMEOUT_S)
    )
    # http.client opens its socket by this one method, and TLS is then spoken with the name, as it must be.
    vars(line)["_create_connection"] = connect
    return line


def _exchange(parts: SplitResult, body: bytes, headers: Mapping[str, str]) -> int:
    """The status of the answer; TLS, request and answer together take no longer than `LONGEST_S`."""
    host, secure = parts.hostname or "", parts.scheme == "https"
    port = parts.port or (443 if secure else 80)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    with socket.create_connection((look_up(host, port), port), TIMEOUT_S) as opened, opened.dup() as same:
        line = _line(host, port, opened, secure)
        try:
            with cut_after(LONGEST_S, same):
                line.request("POST", path, body, dict(headers))
                answer = line.getresponse()
                answer.read(MOST_READ)
                return answer.status
        finally:
            line.close()

"""An agency's address is told of each stage: signed, kept in a queue until taken, and never a machine of this house."""

import json
import threading
from collections.abc import Iterator, Mapping
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address

import pytest
from pytest_django import Settings

from lodged.office.desk import porter
from lodged.office.portal import hooks
from lodged.office.portal.acts import end_hook, hook
from lodged.office.portal.errors import NotTakenError, RefusedAddressError
from lodged.office.portal.hookkey import hook_key, jwk
from lodged.office.portal.line import check_address, look_up, out_in_the_world, post
from lodged.office.portal.models import Delivery, Hook
from lodged.office.portal.signing import Message, check_message
from tests.portal.conftest import Program
from tests.web.conftest import Office


class Listener:
    """A real server of an agency: what it was told, and with which status it answers."""

    def __init__(self) -> None:
        self.told: list[tuple[str, dict[str, str], bytes]] = []
        self.status, self.location = 204, ""
        told = self

        class Ear(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                told.told.append((self.path, {name.lower(): value for name, value in self.headers.items()}, body))
                self.send_response(told.status)
                if told.location:
                    self.send_header("Location", told.location)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Ear)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_port}/told?by=docket"


@pytest.fixture
def listener(settings: Settings) -> Iterator[Listener]:
    """The one test in which an address of this machine is told."""
    settings.LODGED_HOOKS_ANYWHERE = True
    made = Listener()
    yield made
    made.server.shutdown()
    made.server.server_close()


@pytest.fixture
def told_at(listener: Listener, office: Office, program: Program) -> Hook:
    """The agency's address."""
    key = program.key
    return hook(key.agency, key.custodian, listener.url, office.staff["admin"], office.at - timedelta(hours=1))


def test_each_stage_is_told_once_and_signed(
    office: Office, program: Program, listener: Listener, told_at: Hook
) -> None:
    number = program.submit().json()["number"]
    later = office.at + timedelta(minutes=1)
    assert (hooks.queue(later), hooks.queue(later)) == (1, 0)
    assert (hooks.send(later), hooks.send(later)) == (1, 0)
    ((path, headers, body),) = listener.told
    assert path == "/told?by=docket"
    told = json.loads(body)
    assert set(told) == {"id", "number", "stage", "at"}
    assert (told["number"], told["stage"]) == (number, "received")
    key = hook_key()
    now = int(later.timestamp())
    assert check_message(Message("POST", listener.url, headers), body, now, key.public_key()) == jwk(key)["kid"]
    assert program.client.get("/api/v1/keys").json()["keys"] == [jwk(key)]


def test_the_porter_reads_the_paper_and_tells_the_agency(program: Program, listener: Listener, told_at: Hook) -> None:
    number = program.submit().json()["number"]
    porter.go_round()
    assert [json.loads(body)["stage"] for _, _, body in listener.told] == ["received", "being_read"]
    program.withdraw(number)
    porter.go_round()
    assert json.loads(listener.told[-1][2])["stage"] == "withdrawn"
    assert program.get(f"/api/v1/papers/{number}").json()["stage"] == "withdrawn"


def test_what_was_not_taken_waits_longer_each_time_and_is_given_up(
    office: Office, program: Program, listener: Listener, told_at: Hook
) -> None:
    program.submit()
    hooks.queue(office.at)
    listener.status, at, waits = 503, office.at, []
    while (delivery := Delivery.objects.get()).next_at is not None:
        waits.append(delivery.next_at - at)
        at = delivery.next_at
        assert hooks.send(at) == 0
    assert waits == [timedelta(0), *hooks.WAITS]
    assert "503" in delivery.last
    assert delivery.last.endswith("given up")
    assert len({json.loads(body)["id"] for _, _, body in listener.told}) == 1


def test_a_crash_between_the_telling_and_its_record_tells_it_again_under_the_same_id(
    office: Office, program: Program, listener: Listener, told_at: Hook
) -> None:
    program.submit()
    hooks.queue(office.at)

    def told_and_then_the_power_fails(url: str, body: bytes, headers: Mapping[str, str]) -> None:
        post(url, body, headers)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        hooks.send(office.at, told_and_then_the_power_fails)
    assert hooks.send(office.at) == 1
    first, second = (json.loads(body)["id"] for _, _, body in listener.told)
    assert first == second


def test_a_listener_that_comes_back_is_told_then(
    office: Office, program: Program, listener: Listener, told_at: Hook
) -> None:
    program.submit()
    hooks.queue(office.at)
    listener.status = 500
    hooks.send(office.at)
    listener.status = 200
    assert hooks.send(office.at) == 0
    assert hooks.send(office.at + timedelta(minutes=1)) == 1
    assert Delivery.objects.get().last == "taken"


def test_a_redirect_is_not_followed(office: Office, program: Program, listener: Listener, told_at: Hook) -> None:
    program.submit()
    hooks.queue(office.at)
    listener.status, listener.location = 307, listener.url
    assert hooks.send(office.at) == 0
    assert len(listener.told) == 1
    assert "redirect is not followed" in Delivery.objects.get().last


def test_an_ended_hook_is_told_nothing_more(
    office: Office, program: Program, listener: Listener, told_at: Hook
) -> None:
    program.submit()
    hooks.queue(office.at)
    end_hook(told_at, office.staff["admin"], office.at)
    assert (hooks.send(office.at), listener.told) == (0, [])
    program.submit(b"another", "request-2")
    assert hooks.queue(office.at) == 0


INSIDE = (
    "127.0.0.1 127.9.9.9 0.0.0.0 10.0.0.1 172.16.0.1 192.168.1.1 169.254.169.254 100.64.0.1 224.0.0.1 255.255.255.255 "
    "::1 :: fe80::1 fc00::1 ff02::1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 64:ff9b::7f00:1 2002:7f00:1:: 2001:db8::1"
)


@pytest.mark.parametrize("address", INSIDE.split())
def test_no_machine_of_this_house_is_out_in_the_world(address: str) -> None:
    assert not out_in_the_world(ip_address(address))


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946"])
def test_the_world_is(address: str) -> None:
    assert out_in_the_world(ip_address(address))


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "0x7f000001", "127.1", "::1"])
def test_whatever_a_name_is_written_like_it_is_its_address_that_counts(host: str) -> None:
    with pytest.raises((RefusedAddressError, NotTakenError)):
        look_up(host, 443)


@pytest.mark.parametrize(
    "url",
    [
        "http://sheriff.example.gov/",
        "ftp://sheriff.example.gov/",
        "https:///nowhere",
        "https://user:secret@sheriff.example.gov/",
        "https://sheriff.example.gov/#part",
        "https://sheriff.example.gov:99999/",
        "https://sheriff.example.gov/a b",
        "https://sheriff.example.gov/\r\nX: y",
        "https://[::1/",
        "https://sheriff.example.gov/" + "x" * 300,
    ],
)
def test_an_address_that_nothing_is_ever_sent_to_cannot_be_entered(url: str) -> None:
    with pytest.raises(RefusedAddressError):
        check_address(url)


def test_a_machine_of_this_house_is_refused_when_it_comes_to_sending() -> None:
    with pytest.raises(RefusedAddressError, match="out in the world"):
        post("https://127.0.0.1:1/told", b"{}", {})

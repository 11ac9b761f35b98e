"""Every address, held against one table: who may open it, and that nobody else can."""

from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse
from tests.web.conftest import ROLES, Office

from lodged.office.staff.models import DEEDS, Role

ANYBODY, STAFF = "anybody", "everybody signed in"
# Addresses of agencies: no member of staff is let in by signing in, and nobody at all without a key.
TYPED_KEY, SHOWN_KEY = "an agency that typed its key in", "a program that shows a key"
OUTSIDE = {ANYBODY, TYPED_KEY, SHOWN_KEY}

# name of the address -> the deed of `staff.models.DEEDS` that opens it
TABLE = {
    "desk": STAFF,
    "sign_in": ANYBODY,
    "sign_out": STAFF,
    "keys": STAFF,
    "search": "see papers",
    "take_in": "take in papers",
    "arrival": "see papers",
    "doing": "see papers",
    "advance": "take in papers",
    "original": "see papers",
    "quarantine": "correct readings",
    "copy": "see papers",
    "page_picture": "see papers",
    "paper": "see papers",
    "correct": "correct readings",
    "choose": "choose persons",
    "look": "choose persons",
    "addressee": "correct readings",
    "close": "correct readings",
    "matter": "see decisions",
    "answer_fact": "answer questions",
    "ask_again": "answer questions",
    "contested": "adopt law",
    "review": "review",
    "letter": "see decisions",
    "letter_page": "see decisions",
    "address": "send answers",
    "sent": "send answers",
    "receipt": "see papers",
    "witnessed_receipt": "see papers",
    "verify": ANYBODY,
    "verify_offline": ANYBODY,
    "verify_check": ANYBODY,
    "release": "see decisions",
    "release_check": "see decisions",
    "release_checked": "see decisions",
    "release_answer": "answer questions",
    "release_order": "answer questions",
    "release_tried": "answer questions",
    "release_default": "see decisions",
    "release_sheets": "see decisions",
    "release_sheet": "see decisions",
    "release_sheet_destroyed": "see decisions",
    "law": "see decisions",
    "adopt": "adopt law",
    "pack": "see decisions",
    "law_ask": "see decisions",
    "law_ask_json": "see decisions",
    "law_compare": "see decisions",
    "law_matrix": "see decisions",
    "local_law": "see decisions",
    "adopt_local_law": "adopt law",
    "withdraw_local_law": "adopt law",
    "upgrade": "see decisions",
    "disputes": "see disputes",
    "dispute": "see disputes",
    "hear_paper": "hear disputes",
    "hear_claim": "hear disputes",
    "sweep": "take in papers",
    "senders_list": "see disputes",
    "senders_list_rows": "see disputes",
    "look_again": "hear disputes",
    "search_place": "hear disputes",
    "draft_paper": "hear disputes",
    "approve_paper": "approve findings",
    "finding_paper": "see disputes",
    "reports": "see reports",
    "report": "see reports",
    "entries": "see the log",
    "entry": "see the log",
    "log_key": ANYBODY,
    "checkpoint": ANYBODY,
    "safety": "see the log",
    "staff": "keep staff",
    "agencies": "keep agencies",
    "agency": "keep agencies",
    "portal": TYPED_KEY,
    "portal_sign_in": ANYBODY,
    "portal_sign_out": ANYBODY,
    "portal_submit": TYPED_KEY,
    "portal_paper": TYPED_KEY,
    "portal_receipt": TYPED_KEY,
    "portal_withdraw": TYPED_KEY,
    "api_submit": SHOWN_KEY,
    "api_status": SHOWN_KEY,
    "api_receipt": SHOWN_KEY,
    "api_withdraw": SHOWN_KEY,
    "api_keys": ANYBODY,
    "api_description": ANYBODY,
    "healthz": ANYBODY,
    "readyz": ANYBODY,
}
PARTS = {
    "number": "L-2026-00099",
    "position": 1,
    "page": 1,
    "version": 1,
    "index": 0,
    "name": "us/none",
    "kind": "letter",
    "finding": 1,
    "which": "agreed",
}


def patterns() -> Iterator[URLPattern]:
    """Every address the office has."""
    for pattern in get_resolver().url_patterns:
        assert isinstance(pattern, URLPattern)
        yield pattern


def address(pattern: URLPattern) -> str:
    """The address with a value for each of its parts; nothing that exists is named."""
    converters = pattern.pattern.converters
    parts = {
        name: 1 if name == "number" and type(kind).__name__ == "IntConverter" else PARTS[name]
        for name, kind in converters.items()
    }
    return reverse(str(pattern.name), kwargs=parts)


def test_the_table_names_every_address_and_no_other() -> None:
    assert sorted(str(pattern.name) for pattern in patterns()) == sorted(TABLE)


@pytest.mark.parametrize("pattern", list(patterns()), ids=lambda pattern: str(pattern.name))
def test_the_guard_of_a_view_names_the_deed_of_the_table(pattern: URLPattern) -> None:
    expected = TABLE[str(pattern.name)]
    assert getattr(pattern.callback, "deed", None) == (expected if expected in DEEDS else None)
    public = getattr(pattern.callback, "login_required", True) is False
    assert public == (expected in OUTSIDE)


def test_each_role_opens_what_the_table_says_and_nothing_else(office: Office, visit: Callable[[str], Client]) -> None:
    for name, role in ROLES.items():
        client = visit(name)
        for pattern in patterns():
            if pattern.name == "sign_out":
                continue
            expected = TABLE[str(pattern.name)]
            allowed = expected in {*OUTSIDE, STAFF} or role in DEEDS[expected]
            status = client.get(address(pattern)).status_code
            assert (status == 403) == (not allowed), f"{pattern.name} for {name}: {status}"
            assert status != 500


def test_a_stranger_is_led_to_the_sign_in_page(office: Office) -> None:
    client = Client()
    for pattern in patterns():
        response = client.get(address(pattern))
        led = response.status_code == 302 and response.headers["Location"].startswith(reverse("sign_in"))
        assert led == (TABLE[str(pattern.name)] not in OUTSIDE), str(pattern.name)


def test_without_a_key_nobody_comes_in_by_the_agencies_door(office: Office, visit: Callable[[str], Client]) -> None:
    for client in (Client(), visit("admin"), visit("counsel")):
        for pattern in patterns():
            expected = TABLE[str(pattern.name)]
            method = client.post if pattern.name in {"api_submit", "api_withdraw"} else client.get
            if expected == TYPED_KEY:
                assert method(address(pattern)).headers["Location"] == reverse("portal_sign_in")
            if expected == SHOWN_KEY:
                assert method(address(pattern)).status_code == 401, pattern.name


def test_every_role_has_a_first_page(visit: Callable[[str], Client]) -> None:
    for name, role in ROLES.items():
        first = visit(name).get(reverse("desk"), follow=True)
        assert first.status_code == 200
        assert (first.request["PATH_INFO"] == reverse("desk")) == (role != Role.ADMINISTRATOR)

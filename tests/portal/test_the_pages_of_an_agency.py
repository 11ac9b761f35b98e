"""A person of an agency types the key in, hands a paper in, follows it, takes it back; the office keeps the directory."""

import re
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from lodged.office.arrivals.models import Arrival
from lodged.office.portal.acts import revoke
from lodged.office.portal.models import Agency, Hook, Key
from lodged.office.seals.models import Entry
from tests.portal.conftest import Program
from tests.web.conftest import Office

Visit = Callable[[str], Client]


@pytest.fixture
def person(program: Program) -> Client:
    """Somebody at the agency who typed the key in."""
    client = Client()
    assert client.post("/portal/sign-in", {"key": f" {program.issued.secret} "}).headers["Location"] == "/portal"
    return client


def hand_in(client: Client, once: str = "0123456789abcdef", document: bytes = b"a paper"):  # type: ignore[no-untyped-def]  # the test client's own answer
    """Send the form."""
    told = {"document": SimpleUploadedFile("scan.pdf", document), "reference": "24-CV-0117", "once": once}
    return client.post("/portal/submit", told)


def test_a_wrong_key_opens_nothing(office: Office) -> None:
    client = Client()
    answer = client.post("/portal/sign-in", {"key": "lodged_guess"})
    assert answer.status_code == 422
    assert "opens nothing here" in answer.content.decode()
    assert client.get("/portal").headers["Location"] == "/portal/sign-in"


def test_a_paper_goes_in_and_its_stage_and_receipt_are_there(person: Client) -> None:
    form = person.get("/portal/submit").content.decode()
    once = re.search(r'name="once" value="([^"]+)"', form)
    assert once is not None
    went = hand_in(person, once[1])
    number = Arrival.objects.get().number
    assert went.headers["Location"] == f"/portal/papers/{number}"
    page = person.get(went.headers["Location"]).content.decode()
    assert "Received" in page
    assert "24-CV-0117" in page
    assert person.get(f"/portal/papers/{number}/receipt.pdf").content.startswith(b"%PDF")
    assert number in person.get("/portal").content.decode()


def test_a_second_click_submits_nothing_more(person: Client) -> None:
    first, second = hand_in(person), hand_in(person)
    assert first.headers["Location"] == second.headers["Location"]
    assert Arrival.objects.count() == 1
    assert hand_in(person, document=b"another").status_code == 409


def test_what_is_wrong_with_a_paper_is_said_in_words(person: Client, program: Program) -> None:
    assert "Scan the paper again" in hand_in(person, document=b"").content.decode()
    Key.objects.filter(pk=program.key.pk).update(per_hour=0)
    capped = hand_in(person)
    assert capped.status_code == 429
    assert "papers an hour" in capped.content.decode()


def test_a_paper_is_taken_back(person: Client) -> None:
    hand_in(person)
    number = Arrival.objects.get().number
    page = person.post(f"/portal/papers/{number}/withdraw", {"reason": "a mistake"}, follow=True).content.decode()
    notice = Arrival.objects.get(number=number).withdrawal.notice.number
    assert notice in page
    assert person.get(f"/portal/papers/{notice}/receipt.pdf").content.startswith(b"%PDF")
    assert person.get("/portal/papers/L-1999-00001").status_code == 404


def test_a_visit_ends_when_its_key_is_revoked_and_when_the_person_says_so(
    person: Client, program: Program, office: Office
) -> None:
    assert person.get("/portal").status_code == 200
    person.post("/portal/sign-out")
    assert person.get("/portal").status_code == 302
    person.post("/portal/sign-in", {"key": program.issued.secret})
    revoke(program.key, "lost", office.staff["admin"], office.at)
    assert person.get("/portal").status_code == 302


def test_an_agency_is_a_stranger_in_the_house(person: Client) -> None:
    for address in ("/", "/keys", "/reports", "/agencies", "/search"):
        assert person.get(address).headers["Location"].startswith("/sign-in")


def test_another_page_cannot_take_a_paper_back_in_a_visitors_name(program: Program) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/portal/sign-in", {"key": program.issued.secret}).status_code == 403
    number = program.submit().json()["number"]
    for address in ("/portal/submit", f"/portal/papers/{number}/withdraw", "/portal/sign-out"):
        assert strict.post(address).status_code == 403
    assert not hasattr(Arrival.objects.get(number=number), "withdrawal")


def test_the_office_enters_an_agency_and_shows_its_key_once(office: Office, visit: Visit) -> None:
    admin = visit("admin")
    told = {"name": "Ossian Police", "domain": "police.example.gov", "phone": "555-0144", "verified_how": "called back"}
    assert admin.post("/agencies", told | {"domain": "nonsense"}).status_code == 422
    where = admin.post("/agencies", told).headers["Location"]
    shown = admin.post(where, {"do": "key", "label": "front desk", "may_submit": "on", "days": "30"}).content.decode()
    secret = re.search(r"lodged_[A-Za-z0-9_-]{43}", shown)
    assert secret is not None
    assert secret[0] not in admin.get(where).content.decode()
    assert Client().post("/portal/sign-in", {"key": secret[0]}).headers["Location"] == "/portal/submit"
    assert admin.post(where, {"do": "key", "label": "nothing", "days": "30"}).status_code == 422
    admin.post(where, {"do": "revoke", "key": str(Key.objects.get().pk), "why": "it left the building"})
    assert Client().post("/portal/sign-in", {"key": secret[0]}).status_code == 422
    kinds = Entry.objects.values_list("kind", flat=True)
    assert {"AgencyEntered", "KeyIssued", "KeyRevoked"} <= set(kinds)


def test_the_office_says_where_an_agency_is_told(agency: Agency, visit: Visit) -> None:
    admin, where = visit("admin"), f"/agencies/{agency.pk}"
    refused = admin.post(where, {"do": "hook", "url": "http://127.0.0.1/"}, follow=True)
    assert "must begin with" in refused.content.decode()
    admin.post(where, {"do": "hook", "url": "https://sheriff.example.gov/told"})
    hook = Hook.objects.get()
    assert "https://sheriff.example.gov/told" in admin.get(where).content.decode()
    admin.post(where, {"do": "end", "hook": str(hook.pk)})
    assert Hook.objects.get().ended_at is not None
    assert admin.post(where, {"do": "end", "hook": "9" * 40}).status_code == 404

"""What stands around every page: headers, signing in, trouble in plain words, health."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from tests.web.conftest import PASSWORD, Office

from lodged.office.seals.models import Checkpoint

Visit = Callable[[str], Client]


def test_a_strict_policy_goes_with_every_page(office: Office, visit: Visit) -> None:
    for client, name in ((Client(), "sign_in"), (Client(), "verify"), (visit("clerk"), "desk")):
        policy = client.get(reverse(name)).headers["Content-Security-Policy"]
        assert "script-src 'self'" in policy
        assert "unsafe" not in policy


def test_signing_in_and_out(office: Office) -> None:
    client = Client()
    wrong = client.post(reverse("sign_in"), {"username": "clerk", "password": "wrong"})
    assert "do not go together" in wrong.content.decode()
    right = client.post(reverse("sign_in"), {"username": "clerk", "password": PASSWORD})
    assert right.headers["Location"] == reverse("desk")
    assert client.post(reverse("sign_out")).headers["Location"] == reverse("sign_in")


def test_five_wrong_passwords_close_the_page_in_plain_words(office: Office) -> None:
    client = Client()
    for _ in range(5):
        last = client.post(reverse("sign_in"), {"username": "clerk", "password": "wrong"})
    assert last.status_code == 429
    assert "Too many wrong passwords" in last.content.decode()
    right = client.post(reverse("sign_in"), {"username": "clerk", "password": PASSWORD})
    assert right.status_code == 429


def test_trouble_is_told_in_plain_words_with_a_way_on(office: Office, visit: Visit) -> None:
    forbidden = visit("clerk").get(reverse("staff"))
    assert forbidden.status_code == 403
    assert "Your role may not keep staff" in forbidden.content.decode()
    missing = visit("clerk").get("/nothing-here")
    assert missing.status_code == 404
    strict = Client(enforce_csrf_checks=True)
    stale = strict.post(reverse("sign_in"), {"username": "clerk", "password": PASSWORD})
    assert stale.status_code == 403
    assert "open for too long" in stale.content.decode()
    for response in (forbidden, missing, stale):
        assert 'href="/"' in response.content.decode()


def test_a_fault_of_ours_is_told_without_its_insides(
    office: Office, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> None:
        raise RuntimeError("the insides")

    monkeypatch.setattr("lodged.office.desk.pages.queue.lines", broken)
    client = visit("clerk")
    client.raise_request_exception = False
    response = client.get(reverse("desk"))
    assert response.status_code == 500
    assert "Something broke on our side" in response.content.decode()
    assert "the insides" not in response.content.decode()


def test_the_band_of_the_demonstration_is_on_every_page(office: Office, visit: Visit) -> None:
    for client, name in ((Client(), "sign_in"), (Client(), "verify"), (visit("admin"), "staff")):
        assert "Demonstration: invented people." in client.get(reverse(name)).content.decode()


def test_readiness_looks_at_database_migrations_and_head(office: Office) -> None:
    assert Client().get(reverse("healthz")).content == b"ok\n"
    ready = Client().get(reverse("readyz"))
    told = ready.json()
    assert [told[name] for name in ("ready", "database", "migrations", "head")] == [True] * 4
    assert told["sandbox"] in {"bubblewrap", "limits"}
    assert "network" not in told["sandbox_lacks"]
    assert told["scanner"] in {"none", "answers"}
    Checkpoint.objects.all().delete()
    unready = Client().get(reverse("readyz"))
    assert unready.status_code == 503
    assert unready.json()["head"] is False


def test_somebody_new_gets_a_password_that_is_shown_once(office: Office, visit: Visit) -> None:
    client = visit("admin")
    page = client.post(reverse("staff"), {"username": "newcomer", "name": "Nell Newcomer", "role": "clerk"})
    shown = page.content.decode()
    password = shown.partition('<code class="strong">')[2].partition("</code>")[0]
    assert page.headers["Cache-Control"] == "no-store"
    assert password not in client.get(reverse("staff")).content.decode()
    assert Client().post(reverse("sign_in"), {"username": "newcomer", "password": password}).status_code == 302
    assert client.post(reverse("staff"), {"username": "Not A Name", "name": "x", "role": "clerk"}).status_code == 422


def test_a_page_leaves_nothing_in_a_shared_computers_cache(office: Office, visit: Visit) -> None:
    assert visit("clerk").get(reverse("desk")).headers["Cache-Control"] == "no-store"


def test_odd_things_typed_are_refused_or_cleaned_and_never_break_a_page(office: Office, visit: Visit) -> None:
    client = visit("counsel")
    assert client.post(reverse("search"), {"q": "a\x00b\u202ec" * 200}).status_code == 200
    assert client.get(reverse("entries"), {"of": "1,x,9" + "9" * 40, "page": "-7"}).status_code == 200
    assert client.get(f"/log/entries/9{'9' * 40}").status_code == 404
    assert client.get(f"/reports/9{'9' * 40}").status_code == 404
    assert client.get(f"/papers/L-2026-00001/9{'9' * 40}").status_code == 404
    assert client.get("/law/..%2f..%2fetc").status_code == 404
    assert client.get(reverse("law"), {"custodian": "../"}).status_code == 200
    assert client.get(reverse("desk"), {"station": "<script>"}).status_code == 200

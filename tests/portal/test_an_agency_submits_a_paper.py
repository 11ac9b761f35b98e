"""A program of an agency submits a paper: the receipt at once, the same answer to the same request, refusals in one shape."""

import secrets
from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256

import pytest
from django.test import Client

from lodged.log import check, trust
from lodged.office.arrivals.models import Arrival
from lodged.office.portal import api
from lodged.office.portal.acts import Entered, enter_agency, revoke
from lodged.office.portal.models import Agency, Key, Submission
from lodged.office.seals import heads, receipts
from lodged.office.seals.models import Entry
from lodged.page import Limits
from tests.portal.conftest import ANY_DOCUMENT, Program
from tests.web.conftest import Office


def problems(answer) -> list[dict[str, str]]:  # type: ignore[no-untyped-def]  # the test client's own answer
    """What is wrong, each with its place and its mend."""
    told = answer.json()
    assert set(told) == {"problems"}
    assert told["problems"]
    assert all(set(one) == {"where", "what", "mend"} for one in told["problems"])
    return list(told["problems"])


def test_the_receipt_is_there_at_once_and_proves_the_document(program: Program) -> None:
    answer = program.submit(reference="24-CV-0117", sent_by="Deputy Quill")
    assert answer.status_code == 201
    told = answer.json()
    assert told["sha256"] == sha256(ANY_DOCUMENT).hexdigest()
    receipt = program.get(told["receipt"])
    assert receipt.headers["Content-Type"] == "application/pdf"
    verdict = check(receipt.content, ANY_DOCUMENT, trust(heads.key().vkey))
    assert (verdict.ok, verdict.trusted, verdict.document_matches) == (True, True, True)
    arrival = Arrival.objects.get(number=told["number"])
    assert arrival.channel == "portal"
    assert arrival.claims == {"reference": "24-CV-0117", "sent_by": "Deputy Quill"}
    assert arrival.evidence["agency"] == "Ossian County Sheriff"


def test_the_same_request_again_is_the_same_submission(program: Program) -> None:
    first, again = program.submit(), program.submit()
    assert (again.status_code, again.content) == (201, first.content)
    assert Arrival.objects.count() == 1


def test_a_crash_before_the_receipt_was_made_loses_nothing(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    def power_fails(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(receipts, "issue", power_fails)
        with pytest.raises(KeyboardInterrupt):
            program.submit()
    again = program.submit()
    assert again.status_code == 201
    assert Arrival.objects.count() == 1
    assert program.get(again.json()["receipt"]).content.startswith(b"%PDF")


@pytest.mark.parametrize(("document", "fields"), [(b"another paper", {}), (ANY_DOCUMENT, {"reference": "other"})])
def test_the_same_word_for_another_paper_is_refused(program: Program, document: bytes, fields: dict[str, str]) -> None:
    program.submit()
    answer = program.submit(document, **fields)
    assert answer.status_code == 409
    assert problems(answer)[0]["where"] == "Idempotency-Key"
    assert Arrival.objects.count() == 1


def test_without_a_living_key_nothing_is_said(program: Program, office: Office) -> None:
    number = program.submit().json()["number"]
    for shown in ({}, {"Authorization": "Bearer lodged_guess"}, {"Authorization": "Basic eDp5"}):
        answer = Client().get(f"/api/v1/papers/{number}", headers=shown)
        assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "Bearer")
        assert problems(answer)[0]["where"] == "Authorization"
    revoke(program.key, "its server was broken into", office.staff["admin"], office.at)
    assert program.get(f"/api/v1/papers/{number}").status_code == 401
    assert Entry.objects.filter(kind="KeyRevoked").count() == 1


def test_a_key_ends_on_its_day(agency: Agency, office: Office, program_of: Callable[..., Program]) -> None:
    old = program_of(agency, at=office.at - timedelta(days=91))
    assert old.submit().status_code == 401


def test_a_key_does_what_it_is_for_and_no_more(agency: Agency, program_of: Callable[..., Program]) -> None:
    submits, follows = program_of(agency, follow=False), program_of(agency, submit=False)
    number = submits.submit().json()["number"]
    assert submits.get(f"/api/v1/papers/{number}").status_code == 403
    assert follows.get(f"/api/v1/papers/{number}").json()["stage"] == "received"
    for refused in (follows.submit(once="request-2"), follows.withdraw(number)):
        assert refused.status_code == 403
        assert "may not submit" in problems(refused)[0]["what"]


def test_an_agency_cannot_tell_anothers_paper_from_none(
    program: Program, office: Office, program_of: Callable[..., Program]
) -> None:
    number = program.submit().json()["number"]
    entered = Entered("Somebody Else", "else.example.gov", "555-0143", "called back")
    stranger = program_of(enter_agency(entered, program.key.custodian, office.staff["admin"], office.at))
    for end in ("", "/receipt.pdf"):
        theirs = stranger.get(f"/api/v1/papers/{number}{end}")
        none = stranger.get(f"/api/v1/papers/L-1999-00001{end}")
        assert theirs.status_code == 404
        assert theirs.content == none.content
    assert stranger.withdraw(number).status_code == 404


def test_only_the_hash_of_a_key_is_kept(program: Program) -> None:
    key = program.key
    assert key.digest == sha256(program.issued.secret.encode()).hexdigest()
    assert program.issued.secret not in str(Key.objects.filter(pk=key.pk).values().get())
    assert program.issued.secret.encode() not in b"".join(bytes(one.event) for one in Entry.objects.all())


def test_the_cap_of_a_key_says_when_to_come_again(program: Program) -> None:
    Key.objects.filter(pk=program.key.pk).update(per_hour=2)
    for number in range(2):
        assert program.submit(b"%d" % number, f"request-{number}").status_code == 201
    refused = program.submit(b"2", "request-2")
    assert refused.status_code == 429
    assert 0 < int(refused.headers["Retry-After"]) <= 3600
    assert "2 papers an hour" in problems(refused)[0]["what"]
    assert program.submit(b"1", "request-1").status_code == 201  # what was taken in is still answered for
    assert Submission.objects.count() == 2


def test_the_bytes_of_a_day_are_capped_too(program: Program) -> None:
    Key.objects.filter(pk=program.key.pk).update(bytes_per_day=10)
    assert program.submit(b"0123456789").status_code == 201
    refused = program.submit(b"0", "request-2")
    assert refused.status_code == 429
    assert int(refused.headers["Retry-After"]) <= 86400


def test_requests_of_any_kind_are_capped_by_the_minute(program: Program) -> None:
    Key.objects.filter(pk=program.key.pk).update(asks_per_minute=3)
    statuses = [program.get("/api/v1/papers/L-1999-00001").status_code for _ in range(4)]
    assert 429 in statuses or len(set(statuses)) == 1  # where the minute turned in between, counting began again
    assert statuses[:3] == [404, 404, 404]


def test_every_refusal_says_where_what_and_how_to_mend_it(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = program.shown
    post = program.client.post
    assert problems(post("/api/v1/papers", headers=shown))[0]["where"] in {"Idempotency-Key", "document"}
    assert program.submit(b"").status_code == 422
    assert problems(program.submit(once="no spaces please"))[0]["where"] == "Idempotency-Key"
    broken = post("/api/v1/papers", b"x", content_type="multipart/form-data; boundary=", headers=shown)
    assert broken.status_code == 400
    assert problems(broken)
    method = program.client.delete("/api/v1/papers", headers=shown)
    assert (method.status_code, method.headers["Allow"]) == (405, "POST")
    assert problems(method)[0]["mend"] == "use POST"
    monkeypatch.setattr(api, "DEFAULT", Limits(bytes=10))
    large = program.submit(b"01234567890")
    assert (large.status_code, problems(large)[0]["where"]) == (413, "document")
    monkeypatch.setattr(api, "ENVELOPE", 0)
    assert program.submit(secrets.token_bytes(64)).status_code == 413
    assert Arrival.objects.count() == 0


def test_the_description_declares_every_answer(db: None) -> None:
    told = Client().get("/api/v1/openapi.json").json()
    assert told["openapi"].startswith("3.1")
    assert sorted(told["paths"]) == sorted(
        f"/api/v1/{one}"
        for one in ("papers", "papers/{number}", "papers/{number}/receipt.pdf", "papers/{number}/withdraw", "keys")
    )
    submit = told["paths"]["/api/v1/papers"]["post"]
    assert {"400", "401", "403", "409", "413", "422", "429"} < set(submit["responses"])

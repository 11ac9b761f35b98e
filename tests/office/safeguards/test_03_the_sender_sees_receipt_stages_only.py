"""Safeguard 3: of a paper whose person was found and of one whose person was not, the sender is told the same, byte for byte."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lodged.office.answers.models import Answer, Dispatch
from lodged.office.arrivals.models import Arrival
from lodged.office.people.models import Match
from lodged.office.portal import hooks
from lodged.office.portal.acts import hook
from lodged.office.portal.models import Delivery, Submission
from lodged.office.seals.acts import Sealed, enter
from lodged.office.seals.docket import docket
from tests.portal.conftest import Program, agency, at, home, nothing_counted, office, program, program_of, visit
from tests.web.conftest import Office
from tests.web.invented import BOOKING, FILE_NO, NAME, Told

__all__ = ["agency", "at", "home", "nothing_counted", "office", "program", "program_of", "visit"]

MATCHED = Told(state=Match.State.SAME, channel="portal")
UNMATCHED = Told(state=Match.State.NOBODY, form="", text="A letter", decided=False, channel="portal")
NUMBERS = re.compile(rb"[LM]-\d{4}-\d{5}")
TOLD_NOWHERE = (NAME, BOOKING, FILE_NO, "match", "custody", "candidate", "decision", "hold", "review")
Pair = tuple[Arrival, Arrival]


@pytest.fixture
def pair(office: Office, program: Program) -> Pair:
    """Two papers of one agency that came in the same minute: one about somebody here, one about nobody."""
    found, missed = office.paper(MATCHED), office.paper(UNMATCHED)
    for number, arrival in enumerate((found, missed)):
        Submission.objects.create(
            key=program.key,
            agency=program.key.agency,
            custodian=program.key.custodian,
            idempotency_key=f"request-{number}",
            fingerprint="0" * 64,
            arrival=arrival,
            at=arrival.received_at,
        )
    assert (found.received_at - missed.received_at) < timedelta(seconds=1)
    return found, missed


def without_numbers(content: bytes) -> bytes:
    """A body with the docket's numbers blotted out; nothing else differs between any two papers."""
    return NUMBERS.sub(b"NUMBER", content)


def asked(program: Program, address: str) -> tuple[int, bytes, dict[str, str], list[str]]:
    """An answer with everything that travels, and the questions that were put to the database for it."""
    with CaptureQueriesContext(
        connection,
    ) as queries:
        answer = program.get(address)
    put = [re.sub(r"'[^']*'|\b\d+\b", "?", one["sql"]) for one in queries.captured_queries]
    headers = {name: NUMBERS.sub(b"NUMBER", value.encode()).decode() for name, value in answer.headers.items()}
    return answer.status_code, without_numbers(answer.content), headers, put


def test_the_status_is_the_same_byte_for_byte(program: Program, pair: Pair) -> None:
    found, missed = (asked(program, f"/api/v1/papers/{arrival.number}") for arrival in pair)
    assert found[0] == 200
    assert found[:3] == missed[:3]
    assert b'"being_read"' in found[1]


def test_the_same_questions_are_put_to_the_database(program: Program, pair: Pair) -> None:
    found, missed = (asked(program, f"/api/v1/papers/{arrival.number}") for arrival in pair)
    assert found[3]
    assert found[3] == missed[3]


def test_the_pages_are_the_same_too(program: Program, pair: Pair) -> None:
    program.client.post("/portal/sign-in", {"key": program.issued.secret})
    pages = []
    for arrival in pair:
        content = program.client.get(f"/portal/papers/{arrival.number}").content
        content = content.replace(arrival.sha256.encode(), b"DIGEST")
        pages.append(re.sub(rb'name="csrfmiddlewaretoken" value="[^"]*"', b"", without_numbers(content)))
    assert pages[0] == pages[1]
    assert b"Being read" in pages[0]


def test_no_word_of_the_person_is_anywhere(program: Program, pair: Pair) -> None:
    for arrival in pair:
        told = program.get(f"/api/v1/papers/{arrival.number}").content.decode().lower()
        assert [word for word in TOLD_NOWHERE if word.lower() in told] == []


def test_an_address_of_the_agency_is_told_the_same(office: Office, program: Program, pair: Pair) -> None:
    hook(
        program.key.agency,
        program.key.custodian,
        "https://sheriff.example.gov/told",
        office.staff["admin"],
        min(one.received_at for one in pair) - timedelta(minutes=1),
    )
    hooks.queue(office.at)
    told: dict[str, list[bytes]] = {}
    for delivery in Delivery.objects.order_by("id"):
        body = hooks.body(delivery).replace(delivery.event_id.encode(), b"ID")
        told.setdefault(delivery.submission.arrival.number, []).append(without_numbers(body))
    found, missed = told.values()
    assert len(found) == 2
    assert found == missed


@pytest.mark.parametrize("which", [0, 1])
def test_answered_is_told_when_a_letter_went_out_and_not_before(
    which: int, office: Office, program: Program, pair: Pair
) -> None:
    arrival = pair[which]
    matter = arrival.papers.get().matter
    with docket(office.at):
        entry = enter(Sealed("AnswerDrafted", arrival.custodian), office.at)
        answer = Answer.objects.create(
            matter=matter, version=9, decision_version=1, body=b"%PDF-1.7\n", sha256="0" * 64, at=office.at, seal=entry
        )
    assert program.get(f"/api/v1/papers/{arrival.number}").json()["stage"] == "being_read"
    with docket(office.at):
        entry = enter(Sealed("AnswerSent", arrival.custodian), office.at)
        Dispatch.objects.create(
            answer=answer, way="mail", to="1 Main Street", by=office.staff["clerk"], at=office.at, seal=entry
        )
    told = program.get(f"/api/v1/papers/{arrival.number}").json()
    assert told["stage"] == "answered"
    assert told["answered_at"]

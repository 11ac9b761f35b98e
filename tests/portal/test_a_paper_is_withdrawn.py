"""The sender takes a paper back: a new arrival says so with a receipt of its own, and nothing is deleted."""

from django.test import Client

from lodged.log import check, trust
from lodged.office.arrivals import recheck, shelf
from lodged.office.arrivals.models import Arrival, Withdrawal
from lodged.office.desk import porter
from lodged.office.desk.pages.lines import lines
from lodged.office.seals import heads
from lodged.office.seals.models import Entry
from tests.portal.conftest import ANY_DOCUMENT, Program
from tests.web.conftest import Office


def test_the_notice_is_an_arrival_with_its_own_receipt(program: Program) -> None:
    number = program.submit().json()["number"]
    told = program.withdraw(number, "sent to the wrong jail").json()
    assert told["withdraws"] == number
    assert told["number"] != number
    verdict = check(program.get(told["receipt"]).content, told["document"].encode(), trust(heads.key().vkey))
    assert (verdict.ok, verdict.trusted, verdict.document_matches) == (True, True, True)
    assert "sent to the wrong jail" in told["document"]
    withdrawn = Arrival.objects.get(number=number)
    assert shelf.take(withdrawn.sha256) == ANY_DOCUMENT
    assert withdrawn.withdrawal.notice.claims == {"withdraws": number, "reason": "sent to the wrong jail"}
    assert Entry.objects.filter(kind="PaperWithdrawn").count() == 1


def test_withdrawn_twice_it_is_withdrawn_once(program: Program) -> None:
    number = program.submit().json()["number"]
    first, again = program.withdraw(number, "a mistake"), program.withdraw(number)
    assert first.content == again.content
    assert Withdrawal.objects.count() == 1


def test_the_stage_says_withdrawn_and_names_the_notice(program: Program) -> None:
    number = program.submit().json()["number"]
    notice = program.withdraw(number).json()
    told = program.get(f"/api/v1/papers/{number}").json()
    assert told["stage"] == "withdrawn"
    assert told["withdrawn"]["number"] == notice["number"]


def test_no_reason_need_be_given(program: Program) -> None:
    number = program.submit().json()["number"]
    bare = program.client.generic("POST", f"/api/v1/papers/{number}/withdraw", headers=program.shown)
    assert bare.status_code == 200
    assert "none was given" in bare.json()["document"]


def test_what_the_portal_kept_is_what_was_sealed(program: Program) -> None:
    number = program.submit(reference="24-CV-0117").json()["number"]
    program.withdraw(number, "a mistake")
    assert list(recheck.recheck()) == []


def test_the_desk_is_alarmed_by_the_paper_and_by_the_notice(program: Program, office: Office) -> None:
    number = program.submit().json()["number"]
    porter.go_round()
    notice = program.withdraw(number).json()["number"]
    porter.go_round()
    waiting = {line.number: line.need for line in lines()}
    assert waiting[number].alarm
    assert waiting[number].words.startswith("withdrawn by its sender")
    clerk = Client()
    clerk.force_login(office.staff["clerk"], backend="django.contrib.auth.backends.ModelBackend")
    assert "Withdrawn by its sender" in clerk.get(f"/papers/{number}/1").content.decode()
    assert "This notice withdraws" in clerk.get(f"/papers/{notice}/1").content.decode()

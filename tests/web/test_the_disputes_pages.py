"""Disputes in the web: a claim is heard, its page tells both sides, papers are drafted and approved by counsel."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import Settings
from tests.web.conftest import Office

from lodged.office.arrivals.models import Arrival
from lodged.office.disputes.models import Dispute, Draft, SendersList

Visit = Callable[[str], Client]
DATA = Path(__file__).parents[1] / "dispute" / "data"
TYPED = {
    "dialled": "512 555 0199", "day": "2026-11-24", "hour": "03:38:36", "pages": "2", "duration_s": "58", "result": "ok",
    "station_id": "ERO FIELD 5125550100",
}  # fmt: skip


@pytest.fixture(autouse=True)
def set_up(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A spool and a list of numbers; no banner is read, for the pages do not depend on it."""
    folder = tmp_path / "hylafax"
    shutil.copytree(DATA / "spool", folder)
    settings.LODGED_SPOOLS = (folder,)
    settings.LODGED_NUMBERS = tmp_path / "numbers.json"
    (tmp_path / "numbers.json").write_text(json.dumps(json.loads((DATA / "truth.json").read_text())["our_numbers"]))
    monkeypatch.setattr("lodged.dispute.hear.read_banner", lambda document: None)
    return folder


def page(client: Client, number: str = "D-2026-00001") -> str:
    return client.get(reverse("dispute", args=[number])).content.decode()


def test_a_claim_typed_in_comes_to_a_page_with_both_sides(office: Office, visit: Visit) -> None:
    client = visit("clerk")
    answer = client.post(reverse("hear_claim"), TYPED)
    assert answer.status_code == 302
    shown = page(client)
    assert "our intake never noticed" in shown
    assert "delivered, orphaned" in shown
    assert shown.count("this call") == 1
    assert "<svg" in shown
    assert "fax000003125.tif" in shown
    assert "No paper of the docket is linked" in shown


def test_a_scanned_sheet_is_read_and_heard(office: Office, visit: Visit) -> None:
    scan = SimpleUploadedFile("NAME OF SOMEBODY.tif", (DATA / "sheets" / "B.tif").read_bytes())
    visit("clerk").post(reverse("hear_paper"), {"paper": scan})
    dispute = Dispute.objects.get()
    assert dispute.claim["dialled"] == "+15125550199"
    assert "NAME OF SOMEBODY" not in json.dumps(dispute.claim)


@pytest.mark.parametrize(
    ("data", "said"), [(b"", "This file is empty"), (b"GIF89a", "Not a TIFF, PDF, PNG or JPEG file")]
)
def test_a_file_that_cannot_be_read_is_said_so(office: Office, visit: Visit, data: bytes, said: str) -> None:
    answer = visit("clerk").post(reverse("hear_paper"), {"paper": SimpleUploadedFile("x", data)})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Dispute.objects.exists()


@pytest.mark.parametrize("wrong", [{"dialled": "555-0199"}, {"hour": "soon"}, {"pages": "-1"}, {"result": "perhaps"}])
def test_a_claim_that_is_no_claim_is_given_back(office: Office, visit: Visit, wrong: dict[str, str]) -> None:
    answer = visit("clerk").post(reverse("hear_claim"), {**TYPED, **wrong})
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()


def test_a_list_is_heard_and_its_rows_can_be_taken_away(office: Office, visit: Visit) -> None:
    head, good = "Number,Time,Pages,Result,Ref\n", "15125550199,2026-11-24T03:32:30,2,OK,=r1\n"
    rows = head + good + "15125550169,2026-11-24T03:44,1,OK,r2\nx,y,1,OK,r3\n"
    client = visit("clerk")
    answer = client.post(reverse("hear_paper"), {"paper": SimpleUploadedFile("list.csv", rows.encode())})
    found = SendersList.objects.get()
    assert answer.headers["Location"] == reverse("senders_list", args=[found.number])
    shown = client.get(answer.headers["Location"]).content.decode()
    assert "3 rows: 1 agreed, 1 disputed, 1 not read" in shown
    disputed = client.get(reverse("senders_list_rows", args=[found.number, "disputed"])).content.decode()
    assert len(disputed.splitlines()) == 3
    assert "'=r1" in client.get(reverse("senders_list_rows", args=[found.number, "agreed"])).content.decode()
    assert client.get(reverse("senders_list_rows", args=[found.number, "other"])).status_code == 404


def test_the_sweep_takes_in_the_orphan_and_reopens_the_finding(office: Office, visit: Visit) -> None:
    client = visit("clerk")
    client.post(reverse("hear_claim"), TYPED)
    shown = client.post(reverse("sweep"), follow=True).content.decode()
    arrival = Arrival.objects.get(evidence__commid="000003125")
    assert arrival.number in shown
    assert "D-2026-00001 was reopened" in shown
    assert "A later find reopened it" in page(client)
    assert arrival.number in page(client)


def test_papers_are_drafted_by_a_clerk_and_approved_by_counsel_alone(office: Office, visit: Visit) -> None:
    clerk, counsel = visit("clerk"), visit("counsel")
    clerk.post(reverse("hear_claim"), TYPED)
    number = Dispute.objects.get().number
    assert "Approve" not in page(clerk, number)
    clerk.post(reverse("draft_paper", args=[number, "letter"]))
    assert clerk.post(reverse("approve_paper", args=[number, "letter"])).status_code == 403
    counsel.post(reverse("approve_paper", args=[number, "letter"]))
    assert Draft.objects.get(version=2).approved_by == office.staff["counsel"]
    pdf = counsel.get(reverse("finding_paper", args=[number, 1, "letter", 2]))
    assert pdf.headers["Content-Type"] == "application/pdf"
    assert pdf.content.startswith(b"%PDF")
    assert counsel.post(reverse("draft_paper", args=[number, "poem"])).status_code == 404


def test_a_search_is_kept_with_who_and_when(office: Office, visit: Visit) -> None:
    client = visit("clerk")
    client.post(reverse("hear_claim"), TYPED)
    told = {"place": "number +15125550198", "found": "no", "how": "read every fax of that day"}
    client.post(reverse("search_place", args=["D-2026-00001"]), told)
    shown = page(client)
    assert "read every fax of that day · clerk" in shown
    client.post(reverse("search_place", args=["D-2026-00001"]), {**told, "place": "the cellar"}, follow=True)
    assert page(client).count("not searched") == shown.count("not searched")


def test_what_is_not_set_is_said_first(office: Office, visit: Visit, settings: Settings) -> None:
    settings.LODGED_SPOOLS, settings.LODGED_NUMBERS = (Path("/nowhere"),), None
    shown = visit("clerk").get(reverse("disputes")).content.decode()
    assert "No list of our numbers is set" in shown
    assert "spool cannot be read" in shown
    settings.LODGED_SPOOLS = ()
    assert "No fax server is set" in visit("clerk").post(reverse("sweep"), follow=True).content.decode()

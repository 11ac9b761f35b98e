"""Law, reports and log: read by those who may, adopted by counsel alone, every number opening to its entries."""

from collections.abc import Callable

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import Settings
from tests.log.invented import SAW_AT, SECOND_WITNESS, WITNESS
from tests.log.little_witness import LittleWitness, served
from tests.web.conftest import Office
from tests.web.invented import JAIL, NAME

from lodged.log import check, trust
from lodged.office.arrivals import shelf
from lodged.office.decisions.library import packs
from lodged.office.decisions.models import Adoption
from lodged.office.decisions.prose import blocks, pairs, words_for
from lodged.office.desk.rounds import Round
from lodged.office.reports.models import Report
from lodged.office.seals import heads
from lodged.office.seals.models import Receipt

Visit = Callable[[str], Client]
PACK = "us-ny-nyc/9-131"


def test_a_pack_is_advisory_until_counsel_adopts_its_very_version(office: Office, visit: Visit) -> None:
    client = visit("counsel")
    law = reverse("law")
    assert "advisory, not adopted" in client.get(law).content.decode()
    named = packs().named(PACK)
    client.post(reverse("adopt"), {"custodian": JAIL, "pack": [f"{PACK}@000000000000"]})
    assert Adoption.objects.count() == 0
    client.post(reverse("adopt"), {"custodian": JAIL, "pack": [named], "note": "read on paper"})
    adopted = Adoption.objects.get()
    assert (adopted.by, adopted.note) == (office.staff["counsel"], "read on paper")
    page = client.get(law).content.decode()
    assert "read on paper" in page
    assert f'value="{named}"' not in page


def test_a_clerk_reads_the_law_and_finds_no_button(office: Office, visit: Visit) -> None:
    page = visit("clerk").get(reverse("law")).content.decode()
    assert PACK in page
    assert "Adopt what is ticked" not in page


def test_a_pack_shows_its_prose_beside_its_rules(office: Office, visit: Visit) -> None:
    page = visit("clerk").get(reverse("pack", args=[PACK])).content.decode()
    assert 'id="no-hold"' in page
    assert "forbid hold, notify" in page
    assert visit("clerk").get(reverse("pack", args=["us/nothing"])).status_code == 404


def test_every_pack_of_the_library_can_be_shown(office: Office) -> None:
    for pack in packs().packs:
        assert {block.kind for block in blocks(pack.id)} <= {"heading", "text", "list", "law", "case", "code"}
        assert pairs(pack.id)
    assert "judicial warrant" in words_for(PACK, "no-hold")


def test_a_nil_report_says_that_nothing_came(office: Office, visit: Visit) -> None:
    day = f"{office.at:%Y-%m-%d}"
    client = visit("clerk")
    told = {"since": "2020-01-01", "until": "2020-01-31", "custodian": JAIL}
    made = client.post(reverse("reports"), told, follow=True).content.decode()
    assert "Nil report." in made
    assert Report.objects.get().nil is True
    client.post(reverse("reports"), {"since": day, "until": "2020-01-01", "custodian": JAIL})
    client.post(reverse("reports"), {"since": day, "until": day, "custodian": "us-xx/nobody"})
    assert Report.objects.count() == 1


def test_every_figure_opens_to_its_entries(office: Office, visit: Visit) -> None:
    arrival = office.paper()
    counsel = visit("counsel").get(reverse("reports")).content.decode()
    assert f"?of={arrival.seal.index}" in counsel
    assert f"?of={arrival.seal.index}" not in visit("clerk").get(reverse("reports")).content.decode()
    listed = visit("counsel").get(reverse("entries"), {"of": str(arrival.seal.index)}).content.decode()
    assert "A paper came" in listed
    assert "A matter was opened" not in listed


def test_an_entry_shows_what_is_open_and_names_what_is_closed(office: Office, visit: Visit) -> None:
    arrival = office.paper()
    page = visit("admin").get(reverse("entry", args=[arrival.seal.index])).content.decode()
    assert arrival.number in page
    assert "Kept closed" in page
    assert "512 555 0100" not in page
    assert NAME not in page


def test_the_key_and_the_signed_head_are_open_to_anybody(office: Office) -> None:
    office.paper()
    assert Client().get(reverse("log_key")).content.decode().strip() == heads.key().vkey
    newest = heads.newest()
    assert newest is not None
    assert Client().get(reverse("checkpoint")).content.decode() == newest.note


def test_a_receipt_posted_without_script_is_weighed_and_not_kept(office: Office) -> None:
    arrival = office.paper()
    body = bytes(Receipt.objects.get(number=arrival.number).body)
    client = Client(enforce_csrf_checks=True)

    def said(**more: object) -> str:
        told = {"receipt": SimpleUploadedFile("receipt.pdf", body), **more}
        return client.post(reverse("verify_check"), told).content.decode().partition('id="check"')[0]

    document = SimpleUploadedFile("document", shelf.take(arrival.sha256))
    holds = said(key=heads.key().vkey, document=document)
    assert "verdict-card--good" in holds
    assert "verdict-card--half" in said()
    assert "verdict-card--bad" in said(key="no key")
    assert "verdict-card--bad" in said(receipt=SimpleUploadedFile("receipt.pdf", body[:-40] + b"x" * 40))
    assert "no receipt was sent" in client.post(reverse("verify_check"), {}).content.decode()


def test_a_sealed_count_is_listed_by_its_own_last_day(office: Office, visit: Visit) -> None:
    client = visit("clerk")
    client.post(reverse("reports"), {"since": "2020-01-01", "until": "2020-01-31", "custodian": JAIL})
    listed = client.get(reverse("reports")).content.decode().partition("Sealed counts")[2]
    assert "31 Jan 2020" in listed
    assert "1 Feb 2020" not in listed


def test_a_period_that_cannot_be_counted_is_refused_in_days_that_people_write(office: Office, visit: Visit) -> None:
    told = {"since": "2020-03-05", "until": "2020-01-31", "custodian": JAIL}
    page = visit("clerk").post(reverse("reports"), told).content.decode()
    assert "5 Mar 2020 to 31 Jan 2020 cannot be counted." in page
    assert "00:00" not in page.partition("<h1>")[0].partition("<main")[2]


def test_the_log_page_tells_what_each_witness_said_and_the_paper_has_a_second_receipt(
    office: Office, visit: Visit, settings: Settings
) -> None:
    arrival = office.paper()
    with served(LittleWitness(heads.key().verify, WITNESS, SAW_AT)) as address:
        lines = [
            f"witness archive {WITNESS.vkey} {address}",
            f"witness paper {SECOND_WITNESS.vkey} {address}/elsewhere",
        ]
        settings.HOME.witnesses.write_text("\n".join([*lines, "quorum archive", ""]))
        Round(office.at).witness()
    client = visit("counsel")
    page = client.get(reverse("entries")).content.decode()
    assert "Cosigned, at" in page
    assert "the witness does not know this log" in page
    assert "A witness outside refused to sign" in page
    assert "witnessed up to entry" in page
    second = client.get(reverse("witnessed_receipt", args=[arrival.number]))
    assert second.headers["Content-Type"] == "application/pdf"
    assert check(second.content, None, trust(heads.key().vkey)).witnesses == (WITNESS.verify.name,)
    paper = client.get(reverse("paper", args=[arrival.number, 1])).content.decode()
    assert reverse("witnessed_receipt", args=[arrival.number]) in paper
    assert "Outsiders have signed" in Client().get(reverse("verify")).content.decode()

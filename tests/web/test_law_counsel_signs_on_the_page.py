"""The pages on which counsel adopts a reading, a policy or a new version; everybody else reads them."""

from collections.abc import Callable

from django.test import Client
from django.urls import reverse
from tests.web.conftest import Office
from tests.web.invented import JAIL

from lodged.law.written import written_pack
from lodged.office.decisions.acts import adopt
from lodged.office.decisions.finds import binding
from lodged.office.decisions.library import packs
from lodged.office.decisions.models import Adoption, LocalLaw
from lodged.office.seals.models import Entry

Visit = Callable[[str], Client]
PACK = "us-ny-nyc/9-131"
FORM = {
    "custodian": "us/custodian",
    "kind": "policy",
    "about": "hold",
    "answer": "forbid",
    "unless": "federal_judge",
    "citation": "General Order 14.2",
    "since": "2026-01-01",
    "until": "2199-01-01",
}


def shown_text(page: str) -> str:
    """The law text that the page asks to be read before signing."""
    return (
        page.partition('name="shown" hidden>')[2]
        .partition("</textarea>")[0]
        .replace("&#x27;", "'")
        .replace("&quot;", '"')
    )


def test_a_policy_is_shown_with_what_it_changes_before_it_is_signed(office: Office, visit: Visit) -> None:
    client = visit("counsel")
    page = client.post(reverse("adopt_local_law"), FORM).content.decode()
    assert "Read it again before you sign" in page
    assert "effect--forbidden" in page
    assert LocalLaw.objects.count() == 0
    response = client.post(reverse("adopt_local_law"), {**FORM, "sign": "1", "shown": shown_text(page)})
    assert response.headers["Location"].endswith("#law-1")
    kept = LocalLaw.objects.get()
    assert (kept.by, kept.pack) == (office.staff["counsel"], "local/us/custodian/1")
    listed = visit("clerk").get(reverse("local_law"), {"custodian": "us/custodian"}).content.decode()
    assert "must not hold the person past release, unless a federal judge" in listed
    assert "in force" in listed
    assert "Adopt a reading" not in listed


def test_a_form_that_changed_since_it_was_shown_is_shown_again(office: Office, visit: Visit) -> None:
    client = visit("counsel")
    page = client.post(reverse("adopt_local_law"), FORM).content.decode()
    told = {**FORM, "answer": "permit", "sign": "1", "shown": shown_text(page)}
    again = client.post(reverse("adopt_local_law"), told).content.decode()
    assert "Read it again before you sign" in again
    assert LocalLaw.objects.count() == 0


def test_a_wrong_form_keeps_what_was_written(office: Office, visit: Visit) -> None:
    response = visit("counsel").post(reverse("adopt_local_law"), {**FORM, "until": "2020-01-01"})
    page = response.content.decode()
    assert response.status_code == 400
    assert "end before it begins" in page
    assert "General Order 14.2" in page
    assert 'value="2020-01-01"' in page


def test_a_reading_is_one_choice_of_the_list(office: Office, visit: Visit) -> None:
    client = visit("counsel")
    form = {**FORM, "custodian": JAIL, "kind": "reading", "reading": "Q6=B"}
    page = client.post(reverse("adopt_local_law"), form).content.decode()
    assert "settles Q6 is B" in page
    client.post(reverse("adopt_local_law"), {**form, "sign": "1", "shown": shown_text(page)})
    assert LocalLaw.objects.get().about == "Q6"
    assert "Counsel added 1 reading" in client.get(reverse("law"), {"custodian": JAIL}).content.decode()


def test_it_is_withdrawn_with_a_reason_and_stays_listed(office: Office, visit: Visit) -> None:
    client = visit("counsel")
    page = client.post(reverse("adopt_local_law"), FORM).content.decode()
    client.post(reverse("adopt_local_law"), {**FORM, "sign": "1", "shown": shown_text(page)})
    away = reverse("withdraw_local_law", args=[1])
    client.post(away, {"custodian": "us/custodian", "reason": ""})
    assert not hasattr(LocalLaw.objects.get(), "withdrawal")
    client.post(away, {"custodian": "us/custodian", "reason": "a new order"})
    listed = client.get(reverse("local_law"), {"custodian": "us/custodian"}).content.decode()
    assert "withdrawn" in listed
    assert "a new order" in listed
    assert client.post(reverse("withdraw_local_law", args=[7]), {"custodian": JAIL}).status_code == 404


def test_a_decisions_link_to_its_policy_leads_to_the_list(office: Office, visit: Visit) -> None:
    client = visit("counsel")
    page = client.post(reverse("adopt_local_law"), FORM).content.decode()
    client.post(reverse("adopt_local_law"), {**FORM, "sign": "1", "shown": shown_text(page)})
    response = client.get(reverse("pack", args=["local/us/custodian/1"]))
    assert response.headers["Location"] == f"{reverse('local_law')}?custodian=us/custodian#law-1"
    assert client.get(reverse("pack", args=["local/us/custodian/9"])).status_code == 404
    assert client.get(reverse("pack", args=["local/x"])).status_code == 404


def test_the_page_of_new_versions_is_signed_by_counsel_alone(office: Office, visit: Visit) -> None:
    adopt(JAIL, binding(JAIL), office.staff["counsel"], office.at)
    assert "No adopted pack has a newer version" in visit("clerk").get(reverse("upgrade")).content.decode()
    text = written_pack(packs().by_id[PACK]).replace("forbid hold, notify", "forbid hold")
    Adoption.objects.filter(custodian=JAIL, pack=PACK).update(version="0" * 12, text=text)
    assert "wait for counsel" in visit("clerk").get(reverse("upgrade")).content.decode()
    client = visit("counsel")
    page = client.get(reverse("upgrade")).content.decode()
    assert "Answers that change" in page
    assert "effect--forbidden" in page
    client.post(reverse("adopt"), {"custodian": JAIL, "pack": [packs().named(PACK)]})
    assert "No adopted pack has a newer version" in client.get(reverse("upgrade")).content.decode()
    assert Entry.objects.filter(kind="LawAdopted").count() == 2

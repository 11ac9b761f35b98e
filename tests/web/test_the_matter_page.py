"""The matter page: the effect first, reasons under it, sensitive facts only for those who may, agreement only when it can be."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from tests.web.conftest import Office
from tests.web.invented import SECRET_CONVICTION, Told

from lodged.law import FACTS
from lodged.office.decisions.models import FactAnswer
from lodged.office.desk.pages.asking import read_answer
from lodged.office.people.models import Match
from lodged.office.reviews.models import Review

Visit = Callable[[str], Client]


def address(office: Office, told: Told) -> str:
    """The matter's page of a new paper."""
    return reverse("matter", args=[office.paper(told).number.replace("L-", "M-")])


def page(client: Client, where: str) -> str:
    """A page as text."""
    return client.get(where).content.decode()


def test_every_effect_is_a_picture_and_a_word(office: Office, visit: Visit) -> None:
    html = page(visit("counsel"), address(office, Told(state=Match.State.SAME)))
    for name, word in (
        ("forbidden", "Forbidden"),
        ("required", "Required"),
        ("permitted", "Permitted"),
        ("not_known", "Not known"),
        ("contested", "Contested"),
    ):
        badge = html.partition(f"effect--{name}")[2].partition("</span>")[0]
        assert "<svg" in badge
        assert word in badge


def test_a_candidate_decision_is_marked_on_top_and_cannot_be_agreed_to(office: Office, visit: Visit) -> None:
    where = address(office, Told())
    html = page(visit("officer"), where)
    assert "<b>Candidate.</b>" in html
    assert 'value="agree"' not in html
    visit("officer").post(where + "/review", {"version": "1", "verdict": "agree"})
    assert Review.objects.count() == 0


def test_a_conviction_is_shown_to_counsel_and_hidden_from_a_clerk(office: Office, visit: Visit) -> None:
    where = address(office, Told(state=Match.State.SAME))
    assert SECRET_CONVICTION in page(visit("counsel"), where)
    clerk = page(visit("clerk"), where)
    assert SECRET_CONVICTION not in clerk
    assert "known to counsel and release officers" in clerk
    assert "only a release officer or counsel may see or answer this" in clerk


def test_a_clerk_cannot_answer_a_sensitive_question_by_hand_either(office: Office, visit: Visit) -> None:
    where = address(office, Told(state=Match.State.SAME))
    told = {"fact": "person.terrorist_screening_match", "value": "no", "source": "heard"}
    assert visit("clerk").post(where + "/answer", told).status_code == 403
    assert FactAnswer.objects.count() == 0


def test_an_answer_needs_to_say_how_it_is_known(office: Office, visit: Visit) -> None:
    where = address(office, Told(state=Match.State.SAME))
    told = {"fact": "inquiry.item_public", "value": "no", "source": " "}
    visit("clerk").post(where + "/answer", told)
    assert FactAnswer.objects.count() == 0


def test_the_contested_readings_stand_side_by_side(office: Office, visit: Visit) -> None:
    html = page(visit("counsel"), address(office, Told(state=Match.State.SAME)))
    assert "Reading A" in html
    assert "Reading B" in html
    assert "ask counsel" in html


def test_a_deadline_opens_to_its_working(office: Office, visit: Visit) -> None:
    html = page(visit("clerk"), address(office, Told(state=Match.State.SAME)))
    assert "48 hours, every hour counted" in html
    assert "only if" in html


def test_sending_back_needs_a_reason(office: Office, visit: Visit) -> None:
    where = address(office, Told(state=Match.State.SAME))
    visit("officer").post(where + "/review", {"version": "1", "verdict": "send_back", "note": " "})
    assert Review.objects.count() == 0
    visit("officer").post(where + "/review", {"version": "1", "verdict": "send_back", "note": "the date is wrong"})
    assert Review.objects.get().note == "the date is wrong"
    assert "the date is wrong" in page(visit("clerk"), where)


def test_an_older_version_cannot_be_reviewed(office: Office, visit: Visit) -> None:
    where = address(office, Told(state=Match.State.SAME))
    visit("officer").post(where + "/review", {"version": "7", "verdict": "send_back", "note": "late"})
    assert Review.objects.count() == 0


@pytest.mark.parametrize(
    ("fact", "told", "value"),
    [
        ("paper.signed", {"value": ["yes"]}, True),
        ("paper.signed", {"value": ["no"]}, False),
        ("paper.signed", {"value": [""]}, None),
        ("hold.hours", {"value": ["12"]}, 12),
        ("hold.hours", {"value": ["12.5"]}, 12.5),
        ("hold.hours", {"value": ["many"]}, "many"),
        ("person.arrested_on", {"value": ["2026-01-02"]}, "2026-01-02"),
        ("paper.attached", {"value": ["i-200", "i-205"]}, ["i-200", "i-205"]),
        ("paper.attached", {}, []),
        ("person.convictions", {"none": ["1"], "0.code": ["PL"]}, []),
        ("person.convictions", {}, None),
        (
            "person.convictions",
            {"0.code": ["PL"], "0.violent_or_serious": ["no"], "0.days_incarcerated": ["0"]},
            [{"code": "PL", "violent_or_serious": False, "days_incarcerated": 0}],
        ),
    ],
)
def test_a_form_gives_the_laws_own_value(fact: str, told: dict[str, list[str]], value: object) -> None:
    assert read_answer(FACTS[fact], MultiValueDict(told)) == value

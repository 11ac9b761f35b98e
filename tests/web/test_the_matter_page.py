"""The matter page: the effect first, reasons under it, sensitive facts only for those who may, agreement only when it can be."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from tests.web.conftest import Office
from tests.web.invented import SECRET_CONVICTION, Told

from lodged.law import FACTS
from lodged.office.answers.letters import act_answer
from lodged.office.decisions.models import FactAnswer
from lodged.office.desk.pages.asking import read_answer
from lodged.office.desk.pages.convictions import problems
from lodged.office.matters.models import Matter
from lodged.office.people.models import Match
from lodged.office.reviews.acts import Chosen, choose_contested
from lodged.office.reviews.finds import counsels_answers
from lodged.office.reviews.models import CounselsAnswer, Review

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


def test_a_fact_that_a_pack_declares_can_be_answered_like_any_other(office: Office, visit: Visit) -> None:
    where = address(office, Told(state=Match.State.SAME))
    assert 'name="fact" value="requester.only_in_part"' in page(
        visit("counsel"), f"{where}?fact=requester.only_in_part"
    )
    told = {"fact": "requester.only_in_part", "value": "yes", "source": "the agency's own letter"}
    visit("counsel").post(where + "/answer", told)
    assert FactAnswer.objects.get().fact == "requester.only_in_part"
    assert visit("counsel").get(where).status_code == 200


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


def test_nonsense_in_a_conviction_is_said_where_it_stands_and_nothing_typed_is_lost(
    office: Office, visit: Visit
) -> None:
    arrival = office.paper()
    where = reverse("answer_fact", args=[arrival.number.replace("L-", "M-")])
    told = {
        "fact": "person.convictions",
        "source": "court file 12",
        "0.code": "PL",
        "0.section": "120.05",
        "1.code": "zzz",
        "1.state": "Narnia",
        "1.on": "2199-01-01",
    }
    response = visit("counsel").post(where, told)
    page = response.content.decode()
    assert response.status_code == 422
    assert "Conviction 2, code: “zzz” is not the short name of a code" in page
    assert "or the code&#x27;s name in full" in page
    assert "Conviction 2, state: “Narnia” is not a state" in page
    assert "Conviction 2, on: “2199-01-01” lies ahead" in page
    assert "Conviction 1" not in page
    for kept in ("PL", "120.05", "zzz", "Narnia", "2199-01-01", "court file 12"):
        assert f'value="{kept}"' in page
    assert not FactAnswer.objects.exists()


def test_an_answer_without_a_source_keeps_what_was_typed(office: Office, visit: Visit) -> None:
    arrival = office.paper()
    where = reverse("answer_fact", args=[arrival.number.replace("L-", "M-")])
    response = visit("counsel").post(where, {"fact": "hold.hours", "value": "47", "source": ""})
    assert response.status_code == 422
    assert 'value="47"' in response.content.decode()


@pytest.mark.parametrize(
    ("row", "columns"),
    [
        ({"code": "VTL", "section": "1192(2)", "state": "ny", "grade": "E", "on": "2019-05-31"}, []),
        ({"code": "Texas Penal Code", "section": "22.01"}, []),
        ({"code": "PC", "section": "§ 273.5", "grade": "state_prison", "days_incarcerated": "12"}, []),
        ({"code": "zzz", "section": "assault", "days_incarcerated": "-1"}, ["code", "section", "days_incarcerated"]),
        ({"on": "31/31/1999", "grade": "!!"}, ["on", "grade"]),
        ({"code": "", "section": ""}, []),
    ],
)
def test_each_cell_of_a_conviction_is_looked_at(row: dict[str, str], columns: list[str]) -> None:
    assert [one.where for one in problems([row], date(2026, 11, 24))] == [f"0.{column}" for column in columns]


def test_counsel_chooses_where_the_law_is_contested_and_it_stays_contested(office: Office, visit: Visit) -> None:
    where = address(office, Told(state=Match.State.SAME))
    told = {
        "version": "1",
        "act": "answer",
        "does": "no",
        "cite": "Order of 3 May 2026",
        "note": "the court reads it so",
    }
    assert visit("officer").post(where + "/contested", told).status_code == 403
    visit("counsel").post(where + "/contested", {**told, "cite": " "})
    visit("counsel").post(where + "/contested", {**told, "act": "hold"})
    visit("counsel").post(where + "/contested", {**told, "version": "0"})
    assert CounselsAnswer.objects.count() == 0
    matter = Matter.objects.get()
    choose_contested(matter, 1, Chosen("answer", False, told["cite"], told["note"]), office.staff["counsel"], office.at)
    chosen = CounselsAnswer.objects.get()
    assert (chosen.does, chosen.by.username) == (False, "counsel")
    html = page(visit("clerk"), where)
    assert "Counsel chose" in html
    assert "effect--contested" in html
    decision = matter.decisions.get(act="answer")
    assert decision.effect == "contested"
    said = act_answer(decision, None, chosen)
    assert (said.chooses, [one.text for one in said.citations]) == (False, ["Order of 3 May 2026"])


def test_a_choice_of_counsel_lapses_when_what_it_stood_on_moves(office: Office, visit: Visit) -> None:
    office.paper(Told(state=Match.State.SAME))
    matter = Matter.objects.get()
    choose_contested(matter, 1, Chosen("answer", True, "a cite", "a note"), office.staff["counsel"], office.at)
    assert set(counsels_answers(matter)) == {"answer"}
    matter.decisions.update(basis={"reading": 0})
    assert counsels_answers(matter) == {}

"""A question is put to the law one fact at a time; the address holds it all; nothing that was typed is lost."""

import json
from collections.abc import Callable, Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from tests.web.conftest import Office

from lodged.law import decide
from lodged.law.ask import Question
from lodged.office.decisions.library import declared, packs
from lodged.office.decisions.put import Put
from lodged.office.seals.models import Entry
from lodged.problem import ProblemsError

Visit = Callable[[str], Client]
AT = datetime(2020, 1, 17, 14, 5, tzinfo=ZoneInfo("America/New_York"))
START = {"custodian": "us-ny-nyc/doc", "act": "hold", "item": "", "day": "2020-01-17", "time": "14:05"}
ROW = {"0.code": "PL", "0.section": "160.15", "0.state": "ny", "0.class": "felony", "0.on": "2018-05-10"}


def put(**facts: object) -> Put:
    """A hold by the city's jail on the day of the subpoenas."""
    return Put("us-ny-nyc/doc", "hold", AT, {name.replace("__", "."): value for name, value in facts.items()})


def after(client: Client, told: dict[str, object]) -> Put:
    """The question that the address holds after a form was sent."""
    response = client.post(reverse("law_ask"), told)
    assert response.status_code == 302, response.content.decode()
    return Put.read(response.headers["Location"].partition("q=")[2])


def test_from_the_first_page_to_a_decision_with_its_reasons(office: Office, visit: Visit) -> None:
    client = visit("clerk")
    begun = after(client, dict(START))
    assert (begun.custodian, begun.act, dict(begun.facts)) == ("us-ny-nyc/doc", "hold", {})
    form = {"q": begun.link, "fact": "warrant.signed_by", "value": "none"}
    told = after(client, form)
    told = after(client, {"q": told.link, "fact": "paper.form", "value": "i-247a"})
    told = after(client, {"q": told.link, "fact": "paper.box", "value": "1"})
    page = client.get(reverse("law_ask"), {"q": told.link}).content.decode()
    assert "effect--forbidden" in page
    assert "9-131(b)(1)" in page
    assert "What would change this" in page
    assert "Record this request" in page


def test_the_question_asked_is_the_one_that_settles_most_and_says_why(office: Office, visit: Visit) -> None:
    question = put()
    page = visit("clerk").get(reverse("law_ask"), {"q": question.link}).content.decode()
    first = decide(packs(), question.question()).ask_first
    assert first
    assert declared()[first].question in page
    why = page.partition("Why do you ask?")[2].partition("</details>")[0]
    assert "hang" in why
    assert "9-131(b)(1)" in why
    assert "Each answer would lead to" in why


def test_i_dont_know_is_an_answer_and_another_question_is_asked(office: Office, visit: Visit) -> None:
    client = visit("clerk")
    question = put()
    first = decide(packs(), question.question()).ask_first
    told = after(client, {"q": question.link, "fact": first, "unknown": "1"})
    assert told.facts == {first: None}
    page = client.get(reverse("law_ask"), {"q": told.link}).content.decode()
    assert f'name="fact" value="{first}"' not in page
    assert "I don’t know." in page


def test_an_earlier_answer_can_be_changed_in_its_place(office: Office, visit: Visit) -> None:
    client = visit("clerk")
    told = put(paper__form="i-247a", paper__box="1")
    page = client.get(reverse("law_ask"), {"q": told.link, "ask": "paper.box"}).content.decode()
    assert 'value="1" checked' in page
    changed = after(client, {"q": told.link, "fact": "paper.box", "value": "2"})
    assert list(changed.facts.items()) == [("paper.form", "i-247a"), ("paper.box", "2")]


def test_the_page_shows_the_same_decision_as_the_command_line(office: Office, visit: Visit) -> None:
    client = visit("clerk")
    told = put(paper__form="i-247a", paper__box="1", warrant__signed_by="none")
    given = json.loads(client.get(reverse("law_ask_json"), {"q": told.link}).content)
    found = decide(packs(), Question.from_json(given, declared()))
    assert found.effect == "forbidden"
    page = client.get(reverse("law_ask"), {"q": told.link}).content.decode()
    assert all(cite.replace("'", "&#x27;") in page for cite in found.citations)


@pytest.mark.parametrize(
    ("changed", "wrong"),
    [
        ({"0.code": "zz9"}, "“zz9” is not the short name of a code"),
        ({"0.section": "abc"}, "“abc” is not a section"),
        ({"0.state": "QQ"}, "“QQ” is not a state"),
        ({"0.on": "2031-01-01"}, "lies ahead"),
        ({"0.on": "not a day"}, "is not a day"),
        ({"none": "1"}, "“there are none” is ticked beside a conviction"),
    ],
)
def test_a_conviction_that_cannot_be_is_said_and_nothing_typed_is_lost(
    office: Office, visit: Visit, changed: dict[str, str], wrong: str
) -> None:
    told = {**ROW, "1.code": "VTL", "1.section": "1192", **changed}
    form = {"q": put().link, "fact": "person.convictions", **told}
    response = visit("clerk").post(reverse("law_ask"), form)
    page = response.content.decode()
    assert response.status_code == 400
    assert wrong in page
    for text in ("VTL", "1192", *(value for value in changed.values() if value != "1")):
        assert text in page


def test_convictions_become_facts_and_a_missing_part_is_asked_for(office: Office, visit: Visit) -> None:
    client = visit("clerk")
    told = after(client, {"q": put().link, "fact": "person.convictions", **ROW})
    assert told.facts["person.convictions"] == [
        {"code": "PL", "section": "160.15", "state": "NY", "class": "felony", "on": "2018-05-10"}
    ]
    part = after(client, {"q": told.link, "fact": "person.convictions[0].adjudication", "value": "adult"})
    assert part.value("person.convictions[0].adjudication") == "adult"
    assert after(client, {"q": told.link, "fact": "person.convictions", "none": "1"}).facts == {
        "person.convictions": []
    }


def test_another_row_keeps_what_was_typed(office: Office, visit: Visit) -> None:
    form = {"q": put().link, "fact": "person.convictions", **ROW, "more": "1"}
    page = visit("clerk").post(reverse("law_ask"), form).content.decode()
    assert "160.15" in page
    assert 'name="1.code"' in page


def test_facts_that_contradict_one_another_are_a_problem_not_a_broken_page(office: Office, visit: Visit) -> None:
    told = put(paper__attached=["judicial_warrant"], paper__form="i-247a")
    form = {"q": told.link, "fact": "warrant.signed_by", "value": "none"}
    response = visit("clerk").post(reverse("law_ask"), form)
    assert response.status_code == 400
    assert "Not taken yet" in response.content.decode()


@pytest.mark.parametrize("link", ["x", "%%%", "eJwDAAAAAAE", "A" * 7000, "é", "e30", "\0"])
def test_an_address_that_holds_no_question_leads_to_a_new_one(office: Office, visit: Visit, link: str) -> None:
    response = visit("clerk").get(reverse("law_ask"), {"q": link})
    assert response.status_code == 400
    assert "holds no question" in response.content.decode()


@pytest.mark.parametrize(
    ("changed", "wrong"),
    [
        ({"act": "dance"}, "No act was chosen"),
        ({"act": "disclose"}, "not said what is asked for"),
        ({"day": "soon"}, "is no day and time"),
        ({"day": "9999-12-31"}, "1900 to 2199"),
    ],
)
def test_a_wrong_start_is_said_and_kept(office: Office, visit: Visit, changed: dict[str, str], wrong: str) -> None:
    response = visit("clerk").post(reverse("law_ask"), {**START, **changed})
    assert response.status_code == 400
    assert wrong in response.content.decode()


def test_nothing_is_recorded_and_no_name_is_asked_for(office: Office, visit: Visit) -> None:
    client = visit("clerk")
    before = Entry.objects.count()
    page = client.get(reverse("law_ask"), {"q": put(paper__form="i-247a").link}).content.decode()
    assert Entry.objects.count() == before
    assert "Nothing here is recorded about a person" in page
    assert "i-247a" not in client.get(reverse("law_ask"), {"q": put(paper__form="i-247a").link}).request["QUERY_STRING"]


def facts() -> Iterator[st.SearchStrategy[object]]:
    """A value of each kind of fact."""
    yield st.fixed_dictionaries({"paper.signed": st.booleans() | st.none(), "hold.hours": st.integers(0, 99)})
    yield st.fixed_dictionaries({"paper.office": st.sampled_from(["ERO Field Office", "Büro „7“", "…", "a\"b'c"])})


@given(st.one_of(*facts()))
def test_an_address_gives_back_the_question_it_was_made_of(told: dict[str, object]) -> None:
    question = Put("us-ny-nyc/doc", "hold", AT, told)
    assert Put.read(question.link).to_json() == question.to_json()


def test_an_address_that_unpacks_without_end_is_refused() -> None:
    bomb = Put("us-ny-nyc/doc", "hold", AT, {"paper.office": "x" * 500_000}).link
    assert len(bomb) < 6000
    with pytest.raises(ProblemsError, match="holds no question"):
        Put.read(bomb)

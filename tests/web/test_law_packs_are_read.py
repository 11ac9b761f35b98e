"""A pack is read: prose beside rules in words, linked, as in force on a chosen day; every pack can be opened on every day."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from tests.web.conftest import Office

from lodged.law.tree import Define, Rule
from lodged.office.decisions.library import packs
from lodged.office.decisions.opened import Opened
from lodged.office.decisions.plain import Wording

Visit = Callable[[str], Client]
PACK = "us-ny-nyc/9-131"


def test_a_rule_stands_in_plain_words_with_its_anchor_and_its_words_linked(office: Office, visit: Visit) -> None:
    page = visit("clerk").get(reverse("pack", args=[PACK])).content.decode()
    assert 'id="rule-no-hold"' in page
    assert "<b>must not</b> hold the person past release or tell the requester of the release" in page
    assert 'href="#us-ny-nyc-words--define-qualifying"' in page
    assert 'id="us-ny-nyc-words--define-qualifying"' in page


def test_every_link_within_a_pack_page_leads_somewhere(office: Office, visit: Visit) -> None:
    client = visit("clerk")
    for pack in packs().packs:
        page = client.get(reverse("pack", args=[pack.id])).content.decode()
        ids = set(_between(page, 'id="'))
        assert len(ids) == len(_between(page, 'id="')), pack.id
        assert {link for link in _between(page, 'href="#') if link} <= ids, pack.id


def test_a_rule_that_is_not_in_force_on_the_day_is_marked_with_its_dates(office: Office, visit: Visit) -> None:
    client = visit("clerk")
    then = client.get(reverse("pack", args=[PACK]), {"on": "2015-01-01"}).content.decode()
    rule = then.partition('id="rule-no-information"')[2].partition("</section>")[0]
    assert "not in force on this day" in rule
    assert "12 Feb 2015" in rule
    now = client.get(reverse("pack", args=[PACK]), {"on": "2015-02-12"}).content.decode()
    assert "not in force" not in now.partition('id="rule-no-information"')[2].partition("</section>")[0]


def test_every_day_on_which_something_changes_is_listed_and_can_be_stepped_through() -> None:
    opened = Opened(packs().by_id[PACK], date(2015, 1, 1))
    days = [change.day for change in opened.changes]
    assert days[:3] == [date(2014, 12, 14), date(2015, 2, 12), date(2025, 7, 24)]
    assert days == sorted(set(days))
    assert (opened.before, opened.after) == (date(2014, 12, 14), date(2015, 2, 12))


@pytest.mark.parametrize("told", ["2015-13-01", "yesterday", "0001-01-01", "9999-12-31"])
def test_a_day_that_is_none_is_said_and_today_is_shown(office: Office, visit: Visit, told: str) -> None:
    page = visit("clerk").get(reverse("pack", args=[PACK]), {"on": told})
    assert page.status_code == 200
    assert "is no day from 1900 to 2199" in page.content.decode()


def test_both_readings_of_each_open_question_stand_on_the_page(office: Office, visit: Visit) -> None:
    page = visit("clerk").get(reverse("pack", args=[PACK])).content.decode()
    asked = page.partition('aria-labelledby="open-title"')[2]
    assert "Q6" in asked
    assert "Reading A" in asked
    assert "Reading B" in asked
    assert "E.D.N.Y." in asked


def test_worked_cases_are_rows_in_words_that_can_be_tried(office: Office, visit: Visit) -> None:
    client = visit("clerk")
    opened = Opened(packs().by_id[PACK], date(2026, 1, 1))
    cases = [case for part in opened.parts for case in part.cases]
    assert len(cases) > 20
    first = cases[0]
    assert "the paper is a Form I-247A" in first.facts
    assert "Forbidden" in client.get(reverse("law_ask"), {"q": first.link}).content.decode()


def test_every_rule_and_definition_of_the_library_has_words() -> None:
    for pack in packs().packs:
        for statement in pack.statements:
            if isinstance(statement, Rule):
                assert "The custodian" in Wording().rule(statement)
            if isinstance(statement, Define):
                words = Wording().meaning(statement.means)
                assert "paper." not in words
                assert "person." not in words


def test_the_list_names_the_place_the_status_and_the_force_of_every_pack(office: Office, visit: Visit) -> None:
    page = visit("clerk").get(reverse("law")).content.decode()
    for pack in packs().packs:
        assert reverse("pack", args=[pack.id]) in page
    assert "Washington State" in page
    assert "draft" in page
    assert "no longer" in page


def _between(page: str, before: str) -> list[str]:
    return [part.partition('"')[0] for part in page.split(before)[1:]]

"""Two laws side by side, and one paper before every custodian."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from tests.web.conftest import Office

from lodged.law import ACTS, CUSTODIANS
from lodged.office.decisions import proved
from lodged.office.decisions.compared import Side, answers_side_by_side, rules_side_by_side
from lodged.problem import Problem

Visit = Callable[[str], Client]
DOC = "us-ny-nyc/doc"


def test_one_place_on_two_days_shows_the_rule_that_began_between(office: Office) -> None:
    acts = {one.act: one for one in rules_side_by_side(Side(DOC, date(2015, 2, 11)), Side(DOC, date(2015, 2, 12)))}
    assert [rule.name for rule in acts["disclose"].right] == ["no-information"]
    assert not acts["disclose"].left
    assert not acts["hold"].differs


def test_the_same_side_twice_differs_in_nothing(office: Office) -> None:
    side = Side("us-tx/sheriff", date(2026, 1, 1))
    assert not any(one.differs for one in rules_side_by_side(side, side))
    assert answers_side_by_side(side, side)[0] == []


def test_two_places_differ_in_answers_with_the_citations_of_both(office: Office, visit: Visit) -> None:
    told = {"left": DOC, "right": "us-tx/sheriff", "left_on": "2026-01-01", "right_on": "2026-01-01"}
    page = visit("clerk").get(reverse("law_compare"), told).content.decode()
    assert "9-131(b)(1)" in page
    assert "2A.060(a)(1)" in page
    assert "effect--required" in page
    assert "effect--forbidden" in page


def test_a_definition_that_changed_makes_the_rule_differ(office: Office) -> None:
    acts = rules_side_by_side(Side("us-ny/sheriff", date(2018, 11, 13)), Side("us-ny/sheriff", date(2018, 11, 14)))
    hold = next(one for one in acts if one.act == "hold")
    assert hold.differs


def test_every_difference_of_an_act_is_proved_and_shown_in_words(office: Office, visit: Visit) -> None:
    told = {"left": DOC, "right": DOC, "left_on": "2015-02-11", "right_on": "2015-02-12", "prove": "disclose"}
    page = visit("clerk").get(reverse("law_compare"), told).content.decode()
    shown = page.partition('id="proof"')[2].partition('aria-labelledby="rules-title"')[0]
    assert "fewest facts" in shown
    assert "effect--forbidden" in shown
    assert "person." not in shown


def test_without_the_prover_the_page_says_so_and_compares_rule_by_rule(
    office: Office, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(proved, "MISSING", (Problem("prove", "the prover is not installed", "install it"),))
    page = visit("clerk").get(reverse("law_compare"), {"prove": "hold"}).content.decode()
    assert "The prover is not installed" in page
    assert "Rule by rule" in page


def test_a_wrong_day_is_said_and_today_is_shown(office: Office, visit: Visit) -> None:
    page = visit("clerk").get(reverse("law_compare"), {"left_on": "never", "left": "us-xx/nobody"})
    assert page.status_code == 200
    assert "“never” is no day" in page.content.decode()


def test_the_matrix_has_a_cell_for_every_act_of_every_custodian(office: Office, visit: Visit) -> None:
    page = (
        visit("clerk").get(reverse("law_matrix"), {"paper": "bare", "usual": "1", "on": "2026-01-01"}).content.decode()
    )
    table = page.partition('<table class="matrix">')[2]
    assert table.count("<td>") == len(ACTS) * len(CUSTODIANS)
    assert table.count(f"{reverse('law_ask')}?q=") == len(ACTS) * len(CUSTODIANS)
    assert "Tex. Code Crim. Proc." in table
    assert "N.Y.C. Admin. Code § 9-131(b)(1)" in table


def test_the_matrix_takes_nothing_for_granted_when_told_so(office: Office, visit: Visit) -> None:
    client = visit("clerk")
    usual = client.get(reverse("law_matrix"), {"paper": "officers", "usual": "1"}).content.decode()
    bare = client.get(reverse("law_matrix"), {"paper": "officers", "on": "1800-01-01"}).content.decode()
    assert usual.count("effect--not_known") < bare.count("effect--not_known")
    assert "is no day from 1900 to 2199" in bare

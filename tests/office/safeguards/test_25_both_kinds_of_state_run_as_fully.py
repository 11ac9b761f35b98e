"""Safeguard 25: a Texas acceptance goes as far, through the same stations, as a New York declination."""

from datetime import datetime

import pytest

from lodged.office.answers.acts import send
from lodged.office.answers.finds import to_send
from lodged.office.decisions.acts import adopt, answer_fact
from lodged.office.decisions.finds import binding, last_version, newest
from lodged.office.desk.rounds import Round
from lodged.office.desk.story import STORY, TEXAS_ANSWERS
from lodged.office.people.acts import import_roster
from lodged.office.reviews.acts import agree
from lodged.office.staff.models import User
from lodged.person import read_roster
from tests.office.conftest import confirm, taken_in

CASES = {
    "us-tx/sheriff": ("roster-texas.csv", "orphaned-served-warrant.tif", "T26-03318", TEXAS_ANSWERS, "required"),
    "us-ny-nyc/doc": ("roster-nyc-jail.csv", "detainer-with-warrant.tif", "J26-00214", (), "forbidden"),
}


@pytest.mark.parametrize("custodian", CASES)
def test_a_detainer_goes_from_the_fax_to_a_sent_answer(custodian: str, staff: dict[str, User], at: datetime) -> None:
    roster, paper, booking, answers, effect = CASES[custodian]
    import_roster(custodian, read_roster((STORY / roster).read_bytes()).people, at)
    adopt(custodian, binding(custodian), staff["counsel"], at)
    arrival = taken_in(paper, at, custodian)
    matter = confirm(arrival, booking, staff, at)
    for fact, value, source in answers:
        answer_fact(matter, fact, value, source, staff["officer"], at)
    Round(at).advance(arrival)
    assert {decision.effect for decision in newest(matter)} == {effect}
    assert all(decision.body["duties"] for decision in newest(matter).filter(act="hold"))
    agree(matter, last_version(matter), staff["officer"], at)
    Round(at).advance(arrival)
    assert send(to_send()[0], "fax", "the directory's number", staff["clerk"], at).answer.matter == matter

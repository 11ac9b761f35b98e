"""Not known is never guessed: a box in doubt, an unread page or another form is no fact, and decides nothing."""

from datetime import datetime, timedelta

import pytest

from lodged.office.arrivals.acts import Delivery, receive
from lodged.office.decisions.acts import adopt, answer_fact
from lodged.office.decisions.facts import of_paper, of_roster
from lodged.office.decisions.finds import binding, newest
from lodged.office.desk.rounds import Round
from lodged.office.desk.story import STORY, TEXAS_ANSWERS
from lodged.office.matters.models import Matter
from lodged.office.people.acts import import_roster
from lodged.office.people.models import Person
from lodged.office.readings.acts import correct
from lodged.office.readings.finds import newest as newest_reading
from lodged.office.staff.models import User
from lodged.person import read_roster
from tests.office.conftest import JAIL, confirm, taken_in

Staff = dict[str, User]
BOXES = ("b1a", "b1b", "b1c", "b1d", "b2")


def of_texas(staff: Staff, at: datetime, boxes: bool | None) -> Matter:
    """The Texas detainer of the story, everything answered, its boxes set by a clerk."""
    custodian = "us-tx/sheriff"
    import_roster(custodian, read_roster((STORY / "roster-texas.csv").read_bytes()).people, at)
    adopt(custodian, binding(custodian), staff["counsel"], at)
    arrival = taken_in("orphaned-served-warrant.tif", at, custodian)
    correct(arrival.papers.get(), {f"boxes.{name}": boxes for name in BOXES}, staff["clerk"], at)
    Round(at).advance(arrival)
    matter = confirm(arrival, "T26-03318", staff, at)
    for fact, value, source in TEXAS_ANSWERS:
        answer_fact(matter, fact, value, source, staff["officer"], at)
    Round(at).advance(arrival)
    return matter


def test_a_detainer_with_no_box_marked_requires_no_hold(staff: Staff, at: datetime) -> None:
    matter = of_texas(staff, at, False)
    assert newest(matter).get(act="hold").effect != "required"


def test_boxes_that_nobody_could_read_leave_the_hold_not_known(staff: Staff, at: datetime) -> None:
    hold = newest(of_texas(staff, at, None)).get(act="hold")
    assert hold.effect == "not_known"
    assert {"fact": "paper.box"} in hold.body["needs"]


@pytest.mark.parametrize("form", ["i-247a", "arrest_warrant"])
def test_a_file_nobody_could_read_says_nothing_of_a_warrant(
    form: str, staff: Staff, roster: None, law: None, at: datetime
) -> None:
    arrival = receive(Delivery(b"%PDF-1.7 no paper", JAIL, "counter"), at)
    Round(at).advance(arrival)
    correct(arrival.papers.get(), {}, staff["counsel"], at, form=form)
    said = {row.fact for row in of_paper(newest_reading(arrival.papers.get()))}
    assert said.isdisjoint({"paper.attached", "warrant.signed_by", "paper.signed"})


def test_half_a_warrant_says_nothing_of_its_signature(staff: Staff, roster: None, law: None, at: datetime) -> None:
    reading = newest_reading(taken_in("line-dropped.tif", at).papers.get())
    assert "warrant.signed_by" not in {row.fact for row in of_paper(reading)}


@pytest.mark.parametrize(
    ("booked", "released", "expected"),
    [
        (-3, None, True),
        (-3, -1, False),
        (-3, 2, True),
        (3, None, None),
        (None, None, None),
        (None, -1, False),
    ],
)
def test_custody_is_judged_at_the_hour_of_the_act(
    booked: int | None, released: int | None, expected: bool | None, at: datetime
) -> None:
    person = Person(
        booking_no="X-1",
        booked_at=None if booked is None else at + timedelta(days=booked),
        released_at=None if released is None else at + timedelta(days=released),
    )
    said = {row.fact: row.value for row in of_roster(person, at)}
    assert said.get("person.in_custody") is expected

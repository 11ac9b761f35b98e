"""Safeguard 15: nobody is attached by a machine, by one person, or on fewer than two independent identifiers."""

from datetime import datetime

import pytest

from lodged.office.arrivals.models import Arrival
from lodged.office.people.acts import choose, nobody
from lodged.office.people.finds import newest, person
from lodged.office.people.models import Match
from lodged.office.readings.finds import newest as newest_reading
from lodged.office.staff.models import User
from lodged.problem import ProblemsError
from tests.office.conftest import JAIL, taken_in

BOOKING = "J26-25693"
Staff = dict[str, User]


def test_the_machine_attaches_nobody(detainer: Arrival) -> None:
    assert newest(newest_reading(detainer.papers.get())).person is None


def test_one_person_alone_attaches_nobody(detainer: Arrival, staff: Staff, at: datetime) -> None:
    reading, chosen = newest_reading(detainer.papers.get()), person(JAIL, BOOKING)
    assert choose(newest(reading), chosen, staff["clerk"], at).state == Match.State.CHOSEN
    with pytest.raises(ProblemsError, match="somebody else"):
        choose(newest(reading), chosen, staff["clerk"], at)


def test_two_who_agree_attach_the_person(detainer: Arrival, staff: Staff, at: datetime) -> None:
    reading, chosen = newest_reading(detainer.papers.get()), person(JAIL, BOOKING)
    choose(newest(reading), chosen, staff["clerk"], at)
    assert choose(newest(reading), chosen, staff["officer"], at).state == Match.State.SAME


def test_two_who_differ_attach_nobody(staff: Staff, roster: None, law: None, at: datetime) -> None:
    reading = newest_reading(taken_in("detainer-with-warrant.tif", at).papers.get())
    match = newest(reading)
    other = next(found for found in match.candidates if found["booking"] != BOOKING)
    choose(newest(reading), person(JAIL, BOOKING), staff["clerk"], at, "fingerprints")
    other_compared = ["fingerprints", "photograph"]
    with pytest.raises(ProblemsError, match="two independent identifiers"):
        choose(newest(reading), person(JAIL, other["booking"]), staff["officer"], at)
    differing = choose(newest(reading), person(JAIL, BOOKING), staff["officer"], at, other_compared[1])
    assert (differing.state, differing.person) == (Match.State.DIFFER, None)


def test_a_name_with_a_birth_date_is_one_identifier_only(staff: Staff, roster: None, law: None, at: datetime) -> None:
    reading = newest_reading(taken_in("noisy-line.tif", at).papers.get())
    found = newest(reading).candidates[0]
    assert found["identifiers_agreeing"] < 2
    with pytest.raises(ProblemsError, match="two independent identifiers"):
        choose(newest(reading), person(JAIL, found["booking"]), staff["clerk"], at)


def test_detaching_never_needs_two(detainer: Arrival, staff: Staff, at: datetime) -> None:
    reading, chosen = newest_reading(detainer.papers.get()), person(JAIL, BOOKING)
    choose(newest(reading), chosen, staff["clerk"], at)
    choose(newest(reading), chosen, staff["officer"], at)
    assert nobody(reading, staff["clerk"], at).person is None
    assert reading.matches.filter(state=Match.State.SAME).exists()

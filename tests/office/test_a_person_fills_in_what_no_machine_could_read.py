"""A file that no machine can read: a person names its form, types what stands on it, and may name another form."""

from datetime import datetime

import pytest

from lodged.office.arrivals.channels.counter.receive import from_counter
from lodged.office.arrivals.models import Arrival
from lodged.office.desk.rounds import Round
from lodged.office.people.finds import newest as newest_match
from lodged.office.readings.acts import correct
from lodged.office.readings.blank import blank
from lodged.office.readings.body import value
from lodged.office.readings.finds import newest
from lodged.office.staff.models import User
from lodged.page import editions
from tests.office.conftest import JAIL, taken_in


@pytest.fixture
def unreadable(staff: dict[str, User], roster: None, law: None, at: datetime) -> Arrival:
    """Bytes that are no picture and no PDF."""
    arrival = from_counter(b"no file of any kind", "scan.xyz", JAIL, at, "", staff["clerk"])
    Round(at).advance(arrival)
    return arrival


@pytest.mark.parametrize("edition", editions(), ids=lambda edition: edition.form)
def test_a_named_form_has_every_place_of_that_form_and_each_is_still_to_be_read(
    unreadable: Arrival, staff: dict[str, User], at: datetime, edition: object
) -> None:
    known = next(one for one in editions() if one is edition)
    reading = correct(unreadable.papers.get(), {}, staff["clerk"], at, known.form)
    assert set(reading.body["fields"]) == set(known.fields)
    assert set(reading.body["boxes"]) == set(known.boxes)
    assert set(reading.body["signatures"]) == set(known.signatures)
    assert all(place["value"] is None for place in reading.body["boxes"].values())
    assert all(place["unread"] for place in reading.body["fields"].values())


def test_a_form_that_nobody_has_measured_still_has_the_person_to_type(
    unreadable: Arrival, staff: dict[str, User], at: datetime
) -> None:
    reading = correct(unreadable.papers.get(), {}, staff["clerk"], at, "i-247d")
    assert {"name", "dob", "file_no", "officer"} <= set(reading.body["fields"])
    assert set(reading.body["signatures"]) == {"signature"}
    assert set(blank("habeas_writ", 1)["fields"]) >= {"name", "date"}
    assert "due_date" in blank("civil_subpoena", 1)["fields"]


def test_what_is_typed_is_a_persons_reading_and_finds_the_person(
    unreadable: Arrival, staff: dict[str, User], at: datetime
) -> None:
    paper = unreadable.papers.get()
    correct(paper, {}, staff["clerk"], at, "i-247a")
    told = {"fields.name": "MERINO-PEREZ, MARCO ANTONIO", "fields.dob": "11/24/1962", "fields.file_no": "A053 740 075"}
    correct(paper, told, staff["clerk"], at)
    Round(at).advance(unreadable)
    reading = newest(paper)
    assert "unread" not in reading.body["fields"]["name"]
    assert reading.body["fields"]["name"]["person"] is True
    assert newest_match(reading).candidates


def test_the_trouble_stays_on_record_after_somebody_has_named_the_form(
    unreadable: Arrival, staff: dict[str, User], at: datetime
) -> None:
    paper = unreadable.papers.get()
    before = newest(paper).trouble
    assert before
    assert correct(paper, {}, staff["clerk"], at, "i-200").trouble == before


def test_a_form_named_by_mistake_is_named_again_and_shared_places_keep_what_was_typed(
    unreadable: Arrival, staff: dict[str, User], at: datetime
) -> None:
    paper = unreadable.papers.get()
    correct(paper, {}, staff["clerk"], at, "i-200")
    correct(paper, {"fields.name": "RUIZ, ANA"}, staff["clerk"], at)
    second = correct(paper, {}, staff["clerk"], at, "i-247a")
    assert value(second.body, "fields.name") == "RUIZ, ANA"
    assert "dob" in second.body["fields"]
    none = correct(paper, {}, staff["clerk"], at, "")
    assert (none.form, none.body["fields"]) == ("", {})


def test_going_back_to_the_form_the_machine_knew_brings_its_reading_back(
    staff: dict[str, User], roster: None, law: None, at: datetime
) -> None:
    paper = taken_in("detainer-with-warrant.tif", at).papers.get()
    machine = newest(paper)
    correct(paper, {"fields.name": "SOMEBODY, ELSE"}, staff["clerk"], at, "i-247d")
    back = correct(paper, {}, staff["clerk"], at, machine.form)
    assert back.edition == machine.edition
    assert value(back.body, "fields.dob") == value(machine.body, "fields.dob")
    assert value(back.body, "fields.name") == "SOMEBODY, ELSE"
    assert back.body["boxes"] == machine.body["boxes"]

"""Safeguard 2: receipts carry no name, birth date, A-number or kind of form; no address of a page does either."""

import json
from datetime import datetime

import pytest

from lodged.office.arrivals.models import Arrival
from lodged.office.desk.rounds import Round
from lodged.office.seals.models import Entry
from tests.office.conftest import taken_in
from tests.office.safeguards.test_01_nothing_of_the_person_leaves import every_byte

PERSONAL = ("MERINO", "MARCO", "11/24/1962", "1962-11-24", "053740075", "053 740 075", "I-247", "i-247", "detainer")


@pytest.mark.usefixtures("roster", "law")
def test_a_receipt_says_what_came_and_nothing_of_whom_it_is_about(at: datetime) -> None:
    arrival = taken_in("detainer-with-warrant.tif", at)
    told = every_byte(bytes(Round(at).receipt(arrival).body))
    assert [word for word in PERSONAL if word in told] == []
    assert arrival.number in told


def test_no_entry_of_the_log_holds_a_personal_value_in_the_clear(detainer: Arrival) -> None:
    events = "\n".join(bytes(entry.event).decode() for entry in Entry.objects.exclude(kind="LawAdopted"))
    assert [word for word in PERSONAL if word in events] == []
    assert json.loads(bytes(detainer.seal.event))["sealed"].keys() == {"name"}

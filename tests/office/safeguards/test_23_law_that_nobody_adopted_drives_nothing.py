"""Safeguard 23: until counsel adopts each pack by name and version, a decision is advisory and no letter can be agreed to."""

from datetime import datetime

import pytest

from lodged.office.decisions.acts import adopt
from lodged.office.decisions.finds import binding, last_version, newest
from lodged.office.desk.rounds import Round
from lodged.office.matters.models import Matter
from lodged.office.reviews.acts import agree
from lodged.office.staff.models import User
from lodged.problem import ProblemsError
from tests.office.conftest import JAIL, confirm, taken_in


def test_without_adoption_a_decision_is_advisory(staff: dict[str, User], roster: None, at: datetime) -> None:
    arrival = taken_in("detainer-with-warrant.tif", at)
    matter = confirm(arrival, "J26-25693", staff, at)
    assert not newest(matter).filter(adopted=True).exists()
    with pytest.raises(ProblemsError, match="counsel has not adopted"):
        agree(matter, last_version(matter), staff["officer"], at)


def test_adoption_asks_the_law_again(staff: dict[str, User], roster: None, at: datetime) -> None:
    arrival = taken_in("detainer-with-warrant.tif", at)
    matter = confirm(arrival, "J26-25693", staff, at)
    before = newest(matter)[0].version
    adopt(JAIL, binding(JAIL), staff["counsel"], at)
    Round(at).advance(arrival)
    assert newest(matter)[0].version == before + 1
    assert agree(matter, last_version(matter), staff["officer"], at).verdict == "agreed"


def test_another_version_of_a_pack_is_not_the_adopted_one(staff: dict[str, User], roster: None, at: datetime) -> None:
    adopt(JAIL, dict.fromkeys(binding(JAIL), "000000000000"), staff["counsel"], at)
    matter = Matter.objects.get(paper__arrival=taken_in("detainer-with-warrant.tif", at))
    assert not newest(matter).filter(adopted=True).exists()


def test_adopting_twice_adds_nothing(staff: dict[str, User], at: datetime) -> None:
    assert adopt(JAIL, binding(JAIL), staff["counsel"], at) > 0
    assert adopt(JAIL, binding(JAIL), staff["counsel"], at) == 0

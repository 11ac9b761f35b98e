"""A paper whose `To` line names another agency is flagged until a person has said why it is dealt with here."""

from datetime import datetime

import pytest

from lodged.office.arrivals.models import Arrival
from lodged.office.letterheads import names
from lodged.office.readings.acts import correct, keep_addressee
from lodged.office.readings.addressee import addressed_elsewhere, is_one_of
from lodged.office.readings.finds import newest
from lodged.office.seals.models import Entry
from lodged.office.staff.models import User
from lodged.problem import ProblemsError
from tests.office.conftest import JAIL


@pytest.mark.parametrize(
    ("told", "ours"),
    [
        ("NEW YORK CITY DEPARTMENT OF CORRECTION", True),
        ("NYC DEPARTMENT OF CORRECTIONS, RECORDS", True),
        ("NEW Y0RK C1TY DEPARTMENT OF CORRECTI0N", True),
        ("nycdoc", True),
        ("Warden, Rikers Island", True),
        ("ALDER COUNTY JAIL", False),
        ("SUFFOLK COUNTY DEPARTMENT OF CORRECTION", False),
        ("NEW YORK CITY POLICE DEPARTMENT", False),
        ("X", False),
    ],
)
def test_a_line_is_held_against_every_name_of_the_custodian(home: object, told: str, ours: bool) -> None:
    assert is_one_of(told, names(JAIL)) is ours


def test_a_custodian_that_nobody_has_named_is_held_against_nothing(home: object) -> None:
    assert names("us-ca/sheriff") == ()
    assert is_one_of("ANYBODY", ())


def test_the_sample_fax_is_addressed_to_another_jail_and_says_so_until_somebody_has_looked(
    detainer: Arrival, staff: dict[str, User], at: datetime
) -> None:
    paper = detainer.papers.get()
    told = addressed_elsewhere(newest(paper))
    assert "ALDER COUNTY JAIL" in told
    with pytest.raises(ProblemsError, match="nothing is written"):
        keep_addressee(paper, told, " ", staff["clerk"], at)
    keep_addressee(paper, told, "the sender confirmed by telephone that it is ours", staff["clerk"], at)
    assert addressed_elsewhere(newest(paper)) == ""
    assert Entry.objects.filter(kind="AddresseeSeen").count() == 1


def test_another_addressee_is_looked_at_again_and_ours_raises_nothing(
    detainer: Arrival, staff: dict[str, User], at: datetime
) -> None:
    paper = detainer.papers.get()
    keep_addressee(paper, addressed_elsewhere(newest(paper)), "confirmed", staff["clerk"], at)
    correct(paper, {"fields.to": "BIRCH COUNTY JAIL"}, staff["clerk"], at)
    assert addressed_elsewhere(newest(paper)) == "BIRCH COUNTY JAIL"
    correct(paper, {"fields.to": "NYC DOC"}, staff["clerk"], at)
    assert addressed_elsewhere(newest(paper)) == ""
    correct(paper, {"fields.to": ""}, staff["clerk"], at)
    assert addressed_elsewhere(newest(paper)) == ""

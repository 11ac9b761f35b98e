"""An advertisement is closed with a reason, counted, gone from the desk, and taken up again at any time."""

from datetime import datetime, timedelta

import pytest

from lodged.office.arrivals.channels.counter.receive import from_counter
from lodged.office.arrivals.models import Arrival
from lodged.office.desk.pages.lines import lines
from lodged.office.desk.rounds import Round
from lodged.office.matters.acts import close, take_up
from lodged.office.matters.finds import closing
from lodged.office.matters.models import Matter
from lodged.office.reports.figures import Period, figures
from lodged.office.staff.models import User
from lodged.page.mends import MENDS, mend
from lodged.problem import ProblemsError
from tests.office.conftest import JAIL, taken_in


@pytest.fixture
def junk(staff: dict[str, User], at: datetime) -> Matter:
    """A file that is no picture, on the desk."""
    arrival: Arrival = from_counter(b"BUY NOW", "offer.doc", JAIL, at, "", staff["clerk"])
    Round(at).advance(arrival)
    return Matter.objects.get(paper__arrival=arrival)


def counted(at: datetime) -> int:
    """How many closings a report of the day counts."""
    period = Period(JAIL, at - timedelta(days=1), at + timedelta(days=1))
    return next(one.count for one in figures(period) if one.what == "closed: not legal process")


def test_a_closed_paper_is_off_the_desk_counted_and_can_be_taken_up_again(
    junk: Matter, staff: dict[str, User], at: datetime
) -> None:
    assert len(lines()) == 1
    close(junk, "an advertisement", staff["clerk"], at)
    assert lines() == []
    assert counted(at) == 1
    take_up(junk, "it names a person after all", staff["counsel"], at)
    assert len(lines()) == 1
    assert counted(at) == 0
    assert closing(Matter.objects.get(pk=junk.pk)) is None


def test_closing_needs_a_reason_and_is_done_once(junk: Matter, staff: dict[str, User], at: datetime) -> None:
    with pytest.raises(ProblemsError, match="nothing is written"):
        close(junk, "  ", staff["clerk"], at)
    with pytest.raises(ProblemsError, match="not closed"):
        take_up(junk, "a mistake", staff["clerk"], at)
    close(junk, "blank pages", staff["clerk"], at)
    with pytest.raises(ProblemsError, match="closed already"):
        close(junk, "blank pages", staff["clerk"], at)


def test_a_subpoena_with_a_day_is_answered_and_not_closed(
    staff: dict[str, User], roster: None, law: None, at: datetime
) -> None:
    arrival = taken_in("subpoena-with-schedule.tif", at)
    with pytest.raises(ProblemsError, match="due by a day"):
        close(Matter.objects.get(paper__arrival=arrival), "junk", staff["clerk"], at)


def test_each_kind_of_trouble_has_its_own_way_forward() -> None:
    troubles = (
        "the PDF is encrypted",
        "the file is empty",
        "larger than 40 MB",
        "not a TIFF, PDF, PNG or JPEG file",
        "damaged: no page could be read",
    )
    assert len({mend(trouble) for trouble in troubles}) == len(troubles)
    assert mend("anything at all") == MENDS[-1][1]

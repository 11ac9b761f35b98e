"""The roster is searched by a person's own words, and again by the machine when a newer roster comes."""

from datetime import date, datetime, timedelta

import pytest

from lodged.office.arrivals.models import Arrival
from lodged.office.desk.rounds import Round
from lodged.office.people.acts import choose, import_roster, nobody
from lodged.office.people.finds import look, newest, person, todo
from lodged.office.people.models import Match, Search
from lodged.office.readings.acts import correct
from lodged.office.readings.finds import newest as newest_reading
from lodged.office.seals.models import Entry
from lodged.office.staff.models import User
from lodged.person import Person as Booking
from lodged.problem import ProblemsError
from tests.office.conftest import JAIL, taken_in

MEANT = Booking("J26-77001", "MERINO PEREZ", "MARCO ANTONIO", dob=date(1962, 11, 24), a_number="053740075")
OTHER = Booking("J26-77002", "QUISPE", "WAYRA", dob=date(1990, 1, 2))


@pytest.fixture
def missed(staff: dict[str, User], law: None, at: datetime) -> Arrival:
    """A detainer that came before anybody fitting was in the roster."""
    import_roster(JAIL, (OTHER,), at)
    return taken_in("detainer-with-warrant.tif", at)


@pytest.mark.parametrize(
    "asked",
    ["J26-77001", "j26 77001", "11/24/1962", "1962-11-24", "Nov 24, 1962", "A053 740 075", "marco merino", "perez"],
)
def test_a_booking_is_found_by_number_birth_date_or_name(home: object, at: datetime, asked: str) -> None:
    import_roster(JAIL, (MEANT, OTHER), at)
    assert [one.booking_no for one in look(JAIL, asked)] == [MEANT.booking_no]


def test_nothing_asked_finds_nobody_and_another_custodians_roster_is_not_looked_at(home: object, at: datetime) -> None:
    import_roster(JAIL, (MEANT,), at)
    assert look(JAIL, " ") == look(JAIL, "m") == []
    assert look("us-ny-nyc/nypd", "merino") == []


def test_a_newer_roster_is_searched_again_for_a_paper_that_nobody_has_matched(missed: Arrival, at: datetime) -> None:
    reading = newest_reading(missed.papers.get())
    assert newest(reading).state == Match.State.NOT_KNOWN
    assert todo() == []
    import_roster(JAIL, (MEANT, OTHER), at)
    assert todo() == [reading]
    Round(at).everything()
    assert newest(reading).candidates[0]["booking"] == MEANT.booking_no
    assert todo() == []


def test_a_newer_roster_that_changes_nothing_adds_a_search_and_no_match(missed: Arrival, at: datetime) -> None:
    reading = newest_reading(missed.papers.get())
    decisions = missed.papers.get().matter.decisions.count()
    import_roster(JAIL, (OTHER,), at + timedelta(days=1))
    Round(at).everything()
    assert reading.matches.count() == 1
    assert Search.objects.filter(reading=reading).count() == 2
    assert Entry.objects.filter(kind="RosterSearched").count() == 1
    assert missed.papers.get().matter.decisions.count() == decisions


def test_what_a_person_said_is_not_searched_again(missed: Arrival, staff: dict[str, User], at: datetime) -> None:
    nobody(newest_reading(missed.papers.get()), staff["clerk"], at)
    import_roster(JAIL, (MEANT,), at + timedelta(days=1))
    assert todo() == []


def test_somebody_looked_for_is_confirmed_by_two_people_and_two_identifiers_like_anybody(
    missed: Arrival, staff: dict[str, User], at: datetime
) -> None:
    paper = missed.papers.get()
    import_roster(JAIL, (MEANT, OTHER), at)  # came, and the machine has not gone round yet
    with pytest.raises(ProblemsError, match="fewer than two independent identifiers"):
        choose(newest(newest_reading(paper)), person(JAIL, OTHER.booking_no), staff["clerk"], at)
    found = look(JAIL, "merino")[0]
    assert choose(newest(newest_reading(paper)), found, staff["clerk"], at).state == Match.State.CHOSEN
    with pytest.raises(ProblemsError, match="somebody else"):
        choose(newest(newest_reading(paper)), found, staff["clerk"], at)
    assert choose(newest(newest_reading(paper)), found, staff["clerk2"], at).state == Match.State.SAME


def test_citizenship_on_the_paper_moves_nobody_in_what_a_look_finds(
    missed: Arrival, staff: dict[str, User], at: datetime
) -> None:
    import_roster(JAIL, (MEANT, OTHER), at)
    before = [one.booking_no for one in look(JAIL, "26-77")] + [one.booking_no for one in look(JAIL, "J26")]
    for country in ("HAITI", "INDIA", "UNITED STATES"):
        correct(missed.papers.get(), {"fields.citizenship": country}, staff["clerk"], at)
        assert [one.booking_no for one in look(JAIL, "26-77")] + [one.booking_no for one in look(JAIL, "J26")] == before

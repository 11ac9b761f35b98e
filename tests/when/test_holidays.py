"""Days that do not count, and the years nobody may guess."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodged.when.errors import UnknownCalendarError, UnknownYearError, WhenError
from lodged.when.holidays import calendar, calendar_ids, weekday

FEDERAL = calendar("us-federal")
MONDAY, THURSDAY = 0, 3


def nth(year: int, month: int, day_of_week: int, number: int) -> date:
    first = date(year, month, 1)
    return first + timedelta((day_of_week - first.weekday()) % 7 + 7 * (number - 1))


def kept(day: date) -> date:
    """5 U.S.C. § 6103(b): a Saturday holiday is kept on the Friday, a Sunday holiday on the Monday."""
    return day + timedelta({5: -1, 6: 1}.get(day.weekday(), 0))


def by_statute(year: int) -> set[date]:
    """The holidays of 5 U.S.C. § 6103(a), worked out a second way."""
    fixed = [kept(date(year, month, day)) for month, day in ((1, 1), (7, 4), (11, 11), (12, 25))]
    juneteenth = [kept(date(year, 6, 19))] if year >= 2021 else []
    last_of_may = max(day for day in (nth(year, 5, MONDAY, 4), nth(year, 5, MONDAY, 5)) if day.month == 5)
    moving = [nth(year, 1, MONDAY, 3), nth(year, 2, MONDAY, 3), nth(year, 9, MONDAY, 1), nth(year, 10, MONDAY, 2)]
    return {*fixed, *juneteenth, last_of_may, *moving, nth(year, 11, THURSDAY, 4)}


def test_the_list_agrees_with_the_statute_worked_out_a_second_way():
    years = range(2004, 2037)
    expected = {
        day for year in years for day in by_statute(year) if FEDERAL.first_year <= day.year <= FEDERAL.last_year
    }
    assert set(FEDERAL.holidays) == expected


def test_the_calendar_says_what_it_is_and_what_it_cannot_know():
    assert (FEDERAL.id, FEDERAL.first_year, FEDERAL.last_year) == ("us-federal", 2005, 2035)
    assert "6103" in FEDERAL.source
    assert any("President" in each for each in FEDERAL.leaves_out)


def test_a_holiday_on_a_saturday_is_kept_on_the_friday():
    assert FEDERAL.holiday(date(2026, 7, 3)) == "Independence Day"
    assert not FEDERAL.counts(date(2026, 7, 3))
    assert FEDERAL.holiday(date(2026, 7, 4)) is None
    assert FEDERAL.why_not(date(2026, 7, 4)) == "Saturday"


@given(st.dates(date(2005, 1, 1), date(2035, 12, 31)))
def test_a_day_counts_unless_it_is_a_saturday_a_sunday_or_a_holiday(day):
    assert FEDERAL.counts(day) == (weekday(day) not in {"Saturday", "Sunday"} and day not in FEDERAL.holidays)


@given(st.dates().filter(lambda day: not 2005 <= day.year <= 2035))
def test_a_year_outside_the_list_is_never_guessed(day):
    for ask in (FEDERAL.holiday, FEDERAL.counts, FEDERAL.why_not):
        with pytest.raises(UnknownYearError) as caught:
            ask(day)
        assert (caught.value.year, caught.value.first_year, caught.value.last_year) == (day.year, 2005, 2035)


def test_an_unknown_calendar_names_those_there_are():
    with pytest.raises(UnknownCalendarError, match="us-federal"):
        calendar("us-atlantis")
    with pytest.raises(WhenError):
        calendar("../us-federal")
    assert calendar_ids() == ("us-federal",)


def test_a_calendar_cannot_be_changed_by_its_readers():
    with pytest.raises(TypeError):
        FEDERAL.holidays[date(2026, 1, 2)] = "a day off"

"""Hours and days counted by each of the law's ways."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lodged.when.count import add_days_frcp, add_hours, add_hours_frcp, court_days, hours_counted, stretches
from lodged.when.errors import UnknownYearError
from lodged.when.holidays import calendar

FEDERAL = calendar("us-federal")
NEW_YORK = ZoneInfo("America/New_York")
# Havana changes its clocks at midnight, so that some of its days begin at 01:00 and some have midnight twice.
ZONES = st.sampled_from([NEW_YORK, ZoneInfo("America/Denver"), ZoneInfo("America/Phoenix"), ZoneInfo("America/Havana")])
MOMENTS = st.datetimes(datetime(2006, 1, 1), datetime(2034, 6, 1), timezones=st.just(UTC))
DAYS = st.dates(date(2006, 1, 1), date(2034, 6, 1))
HOURS = st.integers(0, 4000).map(lambda quarters: quarters / 4)


def at(written: str) -> datetime:
    return datetime.fromisoformat(written)


# hours ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2026-11-13T15:00-05:00", "2026-11-17T15:00-05:00"),  # Friday to Tuesday
        ("2026-10-09T15:00-04:00", "2026-10-14T15:00-04:00"),  # the Monday is Columbus Day
        ("2026-11-14T11:00-05:00", "2026-11-18T00:00-05:00"),  # a Saturday: counting begins on Monday 00:00
        ("2026-11-24T15:00-05:00", "2026-11-27T15:00-05:00"),  # Thanksgiving in between
        ("2026-10-30T15:00-04:00", "2026-11-03T15:00-05:00"),  # the clocks change on the Sunday left out
    ],
)
def test_the_regulations_48_hours_leave_weekends_and_holidays_out(start, end):
    assert add_hours(at(start), 48, NEW_YORK, FEDERAL) == at(end)


def test_the_forms_48_hours_leave_nothing_out():
    assert add_hours(at("2026-11-13T15:00-05:00"), 48, NEW_YORK, None) == at("2026-11-15T15:00-05:00")


def test_hours_are_real_hours_when_the_clocks_change():
    spring = add_hours(at("2026-03-07T15:00-05:00"), 48, NEW_YORK, None)
    autumn = add_hours(at("2026-10-31T15:00-04:00"), 48, NEW_YORK, None)
    assert (spring.isoformat(), autumn.isoformat()) == ("2026-03-09T16:00:00-04:00", "2026-11-02T14:00:00-05:00")


def test_a_day_whose_clocks_change_is_counted_with_its_23_or_25_hours():
    short, longer = date(2026, 3, 8), date(2026, 11, 1)
    for day, hours in ((short, 23), (longer, 25)):
        whole = stretches(
            datetime(day.year, day.month, day.day, tzinfo=NEW_YORK),
            datetime(day.year, day.month, day.day + 1, tzinfo=NEW_YORK),
            NEW_YORK,
            FEDERAL,
        )
        assert [part.length for part in whole] == [timedelta(hours=hours)]


@given(MOMENTS, HOURS, ZONES, st.sampled_from([FEDERAL, None]))
def test_hours_added_are_hours_counted(start, hours, zone, days_off):
    assert hours_counted(start, add_hours(start, hours, zone, days_off), zone, days_off) == pytest.approx(hours)


@given(MOMENTS, HOURS, HOURS, ZONES)
def test_adding_in_two_steps_is_adding_at_once(start, one, other, zone):
    in_two = add_hours(add_hours(start, one, zone, FEDERAL), other, zone, FEDERAL)
    assert in_two == add_hours(start, one + other, zone, FEDERAL)


@given(MOMENTS, st.lists(st.timedeltas(timedelta(), timedelta(days=30)), min_size=2, max_size=2), ZONES)
def test_hours_counted_of_two_periods_add_up(start, lengths, zone):
    middle = start + lengths[0]
    end = middle + lengths[1]
    parts = hours_counted(start, middle, zone, FEDERAL) + hours_counted(middle, end, zone, FEDERAL)
    assert parts == pytest.approx(hours_counted(start, end, zone, FEDERAL), abs=1e-6)


@given(MOMENTS, st.timedeltas(timedelta(), timedelta(days=30)), ZONES)
def test_counted_hours_are_neither_negative_nor_more_than_passed(start, length, zone):
    counted = hours_counted(start, start + length, zone, FEDERAL)
    assert 0 <= counted <= length / timedelta(hours=1) + 1e-9
    assert hours_counted(start + length, start, zone, FEDERAL) == -counted


@given(MOMENTS, st.integers(1, 400).map(float), ZONES)
def test_a_period_of_counted_hours_never_ends_inside_a_day_that_does_not_count(start, hours, zone):
    end = add_hours(start, hours, zone, FEDERAL)
    just_before = (end.astimezone(UTC) - timedelta(microseconds=1)).astimezone(zone)
    assert FEDERAL.counts(just_before.date())


@given(MOMENTS, HOURS, ZONES)
def test_leaving_days_out_never_brings_the_end_forward(start, hours, zone):
    assert add_hours(start, hours, zone, FEDERAL) >= add_hours(start, hours, zone, None)


@given(MOMENTS, st.timedeltas(timedelta(), timedelta(days=20)), ZONES)
def test_the_stretches_of_a_period_follow_one_another_and_fill_it(start, length, zone):
    parts = stretches(start, start + length, zone, FEDERAL)
    assert sum((part.length for part in parts), timedelta()) == length
    assert all(before.end == after.start for before, after in zip(parts, parts[1:], strict=False))
    assert all(part.day == part.start.astimezone(zone).date() for part in parts)


def test_no_hours_end_where_they_start_and_nothing_less_can_be_added():
    saturday = at("2026-11-14T11:00-05:00")
    assert add_hours(saturday, 0, NEW_YORK, FEDERAL) == saturday
    assert hours_counted(saturday, saturday, NEW_YORK, FEDERAL) == 0
    with pytest.raises(ValueError, match="cannot be added"):
        add_hours(saturday, -1, NEW_YORK, FEDERAL)


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        add_hours(datetime(2026, 1, 1), 1, NEW_YORK, None)


def test_a_period_may_end_with_the_last_year_and_not_run_past_it():
    assert add_hours(at("2035-12-31T00:00-05:00"), 24, NEW_YORK, FEDERAL) == at("2036-01-01T00:00-05:00")
    with pytest.raises(UnknownYearError):
        add_hours(at("2035-12-31T00:00-05:00"), 24.5, NEW_YORK, FEDERAL)
    with pytest.raises(UnknownYearError):
        hours_counted(at("2004-12-31T00:00-05:00"), at("2005-01-05T00:00-05:00"), NEW_YORK, FEDERAL)


# court days ----------------------------------------------------------------------------------------------------


@given(DAYS, st.integers(1, 30))
def test_the_nth_court_day_counts_and_n_days_that_count_lie_up_to_it(start, number):
    end = court_days(start, number, FEDERAL)
    between = [start + timedelta(days=each) for each in range(1, (end - start).days + 1)]
    assert FEDERAL.counts(end)
    assert sum(FEDERAL.counts(day) for day in between) == number


@given(DAYS.filter(FEDERAL.counts), st.integers(1, 30))
def test_court_days_back_and_forth_come_home(start, number):
    assert court_days(court_days(start, number, FEDERAL), -number, FEDERAL) == start


def test_five_court_days_over_independence_day():
    assert court_days(date(2026, 7, 2), 5, FEDERAL) == date(2026, 7, 10)
    assert court_days(date(2026, 7, 10), -5, FEDERAL) == date(2026, 7, 2)


# the Civil Rules -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "days", "last"),
    [
        (date(2020, 1, 13), 14, date(2020, 1, 27)),  # a holiday on the way counts
        (date(2020, 1, 13), 7, date(2020, 1, 21)),  # a last day on a holiday moves on
        (date(2007, 8, 22), 10, date(2007, 9, 4)),  # committee note of 2009: Saturday 1 Sep, then Labor Day
        (date(2007, 9, 11), -10, date(2007, 8, 31)),  # the same note, counted backward: Friday 31 August
        (date(2026, 6, 24), 10, date(2026, 7, 6)),  # Saturday 4 July
    ],
)
def test_rule_6_a_1_counts_every_day_and_moves_the_last(start, days, last):
    assert add_days_frcp(start, days, FEDERAL) == last


@given(DAYS, st.integers(1, 400), st.sampled_from([1, -1]))
def test_a_period_of_days_moves_only_over_days_that_do_not_count(start, days, direction):
    plain = start + timedelta(days=direction * days)
    end = add_days_frcp(start, direction * days, FEDERAL)
    passed = [plain + timedelta(days=direction * each) for each in range(abs((end - plain).days))]
    assert FEDERAL.counts(end)
    assert (end - plain).days * direction >= 0
    assert not any(FEDERAL.counts(day) for day in passed)


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        ("2007-11-02T10:23-04:00", 72, "2007-11-05T09:23-05:00"),  # committee note of 2009
        ("2026-11-12T15:00-05:00", 48, "2026-11-16T15:00-05:00"),  # Saturday 15:00 moves to Monday 15:00
        ("2026-10-09T15:00-04:00", 72, "2026-10-13T15:00-04:00"),  # Monday is Columbus Day
        ("2026-11-10T15:00-05:00", 12, "2026-11-12T03:00-05:00"),  # Veterans Day, a Wednesday
        ("2026-11-16T15:00-05:00", -48, "2026-11-13T15:00-05:00"),  # backward: Saturday moves to Friday
    ],
)
def test_rule_6_a_2_counts_every_hour_and_moves_the_end_to_the_same_time(start, hours, end):
    assert add_hours_frcp(at(start), hours, NEW_YORK, FEDERAL) == at(end)


@given(MOMENTS, st.integers(1, 400), st.sampled_from([1, -1]))
def test_a_period_of_hours_ends_on_a_day_that_counts_at_the_time_it_ran_out(start, hours, direction):
    plain = (start + timedelta(hours=direction * hours)).astimezone(NEW_YORK)
    end = add_hours_frcp(start, direction * hours, NEW_YORK, FEDERAL)
    assert FEDERAL.counts(end.date())
    assert end.time() == plain.time()
    assert (end == plain) == FEDERAL.counts(plain.date())


@settings(max_examples=30)
@given(DAYS)
def test_a_period_of_nothing_is_refused(start):
    for count in (court_days, add_days_frcp):
        with pytest.raises(ValueError, match="is no period"):
            count(start, 0, FEDERAL)
    with pytest.raises(ValueError, match="is no period"):
        add_hours_frcp(datetime(start.year, 1, 1, tzinfo=UTC), 0, UTC, FEDERAL)


def test_court_periods_past_the_list_are_never_guessed():
    for count in (court_days, add_days_frcp):
        with pytest.raises(UnknownYearError):
            count(date(2035, 12, 28), 9, FEDERAL)

"""Deadlines, each with the working that gave it."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodged.problem import ProblemsError
from lodged.when.count import hours_counted
from lodged.when.due import Deadline, due, hold_ends
from lodged.when.errors import UnknownYearError
from lodged.when.holidays import calendar
from lodged.when.rules import rule, rule_ids

FEDERAL = calendar("us-federal")
NEW_YORK = ZoneInfo("America/New_York")
MOMENTS = st.datetimes(datetime(2005, 1, 2), datetime(2035, 6, 1), timezones=st.just(UTC))


def at(written: str) -> datetime:
    return datetime.fromisoformat(written)


def test_fourteen_days_over_a_holiday_that_counts():
    deadline = due("frcp-6a1:14d", date(2020, 1, 13), FEDERAL)
    assert deadline.due == date(2020, 1, 27)
    assert deadline.working == (
        "14 days after Mon 13 Jan 2020",
        "Mon 20 Jan is a holiday and counts: Birthday of Martin Luther King, Jr.",
        "due Mon 27 Jan 2020",
    )


def test_a_last_day_that_cannot_be_the_last_is_explained_day_by_day():
    deadline = due("frcp-6a1:4d", date(2020, 1, 14), FEDERAL)
    assert deadline.due == date(2020, 1, 21)
    assert deadline.working[1:] == (
        "Sat 18 Jan is a Saturday and cannot be the last day",
        "Sun 19 Jan is a Sunday and cannot be the last day",
        "Mon 20 Jan is a holiday (Birthday of Martin Luther King, Jr.) and cannot be the last day",
        "due Tue 21 Jan 2020",
    )


def test_a_moment_starts_a_period_of_days_on_the_day_its_own_clocks_show():
    late = at("2020-01-14T03:00:00+00:00")
    assert due("frcp-6a1:14d", late, FEDERAL, NEW_YORK).due == date(2020, 1, 27)
    assert due("frcp-6a1:14d", late, FEDERAL).due == date(2020, 1, 28)


def test_the_regulations_hours_are_shown_day_by_day():
    deadline = due("8cfr287.7:48h", at("2026-10-09T15:00-04:00"), FEDERAL, NEW_YORK)
    assert deadline.due == at("2026-10-14T15:00-04:00")
    assert deadline.working == (
        "48 hours that count, from Fri 9 Oct 2026 15:00 (UTC-04:00)",
        "Fri 9 Oct: 9 h, 9 h in all",
        "Sat 10 Oct does not count: Saturday",
        "Sun 11 Oct does not count: Sunday",
        "Mon 12 Oct does not count: Columbus Day",
        "Tue 13 Oct: 24 h, 33 h in all",
        "Wed 14 Oct: 15 h, 48 h in all",
        "ends Wed 14 Oct 2026 15:00 (UTC-04:00)",
    )
    assert due("nypd-14-154:48h", at("2026-10-09T15:00-04:00"), FEDERAL, NEW_YORK).due == deadline.due


def test_the_forms_own_clock_leaves_nothing_out():
    deadline = due("i-247a:48h", at("2026-10-09T15:00-04:00"), FEDERAL, NEW_YORK)
    assert deadline.due == at("2026-10-11T15:00-04:00")
    assert deadline.calendar is None
    assert "every hour counts" in deadline.working[1]


def test_the_issuers_date_is_not_moved():
    deadline = due("face:3d", date(2020, 1, 17), FEDERAL)
    assert deadline.due == date(2020, 1, 20)
    assert "do not move it" in deadline.working[1]


def test_hours_of_a_court_run_on_and_then_move():
    deadline = due("frcp-6a2:72h", at("2026-10-09T15:00-04:00"), FEDERAL, NEW_YORK)
    assert deadline.due == at("2026-10-13T15:00-04:00")
    assert "they run out on Mon 12 Oct 2026 15:00 (UTC-04:00)" in deadline.working
    assert "Mon 12 Oct is a holiday (Columbus Day) and cannot be the last day" in deadline.working


def test_a_change_of_clocks_is_said_and_so_is_not_knowing_of_one():
    assert (
        "the clocks change in between: real hours are counted"
        in due("i-247a:48h", at("2026-10-31T15:00-04:00"), None, NEW_YORK).working
    )
    assert any(
        "no time zone being named" in step for step in due("i-247a:48h", at("2026-10-31T15:00-04:00"), None).working
    )


def test_a_period_from_before_the_present_rule_says_by_which_rule_it_was_counted():
    assert any("since 1 Dec 2009" in step for step in due("frcp-6a1:14d", date(2009, 11, 30), FEDERAL).working)
    assert not any("since 1 Dec 2009" in step for step in due("frcp-6a1:14d", date(2009, 12, 1), FEDERAL).working)


@given(MOMENTS)
def test_of_a_holds_two_clocks_the_earlier_comes_first(released):
    first, second = hold_ends(released, FEDERAL, NEW_YORK)
    assert first.due <= second.due
    assert first.rule.ends_hold
    assert second.rule.ends_hold
    assert hours_counted(released, first.due, NEW_YORK, None) == 48
    assert hours_counted(released, second.due, NEW_YORK, FEDERAL) == 48


@given(MOMENTS, st.sampled_from(rule_ids()))
def test_every_deadline_ends_its_working_with_its_own_day(start, rule_id):
    deadline = due(rule_id, start, FEDERAL, NEW_YORK)
    day = deadline.due.date() if isinstance(deadline.due, datetime) else deadline.due
    assert f"{day.day} {day:%b} {day.year}" in deadline.working[-1]
    assert deadline.working[-1].startswith(("due ", "ends "))


def test_a_deadline_without_its_working_cannot_be_built():
    for working in ((), ("",), ("due Mon", " ")):
        with pytest.raises(ValueError, match="without its working"):
            Deadline(date(2020, 1, 27), working, rule("frcp-6a1:14d"), FEDERAL)


def test_a_rule_that_leaves_days_out_wants_a_calendar():
    with pytest.raises(ProblemsError, match="name a calendar"):
        due("8cfr287.7:48h", at("2026-10-09T15:00-04:00"), None, NEW_YORK)


@pytest.mark.parametrize("start", [date(2026, 10, 9), datetime(2026, 10, 9, 15)])
def test_hours_want_a_moment_with_its_offset(start):
    with pytest.raises(ProblemsError, match="offset"):
        due("i-247a:48h", start, None)


def test_an_unknown_year_is_never_guessed():
    with pytest.raises(UnknownYearError):
        due("frcp-6a1:14d", date(2035, 12, 20), FEDERAL)
    assert due("face:14d", date(2040, 1, 1), None).due == date(2040, 1, 15)


@pytest.mark.parametrize("start", [date.max, date.max - timedelta(days=3), datetime.max.replace(tzinfo=UTC)])
def test_the_edge_of_the_calendar_is_a_problem_not_a_crash(start):
    with pytest.raises(ProblemsError, match="edge"):
        due("face:14d", start, None, NEW_YORK)

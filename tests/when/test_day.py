"""Days and moments as people write them."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodged.problem import Problem
from lodged.when.day import parse_day, parse_moment, parse_zone, spoken_day, spoken_moment, weekday, years_before

NEW_YORK = ZoneInfo("America/New_York")


@pytest.mark.parametrize(
    ("day", "years", "first"),
    [
        (date(2020, 2, 3), 5, date(2015, 2, 3)),
        (date(2020, 2, 29), 5, date(2015, 2, 28)),
        (date(2024, 2, 29), 4, date(2020, 2, 28)),
        (date(2020, 2, 28), 4, date(2016, 2, 28)),
        (date(2021, 3, 1), 1, date(2020, 3, 1)),
    ],
)
def test_a_look_back_reaches_the_same_calendar_day_and_29_february_counts_as_28(day, years, first):
    assert years_before(day, years) == first


@given(st.dates(min_value=date(1900, 1, 1)), st.integers(0, 100), st.integers(0, 100))
def test_look_backs_add_up(day, one, other):
    assert years_before(years_before(day, one), other) == years_before(day, one + other)


@given(st.dates(min_value=date(1900, 1, 1)), st.dates(min_value=date(1900, 1, 1)), st.integers(0, 100))
def test_a_later_day_never_looks_back_further(one, other, years):
    earlier, later = sorted((one, other))
    assert years_before(earlier, years) <= years_before(later, years)


def test_a_look_back_into_the_future_is_refused():
    with pytest.raises(ValueError, match="does not look back"):
        years_before(date(2020, 1, 1), -1)


@given(st.dates())
def test_every_day_is_read_back_as_it_was_written(day):
    assert parse_day(f" {day.isoformat()} ", "here") == day


@pytest.mark.parametrize(
    "text", ["", "13 Jan 2020", "2020-02-30", "2020-13-01", "20200113", "٢٠٢٠-٠١-١٣", "0000-01-01", "2020-1-3"]
)
def test_what_is_no_day_is_a_problem_in_the_readers_own_words(text):
    problem = parse_day(text, "--from")
    assert isinstance(problem, Problem)
    assert f"`{text}`" in problem.what
    assert "YYYY-MM-DD" in problem.mend


@given(st.datetimes(timezones=st.sampled_from([NEW_YORK, ZoneInfo("Asia/Kolkata"), ZoneInfo("UTC")])))
def test_every_moment_is_read_back_as_it_was_written(moment):
    assert parse_moment(moment.isoformat(), "here") == datetime.fromisoformat(moment.isoformat())


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("", "is not a moment"),
        ("noon", "is not a moment"),
        ("2020-01-13", "has no hour"),
        ("2020-01-13T10:00", "does not say in which time zone"),
        ("2020-01-13T25:00Z", "is not a moment"),
    ],
)
def test_what_is_no_moment_is_a_problem(text, what):
    problem = parse_moment(text, "--from")
    assert isinstance(problem, Problem)
    assert what in problem.what
    assert problem.mend


def test_a_bare_time_is_read_on_the_clocks_of_the_zone():
    assert str(parse_moment("2026-11-24T16:52", "here", NEW_YORK)) == "2026-11-24 16:52:00-05:00"


def test_a_time_with_an_offset_is_shown_on_the_clocks_of_the_zone():
    assert str(parse_moment("2026-11-24T21:52Z", "here", NEW_YORK)) == "2026-11-24 16:52:00-05:00"


@pytest.mark.parametrize("text", ["2026-03-08T02:30", "2026-11-01T01:30"])
def test_a_time_that_the_clocks_skip_or_show_twice_is_not_guessed(text):
    problem = parse_moment(text, "here", NEW_YORK)
    assert isinstance(problem, Problem)
    assert "skipped or shown twice" in problem.what


@pytest.mark.parametrize("text", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:00:00-05:00"])
def test_the_edge_of_the_calendar_is_a_problem_not_a_crash(text):
    assert isinstance(parse_moment(text, "here", ZoneInfo("UTC")), Problem)


@pytest.mark.parametrize("name", ["", "Nowhere/Atlantis", "../../etc/passwd", "/etc/localtime", "America", "\0"])
def test_an_unknown_zone_is_a_problem(name):
    assert isinstance(parse_zone(name, "--zone"), Problem)


def test_a_known_zone_is_found():
    assert parse_zone(" America/Denver ", "--zone") == ZoneInfo("America/Denver")


def test_days_and_moments_are_spoken_in_english_with_their_offset():
    assert spoken_day(date(2026, 11, 6)) == "Fri 6 Nov 2026"
    assert spoken_day(date(2026, 11, 6), with_year=False) == "Fri 6 Nov"
    assert spoken_moment(datetime.fromisoformat("2026-11-06T05:00:30+05:30")) == "Fri 6 Nov 2026 05:00:30 (UTC+05:30)"
    assert weekday(date(2026, 11, 8)) == "Sunday"

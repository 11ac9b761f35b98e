"""Times as the makers print them."""

import pytest

from lodged.dispute.moments import read_printed


@pytest.mark.parametrize(
    ("printed", "at", "within"),
    [
        ("11/24/2026 03:32:30", "2026-11-24T03:32:30", 1),
        ("11/24/2026 03:33", "2026-11-24T03:33:00", 60),
        ("NOV. 24, 2026 03:34", "2026-11-24T03:34:00", 60),
        ("NOV.24 2026 03:33:52", "2026-11-24T03:33:52", 1),
        ("Nov 24 2026 03:35AM", "2026-11-24T03:35:00", 60),
        ("11/24/2026 12:05:00am", "2026-11-24T00:05:00", 1),
        ("11/24/26 3:05 p.m.", "2026-11-24T15:05:00", 60),
        ("24-Nov-26 15:05", "2026-11-24T15:05:00", 60),
        ("24.11.2026 15:05", "2026-11-24T15:05:00", 60),
        ("24/11/2026 15:05", "2026-11-24T15:05:00", 60),
        ("11/24/202603:32:30", "2026-11-24T03:32:30", 1),
        ("2026-11-24 15:05:09", "2026-11-24T15:05:09", 1),
        ("Tue Nov 24 03:32:30 2026", "2026-11-24T03:32:30", 1),
        ("November 24, 2026", "2026-11-24T00:00:00", 86_400),
    ],
)
def test_a_time_is_read_with_how_exactly_it_tells(printed: str, at: str, within: int) -> None:
    read = read_printed(printed)
    assert read is not None
    assert (read.at.isoformat(), read.within_s) == (at, within)


@pytest.mark.parametrize("printed", ["", "03:32", "15125550199", "13/32/2026 01:00", "11/24/2026 25:00", "Foo 24 2026"])
def test_what_is_no_time_is_none(printed: str) -> None:
    assert read_printed(printed) is None


def test_a_day_without_its_year_takes_the_one_it_is_given() -> None:
    read = read_printed("NOV-24 15:05", 2026)
    assert read is not None
    assert read.at.isoformat() == "2026-11-24T15:05:00"
    assert read_printed("NOV-24 15:05") is None

"""Days and hours as a reader is told them."""

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from lodged.letter.said import count_said, groups, hour_said


def test_an_hour_says_its_zone_summer_and_winter() -> None:
    new_york = ZoneInfo("America/New_York")
    assert hour_said(datetime(2026, 7, 1, 9, 5, tzinfo=new_york)) == "July 1, 2026, 09:05:00 EDT (America/New_York)"
    assert hour_said(datetime(2026, 1, 1, 9, 5, tzinfo=new_york)) == "January 1, 2026, 09:05:00 EST (America/New_York)"


def test_an_hour_with_a_bare_offset_says_the_offset() -> None:
    at = datetime(2026, 7, 1, 9, 5, tzinfo=timezone(timedelta(hours=-5)))
    assert hour_said(at) == "July 1, 2026, 09:05:00 UTC-05:00"
    assert hour_said(datetime(2026, 7, 1, 9, 5, tzinfo=UTC)) == "July 1, 2026, 09:05:00 UTC"


def test_an_hour_without_a_zone_is_not_told() -> None:
    with pytest.raises(ValueError, match="without a zone"):
        hour_said(datetime(2026, 7, 1, 9, 5))


def test_one_is_not_many() -> None:
    assert [count_said(n, "page") for n in (0, 1, 2)] == ["0 pages", "1 page", "2 pages"]


def test_a_digest_is_two_lines_of_four_groups() -> None:
    assert [len(line.split()) for line in groups(bytes(32))] == [4, 4]

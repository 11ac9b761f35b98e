"""Who was watching: gaps of the log, lines that were down, numbers missing, servers restarted."""

from datetime import UTC, timedelta

import pytest
from tests.dispute.invented import HOUR, alive, rows, spool

from lodged.dispute.watch import Watch, line_up, watch
from lodged.log.entry import Clocks, Event

SINCE, UNTIL = HOUR.replace(tzinfo=UTC), HOUR.replace(tzinfo=UTC) + timedelta(minutes=5)


def over(watched: Watch) -> tuple[str, ...]:
    return watched.over(SINCE, UNTIL)


def test_a_log_that_is_alive_with_its_line_up_leaves_nothing_open() -> None:
    assert over(watch(alive(), [], [], UTC)) == ()


def test_a_log_that_is_alive_says_nothing_of_the_line_by_itself() -> None:
    beats = [Event("DecisionReviewed", "Alder", event.clocks) for event in alive()]
    assert over(watch(beats, [], [], UTC)) == ("nothing says that our line was up at that hour",)


@pytest.mark.parametrize(("without", "open_"), [([8], True), ([9], True), ([6], False), ([11], False)])
def test_a_heartbeat_missing_at_that_hour_is_a_gap(without: list[int], open_: bool) -> None:
    assert bool(over(watch(alive(without=without), [], [], UTC))) == open_


def test_signs_of_life_that_end_before_that_hour_do_not_reach_over_it() -> None:
    beats = [event for event in alive() if event.clocks.host < "2026-11-24T15:00"]
    assert "do not reach over that hour" in " ".join(over(watch(beats, [], [], UTC)))


def test_a_declared_gap_counts() -> None:
    gap = {"from": "2026-11-24T15:00:00+00:00", "to": "2026-11-24T16:00:00+00:00", "what": "restored from a backup"}
    events = [*alive(), Event("GapStatement", "Alder", Clocks("2026-11-24T16:05:00+00:00"), facts=gap)]
    assert any("restored from a backup" in why for why in over(watch(events, [], [], UTC)))


@pytest.mark.parametrize(
    ("facts", "up"),
    [
        ({"line": "up"}, True),
        ({"line": "down"}, False),
        ({"lines": {"ttyS0": "up", "ttyS1": "down"}}, False),
        ({"modem_state": "running and idle"}, True),
        ({"queue": 0}, None),
    ],
)
def test_what_a_heartbeat_says_of_the_line(facts: dict[str, object], up: bool | None) -> None:
    assert line_up(Event("Heartbeat", "Alder", Clocks("2026-11-24T15:00:00+00:00"), facts=facts)) is up  # type: ignore[arg-type]


def test_a_number_missing_at_the_end_of_the_sequence_is_missed_too() -> None:
    told = spool(rows("000000001", at=HOUR - timedelta(hours=1)), next_call=3)
    found = watch(alive(), [told], [], UTC)
    assert "call number 2 of the fax server left no record" in over(found)

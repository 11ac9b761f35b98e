"""Times for which a log cannot say that nothing came: no heartbeat, a line down, a wrong clock, a declared gap."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta

from lodged.log.canonical import Json
from lodged.log.entry import Event, parse_moment

HEARTBEAT = timedelta(minutes=15)  # the promise: an entry at least this often, when nothing else comes
SLACK = timedelta(minutes=5)  # a heartbeat that waits for a writer, or for a busy disk, is not yet a gap
DECLARED = "GapStatement"
BEAT = "Heartbeat"
UP = "up"
MOST_OFFSET_S = 60  # ours: a fax log tells whole minutes, so a clock within one is not told apart from a right one


@dataclass(frozen=True, slots=True)
class Gap:
    """From one moment to another (ISO 8601 with offset), and what is known of the time between."""

    since: str
    until: str
    what: str

    def record(self) -> dict[str, Json]:
        """The gap as a JSON object."""
        return {"from": self.since, "to": self.until, "what": self.what}


def find_gaps(events: Iterable[Event | None], most: timedelta = HEARTBEAT + SLACK) -> tuple[Gap, ...]:
    """The gaps between opened entries, in their order; None is an entry that is closed for ever.

    >>> from lodged.log.entry import Clocks
    >>> beats = [Clocks(f"2026-11-24T{hour}:00-05:00") for hour in ("16:00", "17:30")]
    >>> [gap.what for gap in find_gaps(Event("Heartbeat", "Ossian County Jail", clocks) for clocks in beats)]
    ['no entry for 90 minutes; a heartbeat is due every 15']
    """
    return tuple(_gaps(events, most))


def _gaps(events: Iterable[Event | None], most: timedelta) -> Iterator[Gap]:
    before: Event | None = None
    closed = 0
    beats: list[Event] = []
    for event in events:
        if event is None:
            closed += 1
            continue
        if before:
            yield from _between(before, event, closed, most)
        if event.kind == DECLARED:
            yield _declared(event)
        if event.kind == BEAT:
            yield from _told(beats[-1] if beats else event, event)
            beats = [event]
        before, closed = event, 0


def _told(before: Event, beat: Event) -> Iterator[Gap]:
    """What a heartbeat itself says was wrong; when it began is not known, so since the heartbeat before."""
    since, until = before.clocks.host, beat.clocks.host
    lines = beat.facts.get("lines")
    for name, state in sorted(lines.items()) if isinstance(lines, Mapping) else ():
        if state != UP:
            yield Gap(since, until, f"the line `{name}` was not up: {state}")
    offset = beat.facts.get("clock_offset_s")
    if isinstance(offset, int) and abs(offset) > MOST_OFFSET_S:
        yield Gap(since, until, f"the clock was {abs(offset)} seconds {'behind' if offset > 0 else 'ahead'}")


def _between(before: Event, after: Event, closed: int, most: timedelta) -> Iterator[Gap]:
    since, until = before.clocks.host, after.clocks.host
    passed = parse_moment(until) - parse_moment(since)
    minutes = abs(passed) // timedelta(minutes=1)
    if passed > most:
        due = HEARTBEAT // timedelta(minutes=1)
        between = f"no entry for {minutes} minutes" if not closed else f"{closed} closed entries in {minutes} minutes"
        yield Gap(since, until, f"{between}; a heartbeat is due every {due}")
    if passed < -SLACK:
        yield Gap(until, since, f"the clock went back by {minutes} minutes")


def _declared(event: Event) -> Gap:
    told = {key: value for key, value in event.facts.items() if isinstance(value, str)}
    here = event.clocks.host
    return Gap(told.get("from", here), told.get("to", here), "declared: " + told.get("what", "nothing is said of it"))

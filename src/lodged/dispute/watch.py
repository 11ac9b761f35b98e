"""Who was watching: whether, in some minutes, our own records could have missed a call.

Absence proves something only where such things are regularly recorded (FRE 803(7), 803(10)): the log was kept
without a gap, the line was up, every number in the server's sequence is accounted for.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from itertools import pairwise

from lodged.dispute.sides import Call
from lodged.fax import Spool
from lodged.log.entry import Event, parse_moment
from lodged.log.gaps import HEARTBEAT, SLACK, find_gaps

LINE = re.compile(r"line|modem")
LINE_DOWN = ("down", "no dial tone", "off hook", "wedged", "out of service")
LINE_TOLD_EVERY = HEARTBEAT + SLACK
_FIRST = datetime.min.replace(tzinfo=UTC)
_LAST = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Blind:
    """A time for which something of ours was not watching, and what."""

    since: datetime
    until: datetime
    what: str


@dataclass(frozen=True, slots=True)
class Watch:
    """When our log says it was alive (`beats`, UTC, in order), and when something was not watching."""

    beats: tuple[datetime, ...] = ()
    blind: tuple[Blind, ...] = ()

    def over(self, since: datetime, until: datetime) -> tuple[str, ...]:
        """Why nothing can be said of a time; empty when it was watched from end to end."""
        return tuple(dict.fromkeys(one.what for one in self.within(since, until))) + tuple(self._unheard(since, until))

    def within(self, since: datetime, until: datetime) -> tuple[Blind, ...]:
        """The times without a watch that touch this one."""
        return tuple(one for one in self.blind if one.since <= until and one.until >= since)

    def _unheard(self, since: datetime, until: datetime) -> Iterator[str]:
        if not self.beats:
            yield "no record was given that shows the log and the line alive at that hour"
        elif self.beats[0] > since or self.beats[-1] < until:
            yield "the log's own signs of life do not reach over that hour"


def watch(events: Iterable[Event], spools: Iterable[Spool], calls: Sequence[Call], zone: tzinfo) -> Watch:
    """What the log's entries and the fax servers' own records say of each other's hours."""
    ordered = sorted(
        {event.text(): event for event in events}.values(), key=lambda event: parse_moment(event.clocks.host)
    )
    beats = tuple(parse_moment(event.clocks.host).astimezone(UTC) for event in ordered)
    blind = [
        Blind(
            parse_moment(gap.since).astimezone(UTC),
            parse_moment(gap.until).astimezone(UTC),
            f"the log has a gap: {gap.what}",
        )
        for gap in find_gaps(ordered)
    ]
    blind += list(_lines_down(ordered))
    for spool in spools:
        own = [call for call in calls if call.spool == spool.name]
        blind += [*_restarts(own, zone), *_missing(spool, own), *_unreadable(spool)]
    return Watch(beats, tuple(sorted(set(blind), key=lambda one: (one.since, one.until, one.what))))


def _lines_down(ordered: Sequence[Event]) -> Iterator[Blind]:
    """A heartbeat that says the line is down speaks for the time to the next one that says something else.

    Where none says that it is up, nothing speaks for the line: a log can be alive beside a dead telephone.
    """
    said = [
        (parse_moment(event.clocks.host).astimezone(UTC), up) for event in ordered if (up := line_up(event)) is not None
    ]
    for (at, up), (following, _) in pairwise([*said, (_LAST, True)]):
        if not up:
            yield Blind(at, following, "our line was down")
    told = [at for at, up in said if up]
    for before, after in pairwise([_FIRST, *told, _LAST]):
        if after is _LAST or before is _FIRST or after - before > LINE_TOLD_EVERY:
            yield Blind(before, after, "nothing says that our line was up at that hour")


def line_up(event: Event) -> bool | None:
    """What an entry says of our line: up, down, or nothing. Where it tells of several lines, one that is down counts."""
    words = [word.lower() for key, value in event.facts.items() if LINE.search(key) for word in _words(value)]
    if not words:
        return None
    return not any(word in LINE_DOWN for word in words)


def _words(value: object) -> list[str]:
    if isinstance(value, Mapping):
        return [word for inner in value.values() for word in _words(inner)]
    return [value] if isinstance(value, str) else []


def _restarts(calls: Sequence[Call], zone: tzinfo) -> Iterator[Blind]:
    """The process that answers lives through many calls; where it changed, it was stopped and started between them."""
    lines: dict[str, list[Call]] = {}
    for call in calls:
        if call.trace and call.started:
            modem = next((row.modem for row in call.rows if row.modem), "")
            lines.setdefault(modem if len({row.modem for one in calls for row in one.rows}) > 1 else "", []).append(
                call
            )
    for traced in lines.values():
        ordered = sorted((call for call in traced if call.trace), key=lambda call: (call.started, call.commid))
        for before, after in pairwise(ordered):
            if (
                before.trace
                and after.trace
                and before.trace.process != after.trace.process
                and before.ended
                and after.started
            ):
                yield Blind(
                    before.ended, after.started, "the fax server was stopped and started again around that hour"
                )


def _missing(spool: Spool, calls: Sequence[Call]) -> Iterator[Blind]:
    """Numbers of the server's sequence that left no row, no trace and no file: somebody rang, and nothing tells who."""
    used = {int(row.commid) for row in spool.rows if row.commid.isdigit()}
    used |= {int(trace.commid) for trace in spool.traces}
    times = {int(call.commid): call for call in calls if call.commid.isdigit() and call.started}
    ordered = sorted(used)
    ends = (
        [*ordered, spool.next_call]
        if spool.next_call is not None and ordered and spool.next_call > ordered[-1]
        else ordered
    )
    for before, after in pairwise(ends):
        if after - before > 1:
            told = f"{before + 1}" if after - before == 2 else f"{before + 1} to {after - 1}"
            earlier, later = times.get(before), times.get(after)
            yield Blind(
                (earlier.ended or earlier.started or _FIRST) if earlier else _FIRST,
                (later.started or _LAST) if later else _LAST,
                f"call number {told} of the fax server left no record",
            )


def _unreadable(spool: Spool) -> Iterator[Blind]:
    """A damaged row or trace may be of any call: the whole of that spool's time is in doubt."""
    if not spool.has_log:
        yield Blind(_FIRST, _LAST, "the fax server's log of calls is not there")
    if spool.problems:
        count = len(spool.problems)
        yield Blind(_FIRST, _LAST, f"{count} part{'s' if count > 1 else ''} of the fax server's records cannot be read")

"""Our records brought together: calls, numbers, who was watching, what providers took for us."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, tzinfo

from lodged.dispute.numbers import OurNumbers, with_lines
from lodged.dispute.sides import Arrival, Call, calls_alone, calls_of, carried_ours
from lodged.dispute.watch import Watch, watch
from lodged.fax import Carried, Spool
from lodged.log.entry import Event

NOT_LISTED = OurNumbers()


@dataclass(frozen=True, slots=True)
class Records:
    """Everything of ours that a claim is held against. `docket` is None where the docket was not asked."""

    calls: tuple[Call, ...]
    numbers: OurNumbers
    watch: Watch
    zone: tzinfo = UTC
    carried: tuple[Carried, ...] = ()
    docket_asked: bool = False
    problems: tuple[str, ...] = ()


def records(
    spools: Sequence[Spool],
    numbers: OurNumbers = NOT_LISTED,
    zone: tzinfo = UTC,
    events: Sequence[Event] = (),
    docket: Sequence[Arrival] | None = None,
) -> Records:
    """Our records brought together; the order in which they are given makes no difference."""
    named = sorted(spools, key=lambda spool: (spool.name, repr(spool.rows[:1]), repr(spool.received[:1])))
    calls = [call for spool in named for call in calls_of(spool, zone, docket or ())]
    calls += list(calls_alone(docket or (), calls))
    unique = tuple(dict.fromkeys(calls))
    seen = [line for call in unique for line in (call.called, call.line)]
    return Records(
        calls=unique,
        numbers=with_lines(numbers, seen),
        watch=watch(events, named, unique, zone),
        zone=zone,
        carried=carried_ours(named),
        docket_asked=docket is not None,
        problems=tuple(str(problem).splitlines()[0] for spool in named for problem in spool.problems),
    )

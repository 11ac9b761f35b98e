"""When a hold ends: the first 48-hour clock at whose end the law no longer lets the person be held."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from lodged.law import Decision
from lodged.when.due import due
from lodged.when.holidays import calendar
from lodged.when.rules import hold_rule_ids

LAWFUL = frozenset(("required", "permitted"))
A_MOMENT = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class HoldEnd:
    """The moment after which nothing here lets the person be held, with the clock that says so and its working."""

    at: datetime
    rule: str
    cite: str
    working: tuple[str, ...]


def hold_end(ask: Callable[[datetime], Decision], release: datetime) -> HoldEnd | None:
    """The end of a hold that began when the person would have been released, on the law that `ask` gives for a moment.

    Each clock is only a candidate: the law itself is asked just after it, so that the clock it names decides and no other.
    None where no clock ends it: a judge's order does not end by itself.
    """
    clocks = (due(rule_id, release, calendar("us-federal")) for rule_id in hold_rule_ids())
    for clock in sorted(clocks, key=lambda one: one.due):
        moment = clock.due
        if isinstance(moment, datetime) and ask(moment + A_MOMENT).effect not in LAWFUL:
            return HoldEnd(moment, clock.rule.id, clock.rule.cite, clock.working)
    return None

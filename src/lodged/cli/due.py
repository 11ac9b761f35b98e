"""When a period ends under a named rule, with the working."""

import argparse
import json
import re
from collections.abc import Sequence
from datetime import date, datetime, tzinfo
from typing import Any, TypeVar

from lodged.problem import Problem, ProblemsError
from lodged.when import (
    Calendar,
    Deadline,
    UnknownCalendarError,
    UnknownYearError,
    calendar,
    due,
    parse_day,
    parse_moment,
    parse_zone,
    rule_ids,
)

Read = TypeVar("Read")

_DEFAULT_CALENDAR = "us-federal"
_DAY_ALONE = re.compile(r"\s*[\d-]*\s*")


def run(arguments: Sequence[str]) -> int:
    """Work out the deadline and say it; raises ProblemsError for an unknown rule, calendar, year, zone or moment."""
    asked = _parser().parse_args(arguments)
    zone = None if asked.zone is None else _or_raise(parse_zone(asked.zone, "--zone"))
    deadline = _due(asked.rule, _start(asked.start, zone), _calendar(asked.calendar), zone)
    print(json.dumps(_as_json(deadline), ensure_ascii=False, indent=2) if asked.json else _as_sentences(deadline))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="lodged due", description=__doc__)
    parser.add_argument("--rule", required=True, metavar="ID", help=f"one of {', '.join(rule_ids())}")
    parser.add_argument("--from", required=True, dest="start", metavar="MOMENT", help="a day or an ISO 8601 moment")
    parser.add_argument("--calendar", default=_DEFAULT_CALENDAR, metavar="ID", help="days that do not count")
    parser.add_argument("--zone", metavar="TZ", help="whose clocks, as in America/New_York")
    parser.add_argument("--json", action="store_true", help="speak JSON")
    return parser


def _start(written: str, zone: tzinfo | None) -> date | datetime:
    if _DAY_ALONE.fullmatch(written):
        return _or_raise(parse_day(written, "--from"))
    return _or_raise(parse_moment(written, "--from", zone))


def _calendar(calendar_id: str) -> Calendar:
    try:
        return calendar(calendar_id)
    except UnknownCalendarError as error:
        problem = Problem("--calendar", f"`{calendar_id}` is not a calendar", f"there are: {', '.join(error.known)}")
        raise ProblemsError([problem]) from None


def _due(rule_id: str, start: date | datetime, days_off: Calendar, zone: tzinfo | None) -> Deadline:
    try:
        return due(rule_id, start, days_off, zone)
    except UnknownYearError as error:
        mend = f"give a moment whose period stays in the years {error.first_year} to {error.last_year}"
        raise ProblemsError([Problem("--from", str(error), mend)]) from None


def _or_raise(read: Read | Problem) -> Read:
    if isinstance(read, Problem):
        raise ProblemsError([read])
    return read


def _as_json(deadline: Deadline) -> dict[str, Any]:
    rule = deadline.rule
    return {
        "due": deadline.due.isoformat(),
        "working": list(deadline.working),
        "rule": {"id": rule.id, "cite": rule.cite, "says": rule.says, "ends_hold": rule.ends_hold},
        "calendar": _calendar_as_json(deadline.calendar),
    }


def _calendar_as_json(days_off: Calendar | None) -> dict[str, Any]:
    if days_off is None:
        return {"id": "every-day", "source": "this rule leaves no day out", "leaves_out": []}
    return {"id": days_off.id, "source": days_off.source, "leaves_out": list(days_off.leaves_out)}


def _as_sentences(deadline: Deadline) -> str:
    days_off = deadline.calendar
    by = f"{deadline.rule.cite}: {deadline.rule.says}"
    not_known = [f"the calendar {days_off.id} does not know {each}" for each in days_off.leaves_out] if days_off else []
    return "\n".join([*deadline.working, by, *not_known])

"""A deadline, which cannot exist without the working that gave it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone, tzinfo

from lodged.problem import Problem, ProblemsError
from lodged.when.count import add_days_frcp, add_hours, add_hours_frcp, stretches
from lodged.when.day import spoken_day, spoken_moment, weekday
from lodged.when.holidays import Calendar
from lodged.when.rules import Rule, Way, rule

_ONE_DAY = timedelta(days=1)
_RULE_6_AS_IT_STANDS = date(2009, 12, 1)


@dataclass(frozen=True, slots=True)
class Deadline:
    """A day, or a moment, with the steps that led to it in plain words; `calendar` is None when every day counts."""

    due: date | datetime
    working: tuple[str, ...]
    rule: Rule
    calendar: Calendar | None

    def __post_init__(self) -> None:
        if not self.working or not all(step.strip() for step in self.working):
            raise ValueError("a deadline without its working is none")


def due(rule_id: str, start: date | datetime, calendar: Calendar | None, zone: tzinfo | None = None) -> Deadline:
    """When a period that began at `start` ends under this rule, with its working.

    `start` is a day or an aware moment; hours are counted, and days taken, on the clocks of `zone`, which is the
    moment's own when not given. Raises ProblemsError for what the asker can mend, UnknownYearError past the calendar.

    >>> from lodged.when.holidays import calendar
    >>> print("\\n".join(due("frcp-6a1:14d", date(2020, 1, 13), calendar("us-federal")).working))
    14 days after Mon 13 Jan 2020
    Mon 20 Jan is a holiday and counts: Birthday of Martin Luther King, Jr.
    due Mon 27 Jan 2020
    """
    asked = rule(rule_id)
    try:
        return _counted(asked, start, calendar, zone)
    except OverflowError:
        raise ProblemsError([Problem("start", f"`{start}` is at the calendar's edge", "give a nearer year")]) from None


def hold_ends(start: datetime, calendar: Calendar, zone: tzinfo) -> tuple[Deadline, Deadline]:
    """Both clocks of a detainer's 48 hours, the earlier first: the form's own and the regulation's.

    Which of them ends a hold is contested; the earlier is the safe one, and both are to be shown. The form asks for
    less than the regulation allows as soon as a weekend or a holiday lies between, so its clock is never the later.
    """
    return due("i-247a:48h", start, None, zone), due("8cfr287.7:48h", start, calendar, zone)


def _counted(asked: Rule, start: date | datetime, calendar: Calendar | None, zone: tzinfo | None) -> Deadline:
    """The deadline by the rule's own way of counting."""
    if asked.way is Way.EVERY_DAY:
        return _every_day(asked, _day(start, zone))
    if asked.way is Way.EVERY_HOUR:
        return _every_hour(asked, *_moment(start, zone))
    if calendar is None:
        raise ProblemsError([Problem("calendar", f"`{asked.id}` leaves days out", "name a calendar, as in us-federal")])
    if asked.way is Way.COURT_DAYS_ROLLED:
        return _court_days(asked, _day(start, zone), calendar)
    if asked.way is Way.COURT_HOURS_ROLLED:
        return _court_hours(asked, *_moment(start, zone), calendar)
    return _hours_that_count(asked, *_moment(start, zone), calendar)


def _court_days(asked: Rule, start: date, calendar: Calendar) -> Deadline:
    last, end = start + asked.length * _ONE_DAY, add_days_frcp(start, asked.length, calendar)
    steps = [f"{_number(asked.length, 'day')} after {spoken_day(start)}", *_before_2009(start)]
    steps += _holidays_that_count(start, last, calendar)
    steps += [_not_the_last(day, calendar) for day in _days(last, end)]
    return Deadline(end, (*steps, f"due {spoken_day(end)}"), asked, calendar)


def _court_hours(asked: Rule, start: datetime, zone: tzinfo, calendar: Calendar) -> Deadline:
    ran_out = add_hours(start, asked.length, zone, None)
    end = add_hours_frcp(start, asked.length, zone, calendar)
    steps = [f"{_number(asked.length, 'hour')} after {spoken_moment(start)}", *_before_2009(start.date())]
    steps += _holidays_that_count(start.date(), ran_out.date(), calendar)
    if end != ran_out:
        steps.append(f"they run out on {spoken_moment(ran_out)}")
        steps += [_not_the_last(day, calendar) for day in _days(ran_out.date(), end.date())]
    return Deadline(end, (*steps, *_clocks(start, end, zone), f"due {spoken_moment(end)}"), asked, calendar)


def _hours_that_count(asked: Rule, start: datetime, zone: tzinfo, calendar: Calendar) -> Deadline:
    end = add_hours(start, asked.length, zone, calendar)
    steps = [f"{_number(asked.length, 'hour')} that count, from {spoken_moment(start)}"]
    counted = timedelta()
    for stretch in stretches(start, end, zone, calendar):
        day = spoken_day(stretch.day, with_year=False)
        if stretch.why_not is not None:
            steps.append(f"{day} does not count: {stretch.why_not}")
            continue
        counted += stretch.length
        steps.append(f"{day}: {_length(stretch.length)}, {_length(counted)} in all")
    return Deadline(end, (*steps, *_clocks(start, end, zone), f"ends {spoken_moment(end)}"), asked, calendar)


def _every_hour(asked: Rule, start: datetime, zone: tzinfo) -> Deadline:
    end = add_hours(start, asked.length, zone, None)
    steps = (
        f"{_number(asked.length, 'hour')} from {spoken_moment(start)}",
        "every hour counts: the form excludes no weekend and no holiday",
        *_clocks(start, end, zone),
        f"ends {spoken_moment(end)}",
    )
    return Deadline(end, steps, asked, None)


def _every_day(asked: Rule, start: date) -> Deadline:
    end = start + asked.length * _ONE_DAY
    steps = (
        f"{_number(asked.length, 'day')} from receipt on {spoken_day(start)}, as printed on the paper",
        "a date fixed by the issuer: weekends and holidays do not move it",
        f"due {spoken_day(end)}",
    )
    return Deadline(end, steps, asked, None)


def _day(start: date | datetime, zone: tzinfo | None) -> date:
    """The day of the start, on the zone's clocks."""
    return _moment(start, zone)[0].date() if isinstance(start, datetime) else start


def _moment(start: date | datetime, zone: tzinfo | None) -> tuple[datetime, tzinfo]:
    """The moment of the start as the zone's clocks show it; a bare day, or a bare time, is the asker's to mend."""
    mend = "write the moment with its offset, as in 2026-11-24T16:52:10-05:00"
    if not isinstance(start, datetime):
        raise ProblemsError([Problem("start", f"`{start}` has no hour, and hours are counted", mend)])
    if start.tzinfo is None:
        raise ProblemsError([Problem("start", f"`{start.isoformat()}` does not say in which time zone", mend)])
    clocks = zone or start.tzinfo
    return start.astimezone(clocks), clocks


def _holidays_that_count(start: date, last: date, calendar: Calendar) -> Iterator[str]:
    """Holidays between the start and the last day, for a rule under which they count."""
    for day in _days(start + _ONE_DAY, last):
        name = calendar.holiday(day)
        if name is not None:
            yield f"{spoken_day(day, with_year=False)} is a holiday and counts: {name}"


def _not_the_last(day: date, calendar: Calendar) -> str:
    name = calendar.holiday(day)
    kind = f"a {weekday(day)}" if name is None else f"a holiday ({name})"
    return f"{spoken_day(day, with_year=False)} is {kind} and cannot be the last day"


def _before_2009(start: date) -> Iterator[str]:
    """Rule 6(a) was rewritten with effect from 1 December 2009; it is applied as it now stands, and that is said."""
    if start < _RULE_6_AS_IT_STANDS:
        yield "counted as Rule 6(a) stands since 1 Dec 2009, though the period began before"


def _clocks(start: datetime, end: datetime, zone: tzinfo) -> Iterator[str]:
    """What the clocks of the zone do between start and end, or that nobody can know it."""
    if isinstance(zone, timezone):
        yield f"the clocks are taken to stay at {zone}, no time zone being named"
    elif start.utcoffset() != end.utcoffset():
        yield "the clocks change in between: real hours are counted"


def _days(first: date, end: date) -> Iterator[date]:
    """The days from `first` up to `end`, which is not among them."""
    return (first + number * _ONE_DAY for number in range((end - first).days))


def _number(number: int, unit: str) -> str:
    return f"{number} {unit}" + ("" if number == 1 else "s")


def _length(length: timedelta) -> str:
    """A length of time in hours, with the minutes and seconds it needs."""
    hours, rest = divmod(int(length.total_seconds()), 3600)
    minutes, seconds = divmod(rest, 60)
    return f"{hours} h" + (f" {minutes} min" if minutes else "") + (f" {seconds} s" if seconds else "")

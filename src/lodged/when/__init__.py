"""Time as law counts it: days, holidays, periods, deadlines with their working; it never reads a clock."""

from lodged.when.count import add_days_frcp, add_hours, add_hours_frcp, court_days, hours_counted
from lodged.when.day import parse_day, parse_moment, parse_zone, years_before
from lodged.when.due import Deadline, due, hold_ends
from lodged.when.errors import UnknownCalendarError, UnknownYearError, WhenError
from lodged.when.holidays import Calendar, calendar, calendar_ids
from lodged.when.rules import Rule, hold_rule_ids, rule, rule_ids

__all__ = [
    "Calendar",
    "Deadline",
    "Rule",
    "UnknownCalendarError",
    "UnknownYearError",
    "WhenError",
    "add_days_frcp",
    "add_hours",
    "add_hours_frcp",
    "calendar",
    "calendar_ids",
    "court_days",
    "due",
    "hold_ends",
    "hold_rule_ids",
    "hours_counted",
    "parse_day",
    "parse_moment",
    "parse_zone",
    "rule",
    "rule_ids",
    "years_before",
]

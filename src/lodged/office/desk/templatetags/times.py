"""Moments, days and lengths of time, as a page tells them in the custodian's own zone."""

from datetime import date, datetime, timedelta

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import get_current_timezone

register = template.Library()


@register.filter
def moment(value: datetime | str | None) -> SafeString:
    """A moment in the custodian's own zone, with the zone's name."""
    at = _aware(value)
    if at is None:
        return format_html('<span class="quiet">{}</span>', "not known")
    return format_html('<time datetime="{}">{}</time>', at.isoformat(), moment_words(at))


@register.filter
def exact_hour(value: datetime) -> SafeString:
    """A moment to the second in the custodian's own zone: what an axis of seconds needs."""
    here = value.astimezone(get_current_timezone())
    return format_html('<time datetime="{}">{}</time>', here.isoformat(), f"{here.day} {here:%b %Y, %H:%M:%S %Z}")


@register.filter
def clock(value: datetime | None, at: datetime | None = None) -> SafeString:
    """The time of day alone where the day is today, else day and time; always with the zone's name."""
    here = _here(value)
    if here is None:
        return format_html('<span class="quiet">{}</span>', "not known")
    today = _here(at)
    words = f"{here:%H:%M %Z}"
    if today is None or today.date() != here.date():
        words = f"{here:%a} {here.day} {here:%b}, {words}"
    return format_html('<time datetime="{}">{}</time>', here.isoformat(), words)


@register.filter
def day(value: date | datetime | str | None) -> SafeString:
    """A day, by its weekday, so that nobody miscounts a week."""
    if isinstance(value, str):
        value = datetime.fromisoformat(value) if len(value) > 10 else date.fromisoformat(value)
    if isinstance(value, datetime):
        value = value.astimezone(get_current_timezone()).date()
    if value is None:
        return format_html('<span class="quiet">{}</span>', "not known")
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), day_words(value))


@register.filter
def age(value: datetime, at: datetime) -> str:
    """How long ago, in the one unit that matters.

    >>> from datetime import timezone
    >>> then = datetime(2026, 11, 24, 16, 0, tzinfo=timezone.utc)
    >>> age(then, then + timedelta(minutes=3)), age(then, then + timedelta(hours=49))
    ('3 min', '2 days')
    """
    minutes = max(0, int((at - value) / timedelta(minutes=1)))
    if minutes < 1:
        return "now"
    if minutes < 90:
        return f"{minutes} min"
    if minutes < 36 * 60:
        return f"{round(minutes / 60)} h"
    return f"{round(minutes / 1440)} days"


@register.filter
def left(value: datetime, at: datetime) -> str:
    """How long until a moment, or that it has passed.

    >>> from datetime import timezone
    >>> now = datetime(2026, 11, 24, 16, 0, tzinfo=timezone.utc)
    >>> left(now + timedelta(hours=20), now), left(now - timedelta(hours=2), now)
    ('in 20 h', 'passed 2 h ago')
    """
    return f"passed {age(value, at)} ago" if value <= at else f"in {age(at, value)}"


def moment_words(value: datetime) -> str:
    """Day, month, year, time and zone: `24 Nov 2026, 16:52 EST`."""
    here = value.astimezone(get_current_timezone()) if value.tzinfo else value
    return f"{here.day} {here:%b %Y, %H:%M} {here:%Z}".rstrip()


def day_words(value: date) -> str:
    """A day by its weekday: `Tue 24 Nov 2026`."""
    return f"{value:%a} {value.day} {value:%b %Y}"


def _aware(value: datetime | str | None) -> datetime | None:
    if isinstance(value, str):
        return datetime.fromisoformat(value) if value else None
    return value


def _here(value: datetime | None) -> datetime | None:
    return value.astimezone(get_current_timezone()) if value is not None else None

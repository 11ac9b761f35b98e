"""The counts of a period: each with the log entries it stands on, so that nobody has to take a number on trust."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from lodged.office.answers.models import Dispatch
from lodged.office.arrivals.models import Arrival
from lodged.office.decisions.models import Decision
from lodged.office.matters.models import Closing
from lodged.office.people.models import Match
from lodged.office.readings.finds import newest_of_all
from lodged.office.readings.models import Reading
from lodged.office.reviews.models import Review


@dataclass(frozen=True, slots=True)
class Period:
    """One custodian's time from `since`, that moment included, up to `until`, that moment not."""

    custodian: str
    since: datetime
    until: datetime

    @property
    def last(self) -> datetime:
        """The last second that is counted: its day is the last day of the period."""
        return self.until - timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Figure:
    """One count; `entries` are indexes of the log, one for each thing counted."""

    what: str
    entries: tuple[int, ...]

    @property
    def count(self) -> int:
        """How many."""
        return len(self.entries)


def figures(period: Period) -> list[Figure]:
    """Every count of a period, in the order a paper goes through the house; zeros are counts too."""
    return [
        *_arrived(period),
        *_read(period),
        *_closed(period),
        *_matched(period),
        *_decided(period),
        *_answered(period),
    ]


def _arrived(period: Period) -> Iterator[Figure]:
    came = Arrival.objects.filter(
        custodian=period.custodian, received_at__gte=period.since, received_at__lt=period.until
    )
    yield Figure("papers received", tuple(came.values_list("seal_id", flat=True)))
    for channel, name in (("fax", "by fax"), ("counter", "at the counter")):
        yield Figure(f"… {name}", tuple(came.filter(channel=channel).values_list("seal_id", flat=True)))


def _read(period: Period) -> Iterator[Figure]:
    readings = [reading for reading in newest_of_all() if _within(reading, period)]
    for form in sorted({reading.form for reading in readings if reading.form}):
        yield Figure(f"read as {form.upper()}", _seals(reading for reading in readings if reading.form == form))
    yield Figure("no known form", _seals(reading for reading in readings if not reading.form and not reading.trouble))
    yield Figure("unreadable", _seals(reading for reading in readings if reading.trouble and not reading.form))


def _closed(period: Period) -> Iterator[Figure]:
    """Closings that still stood when the period ended: one taken up again within it is counted where it went."""
    steps = Closing.objects.filter(
        matter__paper__arrival__custodian=period.custodian, at__gte=period.since, at__lt=period.until
    )
    last = {step.matter_id: step for step in steps.order_by("id")}
    yield Figure("closed: not legal process", tuple(step.seal_id for step in last.values() if step.closed))


def _matched(period: Period) -> Iterator[Figure]:
    same = Match.objects.filter(
        state=Match.State.SAME,
        reading__paper__arrival__custodian=period.custodian,
        at__gte=period.since,
        at__lt=period.until,
    )
    yield Figure("about a person two people confirmed", tuple(same.values_list("seal_id", flat=True)))


def _decided(period: Period) -> Iterator[Figure]:
    reviews = Review.objects.filter(
        verdict=Review.Verdict.AGREED,
        matter__paper__arrival__custodian=period.custodian,
        at__gte=period.since,
        at__lt=period.until,
    )
    counted: dict[tuple[str, str], list[int]] = {}
    for review in reviews:
        for decision in Decision.objects.filter(matter=review.matter, version=review.decision_version):
            counted.setdefault((decision.act, decision.effect), []).append(review.seal_id)
    for (act, effect), entries in sorted(counted.items()):
        yield Figure(f"agreed: {act} {effect.replace('_', ' ')}", tuple(entries))


def _answered(period: Period) -> Iterator[Figure]:
    sent = Dispatch.objects.filter(
        answer__matter__paper__arrival__custodian=period.custodian, at__gte=period.since, at__lt=period.until
    )
    yield Figure("answers sent", tuple(sent.values_list("seal_id", flat=True)))


def _within(reading: Reading, period: Period) -> bool:
    arrival = reading.paper.arrival
    return arrival.custodian == period.custodian and period.since <= arrival.received_at < period.until


def _seals(readings: Iterator[Reading]) -> tuple[int, ...]:
    return tuple(reading.seal_id for reading in readings)

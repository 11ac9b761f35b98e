"""Both sides' hours on one axis, as the numbers a drawing needs, and the same as rows of a table."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Any

from lodged.office.arrivals.models import Arrival
from lodged.office.custodians import custodian as with_id
from lodged.office.disputes.claims import sheet_of
from lodged.office.disputes.models import Finding

LEFT, RIGHT, TOP, ROW = 30, 690, 44, 40
LEAST = timedelta(minutes=2)
DRAWN = timedelta(minutes=30)
STEPS_S = (10, 30, 60, 300, 900, 1800, 3600, 10_800, 21_600, 86_400, 604_800)
MOST_TICKS = 7


@dataclass(frozen=True, slots=True)
class Span:
    """Something that happened: on whose side, from when to when (UTC; the same for an instant), in words."""

    side: str
    words: str
    since: datetime
    until: datetime
    matched: bool = False


@dataclass(frozen=True, slots=True)
class Bar:
    """A span as drawn, in user units."""

    span: Span
    x: int
    y: int
    width: int
    label_x: int
    anchor: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """The bars, the ticks (place, words) of the axis, the place of the line between both sides, and the height.

    `later` are spans too far from the call to be drawn with it: the table alone tells them.
    """

    bars: tuple[Bar, ...]
    ticks: tuple[tuple[int, str], ...]
    divide: int
    height: int
    zone: str
    later: tuple[Span, ...] = ()

    @property
    def spans(self) -> tuple[Span, ...]:
        """What is drawn and what is not, for the table beside it."""
        return (*(bar.span for bar in self.bars), *self.later)


def drawn(finding: Finding) -> Drawing | None:
    """The drawing of a finding; None where no hour at all is known."""
    zone = with_id(finding.dispute.custodian).zone
    theirs, every = list(_theirs(finding, zone)), sorted(_ours(finding), key=_hour)
    ours = [span for span in every if _near(span, theirs or every)]
    spans = [*sorted(theirs, key=_hour), *sorted(ours, key=_hour)]
    if not spans:
        return None
    first, last = min(span.since for span in spans), max(span.until for span in spans)
    edge = max((last - first) / 12, (LEAST - (last - first)) / 2, timedelta(seconds=10))
    axis = (first - edge, last + edge)
    bars = tuple(_bar(span, place + (place >= len(theirs)), axis) for place, span in enumerate(spans))
    height = TOP + ROW * (len(spans) + 1) + 16
    later = tuple(span for span in every if span not in ours)
    return Drawing(bars, tuple(_ticks(axis, zone)), TOP + ROW * len(theirs) + ROW // 2, height, zone.key, later)


def _near(span: Span, claim: list[Span]) -> bool:
    """Whether a span lies near enough to the claim that both can be told apart on one axis."""
    return min(one.since for one in claim) - DRAWN <= span.since <= max(one.until for one in claim) + DRAWN


def _hour(span: Span) -> datetime:
    return span.since


def _theirs(finding: Finding, zone: tzinfo) -> Iterator[Span]:
    sheet = sheet_of(finding.dispute.claim)
    if sheet.started:
        since = _placed(sheet.started.at, zone)
        until = since + timedelta(seconds=sheet.duration_s or 0)
        yield Span(
            "sender", f"the sheet: {sheet.result.value}, sent to {sheet.dialled or 'no legible number'}", since, until
        )
    if sheet.printed:
        at = _placed(sheet.printed.at, zone)
        yield Span("sender", "the sheet was printed", at, at)


def _placed(at: datetime, zone: tzinfo) -> datetime:
    return (at if at.tzinfo else at.replace(tzinfo=zone)).astimezone(UTC)


def _ours(finding: Finding) -> Iterator[Span]:
    seen: set[str] = set()
    for one, matched in [
        *((one, True) for one in finding.body["ours"]),
        *((one, False) for one in finding.body["near"]),
    ]:
        key = f"{one['spool']} {one['commid']} {one['started']}"
        if one["started"] and key not in seen:
            seen.add(key)
            yield _call(one, matched)
        for number in one["arrivals"]:
            if number not in seen:
                seen.add(number)
                at = Arrival.objects.get(number=number).received_at
                yield Span("ours", f"{number} taken in and sealed", at, at, matched)


def _call(one: dict[str, Any], matched: bool) -> Span:
    since = datetime.fromisoformat(one["started"])
    until = datetime.fromisoformat(one["ended"]) if one["ended"] else since
    name = f"call {one['commid']}" if one["commid"] else "a paper without a call"
    rang = f" to {one['called']}" if one["called"] else ""
    return Span(
        "ours", f"{name}{rang}, {one['held']} page{'' if one['held'] == 1 else 's'} held", since, until, matched
    )


def _bar(span: Span, row: int, axis: tuple[datetime, datetime]) -> Bar:
    x, end = _x(span.since, axis), _x(span.until, axis)
    middle = (LEFT + RIGHT) // 2
    starts = x <= middle
    return Bar(
        span, x, TOP + ROW * row, max(4, end - x), x if starts else max(end, x + 4), "start" if starts else "end"
    )


def _x(at: datetime, axis: tuple[datetime, datetime]) -> int:
    share = (at - axis[0]) / (axis[1] - axis[0])
    return round(LEFT + share * (RIGHT - LEFT))


def _ticks(axis: tuple[datetime, datetime], zone: tzinfo) -> Iterator[tuple[int, str]]:
    length = (axis[1] - axis[0]).total_seconds()
    step = next((one for one in STEPS_S if length / one <= MOST_TICKS), STEPS_S[-1])
    first = axis[0].timestamp()
    at = first - first % step + step
    while at < axis[1].timestamp():
        moment = datetime.fromtimestamp(at, UTC).astimezone(zone)
        words = moment.strftime("%H:%M:%S" if step < 60 else "%H:%M" if step < 86_400 else "%b %d")
        yield _x(moment, axis), words
        at += step

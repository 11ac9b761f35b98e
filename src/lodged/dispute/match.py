"""Which of our calls a sheet speaks of: number called, hour, pages, station and duration, held against each other.

The window is the resolution of both clocks with the ringing between, about the offset learnt for this sender; where
nothing was learnt, a minute more for each clock. A match outside it, within a day, needs all else to agree, and the
sender's own line on top of the page to tell the sheet's hour.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo

from lodged.dispute.numbers import OurNumbers, tail
from lodged.dispute.sheet import Result, Sheet
from lodged.dispute.sides import Call

RESOLUTION_S = 60  # of a log or a sheet that tells minutes
RING_S = 30  # dialling and ringing lie between the sender's start and ours
WINDOW_S = 2 * RESOLUTION_S + RING_S
LEARNT_WINDOW_S = RING_S
TIGHT_S = 15  # so near that another call on the same line cannot be meant
DAY_S = 86_400
KEPT_S = 400 * DAY_S  # records are looked through so far for a call of the very same second
LENGTH_S, LENGTH_PART = 10, 0.15  # durations of one call differ: 2 to 5 seconds were measured on perfect ones
ALIKE_S = 5


@dataclass(frozen=True, slots=True)
class Match:
    """A call of ours, how far its hour lies from the sheet's (seconds, offset taken off; 0 within resolution), and
    what agrees. `offset_s` is the sender's clock less ours, None where either hour is not known."""

    call: Call
    apart_s: float
    offset_s: float | None
    same_number: bool | None
    same_length: bool | None
    same_station: bool | None
    same_pages: bool | None
    wide: bool = False

    @property
    def rank(self) -> tuple[object, ...]:
        """Better matches first; the last parts only make the order the same every time."""
        names = [file.name for file in self.call.files]
        against = [self.same_number, self.same_length, self.same_station, self.same_pages].count(False)
        agree = [self.same_number, self.same_length, self.same_station, self.same_pages].count(True)
        return (self.wide, against, -agree, self.apart_s, self.call.spool, self.call.commid, *names)


def claimed(sheet: Sheet, zone: tzinfo) -> tuple[datetime, datetime] | None:
    """The first and the last instant at which the call may have begun by the sheet, in UTC."""
    if sheet.started is None:
        return None
    since = sheet.started.at if sheet.started.at.tzinfo else sheet.started.at.replace(tzinfo=zone)
    since = since.astimezone(UTC)
    return since, since + timedelta(seconds=sheet.started.within_s)


def window(sheet: Sheet, zone: tzinfo, offset_s: float = 0.0) -> tuple[datetime, datetime] | None:
    """The time within which the call must lie if the sheet is true, its duration included, on our clock."""
    hours = claimed(sheet, zone)
    if hours is None:
        return None
    shift, edge = timedelta(seconds=offset_s), timedelta(seconds=WINDOW_S)
    return hours[0] - shift - edge, hours[1] - shift + edge + timedelta(seconds=sheet.duration_s or 0)


def matches(
    sheet: Sheet, calls: Iterable[Call], ours: OurNumbers, zone: tzinfo, offset_s: float | None = None
) -> tuple[Match, ...]:
    """The calls that the sheet may speak of, the likeliest first; `offset_s` is None where nothing was learnt."""
    hours = claimed(sheet, zone)
    if hours is None:
        return ()
    most = WINDOW_S if offset_s is None else LEARNT_WINDOW_S
    timed = [(call, _seconds_apart(call, hours, offset_s or 0.0)) for call in calls if call.started]
    around = [compared(sheet, call, hours, offset_s or 0.0) for call, apart in timed if apart <= most]
    near = sorted((match for match in around if _fits(match, sheet, ours, most)), key=lambda match: match.rank)
    return tuple(near) or tuple(_wide(sheet, timed, hours, offset_s or 0.0))


def _wide(
    sheet: Sheet, timed: Iterable[tuple[Call, float]], hours: tuple[datetime, datetime], offset_s: float
) -> list[Match]:
    """Calls at another hour in which all else agrees; those of the very same second first."""
    if sheet.result is not Result.OK or sheet.duration_s is None:
        return []
    rung = [call for call, apart in timed if apart <= KEPT_S and call.called == sheet.dialled]
    found = (compared(sheet, call, hours, offset_s) for call in rung)
    wide = [_widened(match) for match in found if _fits_the_day(match, sheet)]
    return sorted(wide, key=lambda match: (not same_second(match, sheet), match.rank))


def _seconds_apart(call: Call, hours: tuple[datetime, datetime], offset_s: float) -> float:
    """Seconds between the claimed and the recorded beginning, each with what its clock leaves open; 0 where they touch."""
    if call.started is None:
        return float("inf")
    since = (call.started - hours[0]).total_seconds() + offset_s
    return max(0.0, since - (hours[1] - hours[0]).total_seconds(), -since - call.within_s)


def compared(sheet: Sheet, call: Call, hours: tuple[datetime, datetime] | None, offset_s: float) -> Match:
    """What agrees between a sheet and a call."""
    apart, offset = float("inf"), None
    if hours and call.started:
        apart = _seconds_apart(call, hours, offset_s)
        offset = (hours[0] - call.started).total_seconds()
    return Match(
        call=call,
        apart_s=apart,
        offset_s=offset,
        same_number=None if not (sheet.dialled and call.called) else sheet.dialled == call.called,
        same_length=_same_length(sheet, call),
        same_station=_same_station(sheet.station_id, call),
        same_pages=None if sheet.pages is None or not call.counted else call.held in (sheet.pages, sheet.total),
    )


def _same_length(sheet: Sheet, call: Call) -> bool | None:
    if sheet.duration_s is None or not call.lengths_s:
        return None
    allowed = max(LENGTH_S, LENGTH_PART * sheet.duration_s)
    return any(abs(length - sheet.duration_s) <= allowed for length in call.lengths_s)


def _same_station(station: str, call: Call) -> bool | None:
    """Names that machines give themselves; only their figures are compared, and only where both have enough."""
    said = tail(station)
    heard = {tail(call.station_id), tail(call.caller or "")} - {""}
    return None if not said or not heard else said in heard


def _fits(match: Match, sheet: Sheet, ours: OurNumbers, most: float) -> bool:
    if match.apart_s > most:
        return False
    if match.same_number is False and not _forwarded(match, sheet, ours):
        return False
    if sheet.result in (Result.BUSY, Result.NO_ANSWER) and match.call.held > 0:
        return match.apart_s <= TIGHT_S and match.same_length is True
    if match.apart_s <= TIGHT_S:
        surely = match.same_length is True and match.same_number is True and match.same_pages is True
        return match.same_station is not False or surely
    return match.same_length is not False and match.same_station is not False


def _forwarded(match: Match, sheet: Sheet, ours: OurNumbers) -> bool:
    """Another number was rung than the sheet says: only the same call beyond doubt may still be meant."""
    if ours.ours(sheet.dialled) and ours.ours(match.call.called):
        return match.same_length is not False and match.same_pages is not False and match.apart_s <= RESOLUTION_S
    exact = match.apart_s <= TIGHT_S and match.same_length is True
    return exact and match.same_station is True and match.same_pages is True


def _fits_the_day(match: Match, sheet: Sheet) -> bool:
    """Within a day, and all else agrees: a clock that runs hours off, or a sheet whose hour is not true.

    Where the very second agrees, and only minute, hour or day are others, within the time that records are kept.
    """
    lengths = [abs(length - (sheet.duration_s or 0)) for length in match.call.lengths_s]
    alike = sheet.duration_s is not None and bool(lengths) and min(lengths) <= ALIKE_S
    others = alike and match.same_station is not False and match.same_pages is True
    most = KEPT_S if same_second(match, sheet) else DAY_S
    return match.apart_s <= most and match.same_number is True and others and sheet.result is Result.OK


def same_second(match: Match, sheet: Sheet) -> bool:
    """Whether sheet and trace tell the same second of another minute."""
    if match.offset_s is None or match.call.within_s >= 1 or not sheet.started or sheet.started.within_s > 1:
        return False
    return min(match.offset_s % 60, -match.offset_s % 60) <= 2


def _widened(match: Match) -> Match:
    return Match(
        match.call,
        match.apart_s,
        match.offset_s,
        match.same_number,
        match.same_length,
        match.same_station,
        match.same_pages,
        wide=True,
    )


def near_by(sheet: Sheet, calls: Sequence[Call], zone: tzinfo) -> tuple[Call, ...]:
    """Calls of any kind within the window, for whoever wants to see what else happened on the line."""
    hours = window(sheet, zone)
    if hours is None:
        return ()
    found = [call for call in calls if call.started and hours[0] <= call.started <= hours[1]]
    return tuple(sorted(found, key=lambda call: (call.started, call.spool, call.commid)))

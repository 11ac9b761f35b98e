"""What in a sheet cannot be true together, or not together with what its own sender left in our records.

A contradiction is `hard` when no honest machine could have printed it, or soft when an honest explanation exists
(a forwarded line, a cover page counted, a report printed again). One hard one, or two soft ones, and the sheet is
no evidence of what it claims.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from lodged.dispute.banner import Banner
from lodged.dispute.match import Match
from lodged.dispute.numbers import OurNumbers, tail
from lodged.dispute.sheet import Result, Sheet

LATE_S = 900  # a report comes out within minutes of its call; later is a copy printed again, or another hour
RESOLUTION_S = 60
ROUNDING_S = 5  # one clock gave both hours, and the duration leaves out the dialling: only seconds can be rounded away
LEAST_PAGE_S = 4  # T.30 needs longer than this to begin a page, at any speed
CLOCK_S = 180  # between the banner's hour and the sheet's, which one machine's clock gave both
SURELY_ALTERED = 2


@dataclass(frozen=True, slots=True)
class Contradiction:
    """One thing that does not fit, in words; `weight` 2 is hard, 1 soft."""

    what: str
    weight: int


def altered(found: tuple[Contradiction, ...]) -> bool:
    """Whether these contradictions take away the sheet's worth as evidence."""
    return sum(one.weight for one in found) >= SURELY_ALTERED


def within(sheet: Sheet, ours: OurNumbers, matched: bool = True) -> tuple[Contradiction, ...]:
    """What the sheet contradicts by itself; `matched` tells whether a call of ours fits it."""
    return (*_hours(sheet), *_result(sheet), *_answerer(sheet, ours, matched))


def _hours(sheet: Sheet) -> Iterator[Contradiction]:
    if not sheet.started or not sheet.printed or bool(sheet.started.at.tzinfo) != bool(sheet.printed.at.tzinfo):
        return
    ended = sheet.started.at + timedelta(seconds=sheet.duration_s or 0)
    if sheet.printed.until + timedelta(seconds=ROUNDING_S) < ended:
        yield Contradiction(
            f"printed_at: it was printed at {_hour(sheet.printed.at)}, before the call ended at {_hour(ended)}", 2
        )
    late = (sheet.printed.at - ended).total_seconds() - sheet.started.within_s
    if late > LATE_S:
        yield Contradiction(f"printed_at: it was printed {round(late / 60)} minutes after the call ended", 1)


def _result(sheet: Sheet) -> Iterator[Contradiction]:
    if sheet.kind in ("dsn", "mdn"):
        return
    pages, total = sheet.pages, sheet.pages_in_document
    if pages is not None and total is not None and pages > total:
        yield Contradiction(f"pages: {pages} of {total} pages", 2)
    if sheet.result is Result.OK:
        if total is not None and pages is not None and pages < total:
            yield Contradiction(f"result: it says all went well, and that {pages} of {total} pages went", 2)
        if sheet.error:
            yield Contradiction("result: it says all went well, and gives an error", 2)
        if pages == 0:
            yield Contradiction("pages: it says all went well, with no page", 2)
        if sheet.duration_s is not None and sheet.duration_s < LEAST_PAGE_S and pages:
            yield Contradiction(f"duration: {_pages(pages)} in {sheet.duration_s} seconds on the line", 2)
        if sheet.remote_id == "" and sheet.kind == "typed":
            yield Contradiction("remote_id: it says all went well, and no machine gave its name", 1)
    if sheet.result in (Result.BUSY, Result.NO_ANSWER) and pages:
        yield Contradiction(f"result: nobody answered, and {_pages(pages)} went", 2)


def _answerer(sheet: Sheet, ours: OurNumbers, matched: bool) -> Iterator[Contradiction]:
    named = tail(sheet.remote_id or "")
    if named and ours.given and ours.ours(sheet.dialled) and named not in ours.tails():
        weight = SURELY_ALTERED if sheet.says_all_sent and not matched else 1
        answered = f"the machine that answered calls itself `{sheet.remote_id}`"
        yield Contradiction(f"remote_id: {answered}, which is none of ours", weight)


def unanswered(sheet: Sheet, ours: OurNumbers, bracket: tuple[str, str] | None) -> tuple[Contradiction, ...]:
    """An OK needs a machine that answered: ours numbers each call it answers, none from `bracket` to `bracket` is missing, and
    none of them is this one."""
    if not bracket or not sheet.says_all_sent or not ours.ours(sheet.dialled):
        return ()
    told = (
        f"the numbers of our fax server run on from {bracket[0]} to {bracket[1]}, and none of those calls is this one"
    )
    return (Contradiction(f"result: it says that a machine took the pages; {told}", 1),)


def with_call(sheet: Sheet, match: Match, banner: Banner | None) -> tuple[Contradiction, ...]:
    """What the sheet contradicts in the call that it speaks of, as our records and the sender's own banner have it."""
    return (*_against_call(sheet, match), *_against_banner(sheet, banner))


def _against_call(sheet: Sheet, match: Match) -> Iterator[Contradiction]:
    call = match.call
    if match.same_number is False:
        yield Contradiction(f"dialled: the sheet says {sheet.dialled}; the exchange rang {call.called}", 1)
    if match.same_length is False:
        told = " or ".join(f"{length:.0f}" for length in call.lengths_s)
        yield Contradiction(f"duration: the sheet says {sheet.duration_s} seconds; our records say {told}", 1)
    if match.same_station is False:
        yield Contradiction(
            f"station_id: the sheet names `{sheet.station_id}`; the caller named itself `{call.station_id}`", 1
        )
    if sheet.result is Result.OK and _proves_unconfirmed(sheet, match):
        yield Contradiction(
            "result: it says all went well; our trace, which runs to the end of the call, shows that the last page was never "
            "confirmed, and without that no machine says so",
            2,
        )
    if (
        sheet.result is Result.OK
        and call.final
        and call.confirmed is not None
        and sheet.pages is not None
        and sheet.pages != call.confirmed
    ):
        yield Contradiction(
            f"pages: the sheet says {sheet.pages}; the sender's machine said that no more would come after {call.confirmed}",
            1,
        )


def _proves_unconfirmed(sheet: Sheet, match: Match) -> bool:
    """Whether our trace covers the whole call and holds no confirmation of a last page."""
    trace = match.call.trace
    if trace is None or trace.confirmed is None or trace.final or match.wide:
        return False
    covered = trace.ended or (sheet.duration_s is not None and trace.length_s >= sheet.duration_s)
    return covered and match.call.held < (sheet.pages or 1)


def _against_banner(sheet: Sheet, banner: Banner | None) -> Iterator[Contradiction]:
    if banner is None:
        return
    if banner.at and sheet.started and not sheet.started.at.tzinfo and banner.at.within_s <= RESOLUTION_S:
        apart = abs((banner.at.at - sheet.started.at).total_seconds()) - sheet.started.within_s - banner.at.within_s
        if apart > CLOCK_S:
            yield Contradiction(
                f"started: the sheet says {_hour(sheet.started.at)}; the sender's own line on top of the page we hold says "
                f"{_hour(banner.at.at)}",
                2,
            )
    if banner.of and sheet.total is not None and sheet.total != banner.of:
        yield Contradiction(
            f"pages: the sheet counts {sheet.total}; the sender's own line on top of the page we hold counts {banner.of}",
            2,
        )


def _hour(at: object) -> str:
    return str(at)[:19]


def _pages(count: int) -> str:
    return "1 page" if count == 1 else f"{count} pages"

"""A claim held against our records: one outcome, with what else could be defended.

Never trust one machine. Cutting one two-page call at 208 instants left two honest machines disagreeing in 35 of
them, so a difference of a page is no proof of tampering, and an absence proves nothing while anything of ours
was not watching.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from lodged.dispute.banner import Banner
from lodged.dispute.believed import alike, banner_of, believed, bracket, free
from lodged.dispute.contradict import altered, unanswered, with_call, within
from lodged.dispute.finding import Evidence, Finding
from lodged.dispute.fits import Case, ordered, outcomes
from lodged.dispute.match import Match, claimed, compared, matches, near_by, window
from lodged.dispute.our_records import Records
from lodged.dispute.outcome import Outcome
from lodged.dispute.say import evidence, sentence
from lodged.dispute.sheet import Result, Sheet
from lodged.dispute.sides import Call

AROUND = timedelta(hours=1)  # of the window, for which the log's signs of life are told


def reconcile(
    sheet: Sheet,
    ours: Records,
    banners: Mapping[str, Banner] | None = None,
    offset_s: float | None = None,
    taken: frozenset[Call] = frozenset(),
) -> Finding:
    """The finding on one claim.

    `banners` are first lines of our files by their SHA-256; `offset_s` is what other calls have shown of this
    sender's clock; `taken` are calls that other claims of the same sender speak of.
    """
    if not sheet.is_sheet:
        return _finding(Case(sheet, ours, None, None, (), ()), (Outcome.ALTERED,))
    found = matches(sheet, ours.calls, ours.numbers, ours.zone, offset_s)
    likely = believed(sheet, found, banners or {})
    match = free(likely, taken)
    banner = banner_of(match, banners or {})
    contradictions = (
        *within(sheet, ours.numbers, match is not None),
        *(with_call(sheet, match, banner) if match else unanswered(sheet, ours.numbers, bracket(sheet, ours))),
    )
    gaps = () if match else (*_gaps(sheet, ours, offset_s or 0.0), *alike(found))
    case = Case(sheet, ours, match, banner, contradictions, gaps, _near(sheet, ours, match), bool(likely) and not match)
    fitting = ordered(outcomes(case))
    if altered(contradictions):
        fitting = (Outcome.ALTERED, *(one for one in fitting if one is not Outcome.ALTERED))
    return _finding(case, fitting)


def _gaps(sheet: Sheet, ours: Records, offset_s: float) -> tuple[str, ...]:
    """Why an absence would prove nothing: the watch over the window, and files whose hour nobody knows."""
    if sheet.kind in ("dsn", "mdn"):
        return ("no mail server of ours is asked here that it could be held against",)
    hours = window(sheet, ours.zone, offset_s)
    loose = [call for call in ours.calls if call.files and call.started is None]
    told = [f"{len(loose)} received file{'s' if len(loose) > 1 else ''} cannot be placed in time"] if loose else []
    if hours is None:
        return ("the sheet does not tell when", *told)
    return (*ours.watch.over(*hours), *told, *_could_be(sheet, ours, hours, offset_s))


def _could_be(sheet: Sheet, ours: Records, hours: tuple[datetime, datetime], offset_s: float) -> Iterator[str]:
    """Papers to the same number in the same minutes that were not matched, and yet are not another sender's for sure."""
    if sheet.result in (Result.BUSY, Result.NO_ANSWER):
        return
    for call in ours.calls:
        if call.held and call.started and hours[0] <= call.started <= hours[1]:
            match = compared(sheet, call, claimed(sheet, ours.zone), offset_s)
            another = match.same_station is False or (match.same_length is False and match.same_pages is False)
            if not another and match.same_number is not False:
                yield f"another paper came to that number at nearly that hour (call {call.commid or 'without a number'})"


def _near(sheet: Sheet, ours: Records, match: Match | None) -> tuple[Call, ...]:
    return tuple(call for call in near_by(sheet, ours.calls, ours.zone) if match is None or call != match.call)


def _finding(case: Case, fitting: Sequence[Outcome]) -> Finding:
    call = case.match.call if case.match else None
    first, also = fitting[0], tuple(fitting[1:])
    shown = None if first is Outcome.ALTERED else call
    return Finding(
        outcome=first,
        also_defensible=also,
        sentence=sentence(first, case.sheet, shown, case.ours.zone, _told_gaps(first, case)),
        sheet=case.sheet,
        ours=(call,) if call else (),
        near=case.near,
        evidence=(*evidence(case.sheet, call, case.banner), *(() if call else _of_absence(case))),
        contradictions=tuple(one.what for one in case.contradictions),
        doubts=tuple(_doubts(case)),
        gaps=case.gaps,
        clock_offset_s=_offset(case),
    )


def _of_absence(case: Case) -> Iterator[Evidence]:
    """What speaks for our side where nothing came: the log's signs of life, and the calls that did come."""
    hours = window(case.sheet, case.ours.zone)
    if hours is None or not case.sheet.is_sheet or case.sheet.kind in ("dsn", "mdn"):
        return
    beats = [beat for beat in case.ours.watch.beats if hours[0] - AROUND <= beat <= hours[1] + AROUND]
    if beats and not case.gaps:
        yield Evidence(
            "ours",
            f"{len(beats)} entries of our log from {_clock(beats[0], case)} to {_clock(beats[-1], case)}, none due is missing",
            "that the log was kept, and our line said to be up, over the whole of that time",
            "that nobody rang while the line was busy, or that the exchange passed every call on",
        )
    numbers = sorted({call.commid for call in case.ours.calls if call.commid})
    if numbers:
        yield Evidence(
            "ours",
            f"{len(numbers)} calls of our fax servers, numbers {numbers[0]} to {numbers[-1]}",
            "which calls were answered; a number that is missing would show"
            if not case.gaps
            else "which calls were answered",
            "calls that our machine never answered: they leave no record with us",
        )


def _clock(moment: datetime, case: Case) -> str:
    return moment.astimezone(case.ours.zone).strftime("%Y-%m-%d %H:%M %Z")


def _told_gaps(outcome: Outcome, case: Case) -> tuple[str, ...]:
    """What the sentence may say of gaps: where the number was judged by a list of ours, they do not matter."""
    return () if outcome is Outcome.NOT_OURS and case.ours.numbers.given else case.gaps


def _offset(case: Case) -> int | None:
    """The sender's clock less ours: by its banner and our trace where both are there, else by the sheet."""
    if case.match is None or case.match.offset_s is None or case.match.call.started is None:
        return None
    if case.banner and case.banner.at:
        at = case.banner.at.at.replace(tzinfo=case.ours.zone)
        return round((at - case.match.call.started).total_seconds() + case.banner.at.within_s / 2)
    within = case.sheet.started.within_s if case.sheet.started else 0
    return round(case.match.offset_s + within / 2)


def _doubts(case: Case) -> Iterator[str]:
    sheet = case.sheet
    if sheet.is_sheet and sheet.missing:
        yield f"the sheet does not tell: {', '.join(sheet.missing)}"
    for name, doubt in sheet.doubts.items():
        yield f"`{name}` was read with a doubt of {doubt:.2f}"
    yield from sheet.problems
    if not case.ours.numbers.given:
        yield "no list of our numbers was given: whose a number is was taken from the fax server's own records"
    if case.match and case.match.wide:
        hours = (case.match.offset_s or 0) / 3600
        yield f"the hours lie {abs(hours):.1f} hours apart; all else agrees"
    if case.match and case.match.call.within_s >= 60 and not case.match.call.trace:
        yield "our side's hour is known to the minute only: there is no session trace"
    yield from case.ours.problems[:20]

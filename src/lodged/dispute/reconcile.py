"""A claim held against our records: one outcome, with what else could be defended.

Never trust one machine. Cutting one two-page call at 208 instants left two honest machines disagreeing in 35 of
them, so a difference of a page is no proof of tampering, and an absence proves nothing while anything of ours
was not watching.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, tzinfo

from lodged.dispute.banner import Banner
from lodged.dispute.contradict import Contradiction, altered, unanswered, with_call, within
from lodged.dispute.finding import Evidence, Finding
from lodged.dispute.match import DAY_S, Match, claimed, compared, matches, near_by, window
from lodged.dispute.numbers import OurNumbers, number, with_lines
from lodged.dispute.outcome import Outcome, in_order
from lodged.dispute.say import evidence, sentence
from lodged.dispute.sheet import Result, Sheet
from lodged.dispute.sides import Arrival, Call, calls_alone, calls_of, carried_ours
from lodged.dispute.watch import Watch, watch
from lodged.fax import Carried, Spool
from lodged.log.entry import Event

UNEXPLAINED = 2  # an hour that the sender's banner neither tells nor denies
NOT_LISTED = OurNumbers()
BANNER_S = 45  # dialling, ringing and training lie between the sheet's hour and that of the first page
AROUND = timedelta(hours=1)  # of the window, for which the log's signs of life are told
PROVIDER_S = 600  # a provider's stamp may be of the end of its work on a fax


@dataclass(frozen=True, slots=True)
class Records:
    """Everything of ours that a claim is held against. `docket` is None where the docket was not asked."""

    calls: tuple[Call, ...]
    numbers: OurNumbers
    watch: Watch
    zone: tzinfo = UTC
    carried: tuple[Carried, ...] = ()
    docket_asked: bool = False
    problems: tuple[str, ...] = ()


def records(
    spools: Sequence[Spool],
    numbers: OurNumbers = NOT_LISTED,
    zone: tzinfo = UTC,
    events: Sequence[Event] = (),
    docket: Sequence[Arrival] | None = None,
) -> Records:
    """Our records brought together; the order in which they are given makes no difference."""
    named = sorted(spools, key=lambda spool: (spool.name, repr(spool.rows[:1]), repr(spool.received[:1])))
    calls = [call for spool in named for call in calls_of(spool, zone, docket or ())]
    calls += list(calls_alone(docket or (), calls))
    unique = tuple(dict.fromkeys(calls))
    seen = [line for call in unique for line in (call.called, call.line)]
    return Records(
        calls=unique,
        numbers=with_lines(numbers, seen),
        watch=watch(events, named, unique, zone),
        zone=zone,
        carried=carried_ours(named),
        docket_asked=docket is not None,
        problems=tuple(str(problem).splitlines()[0] for spool in named for problem in spool.problems),
    )


@dataclass(frozen=True, slots=True)
class _Case:
    """One claim, the call it speaks of, and what was found on the way."""

    sheet: Sheet
    ours: Records
    match: Match | None
    banner: Banner | None
    contradictions: tuple[Contradiction, ...]
    gaps: tuple[str, ...]
    near: tuple[Call, ...] = ()
    taken: bool = False
    outcomes: list[Outcome] = field(default_factory=list)


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
        return _finding(_Case(sheet, ours, None, None, (), ()), (Outcome.ALTERED,))
    found = matches(sheet, ours.calls, ours.numbers, ours.zone, offset_s)
    believed = _believed(sheet, found, banners or {})
    match = _free(believed, taken)
    banner = _banner(match, banners or {})
    contradictions = (
        *within(sheet, ours.numbers, match is not None),
        *(with_call(sheet, match, banner) if match else unanswered(sheet, ours.numbers, _bracket(sheet, ours))),
    )
    gaps = () if match else (*_gaps(sheet, ours, offset_s or 0.0), *_alike(found))
    case = _Case(
        sheet, ours, match, banner, contradictions, gaps, _near(sheet, ours, match), bool(believed) and not match
    )
    outcomes = _ordered(_outcomes(case))
    if altered(contradictions):
        outcomes = (Outcome.ALTERED, *(one for one in outcomes if one is not Outcome.ALTERED))
    return _finding(case, outcomes)


def _believed(sheet: Sheet, found: Sequence[Match], banners: Mapping[str, Banner]) -> tuple[Match, ...]:
    """Matches within the window; of wide ones only those whose hour the sender's own banner explains, or denies.

    The banner tells the sheet's hour: the sender's clock is off. It tells the same second of another minute, hour
    or day: the sheet's hour is not true. No banner, or another hour altogether: it is another paper, much alike.
    """
    if not any(match.wide for match in found):
        return tuple(found)
    judged = [(_explained(sheet, match, _banner(match, banners)), match) for match in found]
    return tuple(match for place, match in sorted(judged, key=lambda one: (one[0], one[1].rank)) if place < UNEXPLAINED)


def _explained(sheet: Sheet, match: Match, banner: Banner | None) -> int:
    if banner is None or banner.at is None or sheet.started is None or sheet.started.at.tzinfo:
        return UNEXPLAINED
    apart = abs((banner.at.at - sheet.started.at).total_seconds())
    if apart <= BANNER_S + sheet.started.within_s + banner.at.within_s:
        return 0
    exact = sheet.started.within_s == 1 and banner.at.within_s == 1
    return 1 if exact and apart % 60 in (0, 1, 59) else UNEXPLAINED


def _bracket(sheet: Sheet, ours: Records) -> tuple[str, str] | None:
    """The last call before the claimed hours and the first after them, on one server whose numbers run on without a gap."""
    hours = window(sheet, ours.zone)
    if hours is None or len({call.spool for call in ours.calls if call.commid}) != 1:
        return None
    placed = [(call.started, call.commid) for call in ours.calls if call.started and call.commid.isdigit()]
    before = max(((at, number) for at, number in placed if at < hours[0]), default=None)
    after = min(((at, number) for at, number in placed if at > hours[1]), default=None)
    if not before or not after or not int(before[1]) < int(after[1]):
        return None
    between = {int(number) for _, number in placed}
    whole = all(number in between for number in range(int(before[1]), int(after[1]) + 1))
    return (before[1], after[1]) if whole else None


def _alike(found: Sequence[Match]) -> tuple[str, ...]:
    """Papers of the same day that agree in all but the hour, and were not taken for this one."""
    return tuple(
        f"a paper much like it came on the same day (call {match.call.commid or 'without a number'}), at another hour"
        for match in found[:3]
        if match.wide and match.apart_s <= DAY_S
    )


def _free(found: Sequence[Match], taken: frozenset[Call]) -> Match | None:
    """The best match, or one just as good where that call is another claim's already."""
    return next((one for one in found if one.call not in taken and one.rank[:3] <= found[0].rank[:3]), None)


def _ordered(found: Iterator[Outcome]) -> tuple[Outcome, ...]:
    """In the order of precedence; that a part lies unnoticed is said behind its being a part."""
    outcomes = in_order(found)
    partial = {Outcome.PARTIAL_KNOWN, Outcome.PARTIAL_UNKNOWN} & set(outcomes)
    if partial and Outcome.ORPHANED in outcomes:
        return (*(one for one in outcomes if one is not Outcome.ORPHANED), Outcome.ORPHANED)
    return outcomes


def _outcomes(case: _Case) -> Iterator[Outcome]:
    """Every outcome that fits."""
    if case.contradictions:
        yield Outcome.ALTERED
    if case.match and case.match.call.held:
        yield from _with_pages(case, case.match.call)
    elif case.match:
        yield from _without_pages(case.match.call)
    else:
        yield from _without_call(case)


def _with_pages(case: _Case, call: Call) -> Iterator[Outcome]:
    sheet, held = case.sheet, call.held
    if not sheet.says_all_sent and sheet.result is not Result.NOT_SAID:
        yield from _failed_by_sheet(sheet, call)
        return
    if sheet.pages is not None and held < sheet.pages and not call.complete:
        yield Outcome.PARTIAL_UNKNOWN
        if call.orphaned:
            yield Outcome.ORPHANED
        return
    yield from _whole(case, call)


def _failed_by_sheet(sheet: Sheet, call: Call) -> Iterator[Outcome]:
    """The sender's machine was not satisfied: do we hold all of it?"""
    total = sheet.pages_in_document
    all_here = call.final or (call.complete and not call.reason)
    if all_here and (total is None or call.held >= total):
        yield Outcome.HELD_ALL
        return
    yield Outcome.PARTIAL_KNOWN
    if call.confirmed is None and total is not None and call.held >= total:
        yield Outcome.HELD_ALL
    if call.orphaned:
        yield Outcome.ORPHANED


def _whole(case: _Case, call: Call) -> Iterator[Outcome]:
    """All that the sender had is here; where, and as what?"""
    sheet = case.sheet
    differ = sheet.pages is not None and call.counted and call.held != sheet.pages
    if differ:
        yield Outcome.PAGES_DIFFER
    if call.orphaned or (case.ours.docket_asked and not call.arrivals):
        yield Outcome.ORPHANED
    elif any(not arrival.filed for arrival in call.arrivals) or (
        call.has_document_row and not call.files and not call.arrivals
    ):
        yield Outcome.MISFILED
    if _elsewhere(case, call):
        yield Outcome.OTHER_NUMBER
    elif not call.orphaned and _lies_where_it_should(case, call) and not differ:
        yield Outcome.FILED


def _lies_where_it_should(case: _Case, call: Call) -> bool:
    """In the docket, filed; or, where the docket was not asked, in the server's queue."""
    if call.arrivals:
        return all(arrival.filed for arrival in call.arrivals)
    return bool(call.files) and not case.ours.docket_asked


def _elsewhere(case: _Case, call: Call) -> bool:
    """Whether it came in on a line of ours that is not the one for process, or not the one the sheet names."""
    rung = call.called or case.sheet.dialled
    if case.match and case.match.same_number is False:
        return True
    if rung is None or not case.ours.numbers.ours(rung):
        return call.called is not None and case.ours.numbers.given
    published = case.ours.numbers.published or frozenset(filter(None, [call.line]))
    return bool(published) and rung not in published


def _without_pages(call: Call) -> Iterator[Outcome]:
    refused = call.trace.refused if call.trace else ""
    words = f"{call.reason} {refused}".lower()
    if refused or any(word in words for word in ("permission denied", "reject", "unaccept", "disk", "no space")):
        yield Outcome.REFUSED
    else:
        yield Outcome.NO_PAGES


def _without_call(case: _Case) -> Iterator[Outcome]:
    """Nothing of ours fits: what the number, the sheet's own word, the provider and the watch tell."""
    sheet, numbers = case.sheet, case.ours.numbers
    if case.taken:
        yield Outcome.DUPLICATE
        return
    unknown_line = not numbers.given and numbers.lines and sheet.dialled and "@" not in sheet.dialled
    if sheet.dialled not in numbers.lines and (numbers.ours(sheet.dialled) is False or unknown_line):
        yield Outcome.NOT_OURS
        if not numbers.given:
            yield Outcome.CANNOT_SAY  # what our server names may not be all that is ours
        return
    if _carried(sheet, case.ours):
        yield Outcome.PROVIDER
        return
    if sheet.kind in ("dsn", "mdn") and sheet.says_all_sent and not sheet.relayed:
        yield Outcome.PROVIDER
    if sheet.result in (Result.BUSY, Result.NO_ANSWER):
        yield Outcome.BUSY
    elif sheet.result is Result.REFUSED:
        yield Outcome.REFUSED
    elif not case.gaps and sheet.dialled and sheet.kind not in ("dsn", "mdn"):
        yield Outcome.NEVER
    if case.gaps or sheet.kind in ("dsn", "mdn") or not sheet.dialled:
        yield Outcome.CANNOT_SAY


def _carried(sheet: Sheet, ours: Records) -> tuple[Carried, ...]:
    hours = window(sheet, ours.zone)
    if hours is None:
        return ()
    edge = timedelta(seconds=PROVIDER_S)
    return tuple(
        one
        for one in ours.carried
        if hours[0] - edge <= one.at <= hours[1] + edge and (sheet.dialled is None or number(one.to) == sheet.dialled)
    )


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


def _banner(match: Match | None, banners: Mapping[str, Banner]) -> Banner | None:
    if match is None:
        return None
    return next((banners[file.sha256] for file in match.call.files if file.sha256 in banners), None)


def _finding(case: _Case, outcomes: Sequence[Outcome]) -> Finding:
    call = case.match.call if case.match else None
    first, also = outcomes[0], tuple(outcomes[1:])
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


def _of_absence(case: _Case) -> Iterator[Evidence]:
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


def _clock(moment: datetime, case: _Case) -> str:
    return moment.astimezone(case.ours.zone).strftime("%Y-%m-%d %H:%M %Z")


def _told_gaps(outcome: Outcome, case: _Case) -> tuple[str, ...]:
    """What the sentence may say of gaps: where the number was judged by a list of ours, they do not matter."""
    return () if outcome is Outcome.NOT_OURS and case.ours.numbers.given else case.gaps


def _offset(case: _Case) -> int | None:
    """The sender's clock less ours: by its banner and our trace where both are there, else by the sheet."""
    if case.match is None or case.match.offset_s is None or case.match.call.started is None:
        return None
    if case.banner and case.banner.at:
        at = case.banner.at.at.replace(tzinfo=case.ours.zone)
        return round((at - case.match.call.started).total_seconds() + case.banner.at.within_s / 2)
    within = case.sheet.started.within_s if case.sheet.started else 0
    return round(case.match.offset_s + within / 2)


def _doubts(case: _Case) -> Iterator[str]:
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


__all__ = ["Records", "reconcile", "records"]

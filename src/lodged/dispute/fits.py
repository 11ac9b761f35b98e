"""Every outcome that fits a claim and the call it speaks of, in the order of precedence."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from lodged.dispute.banner import Banner
from lodged.dispute.contradict import Contradiction
from lodged.dispute.match import Match, window
from lodged.dispute.numbers import number
from lodged.dispute.our_records import Records
from lodged.dispute.outcome import Outcome, in_order
from lodged.dispute.sheet import Result, Sheet
from lodged.dispute.sides import Call
from lodged.fax import Carried

PROVIDER_S = 600  # a provider's stamp may be of the end of its work on a fax


@dataclass(frozen=True, slots=True)
class Case:
    """One claim, the call it speaks of, and what was found on the way."""

    sheet: Sheet
    ours: Records
    match: Match | None
    banner: Banner | None
    contradictions: tuple[Contradiction, ...]
    gaps: tuple[str, ...]
    near: tuple[Call, ...] = ()
    taken: bool = False


def ordered(found: Iterator[Outcome]) -> tuple[Outcome, ...]:
    """In the order of precedence; that a part lies unnoticed is said behind its being a part."""
    outcomes = in_order(found)
    partial = {Outcome.PARTIAL_KNOWN, Outcome.PARTIAL_UNKNOWN} & set(outcomes)
    if partial and Outcome.ORPHANED in outcomes:
        return (*(one for one in outcomes if one is not Outcome.ORPHANED), Outcome.ORPHANED)
    return outcomes


def outcomes(case: Case) -> Iterator[Outcome]:
    """Every outcome that fits."""
    if case.contradictions:
        yield Outcome.ALTERED
    if case.match and case.match.call.held:
        yield from _with_pages(case, case.match.call)
    elif case.match:
        yield from _without_pages(case.match.call)
    else:
        yield from _without_call(case)


def _with_pages(case: Case, call: Call) -> Iterator[Outcome]:
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


def _whole(case: Case, call: Call) -> Iterator[Outcome]:
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


def _lies_where_it_should(case: Case, call: Call) -> bool:
    """In the docket, filed; or, where the docket was not asked, in the server's queue."""
    if call.arrivals:
        return all(arrival.filed for arrival in call.arrivals)
    return bool(call.files) and not case.ours.docket_asked


def _elsewhere(case: Case, call: Call) -> bool:
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


def _without_call(case: Case) -> Iterator[Outcome]:
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

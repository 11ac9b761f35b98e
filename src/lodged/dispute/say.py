"""Findings as sentences that a person understands, and what each piece of evidence proves and does not."""

from collections.abc import Iterator
from datetime import tzinfo

from lodged.dispute.banner import Banner
from lodged.dispute.finding import Evidence
from lodged.dispute.outcome import Outcome
from lodged.dispute.sheet import Result, Sheet
from lodged.dispute.sides import Call


def sentence(outcome: Outcome, sheet: Sheet, call: Call | None, zone: tzinfo, gaps: tuple[str, ...]) -> str:
    """The finding in one sentence."""
    hour, held = _hour(call, zone), _pages(call.held if call else 0)
    number = sheet.dialled or "the number on the sheet"
    match outcome:
        case Outcome.FILED:
            return f"We received it: {held}, {hour}{_as(call)}."
        case Outcome.PAGES_DIFFER:
            return f"We received it, but the counts differ: we hold {held}, the sheet says {_count(sheet)}; the call came {hour}."
        case Outcome.ORPHANED:
            return f"We received it: {held} came {hour} and lie in the fax server, but our intake never noticed."
        case Outcome.MISFILED:
            return f"We received it, {held}, {hour}, but it does not lie where it belongs."
        case Outcome.OTHER_NUMBER:
            rung = (call.called if call else None) or number
            return f"We received it, {held}, {hour}, on {rung}, another number of ours than the one for process."
        case Outcome.NOT_OURS:
            known = "not a number that our fax server knows" if gaps else "not a number of ours"
            return f"It was sent to {number}, which is {known}."
        case Outcome.PARTIAL_KNOWN:
            return f"Only a part came: we hold {held}, {hour}, and the sender's own sheet says that the sending failed."
        case Outcome.PARTIAL_UNKNOWN:
            return f"Only a part came: we hold {held}, {hour}, where the sender's sheet says {_count(sheet)} went well."
        case Outcome.HELD_ALL:
            return f"We received it all, {held}, {hour}, though the sender's machine says that it failed."
        case Outcome.NO_PAGES:
            return f"A call came {hour}, and no page came with it."
        case Outcome.REFUSED:
            return (
                f"A call came {hour} and our machine refused it."
                if call
                else "The sender's own record says that it was refused."
            )
        case _:
            return _without_call(outcome, sheet, number, gaps)


def _without_call(outcome: Outcome, sheet: Sheet, number: str, gaps: tuple[str, ...]) -> str:
    when = f" at {sheet.started.at.isoformat(' ', 'seconds')[:19]} by the sender's clock" if sheet.started else ""
    match outcome:
        case Outcome.BUSY:
            said = "busy" if sheet.result is Result.BUSY else "no answer"
            return f"The sender's own sheet says {said}: by its own word that call{when} did not get through."
        case Outcome.NEVER:
            return f"No call to {number} came{when}: our line and log were up, and every call is accounted for."
        case Outcome.PROVIDER:
            return "Our provider took it for us, and it did not reach us; the provider's list has it."
        case Outcome.DUPLICATE:
            return "This is the same sending as another claim: one document, claimed or sent more than once."
        case Outcome.ALTERED if not sheet.is_sheet:
            return "This paper does not report a transmission, so it proves none."
        case Outcome.ALTERED:
            return "The sheet contradicts itself or what its own sender left with us, so it proves nothing by itself."
        case _:
            return f"We cannot say whether it came{when}: {gaps[0] if gaps else 'our records do not reach so far'}."


def _hour(call: Call | None, zone: tzinfo) -> str:
    if call is None or call.started is None:
        return "at an hour not known"
    return f"at {call.started.astimezone(zone).strftime('%Y-%m-%d %H:%M:%S %Z')}"


def _as(call: Call | None) -> str:
    return f", as {call.arrivals[0].number}" if call and call.arrivals else ""


def _pages(count: int) -> str:
    return "1 page" if count == 1 else f"{count} pages"


def _count(sheet: Sheet) -> str:
    return _pages(sheet.pages) if sheet.pages is not None else "that all"


def evidence(sheet: Sheet, call: Call | None, banner: Banner | None) -> Iterator[Evidence]:
    """Every piece on both sides, the sender's first."""
    if sheet.is_sheet:
        yield _of_sheet(sheet)
    if banner:
        told = banner.at.at.isoformat(" ", "seconds") if banner.at else "no hour"
        yield Evidence(
            "sender",
            f"the line on top of the page we hold: {told}, page {banner.page or '?'} of {banner.of or '?'}",
            "what the sender's machine took the hour and the number of pages to be when it sent",
            "that the sender's clock was right",
        )
    if call:
        yield from _of_call(call)


def _of_sheet(sheet: Sheet) -> Evidence:
    if sheet.kind == "dsn":
        ends = "; the trail ends at that server" if sheet.relayed else ""
        return Evidence(
            "sender",
            f"a delivery report: {sheet.result.value}{ends}",
            "what that mail server did with the message",
            "that anybody read it",
        )
    if sheet.kind == "mdn":
        return Evidence(
            "sender", "a disposition notification", "that somebody's program made one", "who made it: anybody can"
        )
    said = f"{sheet.result.value}, {_count(sheet)}" if sheet.pages is not None else sheet.result.value
    return Evidence(
        "sender",
        f"the sheet: {said} to {sheet.dialled or sheet.written or 'no legible number'}",
        "what the sender's machine made of the call (a strong, rebuttable sign of receipt where it says OK)",
        "what the pages held; the right hour: its clock is the sender's own",
    )


def _of_call(call: Call) -> Iterator[Evidence]:
    for row in call.rows:
        yield Evidence(
            "ours",
            f"row {row.kind} of the fax server, number {row.commid}: {row.pages} pages, {row.line_s} s"
            + (f", reason `{row.reason}`" if row.reason else ""),
            "that the server closed this call and counted these pages",
            "the number rung (`local-number` is configuration); pages kept unconfirmed are counted too",
        )
    if call.trace:
        yield Evidence(
            "ours",
            f"session trace {call.commid}, {'whole' if call.trace.ended else 'broken off'}: "
            f"{'not told' if call.confirmed is None else call.confirmed} pages confirmed, "
            f"last page {'confirmed' if call.final else 'not confirmed'}",
            "to the hundredth of a second which pages we confirmed to the caller",
            "what happened after it breaks off"
            if not call.trace.ended
            else "that the caller heard the last confirmation",
        )
    for file in call.files:
        bad = sum(frame.bad_lines for frame in file.frames)
        yield Evidence(
            "ours",
            f"{file.name}, SHA-256 {file.sha256}: {len(file.frames)} pages, {bad} damaged lines"
            + ("" if file.whole else f"; {file.trouble}"),
            "that these pages are here",
            "by whom the caller was sent: station and caller ids can be set by anybody",
        )
    for arrival in call.arrivals:
        yield Evidence(
            "ours", f"docket number {arrival.number}", "that it was taken in and sealed", "that anybody had read it"
        )

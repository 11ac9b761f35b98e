"""A claim heard: whatever the sender shows is read, our records are held against it, and a finding is reached.

Banners of our own files are read where they can tell something of the sender's clock; the bytes are handed in.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from lodged.dispute.banner import Banner, read_banner
from lodged.dispute.finding import Finding
from lodged.dispute.mail import is_report, read_report
from lodged.dispute.match import DAY_S, claimed, matches
from lodged.dispute.numbers import tail
from lodged.dispute.our_records import Records
from lodged.dispute.printed import read_sheet
from lodged.dispute.reconcile import reconcile
from lodged.dispute.sheet import Sheet
from lodged.dispute.sides import Call
from lodged.dispute.typed import read_typed
from lodged.page import open_document
from lodged.page.mends import mend
from lodged.page.pieces import pieces
from lodged.problem import Problem, ProblemsError

MOST_PAGES = 4  # a sheet is a page; what comes stapled behind it is not read
MOST_BANNERS = 2
LEAST_TO_LEARN = 2
BytesOf = Callable[[str], bytes | None]


@dataclass(frozen=True, slots=True)
class Heard:
    """A finding, and what was learnt of the sender's clock before it (seconds ahead of ours, None not learnt)."""

    finding: Finding
    learnt_s: float | None = None


def read_claim(data: bytes, where: str, year: int | None = None) -> Sheet:
    """What the bytes claim: JSON typed in, a mail server's report, or a sheet as image or PDF.

    `year` stands in where a sheet prints none. Raises `ProblemsError` when nothing in them can be opened.
    """
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return read_typed(_text(data), where)
    if is_report(data):
        return read_report(data)
    opened = open_document(data)
    if not opened.pages:
        trouble = opened.trouble or "it has no pages"
        raise ProblemsError([Problem(where, trouble, mend(trouble))])
    tries = [(raster, 0) for raster in opened.pages[:MOST_PAGES]]
    tries += [(opened.pages[0], turned) for turned in (180, 90, 270)]
    for raster, turned in tries:
        found = read_sheet(pieces(raster, turned=turned), year)
        if found.is_sheet:
            return found
    return Sheet("print", is_sheet=False, problems=("it does not report a transmission",))


def hear(sheet: Sheet, ours: Records, bytes_of: BytesOf | None = None) -> Heard:
    """The finding on one claim. `bytes_of` gives the bytes of a file of ours by its SHA-256, None where it cannot."""
    if bytes_of is None or not sheet.is_sheet:
        return Heard(reconcile(sheet, ours))
    first = [match.call for match in matches(sheet, ours.calls, ours.numbers, ours.zone)][:1]
    others = _of_sender(sheet, ours, first)[:MOST_BANNERS]
    banners = dict(_banners([*first, *others], bytes_of))
    learnt = learn(others, banners, ours)
    last = [match.call for match in matches(sheet, ours.calls, ours.numbers, ours.zone, learnt)][:MOST_BANNERS]
    banners |= dict(_banners([call for call in last if call not in [*first, *others]], bytes_of))
    return Heard(reconcile(sheet, ours, banners, learnt), learnt)


def learn(calls: Iterable[Call], banners: dict[str, Banner], ours: Records) -> float | None:
    """How far the sender's clock runs ahead of ours, in seconds, by the lines on top of other pages that it sent.

    None where fewer than two tell it, or they do not agree within a minute.
    """
    offsets = []
    for call in calls:
        for file in call.files:
            banner = banners.get(file.sha256)
            if banner and banner.at and banner.at.within_s <= 60 and call.started:
                said = banner.at.at.replace(tzinfo=ours.zone)
                offsets.append((said - call.started).total_seconds() + banner.at.within_s / 2)
    agreed = len(offsets) >= LEAST_TO_LEARN and max(offsets) - min(offsets) <= 60
    return median(offsets) if agreed else None


def _of_sender(sheet: Sheet, ours: Records, known: Sequence[Call]) -> list[Call]:
    """Calls of the same station, the nearest in time first."""
    hours, station = claimed(sheet, ours.zone), tail(sheet.station_id)
    if hours is None:
        return []
    begun = hours[0]
    same = [
        (abs((call.started - begun).total_seconds()), call.commid, call)
        for call in ours.calls
        if call.started
        and call.files
        and call not in known
        and (station in (tail(call.station_id), tail(call.caller or "")) if station else call.called == sheet.dialled)
    ]
    return [call for apart, _, call in sorted(same, key=lambda one: one[:2]) if apart <= DAY_S]


def _banners(calls: Iterable[Call], bytes_of: BytesOf) -> Iterable[tuple[str, Banner]]:
    for call in calls:
        for file in call.files[:1]:
            data = bytes_of(file.sha256)
            banner = read_banner(data) if data else None
            if banner:
                yield file.sha256, banner


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("latin-1")


__all__ = ["Heard", "hear", "learn", "read_claim"]

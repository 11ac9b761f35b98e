"""A session trace: what a fax server and a modem said to each other in one call, to the hundredth of a second.

It is the best evidence a receiver has of itself: which pages were confirmed (T.30 `MCF` after `MPS`, `EOM` or
`EOP`), whether the caller said that no more would come (`EOP`), and whether the session came to its own end.
A trace has no year; `placed` gives it one.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from lodged.problem import Problem

_LINE = re.compile(r"([A-Z][a-z]{2}) +(\d{1,2}) (\d\d):(\d\d):(\d\d)(?:\.(\d{1,6}))?: \[ *(\d+)\]: ?(.*)")
_BEGIN = re.compile(r"SESSION BEGIN (\d+)(?: (.+))?")
_QUOTED = re.compile(r'"([^"]*)"')
_SIGNAL = re.compile(r"RECV recv (?:PRI-)?(MPS|EOM|EOP)\b")
_ANSWER = re.compile(r"RECV send (MCF|RTP)\b")
_DATA = re.compile(r"RECV: \d+ bytes of data")
_FILE = re.compile(r"RECV FAX \(\d+\): (recvq/\S+) from (.*), route to .*?, (\d+) pages")
_WRONG = re.compile(r"RECV FAX \(\d+\): session with .* terminated abnormally: (.*)")
_REFUSED = re.compile(
    r"permission denied|unaccept|call rejected|rejected|\bREJECT\b|no space|disk space|not accepting|cannot receive",
    re.I,
)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
LEAP_YEAR = 2000  # stands in until the true year is known, so that 29 February can be read


@dataclass(frozen=True, slots=True)
class Trace:
    """One call as traced. Moments are the server's clock without a zone.

    `ended` tells whether the session came to its own end. `confirmed` counts pages confirmed to the caller, None
    where the modem keeps that to itself (class 2). `final` tells whether the page after which no more would come
    was confirmed. `last_page_unconfirmed`: the server kept a page that it had not confirmed.
    """

    commid: str
    began: datetime
    last: datetime
    ended: bool
    process: str
    incoming: bool | None
    local_number: str
    call_ids: tuple[str, ...]
    remote_id: str
    confirmed: int | None
    final: bool
    last_page_unconfirmed: bool
    refused: str
    reason: str
    files: tuple[str, ...]

    @property
    def length_s(self) -> float:
        """From the first line to the last, in seconds."""
        return (self.last - self.began).total_seconds()


@dataclass(frozen=True, slots=True)
class _Said:
    at: datetime
    process: str
    text: str


def read_trace(text: str, where: str) -> Trace | Problem:
    """The session in one trace file, or what is wrong with it; a trace that breaks off is read as far as it goes."""
    said = list(_said(text))
    begin = next((found for one in said if (found := _BEGIN.match(one.text))), None)
    if not said or not begin:
        return Problem(where, "no session begins in this trace", "keep the file; it proves nothing by itself")
    texts = [one.text for one in said]
    pages = _pages(texts)
    return Trace(
        commid=begin[1],
        began=said[0].at,
        last=said[-1].at,
        ended="SESSION END" in texts,
        process=said[0].process,
        incoming=_incoming(texts),
        local_number=begin[2] or "",
        call_ids=_call_ids(texts),
        remote_id=_after(texts, "REMOTE TSI "),
        confirmed=pages[0],
        final=pages[1],
        last_page_unconfirmed=any(text.startswith("RECV keeping unconfirmed page") for text in texts),
        refused=next((text for text in texts if _is_refusal(text)), ""),
        reason=next((found[1] for text in texts if (found := _WRONG.match(text))), ""),
        files=tuple(dict.fromkeys(found[1] for text in texts if (found := _FILE.match(text)))),
    )


def placed(trace: Trace, near: datetime) -> Trace:
    """The trace in the year that brings it nearest to `near`, a moment of the same server's clock.

    A session that runs over New Year keeps its length.
    """
    years = [near.year - 1, near.year, near.year + 1]
    began = min((in_year(trace.began, year) for year in years), key=lambda moment: abs(moment - near))
    length = trace.last - trace.began
    if length < timedelta(0):
        length += in_year(trace.last, LEAP_YEAR + 1) - in_year(trace.last, LEAP_YEAR)
    return replace(trace, began=began, last=began + length)


def in_year(moment: datetime, year: int) -> datetime:
    """The same day and hour in another year; 29 February becomes 1 March where there is none."""
    try:
        return moment.replace(year=year)
    except ValueError:
        return moment.replace(year=year, month=3, day=1)


def _said(text: str) -> Iterator[_Said]:
    for line in text.splitlines():
        found = _LINE.match(line.replace("\0", ""))
        if found and found[1] in _MONTHS:
            day = f"{LEAP_YEAR}-{_MONTHS.index(found[1]) + 1:02}-{int(found[2]):02}"
            hour = f"{found[3]}:{found[4]}:{found[5]}.{(found[6] or '0').ljust(6, '0')}"
            try:
                at = datetime.fromisoformat(f"{day}T{hour}")
            except ValueError:
                continue  # a damaged line among good ones: the others still tell the session
            yield _Said(at, found[7], found[8])


def _incoming(texts: list[str]) -> bool | None:
    for text in texts:
        if text.startswith(("ANSWER", "RECV FAX", "CallID")):
            return True
        if text.startswith(("SEND FAX", "DIAL ")):
            return False
    return None


def _call_ids(texts: list[str]) -> tuple[str, ...]:
    """Name, number and the rest, as the log has them; a trace says the number first."""
    told = next((_QUOTED.findall(text) for text in texts if text.startswith("CallID:")), [])
    told = ["" if one == "<NONE>" else one for one in told]
    return (told[1], told[0], *told[2:]) if len(told) > 1 else tuple(told)


def _after(texts: list[str], start: str) -> str:
    return next((text.removeprefix(start).strip('" ') for text in texts if text.startswith(start)), "")


def _is_refusal(text: str) -> bool:
    return text.startswith(("ANSWER", "RECV FAX", "CallID", "REJECT")) and _REFUSED.search(text) is not None


def _pages(texts: list[str]) -> tuple[int | None, bool]:
    """Pages confirmed, and whether the last one was. A signal said again without new data is the same page."""
    confirmed, final, talked = 0, False, False
    fresh, signal = False, ""
    for text in texts:
        if _DATA.match(text):
            fresh = True
        elif found := _SIGNAL.match(text):
            signal, talked = found[1], True
        elif _ANSWER.match(text) and signal:
            confirmed += fresh or not _any_data(texts)
            final, fresh, signal = signal == "EOP", False, ""
    heard = talked or any(text.startswith(("RECV recv", "<-- HDLC", "--> HDLC")) for text in texts)
    return (confirmed if heard or not any("+F" in text for text in texts) else None), final


def _any_data(texts: list[str]) -> bool:
    return any(_DATA.match(text) for text in texts)

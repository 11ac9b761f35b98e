"""The rows of a HylaFAX activity log, one for each document sent or received and each call answered.

Fields stand at the places that `xferfaxlog(5)` gives them. Logs of older versions end earlier: with 14 fields
(no call ids), 16 or 17 (call ids), 18 (owner), 19 (`dcs`), 20 (job counters). Times are the server's own clock,
to the minute, without a zone.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from lodged.problem import Problem

KINDS = frozenset({"SEND", "RECV", "CALL", "POLL", "PAGE", "UNSENT", "PROXY"})
LEAST_FIELDS = 14  # the oldest layout that has a communication identifier: it ends with the reason
NONE = "<NONE>"
MEND = "compare it with the session trace of the same call; the other rows were read"
_MINUTE = re.compile(r"(\d\d)/(\d\d)/(\d\d) (\d\d):(\d\d)", re.ASCII)
FIRST_YEAR = 90  # of two digits: the first fax servers of this kind are of 1990
_DURATION = re.compile(r"(\d+):(\d\d):(\d\d)|(\d+):(\d\d)")


@dataclass(frozen=True, slots=True)
class Row:
    """One row. `at` is the server's clock without a zone; durations are in seconds, None where not legible.

    `number` is `dest-number` of a call made and `local-number` (configuration, not the number dialled) of a call
    received. `remote_id` is what the other machine calls itself. `call_ids` are name, number and the rest.
    `text` is the row as it stands in the log.
    """

    kind: str
    at: datetime
    commid: str
    modem: str = ""
    file: str = ""
    number: str = ""
    remote_id: str = ""
    pages: int = 0
    job_s: int | None = None
    line_s: int | None = None
    reason: str = ""
    call_ids: tuple[str, ...] = ()
    dcs: str = ""
    text: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows that could be read, in order of time and number, each once; and what was wrong with the others."""

    rows: tuple[Row, ...]
    problems: tuple[Problem, ...]


def read_rows(text: str, where: str) -> Rows:
    """Every row of an activity log; a row that cannot be read is a problem, never an end to the reading."""
    read = [_row(line, f"{where}, line {number}") for number, line in _lines(text)]
    rows = {row for row in read if isinstance(row, Row)}
    problems = tuple(problem for problem in read if isinstance(problem, Problem))
    return Rows(in_order(rows), problems)


def in_order(rows: Iterable[Row]) -> tuple[Row, ...]:
    """Rows by hour, number and kind, so that a log read in another order tells the same."""
    return tuple(sorted(rows, key=lambda row: (row.at, row.commid, row.kind, row.file, repr(row))))


def _lines(text: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(text.replace("\r\n", "\n").split("\n"), start=1):
        if line.strip("\0 \t"):
            yield number, line


def _row(line: str, where: str) -> Row | Problem:
    written = line.split("\t")
    fields = [_bare(one) for one in written]
    at = read_minute(fields[0])
    if at is None:
        return Problem(where, f"`{fields[0][:40]}` is not a time as the fax server writes it", MEND)
    if len(fields) < LEAST_FIELDS:
        return Problem(where, f"the row breaks off after {len(fields)} of at least {LEAST_FIELDS} fields", MEND)
    if _open(written[-1]):
        return Problem(where, f"the row breaks off within its field {len(fields)}", MEND)
    if fields[1] not in KINDS:
        return Problem(where, f"`{fields[1][:20]}` is not a kind of row known here", MEND)
    if not fields[10].isascii() or not fields[10].isdigit():
        return Problem(where, f"`{fields[10][:20]}` is not a number of pages", MEND)
    incoming = fields[1] in ("RECV", "CALL")
    return Row(
        kind=fields[1],
        at=at,
        commid=fields[2],
        modem=fields[3],
        file=fields[4] if incoming else "",
        number=fields[7],
        remote_id=fields[8],
        pages=int(fields[10][:6]),
        job_s=seconds(fields[11]),
        line_s=seconds(fields[12]),
        reason=fields[13],
        call_ids=_call_ids(fields[14:17]) if incoming else (),
        dcs=fields[18] if len(fields) > 18 else "",
        text=line,
    )


def _open(written: str) -> bool:
    """Whether a quoted field was begun and not ended: the row was being written when the server or the copy stopped."""
    return written.startswith('"') and not (len(written) > 1 and written.rstrip("\0 ").endswith('"'))


def _bare(written: str) -> str:
    bare = written.strip("\0 ")
    return bare[1:-1] if len(bare) > 1 and bare[0] == bare[-1] == '"' else bare


def _call_ids(fields: list[str]) -> tuple[str, ...]:
    """Name, number, and the rest, which stands in one field with `::` between."""
    told = [*fields[:2], *(fields[2].split("::") if len(fields) > 2 else [])]
    return tuple("" if one == NONE else one for one in told)


def read_minute(text: str) -> datetime | None:
    """`MM/DD/YY HH:MM` of the server's clock; None for anything else.

    >>> read_minute("11/24/26 03:32")
    datetime.datetime(2026, 11, 24, 3, 32)
    """
    found = _MINUTE.fullmatch(text)
    if not found:
        return None
    month, day, year, hour, minute = found.groups()
    try:
        return datetime.fromisoformat(
            f"{'19' if int(year) >= FIRST_YEAR else '20'}{year}-{month}-{day}T{hour}:{minute}"
        )
    except ValueError:
        return None


def seconds(text: str) -> int | None:
    """`HH:MM:SS` or `MM:SS` in seconds; None for anything else.

    >>> seconds("0:01:06"), seconds("1:38"), seconds("-")
    (66, 98, None)
    """
    found = _DURATION.fullmatch(text.strip())
    if not found:
        return None
    hours, minutes, rest = (found[1], found[2], found[3]) if found[1] else ("0", found[4], found[5])
    return int(hours) * 3600 + int(minutes) * 60 + int(rest)


def number_called(call_ids: Iterable[str]) -> str | None:
    """The number that was rung, as the exchange told it: the last call id that is a telephone number, after the caller's.

    >>> number_called(("ERO FIELD", "15125550100", "", "15125550199"))
    '15125550199'
    """
    told = [one for one in list(call_ids)[2:] if len(re.sub(r"\D", "", one)) >= 7]
    return told[-1] if told else None

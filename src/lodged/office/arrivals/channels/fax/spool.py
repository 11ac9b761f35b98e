"""The spool of a HylaFAX server, read as it lies there: files received, rows of the log, traces of the calls.

Nothing here trusts one of the three alone: a receiver that is killed after the last page was confirmed leaves a whole
file and a trace, and no row. Formats: xferfaxlog(5F), recvq(5F); what the manual does not say was measured on 6.0.7.
"""

import fcntl
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from lodged.office.arrivals.channels.fax.tiff import FaxFile

COLUMNS = 19  # of a row of xferfaxlog
LARGEST = 200 * 2**20  # bytes of one received file
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
STAMP = re.compile(r"^([A-Z][a-z]{2}) ([ \d]\d) (\d\d):(\d\d):(\d\d)\.\d\d: ", re.MULTILINE)
Moment = tuple[int, ...]  # month, day, hour, minute, second: all that a trace says of the time


@dataclass(frozen=True, slots=True)
class Row:
    """A RECV row of xferfaxlog: what the server wrote when a call had ended; `text` is the row as it stands there."""

    commid: str
    device: str
    file: str
    station: str
    pages: str
    duration: str
    error: str
    caller_name: str
    caller: str
    dcs: str
    text: str


@dataclass(frozen=True, slots=True)
class Trace:
    """The trace of one call: its number, its bytes, and from when to when it speaks."""

    commid: str
    content: bytes
    first: Moment | None
    last: Moment | None


@dataclass(frozen=True, slots=True)
class Spool:
    """What a server has written down until now."""

    folder: Path
    rows: tuple[Row, ...] = ()
    commids: frozenset[str] = frozenset()  # of every row: sent, received, called
    traces: Mapping[str, Path] = field(default_factory=dict)  # by the number of the call; read when asked for

    def row_of(self, file: str) -> Row | None:
        """The row of a received file (`recvq/fax000000001.tif`); the newest, should numbers have begun again."""
        return next((row for row in reversed(self.rows) if row.file == file), None)

    def trace(self, commid: str) -> Trace | None:
        """The trace of a call, as far as it is written."""
        return _trace(self.traces[commid]) if commid in self.traces else None

    def trace_of(self, fax: FaxFile) -> Trace | None:
        """The trace of a file that has no row: the only call without a row that was going on at the file's own time."""
        stamped = _stamped(fax.stamped)
        without = (_trace(path) for commid, path in self.traces.items() if commid not in self.commids)
        found = [one for one in without if _speaks_of(one, stamped)]
        if len(found) > 1:
            found = [one for one in found if fax.station.encode() in one.content]
        return found[0] if len(found) == 1 else None


def read_spool(folder: Path) -> Spool:
    """Read the log and find every trace; a log that is not there has no rows."""
    lines = _text(folder / "log" / "xferfaxlog").splitlines()
    split = [(line, [one.strip('"') for one in line.split("\t")]) for line in lines]
    whole = [(line, columns) for line, columns in split if len(columns) == COLUMNS]
    rows = tuple(_row(line, columns) for line, columns in whole if columns[1] == "RECV")
    traces = {path.name[1:]: path for path in sorted((folder / "log").glob("c[0-9]*")) if path.is_file()}
    return Spool(folder, rows, frozenset(columns[2] for _, columns in whole), traces)


def received_files(folder: Path) -> Iterator[Path]:
    """Every file the server has received or is receiving, oldest number first."""
    return (path for path in sorted((folder / "recvq").glob("fax*.tif")) if path.is_file() and not path.is_symlink())


def is_being_received(path: Path) -> bool:
    """Whether the server holds the file: it locks it while the call goes on, and the lock ends with its process."""
    handle = os.open(path, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(handle)
    return False


def _row(text: str, columns: list[str]) -> Row:
    return Row(
        commid=columns[2],
        device=columns[3],
        file=columns[4],
        station=columns[8],
        pages=columns[10],
        duration=columns[12],
        error=columns[13],
        caller_name=columns[14],  # name before number here, number before name in the hook's arguments
        caller=columns[15],
        dcs=columns[18],
        text=text,
    )


def _trace(path: Path) -> Trace:
    try:
        content = path.read_bytes()
    except OSError:
        content = b""
    moments = [_moment(found) for found in STAMP.finditer(content.decode("ascii", "replace"))]
    first, last = (moments[0], moments[-1]) if moments else (None, None)
    return Trace(path.name[1:], content, first, last)


def _moment(found: re.Match[str]) -> Moment | None:
    month, *rest = found.groups()
    return (MONTHS.index(month) + 1, *map(int, rest)) if month in MONTHS else None


def _stamped(text: str) -> Moment | None:
    """The moment in a file's own stamp, `2026:11:24 03:38:48`, without its year."""
    found = re.fullmatch(r"\d{4}:(\d\d):(\d\d) (\d\d):(\d\d):(\d\d)", text)
    return tuple(map(int, found.groups())) if found else None


def _speaks_of(trace: Trace, moment: Moment | None) -> bool:
    if moment is None or trace.first is None or trace.last is None:
        return False
    return trace.first <= moment <= trace.last


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8", "replace")
    except OSError:
        return ""

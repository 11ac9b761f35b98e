"""A fax server's spool as the intake asks it: which files there are, which call each is of, what was written down of it.

Nothing here trusts one record alone: a receiver that is killed after the last page was confirmed leaves a whole file
and a trace, and no row. What rows, traces and files say is read by `lodged.fax`.
"""

import fcntl
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from lodged.fax import Received, Row, Trace, read_rows, read_trace
from lodged.fax.trace import placed

LARGEST = 200 * 2**20  # bytes of one received file
RECEIVED = "RECV"


@dataclass(frozen=True, slots=True)
class Kept:
    """The trace of one call with its bytes, which are kept beside the document; `read` is None where they tell nothing."""

    commid: str
    content: bytes
    read: Trace | None


@dataclass(frozen=True, slots=True)
class Spool:
    """What a server has written down until now."""

    folder: Path
    rows: tuple[Row, ...] = ()  # of documents received
    commids: frozenset[str] = frozenset()  # of every row: sent, received, called
    traces: Mapping[str, Path] = field(default_factory=dict)  # by the number of the call; read when asked for

    def row_of(self, file: str) -> Row | None:
        """The row of a received file (`recvq/fax000000001.tif`); the newest, should numbers have begun again."""
        return next((row for row in reversed(self.rows) if row.file == file), None)

    def trace(self, commid: str) -> Kept | None:
        """The trace of a call, as far as it is written."""
        return _kept(self.traces[commid]) if commid in self.traces else None

    def trace_of(self, fax: Received) -> Kept | None:
        """The trace of a file that has no row: the only call without a row that was going on at the file's own time."""
        without = (_kept(path) for commid, path in self.traces.items() if commid not in self.commids)
        found = [one for one in without if _speaks_of(one, fax)]
        if len(found) > 1:
            found = [one for one in found if one.read is not None and one.read.remote_id == fax.sender_id]
        return found[0] if len(found) == 1 else None


def read_spool(folder: Path) -> Spool:
    """Read the log and find every trace; a log that is not there has no rows."""
    rows = read_rows(_bytes(folder / "log" / "xferfaxlog").decode("utf-8", "replace"), "xferfaxlog").rows
    traces = {path.name[1:]: path for path in sorted((folder / "log").glob("c[0-9]*")) if path.is_file()}
    received = tuple(row for row in rows if row.kind == RECEIVED)
    return Spool(folder, received, frozenset(row.commid for row in rows), traces)


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


def _kept(path: Path) -> Kept:
    content = _bytes(path)
    read = read_trace(content.decode("utf-8", "replace"), path.name)
    return Kept(path.name[1:], content, read if isinstance(read, Trace) else None)


def _speaks_of(kept: Kept, fax: Received) -> bool:
    """Whether the file's own stamp, to the second, lies within the session."""
    if kept.read is None or fax.at is None:
        return False
    trace = placed(kept.read, fax.at)
    return trace.began.replace(microsecond=0) <= fax.at <= trace.last


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""

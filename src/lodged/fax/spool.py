"""A fax server's whole spool: its log, its traces, its queue of received papers, and its next numbers.

What is half-written or damaged becomes a problem and leaves the rest readable; nothing here writes.
"""

import gzip
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from lodged.fax.calls import Row, in_order, read_rows
from lodged.fax.provider import Carried, read_provider
from lodged.fax.received import Received, read_received
from lodged.fax.trace import Trace, placed, read_trace
from lodged.problem import Problem, ProblemsError

LOGS = ("log/xferfaxlog*", "etc/xferfaxlog*", "etc/xferlog*")
TRACES = "log/c*"
RECEIVED = "recvq/*.tif*"
PROVIDER = "provider*.json*"
LARGEST_LOG, LARGEST_TRACE, LARGEST_FILE = 64_000_000, 16_000_000, 60_000_000
_TRACE_NAME = re.compile(r"c(\d+)(?:\.gz)?")
MEND = "name the folder that holds `log` and `recvq`, as in /var/spool/hylafax"


@dataclass(frozen=True, slots=True)
class Spool:
    """What one fax server wrote down. `next_call` and `next_file` are the numbers it would give next, None unknown.

    All moments are the server's clock without a zone.
    """

    name: str
    rows: tuple[Row, ...] = ()
    traces: tuple[Trace, ...] = ()
    received: tuple[Received, ...] = ()
    carried: tuple[Carried, ...] = ()
    next_call: int | None = None
    next_file: int | None = None
    has_log: bool = True
    problems: tuple[Problem, ...] = ()


def read_spool(folder: Path) -> Spool:
    """Everything in a spool. Raises `ProblemsError` when there is no spool at `folder`."""
    try:
        there = (folder / "log").is_dir() or (folder / "recvq").is_dir() or any(folder.glob(PROVIDER))
    except (OSError, ValueError):
        there = False
    if not there:
        raise ProblemsError([Problem(f"`{folder}`", "there is no fax server's spool here", MEND)])
    problems = list(_shut(folder))
    logs = [(path, _text(path, LARGEST_LOG, problems)) for path in _files(folder, LOGS)]
    read = [read_rows(text, _place(folder, path)) for path, text in logs if text is not None]
    rows = in_order({row for one in read for row in one.rows})
    problems += [problem for one in read for problem in one.problems]
    received = tuple(_received(folder, problems))
    carried = [read_provider(text, _place(folder, path)) for path, text in _texts(folder, PROVIDER, problems)]
    problems += [problem for _, found in carried for problem in found]
    return Spool(
        name=folder.name,
        rows=rows,
        traces=tuple(_traces(folder, rows, received, problems)),
        received=received,
        carried=tuple(one for found, _ in carried for one in found),
        next_call=_number(folder / "log" / "seqf", problems),
        next_file=_number(folder / "recvq" / "seqf", problems),
        has_log=any(text is not None for _, text in logs),
        problems=tuple(problems),
    )


def _shut(folder: Path) -> Iterator[Problem]:
    """Folders of the spool that are there and may not be looked into: what lies in them would silently be missing."""
    for name in ("log", "recvq", "etc"):
        if (folder / name).is_dir() and not os.access(folder / name, os.R_OK | os.X_OK):
            yield Problem(f"`{folder / name}`", "permission denied", "let whoever runs this read the spool")


def _files(folder: Path, patterns: Iterable[str]) -> list[Path]:
    found = {path for pattern in patterns for path in folder.glob(pattern)}
    return sorted(path for path in found if path.is_file())


def _texts(folder: Path, pattern: str, problems: list[Problem]) -> Iterator[tuple[Path, str]]:
    for path in _files(folder, [pattern]):
        text = _text(path, LARGEST_LOG, problems)
        if text is not None:
            yield path, text


def _traces(
    folder: Path, rows: Iterable[Row], received: Iterable[Received], problems: list[Problem]
) -> Iterator[Trace]:
    """Every session trace, in its year: that of the same call's row, else of the nearest call, else of its file."""
    years = {row.commid: row.at for row in rows}
    seen = sorted([*years.values(), *(file.at for file in received if file.at)])
    for path in _files(folder, [TRACES]):
        if not _TRACE_NAME.fullmatch(path.name):
            continue
        text = _text(path, LARGEST_TRACE, problems)
        trace = None if text is None else read_trace(text, _place(folder, path))
        if isinstance(trace, Problem):
            problems.append(trace)
        elif trace:
            yield placed(trace, years.get(trace.commid) or (seen[-1] if seen else _written(path)))


def _received(folder: Path, problems: list[Problem]) -> Iterator[Received]:
    for path in _files(folder, [RECEIVED]):
        data = _bytes(path, LARGEST_FILE, problems)
        if data is not None:
            yield read_received(data, f"recvq/{path.name}")


def _written(path: Path) -> datetime:
    return datetime.fromtimestamp(path.stat().st_mtime)  # noqa: DTZ006  (the server's own clock, as its traces are)


def _number(path: Path, problems: list[Problem]) -> int | None:
    if not path.is_file():
        return None
    text = (_text(path, 64, problems) or "").strip()
    return int(text) if text.isascii() and text.isdigit() else None


def _text(path: Path, largest: int, problems: list[Problem]) -> str | None:
    data = _bytes(path, largest, problems)
    if data is None:
        return None
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def _bytes(path: Path, largest: int, problems: list[Problem]) -> bytes | None:
    try:
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as stream:
            data = stream.read(largest + 1)
    except (OSError, EOFError) as error:
        why = getattr(error, "strerror", None) or "cannot be read"
        problems.append(Problem(f"`{path}`", why.lower(), "let whoever runs this read the spool"))
        return None
    if len(data) > largest:
        problems.append(Problem(f"`{path}`", f"only its first {largest:,} bytes were read", "divide it"))
    return data[:largest]


def _place(folder: Path, path: Path) -> str:
    return str(path.relative_to(folder))

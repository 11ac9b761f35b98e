"""The sweep: every paper in a fax server's spool becomes an arrival, whether or not the server told us of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from lodged.fax import read_received
from lodged.office.arrivals.channels.fax.call import Call, call
from lodged.office.arrivals.channels.fax.receive import from_call, taken_in
from lodged.office.arrivals.channels.fax.spool import LARGEST, Spool, is_being_received, read_spool, received_files
from lodged.office.arrivals.models import Arrival, Channel
from lodged.problem import Problem, ProblemsError


@dataclass(frozen=True, slots=True)
class Left:
    """A file that was left alone, with the reason; `waits` means that the next sweep will find it finished."""

    file: str
    why: str
    waits: bool = False


@dataclass(frozen=True, slots=True)
class Missing:
    """A call of which nothing can be taken in, with the reason; `commid` is the server's number of it."""

    commid: str
    why: str


@dataclass(frozen=True, slots=True)
class Swept:
    """What a sweep found: arrivals made now, arrivals there already, files left alone, calls without a paper."""

    taken_in: tuple[Arrival, ...]
    already: tuple[Arrival, ...]
    left: tuple[Left, ...]
    missing: tuple[Missing, ...]


def sweep(folder: Path, custodian: str, at: datetime) -> Swept:
    """Take in every whole file of `recvq` that is not an arrival yet; raises ProblemsError where there is no spool.

    It needs no hook, changes nothing in the spool, and can be run at any time and as often as one likes.
    """
    if not (folder / "recvq").is_dir():
        mend = "name the folder of the fax server, such as /var/spool/hylafax"
        raise ProblemsError([Problem(str(folder), "there is no `recvq` in it", mend)])
    new, known, left = list[Arrival](), list[Arrival](), list[Left]()
    for found in _calls(folder):
        if isinstance(found, Left):
            left.append(found)
            continue
        there = taken_in(found)
        arrival, is_new = (there, False) if there else from_call(found, custodian, at)
        (new if is_new else known).append(arrival)
    return Swept(tuple(new), tuple(known), tuple(left), tuple(_missing(read_spool(folder))))


def _calls(folder: Path) -> Iterator[Call | Left]:
    spool = read_spool(folder)
    for path in received_files(folder):
        file = f"recvq/{path.name}"
        try:
            if is_being_received(path):
                yield Left(file, "it is still being received", waits=True)
                continue
            if path.stat().st_size > LARGEST:
                yield Left(file, "it is larger than 200 MB")
                continue
            document = path.read_bytes()
        except OSError as error:
            yield Left(file, f"it cannot be read: {(error.strerror or 'no reason given').lower()}")
            continue
        if spool.row_of(file) is None:  # a row that was written while we swept is better evidence than none
            spool = read_spool(folder)
        found = call(document, file, spool, {})
        cut = read_received(document, file).trouble
        yield Left(file, f"it is cut: {cut}") if cut and taken_in(found) is None else found


def _missing(spool: Spool) -> Iterator[Missing]:
    """Calls that a row tells of and whose file is nowhere, then numbers that the server passed over.

    Numbers before the first call of this spool that the docket took in are from before it was connected.
    """
    taken_in = Arrival.objects.filter(channel=Channel.FAX).values_list("evidence__commid", flat=True)
    kept = {_number(one) for one in taken_in if one}
    numbers = {_number(one) for one in spool.commids | spool.traces.keys()}
    first = min(numbers & kept, default=0) or max(numbers, default=0)
    for row in spool.rows:
        told = row.pages > 0 and _number(row.commid) > first and _number(row.commid) not in kept
        if told and not (spool.folder / row.file).is_file():
            yield Missing(row.commid, f"its row names {row.file}, and the file is gone")
    for number in range(first, max(numbers, default=0)):
        if number not in numbers:
            yield Missing(f"{number:09d}", "its number was given out, and there is neither row nor trace")


def _number(commid: str) -> int:
    return int(commid) if commid.isdecimal() else 0

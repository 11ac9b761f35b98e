"""What the command line needs to take papers in: the fax that a server tells of, the sweep of its spool, a scan."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from lodged.office.arrivals.channels.counter.receive import from_counter
from lodged.office.arrivals.channels.fax.call import NO_ROW, call
from lodged.office.arrivals.channels.fax.receive import from_call
from lodged.office.arrivals.channels.fax.spool import read_spool
from lodged.office.arrivals.channels.fax.sweep import Swept, sweep
from lodged.office.arrivals.models import Arrival
from lodged.office.custodians import custodian
from lodged.office.desk import clock
from lodged.office.desk.rounds import Round
from lodged.office.seals import heads
from lodged.office.staff.models import User
from lodged.problem import Problem, ProblemsError

Told = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Taken:
    """An arrival with its receipt, and whether it was made now or had been taken in before."""

    arrival: Arrival
    new: bool
    receipt: bytes


def start(alone: bool) -> None:
    """The first deed of a start. Beside an office that is open nothing is started: it must only be of this version."""
    if alone:
        heads.start(clock.now())
        return
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        mend = "end it and start it again with this version"
        raise ProblemsError([Problem("office", "the office that is open is of another version", mend)])


def take_fax(document: bytes, file: str, custodian_id: str, spool: Path | None, told: Mapping[str, str]) -> Taken:
    """Take in one call that the fax server tells of; when this returns the receipt may be sent."""
    found = call(document, file, read_spool(spool) if spool else None, told)
    return _receipted(*from_call(found, custodian_id, clock.now()))


def take_scan(document: bytes, name: str, custodian_id: str, brought_by: str, taken_in_by: str) -> Taken:
    """Take in a paper from the counter; raises ProblemsError where nobody of that name works here."""
    user = User.objects.filter(username=taken_in_by, is_active=True).first()
    if user is None:
        raise ProblemsError([Problem("--by", f"nobody here signs in as `{taken_in_by}`", "name who took the paper in")])
    return _receipted(from_counter(document, name, custodian_id, clock.now(), brought_by, user), True)


def sweep_spool(folder: Path, custodian_id: str) -> tuple[Swept, list[Taken]]:
    """Sweep a fax server's spool; every arrival of it leaves with its receipt, also where a crash came between."""
    swept = sweep(folder, custodian_id, clock.now())
    for arrival in swept.already:
        _receipted(arrival, False)
    return swept, [_receipted(arrival, True) for arrival in swept.taken_in]


def read_on() -> None:
    """Take everything that waits for the machine as far as it can go."""
    Round(clock.now()).everything()


def told(taken: Taken, files: Mapping[str, str]) -> Told:
    """What was taken in, as JSON values."""
    checkpoint = heads.newest()
    log = {
        "origin": settings.LODGED_ORIGIN,
        "index": taken.arrival.seal_id,
        "size": checkpoint.size if checkpoint else 0,
    }
    return {
        "arrival": told_arrival(taken.arrival),
        "new": taken.new,
        "log": {**log, "witnessed": False},
        "files": dict(files),
    }


def told_arrival(arrival: Arrival) -> Told:
    """An arrival, as JSON values: what the sender claims and what our own server wrote stand apart."""
    zone = custodian(arrival.custodian).zone
    pages = arrival.evidence.get("pages")
    return {
        "number": arrival.number,
        "channel": arrival.channel,
        "received_at": arrival.received_at.astimezone(zone).isoformat(),
        "pages": int(pages) if pages else None,
        "sha256": arrival.sha256,
        "claims": arrival.claims,
        "evidence": arrival.evidence,
    }


def told_sweep(folder: Path, swept: Swept, files: Mapping[str, str]) -> Told:
    """What a sweep found, as JSON values."""
    return {
        "spool": str(folder),
        "taken_in": [
            {**told_line(one), "log_row": one.evidence["row"] != NO_ROW, "receipt": files.get(one.number)}
            for one in swept.taken_in
        ],
        "already": [told_line(one) for one in swept.already],
        "left": [{"file": one.file, "why": one.why, "waits": one.waits} for one in swept.left],
        "missing": [{"commid": one.commid, "why": one.why} for one in swept.missing],
    }


def told_line(arrival: Arrival) -> Told:
    """An arrival of a sweep in one line."""
    evidence = arrival.evidence
    return {
        "file": evidence["file"],
        "commid": evidence.get("commid"),
        "number": arrival.number,
        "pages": int(evidence.get("pages", 0)),
        "sha256": arrival.sha256,
    }


def _receipted(arrival: Arrival, new: bool) -> Taken:
    return Taken(arrival, new, bytes(Round(clock.now()).receipt(arrival).body))

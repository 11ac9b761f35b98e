"""Opens the office to take papers in: alone, or beside the one that is open, so that a fax never waits for the desk."""

import os
from pathlib import Path
from typing import Any

from lodged.cli._office import open_beside, open_office
from lodged.log.durable import write_durably
from lodged.office.custodians import custodian
from lodged.office.desk.guard import obstacles
from lodged.office.home import DEMONSTRATION, Home, HomeInUseError
from lodged.problem import Problem, ProblemsError

MODULE = "lodged.office.desk.intake"
SAMPLE = "us-ny-nyc/doc"  # the custodian of the demonstration, as in `lodged demo`


def custodian_of(named: str | None) -> str:
    """Whose docket; raises ProblemsError for an id nobody has."""
    id_ = named or os.environ.get("LODGED_CUSTODIAN") or SAMPLE
    custodian(id_)
    return id_


def intake(custodian_id: str) -> Any:
    """The desk's intake in the office that `LODGED_HOME` names; raises ProblemsError where it may take nothing in.

    Only a demonstration's folder is opened while the office is not fit for real papers (safeguard 32).
    """
    home = Home.from_environment()
    demo = (home.folder / DEMONSTRATION).exists()
    if not demo and (missing := obstacles(os.environ)):
        mend = "name the folder of one: `LODGED_HOME=DIR lodged demo --once --keep` makes it"
        raise ProblemsError([Problem("LODGED_HOME", f"`{home.folder}` is no demonstration's folder", mend), *missing])
    try:
        desk, alone = open_office(home.folder, MODULE, custodian_id, demo), True
    except HomeInUseError:
        desk, alone = open_beside(home.folder, MODULE, custodian_id, demo), False
    desk.start(alone)
    return desk


def write_receipt(path: Path, receipt: bytes) -> Path:
    """Write a receipt durably; raises ProblemsError where it cannot be written, with the arrival kept all the same."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_durably(path, receipt)
    except OSError as error:
        mend = "the paper is taken in; its receipt can be had again by the same command"
        raise ProblemsError([Problem(str(path), f"the receipt cannot be written: {error.strerror}", mend)]) from error
    return path

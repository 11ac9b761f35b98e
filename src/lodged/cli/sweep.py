"""`lodged sweep`: whole papers in a fax server's spool that nobody wrote down become arrivals."""

import argparse
import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from lodged.cli._office import open_office
from lodged.fax import read_spool
from lodged.office.custodians import custodian
from lodged.office.home import Home, HomeInUseError
from lodged.problem import Problem, ProblemsError

DONE, LESS = 0, 3


def run(arguments: Sequence[str]) -> int:
    """Sweep one spool into the office's docket: 0 done, 2 no spool or office, 3 files were left where they are."""
    parser = argparse.ArgumentParser(prog="lodged sweep", description=__doc__)
    parser.add_argument("--spool", type=Path, required=True, metavar="DIR", help="the fax server's spool")
    parser.add_argument("--custodian", metavar="ID", help="whose docket; LODGED_CUSTODIAN without it")
    parser.add_argument(
        "--with-rows", action="store_true", help="also what the server's log has a row of and nobody handed over"
    )
    parser.add_argument("--json", action="store_true", help="speak JSON")
    asked = parser.parse_args(arguments)
    house = asked.custodian or os.environ.get("LODGED_CUSTODIAN") or "us-ny-nyc/doc"
    custodian(house)
    read_spool(asked.spool)
    folder = Home.from_environment().folder
    if not (folder / "head").is_file():
        raise ProblemsError(
            [Problem(f"`{folder}`", "there is no office here", "set LODGED_HOME to the office's folder")]
        )
    try:
        sweeping = open_office(folder, "lodged.office.desk.sweeping", house, demo=os.environ.get("LODGED_DEMO") == "1")
    except HomeInUseError as error:
        mend = "sweep from its page of disputes, or stop it first"
        raise ProblemsError([Problem(f"`{folder}`", "the office is open in another process", mend)]) from error
    swept, reopened = sweeping.sweep_now(asked.spool.resolve(), asked.with_rows)
    told = _told(swept, reopened)
    print(json.dumps(told, ensure_ascii=False, indent=2) if asked.json else _spoken(told))
    return LESS if told["left"] else DONE


def _told(swept: Any, reopened: Sequence[Any]) -> dict[str, Any]:
    """The sweep as JSON; the office's own types are not loaded before its settings are."""
    return {
        "spool": swept.spool,
        "taken": [{"number": one.number, "file": one.name, "sha256": one.sha256} for one in swept.taken],
        "known": swept.known,
        "left": [{"file": one.file, "why": one.why} for one in swept.left],
        "reopened": [{"dispute": one.dispute.number, "sentence": one.sentence} for one in reopened],
    }


def _spoken(told: dict[str, Any]) -> str:
    lines = [f"{told['spool']}: {len(told['taken'])} taken in, {told['known']} known already, {len(told['left'])} left"]
    lines += [f"  {one['number']}: {one['file']}" for one in told["taken"]]
    lines += [f"  {one['file']} was left: {one['why']}" for one in told["left"]]
    lines += [f"  {one['dispute']} was reopened: {one['sentence']}" for one in told["reopened"]]
    return "\n".join(lines)

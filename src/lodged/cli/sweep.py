"""`lodged sweep`: every paper in a fax server's spool becomes an arrival, whether or not the server told of it."""

import argparse
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from lodged.cli._intake import custodian_of, intake, write_receipt
from lodged.problem import Problem, ProblemsError

DONE, LESS = 0, 3


def run(arguments: Sequence[str]) -> int:
    """Sweep once: 0 done, 2 there is no spool or no office, 3 a file was cut or a call left no paper."""
    options = _parser().parse_args(arguments)
    if not (options.spool / "recvq").is_dir():
        mend = "name the folder of the fax server, such as /var/spool/hylafax"
        raise ProblemsError([Problem("--spool", f"there is no `recvq` in `{options.spool}`", mend)])
    custodian = custodian_of(options.custodian)
    desk = intake(custodian)
    swept, taken = desk.sweep_spool(options.spool, custodian)
    files = {}
    if options.receipts is not None:
        for one in taken:
            place = options.receipts / f"receipt-{one.arrival.number}.pdf"
            files[one.arrival.number] = str(write_receipt(place, one.receipt))
    said = desk.told_sweep(options.spool, swept, files)
    print(json.dumps(said, ensure_ascii=False, indent=1) if options.json else "\n".join(_spoken(said)), flush=True)
    if options.read:
        desk.read_on()
    return LESS if said["missing"] or any(not one["waits"] for one in said["left"]) else DONE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="lodged sweep", description="Take in what lies in a fax server's spool.")
    parser.add_argument("--spool", type=Path, required=True, metavar="DIR", help="such as /var/spool/hylafax")
    parser.add_argument("--custodian", metavar="ID", help="whose docket; else `LODGED_CUSTODIAN`")
    parser.add_argument("--receipts", type=Path, metavar="DIR", help="where receipts for what is new are written")
    parser.add_argument("--read", action="store_true", help="then read what was taken in, as far as a machine may")
    parser.add_argument("--json", action="store_true", help="say it as JSON")
    return parser


def _spoken(said: dict[str, Any]) -> Iterator[str]:
    for one in said["taken_in"]:
        told = "" if one["log_row"] else "; the server's log has no row of it"
        pages = "1 page" if one["pages"] == 1 else f"{one['pages']} pages"
        yield f"{one['number']}: {one['file']}, {pages}, taken in{told}"
    for one in said["left"]:
        yield f"left alone: {one['file']}: {one['why']}"
    for one in said["missing"]:
        yield f"no paper: call {one['commid']}: {one['why']}"
    yield f"{len(said['taken_in'])} taken in, {len(said['already'])} there already, {len(said['left'])} left alone"

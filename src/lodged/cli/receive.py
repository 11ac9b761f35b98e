"""`lodged receive`: a paper that came is taken in, sealed and receipted; a fax server's hook calls it."""

import argparse
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from lodged.cli._intake import custodian_of, intake, write_receipt
from lodged.problem import Problem, ProblemsError

LARGEST = 200 * 2**20  # bytes; no fax is that large
STDOUT = "-"
OF_THE_CALL = ("commid", "device", "error", "station", "caller", "caller_name", "called")


def run(arguments: Sequence[str]) -> int:
    """Take one file in: 0 done, also where it had been taken in before; 2 the input or the office is wrong."""
    options = _parser().parse_args(arguments)
    document = _document(options)
    custodian = custodian_of(options.custodian)
    desk = intake(custodian)
    taken = _take(desk, options, document, custodian)
    files = {}
    if options.receipt == STDOUT:
        sys.stdout.buffer.write(taken.receipt)
        sys.stdout.flush()
    elif options.receipt:
        files["receipt"] = str(write_receipt(Path(options.receipt), taken.receipt))
    said = desk.told(taken, files)
    words = json.dumps(said, ensure_ascii=False, indent=1) if options.json else _spoken(said)
    print(words, file=sys.stderr if options.receipt == STDOUT else sys.stdout)
    return 0


def _take(desk: Any, options: argparse.Namespace, document: bytes, custodian: str) -> Any:
    if options.channel == "counter":
        return desk.take_scan(document, options.file.name, custodian, options.brought_by, options.by)
    said = {name: getattr(options, name) for name in OF_THE_CALL}
    return desk.take_fax(document, _name(options), custodian, options.spool, said)


def _spoken(said: dict[str, Any]) -> str:
    arrival, log = said["arrival"], said["log"]
    if not said["new"]:
        return f"{arrival['number']} is this very call: it had been taken in before."
    return f"{arrival['number']} was taken in and sealed as entry {log['index']} of {log['origin']}."


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="lodged receive", description="Take in a paper that came.")
    parser.add_argument("file", type=Path, metavar="FILE", help="the document as it came")
    parser.add_argument("--channel", required=True, choices=("fax", "counter"), help="how it came")
    parser.add_argument("--custodian", metavar="ID", help="whose docket; else `LODGED_CUSTODIAN`")
    parser.add_argument("--receipt", metavar="FILE", help="where the receipt is written; `-` is standard output")
    parser.add_argument("--spool", type=Path, metavar="DIR", help="fax: the server's folder, to keep its row and trace")
    parser.add_argument("--commid", default="", metavar="N", help="fax: the server's number of the call")
    parser.add_argument("--device", default="", metavar="NAME", help="fax: the modem that answered")
    parser.add_argument("--error", default="", metavar="TEXT", help="fax: what the server says went wrong")
    parser.add_argument("--station", default="", metavar="ID", help="fax: what the sender's machine calls itself")
    parser.add_argument("--caller", default="", metavar="NUMBER", help="fax: who called, as the line says")
    parser.add_argument("--caller-name", default="", metavar="NAME", help="fax: the caller's name, as the line says")
    parser.add_argument("--called", default="", metavar="NUMBER", help="fax: the number of ours that was called")
    parser.add_argument("--by", default="", metavar="USER", help="counter: who took it in")
    parser.add_argument("--brought-by", default="", metavar="WHO", help="counter: who brought it, in their own words")
    parser.add_argument("--json", action="store_true", help="say it as JSON")
    return parser


def _document(options: argparse.Namespace) -> bytes:
    """The file's bytes; raises ProblemsError with everything that is wrong with it and with what stands beside it."""
    problems = []
    path: Path = options.file
    document = b""
    try:
        if path.is_file() and path.stat().st_size <= LARGEST:
            document = path.read_bytes()
        elif path.is_file():
            problems.append(Problem(str(path), "it is larger than 200 MB", "split it; no fax is that large"))
        else:
            problems.append(Problem(str(path), "there is no such file", "give the path of a file that can be read"))
    except (OSError, ValueError) as error:
        problems.append(Problem(str(path), f"it cannot be read: {error}", "give a file that can be read"))
    if not document and not problems:
        problems.append(Problem(str(path), "the file is empty", "nothing came; there is nothing to take in"))
    if options.channel == "counter" and not options.by:
        problems.append(Problem("--by", "nobody took it in", "name the clerk, as they sign in"))
    if options.spool is not None and not (options.spool / "recvq").is_dir():
        problems.append(Problem("--spool", f"there is no `recvq` in `{options.spool}`", "name the fax server's folder"))
    if problems:
        raise ProblemsError(problems)
    return document


def _name(options: argparse.Namespace) -> str:
    """A file of the spool is called as the server calls it, so that its row and the sweep find it again."""
    if options.spool is not None and os.path.samefile(options.file.parent, options.spool / "recvq"):
        return f"recvq/{options.file.name}"
    return str(options.file.name)

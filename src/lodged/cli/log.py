"""`lodged log`: the log written out, or hashed again where it lies; one that was written out audited, its checkpoint, its gaps."""

import argparse
import importlib
import json
from collections.abc import Mapping, Sequence
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from pathlib import Path
from urllib.parse import urlsplit

from lodged.cli.verify import read_trust
from lodged.log.audit import Audit, audit, signed_checkpoint
from lodged.log.canonical import Json
from lodged.log.errors import LogError
from lodged.log.store import CHECKPOINT, LARGEST, FolderStore
from lodged.log.tile import Read
from lodged.log.verdict import NOBODY_VOUCHES, visible
from lodged.problem import Problem, ProblemsError

DONE, FAILED, LESS = 0, 1, 3
TIMEOUT_S = 30
OF_THE_OFFICE = ("export", "recheck")


def run(arguments: Sequence[str]) -> int:
    """Run what is asked for: 0 done, 1 the log is not whole, 2 no log there, 3 less is proved."""
    asked = _parser().parse_args(arguments)
    if asked.deed in OF_THE_OFFICE:
        # Found by name, since these need the office: an audit runs where there is none
        code: int = importlib.import_module(f"lodged.cli._log_{asked.deed}").run(asked)
        return code
    trust = read_trust(asked.trust)
    read = _reader(asked.place)
    if asked.deed == "checkpoint":
        return _checkpoint(read, asked)
    found = audit(read, trust)
    if asked.deed == "gaps":
        return _say_gaps(found, asked.json)
    print(_json(found.record()) if asked.json else _spoken(found))
    if not found.ok:
        return FAILED
    return DONE if found.trusted and not found.gaps else LESS


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="lodged log", description=__doc__)
    deeds = parser.add_subparsers(dest="deed", required=True, metavar="export | recheck | audit | checkpoint | gaps")
    tells = "write the office's log out: hashes alone, which anybody may see"
    deed = deeds.add_parser("export", help=tells, description=tells)
    deed.add_argument("place", metavar="DIR", help="the folder to write it to; it is made where there is none")
    deed.add_argument("--opened", action="store_true", help="events and salts too: for an auditor, and nobody else")
    deed.add_argument("--json", action="store_true", help="answer in JSON")
    tells = "hash this office's own log, receipts and documents again, and name every fault"
    deeds.add_parser("recheck", help=tells, description=tells).add_argument("--json", action="store_true")
    for name, tells in (
        ("audit", "hash everything again and name the first bad entry"),
        ("checkpoint", "size and root, and whether they are signed"),
        ("gaps", "times for which the log cannot say that nothing came"),
    ):
        deed = deeds.add_parser(name, help=tells, description=tells)
        deed.add_argument("place", metavar="DIR|URL", help="the folder that was written out, or where it is served")
        deed.add_argument("--trust", metavar="KEY|POLICY", help="the log's key, or the file of a policy")
        deed.add_argument("--json", action="store_true", help="answer in JSON")
    return parser


def _checkpoint(read: Read, asked: argparse.Namespace) -> int:
    trust = read_trust(asked.trust)
    try:
        checkpoint = signed_checkpoint(read, trust)
    except LogError as error:
        why = visible(str(error))
        print(_json({"ok": False, "why": why}) if asked.json else f"Refused: {why}.")
        return FAILED
    record: dict[str, Json] = {
        "ok": True,
        "trusted": trust is not None,
        "origin": checkpoint.origin,
        "size": checkpoint.size,
        "root": checkpoint.text.split("\n")[2],
        "why": None if trust else NOBODY_VOUCHES,
    }
    print(_json(record) if asked.json else visible(checkpoint.text.rstrip("\n").replace("\n", " · ")))
    return DONE if trust else LESS


def _say_gaps(found: Audit, as_json: bool) -> int:
    record = {key: found.record()[key] for key in ("ok", "gaps", "opened", "why")}
    print(_json(record) if as_json else _spoken_gaps(found))
    if not found.ok:
        return FAILED
    return LESS if found.gaps or found.opened < (found.size or 0) else DONE


def _spoken(found: Audit) -> str:
    if not found.ok:
        return f"The log is not whole: {found.why}."
    told = f"All {found.size} entries of `{visible(found.origin or '')}` were hashed again; the root is {found.root}."
    return told + (f"\nThe signature was not judged: {found.why}." if found.why else "") + "\n" + _spoken_gaps(found)


def _spoken_gaps(found: Audit) -> str:
    if not found.opened:
        return "Its entries are not opened here, so nothing can be said of gaps."
    gaps = [f"  {gap.since} to {gap.until}: {visible(gap.what)}" for gap in found.gaps]
    counted = "1 gap" if len(gaps) == 1 else f"{len(gaps)} gaps"
    closed = (found.size or 0) - found.opened
    rest = f", {closed} more {'is' if closed == 1 else 'are'} closed" if closed else ""
    return "\n".join([f"{counted} in {found.opened} opened entries{rest}" + (":" if gaps else "."), *gaps])


def _reader(place: str) -> Read:
    """How to read the log at a folder or an address; raises `ProblemsError` where there is none."""
    if place.startswith(("http://", "https://")):
        return _url_reader(place)
    folder = Path(place)
    try:
        held = (folder / CHECKPOINT).is_file()
    except (OSError, ValueError):
        held = False
    if not held:
        raise ProblemsError([Problem(place, "there is no log here", "name a folder that `lodged log export` wrote")])
    return FolderStore(folder).read


def _url_reader(address: str) -> Read:
    """Reads over HTTP by GET; 404 is a path that holds nothing, and every other refusal stops the audit."""
    parts = urlsplit(address)
    connect = HTTPSConnection if parts.scheme == "https" else HTTPConnection

    def read(path: str) -> bytes:
        try:
            connection = connect(parts.netloc, timeout=TIMEOUT_S)
            connection.request("GET", f"{parts.path.rstrip('/')}/{path}")
            answer = connection.getresponse()
            content = answer.read(LARGEST + 1)
            connection.close()
        except (OSError, HTTPException, ValueError) as error:
            raise ProblemsError([Problem(address, f"nobody answers there: {error}", "check the address")]) from error
        if answer.status == 404:
            raise FileNotFoundError(path)
        if answer.status != 200 or len(content) > LARGEST:
            raise ProblemsError([Problem(f"{address}/{path}", f"the answer is {answer.status}", "ask who serves it")])
        return content

    return read


def _json(record: Mapping[str, Json]) -> str:
    return json.dumps(record, ensure_ascii=False, indent=2)

"""`lodged dispute`: a sender's proof of sending held against what came here; one finding, with what it stands on."""

import argparse
import json
from collections.abc import Sequence
from datetime import UTC, tzinfo
from pathlib import Path
from typing import Any

from lodged.dispute import Arrival, OurNumbers, Outcome, Records, read_numbers, records
from lodged.dispute.finding import Finding
from lodged.dispute.hear import BytesOf, Heard, hear, read_claim
from lodged.dispute.listed import Ruled, SendersList, exported, hear_list, looks_like_list, read_list, totals
from lodged.fax import Spool, read_spool
from lodged.fax.spool import LARGEST_FILE
from lodged.log.audit import audit
from lodged.log.entry import Event, parse_moment
from lodged.log.store import CHECKPOINT, FolderStore
from lodged.problem import Problem, ProblemsError
from lodged.when import parse_zone

DONE, FAILED, LESS = 0, 1, 3
MOST_BYTES = 40_000_000
MEND = "name the sender's sheet: an image, a PDF, a mail server's report, JSON, or a list as CSV"


def run(arguments: Sequence[str]) -> int:
    """Hear one claim or a list: 0 a finding, 1 the sheet is none or altered, 2 wrong input, 3 nothing can be said."""
    asked = _parser().parse_args(arguments)
    zone = _zone(asked.zone)
    data = _bytes(asked.sheet, MEND)
    spools = [(folder, read_spool(folder)) for folder in asked.spool]
    numbers = read_numbers(_text(_bytes(asked.numbers, "")), str(asked.numbers)) if asked.numbers else OurNumbers()
    events = _events(asked.log)
    ours = records(
        [spool for _, spool in spools], numbers, zone, events, _docket(events) if asked.log and not spools else None
    )
    text = _text(data)
    if asked.sheet.suffix.lower() in (".csv", ".tsv") or (b"\0" not in data and looks_like_list(text)):
        return _list(read_list(text, str(asked.sheet)), ours, asked)
    last = max((call.started for call in ours.calls if call.started), default=None)
    heard = hear(read_claim(data, f"`{asked.sheet}`", last.year if last else None), ours, _bytes_of(spools))
    told = {**heard.finding.record(), "zone": asked.zone or "UTC", "sender_clock_learnt_s": heard.learnt_s}
    print(json.dumps(told, ensure_ascii=False, indent=2) if asked.json else _spoken(heard))
    return _code(heard.finding)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="lodged dispute", description=__doc__)
    parser.add_argument(
        "sheet", type=Path, metavar="SHEET", help="image, PDF, delivery report, JSON typed in, or a list as CSV"
    )
    parser.add_argument(
        "--spool",
        type=Path,
        action="append",
        default=[],
        metavar="DIR",
        help="a fax server's spool; several may be given",
    )
    parser.add_argument("--numbers", type=Path, metavar="FILE", help="the list of our numbers, with what each is")
    parser.add_argument("--zone", metavar="TZ", help="whose clocks the sheet and the fax server show; UTC without it")
    parser.add_argument("--log", type=Path, metavar="DIR", help="our log, written out with its events opened")
    parser.add_argument("--export", type=Path, metavar="DIR", help="of a list: write agreed.csv and disputed.csv there")
    parser.add_argument("--json", action="store_true", help="speak JSON")
    return parser


def _zone(name: str | None) -> tzinfo:
    if name is None:
        return UTC
    found = parse_zone(name, "--zone")
    if isinstance(found, Problem):
        raise ProblemsError([found])
    return found


def _bytes(file: Path, mend: str) -> bytes:
    try:
        with file.open("rb") as stream:
            data = stream.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "cannot be read"
        raise ProblemsError([Problem(f"`{file}`", why.lower(), mend)]) from error
    if not data.strip():
        raise ProblemsError([Problem(f"`{file}`", "the file is empty", mend)])
    if len(data) > MOST_BYTES:
        raise ProblemsError([Problem(f"`{file}`", f"is larger than {MOST_BYTES:,} bytes", mend)])
    return data


def _text(data: bytes) -> str:
    for encoding in ("utf-8-sig", "utf-16") if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig",):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1")


def _events(folder: Path | None) -> tuple[Event, ...]:
    """The opened events of a log that was written out; raises `ProblemsError` when it is none or not whole."""
    if folder is None:
        return ()
    if not (folder / CHECKPOINT).is_file():
        raise ProblemsError(
            [Problem(f"`{folder}`", "there is no log here", "name a folder that `lodged log export` wrote")]
        )
    found = audit(FolderStore(folder).read, None)
    if not found.ok:
        raise ProblemsError(
            [Problem(f"`{folder}`", f"the log is not whole: {found.why}", "run `lodged log audit` on it")]
        )
    return found.events


def _docket(events: Sequence[Event]) -> list[Arrival]:
    """Papers that the log says were filed, when nothing but the log is asked."""
    return [
        Arrival(number=event.number or "", received_at=parse_moment(event.clocks.host), channel=event.channel or "")
        for event in events
        if event.kind == "ContentConsignment" and event.channel == "fax"
    ]


def _bytes_of(spools: Sequence[tuple[Path, Spool]]) -> BytesOf:
    places = {file.sha256: folder / file.name for folder, spool in spools for file in spool.received}

    def read(sha256: str) -> bytes | None:
        place = places.get(sha256)
        if place is None:
            return None
        try:
            with place.open("rb") as stream:
                return stream.read(LARGEST_FILE)
        except OSError:
            return None

    return read


def _code(finding: Finding) -> int:
    return {Outcome.ALTERED: FAILED, Outcome.CANNOT_SAY: LESS}.get(finding.outcome, DONE)


def _spoken(heard: Heard) -> str:
    finding = heard.finding
    lines = [finding.sentence, f"  outcome: {finding.outcome.value}"]
    lines += [f"  also defensible: {one.value}" for one in finding.also_defensible]
    lines += [f"  does not fit: {one}" for one in finding.contradictions]
    lines += [f"  {one.side}: {one.what}" for one in finding.evidence]
    lines += [f"  a gap: {one}" for one in finding.gaps]
    lines += [f"  a doubt: {one}" for one in finding.doubts]
    if finding.clock_offset_s:
        lines.append(f"  the sender's clock runs {finding.clock_offset_s} seconds ahead of ours")
    return "\n".join(lines)


def _list(listed: SendersList, ours: Records, asked: argparse.Namespace) -> int:
    ruled = hear_list(listed, ours)
    if asked.export:
        _export(ruled, asked.export)
    counts = totals(ruled)
    print(
        json.dumps(_list_record(listed, ruled), ensure_ascii=False, indent=2)
        if asked.json
        else _list_spoken(listed, ruled)
    )
    return LESS if counts["unreadable"] else DONE


def _list_record(listed: SendersList, ruled: Sequence[Ruled]) -> dict[str, Any]:
    return {
        "totals": totals(ruled),
        "columns": dict(listed.columns),
        "left_out": list(listed.left_out),
        "rows": [{"row": one.listed.row, "agreed": one.agreed, **one.finding.record()} for one in ruled if one.finding],
        "problems": [
            {
                "row": one.listed.row,
                "where": one.listed.problem.where,
                "what": one.listed.problem.what,
                "mend": one.listed.problem.mend,
            }
            for one in ruled
            if one.listed.problem
        ],
    }


def _list_spoken(listed: SendersList, ruled: Sequence[Ruled]) -> str:
    counts = totals(ruled)
    lines = [
        f"{counts['rows']} rows: {counts['agreed']} agreed, {counts['disputed']} disputed, {counts['unreadable']} not read"
    ]
    outcomes = counts["outcomes"]
    lines += [f"  {count:>5}  {name}" for name, count in outcomes.items()] if isinstance(outcomes, dict) else []
    lines += [f"row {one.listed.row}: {one.finding.sentence}" for one in ruled if one.finding and not one.agreed]
    lines += [str(one.listed.problem) for one in ruled if one.listed.problem]
    lines += [f"left out, as no column of a sending: {', '.join(listed.left_out)}"] if listed.left_out else []
    return "\n".join(lines)


def _export(ruled: Sequence[Ruled], folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, agreed in (("agreed.csv", True), ("disputed.csv", False)):
            (folder / name).write_text(exported(ruled, agreed), encoding="utf-8", newline="")
    except OSError as error:
        raise ProblemsError(
            [Problem(f"`{folder}`", (error.strerror or "cannot be written").lower(), "name another folder")]
        ) from error

"""The papers on a finding, gathered from the records: nothing of a person, only the call, the log and the searches."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings

from lodged.dispute.finding import Finding as Found
from lodged.dispute.listed import Ruled
from lodged.dispute.match import window
from lodged.letter.certificate import Certificate, LogHead, Record, Searched, certificate_blocks, certificate_pdf
from lodged.letter.finding import FindingLetter, Sealed, Shown, finding_blocks, finding_letter
from lodged.log.checkpoint import parse_checkpoint
from lodged.log.note import parse_note
from lodged.office.arrivals import shelf
from lodged.office.arrivals.models import Arrival
from lodged.office.custodians import custodian as with_id
from lodged.office.disputes.claims import sheet_of
from lodged.office.disputes.models import Draft, Finding
from lodged.office.disputes.ours import bytes_of, spools, unread
from lodged.office.letterheads import letterhead
from lodged.office.seals import heads
from lodged.office.staff.models import User

RECEIVED = ("delivered", "received", "partial", "sender's machine says failed")
DENIES = re.compile(
    r"not received|never (came|arrived|received|connected)|did not (arrive|come|reach|get through)|no call to|nothing came",
    re.I,
)
SYSTEM = (
    (
        "Fax server's activity log (xferfaxlog)",
        "time to the minute on the server's clock; number of the call; file; what the caller calls itself; pages; seconds; "
        "reason of a fault",
        "written by the server at the end of each call and of each document, without a person",
    ),
    (
        "Session trace",
        "each signal of the call (T.30) to the hundredth of a second; which pages were confirmed (MCF)",
        "written by the server while the call runs",
    ),
    (
        "Received file (TIFF)",
        "the pages as they came; call ids and the time of the first page in its tags",
        "written by the server page by page, before a page is confirmed",
    ),
    (
        "Entry of the log of this office",
        "what was done, when, by whom; a salted SHA-256 of the document; its place in the tree",
        "written in one transaction with the record it is about, and signed after it is on disk",
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Typeset:
    """A paper as PDF, and whether its words say that something was not received."""

    body: bytes
    denies: bool


def typeset(finding: Finding, kind: str, at: datetime, approved: User | None) -> Typeset:
    """One paper on a finding; without an approver it is a draft and says so on each page."""
    if kind == Draft.Kind.CERTIFICATE:
        certificate = certificate_of(finding, at, approved)
        denies = certificate.absence and bool(DENIES.search(_words(certificate_blocks(certificate))))
        return Typeset(certificate_pdf(certificate), denies)
    letter = letter_of(finding, at, approved, corrects=kind == Draft.Kind.CORRECTION)
    words = _words([block for block in finding_blocks(letter) if "We wrote before" not in str(block)])
    return Typeset(finding_letter(letter), bool(DENIES.search(words)))


def _words(blocks: Sequence[object]) -> str:
    return " ".join(str(block) for block in blocks)


def letter_of(finding: Finding, at: datetime, approved: User | None, corrects: bool = False) -> FindingLetter:
    """The letter's values."""
    dispute = finding.dispute
    zone = with_id(dispute.custodian).zone
    body = finding.body
    return FindingLetter(
        custodian=letterhead(dispute.custodian),
        number=dispute.number,
        at=at.astimezone(zone),
        claimed=tuple(claimed(finding)),
        sentence=_sentence(finding),
        also=tuple(body["also_defensible"]),
        shown=tuple(Shown(one["side"], one["what"], one["proves"], one["does_not_prove"]) for one in body["evidence"]),
        does_not_fit=tuple(body["contradictions"]),
        gaps=(*body["gaps"], *body["doubts"]),
        sealed=tuple(Sealed(what, index, when.astimezone(zone)) for what, index, when in entries(finding)),
        approved=_name(approved),
        corrects=finding.reopens.sentence if corrects and finding.reopens else None,
        demo=settings.LODGED_DEMO,
    )


def _sentence(finding: Finding) -> str:
    """The finding; where it denies, it says so in the words that everybody looks for."""
    return (
        f"{finding.sentence} By our records it was not received."
        if finding.outcome == "never connected"
        else finding.sentence
    )


def certificate_of(finding: Finding, at: datetime, approved: User | None) -> Certificate:
    """The certificate's values."""
    dispute = finding.dispute
    zone = with_id(dispute.custodian).zone
    head = heads.newest()
    return Certificate(
        custodian=letterhead(dispute.custodian),
        number=dispute.number,
        at=at.astimezone(zone),
        sentence=_sentence(finding),
        system=SYSTEM,
        records=tuple(_records(finding)),
        entries=tuple((what, index, when.astimezone(zone)) for what, index, when in entries(finding)),
        head=_head(head.note, head.at.astimezone(zone)) if head else None,
        absence=not finding.outcome.startswith(RECEIVED),
        window=_window(finding),
        sequence=tuple(_sequence()),
        outages=tuple(finding.body["gaps"]),
        searched=tuple(_searched(finding)),
        gaps=(*finding.body["gaps"], *finding.body["doubts"], *_standing_gaps()),
        approved=_name(approved),
        demo=settings.LODGED_DEMO,
    )


def _standing_gaps() -> Iterator[str]:
    """What no record of ours can show, whatever the claim; said on every certificate."""
    yield "a call that our machine never answered leaves no record with us; the telephone company's records may show it"
    yield "the fax server's clock was not compared with a reference by this program"
    yield "the log is unwitnessed: nobody outside has cosigned its head"
    yield from (f"the spool of the fax server {Path(folder).name} could not be read" for folder in unread())


def _name(user: User | None) -> str | None:
    return f"{user.get_full_name() or user.username}, {user.get_role_display().lower()}" if user else None


def _head(note: str, at: datetime) -> LogHead:
    parsed = parse_checkpoint(parse_note(note.encode()).text)
    return LogHead(parsed.origin, parsed.size, parsed.text.split("\n")[2], at)


def claimed(finding: Finding) -> Iterator[tuple[str, str]]:
    """What the sender's paper says, as rows; its own reference is left out: anybody may have written a name there."""
    told = finding.body["sheet"]
    rows = {
        "Number": told["dialled"],
        "Sent": str(told["started"]).replace("T", " ") + " on your own clock" if told["started"] else None,
        "Pages": f"{told['pages']} of {told['pages_in_document']}" if told["pages_in_document"] else told["pages"],
        "Result": told["result"],
        "Duration": f"{told['duration_s']} seconds" if told["duration_s"] is not None else None,
        "Answered by": told["remote_id"],
    }
    yield from ((name, str(value)) for name, value in rows.items() if value is not None)


def entries(finding: Finding) -> Iterator[tuple[str, int, datetime]]:
    """The entries of the log that the finding stands on: the papers it speaks of, the claim, the finding itself."""
    for number in dict.fromkeys(number for one in finding.body["ours"] for number in one["arrivals"]):
        arrival = Arrival.objects.select_related("seal").get(number=number)
        yield f"paper {number} taken in", arrival.seal.index, arrival.received_at
    yield f"claim {finding.dispute.number} heard", finding.dispute.seal.index, finding.dispute.at
    yield f"finding {finding.version} reached", finding.seal.index, finding.at
    for one in finding.searches.select_related("seal"):
        yield f"{one.place} searched", one.seal.index, one.at


def _records(finding: Finding) -> Iterator[Record]:
    read = bytes_of()
    for one in finding.body["ours"]:
        if one["file"]:
            data = read(one["sha256"])
            yield Record(
                f"{one['file']}, call {one['commid'] or 'without a number'}",
                one["sha256"],
                sha256(data).hexdigest() if data else "",
            )
    if finding.dispute.sha256:
        digest = finding.dispute.sha256
        there = shelf.place(digest).exists()
        yield Record(
            "the sender's own paper, as it was shown to us",
            digest,
            sha256(shelf.take(digest)).hexdigest() if there else "",
        )


def _window(finding: Finding) -> str:
    zone = with_id(finding.dispute.custodian).zone
    hours = window(sheet_of(finding.dispute.claim), zone)
    if hours is None:
        return "not known: the claim does not tell when"
    return " to ".join(hour.astimezone(zone).isoformat(" ", "seconds") for hour in hours) + f" ({zone.key})"


def _sequence() -> Iterator[str]:
    for folder, spool in spools():
        used = sorted({row.commid for row in spool.rows} | {trace.commid for trace in spool.traces})
        if used:
            yield f"{folder.name}: {used[0]} to {used[-1]}, {len(used)} numbers used; the next is {spool.next_call or 'not known'}"


def _searched(finding: Finding) -> Iterator[Searched]:
    done = {one.place: one for one in finding.searches.select_related("by")}
    zone = with_id(finding.dispute.custodian).zone
    for place in finding.to_search:
        one = done.get(place)
        if one is None:
            yield Searched(place, "", None, "")
        else:
            yield Searched(
                place, one.by.get_full_name() or one.by.username, one.at.astimezone(zone), one.how, one.found
            )


def list_rows(ruled: Sequence[Ruled]) -> list[dict[str, Any]]:
    """The rows of a list as they are kept and shown."""
    return [_list_row(one.listed.row, one.finding, one) for one in ruled]


def _list_row(row: int, finding: Found | None, one: Ruled) -> dict[str, Any]:
    if finding is None:
        return {"row": row, "problem": one.listed.problem.what if one.listed.problem else "not read", "agreed": False}
    told = finding.sheet.record()
    return {
        "row": row,
        "agreed": one.agreed,
        "outcome": finding.outcome.value,
        "also": [other.value for other in finding.also_defensible],
        "sentence": finding.sentence,
        **{name: told[name] for name in ("dialled", "started", "pages", "result", "reference")},
        "calls": [call.commid for call in finding.ours],
    }

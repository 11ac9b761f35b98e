"""A claim is heard; a finding is reached, and reopened when more is found; places are searched; papers are drafted."""

import secrets
from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any

from lodged.dispute import Outcome, Sheet
from lodged.dispute.finding import Finding as Found
from lodged.dispute.hear import hear as held_against
from lodged.dispute.listed import SendersList as Read
from lodged.dispute.listed import hear_list, totals
from lodged.office.arrivals import shelf
from lodged.office.disputes import finds, papers
from lodged.office.disputes.claims import kept, sheet_of
from lodged.office.disputes.models import Dispute, Draft, Finding, PlaceSearched, SendersList
from lodged.office.disputes.ours import bytes_of, ours, to_search
from lodged.office.numbers import next_number
from lodged.office.seals.acts import Sealed, enter
from lodged.office.seals.docket import docket
from lodged.office.staff.models import User
from lodged.problem import Problem, ProblemsError


def hear(sheet: Sheet, custodian: str, by: User, at: datetime, paper: bytes = b"") -> Dispute:
    """Hear one claim and reach a finding on it; `paper` is the sender's own, kept as it came."""
    found = _held_against(sheet, custodian)
    digest = sha256(paper)
    if paper:
        shelf.put(digest.hexdigest(), paper)
    salt = secrets.token_bytes(32)
    with docket(at):
        number = next_number("D", Dispute, at)
        entry = enter(
            Sealed(
                kind="DisputeHeard",
                custodian=custodian,
                number=number,
                document=(digest.digest(), salt) if paper else None,
                facts={"by": by.username, "kind": sheet.kind},
                private={"claim": kept(sheet)},
                sender_clock=sheet.started.at.isoformat() if sheet.started else None,
            ),
            at,
        )
        dispute = Dispute.objects.create(
            number=number, custodian=custodian, claim=kept(sheet), sha256=digest.hexdigest() if paper else "", salt=salt,
            by=by, at=at, seal=entry,
        )  # fmt: skip
        _keep_finding(dispute, found, None, at)
    return dispute


def hear_senders_list(read: Read, custodian: str, by: User, at: datetime, paper: bytes) -> SendersList:
    """Hear a list at once; each row's finding is kept, and the list itself as it came."""
    sheets = [row.sheet for row in read.rows if row.sheet]
    ruled = hear_list(read, ours(custodian, sheets))
    digest, salt = sha256(paper), secrets.token_bytes(32)
    shelf.put(digest.hexdigest(), paper)
    counts = totals(ruled)
    with docket(at):
        number = next_number("S", SendersList, at)
        entry = enter(
            Sealed(
                kind="SendersListHeard",
                custodian=custodian,
                number=number,
                document=(digest.digest(), salt),
                facts={"by": by.username, "totals": counts},
            ),
            at,
        )
        return SendersList.objects.create(
            number=number, custodian=custodian, totals=counts, rows=papers.list_rows(ruled), left_out=list(read.left_out),
            sha256=digest.hexdigest(), salt=salt, by=by, at=at, seal=entry,
        )  # fmt: skip


def look_again(dispute: Dispute, at: datetime) -> Finding:
    """Hold the claim against our records as they are now; where they say something else, the finding is reopened.

    The new finding names the old one. Where the old one had left as an approved paper, its correction is drafted.
    """
    found = _held_against(sheet_of(dispute.claim), dispute.custodian)
    with docket(at):
        newest = finds.newest(dispute)
        if not finds.differs(newest, found.record()):
            return newest
        reopened = _keep_finding(dispute, found, newest, at)
    if newest.drafts.filter(approved_by__isnull=False).exists():
        draft(reopened, Draft.Kind.CORRECTION, at)
    return reopened


def search(finding: Finding, place: str, found: bool, how: str, by: User, at: datetime) -> PlaceSearched:
    """Somebody searched a place of the checklist; raises ProblemsError for another place, or without saying how."""
    with docket(at):
        problems = []
        if place not in finding.to_search:
            problems.append(
                Problem("place", f"`{place}` is not one of the places to be searched", "choose one of the list")
            )
        if not how.strip():
            problems.append(
                Problem("how", "nothing is written here", "say what you looked through, and for which days")
            )
        if finding != finds.newest(finding.dispute):
            problems.append(Problem("finding", "it was reopened since", "look at the newest finding"))
        if problems:
            raise ProblemsError(problems)
        entry = enter(
            Sealed(
                kind="PlaceSearched",
                custodian=finding.dispute.custodian,
                number=finding.dispute.number,
                facts={"finding": finding.version, "place": place, "found": found, "by": by.username},
                private={"how": how.strip()},
            ),
            at,
        )
        return PlaceSearched.objects.create(
            finding=finding, place=place, found=found, how=how.strip()[:300], by=by, at=at, seal=entry
        )


def draft(finding: Finding, kind: str, at: datetime) -> Draft:
    """Typeset a letter, certificate or correction on a finding: a draft, marked so on each page."""
    made = papers.typeset(finding, kind, at, None)
    with docket(at):
        return _keep_draft(finding, kind, made, None, at)


def approve(finding: Finding, kind: str, by: User, at: datetime) -> Draft:
    """Approve what was drafted last of a kind; the same paper, no longer marked as a draft, is its next version.

    Raises ProblemsError with everything in the way: text that says "not received" needs every place searched.
    """
    problems = finds.obstacles(finding, kind, by)
    if problems:
        raise ProblemsError(problems)
    made = papers.typeset(finding, kind, at, by)
    with docket(at):
        if problems := finds.obstacles(finding, kind, by):
            raise ProblemsError(problems)
        return _keep_draft(finding, kind, made, by, at)


def _held_against(sheet: Sheet, custodian: str) -> Found:
    """The finding by our records as they are now; no transaction is open: pages are read here."""
    return held_against(sheet, ours(custodian, [sheet]), bytes_of()).finding


def _keep_finding(dispute: Dispute, found: Found, reopens: Finding | None, at: datetime) -> Finding:
    version = reopens.version + 1 if reopens else 1
    body: dict[str, Any] = found.record()
    entry = enter(
        Sealed(
            kind="FindingReopened" if reopens else "FindingReached",
            custodian=dispute.custodian,
            number=dispute.number,
            facts={"finding": version, **({"reopens": reopens.version} if reopens else {})},
            private={"outcome": found.outcome.value, "sentence": found.sentence, "body": body},
        ),
        at,
    )
    return Finding.objects.create(
        dispute=dispute, version=version, outcome=found.outcome.value, sentence=found.sentence, body=body,
        to_search=to_search(dispute.custodian), reopens=reopens, at=at, seal=entry,
    )  # fmt: skip


def _keep_draft(finding: Finding, kind: str, made: papers.Typeset, by: User | None, at: datetime) -> Draft:
    version = finding.drafts.filter(kind=kind).count() + 1
    digest = sha256(made.body).hexdigest()
    entry = enter(
        Sealed(
            kind="FindingApproved" if by else "FindingDrafted",
            custodian=finding.dispute.custodian,
            number=finding.dispute.number,
            facts={
                "finding": finding.version,
                "paper": kind,
                "version": version,
                **({"by": by.username} if by else {}),
            },
            private={"sha256": digest},
        ),
        at,
    )
    return Draft.objects.create(
        finding=finding, kind=kind, version=version, approved_by=by, denies=made.denies, body=made.body, sha256=digest,
        at=at, seal=entry,
    )  # fmt: skip


def look_again_at_all(disputes: Sequence[Dispute], at: datetime) -> list[Finding]:
    """Every dispute whose finding a later find has changed; what is filed already can only stay so, and is passed over."""
    reopened = []
    for dispute in disputes:
        before = finds.newest(dispute)
        after = before if before.outcome == Outcome.FILED else look_again(dispute, at)
        if after != before:
            reopened.append(after)
    return reopened

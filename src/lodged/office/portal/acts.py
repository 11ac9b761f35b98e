"""Agencies are entered in the directory, keys are issued and revoked, papers are submitted and withdrawn."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256

from lodged.log.canonical import Json, canonical
from lodged.office.arrivals.channels.portal.receive import Sender, from_portal, withdrawn
from lodged.office.arrivals.models import Withdrawal
from lodged.office.custodians import custodian
from lodged.office.portal.caps import check_submission
from lodged.office.portal.errors import UsedBeforeError
from lodged.office.portal.line import check_address
from lodged.office.portal.models import Agency, Hook, Key, Submission
from lodged.office.seals import receipts
from lodged.office.seals.acts import Sealed, enter
from lodged.office.seals.docket import docket
from lodged.office.seals.models import Receipt
from lodged.office.staff.models import User

MARK = "lodged_"  # so that a key that lies about in a file or a mail is known for what it is
SECRET_BYTES = 32
HINT = 6


@dataclass(frozen=True, slots=True)
class Entered:
    """An agency as it is entered: `verified_how` says how somebody here made sure who it is."""

    name: str
    domain: str
    phone: str
    verified_how: str


@dataclass(frozen=True, slots=True)
class Scope:
    """What a key is for."""

    custodian: str
    label: str
    may_submit: bool
    may_follow: bool
    lasts: timedelta


@dataclass(frozen=True, slots=True)
class Issued:
    """A new key with its secret, which is shown once and kept nowhere."""

    key: Key
    secret: str


@dataclass(frozen=True, slots=True)
class Sent:
    """A paper as an agency sends it; `fields` are its own words about it, kept and never relied upon."""

    document: bytes
    name: str
    idempotency_key: str
    fields: Mapping[str, str] = field(default_factory=dict)

    def fingerprint(self) -> str:
        """What makes two requests the same: the document and the fields; what the file is called does not."""
        told: Json = {"document": sha256(self.document).hexdigest(), "fields": {**self.fields}}
        return sha256(canonical(told)).hexdigest()


def enter_agency(entered: Entered, house: str, by: User, at: datetime) -> Agency:
    """Enter an agency that somebody here has verified."""
    told = {"name": entered.name, "domain": entered.domain, "phone": entered.phone, "verified": entered.verified_how}
    with docket(at):
        seal = enter(Sealed("AgencyEntered", house, facts={"by": by.username}, private=told), at)
        return Agency.objects.create(
            name=entered.name,
            domain=entered.domain,
            phone=entered.phone,
            verified_how=entered.verified_how,
            verified_by=by,
            at=at,
            seal=seal,
        )


def issue_key(agency: Agency, scope: Scope, by: User, at: datetime) -> Issued:
    """A new key of an agency; raises ProblemsError for a custodian nobody knows."""
    custodian(scope.custodian)
    secret = secrets.token_urlsafe(SECRET_BYTES)
    whole = MARK + secret
    facts = {
        "agency": agency.pk,
        "key": secret[:HINT],
        "submit": scope.may_submit,
        "follow": scope.may_follow,
        "expires": (at + scope.lasts).isoformat(timespec="seconds"),
        "by": by.username,
    }
    with docket(at):
        seal = enter(Sealed("KeyIssued", scope.custodian, facts=facts), at)
        key = Key.objects.create(
            agency=agency,
            custodian=scope.custodian,
            label=scope.label,
            digest=sha256(whole.encode()).hexdigest(),
            hint=secret[:HINT],
            may_submit=scope.may_submit,
            may_follow=scope.may_follow,
            made_by=by,
            made_at=at,
            expires_at=at + scope.lasts,
            seal=seal,
        )
    return Issued(key, whole)


def revoke(key: Key, why: str, by: User, at: datetime) -> None:
    """From now on a key opens nothing; what came by it stays. Revoked twice, the first time counts."""
    with docket(at):
        if Key.objects.filter(pk=key.pk, revoked_at=None).update(revoked_at=at, revoked_by=by, revoked_why=why):
            facts = {"agency": key.agency_id, "key": key.hint, "by": by.username}
            enter(Sealed("KeyRevoked", key.custodian, facts=facts, private={"why": why}), at)


def hook(agency: Agency, custodian_id: str, url: str, by: User, at: datetime) -> Hook:
    """An agency is told at an address of each stage from now on; raises RefusedAddressError for one never sent to."""
    check_address(url)
    facts = {"agency": agency.pk, "by": by.username}
    with docket(at):
        seal = enter(Sealed("HookSet", custodian_id, facts=facts, private={"url": url}), at)
        return Hook.objects.create(agency=agency, custodian=custodian_id, url=url, made_by=by, at=at, seal=seal)


def end_hook(ended: Hook, by: User, at: datetime) -> None:
    """Nothing more is told there; what still waits in its queue is not sent."""
    with docket(at):
        if Hook.objects.filter(pk=ended.pk, ended_at=None).update(ended_at=at):
            ended.deliveries.filter(next_at__isnull=False).update(next_at=None, last="the hook was ended")
            facts = {"agency": ended.agency_id, "hook": ended.pk, "by": by.username}
            enter(Sealed("HookEnded", ended.custodian, facts=facts), at)


def submit(sent: Sent, key: Key, at: datetime) -> Submission:
    """Take in a paper once: the same request gives the same submission, with its receipt made.

    Raises UsedBeforeError where the idempotency key stands for another paper, CapReachedError where it is too much.
    """
    print_ = sent.fingerprint()
    with docket(at):
        found = _before(sent, key, print_)
        if found is None:
            check_submission(key, len(sent.document), at)
            arrival = from_portal(sent.document, sent.name, _sender(key, sent.idempotency_key), sent.fields, at)
            found = Submission.objects.create(
                key=key,
                agency=key.agency,
                custodian=key.custodian,
                idempotency_key=sent.idempotency_key,
                fingerprint=print_,
                arrival=arrival,
                at=at,
            )
    receipt_of(found, at)
    return found


def receipt_of(submission: Submission, at: datetime) -> Receipt:
    """The receipt of a submission, made now where a crash came between."""
    arrival = submission.arrival
    return receipts.issue(receipts.Received(arrival.custodian, arrival.seal, bytes(arrival.salt)), at)


def take_back(submission: Submission, key: Key, reason: str, at: datetime) -> Withdrawal:
    """The sender withdraws a paper: a new arrival says so and links to it, with a receipt of its own."""
    made = withdrawn(submission.arrival, _sender(key), reason, at)
    came = made.notice
    receipts.issue(receipts.Received(came.custodian, came.seal, bytes(came.salt)), at)
    return made


def _before(sent: Sent, key: Key, fingerprint: str) -> Submission | None:
    """The submission that a request made before; raises UsedBeforeError where it was another."""
    found = (
        Submission.objects.select_related("arrival__seal")
        .filter(agency=key.agency_id, custodian=key.custodian, idempotency_key=sent.idempotency_key)
        .first()
    )
    if found is not None and found.fingerprint != fingerprint:
        raise UsedBeforeError(sent.idempotency_key)
    return found


def _sender(key: Key, idempotency_key: str = "") -> Sender:
    return Sender(key.custodian, key.agency.name, f"{key.hint}… of key {key.pk}", idempotency_key)

"""The receipts for an arrival: made from the log alone, typeset, signed, kept, and handed out again to the byte."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.conf import settings

from lodged.letter import ReceiptPage, receipt_pdf
from lodged.log.entry import parse_event
from lodged.log.proof import Proof
from lodged.log.receipt import ReceiptContents, draft, sign
from lodged.log.tree import prove_entry
from lodged.office.custodians import custodian
from lodged.office.letterheads import letterhead
from lodged.office.seals import heads, tree, witnesses
from lodged.office.seals.models import Checkpoint, Entry, Receipt, WitnessedReceipt


class UnsealedError(Exception):
    """A receipt was asked for before the entry stood under a signed head."""


@dataclass(frozen=True, slots=True)
class Received:
    """What a receipt is for: the custodian, the entry, and the salt of the document's commitment."""

    custodian: str
    entry: Entry
    document_salt: bytes


def issue(received: Received, at: datetime) -> Receipt:
    """The receipt of an arrival; the one already issued where there is one. Nothing is lost that has one."""
    issued = Receipt.objects.filter(entry=received.entry).first()
    if issued is not None:
        return issued
    checkpoint = heads.newest()
    if checkpoint is None or checkpoint.size <= received.entry.index:
        raise UnsealedError(f"entry {received.entry.index} stands under no signed head yet")
    number = parse_event(bytes(received.entry.event)).number or ""
    made = {"number": number, "checkpoint": checkpoint, "at": at, **_made(received, checkpoint, at)}
    receipt, _ = Receipt.objects.get_or_create(entry=received.entry, defaults=made)
    return receipt


def issue_witnessed(received: Received, at: datetime) -> WitnessedReceipt | None:
    """The second receipt of the same number, or None while no head above the entry has its quorum of witnesses."""
    issued = WitnessedReceipt.objects.filter(entry=received.entry).first()
    if issued is not None:
        return issued
    checkpoint = witnesses.first_witnessed(received.entry.index)
    if checkpoint is None:
        return None
    made = {"checkpoint": checkpoint, "at": at, **_made(received, checkpoint, at)}
    receipt, _ = WitnessedReceipt.objects.get_or_create(entry=received.entry, defaults=made)
    return receipt


def _made(received: Received, checkpoint: Checkpoint, at: datetime) -> dict[str, Any]:
    """The file, typeset and signed, with its hash."""
    body = sign(receipt_pdf(_page(received, checkpoint, at), draft(_contents(received, checkpoint))), heads.key())
    return {"sha256": sha256(body).hexdigest(), "body": body}


def _contents(received: Received, checkpoint: Checkpoint) -> ReceiptContents:
    entry = received.entry
    vkey = heads.key().vkey
    hashes = prove_entry(entry.index, checkpoint.size, tree.read_node)
    return ReceiptContents(
        event=bytes(entry.event),
        salt=bytes(entry.salt),
        document_salt=received.document_salt,
        proof=Proof(entry.index, hashes, witnesses.cosigned_note(checkpoint).content),
        policy=witnesses.shown_policy(),
        vkey=vkey,
    )


def _page(received: Received, checkpoint: Checkpoint, at: datetime) -> ReceiptPage:
    zone = custodian(received.custodian).zone
    event = parse_event(bytes(received.entry.event))
    return ReceiptPage(
        custodian=letterhead(received.custodian),
        number=event.number or "",
        received_at=received.entry.at.astimezone(zone),
        issued_at=at.astimezone(zone),
        channel=event.channel or "",
        pages=None,
        digest=bytes.fromhex(event.document or ""),
        salt=received.document_salt,
        origin=settings.LODGED_ORIGIN,
        index=received.entry.index,
        size=checkpoint.size,
        root=bytes(checkpoint.root),
        witnesses=_named(checkpoint),
        demo=settings.LODGED_DEMO,
    )


def _named(checkpoint: Checkpoint) -> tuple[str, ...]:
    """Who has cosigned a head; nobody, as long as it is too few."""
    return tuple(key.name for key in witnesses.cosigners(checkpoint)) if witnesses.is_witnessed(checkpoint) else ()

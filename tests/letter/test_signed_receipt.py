"""The page and the log's receipt together: drafted, set, signed in place, and checked by a stranger."""

from hashlib import sha256

import pytest
from tests.letter.invented import JAIL, RECEIVED_AT, a_receipt, text_of

from lodged.letter import receipt_pdf
from lodged.log.checkpoint import Checkpoint, sign_checkpoint
from lodged.log.entry import Clocks, Event, document_commitment, leaf
from lodged.log.policy import trust
from lodged.log.proof import Proof
from lodged.log.receipt import ReceiptContents, check, draft, sign
from lodged.log.sign import key_from_seed
from lodged.log.tree import leaf_hash

DOCUMENT = b"two faxed pages about an invented person"
SALT, DOCUMENT_SALT = b"s" * 32, b"d" * 32
KEY = key_from_seed("docket.example.gov/1", b"k" * 32)


@pytest.fixture(scope="module")
def signed() -> bytes:
    """The receipt of the first entry of a log, as the filer gets it."""
    commitment = document_commitment(sha256(DOCUMENT).digest(), DOCUMENT_SALT)
    event = Event(
        "ContentConsignment",
        custodian=JAIL.name,
        clocks=Clocks(RECEIVED_AT.isoformat()),
        number="L-2026-00417",
        channel="fax",
        document=commitment,
    ).text()
    root = leaf_hash(leaf(event, SALT))  # of a log that holds this entry alone
    note = sign_checkpoint(Checkpoint(KEY.verify.name, 1, root), KEY)
    proof = Proof(0, (), note.content)
    attachment = draft(ReceiptContents(event, SALT, DOCUMENT_SALT, proof, trust(KEY.verify.vkey), KEY.verify.vkey))
    digest = bytes.fromhex(commitment)
    page = a_receipt(origin=KEY.verify.name, index=0, size=1, root=root, digest=digest, salt=DOCUMENT_SALT)
    return sign(receipt_pdf(page, attachment), KEY)


def test_a_stranger_who_trusts_the_key_accepts_the_receipt_and_the_document(signed: bytes) -> None:
    verdict = check(signed, DOCUMENT, trust(KEY.verify.vkey))
    assert (verdict.ok, verdict.trusted, verdict.document_matches) == (True, True, True)


def test_another_document_is_told_apart(signed: bytes) -> None:
    assert not check(signed, DOCUMENT + b" ", trust(KEY.verify.vkey)).ok


def test_the_signed_page_still_reads(signed: bytes) -> None:
    assert "Receipt L-2026-00417" in text_of(signed)


def test_a_changed_byte_anywhere_in_the_page_is_found(signed: bytes) -> None:
    for at in range(0, len(signed), len(signed) // 40):
        changed = signed[:at] + bytes([signed[at] ^ 1]) + signed[at + 1 :]
        assert not check(changed, None, None).ok

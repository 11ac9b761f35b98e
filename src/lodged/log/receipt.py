"""The receipt that the filer takes home: its bytes, its signature, and the check that a hostile reader makes.

The receipt is one file, mostly a typeset page, that holds these bytes once, uncompressed:

    lodged-receipt/v1
    <length of the JSON in bytes, decimal>
    <canonical JSON (RFC 8785): the keys of `KEYS`>
    signature <128 lower-case hex digits>

Each line ends in a newline. The digits are the Ed25519 signature (RFC 8032), by the key `vkey` of the JSON, over
`lodged-receipt/v1`, a newline, and the SHA-256 of the whole file with the 128 digits set to `0`. So any changed
byte, anywhere in the file, is found. Bytes that stand alone, with no page around them, are a receipt as well.
Whoever embeds them in a PDF: no compression, and no checksum of the attachment, which signing would make untrue.

Nothing in the JSON names a person; what the event seals stays sealed.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from lodged.log.canonical import Json, canonical, parse_canonical
from lodged.log.checkpoint import Cosignature, SignedCheckpoint, open_checkpoint
from lodged.log.entry import Event, document_commitment, leaf, parse_event
from lodged.log.errors import LogError, ReceiptError
from lodged.log.policy import Policy, parse_policy
from lodged.log.proof import Proof, check_proof, parse_proof
from lodged.log.sign import SignKey, VerifyKey, parse_vkey
from lodged.log.verdict import NOBODY_VOUCHES, UNSEEN, Claim, Verdict, accepted, refused

MARKER = b"lodged-receipt/v1\n"
EMPTY_SLOT = b"0" * 128
LONGEST_JSON = 999_999  # bytes; an event is at most 65,535, and the proof and the policy are smaller
LONGEST_NAME = 200  # characters of a number, channel or custodian: what is shown must fit in a sentence
_LENGTH = re.compile(rb"([1-9][0-9]{0,5})\n")
_SLOT = re.compile(rb"signature ([0-9a-f]{128})\n")
_SALT = re.compile(r"[0-9a-f]{64}")

KEYS = frozenset(
    (
        "number",
        "channel",
        "received_at",
        "custodian",
        "origin",
        "vkey",
        "index",
        "size",
        "event",
        "salt",
        "document_salt",
        "document_commitment",
        "proof",
        "policy",
        "unwitnessed",
        "how_to_verify",
    )
)

HOW_TO_VERIFY = (
    "With lodged, offline: `lodged verify RECEIPT DOCUMENT --trust KEY`. Take the key from where the custodian "
    "publishes it, not from this receipt.",
    "The entry: SHA-256(salt || event), where salt is 32 bytes in hex and event is the canonical JSON (RFC 8785) of "
    "`event`. The document: SHA-256(document_salt || SHA-256(document)) is `document_commitment`.",
    "With other programs: keep `proof` as a file ending in .tlog-proof (c2sp.org/tlog-proof@v1, RFC 6962 with "
    "SHA-256, signed-note); golang.org/x/mod/sumdb/note and tlog check it, and so does @sigstore/verify from npm.",
    "This file: the 128 hex digits are Ed25519, by the key `vkey`, over the first line of this attachment with its "
    "newline, and the SHA-256 of the whole file with the digits set to 0.",
)


@dataclass(frozen=True, slots=True)
class ReceiptContents:
    """What a receipt holds; all that is shown on it is derived from these, so it cannot say otherwise.

    `event` is the canonical text of an arrival (it has a number and a channel), `salt` opens its leaf,
    `document_salt` opens the commitment to the document (None where no document came), `proof` leads to a
    checkpoint that `vkey` signed, `policy` names that log and the witnesses.
    """

    event: bytes
    salt: bytes
    document_salt: bytes | None
    proof: Proof
    policy: Policy
    vkey: str

    def record(self) -> dict[str, Json]:
        """The JSON object of the receipt; raises a `LogError` if the parts do not prove one another."""
        log, event = parse_vkey(self.vkey), parse_event(self.event)
        signed = check_proof(self.proof, leaf(self.event, self.salt), log, tuple(self.policy.witnesses.values()))
        record: dict[str, Json] = {
            "number": event.number,
            "channel": event.channel,
            "received_at": event.clocks.host,
            "custodian": event.custodian,
            "origin": log.name,
            "vkey": self.vkey,
            "index": self.proof.index,
            "size": signed.checkpoint.size,
            "event": parse_canonical(self.event),
            "salt": self.salt.hex(),
            "document_salt": None if self.document_salt is None else self.document_salt.hex(),
            "document_commitment": event.document,
            "proof": self.proof.text,
            "policy": self.policy.text,
            "unwitnessed": not _witnessed(self.policy, signed.cosignatures),
            "how_to_verify": list(HOW_TO_VERIFY),
        }
        _check_contents(record)
        return record


@dataclass(frozen=True, slots=True)
class _Slot:
    """Where the one attachment stands in a file: its JSON, and the place of the 128 digits."""

    json: bytes
    start: int
    digits: bytes

    @property
    def end(self) -> int:
        return self.start + len(EMPTY_SLOT)


@dataclass(frozen=True, slots=True)
class _Contents:
    """A receipt's JSON, every part of it proved by another."""

    event: Event
    index: int
    document_salt: bytes | None
    proof: Proof
    policy: Policy
    log: VerifyKey
    signed: SignedCheckpoint


def draft(contents: ReceiptContents) -> bytes:
    """The attachment with an empty slot, to be embedded in a page and then signed in place by `sign`.

    Entry, leaf, proof, root and the log's signature are verified first; raises a `LogError` if any fails.
    """
    written = canonical(contents.record())
    if len(written) > LONGEST_JSON:
        raise ReceiptError(f"a receipt of {len(written)} bytes is longer than {LONGEST_JSON}")
    return MARKER + f"{len(written)}\n".encode() + written + b"\nsignature " + EMPTY_SLOT + b"\n"


def sign(file: bytes, key: SignKey) -> bytes:
    """The file with its slot filled, of the same length; raises `ReceiptError` unless it holds one empty slot.

    The signed file is checked once more before it is handed back.
    """
    slot = _find(file)
    if slot.digits != EMPTY_SLOT:
        raise ReceiptError("this receipt is signed already")
    if _check_contents(parse_canonical(slot.json)).log != key.verify:
        raise ReceiptError(f"the receipt names another key than the one of `{key.verify.name}` that would sign it")
    digits = key.sign(_signed_message(file, slot)).hex().encode()
    signed = file[: slot.start] + digits + file[slot.end :]
    verdict = check(signed, None, None)
    if not verdict.ok:
        raise ReceiptError(f"the receipt does not hold once signed: {verdict.why}")
    return signed


def check(file: bytes, document: bytes | None, trust: Policy | None) -> Verdict:
    """Whether the file is a whole receipt, what it proves, and for whom. Never raises for what the file holds.

    `document` is compared with the commitment, if given. `trust` is the reader's own policy: the receipt must
    be signed by one of its logs, else it is refused; without `trust` a receipt can only be consistent.
    """
    try:
        contents = _read(file)
        document_hash = _check_document(contents, document)
    except _OtherDocumentError as error:
        return refused(str(error), document_matches=False)
    except LogError as error:
        return refused(str(error))
    try:
        cosignatures, why = _weigh(contents, trust)
    except LogError as error:
        return refused(str(error), document_matches=True if document_hash else None)
    return accepted(_claim(contents, document_hash, cosignatures, trust), why)


class _OtherDocumentError(ReceiptError):
    """The receipt holds; the document beside it is another."""


def _read(file: bytes) -> _Contents:
    """The contents of a signed receipt, signature and all proofs verified."""
    slot = _find(file)
    contents = _check_contents(parse_canonical(slot.json))
    try:
        contents.log.check(_signed_message(file, slot), bytes.fromhex(slot.digits.decode()))
    except LogError as error:
        raise ReceiptError("the file was altered after it was signed, or never signed") from error
    return contents


def _find(file: bytes) -> _Slot:
    """The one attachment in the file. Two markers or two slots could show one thing and prove another."""
    if file.count(MARKER) != 1 or len(_SLOT.findall(file)) != 1:
        raise ReceiptError("this is not a lodged receipt: one attachment with one signature is what it would hold")
    after = file.index(MARKER) + len(MARKER)
    length = _LENGTH.match(file, after)
    if not length:
        raise ReceiptError("the attachment does not tell its length")
    end = length.end() + int(length[1])
    slot = _SLOT.match(file, end + 1)
    if file[end : end + 1] != b"\n" or not slot:
        raise ReceiptError("the attachment has another length than it tells")
    return _Slot(file[length.end() : end], slot.start(1), slot[1])


def _signed_message(file: bytes, slot: _Slot) -> bytes:
    zeroed = sha256(file[: slot.start] + EMPTY_SLOT + file[slot.end :]).digest()
    return MARKER + zeroed


def _check_contents(record: Json) -> _Contents:
    """Every value of the JSON, proved by another one; raises a `LogError`."""
    if not isinstance(record, Mapping) or set(record) != KEYS:
        raise ReceiptError("the receipt has other fields than its format names")
    event_text, log = canonical(record["event"]), parse_vkey(_text(record, "vkey"))
    event, proof, policy = parse_event(event_text), parse_proof(_text(record, "proof")), _policy(record, log)
    signed = check_proof(proof, leaf(event_text, _salt(record, "salt")), log, tuple(policy.witnesses.values()))
    if proof.extra is not None:
        raise ReceiptError("the proof carries extra data, which nobody signs for")
    _check_shown(record, event, proof, policy, signed)
    how = record["how_to_verify"]
    if not isinstance(how, list) or not all(isinstance(line, str) for line in how):
        raise ReceiptError("`how_to_verify` is a list of sentences")
    return _Contents(event, proof.index, _document_salt(record), proof, policy, log, signed)


def _check_shown(
    record: Mapping[str, Json], event: Event, proof: Proof, policy: Policy, signed: SignedCheckpoint
) -> None:
    """What is shown on the receipt is what its proof says, and can be seen."""
    shown: dict[str, Json] = {
        "number": event.number,
        "channel": event.channel,
        "received_at": event.clocks.host,
        "custodian": event.custodian,
        "document_commitment": event.document,
        "origin": signed.checkpoint.origin,
        "index": proof.index,
        "size": signed.checkpoint.size,
        "unwitnessed": not _witnessed(policy, signed.cosignatures),
    }
    for key, proved in shown.items():
        # `canonical` tells 1 from true, which `==` does not
        if canonical(record[key]) != canonical(proved):
            raise ReceiptError(f"`{key}` on the receipt is not what its proof says")
    for key in ("number", "channel", "custodian", "origin"):
        text = _text(record, key)
        if not 0 < len(text) <= LONGEST_NAME or UNSEEN.search(text):
            raise ReceiptError(f"`{key}` on the receipt cannot be shown: 1 to {LONGEST_NAME} visible characters can")


def _policy(record: Mapping[str, Json], log: VerifyKey) -> Policy:
    policy = parse_policy(_text(record, "policy"))
    if policy.logs != (log,):
        raise ReceiptError("the policy on the receipt is not about the log that signed it")
    return policy


def _document_salt(record: Mapping[str, Json]) -> bytes | None:
    if (record["document_salt"] is None) != (record["document_commitment"] is None):
        raise ReceiptError("a commitment to a document and its salt go together")
    return None if record["document_salt"] is None else _salt(record, "document_salt")


def _check_document(contents: _Contents, document: bytes | None) -> str | None:
    """The SHA-256 of the document in hex, once it is known to be the one that was received."""
    if document is None:
        return None
    if contents.document_salt is None:
        raise _OtherDocumentError("this receipt is for a message that came without a document")
    digest = sha256(document).digest()
    if document_commitment(digest, contents.document_salt) != contents.event.document:
        raise _OtherDocumentError("the receipt holds, but this is not the document that was received")
    return digest.hex()


def _weigh(contents: _Contents, trust: Policy | None) -> tuple[tuple[Cosignature, ...], str | None]:
    """The cosignatures that count for this reader, and why the receipt is not trusted, or None if it is."""
    if trust is None:
        return contents.signed.cosignatures, NOBODY_VOUCHES
    if contents.log not in trust.logs:
        raise ReceiptError(f"it is signed by another key than you trust: `{contents.log.vkey}`")
    if not trust.witnesses:
        return contents.signed.cosignatures, None
    signed = open_checkpoint(contents.proof.checkpoint, contents.log, tuple(trust.witnesses.values()))
    if trust.satisfied_by([one.witness for one in signed.cosignatures]):
        return signed.cosignatures, None
    return signed.cosignatures, "signed by the log you trust, but too few of the witnesses you trust have cosigned"


def _claim(
    contents: _Contents, document_hash: str | None, cosignatures: tuple[Cosignature, ...], trust: Policy | None
) -> Claim:
    event, judge = contents.event, trust if trust and trust.witnesses else contents.policy
    return Claim(
        custodian=event.custodian,
        origin=contents.log.name,
        number=event.number or "",
        received_at=event.clocks.host,
        index=contents.index,
        size=contents.signed.checkpoint.size,
        commitment=event.document,
        document_hash=document_hash,
        cosignatures=cosignatures,
        witnessed=_witnessed(judge, cosignatures),
        sealed=len(event.sealed),
    )


def _witnessed(policy: Policy, cosignatures: tuple[Cosignature, ...]) -> bool:
    """Whether the word "unwitnessed" may be left out: somebody outside cosigned, and enough of them did."""
    return bool(cosignatures) and policy.satisfied_by([one.witness for one in cosignatures])


def _salt(record: Mapping[str, Json], key: str) -> bytes:
    if not _SALT.fullmatch(_text(record, key)):
        raise ReceiptError(f"`{key}` on the receipt is 64 lower-case hex digits")
    return bytes.fromhex(_text(record, key))


def _text(record: Mapping[str, Json], key: str) -> str:
    found = record[key]
    if not isinstance(found, str):
        raise ReceiptError(f"`{key}` on the receipt is text")
    return found

"""What a log says of itself in three lines: its origin, how many entries, which root (C2SP tlog-checkpoint 1.0.0).

Witnesses sign the same lines with a time of theirs (C2SP tlog-cosignature 1.0.1, type 04).

>>> print(Checkpoint("docket.example.gov/1", 0, EMPTY_ROOT).text, end="")
docket.example.gov/1
0
47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=
"""

import re
import struct
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass

from lodged.log.base64text import strict_b64decode
from lodged.log.errors import NoteError, SignatureError
from lodged.log.note import Note, Signature, open_note, parse_note, sign_note
from lodged.log.sign import COSIGNATURE, ED25519, SignKey, VerifyKey
from lodged.log.tree import EMPTY_ROOT, HASH_LENGTH, MOST_ENTRIES

DECIMAL = re.compile(r"0|[1-9][0-9]{0,15}")  # tlog-checkpoint: no leading zeroes; 16 digits hold MOST_ENTRIES
LATEST = 253_402_300_799  # 9999-12-31T23:59:59Z, the last moment that ISO 8601 writes with four digits
_BLOB = struct.Struct(">Q64s")  # tlog-cosignature: u64 time, big endian, then the Ed25519 signature


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The state of a log: `origin`, `size` in entries, `root` of 32 bytes."""

    origin: str
    size: int
    root: bytes

    def __post_init__(self) -> None:
        if not self.origin or "\n" in self.origin:
            raise NoteError("the origin of a log is one line of text")
        if not 0 <= self.size <= MOST_ENTRIES or len(self.root) != HASH_LENGTH:
            raise NoteError("a checkpoint has a size and a root of 32 bytes")
        if self.size == 0 and self.root != EMPTY_ROOT:
            raise NoteError("the root of an empty log is another")

    @property
    def text(self) -> str:
        """The three lines that are signed."""
        return f"{self.origin}\n{self.size}\n{b64encode(self.root).decode()}\n"


@dataclass(frozen=True, slots=True)
class Cosignature:
    """That a witness saw a checkpoint at a time of its own clock (seconds since 1970 UTC)."""

    witness: VerifyKey
    time: int


@dataclass(frozen=True, slots=True)
class SignedCheckpoint:
    """A checkpoint whose signatures hold: the log's own, and those of known witnesses (none: unwitnessed)."""

    checkpoint: Checkpoint
    note: Note
    cosignatures: tuple[Cosignature, ...]


def sign_checkpoint(checkpoint: Checkpoint, key: SignKey) -> Note:
    """The checkpoint signed by the log. The key's name must be the origin."""
    if key.verify.name != checkpoint.origin:
        raise SignatureError(f"the key of `{key.verify.name}` does not sign for `{checkpoint.origin}`")
    return sign_note(checkpoint.text, key)


def parse_checkpoint(text: str) -> Checkpoint:
    """The three lines read strictly; raises `NoteError`.

    Extension lines are refused: tlog-checkpoint does not recommend them, and what nobody can audit should not
    carry our signature.
    """
    lines = text.split("\n")
    if len(lines) != 4 or lines[3]:
        raise NoteError("a checkpoint has three lines: origin, size, root")
    if not DECIMAL.fullmatch(lines[1]):
        raise NoteError(f"`{lines[1][:40]}` is not the size of a log")
    return Checkpoint(lines[0], int(lines[1]), strict_b64decode(lines[2]))


def open_checkpoint(content: bytes, log: VerifyKey, witnesses: Sequence[VerifyKey] = ()) -> SignedCheckpoint:
    """A checkpoint that the log signed, with the cosignatures of known witnesses, each verified.

    Raises `NoteError` or `SignatureError`. Unknown witnesses are passed over; a known one whose cosignature
    fails makes the whole note refused.
    """
    if log.type != ED25519:
        raise NoteError("a log signs with a key of type 01")
    note = parse_note(content)
    signed = dict(open_note(note, (log, *witnesses)))
    if log not in signed:
        raise SignatureError(f"`{log.name}` did not sign this checkpoint")
    checkpoint = parse_checkpoint(note.text)
    if checkpoint.origin != log.name:
        raise SignatureError(f"a key of `{log.name}` does not sign for `{checkpoint.origin}`")
    seen = tuple(check_cosignature(note.text, one, signed[one]) for one in witnesses if one in signed)
    return SignedCheckpoint(checkpoint, note, seen)


def cosign(note: Note, witness: SignKey, time: int) -> Note:
    """The note with one more line: that the witness saw it at `time` (seconds since 1970 UTC)."""
    signature = witness.sign(_cosigned_message(note.text, time))
    blob = _BLOB.pack(time, signature)
    return Note(note.text, (*note.signatures, Signature(witness.verify.name, witness.verify.key_id, blob)))


def check_cosignature(text: str, witness: VerifyKey, signature: Signature) -> Cosignature:
    """What a witness signed of a checkpoint's text; raises `NoteError` or `SignatureError`."""
    if witness.type != COSIGNATURE:
        raise NoteError("a witness signs with a key of type 04")
    if len(signature.blob) != _BLOB.size:
        raise SignatureError(f"the cosignature of `{witness.name}` is not {_BLOB.size} bytes long")
    time, signed = _BLOB.unpack(signature.blob)
    if time > LATEST:
        raise SignatureError(f"the cosignature of `{witness.name}` is from after the year 9999")
    witness.check(_cosigned_message(text, time), signed)
    return Cosignature(witness, time)


def _cosigned_message(text: str, time: int) -> bytes:
    return f"cosignature/v1\ntime {time}\n{text}".encode()

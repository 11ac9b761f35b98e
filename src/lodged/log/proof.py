"""A proof that an entry is in a log, as one text to keep offline (C2SP tlog-proof, `c2sp.org/tlog-proof@v1`)."""

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass

from lodged.log.base64text import strict_b64decode
from lodged.log.checkpoint import DECIMAL, SignedCheckpoint, open_checkpoint
from lodged.log.errors import NoteError, ProofError
from lodged.log.sign import VerifyKey
from lodged.log.tree import HASH_LENGTH, check_entry, leaf_hash

HEADER = "c2sp.org/tlog-proof@v1"
HIGHEST = 63  # no tree that can be counted is higher


@dataclass(frozen=True, slots=True)
class Proof:
    """Entry `index`, the hashes from its leaf to the root, and the checkpoint note with its signatures.

    `extra` is authenticated by nobody (tlog-proof, §Format); lodged writes none and only reads past it.
    """

    index: int
    hashes: tuple[bytes, ...]
    checkpoint: bytes
    extra: bytes | None = None

    @property
    def text(self) -> str:
        """The proof as text, to be kept in a file ending in `.tlog-proof`."""
        extra = [] if self.extra is None else [f"extra {b64encode(self.extra).decode()}"]
        hashes = [b64encode(one).decode() for one in self.hashes]
        return "\n".join([HEADER, *extra, f"index {self.index}", *hashes, "", self.checkpoint.decode()])


def parse_proof(text: str) -> Proof:
    """A proof read strictly; raises `NoteError`. Nothing is verified yet."""
    above, empty, checkpoint = text.partition("\n\n")
    lines = above.split("\n")
    if not empty or lines.pop(0) != HEADER:
        raise NoteError(f"a proof begins with the line `{HEADER}`")
    extra = strict_b64decode(lines.pop(0).removeprefix("extra ")) if lines and lines[0].startswith("extra ") else None
    if not lines or not lines[0].startswith("index ") or not DECIMAL.fullmatch(lines[0].removeprefix("index ")):
        raise NoteError("a proof names the `index` of its entry")
    hashes = tuple(strict_b64decode(line) for line in lines[1:])
    if len(hashes) > HIGHEST or any(len(one) != HASH_LENGTH for one in hashes):
        raise NoteError(f"a proof holds at most {HIGHEST} hashes, each of {HASH_LENGTH} bytes")
    return Proof(int(lines[0].removeprefix("index ")), hashes, checkpoint.encode(), extra)


def check_proof(proof: Proof, entry: bytes, log: VerifyKey, witnesses: Sequence[VerifyKey] = ()) -> SignedCheckpoint:
    """Raise a `LogError` unless the log signed a root that holds `entry` at the proof's index."""
    signed = open_checkpoint(proof.checkpoint, log, witnesses)
    checkpoint = signed.checkpoint
    if proof.index >= checkpoint.size:
        raise ProofError(f"entry {proof.index} is not in a log of {checkpoint.size} entries")
    check_entry(proof.index, checkpoint.size, leaf_hash(entry), proof.hashes, checkpoint.root)
    return signed

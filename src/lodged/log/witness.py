"""What a witness is asked, and what its answer says (C2SP tlog-witness 1.0.0, `add-checkpoint`).

A witness signs for having seen a log grow, never for what is in it: it is sent the checkpoint, the size that it saw
last, and the proof that one is the beginning of the other. Bytes in, bytes out; who carries them is not known here.

>>> from lodged.log.sign import parse_vkey
>>> witness = parse_vkey("witness.example.org/w1+b06b6860+BMhTrQ8M0rYZrqks7sT9VqJNZJnVhM55JX5Fz9gTm2Cn")
>>> read_answer(Answer(404, "text/plain", b"unknown log"), Note("", ()), witness)
Refused(status=404, words='unknown log', why='the witness does not know this log')
"""

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass

from lodged.log.checkpoint import DECIMAL, Cosignature, check_cosignature
from lodged.log.errors import LogError, NoteError
from lodged.log.note import Note, Signature, parse_note
from lodged.log.sign import VerifyKey
from lodged.log.tree import HASH_LENGTH
from lodged.log.verdict import visible

PATH = "add-checkpoint"
MOST_HASHES = 63
LONGEST_WORDS = 400  # characters of a refusal that are kept: a sentence, not a page
SIZE_TYPE = "text/x.tlog.size"
# tlog-witness, §add-checkpoint: what each status says
MEANINGS = {
    400: "the request was not understood, or the log has shrunk since the witness saw it",
    403: "the witness holds another key for this log",
    404: "the witness does not know this log",
    409: "the witness saw another size last",
    422: "the witness saw another log: what it saw is not the beginning of this one",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back over HTTP: the status, the content type, the body."""

    status: int
    content_type: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Cosigned:
    """The witness signed: the line to put below the checkpoint, and the time that the witness says it was."""

    signature: Signature
    cosignature: Cosignature


@dataclass(frozen=True, slots=True)
class Stale:
    """The witness saw `size` entries last, not what it was told: ask again from there."""

    size: int
    words: str


@dataclass(frozen=True, slots=True)
class Refused:
    """The witness did not sign: its status, its own words made visible, and what that status means."""

    status: int
    words: str
    why: str


def write_request(old: int, growth: Sequence[bytes], note: Note) -> bytes:
    """The body to post: the size that the witness saw last, the proof of growth from there, the signed checkpoint.

    Raises `NoteError` for a proof that no tree needs; `growth` is that of `tree.prove_growth(old, size, …)`.
    """
    if len(growth) > MOST_HASHES or any(len(one) != HASH_LENGTH for one in growth):
        raise NoteError(f"a proof of growth holds at most {MOST_HASHES} hashes, each of {HASH_LENGTH} bytes")
    lines = [f"old {old}", *(b64encode(one).decode() for one in growth), "", ""]
    return "\n".join(lines).encode() + note.content


def read_answer(answer: Answer, note: Note, witness: VerifyKey) -> Cosigned | Stale | Refused:
    """What a witness says of `note`. Never raises for what the answer holds: whatever is no cosignature is a refusal."""
    words = _words(answer.body)
    if answer.status == 200:
        return _cosigned(answer.body, note, witness) or Refused(200, words, "it signed nothing that holds")
    told = answer.body.decode(errors="replace").removesuffix("\n")
    if answer.status == 409 and answer.content_type.split(";")[0].strip() == SIZE_TYPE and DECIMAL.fullmatch(told):
        return Stale(int(told), words)
    return Refused(answer.status, words, MEANINGS.get(answer.status, "the witness answered otherwise than it should"))


def with_cosignatures(note: Note, signatures: Sequence[Signature]) -> Note:
    """The checkpoint with the lines of its witnesses below the log's own."""
    return Note(note.text, (*note.signatures, *signatures))


def _cosigned(body: bytes, note: Note, witness: VerifyKey) -> Cosigned | None:
    """The first line by this witness, if it holds; other lines are passed over (tlog-witness allows several)."""
    try:
        lines = parse_note(note.text.encode() + b"\n" + body).signatures
        line = next((one for one in lines if (one.name, one.key_id) == (witness.name, witness.key_id)), None)
        return None if line is None else Cosigned(line, check_cosignature(note.text, witness, line))
    except LogError:
        return None


def _words(body: bytes) -> str:
    """What the witness said, in one line that can be shown."""
    return visible(" ".join(body[: 4 * LONGEST_WORDS].decode(errors="replace").split()))[:LONGEST_WORDS]

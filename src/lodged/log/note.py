"""A signed note: text, and the signatures below it (C2SP signed-note 1.0.0).

Parsing tells what is written; only `open_note` tells what may be believed.
"""

import re
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass

from lodged.log.base64text import strict_b64decode
from lodged.log.errors import NoteError, SignatureError
from lodged.log.sign import COSIGNATURE, KEY_NAME, SignKey, VerifyKey

LONGEST = 1_000_000  # bytes; Go's note.Open has the same limit
MOST_SIGNATURES = 100  # signed-note asks to accept at least 16; 100 is the limit of Go's note.Open
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f]")
_DASH = "\u2014 "


@dataclass(frozen=True, slots=True)
class Signature:
    """One line below the text: who is said to have signed, with which key, and the bytes."""

    name: str
    key_id: bytes
    blob: bytes

    @property
    def line(self) -> str:
        """The line as it stands in the note."""
        return f"{_DASH}{self.name} {b64encode(self.key_id + self.blob).decode()}\n"


@dataclass(frozen=True, slots=True)
class Note:
    """The text with its final newline, and the signatures in their order."""

    text: str
    signatures: tuple[Signature, ...]

    @property
    def content(self) -> bytes:
        """The bytes of the whole note."""
        return (self.text + "\n" + "".join(one.line for one in self.signatures)).encode()


def sign_note(text: str, *keys: SignKey) -> Note:
    """The text signed by each key (type 01), in that order."""
    signatures = tuple(Signature(key.verify.name, key.verify.key_id, key.sign(text.encode())) for key in keys)
    return parse_note(Note(text, signatures).content)


def parse_note(content: bytes) -> Note:
    """A note read strictly; raises `NoteError`. Nothing is verified yet."""
    if len(content) > LONGEST:
        raise NoteError(f"a note of {len(content)} bytes is longer than {LONGEST}")
    text, dash, below = _readable(content).rpartition("\n\n")
    if not dash or not text or not below.endswith("\n"):
        raise NoteError("a note is text, an empty line, and lines of signatures")
    lines = below[:-1].split("\n")
    if len(lines) > MOST_SIGNATURES:
        raise NoteError(f"a note with {len(lines)} signatures has more than {MOST_SIGNATURES}")
    return Note(text + "\n", tuple(_signature(line) for line in lines))


def open_note(note: Note, keys: Sequence[VerifyKey]) -> tuple[tuple[VerifyKey, Signature], ...]:
    """The signatures by known keys, each verified; raises `SignatureError` if one fails or if there is none.

    Unknown keys are passed over. A cosignature (type 04) is handed back as it is: `checkpoint.py` knows its bytes.
    """
    known = {(key.name, key.key_id): key for key in keys}
    if len(known) != len(keys):
        raise NoteError("two of the known keys share name and key ID")
    found: dict[VerifyKey, Signature] = {}
    for signature in note.signatures:
        key = known.get((signature.name, signature.key_id))
        if key is None:
            continue
        if key in found:
            raise SignatureError(f"`{key.name}` signed twice")
        if key.type != COSIGNATURE:
            key.check(note.text.encode(), signature.blob)
        found[key] = signature
    if not found:
        raise SignatureError("no known key signed this")
    return tuple(found.items())


def _readable(content: bytes) -> str:
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        raise NoteError("a note is UTF-8 text, and this is not") from error
    if _CONTROL.search(text):
        raise NoteError("a note holds no control characters but newlines")
    return text


def _signature(line: str) -> Signature:
    name, space, encoded = line.removeprefix(_DASH).partition(" ")
    if not line.startswith(_DASH) or not space or not KEY_NAME.fullmatch(name):
        raise NoteError(f"`{line[:80]}` is not a line of a signature")
    blob = strict_b64decode(encoded)
    if len(blob) < 5:
        raise NoteError(f"the signature of `{name}` is too short")
    return Signature(name, blob[:4], blob[4:])

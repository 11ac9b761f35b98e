"""The Ed25519 key of a log: made, kept in a file outside the database, and named to others as a vkey.

A vkey is `name+hex(key ID)+base64(type || public key)`, the key ID `SHA-256(name || 0x0A || type || key)[:4]`
(C2SP signed-note 1.0.0, §Signatures). Signing is deterministic (RFC 8032 §5.1.6), so the same head signed
twice is the same note.
"""

import re
from base64 import b64encode
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from stat import S_IMODE

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key

from lodged.log.base64text import strict_b64decode
from lodged.log.durable import SECRET, write_new
from lodged.log.errors import KeyFileError, NoteError, SignatureError

ED25519 = 0x01  # C2SP signed-note, §Signature types: Ed25519 over the note's text
COSIGNATURE = 0x04  # C2SP tlog-cosignature: Ed25519 over a time and the checkpoint
FIELD = 2**255 - 19  # RFC 8032 §5.1: the prime of the curve
_ORDER_EIGHT = 0x7A03AC9277FDC74EC6CC392CFA53202A0F67100D760B3CBA4FD84D3D706A17C7
# The y of the eight points of small order (RFC 7748 §7 tells why they matter): such a key signs anything
SMALL_ORDER = frozenset((0, 1, FIELD - 1, _ORDER_EIGHT, FIELD - _ORDER_EIGHT))
# Key names hold no Unicode space and no plus (signed-note, §Format); the list is that of Go's unicode.IsSpace
KEY_NAME = re.compile(r"[^\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000+]+")
_VKEY = re.compile(r"(?P<name>[^+]+)\+(?P<id>[0-9a-f]{8})\+(?P<key>[A-Za-z0-9+/=]+)")
_HEADING = "lodged log key of "


@dataclass(frozen=True, slots=True)
class VerifyKey:
    """A public key by which notes are checked; `type` is 01 (a log) or 04 (a witness)."""

    name: str
    type: int
    public: bytes

    def __post_init__(self) -> None:
        if not KEY_NAME.fullmatch(self.name) or any(letter < " " for letter in self.name):
            raise NoteError(f"`{self.name}` cannot name a key: no spaces, no `+`, not empty")
        if self.type not in {ED25519, COSIGNATURE}:
            raise NoteError(f"a key of type {self.type:02x} is not known here: 01 and 04 are")
        y = int.from_bytes(self.public, "little") & (2**255 - 1)
        # RFC 8032 §5.1.3 step 1: a y not below the prime decodes to no point; some libraries are lax here
        if len(self.public) != 32 or y >= FIELD or y in SMALL_ORDER:
            raise NoteError("these are not the 32 bytes of an Ed25519 public key")

    @property
    def key_id(self) -> bytes:
        """The four bytes that name the key beside its signatures."""
        return sha256(self.name.encode() + b"\n" + bytes([self.type]) + self.public).digest()[:4]

    @property
    def vkey(self) -> str:
        """The key as one line of text."""
        return f"{self.name}+{self.key_id.hex()}+{b64encode(bytes([self.type]) + self.public).decode()}"

    def check(self, message: bytes, signature: bytes) -> None:
        """Raise `SignatureError` unless this key signed the message (RFC 8032 §5.1.7)."""
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, message)
        except (InvalidSignature, ValueError) as error:
            raise SignatureError(f"a signature of `{self.name}` fails") from error


@dataclass(frozen=True, slots=True)
class SignKey:
    """A secret key and its public half; its text never shows the secret."""

    verify: VerifyKey
    secret: Ed25519PrivateKey

    @property
    def vkey(self) -> str:
        """The public half as one line of text."""
        return self.verify.vkey

    def sign(self, message: bytes) -> bytes:
        """The 64 bytes of a signature over the message."""
        return self.secret.sign(message)


def parse_vkey(text: str) -> VerifyKey:
    """A key read from its one line; raises `NoteError` if any part contradicts another.

    >>> parse_vkey("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW").type
    1
    """
    found = _VKEY.fullmatch(text)
    if not found:
        raise NoteError(f"`{text[:120]}` is not a key: write it like `name+01234567+base64`")
    raw = strict_b64decode(found["key"])
    if not raw:
        raise NoteError("the key is empty")
    key = VerifyKey(found["name"], raw[0], raw[1:])
    if key.key_id.hex() != found["id"]:
        raise NoteError(f"the key ID `{found['id']}` belongs to another key: `{key.key_id.hex()}` is this one's")
    return key


def key_from_seed(name: str, seed: bytes, type_: int = ED25519) -> SignKey:
    """The key of 32 secret bytes (RFC 8032 §5.1.5)."""
    secret = Ed25519PrivateKey.from_private_bytes(seed)
    return SignKey(VerifyKey(name, type_, secret.public_key().public_bytes_raw()), secret)


def make_key(origin: str, path: Path) -> SignKey:
    """Make the key of a new log and write its file: PKCS#8 in PEM (RFC 5958, RFC 7468), mode 0600, fsynced.

    The first line names the origin, in the explanatory text that RFC 7468 §2 allows before the key, so that a
    key cannot be used for another log. Raises `KeyFileError` if there is a file already: a key is never written over.
    """
    secret = Ed25519PrivateKey.generate()
    key = SignKey(VerifyKey(origin, ED25519, secret.public_key().public_bytes_raw()), secret)
    pem = secret.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    try:
        write_new(path, f"{_HEADING}{origin}\n".encode() + pem, SECRET)
    except FileExistsError as error:
        raise KeyFileError(f"`{path}` exists, and a key is never written over") from error
    return key


def load_key(path: Path, outside: Path | None = None) -> SignKey:
    """The key in a file that nobody but its owner can read; raises `KeyFileError`.

    `outside` is the folder that is published or backed up: a key file inside it is refused.
    """
    if outside and path.resolve().is_relative_to(outside.resolve()):
        raise KeyFileError(f"the key `{path}` lies inside `{outside}`, which others get to see: move it out")
    try:
        mode, content = S_IMODE(path.stat().st_mode), path.read_bytes()
    except OSError as error:
        raise KeyFileError(f"the key file `{path}` cannot be read: {error.strerror}") from error
    if mode & 0o077:
        raise KeyFileError(f"others can read the key `{path}` (mode {mode:04o}): run `chmod 600 {path}`")
    return _parse_key(content, path)


def _parse_key(content: bytes, path: Path) -> SignKey:
    heading, _, pem = content.partition(b"\n")
    origin = heading.decode(errors="replace").removeprefix(_HEADING)
    if not heading.startswith(_HEADING.encode()):
        raise KeyFileError(f"`{path}` does not begin with the line `{_HEADING}ORIGIN`")
    try:
        secret = load_pem_private_key(pem, password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise KeyFileError(f"`{path}` holds no readable key") from error
    if not isinstance(secret, Ed25519PrivateKey):
        raise KeyFileError(f"`{path}` holds a key of another kind than Ed25519")
    return SignKey(VerifyKey(origin, ED25519, secret.public_key().public_bytes_raw()), secret)

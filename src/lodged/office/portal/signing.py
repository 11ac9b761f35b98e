"""HTTP Message Signatures (RFC 9421) with Ed25519: a message to an agency carries proof of who sent it.

Signed are the method, the whole address, the kind and the digest of the content (RFC 9530), with the second of signing.
"""

import re
from base64 import b64decode, b64encode
from binascii import Error as Base64Error
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from urllib.parse import urlsplit

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

LABEL = "lodged"
COVERED = ("@method", "@target-uri", "content-type", "content-digest")
FRESH_S = 300  # how old a signature may be for `check_message`: ours; RFC 9421 §3.2.1 leaves it to the reader
_INPUT = re.compile(rf'{LABEL}=(?P<all>\((?P<covered>[^)]*)\);created=(?P<created>\d+);keyid="(?P<keyid>[^"]*)";.*)')
_SIGNATURE = re.compile(rf"{LABEL}=:(?P<base64>[A-Za-z0-9+/=]+):")


class SignatureError(Exception):
    """A message is not signed as it says."""


@dataclass(frozen=True, slots=True)
class Message:
    """A request as it is signed: `fields` are its header fields by lower-case name."""

    method: str
    url: str
    fields: Mapping[str, str]

    def component(self, name: str) -> str:
        """The value of one covered component (RFC 9421 §2.1, §2.2); raises SignatureError where it is missing."""
        parts = urlsplit(self.url)
        derived = {
            "@method": self.method,
            "@target-uri": self.url,
            "@authority": parts.netloc.lower(),
            "@path": parts.path or "/",
        }
        value = derived.get(name, self.fields.get(name))
        if value is None:
            raise SignatureError(f"`{name}` is signed and not in the message")
        return value.strip()


def content_digest(body: bytes) -> str:
    """The `Content-Digest` of a body (RFC 9530).

    >>> content_digest(b'{"hello": "world"}')
    'sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:'
    """
    return f"sha-256=:{b64encode(sha256(body).digest()).decode()}:"


def parameters(covered: Sequence[str], created: int, keyid: str, more: str = "") -> str:
    """The value of `@signature-params` (RFC 9421 §2.3)."""
    names = " ".join(f'"{name}"' for name in covered)
    return f'({names});created={created};keyid="{keyid}"{more}'


def signature_base(message: Message, covered: Sequence[str], params: str) -> bytes:
    """The bytes that are signed (RFC 9421 §2.5)."""
    lines = [f'"{name}": {message.component(name)}' for name in covered]
    return "\n".join([*lines, f'"@signature-params": {params}']).encode("ascii")


def sign_message(url: str, body: bytes, created: int, keyid: str, key: Ed25519PrivateKey) -> dict[str, str]:
    """The header fields of a signed POST of JSON; `created` in seconds since 1970."""
    fields = {"content-type": "application/json", "content-digest": content_digest(body)}
    params = parameters(COVERED, created, keyid, f';alg="ed25519";tag="{LABEL}"')
    signature = key.sign(signature_base(Message("POST", url, fields), COVERED, params))
    return {
        "Content-Type": fields["content-type"],
        "Content-Digest": fields["content-digest"],
        "Signature-Input": f"{LABEL}={params}",
        "Signature": f"{LABEL}=:{b64encode(signature).decode()}:",
    }


def check_message(message: Message, body: bytes, now: int, public: Ed25519PublicKey) -> str:
    """The key id of a message whose signature holds; raises SignatureError for any other."""
    stated = _INPUT.fullmatch(message.fields.get("signature-input", ""))
    signed = _SIGNATURE.fullmatch(message.fields.get("signature", ""))
    if stated is None or signed is None:
        raise SignatureError("the message bears no signature of this kind")
    covered = stated["covered"].replace('"', "").split()
    if set(COVERED) - set(covered):
        raise SignatureError("the signature leaves out what must be signed")
    if not now - FRESH_S <= int(stated["created"]) <= now + FRESH_S:
        raise SignatureError("the signature was made at another hour")
    if message.component("content-digest") != content_digest(body):
        raise SignatureError("the content is not what was signed")
    try:
        public.verify(b64decode(signed["base64"], validate=True), signature_base(message, covered, stated["all"]))
    except (InvalidSignature, Base64Error, UnicodeEncodeError) as error:
        raise SignatureError("the signature does not hold") from error
    return stated["keyid"]

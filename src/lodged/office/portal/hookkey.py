"""The office's own key for what it tells agencies: made at the first use, in a file outside the database."""

from base64 import urlsafe_b64encode
from contextlib import suppress
from hashlib import sha256
from json import dumps

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from django.conf import settings

from lodged.log.durable import SECRET, write_new


def hook_key() -> Ed25519PrivateKey:
    """The key; two processes that make it at once keep one."""
    path = settings.HOME.hook_key
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        made = Ed25519PrivateKey.generate()
        with suppress(FileExistsError):
            write_new(path, made.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()), SECRET)
    found = load_pem_private_key(path.read_bytes(), None)
    if not isinstance(found, Ed25519PrivateKey):
        raise TypeError(f"`{path}` holds another kind of key than Ed25519")
    return found


def public_bytes(key: Ed25519PrivateKey) -> bytes:
    """The 32 bytes of the public key."""
    return key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)


def jwk(key: Ed25519PrivateKey) -> dict[str, str]:
    """The public key as a JSON Web Key (RFC 8037), its `kid` the key's thumbprint (RFC 7638).

    >>> seed = bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
    >>> jwk(Ed25519PrivateKey.from_private_bytes(seed))["kid"]  # RFC 8037, appendix A.3
    'kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k'
    """
    public = {"crv": "Ed25519", "kty": "OKP", "x": _text(public_bytes(key))}
    thumbprint = sha256(dumps(public, separators=(",", ":"), sort_keys=True).encode()).digest()
    return {**public, "kid": _text(thumbprint), "alg": "EdDSA", "use": "sig"}


def _text(content: bytes) -> str:
    return urlsafe_b64encode(content).rstrip(b"=").decode()

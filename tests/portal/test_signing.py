"""Messages to agencies are signed as RFC 9421 says: its own vectors, and what a reader must refuse."""

from base64 import b64decode
from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key, load_pem_public_key

from lodged.office.portal.signing import (
    Message,
    SignatureError,
    check_message,
    content_digest,
    parameters,
    sign_message,
    signature_base,
)

# RFC 9421, appendix B.1.4 and B.2.6
PRIVATE = b"""-----BEGIN PRIVATE KEY-----
MC4CAQAwBQYDK2VwBCIEIJ+DYvh6SEqVTm50DFtMDoQikTmiCqirVv9mWG9qfSnF
-----END PRIVATE KEY-----
"""
PUBLIC = b"""-----BEGIN PUBLIC KEY-----
MCowBQYDK2VwAyEAJrQLj5P/89iXES9+vFgrIy29clF9CC/oPPsw3c5D0bs=
-----END PUBLIC KEY-----
"""
COVERED = ("date", "@method", "@path", "@authority", "content-type", "content-length")
BASE = b'''"date": Tue, 20 Apr 2021 02:07:55 GMT
"@method": POST
"@path": /foo
"@authority": example.com
"content-type": application/json
"content-length": 18
"@signature-params": ("date" "@method" "@path" "@authority" "content-type" "content-length")\
;created=1618884473;keyid="test-key-ed25519"'''
SIGNATURE = "wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw=="
URL, BODY, NOW = "https://sheriff.example.gov/told?by=docket", b'{"stage": "received"}', 1795000000


def key() -> Ed25519PrivateKey:
    found = load_pem_private_key(PRIVATE, None)
    assert isinstance(found, Ed25519PrivateKey)
    return found


def test_the_base_and_the_signature_of_the_rfc() -> None:
    fields = {"date": "Tue, 20 Apr 2021 02:07:55 GMT", "content-type": "application/json", "content-length": "18"}
    message = Message("POST", "https://example.com/foo?param=Value&Pet=dog", fields)
    base = signature_base(message, COVERED, parameters(COVERED, 1618884473, "test-key-ed25519"))
    assert base == BASE
    assert key().sign(base).hex() == b64decode(SIGNATURE).hex()
    public = load_pem_public_key(PUBLIC)
    assert isinstance(public, Ed25519PublicKey)
    public.verify(key().sign(base), base)


def test_the_digest_of_the_rfc() -> None:
    assert content_digest(b'{"hello": "world"}') == "sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:"


def signed() -> Message:
    """A message as it arrives."""
    headers = sign_message(URL, BODY, NOW, "key-1", key())
    return Message("POST", URL, {name.lower(): value for name, value in headers.items()})


def test_what_was_signed_is_accepted_and_names_its_key() -> None:
    assert check_message(signed(), BODY, NOW + 60, key().public_key()) == "key-1"


def with_fields(**changed: str) -> Callable[[Message], Message]:
    def change(message: Message) -> Message:
        fields: Mapping[str, str] = {
            **message.fields,
            **{name.replace("_", "-"): value for name, value in changed.items()},
        }
        return replace(message, fields=fields)

    return change


@pytest.mark.parametrize(
    "change",
    [
        lambda message: replace(message, method="PUT"),
        lambda message: replace(message, url="https://sheriff.example.gov/other"),
        with_fields(content_type="text/plain"),
        with_fields(signature="lodged=:AAAA:"),
        with_fields(signature=""),
        with_fields(signature_input=""),
        with_fields(signature_input=f'lodged=("@method");created={NOW};keyid="key-1";alg="ed25519"'),
        with_fields(content_digest=content_digest(b"another")),
    ],
)
def test_anything_altered_is_refused(change: Callable[[Message], Message]) -> None:
    with pytest.raises(SignatureError):
        check_message(change(signed()), BODY, NOW, key().public_key())


def test_another_body_another_hour_another_key_is_refused() -> None:
    with pytest.raises(SignatureError, match="content"):
        check_message(signed(), b"{}", NOW, key().public_key())
    with pytest.raises(SignatureError, match="another hour"):
        check_message(signed(), BODY, NOW + 301, key().public_key())
    with pytest.raises(SignatureError, match="does not hold"):
        check_message(signed(), BODY, NOW, Ed25519PrivateKey.generate().public_key())

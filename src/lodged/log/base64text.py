"""Base64 in its one spelling (RFC 4648 §4), since a second spelling of a signature is a changed byte nobody sees."""

import binascii
from base64 import b64encode

from lodged.log.errors import NoteError


def strict_b64decode(text: str) -> bytes:
    """The bytes of `text`; raises `NoteError` for other alphabets, missing padding and stray bits at the end.

    >>> strict_b64decode("QQ==")
    b'A'
    """
    try:
        found = binascii.a2b_base64(text.encode("ascii"), strict_mode=True)
    except (ValueError, UnicodeEncodeError) as error:
        raise NoteError(f"`{text[:80]}` is not base64") from error
    if b64encode(found).decode() != text:  # RFC 4648 §3.5: the unused bits must be zero
        raise NoteError(f"`{text[:80]}` is not base64 in its one spelling")
    return found

"""What a time stamp is made over: a checkpoint, and for a renewal the whole chain of stamps before it.

The first stamp of a chain is made over the checkpoint's bytes. Each renewal is made over canonical JSON that holds a
newer checkpoint, and all earlier stamps with the checkpoints that they are about: after RFC 4998 §5.2, with JSON in
place of its ASN.1. So the word of an old algorithm or certificate is carried on by a new one while it still holds.
"""

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass

from lodged.log.canonical import canonical

FORMAT = "lodged-renewal/v1"


@dataclass(frozen=True, slots=True)
class Stamp:
    """A signed checkpoint, and the authority's answer (a TimeStampResp in DER) about it and what it renews."""

    checkpoint: bytes
    answer: bytes


def stamped_text(checkpoint: bytes, renews: Sequence[Stamp] = ()) -> bytes:
    """What is stamped: the checkpoint as it is; for a renewal, JSON with the checkpoint and the earlier stamps.

    >>> stamped_text(b"a signed checkpoint")
    b'a signed checkpoint'
    """
    if not renews:
        return checkpoint
    links = [{"checkpoint": one.checkpoint.decode(), "answer": b64encode(one.answer).decode()} for one in renews]
    return canonical({"format": FORMAT, "checkpoint": checkpoint.decode(), "renews": links})

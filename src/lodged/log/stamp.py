"""That a checkpoint existed at a time for which an authority outside vouches (RFC 3161), renewed before its word ages.

A stamp is kept as the authority's whole answer, so `openssl ts -verify` reads it as well; `renewal.py` tells what a
stamp is made over.

This is the one door to `rfc3161_client`, which `lodged[stamp]` brings.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from cryptography.x509 import Certificate, load_der_x509_certificate, load_pem_x509_certificates
from rfc3161_client import (
    HashAlgorithm,
    TimestampRequestBuilder,
    TimeStampResponse,
    VerificationError,
    VerifierBuilder,
    decode_timestamp_response,
)

from lodged.log.errors import StampError
from lodged.log.renewal import Stamp, stamped_text

REQUEST_TYPE, ANSWER_TYPE = "application/timestamp-query", "application/timestamp-reply"  # RFC 3161 §3.4
ALGORITHMS = {"2.16.840.1.101.3.4.2.1": "sha256", "2.16.840.1.101.3.4.2.3": "sha512"}


@dataclass(frozen=True, slots=True)
class Stamped:
    """What a stamp that holds says: the authority's time, its serial number, the algorithm of the imprint.

    `until` is when the authority's certificate ends; a renewal made later than that proves nothing.
    """

    time: datetime
    serial: int
    algorithm: str
    until: datetime


def request(text: bytes, renewal: bool = False) -> tuple[bytes, int]:
    """The request to post, with its nonce: SHA-256 from day to day, SHA-512 for a renewal that has to last longer.

    The authority's certificate is asked for, so that the stamp can be checked with the roots alone.
    """
    algorithm = HashAlgorithm.SHA512 if renewal else HashAlgorithm.SHA256
    made = TimestampRequestBuilder().data(text).hash_algorithm(algorithm).nonce(nonce=True).build()
    return made.as_bytes(), made.nonce or 0


def check_answer(answer: bytes, text: bytes, roots: Sequence[Certificate], nonce: int | None = None) -> Stamped:
    """What the authority says of `text`; raises `StampError` unless one of the roots stands behind it."""
    try:
        read = decode_timestamp_response(answer)
        if read.status != 0:
            raise StampError(f"the authority refused: {' '.join(read.status_string) or f'status {read.status}'}")
        builder = VerifierBuilder(roots=list(roots), nonce=nonce)
        builder.build().verify_message(read, text)
    except (ValueError, VerificationError) as error:
        raise StampError(f"the time stamp does not hold: {error}") from error
    said = read.tst_info
    algorithm = ALGORITHMS.get(said.message_imprint.hash_algorithm.dotted_string)
    if algorithm is None:
        raise StampError("the time stamp is over another hash than SHA-256 or SHA-512")
    return Stamped(said.gen_time.astimezone(UTC), said.serial_number, algorithm, _signer(read).not_valid_after_utc)


def check_chain(chain: Sequence[Stamp], roots: Sequence[Certificate]) -> tuple[Stamped, ...]:
    """Every stamp of a chain, oldest first; raises `StampError` for the first that fails.

    Each must be about all before it, and have renewed the one before in its time.
    """
    found: list[Stamped] = []
    for place, one in enumerate(chain):
        said = check_answer(one.answer, stamped_text(one.checkpoint, chain[:place]), roots)
        if found:
            check_renewal(found[-1], said)
        found.append(said)
    return tuple(found)


def check_renewal(before: Stamped, after: Stamped) -> None:
    """Raise `StampError` unless a stamp was renewed in its time: later, and before its certificate ended."""
    if after.time < before.time:
        raise StampError(f"the stamp of {after.time:%Y-%m-%d} is older than the one that it renews")
    if after.time > before.until:
        raise StampError(f"the stamp of {after.time:%Y-%m-%d} came after the certificate before it had ended")


def parse_roots(pem: bytes) -> tuple[Certificate, ...]:
    """The authorities' roots that are trusted, from a file of certificates; raises `StampError`."""
    try:
        return tuple(load_pem_x509_certificates(pem))
    except ValueError as error:
        raise StampError(f"there is no certificate to trust: {error}") from error


def _signer(answer: TimeStampResponse) -> Certificate:
    """The certificate of the authority, found by what its signature names (RFC 5652 §5.3)."""
    named = next(iter(answer.signed_data.signer_infos))
    for der in answer.signed_data.certificates:
        one = load_der_x509_certificate(der)
        if (one.issuer, one.serial_number) == (named.issuer, named.serial_number):
            return one
    raise StampError("the time stamp does not carry its authority's certificate")

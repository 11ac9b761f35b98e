"""Safeguard 27: without the salt nobody can confirm a guess of the document; the receipt carries the salt."""

from datetime import datetime
from hashlib import sha256

from lodged.log.entry import document_commitment, parse_event
from lodged.office.arrivals.acts import Delivery, receive
from lodged.office.home import Home

PAPER = b"the same letter, made again"


def test_the_commitment_opens_with_the_salt_and_not_without(home: Home, at: datetime) -> None:
    arrival = receive(Delivery(PAPER, "us-ny-nyc/doc", "fax"), at)
    committed = parse_event(bytes(arrival.seal.event)).document
    digest = sha256(PAPER).digest()
    assert committed == document_commitment(digest, bytes(arrival.salt))
    assert committed != document_commitment(digest, bytes(32))
    assert committed not in {digest.hex(), sha256(digest).hexdigest()}

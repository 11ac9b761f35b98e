"""What the API says: the shapes of its answers, and how a submission becomes one."""

from datetime import datetime
from typing import Annotated, Literal

from ninja import Schema
from pydantic import BaseModel, Field

from lodged.office.arrivals import shelf
from lodged.office.arrivals.models import Arrival, Withdrawal
from lodged.office.custodians import custodian
from lodged.office.portal.finds import Followed
from lodged.office.portal.models import Submission

PREFIX = "/api/v1/"
Number = Annotated[str, Field(examples=["L-2026-00001"])]
Moment = Annotated[
    str, Field(description="ISO 8601 with the offset of the custodian's zone", examples=["2026-11-24T16:52:10-05:00"])
]


class Trouble(Schema):
    """One thing that is wrong, and one way to mend it."""

    where: str
    what: str
    mend: str


class Refusal(Schema):
    """Every answer that begins with a 4: all that is wrong, not only the first thing."""

    problems: list[Trouble]


class Received(Schema):
    """A paper was taken in: it has its number, its place in the log and its receipt."""

    number: Number
    received_at: Moment
    bytes: int
    sha256: Annotated[str, Field(description="of the document as it came, in hex")]
    receipt: Annotated[str, Field(description="where its receipt is had")]
    status: Annotated[str, Field(description="where its stage is had")]


class Withdrawn(Schema):
    """A paper was withdrawn: what says so is an arrival of its own, with its own receipt."""

    withdraws: Number
    number: Number
    received_at: Moment
    document: Annotated[str, Field(description="the text that was taken in; its receipt is for these bytes in UTF-8")]
    receipt: str


class WithdrawnBriefly(Schema):
    """That a paper was withdrawn, by which arrival."""

    number: Number
    received_at: Moment
    receipt: str


class Status(Schema):
    """The stage of a paper. It never says whether anybody was found in custody, nor what was decided."""

    number: Number
    stage: Literal["received", "being_read", "answered", "withdrawn"]
    received_at: Moment
    answered_at: Moment | None
    receipt: str
    withdrawn: WithdrawnBriefly | None


class Withdrawing(BaseModel):
    """Why a paper is withdrawn. No `Schema`: that one takes any value with attributes for an object, a string too."""

    reason: Annotated[str, Field(max_length=500)] = ""


class PublicKey(Schema):
    """A public key of this office (RFC 8037)."""

    kty: str
    crv: str
    x: str
    kid: str
    alg: str
    use: str


class PublicKeys(Schema):
    """The keys by which what this office tells an agency is checked."""

    keys: list[PublicKey]


def received(submission: Submission) -> Received:
    """The answer to a submission: it stays the same to the byte however often it is asked for."""
    arrival = submission.arrival
    return Received(
        number=arrival.number,
        received_at=moment(arrival, arrival.received_at),
        bytes=arrival.size,
        sha256=arrival.sha256,
        receipt=receipt_address(arrival.number),
        status=f"{PREFIX}papers/{arrival.number}",
    )


def status(followed: Followed) -> Status:
    """Where a paper stands, as its sender may know it."""
    arrival = followed.submission.arrival
    taken_back: Withdrawal | None = getattr(arrival, "withdrawal", None)
    return Status(
        number=arrival.number,
        stage=followed.stage.value,
        received_at=moment(arrival, arrival.received_at),
        answered_at=moment(arrival, followed.answered_at) if followed.answered_at else None,
        receipt=receipt_address(arrival.number),
        withdrawn=briefly(taken_back) if taken_back else None,
    )


def briefly(withdrawal: Withdrawal) -> WithdrawnBriefly:
    """That a paper was withdrawn."""
    notice = withdrawal.notice
    return WithdrawnBriefly(
        number=notice.number,
        received_at=moment(notice, notice.received_at),
        receipt=receipt_address(notice.number),
    )


def withdrawn(withdrawal: Withdrawal) -> Withdrawn:
    """The answer to a withdrawal: the same however often it is asked for."""
    notice = withdrawal.notice
    return Withdrawn(
        withdraws=withdrawal.arrival.number,
        number=notice.number,
        received_at=moment(notice, notice.received_at),
        document=shelf.take(notice.sha256).decode() if notice.sha256 else "",  # empty: expunged by order
        receipt=receipt_address(notice.number),
    )


def receipt_address(number: str) -> str:
    """Where the receipt of a number is had."""
    return f"{PREFIX}papers/{number}/receipt.pdf"


def moment(arrival: Arrival, at: datetime) -> str:
    """A moment in the zone of the arrival's custodian."""
    return at.astimezone(custodian(arrival.custodian).zone).isoformat(timespec="seconds")

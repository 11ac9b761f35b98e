"""Keys and submissions, looked for, and the stage a sender may know of; nothing here writes."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import Any

from django.db.models import Exists, Min, OuterRef, Q, QuerySet

from lodged.office.portal.models import Key, Submission
from lodged.office.readings.models import Paper


class Stage(StrEnum):
    """All that a sender is told of a paper (safeguard 3): none of it depends on whether anybody was found in custody."""

    RECEIVED = "received"
    BEING_READ = "being_read"
    ANSWERED = "answered"
    WITHDRAWN = "withdrawn"


WORDS = {
    Stage.RECEIVED: "Received",
    Stage.BEING_READ: "Being read",
    Stage.ANSWERED: "Answered",
    Stage.WITHDRAWN: "Withdrawn",
}


@dataclass(frozen=True, slots=True)
class Followed:
    """One submission as its sender may see it."""

    submission: Submission
    stage: Stage
    answered_at: datetime | None

    @property
    def word(self) -> str:
        """The stage, as a page says it."""
        return WORDS[self.stage]


def alive(key: Key, at: datetime) -> bool:
    """Whether a key opens anything at an hour: begun, not expired, not revoked."""
    return key.revoked_at is None and key.made_at <= at < key.expires_at


def key_of(secret: str, at: datetime) -> Key | None:
    """The living key that a sender showed, looked for by its hash: a wrong guess tells nothing by how long it takes."""
    digest = sha256(secret.encode()).hexdigest()
    key = Key.objects.select_related("agency").filter(digest=digest).first()
    return key if key is not None and alive(key, at) else None


def living_key(number: object, at: datetime) -> Key | None:
    """The living key of a row number, as a visit to the portal's pages remembers it."""
    key = Key.objects.select_related("agency").filter(pk=number).first() if isinstance(number, int) else None
    return key if key is not None and alive(key, at) else None


def visible_to(key: Key) -> QuerySet[Submission]:
    """What a key may follow: everything of its agency at its custodian, newest first, and nothing of anybody else."""
    return followed().filter(agency=key.agency_id, custodian=key.custodian).order_by("-at", "-id")


def followed() -> QuerySet[Submission]:
    """Submissions with all that their stage stands on, in one query that is the same for each of them."""
    return Submission.objects.select_related("arrival__seal", "arrival__withdrawal__notice", "agency", "key").annotate(
        is_read=Exists(Paper.objects.filter(arrival=OuterRef("arrival"))),
        answered_at=Min(
            "arrival__papers__matter__answers__dispatch__at",
            filter=Q(arrival__papers__matter__answers__dispatch__isnull=False),
        ),
    )


def stage(submission: Submission) -> Followed:
    """The stage of a submission of `followed()`.

    `being_read` begins when the file was opened and ends when a letter went out: what lies between (the person, the
    law, the review) is never told. A paper of which no letter was sent stays there, whatever the reason.
    """
    found: dict[str, Any] = vars(submission)  # with what `followed()` added to each row
    answered: datetime | None = found["answered_at"]
    if hasattr(submission.arrival, "withdrawal"):
        return Followed(submission, Stage.WITHDRAWN, answered)
    if answered is not None:
        return Followed(submission, Stage.ANSWERED, answered)
    return Followed(submission, Stage.BEING_READ if found["is_read"] else Stage.RECEIVED, None)

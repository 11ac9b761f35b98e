"""What agencies are told of their papers' stages: put into a queue that survives a crash, and sent until it is taken.

A stage is told at least once: where the machine stops between the sending and its record, it is told again, under the
same id. Nothing of the paper but its number and its stage is ever told.
"""

import secrets
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from json import dumps

from django.db.models import Exists, F, OuterRef

from lodged.office.custodians import custodian
from lodged.office.portal.errors import NotTakenError, RefusedAddressError
from lodged.office.portal.finds import Stage, followed, stage
from lodged.office.portal.hookkey import hook_key, jwk
from lodged.office.portal.line import post
from lodged.office.portal.models import Delivery, Hook, Submission
from lodged.office.portal.signing import sign_message

Post = Callable[[str, bytes, Mapping[str, str]], None]

# Ours: quick at first, since most trouble is a restart; then for two days, since some is a holiday.
WAITS = tuple(timedelta(minutes=one) for one in (1, 5, 30, 120, 360, 720, 1440))
MOST_A_ROUND = 10  # each may take some ten seconds, and a heartbeat must not be late
LAST = (Stage.ANSWERED, Stage.WITHDRAWN)


def queue(at: datetime) -> int:
    """Put every stage that a paper has reached and its agency was not told of into the queue; gives how many."""
    made = [one for hook in Hook.objects.filter(ended_at=None) for one in _untold(hook, at)]
    Delivery.objects.bulk_create(made, ignore_conflicts=True)
    return len(made)


def send(at: datetime, post: Post = post) -> int:
    """Send what is due, oldest first; gives how many were taken. A hook that fails is left alone for this round."""
    due = (
        Delivery.objects.filter(next_at__lte=at).select_related("hook", "submission__arrival").order_by("next_at", "id")
    )
    failed: set[int] = set()
    taken = 0
    for delivery in due[:MOST_A_ROUND]:
        if delivery.hook_id in failed:
            continue
        if _send_one(delivery, at, post):
            taken += 1
        else:
            failed.add(delivery.hook_id)
    return taken


def body(delivery: Delivery) -> bytes:
    """What is told: the same bytes at every try."""
    arrival = delivery.submission.arrival
    told = {
        "id": delivery.event_id,
        "number": arrival.number,
        "stage": delivery.stage,
        "at": delivery.at.astimezone(custodian(arrival.custodian).zone).isoformat(timespec="seconds"),
    }
    return dumps(told).encode()


def _untold(hook: Hook, at: datetime) -> Iterator[Delivery]:
    """The stages of each paper that this hook was not told of, in the order in which a paper goes through them."""
    finished = Delivery.objects.filter(hook=hook, submission=OuterRef("pk"), stage__in=LAST)
    open_still = followed().filter(agency=hook.agency_id, custodian=hook.custodian, at__gte=hook.at)
    for submission in open_still.exclude(Exists(finished)).order_by("at", "id"):
        told = set(submission.deliveries.filter(hook=hook).values_list("stage", flat=True))
        for one in _reached(submission):
            if one not in told:
                yield Delivery(
                    hook=hook, submission=submission, stage=one, event_id=secrets.token_hex(16), at=at, next_at=at
                )


def _reached(submission: Submission) -> list[Stage]:
    """The stages up to the present one; what a paper ran through between two rounds is told all the same."""
    now = stage(submission).stage
    path = [Stage.RECEIVED, Stage.BEING_READ, Stage.ANSWERED]
    return [Stage.RECEIVED, Stage.WITHDRAWN] if now == Stage.WITHDRAWN else path[: path.index(now) + 1]


def _send_one(delivery: Delivery, at: datetime, post: Post) -> bool:
    url, told, key = delivery.hook.url, body(delivery), hook_key()
    headers = sign_message(url, told, int(at.timestamp()), jwk(key)["kid"], key)
    mine = Delivery.objects.filter(pk=delivery.pk)
    try:
        post(url, told, headers)
    except (NotTakenError, RefusedAddressError) as error:
        wait = WAITS[delivery.tries] if delivery.tries < len(WAITS) else None
        last = f"{error}; given up" if wait is None else str(error)
        mine.update(tries=F("tries") + 1, next_at=at + wait if wait else None, last=last[:200])
        return False
    mine.update(tries=F("tries") + 1, next_at=None, taken_at=at, last="taken")
    return True

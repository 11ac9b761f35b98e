"""How much a key may send and ask: nobody learns who is in custody by sending a thousand papers (safeguard 3).

Submissions are counted from the records, so a restart forgets none. Requests of any kind are counted in this process
alone: a write for each would cost more than the request.
"""

from collections import Counter
from datetime import datetime, timedelta
from math import ceil
from threading import Lock

from django.db.models import Sum

from lodged.office.portal.errors import CapReachedError
from lodged.office.portal.models import Key, Submission

HOUR, DAY, MINUTE = timedelta(hours=1), timedelta(days=1), timedelta(minutes=1)

_asked: Counter[int] = Counter()
_minute: list[datetime] = []
_lock = Lock()


def check_submission(key: Key, size: int, at: datetime) -> None:
    """Raises CapReachedError where one more paper of `size` bytes is more than the key may send."""
    for most, window, word in ((key.per_hour, HOUR, "an hour"), (key.per_day, DAY, "a day")):
        within = Submission.objects.filter(key=key, at__gt=at - window).order_by("at")
        if within.count() >= most:
            first = within.values_list("at", flat=True)[0] if most else at
            raise CapReachedError(
                f"this key may submit {most} papers {word}", ceil((first + window - at).total_seconds())
            )
    today = Submission.objects.filter(key=key, at__gt=at - DAY).order_by("at")
    sent = today.aggregate(sent=Sum("arrival__size"))["sent"] or 0
    if sent + size > key.bytes_per_day:
        first = today.values_list("at", flat=True)[0] if sent else at
        what = f"this key may submit {key.bytes_per_day // 1_000_000} MB a day"
        raise CapReachedError(what, ceil((first + DAY - at).total_seconds()))


def count_request(key: Key, at: datetime) -> None:
    """Count one more request; raises CapReachedError where the key has asked too often within this minute."""
    minute = at.replace(second=0, microsecond=0)
    with _lock:
        if _minute != [minute]:
            _asked.clear()
            _minute[:] = [minute]
        _asked[key.pk] += 1
        asked = _asked[key.pk]
    if asked > key.asks_per_minute:
        wait = ceil((minute + MINUTE - at).total_seconds())
        raise CapReachedError(f"this key may ask {key.asks_per_minute} times a minute", wait)

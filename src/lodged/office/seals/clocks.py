"""How far our clock is from those of people outside who have lately told us theirs."""

from datetime import datetime, timedelta

from lodged.log.note import parse_note
from lodged.office.seals.models import Outcome, Stamp, WitnessAnswer

LATELY = timedelta(days=2)


def offset_s(at: datetime) -> int | None:
    """Their clock less ours, in seconds, from whichever told last: a witness or a time-stamping authority. None: nobody.

    Both answer within seconds, so the figure is no better than that; it finds a clock that is minutes off.
    """
    told = [one for one in (_witness(at), _authority(at)) if one is not None]
    return max(told)[1] if told else None


def _witness(at: datetime) -> tuple[datetime, int] | None:
    last = WitnessAnswer.objects.filter(outcome=Outcome.COSIGNED, at__gte=at - LATELY).order_by("-id").first()
    if last is None:
        return None
    blob = parse_note(b"-\n\n" + last.line.encode()).signatures[0].blob
    return last.at, int.from_bytes(blob[:8], "big") - int(last.at.timestamp())  # tlog-cosignature: the time comes first


def _authority(at: datetime) -> tuple[datetime, int] | None:
    last = Stamp.objects.filter(at__gte=at - LATELY).order_by("-id").first()
    return None if last is None else (last.at, round((last.time - last.at).total_seconds()))

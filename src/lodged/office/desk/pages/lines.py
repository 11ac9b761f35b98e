"""What every paper waits for: one line of the desk's queue, derived from the records and kept nowhere."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse

from lodged.office.answers import finds as answers
from lodged.office.arrivals.models import Arrival
from lodged.office.decisions import finds as decisions
from lodged.office.decisions.models import Decision
from lodged.office.desk.custody import zone_of
from lodged.office.letterheads import letterhead
from lodged.office.matters.finds import closing
from lodged.office.matters.models import Matter
from lodged.office.people.models import Match
from lodged.office.readings import finds as readings
from lodged.office.readings.body import value
from lodged.office.readings.models import Reading
from lodged.office.reviews import finds as reviews
from lodged.office.reviews.models import Review

# station -> the word above its count, in the order a paper goes through the house
STATIONS = {
    "read": "To read",
    "match": "To match",
    "confirm": "To confirm",
    "review": "To review",
    "send": "To send",
}

# A wrong one of these sends a paper to the wrong person or to the wrong rule; the rest may stay doubtful.
WEIGHTY = frozenset(("name", "dob", "file_no", "due_date"))
DOUBTFUL = 0.3


@dataclass(frozen=True, slots=True)
class Need:
    """At which station a paper waits (empty: at none), for what in words, and whether it should alarm."""

    station: str
    words: str
    alarm: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One paper in the queue. `about` is the name as read; it is shown on the page and never in an address."""

    number: str
    address: str
    channel: str
    received_at: datetime
    form: str | None
    about: str
    need: Need
    custodian: str
    due: datetime | None = None
    due_day: date | None = None
    position: int | None = None
    trouble: str = ""


def lines() -> list[Line]:
    """Every paper that waits for somebody, oldest first."""
    return sorted([*_unread(), *_open(), *_corrected()], key=lambda line: (line.received_at, line.address))


def need(reading: Reading) -> Need:
    """What a paper waits for: the lowest station where something is missing; nothing where it was closed."""
    of_it = matter_of(reading)
    if of_it is not None and closing(of_it) is not None:
        return Need("", "closed: not legal process")
    waits = _lowest(reading)
    if waits.station and hasattr(reading.paper.arrival, "withdrawal"):
        return Need(waits.station, f"withdrawn by its sender: {waits.words}", alarm=True)
    return waits


def _lowest(reading: Reading) -> Need:
    if reading.trouble and not reading.form:
        return Need("read", f"cannot be read: {reading.trouble}", alarm=True)
    if not reading.form:
        return Need("read", "nobody knows this form: say which it is")
    doubtful = len(doubtful_places(reading.body))
    if doubtful:
        return Need("read", f"look at {doubtful} doubtful place{'s' if doubtful > 1 else ''}")
    matches = list(reading.matches.all())
    if not matches:
        return Need("match", "the roster is being searched")
    last = max(matches, key=lambda match: match.version)
    return _of_match(last) or _of_matter(matter_of(reading))


def doubtful_places(body: dict[str, Any]) -> list[str]:
    """The weighty places of the paper itself that a person should look at before anybody relies on them."""
    found = []
    for part in ("fields", "boxes", "signatures"):
        for name, place in body[part].items():
            if place["doubt"] >= DOUBTFUL and (part != "fields" or name in WEIGHTY):
                found.append(f"{part}.{name}")
    return found


def _of_match(match: Match) -> Need | None:
    count = len(match.candidates)
    match match.state:
        case Match.State.CANDIDATE:
            return Need("match", f"choose the person ({count} candidate{'s' if count > 1 else ''})")
        case Match.State.CHOSEN:
            return Need("confirm", "a second person must choose")
        case Match.State.DIFFER:
            return Need("match", "two people chose differently: choose again", alarm=True)
        case Match.State.NOT_KNOWN:
            return Need("match", "nobody in the roster fits: look for the person")
        case Match.State.NOBODY:
            return _of_nobody(match.reading)
    return None


def _of_nobody(reading: Reading) -> Need:
    """A paper about nobody here leaves the desk, unless the law requires something or a day is fixed: that is answered."""
    matter = matter_of(reading)
    required = matter is not None and decisions.newest(matter).filter(effect="required").exists()
    if required or _due(reading) is not None:
        return Need("review", "nobody in the roster is meant, yet something is due: counsel answers", alarm=True)
    return Need("", "kept: nobody in the roster is meant")


def _of_matter(matter: Matter | None) -> Need:
    if matter is None:
        return Need("review", "the matter is being opened")
    current = list(decisions.newest(matter))
    if not current:
        return Need("review", "asks for nothing that the law engine knows: counsel reads it")
    if not decisions.stands(matter):
        return Need("review", "something below has changed: the law is asked again")
    review = reviews.standing(matter)
    if review is None:
        return Need("review", _question(current))
    if review.verdict == Review.Verdict.SENT_BACK:
        return Need("review", f"sent back: {review.note}", alarm=True)
    answer = answers.newest(matter)
    if answer is not None and hasattr(answer, "dispatch"):
        return Need("", "answered")
    return Need("send", "the letter is agreed to: send it")


def _question(current: list[Decision]) -> str:
    effects = {decision.effect for decision in current}
    if "not_known" in effects:
        asked = sum(decision.effect == "not_known" for decision in current)
        return f"not known for {asked} of {len(current)} acts: a question to answer"
    if "contested" in effects:
        return "the law is contested: counsel decides"
    return "somebody must agree"


def _unread_need(arrival: Arrival) -> Need:
    """Not read yet, or held back because the virus scanner knows it; released, it is read at the next round."""
    found = getattr(arrival, "quarantine", None)
    if found is None or found.is_released():
        return Need("read", "not read yet")
    return Need("read", f"held back: the virus scanner knows it as {found.known_as}", alarm=True)


def _unread() -> Iterator[Line]:
    for arrival in readings.todo().order_by("received_at", "id"):
        address = reverse("arrival", args=[arrival.number])
        yield Line(
            number=arrival.number,
            address=address,
            channel=arrival.channel,
            received_at=arrival.received_at,
            form=None,
            about="",
            need=_unread_need(arrival),
            custodian=elsewhere(arrival),
        )


def readings_with_all() -> QuerySet[Reading]:
    """The newest reading of every paper with what a line shows of it, in a fixed number of queries."""
    return (
        readings.newest_of_all()
        .select_related("paper__arrival__withdrawal", "paper__matter", "reckoning")
        .prefetch_related("matches", "reckoning__deadlines", "paper__arrival__papers", "paper__matter__closings")
    )


def _open() -> Iterator[Line]:
    for reading in readings_with_all().exclude(paper__matter__answers__dispatch__isnull=False):
        waits = need(reading)
        if waits.station:
            yield of_reading(reading, waits)


def _corrected() -> Iterator[Line]:
    """Papers whose answer went out and no longer stands, until a newer answer has gone out too."""
    for answer in answers.corrected_after_sending():
        reading = readings.newest(answer.matter.paper)
        waits = need(reading)
        yield of_reading(
            reading, Need(waits.station or "review", f"corrected after sending: {waits.words}", alarm=True)
        )


def of_reading(reading: Reading, waits: Need) -> Line:
    """The line of a paper as it was last read."""
    arrival, due = reading.paper.arrival, _due(reading)
    return Line(
        number=arrival.number,
        address=_address(reading, waits),
        channel=arrival.channel,
        received_at=arrival.received_at,
        form=reading.form or None,
        about=str(value(reading.body, "fields.name") or ""),
        need=waits,
        custodian=elsewhere(arrival),
        due=due,
        due_day=due.astimezone(zone_of(arrival.custodian)).date() if due else None,
        position=reading.paper.position if len(arrival.papers.all()) > 1 else None,
        trouble=reading.trouble if reading.form else "",
    )


def matter_of(reading: Reading) -> Matter | None:
    """The matter of a reading's paper, if it was opened."""
    matter: Matter | None = getattr(reading.paper, "matter", None)
    return matter


def _due(reading: Reading) -> datetime | None:
    """The first moment that is due whatever happens; a hold's clock that may never run is none."""
    reckoned = getattr(reading, "reckoning", None)
    return min((one.due for one in reckoned.deadlines.all() if not one.conditional), default=None) if reckoned else None


def elsewhere(arrival: Arrival) -> str:
    """The name of the custodian a paper was served on, where it is not the house itself; else nothing."""
    return "" if arrival.custodian == settings.LODGED_CUSTODIAN else letterhead(arrival.custodian).name


def _address(reading: Reading, waits: Need) -> str:
    matter = matter_of(reading)
    if matter is not None and waits.station in {"review", "send"}:
        return reverse("matter", args=[matter.number])
    return reverse("paper", args=[reading.paper.arrival.number, reading.paper.position])

"""The sheet for an outage: everybody with a live paper, by booking number and initials only, each answer with its own end."""

from datetime import datetime, timedelta
from typing import Any

from lodged.office.custodians import custodian as with_id
from lodged.office.people.models import Match, Person
from lodged.office.releases.lines import clock_words
from lodged.office.releases.stand import stand

GOOD_FOR = timedelta(hours=4)  # an answer on paper is not older than that: facts, law and papers move


def lines(custodian: str, at: datetime) -> list[dict[str, Any]]:
    """A line for everybody not known to be released about whom a live paper is confirmed: both answers, and until when."""
    meant = Match.objects.filter(person__custodian=custodian, state=Match.State.SAME).values("person")
    people = Person.objects.filter(custodian=custodian, pk__in=meant).exclude(released_at__lte=at)
    return [line for person in people.order_by("booking_no") if (line := _line(person, at))]


def _line(person: Person, at: datetime) -> dict[str, Any] | None:
    found = stand(person, at, look_around=False)
    if not found.papers:
        return None
    ends = [paper.ends.at for paper in found.papers if paper.ends is not None and paper.ends.at > at]
    until = min([*ends, at + GOOD_FOR]).astimezone(with_id(person.custodian).zone)
    return {
        "booking": person.booking_no,
        "initials": "".join(f"{name[0]}." for name in (person.first, person.last) if name),
        "person": found.person_line.words,
        "word": found.word_line.words,
        "until": clock_words(until),
    }

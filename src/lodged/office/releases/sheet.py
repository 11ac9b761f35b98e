"""The sheet for an outage: everybody with a live paper, by booking number and initials only, each answer with its own end."""

from datetime import datetime, timedelta
from typing import Any

from lodged.office.custodians import custodian as with_id
from lodged.office.people.finds import in_custody
from lodged.office.people.models import Match, Person
from lodged.office.releases.lines import clock_words
from lodged.office.releases.stand import stand

GOOD_FOR = timedelta(hours=4)  # an answer on paper is not older than that: facts, law and papers move


def lines(custodian: str, at: datetime) -> list[dict[str, Any]]:
    """A line for each person in custody about whom a paper is confirmed: both answers, and until when they are good."""
    meant = Match.objects.filter(person__custodian=custodian, state=Match.State.SAME).values("person")
    people = in_custody(custodian, at).filter(pk__in=meant).order_by("booking_no")
    return [_line(person, at) for person in people]


def _line(person: Person, at: datetime) -> dict[str, Any]:
    found = stand(person, at)
    ends = [paper.ends.at for paper in found.papers if paper.ends is not None and paper.ends.at > at]
    until = min([*ends, at + GOOD_FOR]).astimezone(with_id(person.custodian).zone)
    return {
        "booking": person.booking_no,
        "initials": "".join(f"{name[0]}." for name in (person.first, person.last) if name),
        "person": found.person_line.words,
        "word": found.word_line.words,
        "until": clock_words(until),
    }

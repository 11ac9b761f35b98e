"""Who in the roster a paper may be about; only a clerk says who it is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from lodged.person.compare import Comparison, compare, sought
from lodged.person.index import Index
from lodged.person.query import Query
from lodged.person.roster import Person

MOST_CANDIDATES = 5
_CLOSE = 4.0
"""Weights no further apart do not tell two people apart."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One person a paper may be about: reasons for, what speaks against, what must not be overlooked.

    `identifiers_agreeing` counts independent ones: A-number, FBI, state and booking number one each, name with birth
    date together one. `is_strong` is false for somebody only shown so that nobody mistakes them for the person.
    """

    booking_no: str
    person: Person
    rank: int
    reasons: tuple[str, ...]
    alarms: tuple[str, ...]
    identifiers_agreeing: int
    against: tuple[str, ...]
    is_strong: bool


@dataclass(frozen=True, slots=True)
class Matched:
    """What a search gave: `candidate` when somebody stands out by a strong reason, else `not_known`; never more."""

    state: Literal["candidate", "not_known"]
    candidates: tuple[Candidate, ...]


def match(query: Query, people: Index | Iterable[Person], limit: int = MOST_CANDIDATES) -> Matched:
    """The people of a roster whom a paper may mean, likeliest first, at most `limit`.

    Build an `Index` once where many queries meet one roster. Nobody is found by surname alone, and citizenship,
    birthplace and sex raise nobody.

    >>> people = [Person("J26-1", "RUIZ", "ANA", dob=None, a_number="053740075"), Person("J26-2", "RUIZ", "EVA")]
    >>> matched = match(Query(name="RUIZ, ANA", a_number="A53 740 075"), people)
    >>> matched.state, [(each.booking_no, each.reasons) for each in matched.candidates]
    ('candidate', [('J26-1', ('A-number 053740075 is the same', 'name is the same'))])
    """
    if limit < 1:
        raise ValueError(f"`{limit}` candidates cannot be shown")
    index = people if isinstance(people, Index) else Index(people)
    asked = sought(query)
    compared = [(compare(asked, record), record.person) for record in index.near(asked)]
    shown = sorted((each for each in compared if each[0].is_worth_showing), key=_order)[:limit]
    candidates = tuple(_candidate(rank, comparison, person) for rank, (comparison, person) in enumerate(shown, 1))
    state: Literal["candidate", "not_known"] = (
        "candidate" if any(each.is_strong for each in candidates[:1]) else "not_known"
    )
    return Matched(state, _with_neighbours(candidates, [comparison for comparison, _ in shown]))


def _order(compared: tuple[Comparison, Person]) -> tuple[bool, float, bool, float, str]:
    """Strong ones first, heavier first; of equals those in custody, then the latest stay, then by booking number."""
    comparison, person = compared
    booked = person.booked_at.timestamp() if person.booked_at else 0.0
    return not comparison.is_strong, -comparison.weight, person.released_at is not None, -booked, person.booking_no


def _candidate(rank: int, comparison: Comparison, person: Person) -> Candidate:
    return Candidate(
        booking_no=person.booking_no,
        person=person,
        rank=rank,
        reasons=comparison.reasons,
        alarms=comparison.alarms,
        identifiers_agreeing=comparison.identifiers_agreeing,
        against=comparison.against,
        is_strong=comparison.is_strong,
    )


def _with_neighbours(candidates: tuple[Candidate, ...], compared: Sequence[Comparison]) -> tuple[Candidate, ...]:
    """The candidates, each told which others are too close to be told from it."""
    alarmed = []
    for one, its in zip(candidates, compared, strict=True):
        close = [
            _neighbour(one.person, other.person)
            for other, others in zip(candidates, compared, strict=True)
            if other is not one and abs(its.weight - others.weight) <= _CLOSE
        ]
        alarmed.append(replace(one, alarms=(*one.alarms, *close)))
    return tuple(alarmed)


def _neighbour(one: Person, other: Person) -> str:
    """What to say of two candidates too close to be told apart: two people, or one person's two stays."""
    by_number = one.a_number is not None and one.a_number == other.a_number
    by_name = (one.last, one.first, one.dob) == (other.last, other.first, other.dob) and one.dob is not None
    if by_number or by_name:
        return f"also in the roster as booking {other.booking_no}"
    return f"another candidate is close: booking {other.booking_no}"

"""The roster comes in; each reading is matched against it; people say who the paper is about."""

from datetime import datetime

from lodged.office.people import finds
from lodged.office.people.models import Match, Person
from lodged.office.readings.finds import is_newest
from lodged.office.readings.models import Reading
from lodged.office.seals.acts import Sealed, enter
from lodged.office.seals.docket import docket
from lodged.office.staff.models import User
from lodged.person import Person as Booking
from lodged.person import match
from lodged.problem import Problem, ProblemsError

# An identifier that somebody compared by hand counts as one, and both people must name the same (safeguard 15).
COMPARED = {
    "fingerprints": "fingerprints",
    "fbi": "FBI number",
    "state_id": "state identification number",
    "photograph": "photograph",
}
NEEDED_IDENTIFIERS = 2


def import_roster(custodian: str, bookings: tuple[Booking, ...], at: datetime) -> int:
    """Take in a roster: new bookings are added, known ones brought up to date; nobody is removed. Gives how many."""
    with docket(at):
        for booking in bookings:
            Person.objects.update_or_create(
                custodian=custodian, booking_no=booking.booking_no, defaults={**_columns(booking), "imported_at": at}
            )
        enter(Sealed(kind="RosterImported", custodian=custodian, facts={"bookings": len(bookings)}), at)
    return len(bookings)


def find_person(reading: Reading, at: datetime) -> Match:
    """Match a reading against everyone in this custodian's roster, in custody and released alike."""
    found = match(finds.query(reading), finds.roster(reading.paper.arrival.custodian))
    candidates = [
        {
            "booking": candidate.booking_no,
            "rank": candidate.rank,
            "reasons": list(candidate.reasons),
            "alarms": list(candidate.alarms),
            "against": list(candidate.against),
            "identifiers_agreeing": candidate.identifiers_agreeing,
        }
        for candidate in found.candidates
    ]
    state = Match.State.CANDIDATE if found.state == "candidate" else Match.State.NOT_KNOWN
    return _keep(reading, state, None, candidates, "", None, at)


def choose(reading: Reading, person: Person, by: User, at: datetime, compared: str = "") -> Match:
    """Say who the paper is about. The first to choose waits for a second; two who agree attach the person.

    The second is never shown the first choice. Raises ProblemsError where two identifiers do not agree, or
    where the same person would choose twice.
    """
    last = finds.newest(reading)
    first = last if last.state == Match.State.CHOSEN else None
    problems = _problems(reading, last, person, first, by, compared)
    if problems:
        raise ProblemsError(problems)
    if first is None:
        return _keep(reading, Match.State.CHOSEN, person, last.candidates, compared, by, at)
    agreed = first.person == person and first.compared == compared
    state = Match.State.SAME if agreed else Match.State.DIFFER
    return _keep(reading, state, person if agreed else None, last.candidates, compared, by, at)


def nobody(reading: Reading, by: User, at: datetime) -> Match:
    """Say that nobody in the roster is meant, or take back a choice: detaching never needs two."""
    return _keep(reading, Match.State.NOBODY, None, finds.newest(reading).candidates, "", by, at)


def _problems(
    reading: Reading, last: Match, person: Person, first: Match | None, by: User, compared: str
) -> list[Problem]:
    where = f"paper {reading.paper.arrival.number}"
    problems = []
    if not is_newest(reading):
        problems.append(
            Problem(where, "the paper was read again since this page was shown", "look at the new reading first")
        )
    if first is not None and first.by == by:
        problems.append(Problem(where, "the second person must be somebody else", "ask a colleague to choose"))
    if person.custodian != reading.paper.arrival.custodian:
        problems.append(Problem(where, "this booking is another custodian's", "choose from this custodian's roster"))
    if compared and compared not in COMPARED:
        problems.append(Problem(where, f"`{compared}` is not an identifier", "use one of " + ", ".join(COMPARED)))
    elif finds.identifiers_agreeing(last, person) + bool(compared) < NEEDED_IDENTIFIERS:
        problems.append(
            Problem(
                where,
                "fewer than two independent identifiers agree (a name with a birth date counts as one)",
                "correct a field that was misread, or compare one more identifier and say which",
            )
        )
    return problems


def _keep(
    reading: Reading,
    state: Match.State,
    person: Person | None,
    candidates: list[dict[str, object]],
    compared: str,
    by: User | None,
    at: datetime,
) -> Match:
    version = reading.matches.count() + 1
    with docket(at):
        entry = enter(
            Sealed(
                kind="PersonMatched",
                custodian=reading.paper.arrival.custodian,
                number=reading.paper.arrival.number,
                facts={
                    "paper": reading.paper.position,
                    "reading": reading.version,
                    "match": version,
                    "candidates": len(candidates),
                    "by": by.username if by else None,
                },
                private={"state": state.value, "booking": person.booking_no if person else None, "compared": compared},
            ),
            at,
        )
        return Match.objects.create(
            reading=reading,
            version=version,
            state=state,
            person=person,
            candidates=candidates,
            compared=compared,
            by=by,
            at=at,
            seal=entry,
        )


def _columns(booking: Booking) -> dict[str, object]:
    return {name: getattr(booking, name) for name in finds.COLUMNS}

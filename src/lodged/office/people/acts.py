"""The roster comes in; each reading is matched against it; people say who the paper is about."""

from collections.abc import Iterator
from datetime import datetime

from lodged.office.people import finds
from lodged.office.people.models import Match, Person, Roster, Search
from lodged.office.readings.finds import is_newest
from lodged.office.readings.models import Reading
from lodged.office.seals.acts import Sealed, enter
from lodged.office.seals.docket import docket
from lodged.office.seals.models import Entry
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
    """Take in a roster: new bookings are added, known ones brought up to date; nobody is removed. Gives how many.

    A booking whose row says something else than before is marked as changed at this hour: what stands on it is redone.
    """
    with docket(at):
        known = {person.booking_no: person for person in Person.objects.filter(custodian=custodian)}
        rows = {
            booking.booking_no: _person(custodian, booking, known.get(booking.booking_no), at) for booking in bookings
        }
        Person.objects.bulk_create(
            rows.values(),
            update_conflicts=True,
            unique_fields=["custodian", "booking_no"],
            update_fields=[*finds.COLUMNS, "imported_at", "changed_at"],
            batch_size=500,
        )
        entry = enter(Sealed(kind="RosterImported", custodian=custodian, facts={"bookings": len(rows)}), at)
        Roster.objects.create(custodian=custodian, bookings=len(rows), at=at, seal=entry)
    return len(rows)


def find_person(reading: Reading, at: datetime) -> Match:
    """Match a reading against everyone in this custodian's roster, in custody and released alike.

    Searched again because a newer roster came, it keeps a new match only where somebody else is found; the search itself
    is kept either way. What a person has said meanwhile is left alone.
    """
    roster = finds.newest_roster(reading.paper.arrival.custodian)
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
    with docket(at):
        last = reading.matches.order_by("-version").first()
        if last is None or _found_others(last, state, candidates):
            last = _keep(reading, state, None, candidates, "", None, at)
            entry = last.seal
        else:
            entry = _searched_again(reading, at)
        Search.objects.create(reading=reading, roster=roster, at=at, seal=entry)
        return last


def _found_others(last: Match, state: Match.State, candidates: list[dict[str, object]]) -> bool:
    """Whether a search found somebody else than the machine's last match, on which nobody has chosen yet."""
    return last.by_id is None and last.state in finds.UNCHOSEN and (last.state, last.candidates) != (state, candidates)


def _searched_again(reading: Reading, at: datetime) -> Entry:
    facts = {"paper": reading.paper.position, "reading": reading.version}
    arrival = reading.paper.arrival
    return enter(Sealed(kind="RosterSearched", custodian=arrival.custodian, number=arrival.number, facts=facts), at)


def choose(shown: Match, person: Person, by: User, at: datetime, compared: str = "") -> Match:
    """Say who the paper is about. The first to choose waits for a second; two who agree attach the person.

    `shown` is the match the chooser was looking at: where another has come since, or the paper was read again, the
    choice is refused, so that nobody who saw the machine's ranks counts as the second. Raises ProblemsError then, where
    two identifiers do not agree with today's roster, and where one person would choose twice.
    """
    reading = shown.reading
    with docket(at):
        person.refresh_from_db()
        if problems := list(_problems(shown, person, by, compared)):
            raise ProblemsError(problems)
        if shown.state != Match.State.CHOSEN:
            return _keep(reading, Match.State.CHOSEN, person, shown.candidates, compared, by, at)
        agreed = shown.person == person and shown.compared == compared
        state = Match.State.SAME if agreed else Match.State.DIFFER
        return _keep(reading, state, person if agreed else None, shown.candidates, compared, by, at)


def nobody(reading: Reading, by: User, at: datetime) -> Match:
    """Say that nobody in the roster is meant, or take back a choice: detaching never needs two."""
    with docket(at):
        return _keep(reading, Match.State.NOBODY, None, finds.newest(reading).candidates, "", by, at)


def _problems(shown: Match, person: Person, by: User, compared: str) -> Iterator[Problem]:
    reading = shown.reading
    where = f"paper {reading.paper.arrival.number}"
    if not is_newest(reading) or finds.newest(reading).pk != shown.pk:
        yield Problem(
            where, "somebody read the paper again, or chose, since this page was shown", "look at it as it is now"
        )
    if shown.state == Match.State.CHOSEN and shown.by == by:
        yield Problem(where, "the second person must be somebody else", "ask a colleague to choose")
    if person.custodian != reading.paper.arrival.custodian:
        yield Problem(where, "this booking is another custodian's", "choose from this custodian's roster")
    if compared and compared not in COMPARED:
        yield Problem(where, f"`{compared}` is not an identifier", "use one of " + ", ".join(COMPARED))
    elif finds.identifiers_agreeing(reading, person) + bool(compared) < NEEDED_IDENTIFIERS:
        yield Problem(
            where,
            "fewer than two independent identifiers agree (a name with a birth date counts as one)",
            "correct a field that was misread, or compare one more identifier and say which",
        )


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


def _person(custodian: str, booking: Booking, known: Person | None, at: datetime) -> Person:
    """The row of a booking, with the hour at which it last said something new."""
    columns = {name: getattr(booking, name) for name in finds.COLUMNS}
    same = known is not None and all(getattr(known, name) == value for name, value in columns.items())
    changed = known.changed_at if known is not None and same else at
    return Person(custodian=custodian, booking_no=booking.booking_no, **columns, imported_at=at, changed_at=changed)

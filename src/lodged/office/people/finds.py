"""People and matches, looked for; nothing here writes."""

from datetime import datetime

from django.db.models import QuerySet

from lodged.office.people.models import Match, Person
from lodged.office.readings.body import value
from lodged.office.readings.finds import newest_of_all
from lodged.office.readings.models import Reading
from lodged.office.seals.models import Entry
from lodged.person import Index, Query, match, read_query
from lodged.person import Person as Booking
from lodged.person.roster import COLUMNS as ROSTER_COLUMNS

# What the matcher asks for, and the field of the paper that says it.
ASKED = {"name": "name", "dob": "dob", "a_number": "file_no", "booking_no": "booking_no", "sex": "sex"}

COLUMNS = tuple(column for column in ROSTER_COLUMNS if column != "booking_no")

# One index a custodian and process: making it costs about a second for each ten thousand people.
INDEXED: dict[str, tuple[bytes, Index]] = {}


def todo() -> list[Reading]:
    """Newest readings that no match stands on yet."""
    return [reading for reading in newest_of_all() if not reading.matches.exists()]


def newest(reading: Reading) -> Match:
    """The match that counts for a reading: the last one; raises Match.DoesNotExist."""
    return reading.matches.select_related("person", "by", "reading__paper__arrival").latest("version")


def query(reading: Reading) -> Query:
    """What the paper says of the person, as a question to the roster. Citizenship is left out on purpose (safeguard 16)."""
    said = {key: str(value(reading.body, f"fields.{field}") or "") for key, field in ASKED.items()}
    return read_query(said)[0]


def roster(custodian: str) -> Index:
    """The custodian's whole roster, in custody and released, indexed for the matcher; made again when it has changed."""
    last = Entry.objects.filter(kind="RosterImported").order_by("-index").values_list("salt", flat=True).first()
    key = bytes(last or b"")  # random, so no two imports are ever taken for one another
    if INDEXED.get(custodian, (None, None))[0] != key:
        INDEXED[custodian] = (key, Index(booking(person) for person in Person.objects.filter(custodian=custodian)))
    return INDEXED[custodian][1]


def booking(person: Person) -> Booking:
    """One row of the roster as a value."""
    return Booking(booking_no=person.booking_no, **{name: getattr(person, name) for name in COLUMNS})


def person(custodian: str, booking_no: str) -> Person:
    """The person of a booking number; raises Person.DoesNotExist."""
    return Person.objects.get(custodian=custodian, booking_no=booking_no)


def people(found: Match) -> dict[str, Person]:
    """The custody records of a match's candidates, by booking number."""
    numbers = [candidate["booking"] for candidate in found.candidates]
    custodian = found.reading.paper.arrival.custodian
    return {person.booking_no: person for person in Person.objects.filter(custodian=custodian, booking_no__in=numbers)}


def candidate(found: Match) -> Person | None:
    """The person a decision may provisionally stand on: the one chosen or confirmed, else the first candidate."""
    if found.state in {Match.State.SAME, Match.State.CHOSEN}:
        return found.person
    if found.state != Match.State.CANDIDATE or not found.candidates:
        return None
    return person(found.reading.paper.arrival.custodian, found.candidates[0]["booking"])


def identifiers_agreeing(reading: Reading, person: Person) -> int:
    """How many independent identifiers of the paper agree with this person's as the roster has them now.

    A name with a birth date is one.
    """
    found = match(query(reading), [booking(person)]).candidates
    return found[0].identifiers_agreeing if found else 0


def in_custody(custodian: str, at: datetime) -> QuerySet[Person]:
    """Everybody in custody at a moment."""
    return Person.objects.filter(custodian=custodian, booked_at__lte=at).exclude(released_at__lte=at)

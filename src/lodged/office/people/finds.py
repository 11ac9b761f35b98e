"""People and matches, looked for; nothing here writes."""

from django.db.models import Q

from lodged.office.people.models import Match, Person, Roster
from lodged.office.readings.body import value
from lodged.office.readings.days import day_written
from lodged.office.readings.finds import newest_of_all
from lodged.office.readings.models import Reading
from lodged.office.seals.models import Entry
from lodged.person import Index, Query, match, read_query
from lodged.person import Person as Booking
from lodged.person.roster import COLUMNS as ROSTER_COLUMNS
from lodged.person.written import a_number, plain_number

# What the matcher asks for, and the field of the paper that says it.
ASKED = {"name": "name", "dob": "dob", "a_number": "file_no", "booking_no": "booking_no", "sex": "sex"}

COLUMNS = tuple(column for column in ROSTER_COLUMNS if column != "booking_no")

# Nobody has said anything yet: a machine's word, which a newer roster may change.
UNCHOSEN = frozenset((Match.State.CANDIDATE, Match.State.NOT_KNOWN))

SHORTEST = 2  # letters: one finds half a roster
MOST = 20  # cards on one page; more, and a narrower question is better

# One index a custodian and process: making it costs about a second for each ten thousand people.
INDEXED: dict[str, tuple[bytes, Index]] = {}


def todo() -> list[Reading]:
    """Newest readings that must be searched for in the roster: never yet, or a newer roster has come and nobody chose."""
    return [reading for reading in newest_of_all() if waits(reading)]


def waits(reading: Reading) -> bool:
    """Whether the machine must search for a reading: what a person chose, or said about nobody, is not searched again."""
    last = reading.matches.order_by("-version").first()
    if last is None:
        return True
    newest_one = newest_roster(reading.paper.arrival.custodian)
    if newest_one is None or last.by_id is not None or last.state not in UNCHOSEN:
        return False
    return not reading.searches.filter(roster=newest_one).exists()


def newest_roster(custodian: str) -> Roster | None:
    """The roster that was taken in last; None where none was, or before rosters were kept count of."""
    return Roster.objects.filter(custodian=custodian).order_by("-id").first()


def look(custodian: str, asked: str) -> list[Person]:
    """The bookings that a person's own words find: a booking number, a birth date, an A-number, or names in any order.

    By name, never by rank: the list says nothing of who is likelier (safeguard 15). Citizenship and birthplace are not
    in the roster and cannot be asked for (safeguard 16).
    """
    words = asked.replace(",", " ").split()
    if not words or len(asked.strip()) < SHORTEST:
        return []
    found = Person.objects.filter(custodian=custodian).filter(wanted(asked))
    return list(found.order_by("last", "first", "booking_no")[:MOST])


def numbered(asked: str) -> Q | None:
    """What a whole number asks of the roster: the booking or the A-number that it is, however it is written; else None."""
    text = asked.strip()
    number, bare = a_number(text), plain_number(text)
    found = Q()
    if bare is not None and any(letter.isdigit() for letter in bare.normal):
        # Hyphens and spaces are left out as often as not; the roster keeps its own.
        found |= Q(booking_no__iregex="^" + "[^a-z0-9]*".join(bare.normal) + "$") | Q(booking_no__iexact=text)
    if number is not None:
        found |= Q(a_number=number.normal)
    return found or None


def wanted(asked: str) -> Q:
    """What words ask of the roster: each in some name, or the whole as a number, its beginning, or a birth date."""
    text = asked.strip()
    whole, born = numbered(text), day_written(text)
    found = Q(booking_no__iexact=text) | Q(a_number__iexact=text)
    if whole is not None:
        found |= whole | Q(booking_no__istartswith=text)
    if born is not None:
        found |= Q(dob=born)
    named = Q()
    for word in text.replace(",", " ").split():
        named &= Q(last__icontains=word) | Q(first__icontains=word) | Q(middle__icontains=word)
    return found | named


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

"""A roster in memory, looked up by many keys at once, so that one query is compared with few people."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from lodged.person.compare import Record, Sought, record
from lodged.person.names import Name, core, short_forms
from lodged.person.roster import Person
from lodged.person.written import A_NUMBER_DIGITS, look

Key = tuple[str, ...]

_NUMBERS = ("a_number", "fbi", "state_id", "booking_no")


class Index:
    """The people of a roster by their numbers, their birth dates, and parts of their names.

    Built once a roster: about 15 keys a person. A person whom no key reaches is not compared: somebody with no number,
    another birth date, and a surname and first name that are both misread.
    """

    def __init__(self, people: Iterable[Person]) -> None:
        self.records = [record(person) for person in people]
        self._by_key: dict[Key, list[int]] = defaultdict(list)
        for place, each in enumerate(self.records):
            for key in _keys_of(each):
                self._by_key[key].append(place)

    def near(self, sought: Sought) -> list[Record]:
        """The people worth comparing with a query, in the roster's order."""
        places = {place for key in set(_keys_for(sought)) for place in self._by_key.get(key, ())}
        return [self.records[place] for place in sorted(places)]


def _keys_of(each: Record) -> set[Key]:
    """The keys a person is found by."""
    keys: set[Key] = {(column, look(number.normal)) for column, number in each.numbers.items()}
    if each.person.dob is not None:
        born = each.person.dob.isoformat()
        keys.add(("born", born))
        keys.update(("born+initial", born, word[0]) for word in each.name.words)
    keys.update(_name_keys(each.name))
    keys.update(("surname+any first name of the initial", surname, first[0]) for surname, first in _pairs(each.name))
    keys.update(("surname+bare initial", surname, first) for surname, first in _pairs(each.name) if len(first) == 1)
    return keys


def _keys_for(sought: Sought) -> Iterator[Key]:
    """The keys a query looks under: its own, and those that the slips of a pen would give it."""
    for column in _NUMBERS:
        if column in sought.numbers:
            yield column, look(sought.numbers[column].normal)
    if "a_number" in sought.numbers:
        yield from (("a_number", number) for number in one_stroke_away(sought.numbers["a_number"].normal))
    if sought.query.dob is not None:
        yield "born", sought.query.dob.isoformat()
        initials = {word[0] for name in sought.names for word in name.words}
        yield from (
            ("born+initial", day.isoformat(), initial) for day in days_near(sought.query.dob) for initial in initials
        )
    for name in sought.names:
        yield from _name_keys(name)
        yield from _initial_keys(name)
        yield from _short_form_keys(name)


def _pairs(name: Name) -> Iterator[tuple[str, str]]:
    """Each surname with each given name, without particles; and the surnames run together, as `DELAROSA`."""
    for first in core(name.given):
        yield from ((surname, first) for surname in core(name.surnames))
        if len(name.surnames) > 1:
            yield "".join(name.surnames), first


def _name_keys(name: Name) -> Iterator[Key]:
    """One part of the name whole with an edge of the other: a slip in either part leaves some key unharmed."""
    for surname, first in _pairs(name):
        yield "surname+beginning", surname, first[:2]
        yield "surname+end", surname, first[-2:]
        yield "first+beginning", first, surname[:3]
        yield "first+end", first, surname[-3:]


def _initial_keys(name: Name) -> Iterator[Key]:
    """Where one of the two has a bare initial for the first name."""
    for surname, first in _pairs(name):
        yield "surname+bare initial", surname, first[0]
        if len(first) == 1:
            yield "surname+any first name of the initial", surname, first


def _short_form_keys(name: Name) -> Iterator[Key]:
    """Where one of the two has a short form: of the first name, or of the surname."""
    for surname, first in _pairs(name):
        forms = short_forms("given").get(first, frozenset())
        yield from (("surname+beginning", surname, form[:2]) for form in forms)
        forms = short_forms("surname").get(surname, frozenset())
        yield from (("surname+beginning", form, first[:2]) for form in forms)


def one_stroke_away(number: str) -> set[str]:
    """The A-numbers with one digit replaced, lost or doubled, or two neighbours turned.

    >>> "053740076" in one_stroke_away("053740075"), "053470075" in one_stroke_away("053740075")
    (True, True)
    """
    digits = "0123456789"
    bare = number.lstrip("0")
    near = {number[:at] + digit + number[at + 1 :] for at in range(len(number)) for digit in digits}
    near |= {number[:at] + number[at + 1] + number[at] + number[at + 2 :] for at in range(len(number) - 1)}
    near |= {bare[:at] + bare[at + 1 :] for at in range(len(bare))}
    near |= {bare[:at] + digit + bare[at:] for at in range(len(bare) + 1) for digit in digits}
    return {each.zfill(A_NUMBER_DIGITS) for each in near if len(each) <= A_NUMBER_DIGITS} - {number}


def days_near(day: date) -> set[date]:
    """The day itself and the days that a slip would make of it: swapped, one digit, one year off.

    >>> date(1962, 4, 11) in days_near(date(1962, 11, 4))
    True
    """
    written = day.isoformat().replace("-", "")
    slips = {written[:at] + digit + written[at + 1 :] for at in range(len(written)) for digit in "0123456789"}
    slips |= {written[:4] + written[6:] + written[4:6]}
    slips |= {f"{year:04}{written[4:]}" for year in (day.year - 1, day.year + 1)}
    return {found for found in map(_day, slips) if found is not None}


def _day(digits: str) -> date | None:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None

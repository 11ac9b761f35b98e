"""Whether a value, typed or read, is one that the matcher and the rules can use; if not, why not and what mends it."""

import re
from datetime import date

from lodged.page import editions
from lodged.page.typed import EARLIEST, LATEST, iso_date
from lodged.person.written import a_number, birth_date_read
from lodged.problem import Problem

BIRTH_DATE = "dob"
DAY = re.compile(r"\s*\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*(\d{4})(?!\d)")
# Also the fields of forms that nobody has measured (`readings.blank`).
DATES = frozenset(("dob", "date", "due_date")) | {
    name for edition in editions() for name, zone in edition.fields.items() if zone.type == "date"
}
A_NUMBERS = frozenset(("file_no",))


def unusable(field: str, text: str, came: date) -> Problem | None:
    """What keeps a field's text from being used; None where it can be, or where nothing is written.

    `came` is the day the paper came: nobody named on it is born later.

    >>> unusable("dob", "13/45/1987", date(2026, 11, 24)).what
    'there is no such day'
    >>> unusable("file_no", "A053 740 075", date(2026, 11, 24)) is None
    True
    """
    if not text.strip():
        return None
    if field == BIRTH_DATE:
        return _birth_date(text, came)
    if field in DATES and iso_date(text) is None:
        return Problem(field, _not_a_day(text), "write month/day/year, such as 03/04/1991")
    if field in A_NUMBERS and a_number(text) is None:
        return Problem(
            field, "this is not an A-number", "it has seven to nine digits, with or without the A before them"
        )
    return None


def _birth_date(text: str, came: date) -> Problem | None:
    born = birth_date_read(text)[0]
    if born is None:
        return Problem(BIRTH_DATE, _not_a_day(text), "write month/day/year, such as 03/04/1991")
    if not born.year >= EARLIEST:
        return Problem(BIRTH_DATE, f"nobody alive was born before {EARLIEST}", "look at the year again")
    if born > came:
        return Problem(BIRTH_DATE, "this day is later than the day the paper came", "look at the year again")
    return None


def _not_a_day(text: str) -> str:
    found = DAY.match(text)
    if found is None:
        return "this is not a date with day, month and a year of four digits"
    return "there is no such day" if EARLIEST <= int(found[1]) <= LATEST else "no paper bears such a year"

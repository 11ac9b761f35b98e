"""A day as somebody writes it into a search box: several spellings, one day."""

import re
from datetime import date

from lodged.person.written import birth_date

# In English whatever the machine's language: a month's name is looked up, not parsed by the locale.
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
NAMED_FIRST = re.compile(r"([a-z]{3,9})\.? +(\d{1,2}),? +(\d{4})")
DAY_FIRST = re.compile(r"(\d{1,2}) +([a-z]{3,9})\.?,? +(\d{4})")
EIGHT = re.compile(r"\d{8}")


def day_written(text: str) -> date | None:
    """The day, or None where it is none: 3/4/1991, 1991-03-04, Mar 4 1991, 4 March 1991 or 03041991.

    >>> {
    ...     day_written(text)
    ...     for text in ("3/4/1991", "03-04-1991", "1991-03-04", "March 4, 1991", "4 mar 1991", "03041991")
    ... }
    {datetime.date(1991, 3, 4)}
    >>> day_written("13/45/1987") is None, day_written("MARCH") is None
    (True, True)
    """
    bare = " ".join(text.lower().split())
    if EIGHT.fullmatch(bare):
        bare = f"{bare[:2]}/{bare[2:4]}/{bare[4:]}"
    if named := NAMED_FIRST.fullmatch(bare):
        return _named(named[1], named[2], named[3])
    if named := DAY_FIRST.fullmatch(bare):
        return _named(named[2], named[1], named[3])
    return birth_date(bare)


def _named(month: str, day: str, year: str) -> date | None:
    if month[:3] not in MONTHS:
        return None
    try:
        return date(int(year), MONTHS.index(month[:3]) + 1, int(day))
    except ValueError:
        return None

"""How numbers and birth dates are written on papers, and their one normal form."""

import re
from dataclasses import dataclass
from datetime import date

A_NUMBER_DIGITS = 9
_SHORTEST_A_NUMBER = 7
"""Older A-numbers have seven or eight digits and are written nine wide with leading zeros."""

# Letters that a fax, a clerk or a reader of pages takes for digits, and back; the shapes are alike.
DIGIT_LOOKALIKES = {
    "O": "0",
    "Q": "0",
    "D": "0",
    "I": "1",
    "L": "1",
    "|": "1",
    "!": "1",
    "Z": "2",
    "S": "5",
    "G": "6",
    "B": "8",
}
LETTER_LOOKALIKES = {"0": "O", "1": "I", "|": "I", "!": "I", "2": "Z", "5": "S", "6": "G", "8": "B", "$": "S"}

_US_DAY = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})")
_ISO_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_PUNCTUATION = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Number:
    """An identifier in its normal form, how it was written, and which characters had to be read as others."""

    normal: str
    read_as: tuple[tuple[str, str], ...] = ()
    written: str = ""

    @property
    def spoken(self) -> str:
        """As a clerk knows it."""
        return self.written or self.normal


def a_number(written: str) -> Number | None:
    """An A-number as nine digits; None when it is not one.

    >>> a_number("A053 740 075").normal, a_number("A# 53-740-O75").read_as
    ('053740075', (('O', '0'),))
    >>> a_number("none") is None
    True
    """
    bare = _PUNCTUATION.sub("", re.sub(r"[|!]", "1", written.upper())).removeprefix("ALIEN").removeprefix("A")
    digits, read_as = _read(bare, DIGIT_LOOKALIKES)
    mostly_letters = 2 * sum(each in DIGIT_LOOKALIKES for each in bare) > len(bare)
    if not digits.isascii() or not digits.isdigit() or mostly_letters or not digits.strip("0"):
        return None
    if not _SHORTEST_A_NUMBER <= len(digits) <= A_NUMBER_DIGITS:
        return None
    return Number(digits.zfill(A_NUMBER_DIGITS), read_as)


def plain_number(written: str) -> Number | None:
    """An FBI, state or booking number: letters and digits only, capitals; None when nothing is left.

    >>> plain_number("j26-25598").normal
    'J2625598'
    """
    normal = _PUNCTUATION.sub("", written.upper())
    return Number(normal, written=written.strip()) if normal else None


def look(number: str) -> str:
    """What a number looks like when letters and digits of one shape are not told apart.

    >>> look("J26-2559B") == look("J26-25598")
    True
    """
    return _read(number, DIGIT_LOOKALIKES)[0]


def birth_date(written: str) -> date | None:
    """A birth date written YYYY-MM-DD or, as on federal forms, MM/DD/YYYY; None when it is neither or no such day.

    >>> birth_date("11/24/1962"), birth_date("31/31/1999")
    (datetime.date(1962, 11, 24), None)
    """
    text = written.strip()
    if iso := _ISO_DAY.fullmatch(text):
        return _day(iso[1], iso[2], iso[3])
    if us := _US_DAY.fullmatch(text):
        return _day(us[3], us[1], us[2])
    return None


def birth_date_read(written: str) -> tuple[date | None, tuple[tuple[str, str], ...]]:
    """A birth date as a machine read it from a page: letters in it are taken for the digits they look like.

    >>> birth_date_read("11/24/I962")
    (datetime.date(1962, 11, 24), (('I', '1'),))
    """
    text, read_as = _read(written.upper(), DIGIT_LOOKALIKES)
    return birth_date(text), read_as


def letters(written: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """A name with its digits read as the letters they look like, and which were.

    >>> letters("ALVARAD0")
    ('ALVARADO', (('0', 'O'),))
    """
    return _read(written, LETTER_LOOKALIKES)


def _read(text: str, lookalikes: dict[str, str]) -> tuple[str, tuple[tuple[str, str], ...]]:
    """The text with its lookalikes replaced, and each pair that was, once."""
    if lookalikes.keys().isdisjoint(text):
        return text, ()
    pairs = dict.fromkeys((each, lookalikes[each]) for each in text if each in lookalikes)
    return "".join(lookalikes.get(each, each) for each in text), tuple(pairs)


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None

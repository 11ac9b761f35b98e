"""A person's name as words that can be compared."""

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib import resources

from lodged.person.written import letters

# Small words that come and go between one record and the next: `DE LA ROSA`, `ROSA`, `DELAROSA`.
PARTICLES = frozenset(
    {"DE", "DEL", "DA", "DO", "DOS", "DAS", "DI", "LA", "LAS", "LO", "LOS", "LE", "Y", "E", "VAN", "VON", "DER", "DEN"}
    | {"TER", "BIN", "BINT", "IBN", "ABU", "AL", "EL", "UL", "ST", "SAN", "SANTA", "MC", "MAC"}
)
_SUFFIXES = frozenset({"JR", "SR", "II", "III", "IV", "JUNIOR", "SENIOR"})
# Letters that Unicode does not decompose into a plain letter with a mark.
_PLAIN = str.maketrans(
    {"Ł": "L", "Ø": "O", "Đ": "D", "Ð": "D", "Þ": "TH", "Æ": "AE", "Œ": "OE", "ẞ": "SS", "ı": "I", "Ħ": "H"}
)
_NO_LETTER = re.compile(r"[^A-Z]+")
_MOST_WORDS = 8
"""A longer name is cut: every way to divide it is tried, and a page may yield a whole paragraph."""


@dataclass(frozen=True, slots=True)
class Name:
    """One way to read a name: its surnames and its given names, each a plain word in capitals.

    `swapped` is true when this way takes the first names for surnames, against how they were written; `read_as` tells
    which characters were read as others.
    """

    surnames: tuple[str, ...]
    given: tuple[str, ...]
    swapped: bool = False
    read_as: tuple[tuple[str, str], ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """All its words, surnames first."""
        return self.surnames + self.given


def name_of(surnames: str, given: str) -> Name:
    """The name of a record that keeps surnames and given names apart.

    >>> name_of("Muñoz-Gras", "Florencia").surnames
    ('MUNOZ', 'GRAS')
    """
    surname_words, surname_read = _words(surnames)
    given_words, given_read = _words(given)
    return Name(surname_words, given_words, read_as=tuple(dict.fromkeys(surname_read + given_read)))


def ways_to_read(written: str) -> tuple[Name, ...]:
    """Every way to read a name from a page, the way it was written first.

    `LAST SECOND, FIRST MIDDLE` has that way and its swap; without a comma, every place to divide the words is one.

    >>> [way.surnames for way in ways_to_read("MERINO-PEREZ, MARCO ANTONIO")]
    [('MERINO', 'PEREZ'), ('MARCO', 'ANTONIO')]
    """
    surnames, comma, given = written.partition(",")
    if comma:
        first = name_of(surnames, given.replace(",", " "))
        ways = [first, Name(first.given, first.surnames, swapped=True, read_as=first.read_as)]
        return tuple(way for way in ways if way.words)
    words, read_as = _words(written)
    divided = [Name(words[cut:], words[:cut], read_as=read_as) for cut in range(len(words) - 1, 0, -1)]
    turned = [Name(words[:cut], words[cut:], read_as=read_as) for cut in range(1, len(words))]
    return tuple(divided + turned) or tuple(Name((word,), (), read_as=read_as) for word in words)


def core(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words without particles; all of them when there is nothing else.

    >>> core(("DE", "LA", "ROSA", "RENTERIA"))
    ('ROSA', 'RENTERIA')
    """
    return tuple(word for word in words if word not in PARTICLES) or words


@cache
def short_forms(kind: str) -> dict[str, frozenset[str]]:
    """For each name of the list, the names it may stand for; `kind` is `given` or `surname`.

    >>> "FRANCISCO" in short_forms("given")["PACO"]
    True
    """
    listed = tomllib.loads((resources.files("lodged.person") / "nicknames.toml").read_text("utf-8"))
    standing_for: dict[str, frozenset[str]] = {}
    for line in listed[kind]:
        group = frozenset(line.split())
        for word in group:
            standing_for[word] = standing_for.get(word, frozenset()) | group
    return standing_for


def _words(written: str) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    """Plain capital words, without marks, apostrophes and suffixes; digits read as the letters they look like."""
    plain, read_as = letters(_unmarked(written.upper()))
    words = tuple(word for word in _NO_LETTER.split(plain) if word)[:_MOST_WORDS]
    return tuple(word for word in words if word not in _SUFFIXES) or words, read_as


def _unmarked(capitals: str) -> str:
    """The same letters without accents and apostrophes."""
    if capitals.isascii():
        return capitals.replace("'", "").replace("`", "")
    decomposed = unicodedata.normalize("NFKD", capitals.translate(_PLAIN))
    return "".join(each for each in decomposed if not unicodedata.combining(each) and each not in "'`´’ʼ")

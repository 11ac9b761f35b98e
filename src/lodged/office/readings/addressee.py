"""Whether a paper is addressed to the custodian it was served on, as far as its `To` line can be read."""

import re

from rapidfuzz.distance import Levenshtein

from lodged.office.letterheads import names
from lodged.office.readings.body import value
from lodged.office.readings.models import AddresseeSeen, Reading

SHORT, LONG = 4, 8  # letters: below the first a word stands there as it is
SAY_LITTLE = frozenset(("of", "the", "and", "department", "dept", "office", "s"))


def addressed_elsewhere(reading: Reading) -> str:
    """The `To` line where it names nobody of this custodian and no person has looked at it yet; else empty."""
    told = str(value(reading.body, "fields.to") or "").strip()
    if not told or is_one_of(told, names(reading.paper.arrival.custodian)):
        return ""
    seen = AddresseeSeen.objects.filter(paper=reading.paper, addressee=told).exists()
    return "" if seen else told


def is_one_of(told: str, known: tuple[str, ...]) -> bool:
    """Whether a line names one of these; true where no name is known to hold it against.

    >>> is_one_of(
    ...     "NEW Y0RK CITY DEPT OF CORRECTION, RIKERS ISLAND",
    ...     ("New York City Department of Correction", "Rikers Island"),
    ... )
    True
    >>> is_one_of("ALDER COUNTY JAIL", ("New York City Department of Correction", "NYC DOC"))
    False
    """
    line = _words(told)
    return not known or any(all(_is_there(word, line) for word in _words(name)) for name in known)


def _is_there(word: str, line: list[str]) -> bool:
    """Whether a word stands in a line, with a letter misread in a word of four, two in a long one."""
    slips = 0 if len(word) < SHORT else 1 if len(word) < LONG else 2
    return any(Levenshtein.distance(word, other, score_cutoff=slips) <= slips for other in line)


def _words(text: str) -> list[str]:
    return [word for word in re.findall(r"\w+", text.casefold()) if word not in SAY_LITTLE]

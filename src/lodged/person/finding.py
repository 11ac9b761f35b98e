"""One thing compared between a paper and a roster, and how far it agrees."""

from dataclasses import dataclass
from enum import IntEnum


class Agreement(IntEnum):
    """How far one thing agrees; PART is a name of which surname or first name alone does."""

    OTHER = 0
    NOT_KNOWN = 1
    PART = 2
    NEAR = 3
    SAME = 4


@dataclass(frozen=True, slots=True)
class Finding:
    """What was compared, how far it agrees, its weight, what to tell a clerk for it, what against, what loudly."""

    about: str
    agreement: Agreement
    weight: float = 0.0
    says: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    alarms: tuple[str, ...] = ()


def spoken_reading(read_as: tuple[tuple[str, str], ...]) -> str:
    """How characters were read as others, to be put behind a reason; empty when none was.

    >>> spoken_reading((("0", "O"),))
    ' after reading `0` as `O`'
    """
    return " after reading " + ", ".join(f"`{one}` as `{other}`" for one, other in read_as) if read_as else ""

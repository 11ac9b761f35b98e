"""How the log stands now: how many entries, when its head was last signed, whether an outsider saw it."""

from dataclasses import dataclass
from datetime import datetime

from lodged.office.seals.models import Checkpoint

# A signature line of a signed note begins so (C2SP signed-note); the log's own is the first.
SIGNATURE = "\u2014 "


@dataclass(frozen=True, slots=True)
class Standing:
    """`at` is the moment of the last signed head, None while the log is empty."""

    size: int
    at: datetime | None
    witnessed: bool


def standing() -> Standing:
    """The last signed head, as every page's foot shows it."""
    head = Checkpoint.objects.order_by("-size").first()
    if head is None:
        return Standing(0, None, witnessed=False)
    return Standing(head.size, head.at, witnessed=signatures(head.note) > 1)


def signatures(note: str) -> int:
    """How many keys signed a note."""
    return sum(line.startswith(SIGNATURE) for line in note.splitlines())

"""How the log stands now: how many entries, when its head was last signed, whether an outsider saw it."""

from dataclasses import dataclass
from datetime import datetime

from lodged.office.seals import witnesses
from lodged.office.seals.models import Checkpoint


@dataclass(frozen=True, slots=True)
class Standing:
    """`at` is the moment of the last signed head, None while the log is empty; `seen` of its entries are witnessed."""

    size: int
    at: datetime | None
    seen: int = 0

    @property
    def witnessed(self) -> bool:
        """Whether enough outsiders have seen any of it."""
        return self.seen > 0


def standing() -> Standing:
    """The last signed head, as every page's foot shows it."""
    head = Checkpoint.objects.order_by("-size").first()
    if head is None:
        return Standing(0, None)
    seen = witnesses.newest_witnessed()
    return Standing(head.size, head.at, seen.size if seen else 0)

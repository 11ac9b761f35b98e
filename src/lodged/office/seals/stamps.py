"""The stamps that are kept, as the chain in which each renewal covers all before it, and the text each is about."""

from lodged.log.renewal import Stamp as Link
from lodged.log.renewal import stamped_text
from lodged.office.seals.models import Stamp


def chain() -> list[Stamp]:
    """The first stamp of this log and every renewal since, oldest first."""
    first = Stamp.objects.filter(renewal=False).order_by("id").first()
    return [first, *Stamp.objects.filter(renewal=True).order_by("id")] if first else []


def links_of(stamps: list[Stamp]) -> list[Link]:
    """Stamps as `lodged.log.stamp` checks them."""
    return [Link(one.checkpoint.note.encode(), bytes(one.answer)) for one in stamps]


def written(stamp: Stamp) -> bytes:
    """The text that was stamped, to be handed out beside the stamp."""
    before = chain()
    renews = before[: before.index(stamp)] if stamp.renewal else []
    return stamped_text(stamp.checkpoint.note.encode(), links_of(renews))

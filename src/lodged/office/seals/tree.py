"""The tree as it lies in the database: how large it is, its nodes, its root."""

from django.db.models import Max

from lodged.log.tree import root_at
from lodged.office.seals.models import Entry, Node


def size() -> int:
    """How many entries there are: the indexes run from 0 without a gap."""
    last: int | None = Entry.objects.aggregate(last=Max("index"))["last"]
    return 0 if last is None else last + 1


def read_node(level: int, index: int) -> bytes:
    """The hash of one complete subtree; raises Node.DoesNotExist, a LookupError's kin, where it was never made."""
    return bytes(Node.objects.values_list("hash", flat=True).get(level=level, index=index))


def root(of: int) -> bytes:
    """The root over the first `of` entries."""
    return root_at(of, read_node)

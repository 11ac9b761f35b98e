"""The tree as it lies in the database: how large it is, its nodes, its root."""

from django.db.models import Max

from lodged.log.errors import TreeError
from lodged.log.tree import root_at
from lodged.office.seals.models import Entry, Node


def size() -> int:
    """How many entries there are: the indexes run from 0 without a gap."""
    last: int | None = Entry.objects.aggregate(last=Max("index"))["last"]
    return 0 if last is None else last + 1


def read_node(level: int, index: int) -> bytes:
    """The hash of one complete subtree; raises TreeError where it is gone, which only happens behind the office's back."""
    found = Node.objects.values_list("hash", flat=True).filter(level=level, index=index).first()
    if found is None:
        raise TreeError(f"node {level}/{index} of the log is missing: the records were damaged; restore them")
    return bytes(found)


def root(of: int) -> bytes:
    """The root over the first `of` entries."""
    return root_at(of, read_node)

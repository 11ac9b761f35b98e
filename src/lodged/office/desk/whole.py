"""Everything that was received, hashed again: the log, its heads and receipts, and every document on the shelf."""

from collections.abc import Iterator

from lodged.office.arrivals import recheck as arrivals
from lodged.office.seals import recheck as seals
from lodged.office.seals import tree
from lodged.office.seals.recheck import Fault


def entries() -> int:
    """How many entries the log holds."""
    return tree.size()


def faults() -> Iterator[Fault]:
    """Every fault, the log's first; none where all of it is as it was sealed."""
    yield from seals.recheck()
    yield from arrivals.recheck()

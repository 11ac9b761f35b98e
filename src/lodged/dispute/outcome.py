"""What a dispute can come to, in the order in which one outcome goes before another.

Where two fit, the earlier wins and the other is named as also defensible: what a record proves goes before what
its absence suggests.
"""

from collections.abc import Iterable
from enum import StrEnum


class Outcome(StrEnum):
    """The outcomes, in their order of precedence."""

    FILED = "delivered and filed"
    PAGES_DIFFER = "delivered, pages differ"
    ORPHANED = "delivered, orphaned"
    MISFILED = "received, mis-filed"
    OTHER_NUMBER = "received on another number of ours"
    NOT_OURS = "sent to a number not ours"
    PARTIAL_KNOWN = "partial, sender knows"
    PARTIAL_UNKNOWN = "partial, sender does not know"
    HELD_ALL = "sender's machine says failed, we hold all"
    NO_PAGES = "connected, no pages"
    REFUSED = "refused"
    BUSY = "busy or no answer"
    NEVER = "never connected"
    CANNOT_SAY = "cannot say"
    PROVIDER = "provider took it, we did not get it"
    DUPLICATE = "duplicate or retry"
    ALTERED = "sheet altered or not a sheet"

    @property
    def place(self) -> int:
        """Where it stands in the order, 0 first."""
        return list(Outcome).index(self)


RECEIVED = frozenset(
    {
        Outcome.FILED,
        Outcome.PAGES_DIFFER,
        Outcome.ORPHANED,
        Outcome.MISFILED,
        Outcome.OTHER_NUMBER,
        Outcome.HELD_ALL,
    }
)
DENIES = frozenset({Outcome.NEVER})  # says that nothing came: needs a search of everything before anybody may say it


def in_order(outcomes: Iterable[Outcome]) -> tuple[Outcome, ...]:
    """Each outcome once, the one that wins first.

    >>> [str(one) for one in in_order([Outcome.CANNOT_SAY, Outcome.BUSY, Outcome.BUSY])]
    ['busy or no answer', 'cannot say']
    """
    return tuple(sorted(set(outcomes), key=lambda one: one.place))

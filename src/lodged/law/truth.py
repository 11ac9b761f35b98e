"""Three truths: yes, no, not known; joined as Kleene joins them."""

from collections.abc import Iterable
from enum import Enum


class Truth(Enum):
    """Whether something holds. It has no truth value of its own in Python: a gap is never taken for a no."""

    YES = "yes"
    NO = "no"
    NOT_KNOWN = "not_known"

    def __bool__(self) -> bool:
        raise TypeError("a truth may be not known: ask `is Truth.YES`")

    @staticmethod
    def of(value: bool | None) -> "Truth":
        """The truth of a yes-no value, where None is not known.

        >>> Truth.of(None)
        <Truth.NOT_KNOWN: 'not_known'>
        """
        if value is None:
            return Truth.NOT_KNOWN
        return Truth.YES if value else Truth.NO


def negation(truth: Truth) -> Truth:
    """The opposite; what is not known stays so."""
    return {Truth.YES: Truth.NO, Truth.NO: Truth.YES, Truth.NOT_KNOWN: Truth.NOT_KNOWN}[truth]


def every(truths: Iterable[Truth]) -> Truth:
    """No where one is no; else not known where one is; else yes.

    >>> every([Truth.NOT_KNOWN, Truth.NO])
    <Truth.NO: 'no'>
    """
    found = set(truths)
    return Truth.NO if Truth.NO in found else Truth.NOT_KNOWN if Truth.NOT_KNOWN in found else Truth.YES


def either(truths: Iterable[Truth]) -> Truth:
    """Yes where one is yes; else not known where one is; else no."""
    return negation(every(negation(truth) for truth in truths))

"""A text or a number of the machine, written as people write."""

import re

from django import template

from lodged.office import spoken as sentences
from lodged.problem import Problem

register = template.Library()

BACKTICKS = re.compile("`([^`]*)`")


@register.filter
def grouped(number: int) -> str:
    """A number with its thousands set apart.

    >>> grouped(1204)
    '1,204'
    """
    return f"{number:,}"


@register.filter(name="hex")
def hexadecimal(value: bytes) -> str:
    """Bytes as people copy them."""
    return bytes(value).hex()


@register.filter
def quoted(text: str) -> str:
    """The matcher's backticks as the quotation marks people read.

    >>> quoted("`MERINO` in the roster")
    '“MERINO” in the roster'
    """
    return BACKTICKS.sub(r"“\1”", text)


@register.filter
def spoken(problem: Problem) -> str:
    """A problem as its sentences: what is wrong, then what mends it."""
    return sentences.spoken(problem)

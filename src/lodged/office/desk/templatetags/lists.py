"""Several things in one line, and one thing out of several."""

from collections.abc import Mapping, Sequence

from django import template

register = template.Library()


@register.filter
def item(mapping: Mapping[str, object], key: str) -> object:
    """One value of a mapping, None when it is not there."""
    return mapping.get(key)


@register.filter
def first_part(text: str, mark: str = ".") -> str:
    """The text before a mark."""
    return text.partition(mark)[0]


@register.filter
def or_list(names: Sequence[str]) -> str:
    """Names joined as in a sentence.

    >>> or_list(["hold", "notify"])
    'hold or notify'
    """
    return " or ".join(names) if len(names) < 3 else ", ".join(names[:-1]) + " or " + names[-1]


@register.filter
def and_list(names: Sequence[str]) -> str:
    """Names joined as in a sentence.

    >>> and_list(["a", "b", "c"])
    'a, b and c'
    """
    return " and ".join(names) if len(names) < 3 else ", ".join(names[:-1]) + " and " + names[-1]


@register.filter
def cites(value: object) -> str:
    """One citation or several, as a line."""
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "; ".join(str(one) for one in value)
    return str(value or "")

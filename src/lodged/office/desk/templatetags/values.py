"""A value of whatever kind, said in plain words; the third truth is spoken."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django import template

from lodged.office.desk.lexicon import FORMS, VALUES
from lodged.office.desk.templatetags.times import day_words, moment_words

register = template.Library()


@register.filter
def said(value: object) -> str:
    """A value in plain words; the third truth is spoken.

    >>> said(None), said(True), said([]), said(["hold", "notify"])
    ('not known', 'yes', 'none', 'hold past release, tell of the release')
    """
    match value:
        case None | "":
            return "not known"
        case bool():
            return "yes" if value else "no"
        case str():
            return VALUES.get(value) or FORMS.get(value) or _moment_or_text(value)
        case datetime():
            return moment_words(value)
        case date():
            return day_words(value)
        case Mapping():
            return ", ".join(f"{str(key).replace('_', ' ')} {said(part)}" for key, part in value.items())
        case Sequence() if value and all(isinstance(part, Mapping) for part in value):
            return "; ".join(said(part) for part in value)
        case Sequence():
            return ", ".join(said(part) for part in value) or "none"
        case _:
            return str(value)


def _moment_or_text(text: str) -> str:
    for read in (date.fromisoformat, datetime.fromisoformat):
        try:
            value = read(text)
        except ValueError:
            continue
        return said(value)
    return text

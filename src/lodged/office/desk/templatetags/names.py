"""What the law, the forms and the log call by a name of their own, in plain words."""

from django import template

from lodged.office.decisions.library import packs
from lodged.office.desk.lexicon import ACTS, FACTS, FIELDS, FORMS, KINDS, MEANINGS

register = template.Library()

SAYS = {"forbid": "forbids", "require": "requires", "permit": "permits"}


@register.filter
def act(name: str) -> str:
    """An act of the law in plain words.

    >>> act("hold")
    'Hold past release'
    """
    return ACTS.get(name, name.replace("_", " ").capitalize())


@register.filter
def fact(name: str) -> str:
    """A fact of the law in plain words; an element of a list keeps its number.

    >>> fact("warrant.signed_by")
    'who signed the warrant'
    >>> fact("person.convictions[0].on")
    'conviction 1: on'
    """
    if name in FACTS:
        return FACTS[name]
    if name.startswith("person.convictions["):
        number, _, part = name.removeprefix("person.convictions[").partition("]")
        return f"conviction {int(number) + 1}: {part.lstrip('.').replace('_', ' ')}"
    return name.partition(".")[2].replace("_", " ") or name


@register.filter
def field(name: str) -> str:
    """A field of a form in plain words."""
    return FIELDS.get(name, name.replace("_", " ").capitalize())


@register.filter
def form(name: str | None) -> str:
    """A form's name as people write it.

    >>> form("i-247a"), form("")
    ('Form I-247A', 'Form not known')
    """
    if not name:
        return "Form not known"
    return FORMS.get(name, f"Form {name.upper()}" if name.startswith("i-") else name.replace("_", " ").capitalize())


@register.filter
def form_meaning(name: str | None) -> str:
    """What the form is for, in a few words; empty where the name says it."""
    return MEANINGS.get(name or "", "")


@register.filter
def deed(kind: str) -> str:
    """What an entry of the log is about, in plain words."""
    return KINDS.get(kind, kind)


@register.filter
def spaced(name: str) -> str:
    """A name of the log or of a form as words.

    >>> spaced("claim.sent_at")
    'Claim sent at'
    """
    return name.replace("_", " ").replace(".", " ").capitalize()


@register.filter
def figure(what: str) -> str:
    """A report's figure in plain words: `agreed: hold forbidden` becomes a phrase a reader need not decode.

    >>> figure("agreed: hold forbidden"), figure("… by fax")
    ('Agreed: hold past release, forbidden', '… by fax')
    """
    if what.startswith("agreed: "):
        name, _, word = what.removeprefix("agreed: ").partition(" ")
        return f"Agreed: {act(name).lower()}, {word}"
    return what if what.startswith("…") else what[:1].upper() + what[1:]


@register.filter
def says(word: str) -> str:
    """What a rule does, as a verb.

    >>> says("forbid")
    'forbids'
    """
    return SAYS.get(word, word)


@register.filter
def question(id_: str) -> str:
    """The words of an unsettled question of law; empty for one that two packs make by commanding opposite acts."""
    found = packs().questions.get(id_)
    return found.words if found else ""


@register.filter
def reading(id_: str, choice: str) -> str:
    """The words of one reading of an unsettled question."""
    found = packs().questions.get(id_)
    return next((one.words for one in found.readings if one.choice == choice), "") if found else ""

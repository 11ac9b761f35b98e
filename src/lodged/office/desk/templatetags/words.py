"""How records are put into words on a page: effects, doubts, moments in the custodian's zone, facts, acts."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import get_current_timezone

from lodged.office.decisions.library import packs
from lodged.office.desk.lexicon import ACTS, EFFECTS, FACTS, FIELDS, FORMS, KINDS, MEANINGS, VALUES

register = template.Library()

# Above the first a reading is shown open; above the second nobody should rely on it unread.
LOOK_AT = 0.10
DOUBTFUL = 0.40


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """One picture of the USWDS sprite; with a label it speaks, without one it is decoration."""
    sprite = static("vendor/uswds/img/sprite.svg")
    if label:
        return format_html(
            '<svg class="icon" role="img" aria-label="{}"><use href="{}#{}"></use></svg>', label, sprite, name
        )
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>', sprite, name
    )


@register.simple_tag
def effect(name: str) -> SafeString:
    """The badge of an effect: picture, word and colour, never the colour alone."""
    picture, word = EFFECTS[name]
    return format_html('<span class="effect effect--{}">{}<b>{}</b></span>', name, icon(picture), word)


@register.filter
def effect_word(name: str) -> str:
    """An effect as one plain word."""
    return EFFECTS[name][1]


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
            return _day(value)
        case Mapping():
            return ", ".join(f"{str(key).replace('_', ' ')} {said(part)}" for key, part in value.items())
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


@register.filter
def doubt(value: float | None) -> SafeString:
    """The mark of a machine's doubt: a word and a share, quiet when there is next to none."""
    level, word = doubt_level(value)
    if value is None:
        return format_html('<span class="doubt doubt--{}">{}</span>', level, word)
    share = f"{value:.0%}" if value >= 0.005 else "under 1%"
    return format_html(
        '<span class="doubt doubt--{}">{} <span class="doubt__share">{}</span></span>', level, word, share
    )


def doubt_level(value: float | None) -> tuple[str, str]:
    """How a doubt is shown: a class and a word.

    >>> doubt_level(0.02), doubt_level(0.5)
    (('little', 'doubt'), ('much', 'doubtful'))
    """
    if value is None:
        return "none", "by a person"
    if value <= LOOK_AT:
        return "little", "doubt"
    return ("some", "look at it") if value <= DOUBTFUL else ("much", "doubtful")


@register.filter
def moment(value: datetime | str | None) -> SafeString:
    """A moment in the custodian's own zone, with the zone's name."""
    at = _aware(value)
    if at is None:
        return format_html('<span class="quiet">{}</span>', "not known")
    return format_html('<time datetime="{}">{}</time>', at.isoformat(), moment_words(at))


@register.filter
def clock(value: datetime | None, at: datetime | None = None) -> SafeString:
    """The time of day alone where the day is today, else day and time; always with the zone's name."""
    here = _here(value)
    if here is None:
        return format_html('<span class="quiet">{}</span>', "not known")
    today = _here(at)
    words = f"{here:%H:%M %Z}"
    if today is None or today.date() != here.date():
        words = f"{here:%a} {here.day} {here:%b}, {words}"
    return format_html('<time datetime="{}">{}</time>', here.isoformat(), words)


@register.filter
def day(value: date | datetime | str | None) -> SafeString:
    """A day, by its weekday, so that nobody miscounts a week."""
    if isinstance(value, str):
        value = datetime.fromisoformat(value) if len(value) > 10 else date.fromisoformat(value)
    if isinstance(value, datetime):
        value = value.astimezone(get_current_timezone()).date()
    if value is None:
        return format_html('<span class="quiet">{}</span>', "not known")
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), _day(value))


@register.filter
def age(value: datetime, at: datetime) -> str:
    """How long ago, in the one unit that matters.

    >>> from datetime import timezone
    >>> then = datetime(2026, 11, 24, 16, 0, tzinfo=timezone.utc)
    >>> age(then, then + timedelta(minutes=3)), age(then, then + timedelta(hours=49))
    ('3 min', '2 days')
    """
    minutes = max(0, int((at - value) / timedelta(minutes=1)))
    if minutes < 1:
        return "now"
    if minutes < 90:
        return f"{minutes} min"
    if minutes < 36 * 60:
        return f"{round(minutes / 60)} h"
    return f"{round(minutes / 1440)} days"


@register.filter
def left(value: datetime, at: datetime) -> str:
    """How long until a moment, or that it has passed.

    >>> from datetime import timezone
    >>> now = datetime(2026, 11, 24, 16, 0, tzinfo=timezone.utc)
    >>> left(now + timedelta(hours=20), now), left(now - timedelta(hours=2), now)
    ('in 20 h', 'passed 2 h ago')
    """
    return f"passed {age(value, at)} ago" if value <= at else f"in {age(at, value)}"


@register.filter
def grouped(number: int) -> str:
    """A number with its thousands set apart.

    >>> grouped(1204)
    '1,204'
    """
    return f"{number:,}"


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


def moment_words(value: datetime) -> str:
    """Day, month, year, time and zone: `24 Nov 2026, 16:52 EST`."""
    here = value.astimezone(get_current_timezone()) if value.tzinfo else value
    return f"{here.day} {here:%b %Y, %H:%M} {here:%Z}".rstrip()


def _day(value: date) -> str:
    return f"{value:%a} {value.day} {value:%b %Y}"


def _aware(value: datetime | str | None) -> datetime | None:
    if isinstance(value, str):
        return datetime.fromisoformat(value) if value else None
    return value


def _here(value: datetime | None) -> datetime | None:
    return value.astimezone(get_current_timezone()) if value is not None else None


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


@register.filter(name="hex")
def hexadecimal(value: bytes) -> str:
    """Bytes as people copy them."""
    return bytes(value).hex()


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


SAYS = {"forbid": "forbids", "require": "requires", "permit": "permits"}


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


@register.filter
def cites(value: object) -> str:
    """One citation or several, as a line."""
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "; ".join(str(one) for one in value)
    return str(value or "")


@register.filter
def quoted(text: str) -> str:
    """The matcher's backticks as the quotation marks people read.

    >>> quoted("`MERINO` in the roster")
    '“MERINO” in the roster'
    """
    return BACKTICKS.sub(r"“\1”", text)


BACKTICKS = re.compile("`([^`]*)`")

"""What is seen at a glance: a picture of the sprite, the badge of an effect, the mark of a doubt."""

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from lodged.office.desk.lexicon import EFFECTS

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

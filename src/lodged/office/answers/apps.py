"""How Django knows this station."""

from django.apps import AppConfig


class AnswersConfig(AppConfig):
    """The station `answers`."""

    name = "lodged.office.answers"
    label = "answers"

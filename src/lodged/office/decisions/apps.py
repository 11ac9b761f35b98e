"""How Django knows this station."""

from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    """The station `decisions`."""

    name = "lodged.office.decisions"
    label = "decisions"

"""How Django knows this station."""

from django.apps import AppConfig


class SealsConfig(AppConfig):
    """The station `seals`."""

    name = "lodged.office.seals"
    label = "seals"

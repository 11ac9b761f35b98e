"""How Django knows this station."""

from django.apps import AppConfig


class MattersConfig(AppConfig):
    """The station `matters`."""

    name = "lodged.office.matters"
    label = "matters"

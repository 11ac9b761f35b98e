"""How Django knows this station."""

from django.apps import AppConfig


class ReadingsConfig(AppConfig):
    """The station `readings`."""

    name = "lodged.office.readings"
    label = "readings"

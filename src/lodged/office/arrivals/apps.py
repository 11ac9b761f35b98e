"""How Django knows this station."""

from django.apps import AppConfig


class ArrivalsConfig(AppConfig):
    """The station `arrivals`."""

    name = "lodged.office.arrivals"
    label = "arrivals"

"""How Django knows this station."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """The station `desk`."""

    name = "lodged.office.desk"
    label = "desk"

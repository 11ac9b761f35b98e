"""How Django knows this station."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """The station `portal`."""

    name = "lodged.office.portal"
    label = "portal"

"""How Django knows this station."""

from django.apps import AppConfig


class DisputesConfig(AppConfig):
    """The station `disputes`."""

    name = "lodged.office.disputes"
    label = "disputes"

"""How Django knows this station."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """The station `reports`."""

    name = "lodged.office.reports"
    label = "reports"

"""How Django knows this station."""

from django.apps import AppConfig


class StaffConfig(AppConfig):
    """The station `staff`."""

    name = "lodged.office.staff"
    label = "staff"

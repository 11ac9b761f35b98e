"""How Django knows this station."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """The station `people`."""

    name = "lodged.office.people"
    label = "people"

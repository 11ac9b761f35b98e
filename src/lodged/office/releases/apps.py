"""How Django knows this station."""

from django.apps import AppConfig


class ReleasesConfig(AppConfig):
    """The station `releases`."""

    name = "lodged.office.releases"
    label = "releases"

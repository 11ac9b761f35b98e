"""How Django knows this station."""

from django.apps import AppConfig


class RoomConfig(AppConfig):
    """The station `room`."""

    name = "lodged.office.room"
    label = "room"

"""How Django knows this station."""

from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    """The station `reviews`."""

    name = "lodged.office.reviews"
    label = "reviews"

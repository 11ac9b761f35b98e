"""What every page knows: whose desk it is, who sits at it, where they may go, how the log stands."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest

from lodged.office.desk.custody import house
from lodged.office.seals.standing import Standing, standing
from lodged.office.staff.models import User


@dataclass(frozen=True, slots=True)
class Place:
    """One word of the navigation."""

    name: str
    word: str
    deed: str
    under: str

    def here(self, path: str) -> bool:
        """Whether the page shown lies under this word."""
        return path == "/" if self.under == "/" else path.startswith(self.under)


PLACES = (
    Place("desk", "Desk", "see papers", "/"),
    Place("release", "Release", "see decisions", "/release"),
    Place("disputes", "Disputes", "see disputes", "/disputes"),
    Place("law", "Law", "see decisions", "/law"),
    Place("reports", "Reports", "see reports", "/reports"),
    Place("entries", "Log", "see the log", "/log/entries"),
    Place("safety", "Safety", "see the log", "/safety"),
    Place("agencies", "Agencies", "keep agencies", "/agencies"),
    Place("staff", "Staff", "keep staff", "/staff"),
)


def every_page(request: HttpRequest) -> dict[str, object]:
    """The values of `base.html`; a page that nobody signed in for gets no navigation and no search."""
    user = getattr(request, "user", None)
    staff = user if isinstance(user, User) else None
    return {
        "demo": settings.LODGED_DEMO,
        "custodian": house(),
        "places": [
            (place, place.here(request.path)) for place in PLACES if staff is not None and staff.may(place.deed)
        ],
        "may_search": staff is not None and staff.may("see papers"),
        "log": log_for(staff),
        "at": request.META.get("lodged.at"),
    }


def log_for(staff: User | None) -> Standing | None:
    """How the log stands, for the foot of a page that somebody signed in for."""
    return standing() if staff is not None else None

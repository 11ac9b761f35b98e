"""The web as its readers meet it: an office in a folder of its own, members of staff, papers at every station."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings
from tests.web import invented
from tests.web.invented import Told

from lodged.office.arrivals.models import Arrival
from lodged.office.desk import clock
from lodged.office.home import Home
from lodged.office.readings.models import Reading
from lodged.office.seals import heads
from lodged.office.staff.models import Role, User

ROLES = {
    "clerk": Role.CLERK,
    "clerk2": Role.CLERK,
    "officer": Role.RELEASE_OFFICER,
    "counsel": Role.COUNSEL,
    "admin": Role.ADMINISTRATOR,
}
PASSWORD = "a password for the test"


@dataclass(frozen=True)
class Office:
    """The office of one test."""

    home: Home
    staff: dict[str, User]
    at: datetime

    def paper(self, told: Told = Told(), minutes_ago: int = 5) -> Arrival:  # noqa: B008  (frozen)
        """One more paper."""
        return invented.paper(self.home, told, self.staff, self.at - timedelta(minutes=minutes_ago))

    def newest_reading(self) -> Reading:
        """The reading that was kept last."""
        return Reading.objects.latest("id")


@pytest.fixture
def at() -> datetime:
    """The hour of the test, as the desk's own clock has it."""
    return clock.now()


@pytest.fixture
def home(transactional_db: None, tmp_path: Path, settings: Settings, at: datetime) -> Home:
    """A folder with a fresh key and the head of an empty log."""
    settings.HOME = Home(tmp_path / "office")
    heads.start(at)
    return Home(tmp_path / "office")


@pytest.fixture
def office(home: Home, at: datetime) -> Office:
    """Staff and a small roster; no paper yet."""
    staff = {name: User.objects.create_user(name, password=PASSWORD, role=role) for name, role in ROLES.items()}
    invented.people(at)
    return Office(home, staff, at)


@pytest.fixture
def visit(office: Office) -> Callable[[str], Client]:
    """A client that somebody is signed in on."""

    def as_(name: str) -> Client:
        client = Client()
        client.force_login(office.staff[name], backend="django.contrib.auth.backends.ModelBackend")
        return client

    return as_

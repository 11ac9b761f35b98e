"""An office with one agency in its directory, and the agency's program at the door."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from lodged.office.portal import caps
from lodged.office.portal.acts import Entered, Issued, Scope, enter_agency, issue_key
from lodged.office.portal.models import Agency, Key
from tests.web.conftest import Office, at, home, office, visit
from tests.web.invented import JAIL

__all__ = ["at", "home", "office", "visit"]

ANY_DOCUMENT = b"not a document at all"


@dataclass(frozen=True)
class Program:
    """A program of an agency with its key."""

    issued: Issued
    client: Client

    @property
    def key(self) -> Key:
        return Key.objects.get(pk=self.issued.key.pk)

    @property
    def shown(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.issued.secret}"}

    def submit(self, document: bytes = ANY_DOCUMENT, once: str = "request-1", **fields: str):  # type: ignore[no-untyped-def]  # the test client's own answer has no public type
        """Submit a paper."""
        told = {"document": SimpleUploadedFile("scan.tif", document), **fields}
        return self.client.post("/api/v1/papers", told, headers={**self.shown, "Idempotency-Key": once})

    def get(self, address: str):  # type: ignore[no-untyped-def]  # as above
        """Ask for something by the key."""
        return self.client.get(address, headers=self.shown)

    def withdraw(self, number: str, reason: str = ""):  # type: ignore[no-untyped-def]  # as above
        """Take a paper back."""
        address = f"/api/v1/papers/{number}/withdraw"
        return self.client.post(address, {"reason": reason}, content_type="application/json", headers=self.shown)


@pytest.fixture(autouse=True)
def nothing_counted() -> None:
    """The requests of another test are not this one's."""
    caps._asked.clear()


@pytest.fixture
def agency(office: Office) -> Agency:
    """A sheriff in another county, called back at a number of the directory."""
    entered = Entered("Ossian County Sheriff", "sheriff.example.gov", "555-0142", "called back, spoke with the watch")
    return enter_agency(entered, JAIL, office.staff["admin"], office.at - timedelta(days=2))


@pytest.fixture
def program_of(office: Office) -> Callable[..., Program]:
    """A new key for an agency, and a program that shows it."""

    def issue(agency: Agency, submit: bool = True, follow: bool = True, at: datetime | None = None) -> Program:
        scope = Scope(JAIL, "intake server", submit, follow, timedelta(days=90))
        made = issue_key(agency, scope, office.staff["admin"], at or office.at - timedelta(days=1))
        return Program(made, Client())

    return issue


@pytest.fixture
def program(agency: Agency, program_of: Callable[..., Program]) -> Program:
    """A program that may submit and follow."""
    return program_of(agency)

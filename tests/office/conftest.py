"""An office for each test: its own folder, key and head, empty tables, a few members of staff, a sample roster."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pytest_django import Settings

import lodged
from lodged.office.arrivals.channels.fax.receive import from_fax
from lodged.office.arrivals.models import Arrival
from lodged.office.decisions.acts import adopt
from lodged.office.decisions.finds import binding
from lodged.office.desk.rounds import Round
from lodged.office.home import Home
from lodged.office.matters.models import Matter
from lodged.office.people.acts import choose, import_roster
from lodged.office.people.finds import newest as newest_match
from lodged.office.people.finds import person
from lodged.office.readings.finds import newest
from lodged.office.seals import heads
from lodged.office.staff.models import Role, User
from lodged.page import Raster, ReadPage
from lodged.page.read import read_pages
from lodged.person import read_roster

READ: dict[tuple[bytes, ...], tuple[ReadPage, ...]] = {}
AT = datetime(2026, 11, 24, 21, 52, 10, tzinfo=UTC)
SAMPLES = Path(lodged.__file__).parent / "samples"
JAIL = "us-ny-nyc/doc"


@pytest.fixture
def at() -> datetime:
    """The hour of the test."""
    return AT


@pytest.fixture
def home(transactional_db: None, tmp_path: Path, settings: Settings) -> Home:
    """A folder with a fresh key and the head of an empty log; rows are really committed, as in work."""
    settings.HOME = Home(tmp_path / "office")
    heads.start(AT)
    return settings.HOME


@pytest.fixture
def staff(home: Home) -> dict[str, User]:
    """One member of staff for each role, and a second clerk."""
    roles = {
        "clerk": Role.CLERK,
        "clerk2": Role.CLERK,
        "officer": Role.RELEASE_OFFICER,
        "counsel": Role.COUNSEL,
        "admin": Role.ADMINISTRATOR,
    }
    return {name: User.objects.create_user(name, password="a long password", role=role) for name, role in roles.items()}


@pytest.fixture
def roster(home: Home) -> None:
    """The sample roster, in the jail's hands."""
    import_roster(JAIL, read_roster((SAMPLES / "roster.csv").read_bytes()).people, AT)


@pytest.fixture
def law(staff: dict[str, User]) -> None:
    """Counsel has adopted what binds the jail."""
    adopt(JAIL, binding(JAIL), staff["counsel"], AT)


def fax(name: str) -> bytes:
    """The bytes of a sample fax."""
    return (SAMPLES / "faxes" / name).read_bytes()


@pytest.fixture(autouse=True)
def read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read each page of the samples really, but once a test run: the same pixels give the same reading."""

    def remembered(
        rasters: Sequence[Raster], progress: Callable[[int, int], None] | None = None
    ) -> tuple[ReadPage, ...]:
        key = tuple(raster.png for raster in rasters)
        if key not in READ:
            READ[key] = read_pages(rasters, progress)
        return READ[key]

    monkeypatch.setattr("lodged.office.readings.acts.read_pages", remembered)


@pytest.fixture
def detainer(staff: dict[str, User], roster: None, law: None, at: datetime) -> Arrival:
    """The sample detainer with its warrant, taken as far as a machine may."""
    return taken_in("detainer-with-warrant.tif", at)


def taken_in(name: str, at: datetime, custodian: str = JAIL) -> Arrival:
    """A sample fax, received and taken as far as a machine may."""
    arrival = from_fax(fax(name), name, custodian, at)
    Round(at).advance(arrival)
    return arrival


def confirm(arrival: Arrival, booking: str, staff: dict[str, User], at: datetime) -> Matter:
    """Two clerks choose the same person, and the porter goes round."""
    paper = arrival.papers.get()
    for name in ("clerk", "clerk2"):
        choose(newest_match(newest(paper)), person(arrival.custodian, booking), staff[name], at)
    Round(at).advance(arrival)
    return Matter.objects.get(paper=paper)

"""The main job in a browser, with a real fax: taken in, read, two people, agreed, sent."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer
from tests.web.conftest import Office
from tests.web.invented import JAIL

import lodged
from lodged.office.answers.models import Dispatch
from lodged.office.decisions.acts import adopt
from lodged.office.decisions.finds import binding
from lodged.office.people.acts import import_roster
from lodged.person import read_roster

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
SAMPLES = Path(lodged.__file__).parent / "samples"
BOOKING = "J26-25693"


def choose(page: Page) -> None:
    """Say who is meant."""
    page.locator(f"label[for='pick-{BOOKING}']").click()
    page.locator("#who form:not(.look) button[type=submit]").click()


def test_from_the_counter_to_the_post(office: Office, live_server: LiveServer, sign_in: Callable[[str], Page]) -> None:
    import_roster(JAIL, read_roster((SAMPLES / "roster.csv").read_bytes()).people, office.at)
    adopt(JAIL, binding(JAIL), office.staff["counsel"], office.at)
    page = sign_in("clerk")
    page.goto(f"{live_server.url}/take-in")
    page.get_by_label("The scan or file").set_input_files(SAMPLES / "faxes" / "detainer-with-warrant.tif")
    page.get_by_role("button", name="Take it in").click()
    page.wait_for_url("**/arrivals/**")
    expect(page.get_by_role("link", name="Receipt (PDF)")).to_be_visible()
    page.wait_for_url("**/papers/**", timeout=60_000)
    paper = page.url
    choose(page)
    expect(page.locator("main")).to_contain_text("A colleague must now choose without seeing it")
    page.context.clear_cookies()
    sign_in("officer")
    page.goto(paper)
    choose(page)
    expect(page.locator("main")).to_contain_text("two people chose the same person")
    page.get_by_role("link", name="What the law says").click()
    expect(page.locator(".effect--forbidden").first).to_be_visible()
    page.get_by_role("button", name="Agree").click()
    expect(page.locator("main")).to_contain_text("The letter is final")
    page.get_by_label("To which address or number of the directory").fill("the directory's number")
    page.get_by_role("button", name="Mark as sent").click()
    expect(page.locator("main")).to_contain_text("Kept: the letter was sent")
    assert Dispatch.objects.get().by == office.staff["officer"]

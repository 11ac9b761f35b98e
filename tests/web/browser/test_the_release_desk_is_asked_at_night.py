"""An officer finds a person by a bar code, reads two lines, writes down an order, and prints the sheet; on a phone too."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer
from tests.web.conftest import Office
from tests.web.invented import Told

from lodged.office.people.models import Match
from lodged.office.releases.models import Check, Sheet

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def sound(page: Page) -> None:
    """axe finds nothing, and the page is no wider than its window."""
    assert [fault["id"] for fault in Axe().run(page).response["violations"]] == []
    assert not page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")


@pytest.mark.parametrize("width", [1280, 390])
def test_from_a_bar_code_to_two_lines(
    width: int, office: Office, live_server: LiveServer, sign_in: Callable[[str], Page]
) -> None:
    office.paper(Told(state=Match.State.SAME))
    booking = Match.objects.latest("id").person.booking_no
    page = sign_in("officer")
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{live_server.url}/release")
    sound(page)
    page.keyboard.type(booking)
    page.keyboard.press("Enter")
    expect(page.get_by_text("PERSON", exact=False).first).to_be_visible()
    expect(page.locator("#line-person")).to_be_visible()
    expect(page.locator("#line-word")).to_be_visible()
    sound(page)
    assert Check.objects.count() == 1
    page.get_by_label("When would the person be free").fill("2026-11-01T08:00")
    page.locator("#order-source").fill("bail receipt")
    page.get_by_role("button", name="Keep it, and check again").click()
    assert Check.objects.count() == 2


def test_a_name_shows_every_booking_with_two_identifiers_and_none_is_chosen_for_the_officer(
    office: Office, live_server: LiveServer, sign_in: Callable[[str], Page]
) -> None:
    page = sign_in("officer")
    page.goto(f"{live_server.url}/release")
    page.get_by_label("Who is to be released?").fill("nobody at all")
    page.get_by_role("button", name="Find").click()
    expect(page.locator("main")).to_contain_text("That does not say that there is no paper")
    sound(page)
    assert Check.objects.count() == 0


def test_counsel_signs_a_default_and_a_sheet_is_printed_and_destroyed(
    office: Office, live_server: LiveServer, sign_in: Callable[[str], Page]
) -> None:
    page = sign_in("counsel")
    page.goto(f"{live_server.url}/release/default")
    sound(page)
    page.get_by_label("Do not notify").check()
    page.get_by_role("button", name="Sign", exact=True).click()
    expect(page.locator("main")).to_contain_text("Signed. The release desk shows it from now on.")
    page.goto(f"{live_server.url}/release/sheets")
    page.get_by_role("button", name="Make a copy").click()
    expect(page.locator("h1")).to_contain_text("Sheet 1")
    sound(page)
    page.goto(f"{live_server.url}/release/sheets")
    page.get_by_role("button", name="It was destroyed").click()
    assert Sheet.objects.get().destroyed_at is not None
    sound(page)

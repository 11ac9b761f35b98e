"""An agency's person hands a paper in without script, on a phone; axe finds nothing on any page of the portal."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer
from tests.portal.conftest import Program, agency, nothing_counted, program, program_of
from tests.web.conftest import PASSWORD

__all__ = ["agency", "nothing_counted", "program", "program_of"]
pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def look(page: Page) -> None:
    """No fault for axe, and nothing to push sideways on a phone."""
    found = [f"{fault['id']}: {fault['nodes'][0]['html']}" for fault in Axe().run(page).response["violations"]]
    assert found == [], page.url
    assert not page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"), page.url


def walk(page: Page, server: LiveServer, program: Program, paper: Path) -> list[str]:
    """From the key to the withdrawal; gives the addresses that were passed."""
    page.goto(f"{server.url}/portal/sign-in")
    page.get_by_label("Your agency’s key").fill(program.issued.secret)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("link", name="Submit a paper").click()
    page.get_by_label("The paper").set_input_files(paper)
    page.get_by_role("button", name="Submit, make the receipt").click()
    page.get_by_role("heading", name="L-").wait_for()
    shown = page.url
    with page.expect_download() as download:
        page.get_by_role("link", name="The receipt").click()
    assert download.value.path().read_bytes().startswith(b"%PDF")
    page.get_by_role("button", name="Withdraw L-").click()
    page.get_by_role("heading", name="Withdrawn").wait_for()
    return [f"{server.url}/portal", f"{server.url}/portal/submit", shown]


def test_without_script_on_a_phone(browser: Browser, live_server: LiveServer, program: Program, tmp_path: Path) -> None:
    paper = tmp_path / "scan.pdf"
    paper.write_bytes(b"an invented paper")
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 800})
    walk(context.new_page(), live_server, program, paper)
    context.close()


def test_no_page_of_it_shuts_anybody_out(page: Page, live_server: LiveServer, program: Program, tmp_path: Path) -> None:
    paper = tmp_path / "scan.pdf"
    paper.write_bytes(b"an invented paper")
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(f"{live_server.url}/portal/sign-in")
    look(page)
    for address in walk(page, live_server, program, paper):
        page.goto(address)
        look(page)


def test_nor_the_pages_of_the_directory(page: Page, live_server: LiveServer, program: Program) -> None:
    page.goto(f"{live_server.url}/sign-in")
    page.get_by_label("Name").fill("admin")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.set_viewport_size({"width": 390, "height": 800})
    for address in ("/agencies", f"/agencies/{program.key.agency_id}"):
        page.goto(live_server.url + address)
        look(page)
